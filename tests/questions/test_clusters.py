"""A cluster and what it lacks: by hand, on the demo, and a region asked the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

PHARMA = "Volgograd chemical-pharmaceutical cluster"
CLAIMS = (
    "type,from,from_label,to,to_label,product,status,role,value,currency,period,buyer_share\n"
    "OPERATES,Works Ltd,Company,Works,Plant,,,,,,,\n"
    "MEMBER_OF,Works Ltd,Company,Park,Cluster,,,resident,,,,\n"
    "MEMBER_OF,A,Company,Park,Cluster,,planned,,,,,\n"
    "MEMBER_OF,Still,Company,Park,Cluster,,,,,,,\n"
    "SUPPLIES,Works,Plant,A,Company,gas,,,,,,40%\n"
    "SUPPLIES,Out,Company,A,Company,gas,planned,,,,,\n"
    "SUPPLIES,Out,Company,A,Company,ore,,,,,,\n"
    "SUPPLIES,A,Company,Out,Company,tar,,,,,,\n"
    "SUPPLIES,A,Company,A,Company,own,,,,,,\n"
    "NEEDS,A,Company,gas,Product,,,,1000,RUB,2025,\n"
    "NEEDS,A,Company,ore,Product,,,,1000,RUB,2025,\n"
    "PRODUCES,Works,Plant,ore,Product,,,,,,,\n"
    "OWNS,Out,Company,Works Ltd,Company,,,,,,,\n"
    "LOCATED_IN,Bare,Cluster,iso:RU-MOW,,,,,,,,\n"
    "LOCATED_IN,A,Company,iso:RU-VGG,,,,,,,,\n"
    "LOCATED_IN,Works Ltd,Company,iso:RU-VGG,,,,,,,,\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("clusters")
    (folder / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _ties(rows: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [(r["from"]["name"], r["relation"], r["to"]["name"], r.get("product", {}).get("name", "")) for r in rows]


def test_members_with_their_ties_inside_and_outside(graph: Graph) -> None:
    answer = graph.ask("cluster", id="Park", lang="en")
    assert [
        (i["entity"]["name"], i.get("what"), i["status"], i["inside_total"], i["outside_total"])
        for i in answer["data"]["items"]
    ] == [("A", None, "planned", 1, 3), ("Still", None, "actual", 0, 0), ("Works", ["resident"], "actual", 1, 1)]
    assert _ties(answer["data"]["inside"]) == [("Works", "SUPPLIES", "A", "gas")]
    assert sorted(_ties(answer["data"]["outside"])) == [
        ("A", "SUPPLIES", "Out", "tar"), ("Out", "OWNS", "Works", ""), ("Out", "SUPPLIES", "A", "gas"),
        ("Out", "SUPPLIES", "A", "ore"),
    ]  # fmt: skip
    assert answer["summary"] == "Park: 3 members named; 1 link among them known, 4 with others."
    assert len(answer["evidence"]["claims"]) == 3 + 1 + 4
    assert graph.ask("cluster", id="Park", status="actual", lang="en")["data"]["total"] == 2
    page = graph.ask("cluster", id="Park", limit=1, cursor="1", lang="en")
    assert [item["entity"]["name"] for item in page["data"]["items"]] == ["Still"]


def test_a_cluster_without_known_members(graph: Graph) -> None:
    answer = graph.ask("cluster", id="Bare", lang="en")
    assert answer["summary"].endswith("that is no proof that there is none.")
    nothing = graph.ask("self-sufficiency", id="Bare", lang="en")
    assert "nothing can be said" in nothing["summary"]
    assert "share" not in nothing["data"]


def test_what_a_cluster_lacks_and_who_makes_it_all_the_same(graph: Graph) -> None:
    answer = graph.ask("self-sufficiency", id="Park", lang="en", status="actual,planned")
    data = answer["data"]
    assert (data["members_total"], data["needs_total"], data["met_total"], data["share"]) == (3, 2, 1, [0.5, 0.5])
    (ore,) = data["items"]
    assert (ore["entity"]["name"], ore["product"]["name"]) == ("A", "ore")
    assert [supplier["name"] for supplier in ore["bought_from"]] == ["Out"]
    assert [maker["name"] for maker in ore["made_here"]] == ["Works"]
    # Of 2,000 roubles 400 are bought of a member for certain; unnamed suppliers of the rest may be members too.
    assert data["by_value"] == [{"unit": "RUB", "share": [0.2, 1.0], "needs_total": 2}]
    assert answer["summary"] == "Park: 1 of 2 needs known has a member as supplier; lacking: ore."


def test_only_actual_members_and_links_count_unless_asked(graph: Graph) -> None:
    data = graph.ask("self-sufficiency", id="Park", lang="en")["data"]
    assert (data["members_total"], data["needs_total"]) == (2, 0)


def test_a_region_is_asked_the_same(graph: Graph) -> None:
    data = graph.ask("self-sufficiency", id="RU-VGG", lang="en")["data"]
    assert (data["members_total"], data["needs_total"], data["met_total"]) == (2, 2, 1)
    assert data["left_out"] == {"planned": 1}


def test_what_the_clusters_of_the_demo_lack(ask: Ask) -> None:
    pharma = ask("self-sufficiency", id=PHARMA)
    assert [item["product"]["name"] for item in pharma["data"]["items"]] == ["Pharmaceutical substances"]
    assert pharma["data"]["met_total"] == 0
    assert pharma["data"]["left_out"] == {"planned": 1}, "the plant that would supply them is planned"
    park = ask("self-sufficiency", id="Kaustik chemical park")
    assert (park["data"]["met_total"], park["data"]["needs_total"]) == (1, 4)
    cluster = ask("cluster", id="Kaustik chemical park")
    assert [(t["from"]["name"], t["to"]["name"]) for t in cluster["data"]["inside"]] == [
        ("Praxair Volgograd LLC", "Kaustik (Volgograd)")
    ]
