"""A relation without direction is one, whichever of the two is named first."""

from __future__ import annotations

from pathlib import Path

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options


def test_a_with_b_and_b_with_a_are_one_relation(tmp_path: Path) -> None:
    files = []
    for name, row in (("one", "COOPERATES_WITH,A,Company,B,Company"), ("two", "COOPERATES_WITH,B,Company,A,Company")):
        files.append(tmp_path / f"{name}.csv")
        files[-1].write_text(f"type,from,from_label,to,to_label\n{row}\n", "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        for file in files:
            assert graph.load("claims", [file], Options(source="Test")).rows_rejected == 0
        for name, other in (("A", "B"), ("B", "A")):
            (neighbour,) = graph.ask("neighbours", id=name, relation="COOPERATES_WITH")["data"]["items"]
            assert neighbour["entity"]["name"] == other
            assert len(neighbour["claims"]) == 2
        (path,) = graph.ask("paths", **{"from": "A", "to": "B"})["data"]["items"]
        assert [len(tie["claims"]) for tie in path["ties"]] == [2]
