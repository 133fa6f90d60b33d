"""Dependence on export markets, exports of a region, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

Ask = Callable[..., dict[str, Any]]
CLAIMS = (
    "type,from,from_label,to,to_label,product,sales_share,valid_from,valid_to\n"
    "LOCATED_IN,A,Company,iso:RU,,,,,\n"
    "EXPORTS_TO,A,Company,KZ,Country,gas,30%,,\n"
    "EXPORTS_TO,B,Company,KZ,Country,gas,40%,,\n"
    "EXPORTS_TO,B,,AM,Country,gas,,,\n"
    "SUPPLIES,A,,B,,gas,50%,,\n"
    "SUPPLIES,B,,A,,ash,10%,,\n"
    "SUPPLIES,C,Company,A,,coal,,2020-05-01,2021\n"
    "SUPPLIES,D,Company,A,,coal,,2021-05-01,\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("exports")
    (folder / "claims.csv").write_text(CLAIMS, "utf-8")
    (folder / "more.csv").write_text("type,from,from_label,to,to_label,product\nSUPPLIES,E,Company,A,Company,coal\n")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        graph.load("claims", [folder / "more.csv"], Options(source="Test"))
        yield graph


def test_shares_of_customers_exports_count_downstream(graph: Graph) -> None:
    def shares(tiers: int) -> dict[str, Any]:
        data = graph.ask("export-dependence", id="A", tiers=tiers)["data"]
        return {item["country"]["name"]: item.get("share") for item in data["items"]}

    assert shares(1) == {"KZ": [0.3, 0.3]}
    assert shares(2) == {"KZ": [0.5, 0.5], "AM": [0.0, 0.25]}  # half of B's half may go to Armenia
    assert shares(4)["KZ"] == pytest.approx([0.525, 0.525])  # B sells a tenth back to A: 0.5 · 0.1 · 0.5 more
    items = {item["country"]["name"]: item for item in graph.ask("export-dependence", id="A")["data"]["items"]}
    assert (items["KZ"]["direct"], items["KZ"]["is_direct"]) == ([0.3, 0.3], True)
    assert not items["AM"]["is_direct"]


def test_concentration_of_exports_has_bounds(graph: Graph) -> None:
    data = graph.ask("export-dependence", id="A")["data"]
    assert data["hhi"] == pytest.approx([0.09, 1.0])  # 30 % to Kazakhstan; all else may go there too, or anywhere


PARTS = (
    "type,from,from_label,to,to_label,product,sales_share\n"
    "LOCATED_IN,Local,Company,iso:KZ,,,\n"
    "EXPORTS_TO,Seller,Company,iso:KZ,,,60%\n"
    "EXPORTS_TO,Seller,,iso:BY,,,\n"
    "SUPPLIES,Seller,,{buyer},Company,,40%\n"
    "EXPORTS_TO,Maker,Company,iso:KZ,,,50%\n"
    "EXPORTS_TO,Maker,,iso:KZ,,panels,30%\n"
    "EXPORTS_TO,Other,Company,iso:KZ,,,\n"
    "EXPORTS_TO,Other,,iso:KZ,,panels,30%\n"
)


@pytest.mark.parametrize("buyer", ["Local", "Nobody knows where"])
def test_sales_told_twice_are_counted_once(tmp_path: Path, buyer: str) -> None:
    """A customer in the market is a part of the exports to it, or may be, and so is one product of them."""
    (tmp_path / "claims.csv").write_text(PARTS.format(buyer=buyer), "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        assert graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test")).rows_rejected == 0

        def direct(seller: str) -> dict[str, Any]:
            data = graph.ask("export-dependence", id=seller)["data"]
            return {item["country"]["name"]: item.get("direct") for item in data["items"]}

        assert direct("Seller") == {"Казахстан": [0.6, 0.6], "Беларусь": [0.0, 0.4]}
        assert direct("Maker") == {"Казахстан": [0.5, 0.8]}
        assert direct("Other") == {"Казахстан": [0.3, 1.0]}


def test_a_product_inside_another_is_a_part_of_its_sales(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(
        "type,from,from_label,to,to_label,product,sales_share,okpd2\n"
        "DESCRIBED_IN,metal,Product,,,,,24\nDESCRIBED_IN,steel,Product,,,,,24.10\n"
        "EXPORTS_TO,Seller,Company,iso:KZ,,metal,50%,\nEXPORTS_TO,Seller,,iso:KZ,,steel,40%,\n",
        "utf-8",
    )
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        assert graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test")).rows_rejected == 0
        (item,) = graph.ask("export-dependence", id="Seller")["data"]["items"]
        assert item["direct"] == [0.5, 0.9]


def test_a_region_lists_markets_with_their_exporters(ask: Ask) -> None:
    data = ask("region-exports", id="RU-VGG")["data"]
    markets = {item["country"]["name"]: item for item in data["items"]}
    assert [link["exporter"]["name"] for link in markets["Kazakhstan"]["links"]] == [
        "Isopan sandwich panel plant, Volzhsky",
        "Volzhsky Orgsynthese",
    ]
    assert data["by_status"]["planned"] > 0
    assert ask("region-exports", id="AM")["summary"].startswith("No export of anybody in")


def test_days_show_what_started_and_ended(graph: Graph) -> None:
    data = graph.ask("diff", lang="en", **{"from": "2020-06-01", "to": "2022-06-01"})["data"]
    changes = {item["entity"]["name"]: [change["change"] for change in item["changes"]] for item in data["items"]}
    assert changes == {"C": ["ended"], "D": ["started"]}
    assert data["by_change"] == {"started": 1, "ended": 1}


def test_versions_show_what_was_learnt_and_withdrawn(graph: Graph) -> None:
    data = graph.ask("diff", lang="en", **{"from": "1"})["data"]
    changes = {
        item["entity"]["name"]: {change["claim"]["type"] for change in item["changes"]} for item in data["items"]
    }
    assert "SUPPLIES" in changes["E"]
    assert set(data["by_change"]) == {"learnt"}
    nothing = graph.ask("diff", lang="en", **{"from": "2", "to": "2"})
    assert nothing["data"]["total"] == 0
    assert "Nothing" in nothing["summary"]
    of_b = graph.ask("diff", id="B", **{"from": "1"})["data"]
    assert of_b["items"] == []


def test_what_was_withdrawn_and_said_again_did_not_change(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test"))
        for load in graph.store.loads():
            graph.store.undo(load.load_id, "tests")
        withdrawn = graph.ask("diff", lang="en", **{"from": "1"})["data"]["by_change"]
        graph.store.undo(graph.store.loads()[-1].load_id, "tests")
        graph.live.refresh()
        assert graph.ask("diff", lang="en", **{"from": "1"})["data"]["by_change"] == {}
        learnt = graph.ask("diff", lang="en", **{"from": "2"})["data"]["by_change"]
        assert learnt == {"learnt": withdrawn["retracted"]}


def test_states_that_do_not_fit_are_refused(graph: Graph) -> None:
    for given, words in (
        ({"from": "2020-01-01", "to": "1"}, "both be days"),
        ({"from": "2022-01-01", "to": "2020-01-01"}, "later than"),
        ({"from": "soon"}, "neither a store version nor a time"),
        ({"from": "2020-13-45"}, "no day"),
        ({"from": "2020-01-01", "to": "2021-01-01", "valid_at": "2022-01-01"}, "give one"),
    ):
        with pytest.raises(BadParameter, match=words):
            graph.ask("diff", **given)


@pytest.mark.parametrize(
    "states", [{"from": "0", "to": "2"}, {"from": "2020-06-01", "to": "2022-06-01"}, {"from": "0"}]
)
def test_links_of_a_diff_can_be_followed(graph: Graph, states: dict[str, str]) -> None:
    """Its `to` names one of the clocks, which the links may not name again."""
    links = graph.ask("diff", limit=1, **states)["links"]
    followed = {name: dict(parse_qsl(urlsplit(links[name]).query)) for name in ("next", "certificate")}
    assert graph.ask("diff", **followed["next"])["data"]["items"]
    certified = graph.ask("certificate", **followed["certificate"])["data"]
    assert graph.ask("certificate", **followed["certificate"], hash=certified["hash"])["data"]["reproduced"] is True
