"""Run a twin: the same question answered by Cypher on the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph_service.store.neo4j.connection import Connection


def run_twin(connection: Connection, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that ``cypher/questions/<name>.cypher`` returns."""
    return [dict(row) for row in connection.read(f"questions/{name}", **parameters)]
