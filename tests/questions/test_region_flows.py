"""Flows of a region: brute force on random networks, then by hand what is known of the other side and of values."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

HOMES = {
    "a": "iso:RU-VGG", "b": "city:Волжский, RU-VGG", "c": "iso:RU-MOW", "d": "iso:RU", "e": "", "f": "iso:KZ",
    "g": "iso:RU-ROS", "h": "iso:RU-VGG",
}  # fmt: skip
REGION = {"a": "VGG", "b": "VGG", "c": "MOW", "d": "Russia", "e": "", "f": "Kazakhstan", "g": "ROS", "h": "VGG"}
HEAD = "type,from,from_label,to,to_label,product,status,value,currency,period,valid_to,record"
CLAIMS = (
    "OPERATES,Op,Company,Mill,Plant,,,,,\n"
    "LOCATED_IN,Op,Company,iso:RU-VGG,,,,,,\n"
    "LOCATED_IN,Mill,Plant,iso:RU,,,,,,\n"
    "SUPPLIES,Mill,Plant,c,Company,steel,,,,\n"
    "SUPPLIES,a,Company,c,Company,ore,,100,RUB,2025,,\n"
    "SUPPLIES,h,Company,c,Company,ore,,20,USD,2025,,\n"
    "SUPPLIES,b,Company,f,Company,ore,,50,RUB,2025,,\n"
    "SUPPLIES,a,Company,a,Company,own,,,,\n"
    "SUPPLIES,a,Company,b,Company,later,planned,,,\n"
    "SUPPLIES,a,Company,b,Company,never,cancelled,,,\n"
    "SUPPLIES,e,Company,a,Company,coal,,,,\n"
    "SUPPLIES,d,Company,a,Company,coal,,,,\n"
    "EXPORTS_TO,a,Company,iso:AM,,ore,,7,RUB,2025,,\n"
    "EXPORTS_TO,h,Company,iso:AM,,ore,,,,\n"
    "EXPORTS_TO,c,Company,iso:KZ,,ore,,,,\n"
)


def _graph(folder: Any, *rows: str) -> Graph:
    places = [f'LOCATED_IN,{unit},Company,"{home}",,,,,,,' for unit, home in HOMES.items() if home]
    (folder / "claims.csv").write_text("\n".join((HEAD, *places, *rows)), "utf-8")
    graph = Graph(SqliteStore(folder / "x.sqlite"))
    report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
    assert report.rows_rejected == 0, report.first_rejects
    return graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with _graph(tmp_path_factory.mktemp("flows"), *CLAIMS.splitlines()) as graph:
        yield graph


def _rows(answer: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [
        (item["direction"], item.get("entity", {}).get("name", ""), item["link_count"])
        for item in answer["data"]["items"]
    ]


def test_every_link_is_counted_once_wherever_the_other_side_is(tmp_path: Any) -> None:
    chance = random.Random(5)
    links = sorted(
        {(chance.choice("abcdefgh"), chance.choice("abcdefgh"), f"p{chance.randrange(3)}") for _ in range(90)}
    )
    with _graph(tmp_path, *(f"SUPPLIES,{s},Company,{b},Company,{p},,,,,,{s}{b}{p}" for s, b, p in links)) as graph:
        answer = graph.ask("region-flows", id="RU-VGG", lang="en")
        expected: Counter[tuple[str, str]] = Counter()
        for source, target, _ in links:
            ends = REGION[source] == "VGG", REGION[target] == "VGG"
            if source == target or not any(ends):
                continue
            expected[
                ("inside", "VGG") if all(ends) else ("out", REGION[target]) if ends[0] else ("in", REGION[source])
            ] += 1
        names = {"Volgograd Oblast": "VGG", "Moscow": "MOW", "Rostov Oblast": "ROS"}
        assert {(d, names.get(name, name)): number for d, name, number in _rows(answer)} == expected
        assert sum(answer["data"]["by_direction"].values()) == sum(expected.values())
        assert len(answer["evidence"]["claims"]) == sum(expected.values())
        by_country = graph.ask("region-flows", id="RU-VGG", lang="en", by="country")
        assert ("out", "Russia") in [row[:2] for row in _rows(by_country)]
        assert "Moscow" not in [name for _, name, _ in _rows(by_country)]
        assert by_country["data"]["by_direction"] == answer["data"]["by_direction"]
        district = graph.ask("region-flows", id="Southern Federal District", lang="en")
        assert "Rostov Oblast" not in [name for _, name, _ in _rows(district)]
        assert district["data"]["by_direction"]["inside"] > answer["data"]["by_direction"]["inside"]


def test_rows_say_what_is_known_of_the_other_side(graph: Graph) -> None:
    answer = graph.ask("region-flows", id="RU-VGG", lang="en")
    assert _rows(answer) == [("out", "Moscow", 3), ("out", "Kazakhstan", 1), ("in", "Russia", 1), ("in", "", 1)]
    known = [(item["known"], item.get("may_be_inside")) for item in answer["data"]["items"]]
    assert known == [("region", None), ("country", None), ("country", True), ("nothing", True)]
    assert answer["summary"] == (
        "Volgograd Oblast: 0 links within, 4 out, 2 in; of 1 it is not known where the other side is; exports to 1 "
        "country; not counted: 1 planned, 1 cancelled."
    )
    assert answer["data"]["left_out"] == {"planned": 1, "cancelled": 1}


def test_a_sum_is_open_above_while_a_value_is_unknown(graph: Graph) -> None:
    answer = graph.ask("region-flows", id="RU-VGG", lang="en")
    moscow, abroad = answer["data"]["items"][:2]
    sums = [(value["unit"], round(float(value["low"])), "high" in value) for value in moscow["values"]]
    assert sums == [("RUB", 100, False), ("USD", 20, False)]
    assert (moscow["valued"], moscow["link_count"]) == (2, 3)
    assert [product["name"] for product in moscow["products"]] == ["ore", "steel"]
    assert [value["low"] == value["high"] for value in abroad["values"]] == [True]
    (armenia,) = answer["data"]["exports"]
    assert (armenia["entity"]["name"], armenia["link_count"], armenia["valued"]) == ("Armenia", 2, 1)


def test_statuses_products_and_pages(graph: Graph) -> None:
    planned = graph.ask("region-flows", id="RU-VGG", lang="en", status="actual,planned")
    assert ("inside", "Volgograd Oblast", 1) in _rows(planned)
    assert planned["data"]["left_out"] == {"cancelled": 1}
    steel = graph.ask("region-flows", id="RU-VGG", lang="en", product="steel")
    assert _rows(steel) == [("out", "Moscow", 1)]
    page = graph.ask("region-flows", id="RU-VGG", lang="en", limit=1, cursor="1")
    assert _rows(page) == [("out", "Kazakhstan", 1)]
    assert page["data"]["total"] == 4
    old = graph.ask("region-flows", id="RU-VGG", lang="en", valid_at="2026-11-24", max_age="1d")
    # What has no date cannot be too old.
    assert old["data"]["left_out"] == {"planned": 1, "cancelled": 1, "too_old": 4}
    assert old["data"]["by_direction"] == {"inside": 0, "out": 1, "in": 2}
    nobody = graph.ask("region-flows", id="RU-VGG", lang="en", product="never")
    assert nobody["summary"].startswith("No link of Volgograd Oblast is known")
    with pytest.raises(BadParameter):
        graph.ask("region-flows", id="Mill")


def test_flows_of_the_demo_agree_with_the_lists_of_its_plants(ask: Ask) -> None:
    answer = ask("region-flows", id="RU-VGG", limit=1000)
    numbers = answer["data"]["by_direction"]
    assert numbers["inside"] > 0 < numbers["out"]
    assert {item["known"] for item in answer["data"]["items"]} == {"region", "country", "nothing"}
    assert sum(item["link_count"] for item in answer["data"]["items"]) == sum(numbers.values())
    assert [item["entity"]["name"] for item in answer["data"]["exports"]][:1]
    assert answer["data"]["left_out"]["planned"] > 0
