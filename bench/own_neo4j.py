"""A Neo4j of the benchmark's own: started empty in a temporary folder, gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph_service.store.neo4j.local_options import StartOptions
from graph_service.store.neo4j.local_server import LocalNeo4j


@contextmanager
def own_neo4j() -> Iterator[str]:
    """Address of an empty server that asks for no password."""
    with tempfile.TemporaryDirectory() as home:
        server = LocalNeo4j(Path(home))
        record = server.start(StartOptions(bolt_port=0, http_port=None, with_auth=False, is_tied_to_parent=True))
        try:
            yield record.uri
        finally:
            server.stop()
