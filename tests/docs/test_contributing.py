"""The examples of CONTRIBUTING.md are complete: a question with its twin, and a loader, run as they stand there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import neo4j
import pytest

from docs.examples import blocks
from graph_service.graph import Graph
from graph_service.questions import ask as asking
from graph_service.questions.question import Question, registry
from graph_service.store.cypher_files import parse_cypher
from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

PAGE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = {block.name: block.text for block in blocks(PAGE) if block.name}


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The example files in a folder from which they can be imported."""
    folder = tmp_path / "examples"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    yield folder
    for name in FILES:
        sys.modules.pop(name.partition(".")[0], None)


@pytest.fixture
def owners(written: Path, monkeypatch: pytest.MonkeyPatch) -> Question[Any]:
    """The example question, in the registry."""
    question: Question[Any] = import_module("owners").QUESTION
    known = {**registry(), question.name: question}
    monkeypatch.setattr(asking, "registry", lambda: known)
    return question


def functions_of(module: ModuleType) -> list[Callable[..., None]]:
    return [value for name, value in vars(module).items() if name.startswith("test_")]


def test_the_example_question_passes_its_own_test(owners: Question[Any], tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "demo.sqlite")) as demo:
        demo.load("demo", [], Options())
        (own,) = functions_of(import_module("test_owners"))
        own(lambda question, **given: demo.ask(question, lang="en", **given))
        assert demo.ask("cooperation.owners", **owners.example)["data"]["total"] == 1


def test_the_example_twin_has_a_correct_header() -> None:
    file = parse_cypher(FILES["owners.cypher"], "owners.cypher")
    assert file.mode == "read"
    assert list(file.returns) == ["id", "name"]


def test_the_example_twin_says_the_same_on_a_real_server(owners: Question[Any], clean_neo4j: str) -> None:
    file = parse_cypher(FILES["owners.cypher"], "owners.cypher")
    with Graph(Neo4jStore(clean_neo4j)) as graph, neo4j.GraphDatabase.driver(clean_neo4j, auth=None) as driver:
        graph.load("demo", [], Options())
        expected = graph.ask("owners", **owners.example)["data"]["items"]
        parameters = {
            "id": graph.find_id(owners.example["id"]), "valid_at": "2026-11-24", "known_at": 1, "min_confidence": 0.0,
            "statuses": ["actual", "planned"], "reviews": None, "oldest_seen": None, "documents": None,
            "excluded_documents": [],
        }  # fmt: skip
        rows = driver.execute_query(file.text, parameters).records
    assert expected
    assert [row["id"] for row in rows] == [item["entity"]["id"] for item in expected]


@pytest.mark.usefixtures("written")
def test_the_example_loader_passes_its_own_test(tmp_path: Path) -> None:
    (own,) = functions_of(import_module("test_arrows"))
    own(tmp_path)
