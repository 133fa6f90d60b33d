"""Stores for the contract suite: SQLite, and a real Neo4j of each supported version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest

from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.port import GraphStore
from graph_service.store.sqlite.store import SqliteStore

KINDS = ("sqlite", "neo4j", "neo4j_526")
OpenStore = Callable[[], GraphStore]


@pytest.fixture(scope="session")
def server_of(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Address of the server of one kind; its schema is made anew once, then only data is removed."""
    prepared: dict[str, str] = {}

    def find(kind: str) -> str:
        if kind not in prepared:
            prepared[kind] = request.getfixturevalue(f"{kind}_uri")
            request.getfixturevalue("empty_neo4j")(prepared[kind])
        with neo4j.GraphDatabase.driver(prepared[kind]) as driver, driver.session() as session:
            session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        return prepared[kind]

    return find


@pytest.fixture
def opener(tmp_path: Path, server_of: Callable[[str], str]) -> Iterator[Callable[[str], OpenStore]]:
    """For a kind of store, a function that opens an empty one, and the same one each further time it is called."""
    opened: list[GraphStore] = []

    def of_kind(kind: str) -> OpenStore:
        uri = None if kind == "sqlite" else server_of(kind)

        def open_again() -> GraphStore:
            opened.append(SqliteStore(tmp_path / "contract.sqlite") if uri is None else Neo4jStore(uri))
            return opened[-1]

        return open_again

    yield of_kind
    for store in opened:
        store.close()


@pytest.fixture(params=KINDS)
def open_store(request: pytest.FixtureRequest, opener: Callable[[str], OpenStore]) -> OpenStore:
    """Opens the store under test: the same one, and empty at first."""
    return opener(request.param)


@pytest.fixture
def store(open_store: OpenStore) -> GraphStore:
    """The store under test, empty."""
    return open_store()
