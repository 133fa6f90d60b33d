"""``ZVENO_ENGINE=cypher`` on the demo: the same answers, computed by a real Neo4j, and said to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph_service.bootstrap import open_graph
from graph_service.errors import BadSettings
from graph_service.graph import Graph
from graph_service.questions.ask import context_of, find_question
from graph_service.questions.question import registry
from graph_service.questions.twins import twin_of
from graph_service.settings import Settings
from graph_service.snapshot import live
from graph_service.store.cypher_files import read_cypher
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options
from tests.contract.twin_rows import COMPARE

ON_SERVER = sorted(name for name, question in registry().items() if question.from_server)


@pytest.fixture(scope="module")
def demo_uri(neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> str:
    empty_neo4j(neo4j_uri)
    with Graph(Neo4jStore(neo4j_uri)) as graph:
        assert graph.load("demo", [], Options()).rows_rejected == 0
    return neo4j_uri


@pytest.fixture(scope="module")
def on_server(demo_uri: str) -> Iterator[Graph]:
    with Graph(Neo4jStore(demo_uri), engine="cypher") as graph:
        yield graph


def _without_engine(envelope: dict[str, Any]) -> dict[str, Any]:
    meta = {name: value for name, value in envelope["meta"].items() if name not in ("engine", "elapsed_ms")}
    return {**envelope, "meta": meta}


@pytest.mark.parametrize("name", ON_SERVER)
def test_the_server_answers_as_the_snapshot_does(name: str, demo_uri: str, on_server: Graph) -> None:
    example = registry()[name].example
    with Graph(Neo4jStore(demo_uri)) as graph:
        for given in ({}, {"limit": "1"}, {"status": "actual"}, {"limit": "1", "cursor": "1"}):
            asked = {**example, **given}
            expected, found = graph.ask(name, **asked), on_server.ask(name, **asked)
            assert (expected["meta"]["engine"], found["meta"]["engine"]) == ("snapshot", "cypher")
            assert _without_engine(found) == _without_engine(expected)
        assert graph.ask(name, **example)["data"]["items"]


@pytest.mark.parametrize("name", sorted(COMPARE))
def test_twins_hold_on_the_demo(name: str, demo_uri: str, on_server: Graph) -> None:
    question = find_question(name)
    asked = {"limit": 1000, **question.example} if "limit" in question.params.model_fields else dict(question.example)
    asked |= {"order": "distance"} if name == "planning.local_partners" else {}
    twin = twin_of(question, context_of(on_server.live, question, asked))
    assert twin is not None
    of_answer, of_rows = COMPARE[name]
    expected = of_answer(on_server.ask(name, **asked)["data"])
    with neo4j.GraphDatabase.driver(demo_uri) as driver:
        rows = [row.data() for row in driver.execute_query(read_cypher(f"questions/{twin[0]}").text, twin[1]).records]
    assert of_rows(rows) == expected
    assert expected


def test_what_a_twin_does_not_take_is_answered_by_the_snapshot(on_server: Graph) -> None:
    answer = on_server.ask("suppliers", id="Волжский трубный завод", region="RU-VGG")
    assert answer["data"]["items"]
    assert answer["meta"]["engine"] == "snapshot"


@pytest.mark.parametrize("look_every_s", [0.0, 60.0], ids=["seen to be gone", "gone since it was looked at"])
def test_a_server_that_is_gone_is_no_failure(
    demo_uri: str, look_every_s: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY_S", look_every_s)
    graph = Graph(Neo4jStore(demo_uri), wait=False, engine="cypher")
    before = [graph.ask("markets", id="Изопан Рус") for _ in range(2)][1]  # the second time it is looked at
    graph.store.close()
    after = graph.ask("markets", id="Изопан Рус")
    assert (before["meta"]["engine"], before["meta"]["stale"]) == ("cypher", False)
    assert (after["meta"]["engine"], after["meta"]["stale"]) == ("snapshot", True)
    assert after["data"] == before["data"]


def test_an_embedded_store_computes_nothing(tmp_path: Path) -> None:
    settings = Settings(store=f"sqlite:///{tmp_path / 'x.sqlite'}", engine="cypher")
    with pytest.raises(BadSettings, match="ZVENO_ENGINE=cypher needs a Neo4j"):
        open_graph(settings)
