"""The Cypher that docs/neo4j.md shows, on a real server with the demo."""

from __future__ import annotations

import neo4j

from docs.examples import blocks
from docs.generate import FOLDER
from graph_service.graph import Graph
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options


def test_the_cypher_on_the_page_does_what_the_page_says(clean_neo4j: str) -> None:
    page = (FOLDER / "neo4j.md").read_text(encoding="utf-8")
    texts = [block.text for block in blocks(page) if block.kind == "cypher"]
    reads = [text for text in texts if "CREATE" not in text]
    (drawing,) = [text for text in texts if "CREATE" in text]
    assert len(reads) >= 2
    with (
        Graph(Neo4jStore(clean_neo4j)) as graph,
        neo4j.GraphDatabase.driver(clean_neo4j, auth=None, notifications_min_severity="OFF") as driver,
    ):
        graph.load("demo", [], Options())
        for text in reads:
            rows = driver.execute_query(text).records
            assert rows, text
            assert any(value is not None for row in rows for value in row.values())
        assert graph.ask("customers", id="Изопан Рус")["data"]["total"] == 0
        driver.execute_query(drawing)
        (item,) = graph.ask("customers", id="Изопан Рус")["data"]["items"]
        assert item["entity"]["name"] == "Стройка"
        adopted = graph.store.loads()[-1]
        assert adopted.request.dataset == "by hand in Neo4j"
        graph.store.undo(adopted.load_id, "test")
        assert graph.ask("customers", id="Изопан Рус")["data"]["total"] == 0
