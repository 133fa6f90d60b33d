"""The demo in a store of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options


@pytest.fixture(scope="session")
def demo_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The demo on SQLite; read only."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("demo") / "demo.sqlite")) as graph:
        report = graph.load("demo", [], Options())
        assert report.rows_rejected == 0, report.first_rejects
        yield graph
