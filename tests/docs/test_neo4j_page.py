"""The Cypher that docs/neo4j.md shows, on a real server with the demo."""

from __future__ import annotations

import neo4j

from docs.examples import blocks
from docs.generate import FOLDER
from graph_service.graph import Graph
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options


def test_the_cypher_on_the_page_finds_something(clean_neo4j: str) -> None:
    page = (FOLDER / "neo4j.md").read_text(encoding="utf-8")
    texts = [block.text for block in blocks(page) if block.kind == "cypher"]
    assert len(texts) >= 2
    with Graph(Neo4jStore(clean_neo4j)) as graph:
        graph.load("demo", [], Options())
    with neo4j.GraphDatabase.driver(clean_neo4j, auth=None, notifications_min_severity="OFF") as driver:
        for text in texts:
            rows = driver.execute_query(text).records
            assert rows, text
            assert any(value is not None for row in rows for value in row.values())
