"""Hidden common suppliers and common owners: against networkx on random graphs, by hand, and on the demo."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import networkx as nx
import pytest

from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

GRAPHS = 12
CLAIMS = (
    "OPERATES,Works Ltd,Company,Works,Plant,,,\n"
    "OWNS,Group,Company,Works Ltd,Company,,0.6,\n"
    "OWNS,Group,Company,Sub,Company,,,\n"
    "OWNS,Sub,Company,B,Company,,0.3,planned\n"
    "SUPPLIES,Deep,Company,Middle,Company,ore,,\n"
    "SUPPLIES,Middle,Company,Works,Plant,steel,,\n"
    "SUPPLIES,Deep,Company,Works,Plant,coal,,planned\n"
    "SUPPLIES,Middle,Company,B,Company,wire,,planned\n"
    "SUPPLIES,Works,Plant,B,Company,tubes,,\n"
    "SUPPLIES,B,Company,Works,Plant,scrap,,\n"
    "SUPPLIES,B,Company,B,Company,own,,\n"
    "UNNAMED_SUPPLIERS_OF,Few,PartnerGroup,Alone,Company,,,\n"
)


def _random_rows() -> Iterator[str]:
    chance = random.Random(3)
    for graph in range(GRAPHS):
        for _ in range(chance.randint(8, 22)):
            relation = chance.choice(("SUPPLIES", "OWNS"))
            yield f"{relation},g{graph} n{chance.randrange(9)},Company,g{graph} n{chance.randrange(9)},Company,,,\n"
    for number in range(30):
        yield f"SUPPLIES,chain {number + 1},Company,chain {number},Company,,,\n"
    yield "SUPPLIES,chain 30,Company,side,Company,,,\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("common")
    head = "type,from,from_label,to,to_label,product,share,status\n"
    (folder / "claims.csv").write_text(head + CLAIMS + "".join(dict.fromkeys(_random_rows())), "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _common(graph: Graph, *names: str, **more: Any) -> dict[str, Any]:
    return graph.ask("common-suppliers", id=names[0], **{"with": ",".join(names[1:]), "lang": "en", **more})


def _listed(answer: dict[str, Any]) -> list[tuple[str, list[int], str]]:
    """Names, the tier below each of the asked, status."""
    return [
        (item["entity"]["name"], list({link["of"]["id"]: link["tier"] for link in item["links"]}.values()),
         item["status"])
        for item in answer["data"]["items"]
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["suppliers", "owners"])
@pytest.mark.parametrize("number", range(GRAPHS))
def test_they_are_those_upstream_of_each(graph: Graph, number: int, by: str) -> None:
    snapshot = graph.live.view().snapshot
    relation = "SUPPLIES" if by == "suppliers" else "OWNS"
    drawn: nx.DiGraph[str] = nx.DiGraph()
    names = {snapshot.name(entity) for entity in range(len(snapshot.entity_ids))}
    for row in range(len(snapshot.claim_ids)):
        source = snapshot.name(int(snapshot.claims["from"][row]))
        if snapshot.term("type", row) == relation and source.startswith(f"g{number} "):
            drawn.add_edge(source, snapshot.name(int(snapshot.claims["to"][row])))
    chance = random.Random(number)
    units = [name for n in range(9) if (name := f"g{number} n{n}") in names]
    for asked in (*combinations(units[:5], 2), tuple(chance.sample(units, 3))):
        tiers = chance.randint(1, 5)
        expected = []
        for unit in sorted(drawn):
            below = nx.single_source_shortest_path_length(drawn, unit)
            own = [below.get(party, 99) for party in asked]
            if unit not in asked and max(own) <= tiers:
                expected.append((sum(own), max(own), unit, own))
        found = _common(graph, *asked, by=by, tiers=tiers, limit=1000)
        assert [(name, own) for name, own, _ in _listed(found)] == [(name, own) for *_, name, own in sorted(expected)]
        for item in found["data"]["items"]:
            for link in item["links"]:
                assert len(link.get("via", [])) == max(link["tier"] - 2, 0)


def test_the_tier_to_each_the_weaker_status_and_the_way_down(graph: Graph) -> None:
    answer = _common(graph, "Works", "B")
    assert _listed(answer) == [("Middle", [1, 1], "planned"), ("Deep", [1, 2], "planned")]
    deep = answer["data"]["items"][1]
    to_works, to_b = deep["links"][0], next(link for link in deep["links"] if link["to"]["name"] == "Middle")
    assert [link["of"]["name"] for link in deep["links"]] == ["Works", "B", "B"]
    assert (to_works["product"]["name"], to_works["status"], "via" in to_works) == ("coal", "planned", False)
    assert (to_b["product"]["name"], to_b["status"]) == ("ore", "actual")
    assert answer["data"]["by_status"] == {"planned": 2}
    # Every supply but that back to Works and that to itself; how Middle and Works reach B is part of it.
    assert len(answer["evidence"]["claims"]) == 5
    assert _listed(_common(graph, "Works", "B", status="actual")) == [
        ("Middle", [1, 2], "actual"), ("Deep", [2, 3], "actual"),
    ]  # fmt: skip


def test_an_owner_of_the_company_owns_its_only_plant(graph: Graph) -> None:
    for name in ("Works", "Works Ltd"):
        answer = _common(graph, name, "B", by="owners")
        assert _listed(answer) == [("Group", [1, 2], "actual")]
        assert answer["data"]["items"][0]["links"][0]["share"] == [0.6, 0.6]
    assert _listed(_common(graph, "Works", "B", by="owners", tiers=1)) == []


def test_nobody_is_common_to_an_entity_with_only_counted_partners(graph: Graph) -> None:
    answer = _common(graph, "Alone", "B")
    assert answer["data"]["total"] == 0
    assert answer["summary"].endswith("that is no proof that there is none.")


def test_thirty_tiers_are_walked(graph: Graph) -> None:
    answer = _common(graph, "chain 0", "side", tiers=30)
    assert _listed(answer) == [("chain 30", [30, 1], "actual")]
    assert [entity["name"] for entity in answer["data"]["items"][0]["links"][0]["via"]] == [
        f"chain {number}" for number in range(28, 0, -1)
    ]
    assert len(answer["evidence"]["claims"]) == 31
    assert _listed(_common(graph, "chain 0", "side", tiers=29)) == []


def test_what_makes_no_sense_is_refused(graph: Graph) -> None:
    for names, more in ((("Works", "Works Ltd"), {}), (("Works", "B"), {"by": "owners", "product": "ore"})):
        with pytest.raises(BadParameter):
            _common(graph, *names, **more)


def test_two_suppliers_of_turkmengaz_have_one_owner(ask: Ask) -> None:
    suppliers = {item["entity"]["id"] for item in ask("suppliers", id="Turkmengaz")["data"]["items"]}
    answer = ask(
        "common-suppliers", id="Волжский трубный завод", **{"with": "Челябинский трубопрокатный завод", "by": "owners"}
    )
    assert [item["entity"]["name"] for item in answer["data"]["items"]] == ["TMK"]
    assert {answer["data"]["of"]["id"], answer["data"]["with"][0]["id"]} <= suppliers
    assert "TMK (tiers 1, 1)" in answer["summary"]


def test_two_buyers_of_the_demo_have_one_supplier(ask: Ask) -> None:
    answer = ask("common-suppliers", id="Каустик", **{"with": "Пласткард"})
    assert [item["entity"]["name"] for item in answer["data"]["items"]][:1] == ["Praxair Volgograd LLC"]
