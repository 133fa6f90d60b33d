"""Owners and holdings as an answer: direct shares, interest, control, who is in control in the end, the group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

CLAIMS = (
    "type,from,from_label,to,to_label,share,status\n"
    "OPERATES,Works Ltd,Company,Works,Plant,,\n"
    "OWNS,Person,Person,Top,Company,51%,\n"
    "OWNS,Top,Company,Left,Company,60%,\n"
    "OWNS,Top,Company,Right,Company,60%,\n"
    "OWNS,Left,Company,Works Ltd,Company,30%,\n"
    "OWNS,Right,Company,Works Ltd,Company,30%,\n"
    "OWNS,Other,Company,Works Ltd,Company,,\n"
    "OWNS,Other,Company,Right,Company,20%,planned\n"
    "OWNS,Works Ltd,Company,Sub,Company,,\n"
    "OWNS,Ring A,Company,Ring B,Company,80%,\n"
    "OWNS,Ring B,Company,Ring A,Company,80%,\n"
    "OWNS,Ring B,Company,Ringed,Company,100%,\n"
    "SUPPLIES,Lone,Company,Works,Plant,,\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("owning")
    (folder / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _items(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (i["entity"]["name"], i["kind"], i["tier"], i.get("share"), i.get("interest"), i["control"])
        for i in answer["data"]["items"]
    ]


def _named(members: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(member["entity"]["name"], member["control"]) for member in members]


@pytest.mark.parametrize("name", ["Works", "Works Ltd"])
def test_holdings_of_controlled_firms_add_up_to_control(graph: Graph, name: str) -> None:
    answer = graph.ask("ownership", id=name, lang="en")
    assert _items(answer) == [
        ("Left", "owner", 1, [0.3, 0.3], [0.3, 0.3], "no"),
        ("Other", "owner", 1, [0.0, 0.4], [0.0, 0.4], "no"),
        ("Right", "owner", 1, [0.3, 0.3], [0.3, 0.3], "no"),
        ("Top", "owner", 2, None, [0.36, 0.36], "certain"),
        ("Person", "owner", 3, None, [0.1836, 0.1836], "certain"),
        ("Sub", "owned", 1, None, None, "possible"),
    ]
    assert _named(answer["data"]["ultimate"]) == [("Person", "certain")]
    assert _named(answer["data"]["group"]) == [
        ("Left", "certain"), ("Person", "certain"), ("Right", "certain"), ("Top", "certain"), ("Works", "certain"),
        ("Sub", "possible"),
    ]  # fmt: skip
    assert answer["summary"] == (
        "Works: 5 owners known, directly or through others; 1 owned; controlled in the end by Person; 6 in the group, "
        "itself included."
    )
    assert len(answer["evidence"]["claims"]) == 7
    assert [len(item["claims"]) for item in answer["data"]["items"]] == [1, 1, 1, 0, 0, 1]


def test_what_is_planned_is_left_out_and_said_so(graph: Graph) -> None:
    answer = graph.ask("ownership", id="Right", lang="en")
    assert "Other" not in [item["entity"]["name"] for item in answer["data"]["items"]]
    assert answer["data"]["left_out"] == {"planned": 1}
    planned = graph.ask("ownership", id="Right", lang="en", status="actual,planned")
    (other,) = [item for item in planned["data"]["items"] if item["entity"]["name"] == "Other"]
    assert (other["share"], other["status"]) == ([0.2, 0.2], "planned")


def test_firms_that_hold_each_other_are_in_control_together(graph: Graph) -> None:
    answer = graph.ask("ownership", id="Ringed", lang="en")
    assert _named(answer["data"]["ultimate"]) == [("Ring A", "certain"), ("Ring B", "certain")]
    ring_a = next(item for item in answer["data"]["items"] if item["entity"]["name"] == "Ring A")
    assert ring_a["interest"] == [0.8, 0.8], "walks do not come back to the one who holds"
    (ring_b,) = [item for item in graph.ask("ownership", id="Ring A", lang="en")["data"]["items"]
                 if item["kind"] == "owner"]  # fmt: skip
    assert ring_b["control"] == "certain"


def test_nobody_known_is_no_proof(graph: Graph) -> None:
    answer = graph.ask("ownership", id="Lone", lang="en")
    assert answer["data"]["total"] == 0
    assert answer["summary"].endswith("that is no proof that there is none.")
    assert _named(answer["data"]["group"]) == [("Lone", "certain")]


def test_owners_of_the_demo(ask: Ask) -> None:
    answer = ask("ownership", id="Волтайр-Пром")
    assert _items(answer) == [("Titan International", "owner", 1, [0.64, 0.64], [0.64, 0.64], "certain")]
    steel = ask("ownership", id="Krasny Oktyabr steel plant")
    controls = {item["entity"]["name"]: item["control"] for item in steel["data"]["items"]}
    assert controls["Russpetsstal"] == "certain"
    assert controls["Rostec"] == "possible"
    assert controls["RSL Group"] == "no", "Russpetsstal has all of it"
    disputed = [item["entity"]["name"] for item in steel["data"]["items"] if item.get("disputed")]
    assert disputed == ["Krasny Oktyabr Corporation JSC"], "named as an owner, and left nothing by another"
