"""Paths: what counts as a tie, who is passed, what is left out, and the words for what was not found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph_service.api.app import create_app
from graph_service.errors import BadParameter, Merged
from graph_service.graph import Graph
from graph_service.questions.cooperation import paths
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

CLAIMS = (
    "type,from,from_label,to,to_label,product,status,confidence,kind\n"
    "SUPPLIES,A,Company,Works,Plant,gas,,0.8,\n"
    "SUPPLIES,A,Company,Works,Plant,gas,planned,0.9,other\n"
    "COOPERATES_WITH,Works,Plant,A,Company,,,,research\n"
    "OPERATES,Works Ltd,Company,Works,Plant,,,,\n"
    "OWNS,Holding,Company,Works Ltd,Company,,,,\n"
    "OWNS,Holding,Company,B,Company,,,,\n"
    "SUPPLIES,B,Company,A,Company,,,0.5,\n"
    "SUPPLIES,B,Company,B,Company,,,,\n"
    "MEMBER_OF,A,Company,Park,Cluster,,,,\n"
    "MEMBER_OF,C,Company,Park,Cluster,,,,\n"
    "PRODUCES,C,Company,gas,Product,,,,\n"
    "PRODUCES,D,Company,gas,Product,,,,\n"
    "COOPERATES_WITH,D,Company,Many,PartnerGroup,,,,\n"
    "COOPERATES_WITH,A,Company,Many,PartnerGroup,,,,\n"
    "UNNAMED_SUPPLIERS_OF,Few,PartnerGroup,E,Company,,,,\n"
    "SUPPLIES,C,Company,Z,Company,,cancelled,,\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("paths")
    (folder / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _ask(graph: Graph, start: str, to: str, **more: Any) -> dict[str, Any]:
    return graph.ask("paths", **{"from": start, "to": to, "lang": "en", **more})


def _routes(answer: dict[str, Any]) -> list[tuple[list[str], float]]:
    return [([entity["name"] for entity in item["via"]], item["confidence"]) for item in answer["data"]["items"]]


def test_a_hop_shows_each_tie_in_its_own_direction(graph: Graph) -> None:
    answer = _ask(graph, "A", "Works", k=1)
    (path,) = answer["data"]["items"]
    assert (path["length"], path["confidence"], path["via"]) == (1, 1.0, [])
    ties = [(tie["relation"], tie["direction"], tie["status"], tie.get("what"), len(tie["claims"]))
            for tie in path["ties"]]  # fmt: skip
    # Cooperation has no direction of its own: it begins at the smaller id.
    assert ties == [("COOPERATES_WITH", "out", "actual", ["research"], 1), ("SUPPLIES", "out", "actual", ["other"], 2)]
    assert path["ties"][1]["product"]["name"] == "gas"
    assert all((tie["from"]["name"], tie["to"]["name"]) == ("A", "Works") for tie in path["ties"])
    assert sorted(answer["evidence"]["claims"]) == sorted(claim for tie in path["ties"] for claim in tie["claims"])


def test_a_company_and_its_only_plant_are_one_stop(graph: Graph) -> None:
    assert _routes(_ask(graph, "A", "Holding")) == [(["Works"], 1.0), (["B"], 0.5)]
    assert _routes(_ask(graph, "Works Ltd", "Holding", k=1)) == [([], 1.0)]
    with pytest.raises(BadParameter, match="both ends are Works"):
        _ask(graph, "Works Ltd", "Works")


def test_the_more_certain_of_two_equally_long_paths_comes_first(graph: Graph) -> None:
    answer = _ask(graph, "A", "Holding", min_confidence=0.6)
    assert _routes(answer) == [(["Works"], 1.0)]
    assert answer["summary"] == "A and Holding are tied by 2 links, through Works; 1 path shown."


def test_a_common_product_is_a_tie_only_where_it_is_asked_for(graph: Graph) -> None:
    assert _routes(_ask(graph, "C", "D")) == []
    assert _ask(graph, "C", "D")["summary"].endswith("not counted as ties unless they are asked for.")
    assert _routes(_ask(graph, "C", "D", relations="produces")) == [(["gas"], 1.0)]


def test_relations_and_parties_can_be_left_out(graph: Graph) -> None:
    assert _routes(_ask(graph, "A", "Holding", **{"-relations": "SUPPLIES,COOPERATES_WITH"})) == []
    assert _routes(_ask(graph, "A", "Holding", **{"-entity": "Works"})) == [(["B"], 0.5)]
    assert _routes(_ask(graph, "A", "Holding", **{"-entity": "Works Ltd,B"})) == []
    for wrong in ({"-entity": "A"}, {"relations": "SUPPLY"}, {"relations": "HAS"}, {"relations": "UNNAMED_SUPPLIERS_OF"},
                  {"relations": "OWNS", "-relations": "owns"}):  # fmt: skip
        with pytest.raises(BadParameter):
            _ask(graph, "A", "Holding", **wrong)


def test_groups_and_cancelled_ties_are_not_walked_through(graph: Graph) -> None:
    assert _routes(_ask(graph, "A", "D")) == []
    assert _routes(_ask(graph, "A", "E")) == []
    assert _routes(_ask(graph, "A", "Many")) == [([], 1.0)]
    assert _routes(_ask(graph, "C", "Z")) == []
    assert _routes(_ask(graph, "C", "Z", status="cancelled")) == [([], 1.0)]


def test_a_search_that_was_stopped_says_so(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _ask(graph, "A", "Holding")
    assert not whole["meta"]["truncated"]
    assert whole["meta"]["explored"]["nodes"] >= 4
    monkeypatch.setattr(paths, "MAX_STEPS", 1)
    cut = _ask(graph, "A", "Holding")
    assert cut["meta"]["truncated"]
    assert len(cut["data"]["items"]) < len(whole["data"]["items"])


def test_paths_of_the_demo_are_connected_and_stated(ask: Ask) -> None:
    answer = ask("paths", **{"from": "Изопан Рус", "to": "Каустик", "k": 8})
    items = answer["data"]["items"]
    assert len(items) == 8
    for item in items:
        stops = [answer["data"]["of"], *item["via"], answer["data"]["to"]]
        hops = [(one["id"], other["id"]) for one, other in pairwise(stops)]
        assert [hops[tie["step"] - 1] for tie in item["ties"]] == [
            (t["from"]["id"], t["to"]["id"]) for t in item["ties"]
        ]
        assert {tie["step"] for tie in item["ties"]} == set(range(1, len(hops) + 1))
    assert [item["length"] for item in items] == sorted(item["length"] for item in items)


def test_merged_ids_lead_on_wherever_they_stand(tmp_path: Any) -> None:
    keys, numbers = tmp_path / "keys.csv", tmp_path / "numbers.csv"
    keys.write_text("type,from,to\nSUPPLIES,kaustik,works\nSUPPLIES,works,last\n", encoding="utf-8")
    numbers.write_text("type,from,from_label,name,inn\nDESCRIBED_IN,kaustik,Company,Каустик,3448003962\n")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("claims", [keys], Options(source="Test"))
        old = graph.find_id("kaustik")
        graph.load("claims", [numbers], Options(source="Test"))
        client: FlaskClient = create_app(graph, lang="en").test_client()
        page = client.get(f"/plain/ask/paths?from={old}&to=last", headers={"Accept": "text/html"})
        assert page.status_code == 308
        assert old not in page.headers["Location"]
        assert client.get(page.headers["Location"], headers={"Accept": "text/html"}).status_code == 200
        listed = f"/plain/ask/paths?from=works&to=last&-entity={old},works"
        assert client.get(listed, headers={"Accept": "text/html"}).status_code == 409
        with pytest.raises(Merged):
            _ask(graph, "works", "last", **{"-entity": f"{old},works"})
