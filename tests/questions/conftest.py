"""The demo in a store of its own, asked on a fixed day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The demo on SQLite; read only."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("demo") / "demo.sqlite")) as graph:
        report = graph.load("demo", [], Options())
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Graph]:
    """The demo in a store that the test may change."""
    with Graph(SqliteStore(tmp_path / "demo.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield graph


@pytest.fixture
def ask(demo: Graph) -> Ask:
    """Ask the demo in English as of a fixed day."""

    def ask_demo(question: str, /, **parameters: Any) -> dict[str, Any]:
        # A certificate has the clocks of its answer.
        day = {} if question.endswith("certificate") else {"valid_at": "2026-11-24"}
        return demo.ask(question, **{"lang": "en", **day, **parameters})

    return ask_demo
