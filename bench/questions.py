"""Graph questions side by side: the snapshot, the Cypher twin, Neo4j's plain links, SQLite and networkx.

    .venv/bin/python bench/questions.py [--companies N] [--supplies N] [--starts N] [--out FILE]

Generates a network, loads it into an embedded store and into a Neo4j that it starts for the purpose, asks the same
questions of each engine in turn, asserts that all give the same units, and prints medians and 95th percentiles in
milliseconds as JSON. All engines are warm; Neo4j is timed at the client with all rows fetched.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import apsw
import neo4j
import networkx as nx
from both_stores import both_stores
from told import tell

from graph_service.analysis.paths import shortest_paths
from graph_service.analysis.tiers import walk
from graph_service.analysis.ties import Ties
from graph_service.graph import Graph
from graph_service.questions.ask import context_of, find_question
from graph_service.questions.twins import twin_of
from graph_service.snapshot.snapshot import Snapshot
from graph_service.store.cypher_files import read_cypher

FAR = 30
CLOSURE_SQL = """
WITH RECURSIVE up(unit, tier) AS (
  SELECT ?1, 0
  UNION
  SELECT c.f, up.tier + 1 FROM up JOIN claim c ON c.t = up.unit AND c.type = ?2 AND c.retracted IS NULL
  WHERE up.tier < ?3
)
SELECT e.entity_id, min(up.tier) FROM up JOIN entity e ON e.id = up.unit WHERE up.unit <> ?1 GROUP BY up.unit
"""
CLOSURE_ONCE_SQL = """
WITH RECURSIVE up(unit) AS (
  SELECT ?1 UNION
  SELECT c.f FROM up JOIN claim c ON c.t = up.unit AND c.type = ?2 AND c.retracted IS NULL
)
SELECT e.entity_id FROM up JOIN entity e ON e.id = up.unit WHERE up.unit <> ?1
"""
LINKS_3 = "MATCH p = (c:Entity {id: $id})<-[:SUPPLIES*1..3]-(s) WHERE s <> c RETURN s.id AS id, min(length(p)) AS tier"
LINKS_ALL = "MATCH p = (c:Entity {id: $id})<-[:SUPPLIES*1..]-(s) WHERE s <> c RETURN s.id AS id, min(length(p)) AS tier"
LINKS_PATH = (
    "MATCH (a:Entity {id: $id}), (b:Entity {id: $other}) MATCH p = shortestPath((a)-[:SUPPLIES*..30]-(b)) "
    "RETURN length(p) AS length"
)
LINKS_FLOWS = """
MATCH (region:Entity {id: $id})<-[:LOCATED_IN]-(s)-[r:SUPPLIES]->(b) WHERE r.product = $product AND s <> b
MATCH (b)-[:LOCATED_IN]->(home:Region)
RETURN home.id AS id, count(*) AS link_count
"""

Ask = Callable[[str], Any]


def timed(ask: Ask, starts: Iterable[str]) -> tuple[dict[str, float], list[Any]]:
    """Median and 95th percentile in ms, and the answers; the first start is asked once before, to warm up."""
    starts = list(starts)
    ask(starts[0])
    times, answers = [], []
    for start in starts:
        began = time.perf_counter()
        answers.append(ask(start))
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {"p50_ms": round(times[len(times) // 2], 3), "p95_ms": round(times[int(len(times) * 0.95)], 3)}, answers


class Engines:
    """The same questions of every engine, each giving comparable answers."""

    def __init__(self, graph: Graph, sqlite: Path, driver: neo4j.Driver) -> None:
        self.graph, self.driver = graph, driver
        self.snapshot: Snapshot = graph.live.view().snapshot
        self.mask = context_of(graph.live, find_question("suppliers"), {"id": self.snapshot.entity_ids[0]}).mask
        self.database = apsw.Connection(str(sqlite), flags=apsw.SQLITE_OPEN_READONLY)
        self.supplies = self._number("SELECT id FROM term WHERE text = ?", "SUPPLIES")
        rows = self.snapshot.is_type("SUPPLIES").nonzero()[0]
        ids = self.snapshot.entity_ids
        ends = zip(self.snapshot.claims["from"][rows].tolist(), self.snapshot.claims["to"][rows].tolist(), strict=True)
        self.networkx = nx.DiGraph([(ids[b], ids[a]) for a, b in ends if a != b])
        self.undirected = self.networkx.to_undirected()

    def from_snapshot(self, tiers: int) -> Ask:
        def ask(start: str) -> dict[str, int]:
            position = self.snapshot.position(start)
            assert position is not None
            found = walk(self.snapshot, position, self.mask, upstream=True, max_tier=tiers, max_claims=10**9)
            return dict(zip(found.entities.tolist(), found.tiers.tolist(), strict=True))

        return ask

    def from_twin(self, tiers: int) -> Ask:
        def ask(start: str) -> dict[str, int]:
            return self._rows(*self._twin("suppliers", id=start, tiers=tiers))

        return ask

    def from_links(self, query: str) -> Ask:
        return lambda start: self._rows(query, {"id": start})

    def from_sqlite(self, tiers: int | None) -> Ask:
        def ask(start: str) -> Any:
            own = self._number("SELECT id FROM entity WHERE entity_id = ?", start)
            if tiers is None:
                return [row[0] for row in self.database.execute(CLOSURE_ONCE_SQL, (own, self.supplies))]
            return dict(self.database.execute(CLOSURE_SQL, (own, self.supplies, tiers)))

        return ask

    def from_networkx(self, tiers: int | None) -> Ask:
        def ask(start: str) -> dict[str, int]:
            found = nx.single_source_shortest_path_length(self.networkx, start, cutoff=tiers)
            return {unit: tier for unit, tier in found.items() if tier}

        return ask

    def path_from_snapshot(self, other: str) -> Ask:
        context = context_of(self.graph.live, find_question("suppliers"), {"id": other})
        ties = Ties.of(context.snapshot, context.mask, ("SUPPLIES",), ())

        def ask(start: str) -> int:
            a, b = self.snapshot.position(start), self.snapshot.position(other)
            assert a is not None
            assert b is not None
            found = shortest_paths(ties, a, b, k=1, max_length=FAR, max_steps=50_000)
            return len(found.paths[0].units) - 1

        return ask

    def path_from_links(self, other: str) -> Ask:
        def ask(start: str) -> int:
            records = self.driver.execute_query(LINKS_PATH, id=start, other=other).records
            return int(records[0]["length"])

        return ask

    def flows_from_snapshot(self, product: str) -> Ask:
        """Where the links of a region with one product go, as the whole answer to ``region-flows``."""

        def ask(region: str) -> dict[str, int]:
            question = find_question("region-flows")
            context = context_of(self.graph.live, question, {"id": region, "product": product, "limit": 1000})
            items = question.answer(context, context.params).data["items"]
            return {item["entity"]["id"]: item["link_count"] for item in items if item["direction"] != "in"}

        return ask

    def flows_from_twin(self, product: str) -> Ask:
        def ask(region: str) -> dict[str, int]:
            records = self.driver.execute_query(*self._twin("region-flows", id=region, product=product)).records
            return {row["id"]: row["link_count"] for row in records if row["direction"] != "in"}

        return ask

    def flows_from_links(self, product: str) -> Ask:
        name = self.snapshot.name(self.snapshot.position(product) or 0)

        def ask(region: str) -> dict[str, int]:
            records = self.driver.execute_query(LINKS_FLOWS, id=region, product=name).records
            return {row["id"]: row["link_count"] for row in records}

        return ask

    def _number(self, query: str, text: str) -> int:
        row = self.database.execute(query, (text,)).fetchone()
        assert row is not None, text
        return int(row[0])

    def _twin(self, name: str, **given: Any) -> tuple[str, dict[str, Any]]:
        """The Cypher of a question and its parameters."""
        question = find_question(name)
        twin = twin_of(question, context_of(self.graph.live, question, given))
        assert twin is not None
        return read_cypher(f"questions/{twin[0]}").text, twin[1]

    def _rows(self, query: str, parameters: dict[str, Any]) -> dict[str, int]:
        records = self.driver.execute_query(query, parameters).records
        return {record["id"]: record["tier"] for record in records}


def compare(engines: Engines, starts: list[str]) -> dict[str, Any]:
    """All engines on all questions; an engine that disagrees ends the run."""
    ids = engines.snapshot.entity_ids
    found: dict[str, Any] = {}
    for name, tiers, query in (("three_tiers", 3, LINKS_3), ("closure", FAR, LINKS_ALL)):
        cut = tiers if tiers == 3 else None
        asked = {
            "snapshot": engines.from_snapshot(tiers), "twin": engines.from_twin(tiers),
            "links": engines.from_links(query), "sqlite": engines.from_sqlite(cut),
            "networkx": engines.from_networkx(cut),
        }  # fmt: skip
        results, expected = {}, []
        for engine, ask in asked.items():
            results[engine], answers = timed(ask, starts)
            if engine == "snapshot":
                expected = [{ids[unit]: tier for unit, tier in answer.items()} for answer in answers]
                results["units_reached"] = {"mean": round(sum(map(len, expected)) / len(expected))}
                continue
            for own, answer in zip(expected, answers, strict=True):
                same = set(answer) == set(own) if isinstance(answer, list) else answer == own
                assert same, f"{engine} disagrees on {name}: {len(answer)} against {len(own)}"
        found[name] = results
        print(name, json.dumps(results), flush=True)
    other = starts[0]
    results = {}
    lengths = None
    for engine, ask in (
        ("snapshot", engines.path_from_snapshot(other)),
        ("links", engines.path_from_links(other)),
        ("networkx", lambda start: nx.shortest_path_length(engines.undirected, start, other)),
    ):
        results[engine], answers = timed(ask, starts[1:])
        assert lengths in (None, answers), f"{engine} finds other lengths"
        lengths = answers
    found["shortest_path"] = results
    found["region_product"] = flows(engines)
    for results in found.values():
        base = results["snapshot"]["p50_ms"]
        results["times_slower_than_snapshot"] = {
            engine: round(value["p50_ms"] / base, 1) for engine, value in results.items() if "p50_ms" in value
        }
    return found


def flows(engines: Engines) -> dict[str, Any]:
    """Region × product: how many links with one product go from a region to each region."""
    snapshot = engines.snapshot
    rows = snapshot.is_type("SUPPLIES").nonzero()[0]
    product = snapshot.entity_ids[int(snapshot.claims["product"][rows[0]])]
    homes = {int(place) for place in snapshot.homes.tolist() if place >= 0}
    regions = sorted(snapshot.entity_ids[place] for place in homes if snapshot.label(place) == "Region")
    results: dict[str, Any] = {}
    expected = None
    for engine, ask in (
        ("snapshot", engines.flows_from_snapshot(product)),
        ("twin", engines.flows_from_twin(product)),
        ("links", engines.flows_from_links(product)),
    ):
        results[engine], answers = timed(ask, regions[:20])
        assert expected in (None, answers), f"{engine} counts other flows"
        expected = answers
    return results


def main() -> None:
    """Parse, load, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--supplies", type=int, default=1_000_000)
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with both_stores(given.companies, given.supplies) as loaded, neo4j.GraphDatabase.driver(loaded.uri) as driver:
        engines = Engines(loaded.graph, loaded.database, driver)
        units = [unit for unit in engines.networkx if engines.networkx.out_degree(unit)]
        starts = random.Random(20_241_124).sample(sorted(units), given.starts)
        found = {"companies": given.companies, "supplies": given.supplies, **compare(engines, starts)}
    tell(found, given.out)


if __name__ == "__main__":
    main()
