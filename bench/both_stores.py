"""One generated network in an embedded store and in a Neo4j of the benchmark's own, gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from network_load import generate

from graph_service.graph import Graph
from graph_service.store.neo4j.local_options import StartOptions
from graph_service.store.neo4j.local_server import LocalNeo4j
from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options


@dataclass(frozen=True, slots=True, kw_only=True)
class BothStores:
    """The embedded store's file and graph, and the address of the server, which asks for no password."""

    database: Path
    graph: Graph
    uri: str


@contextmanager
def both_stores(companies: int, supplies: int) -> Iterator[BothStores]:
    """Generate, start, load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "network").mkdir()
        generate(folder / "network", "parquet", companies, supplies)
        server = LocalNeo4j(folder / "neo4j")
        record = server.start(StartOptions(bolt_port=0, http_port=None, with_auth=False, is_tied_to_parent=True))
        try:
            with Graph(Neo4jStore(record.uri)) as graph:
                graph.load("network", [folder / "network"], Options())
            with Graph(SqliteStore(folder / "x.sqlite")) as graph:
                graph.load("network", [folder / "network"], Options())
                yield BothStores(database=folder / "x.sqlite", graph=graph, uri=record.uri)
        finally:
            server.stop()
