"""What a person draws in Neo4j Browser becomes claims: seen in answers, with a source, undone like any load."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest

from graph_service.graph import Graph
from graph_service.store.dump import dump_hash
from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.port import Load, LoadRequest, StoredClaim
from tests.contract.material import claim, described, key, load

Run = Callable[..., list[dict[str, Any]]]
DRAWN = "MATCH (a)-[r]->() WHERE r.link IS NULL AND r.claim_id IS NULL AND NOT a:Document RETURN count(r) AS n"
LINKS = "MATCH (a)-[r]->(b) WHERE r.link IS NOT NULL AND r.claim_id IS NULL "


@pytest.fixture(scope="module")
def server(neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> str:
    """Address of a Neo4j whose schema is made once; tests remove data only, so that query plans are kept."""
    empty_neo4j(neo4j_uri)
    return neo4j_uri


@pytest.fixture
def graph(server: str, browser: Run) -> Iterator[Graph]:
    """A and B are known firms, Steel is a known product; A supplies C."""
    browser("MATCH (n) DETACH DELETE n")
    with Graph(Neo4jStore(server)) as graph:
        load(
            graph.store, "facts",
            described("A", label="Company"), described("B", label="Company"), described("C", label="Company"),
            described("Steel", label="Product", okpd2="24.10"), claim("SUPPLIES", "A", "C", product="Steel"),
        )  # fmt: skip
        graph.live.refresh()
        yield graph


@pytest.fixture(scope="module")
def browser(server: str) -> Iterator[Run]:
    """Runs Cypher as a person in Browser does."""
    with neo4j.GraphDatabase.driver(server, notifications_min_severity="OFF") as driver:
        yield lambda text, **given: driver.execute_query(text, given, result_transformer_=lambda result: result.data())


def _suppliers(graph: Graph, name: str) -> dict[str, set[str | None]]:
    items = graph.ask("suppliers", id=name, lang="en")["data"]["items"]
    return {i["entity"]["name"]: {link.get("product", {}).get("name") for link in i["links"]} for i in items}


def _adopted(graph: Graph) -> Load:
    found = graph.store.adopt()
    assert found is not None
    return found


def _claims_of(graph: Graph, adopted: Load) -> list[StoredClaim]:
    """The claims that a load has recorded."""
    scanned = graph.store.scan().claims
    return graph.store.claims(scanned.filter(scanned["recorded"] == adopted.version)["claim_id"].to_list())


def test_a_drawn_link_is_in_the_next_answer_and_undo_takes_it_out(graph: Graph, browser: Run) -> None:
    before = dump_hash(graph.store)
    assert _suppliers(graph, "B") == {}
    browser("MATCH (a {name: 'A'}), (b {name: 'B'}) CREATE (a)-[:SUPPLIES {product: 'Steel'}]->(b)")
    assert _suppliers(graph, "B") == {"A": {"Steel"}}
    adopted = graph.store.loads()[-1]
    assert (adopted.request.mode, adopted.state, adopted.claims_new) == ("hand", "complete", 1)
    assert browser(DRAWN) == [{"n": 0}]
    links = browser(
        LINKS + "AND b.name = 'B' RETURN a.name AS a, type(r) AS type, r.product AS product, r.source AS source"
    )
    assert links == [{"a": "A", "type": "SUPPLIES", "product": "Steel", "source": "by hand in Neo4j"}]
    assert [source.rank for source in graph.store.sources() if source.name == "by hand in Neo4j"] == [2]
    graph.store.undo(adopted.load_id, "tests")
    assert dump_hash(graph.store) == before
    assert _suppliers(graph, "B") == {}
    assert browser(LINKS + "AND b.name = 'B' RETURN type(r)") == []


def test_the_same_may_be_drawn_again_after_an_undo(graph: Graph, browser: Run) -> None:
    draw = "MATCH (a {name: 'A'}), (b {name: 'B'}) CREATE (a)-[:SUPPLIES {product: 'Steel'}]->(b)"
    browser(draw)
    graph.store.undo(_adopted(graph).load_id, "tests")
    browser(draw)
    assert _adopted(graph).claims_new == 1
    assert _suppliers(graph, "B") == {"A": {"Steel"}}


def test_declared_fields_are_taken_and_the_rest_is_a_note(graph: Graph, browser: Run) -> None:
    browser(
        "MATCH (a {name: 'A'}), (b {name: 'B'}) CREATE (a)-[:SUPPLIES {product: '24.10', value_min: 5e6, value_max: 6e6, "
        "currency: 'RUB', quantity: 12.5, unit: 't/month', buyer_share: '40 %', since: '2024-03', note: 'told by phone', "
        "valid_to: date('2031-01-01'), confidence: 0.5, colour: 'blue', sure: true}]->(b)"
    )
    (found,) = _claims_of(graph, _adopted(graph))
    fields = {name: str(value) for name, value in found.fields.items() if name not in ("record", "method")}
    assert fields == {
        "type": "SUPPLIES", "from_raw": key("A"), "to_raw": key("B"), "product": key("Steel"), "value_min": "5000000.0",
        "value_max": "6000000.0", "currency": "RUB", "quantity_min": "12.5", "quantity_max": "12.5", "unit": "t/month",
        "buyer_share_min": "0.4", "buyer_share_max": "0.4", "valid_from": "2024-03-01", "valid_to": "2031-01-02",
        "confidence": "0.5", "note": "told by phone; colour = blue; sure = True", "status": "actual",
        "review": "asserted", "how": "explicit",
    }  # fmt: skip


def test_new_nodes_become_entities_that_say_what_was_drawn(graph: Graph, browser: Run) -> None:
    browser(
        "MATCH (b {name: 'B'}) CREATE (:Company {name: 'X', inn: '3448003962', founder: 'Petrov'})"
        "-[:SUPPLIES {product: 'Glass'}]->(b)"
    )
    assert _suppliers(graph, "B") == {"X": {"Glass"}}
    assert graph.ask("entity", id="3448003962")["data"]["entity"]["name"] == "X"
    rows = browser("MATCH (n:Company {name: 'X'}) RETURN n:Entity AS known, n.id AS id, n:Supplier AS supplies")
    assert [(row["known"], row["supplies"]) for row in rows] == [(True, True)]
    adopted = graph.store.loads()[-1]
    notes = [each.fields.get("note") for each in _claims_of(graph, adopted) if each.from_id == rows[0]["id"]]
    assert "founder = Petrov" in notes
    graph.store.undo(adopted.load_id, "tests")
    assert _suppliers(graph, "B") == {}
    assert browser("MATCH (n:Company {name: 'X'}) RETURN n") == []
    assert browser("MATCH (n {id: $id}) RETURN labels(n) AS labels", id=rows[0]["id"]) == [{"labels": ["Entity"]}]


def test_a_node_of_an_identifier_that_is_known_is_that_entity(graph: Graph, browser: Run) -> None:
    browser("MATCH (b {name: 'B'}) CREATE (:Company {name: 'X', inn: '3448003962'})-[:SUPPLIES]->(b)")
    _adopted(graph)
    browser("MATCH (c {name: 'C'}) CREATE (:Company {name: 'X again', inn: '3448003962'})-[:SUPPLIES]->(c)")
    _adopted(graph)
    (named,) = browser("MATCH (n:Company {inn: '3448003962'}) RETURN n.id AS id")
    drawn = browser(LINKS + "AND a.id = $id RETURN b.name AS b ORDER BY b", id=named["id"])
    assert [row["b"] for row in drawn] == ["B", "C"]
    assert browser("MATCH (n) WHERE NOT n:Entity AND n.inn IS NOT NULL RETURN n") == []


def test_two_new_nodes_and_a_planned_link_between_them(graph: Graph, browser: Run) -> None:
    browser("CREATE (:Company {name: 'Y'})-[:PLANNED_OWNS {share: 0.6}]->(:Company {name: 'Z'})")
    claims = _claims_of(graph, _adopted(graph))
    (owns,) = [each for each in claims if each.fields["type"] == "OWNS"]
    assert (owns.fields["status"], owns.fields["share_min"], owns.fields["share_max"]) == ("planned", 0.6, 0.6)
    assert len(claims) == 3
    assert browser(LINKS + "AND a.name = 'Y' RETURN type(r) AS type, b.name AS b") == [
        {"type": "PLANNED_OWNS", "b": "Z"}
    ]


@pytest.mark.parametrize(
    ("drawing", "why"),
    [
        ("(a)-[:SUPPLIES {buyer_share: 1.4}]->(b)", "not between 0 and 100"),
        ("(a)-[:EXPORTS_TO]->(b)", "cannot be the to of EXPORTS_TO"),
        ("(a)-[:SUPPLIES {valid_from: '2024', valid_to: '2020'}]->(b)", "is not before"),
        ("(a)-[:SUPPLIES]->(:Country {name: 'Nowhere'})", "cannot be the to of SUPPLIES"),
    ],
)
def test_what_no_claim_may_say_stays_as_it_was_drawn(
    graph: Graph, browser: Run, caplog: pytest.LogCaptureFixture, drawing: str, why: str
) -> None:
    before = dump_hash(graph.store)
    browser(f"MATCH (a {{name: 'A'}}), (b {{name: 'B'}}) CREATE {drawing}")
    with caplog.at_level(logging.WARNING):
        assert graph.store.adopt() is None
    assert why in caplog.text
    assert key("A") in caplog.text
    assert browser(DRAWN) == [{"n": 1}]
    assert dump_hash(graph.store) == before
    browser("MATCH (a {name: 'A'}), (b {name: 'B'}) CREATE (a)-[:SUPPLIES]->(b)")
    assert _adopted(graph).claims_new == 1
    assert browser(DRAWN) == [{"n": 1}]


def test_a_relationship_of_no_declared_type_is_left_alone(graph: Graph, browser: Run) -> None:
    browser("MATCH (a {name: 'A'}), (b {name: 'B'}) CREATE (a)-[:ADMIRES]->(b)")
    assert graph.store.adopt() is None
    assert browser(DRAWN) == [{"n": 1}]


def test_nothing_drawn_leaves_no_load(graph: Graph) -> None:
    before = len(graph.store.loads())
    assert graph.store.adopt() is None
    assert len(graph.store.loads()) == before


def test_what_is_drawn_while_somebody_writes_waits(graph: Graph, browser: Run, server: str) -> None:
    other = Neo4jStore(server)
    try:
        running = other.begin(
            LoadRequest(format="claims", dataset="d", mode="incremental", fingerprint="f", holder="Anna")
        )
        browser("MATCH (a {name: 'A'}), (b {name: 'B'}) CREATE (a)-[:SUPPLIES]->(b)")
        assert _suppliers(graph, "B") == {}
        other.complete(running)
    finally:
        other.close()
    assert _suppliers(graph, "B") == {"A": {None}}
