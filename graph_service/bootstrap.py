"""The only place that wires things together: settings to a store, a store to a graph."""

from __future__ import annotations

from graph_service.graph import Graph
from graph_service.settings import Settings
from graph_service.store.open import open_store


def open_graph(settings: Settings, *, wait: bool = True, create: bool = True) -> Graph:
    """The graph that the settings name; without ``create`` an embedded one must be there already."""
    store = open_store(
        settings.store,
        user=settings.neo4j_user,
        password=settings.neo4j_password,
        database=settings.neo4j_database,
        create=create,
    )
    return Graph(store, wait=wait)
