"""What loading promises, on each store: order, repetition and undo leave the same graph behind."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph_service.graph import Graph
from graph_service.store.dump import dump_hash
from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from loaders.loader import Options

# Keys that later files tie to numbers, a company and its plant, the same statement twice, another rank of one source.
FILES = {
    "keys.csv": "type,from,from_label,to,product,value,currency,period,record\n"
    "DESCRIBED_IN,kaustik,Company,,,,,,k1\n"
    "SUPPLIES,kaustik,,pipes,Chlorine,100,RUB,2024,r1\n"
    "SUPPLIES,inn:3448003962,,pipes,Chlorine,120,RUB,2024,r2\n",
    "numbers.csv": "type,from,from_label,name,inn,ogrn\n"
    "DESCRIBED_IN,kaustik,Company,АО «Каустик»,3448003962,1023404355666\n"
    "DESCRIBED_IN,pipes,Company,Pipe company,,\n"
    "DESCRIBED_IN,works,Plant,Pipe works,,\n",
    "plant.csv": "type,from,to,to_label,product,count_min\n"
    "OPERATES,pipes,works,Plant,,\n"
    "SUPPLIES,steel,works,Plant,Steel,\n"
    "UNNAMED_SUPPLIERS_OF,many,pipes,Company,,30\n",
    "ogrn.csv": "type,from,from_label,to,product,status,valid_to\n"
    "EXPORTS_TO,ogrn:1023404355666,Company,iso:KZ,Chlorine,planned,\n"
    "SUPPLIES,ogrn:1023404355666,Company,works,Soda,actual,2020-12-31\n",
}
STORES = ("sqlite", "neo4j", "neo4j_526")
OpenEmpty = Callable[[], Graph]


@pytest.fixture(params=STORES)
def open_empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenEmpty]:
    """Opens an empty graph; what was opened before is closed and emptied."""
    opened: list[Graph] = []
    if request.param == "sqlite":
        numbers = itertools.count()

        def sqlite() -> Graph:
            opened.append(Graph(SqliteStore(tmp_path / f"{next(numbers)}.sqlite")))
            return opened[-1]

        yield sqlite
    else:
        uri = request.getfixturevalue(f"{request.param}_uri")
        request.getfixturevalue("empty_neo4j")(uri)
        with neo4j.GraphDatabase.driver(uri) as driver:

            def server() -> Graph:
                while opened:
                    opened.pop().close()
                driver.execute_query("MATCH (n) DETACH DELETE n")  # constraints and query plans stay
                opened.append(Graph(Neo4jStore(uri)))
                return opened[-1]

            yield server
    for graph in opened:
        graph.close()


def _write(folder: Path) -> dict[str, Path]:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {name: folder / name for name in FILES}


def _load(graph: Graph, path: Path, **given: Any) -> Any:
    report = graph.load("claims", [path], Options(source="Test", namespace="test", rank=3), **given)
    assert report.rows_rejected == 0, report.first_rejects
    return report.load


def _orders(is_fast: bool) -> list[tuple[str, ...]]:
    every = list(itertools.permutations(FILES))
    return every if is_fast else [every[0], every[7], every[16], every[23]]


def test_any_order_of_loading_gives_the_same_graph(open_empty: OpenEmpty, tmp_path: Path) -> None:
    paths = _write(tmp_path)
    hashes, answers = set(), set()
    items: list[dict[str, Any]] = []
    graph = open_empty()
    for order in _orders(isinstance(graph.store, SqliteStore)):
        graph = open_empty()
        for name in order:
            _load(graph, paths[name])
        hashes.add(dump_hash(graph.store))
        items = graph.ask("suppliers", id="Pipe works", lang="en")["data"]["items"]
        answers.add(str([(i["entity"], i["links"]) for i in items]))
    assert len(hashes) == 1
    assert len(answers) == 1
    # Both keys of the firm and its number are one; the company's supplies sit on its only plant.
    assert {item["entity"]["name"] for item in items} == {"steel", "АО «Каустик»"}
    (kaustik,) = [item for item in items if item["entity"]["name"] != "steel"]
    assert len(kaustik["links"]) == 1, "the supply that ended in 2020 is over"
    assert len(kaustik["links"][0]["claims"]) == 2


def test_all_stores_give_the_same_dump(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    paths = _write(tmp_path)
    found = {}
    for name in STORES:
        if name == "sqlite":
            store: Any = SqliteStore(tmp_path / "same.sqlite")
        else:
            uri = request.getfixturevalue(f"{name}_uri")
            request.getfixturevalue("empty_neo4j")(uri)
            store = Neo4jStore(uri)
        with Graph(store) as graph:
            for path in paths.values():
                _load(graph, path)
            graph.load("demo", [], Options())
            found[name] = dump_hash(graph.store)
    assert len(set(found.values())) == 1, found


def test_loading_twice_changes_nothing(open_empty: OpenEmpty, tmp_path: Path) -> None:
    paths = _write(tmp_path)
    graph = open_empty()
    for path in paths.values():
        _load(graph, path)
    before = dump_hash(graph.store), graph.store.version(), len(graph.store.loads())
    for path in paths.values():
        load = _load(graph, path)
        assert (load.claims_new, load.claims_retracted) == (0, 0)
    assert (dump_hash(graph.store), graph.store.version(), len(graph.store.loads())) == before


def test_load_undo_load_is_one_load(open_empty: OpenEmpty, tmp_path: Path) -> None:
    paths = _write(tmp_path)
    graph = open_empty()
    hashes, load_ids = [], []
    for path in paths.values():
        load_ids.append(_load(graph, path).load_id)
        hashes.append(dump_hash(graph.store))
    graph.store.undo(load_ids[-1], "test")
    assert dump_hash(graph.store) == hashes[-2]
    again = _load(graph, list(paths.values())[-1])
    assert again.claims_new > 0
    assert dump_hash(graph.store) == hashes[-1]


def test_undo_of_the_first_load_keeps_what_another_states(open_empty: OpenEmpty, tmp_path: Path) -> None:
    paths = _write(tmp_path)
    graph = open_empty()
    first = _load(graph, paths["keys.csv"])
    more = tmp_path / "more.csv"
    more.write_text(FILES["keys.csv"] + "SUPPLIES,kaustik,,pipes,Soda,5,RUB,2024,r3\n", encoding="utf-8")
    graph.load("claims", [paths["keys.csv"], more], Options(source="Test", namespace="test", rank=3))
    whole = dump_hash(graph.store)
    undone = graph.store.undo(first.load_id, "test")
    assert undone.claims_retracted == 0, "the second load states it all"
    assert dump_hash(graph.store) == whole
    assert graph.store.loads()[0].state == "undone"
    graph.store.undo(undone.load_id, "test")
    assert graph.store.loads()[0].state == "complete"
    assert dump_hash(graph.store) == whole


def test_what_a_person_withdrew_stays_withdrawn(open_empty: OpenEmpty, tmp_path: Path) -> None:
    paths = _write(tmp_path)
    graph = open_empty()
    _load(graph, paths["keys.csv"])
    (item,) = graph.ask("suppliers", id="pipes")["data"]["items"][:1]
    claim = item["links"][0]["claims"][0]
    whole = dump_hash(graph.store)
    edit = graph.retract_claim(claim, Edit(editor="anna", note="never happened"))
    without = dump_hash(graph.store)
    assert without != whole
    report = graph.load("claims", [paths["keys.csv"]], Options(source="Test", namespace="test", rank=3))
    assert report.written.kept_retracted == 1
    assert dump_hash(graph.store) == without
    history = graph.ask("history", id="pipes", limit=1000)["data"]["items"]
    assert [event["event"] for event in history if event["claim"]["id"] == claim] == ["retracted", "learnt"]
    graph.store.undo(edit.load_id, "anna")
    assert dump_hash(graph.store) == whole


def test_a_full_load_retracts_what_is_no_longer_stated(open_empty: OpenEmpty, tmp_path: Path) -> None:
    paths = _write(tmp_path)
    graph = open_empty()
    _load(graph, paths["keys.csv"])
    whole = dump_hash(graph.store)
    shorter = FILES["keys.csv"].splitlines()[:3]
    paths["keys.csv"].write_text("\n".join(shorter) + "\n", encoding="utf-8")
    load = _load(graph, paths["keys.csv"], mode="full")
    assert load.claims_retracted >= 1
    (item,) = graph.ask("suppliers", id="pipes")["data"]["items"]
    assert item["links"][0]["claims"]
    known_before = graph.ask("suppliers", id="pipes", known_at="1")["data"]["items"]
    assert len(known_before) == 2
    graph.store.undo(load.load_id, "test")
    assert dump_hash(graph.store) == whole
