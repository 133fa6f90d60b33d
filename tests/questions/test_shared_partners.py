"""Shared partners are those in the list of each, tied by plant or company alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

CLAIMS = (
    "type,from,from_label,to,to_label,product,status,count_min\n"
    "OPERATES,Works Ltd,Company,Works,Plant,,,\n"
    "SUPPLIES,Works,Plant,A,Company,gas,,\n"
    "OWNS,Works Ltd,Company,B,Company,,,\n"
    "SUPPLIES,Hub,Company,A,Company,steel,,\n"
    "SUPPLIES,Hub,Company,A,Company,coal,planned,\n"
    "SUPPLIES,B,Company,Hub,Company,scrap,planned,\n"
    "SUPPLIES,B,Company,B,Company,own,,\n"
    "COOPERATES_WITH,A,Company,B,Company,,,\n"
    "MEMBER_OF,A,Company,Park,Cluster,,,\n"
    "MEMBER_OF,C,Company,Park,Cluster,,,\n"
    "MEMBER_OF,B,Company,Club,Cluster,,,\n"
    "MEMBER_OF,C,Company,Club,Cluster,,,\n"
    "UNNAMED_PARTNERS_OF,Many,PartnerGroup,A,Company,,,30\n"
    "UNNAMED_PARTNERS_OF,Many,PartnerGroup,B,Company,,,30\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("shared")
    crowd = "".join(f"SUPPLIES,leaf {n},Company,{to},Company,,,\n" for n in range(12_000) for to in ("Big", "Large"))
    (folder / "claims.csv").write_text(CLAIMS + crowd, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _shared(graph: Graph, *names: str, **more: Any) -> dict[str, Any]:
    return graph.ask("shared-partners", id=names[0], **{"with": ",".join(names[1:]), "lang": "en", **more})


def _listed(answer: dict[str, Any]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (item["entity"]["name"], item["status"], [(tie["of"]["name"], tie["kind"]) for tie in item["ties"]])
        for item in answer["data"]["items"]
    ]


def test_the_ties_with_each_and_the_weaker_status(graph: Graph) -> None:
    answer = _shared(graph, "A", "B")
    assert _listed(answer) == [
        ("C", "actual", [("A", "same cluster"), ("B", "same cluster")]),
        ("Hub", "planned", [("A", "supplier"), ("B", "customer")]),
        ("Works", "actual", [("A", "supplier"), ("B", "owner")]),
    ]
    assert answer["data"]["by_status"] == {"actual": 2, "planned": 1}
    assert answer["summary"] == "A and B share 3 partners: C, Hub, Works."
    assert [tie["via"]["name"] for tie in answer["data"]["items"][0]["ties"]] == ["Park", "Club"]
    assert answer["data"]["items"][1]["ties"][0]["what"] == ["coal", "steel"]
    claims = {claim for item in answer["data"]["items"] for tie in item["ties"] for claim in tie["claims"]}
    assert set(answer["evidence"]["claims"]) == claims


def test_a_kind_must_be_shared_with_all(graph: Graph) -> None:
    assert [name for name, *_ in _listed(_shared(graph, "A", "B", kind="same cluster"))] == ["C"]
    assert _listed(_shared(graph, "A", "B", kind="supplier")) == []
    with pytest.raises(BadParameter, match="did you mean 'supplier'"):
        _shared(graph, "A", "B", kind="suplier")


def test_those_asked_about_are_not_shared_and_nobody_is_no_proof(graph: Graph) -> None:
    assert [name for name, *_ in _listed(_shared(graph, "Works", "B"))] == ["A"]
    answer = _shared(graph, "A", "B", "Hub")
    assert answer["data"]["total"] == 0
    assert answer["summary"].endswith("that is no proof that there is none.")
    with pytest.raises(BadParameter, match="names nobody but Works"):
        _shared(graph, "Works", "Works Ltd")
    with pytest.raises(BadParameter, match="ask about 10 at most"):
        _shared(graph, "A", *(f"leaf {n}" for n in range(10)))


def test_hubs_share_twelve_thousand_and_pages_go_on(graph: Graph) -> None:
    answer = _shared(graph, "Big", "Large", limit=2)
    assert answer["data"]["total"] == 12_000
    assert len(answer["evidence"]["claims"]) == 4
    assert "cursor=2" in answer["links"]["next"]


def test_shared_partners_of_the_demo_are_partners_of_each(ask: Ask) -> None:
    names = ("Каустик", "Никомаг", "Пласткард", "Волжский трубный завод", "Praxair Volgograd LLC")
    ids = {name: ask("entity", id=name)["data"]["entity"]["id"] for name in names}
    own = {
        name: {item["entity"]["id"] for item in ask("partners", id=name, limit=1000)["data"]["items"]} for name in names
    }
    filled = 0
    for one, other in combinations(names, 2):
        found = ask("shared-partners", id=one, **{"with": other, "limit": 1000})["data"]["items"]
        expected = (own[one] & own[other]) - {ids[one], ids[other]}
        assert {item["entity"]["id"] for item in found} == expected
        filled += bool(expected)
    assert filled >= 3
