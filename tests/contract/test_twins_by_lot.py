"""The twins and the engine on random graphs: two lots of 250, side by side in a real Neo4j.

A graph has names of its own, so that hundreds of them take three loads; whatever differs is told with its seed.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph_service.graph import Graph
from graph_service.questions.ask import context_of, find_question
from graph_service.questions.context import Context
from graph_service.questions.twins import twin_of
from graph_service.store.cypher_files import read_cypher
from graph_service.store.neo4j.store import Neo4jStore
from loaders.by_hand import Edit
from tests.contract.material import key, load, retract
from tests.contract.random_graphs import UNITS, RandomGraph, random_graph
from tests.contract.twin_rows import COMPARE, Row

GRAPHS, LOTS, DRAWN = 250, 2, 8
ENVELOPES = 5
"""The whole envelope is compared of one case in so many."""

WHOLE_GRAPH = ("evidence.contradictions",)
BY_GRAPH = sorted(set(COMPARE) - set(WHOLE_GRAPH))
ASKED = 5
"""So many questions of each graph; all of all would take a server a quarter of an hour."""

_FILTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("valid_at", ("2016-06-01", "2026-11-24", "2031-01-01")),
    ("known_at", ("1", "2")),
    ("status", ("actual", "actual,planned,cancelled")),
    ("min_confidence", ("0.5",)),
    ("review", ("asserted,confirmed",)),
    ("source", ("News",)),
    ("-source", ("News",)),
    ("max_age", ("3y",)),
)
Asked = tuple[RandomGraph, str, Context, list[Row]]
Counts = tuple[Counter[str], Counter[str]]
"""How often each question was asked, and how often there was an answer."""


@pytest.fixture(scope="module")
def server(busy_neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> Iterator[neo4j.Driver]:
    empty_neo4j(busy_neo4j_uri)
    with neo4j.GraphDatabase.driver(busy_neo4j_uri, notifications_min_severity="OFF") as driver:
        yield driver


@pytest.mark.timeout(1200)
def test_twins_and_engine_say_the_same_of_random_graphs(server: neo4j.Driver, busy_neo4j_uri: str) -> None:
    counts: Counts = Counter(), Counter()

    @settings(
        max_examples=LOTS, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(seeds=st.lists(st.integers(0, 2**32 - 1), min_size=GRAPHS, max_size=GRAPHS, unique=True))
    def compare(seeds: list[int]) -> None:
        _compare(server, busy_neo4j_uri, seeds, counts)

    compare()
    asked_of, filled_of = counts
    # A comparison of nothing with nothing proves little.
    assert set(asked_of) == set(COMPARE)
    assert sum(asked_of.values()) >= GRAPHS * LOTS * ASKED
    assert min(asked_of[question] for question in BY_GRAPH) >= 0.9 * GRAPHS * LOTS * ASKED / len(BY_GRAPH)
    rare = {name: (filled_of[name], asked_of[name]) for name in asked_of if filled_of[name] < 0.8 * asked_of[name]}
    assert not rare, rare


def _compare(server: neo4j.Driver, busy_neo4j_uri: str, seeds: list[int], counts: Counts) -> None:
    asked_of, filled_of = counts
    server.execute_query("MATCH (n) DETACH DELETE n")
    rng = random.Random(seeds[0])
    graphs = [random_graph(seed) for seed in seeds]
    with (
        Graph(Neo4jStore(busy_neo4j_uri), wait=False) as graph,
        Graph(Neo4jStore(busy_neo4j_uri), wait=False, engine="cypher") as on_server,
    ):
        _load(graph, graphs)
        for number, (own, question, context, expected) in enumerate(_cases(rng, graph, graphs)):
            asked = context.params.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            differ = f"{question} of graph {own.name}: {asked}"
            twin = twin_of(find_question(question), context)
            assert twin is not None, differ
            name, parameters = twin
            rows = server.execute_query(
                read_cypher(f"questions/{name}").text, parameters, result_transformer_=lambda result: result.data()
            )
            if name.endswith("_closure"):
                rows = [row for row in rows if row["tier"] <= int(asked["tiers"])]
            assert COMPARE[question][1](rows) == expected, differ
            asked_of[question] += 1
            filled_of[question] += bool(expected)
            if find_question(question).from_server and number % ENVELOPES == 0:
                both = on_server.ask(question, **asked), graph.ask(question, **asked)
                assert _told(both[0], "cypher") == _told(both[1], "snapshot"), differ


def _load(graph: Graph, graphs: list[RandomGraph]) -> None:
    load(graph.store, "first", *(said for own in graphs for said in own.first))
    load(graph.store, "later", *(said for own in graphs for said in own.later))
    retract(graph.store, "by hand", *(said for own in graphs for said in own.withdrawn))
    for own in graphs[:3]:
        graph.merge(key(own.called("E")), key(own.called("F")), Edit(editor="tests", note="one firm"))
    graph.live.refresh()


def _cases(rng: random.Random, graph: Graph, graphs: list[RandomGraph]) -> Iterator[Asked]:
    """Some questions of each graph, in turn, of a unit and with filters drawn; those of the whole graph a few times.

    Drawn are several, and taken is the first that has an answer, or the last.
    """
    for number, own in enumerate(graphs):
        few = [BY_GRAPH[(number * ASKED + turn) % len(BY_GRAPH)] for turn in range(ASKED)]
        for question in few if number % 50 else (*few, *WHOLE_GRAPH):
            for drawn in range(DRAWN):
                asked = _given(rng, own, question, units=UNITS[:4] if number < 3 else UNITS)
                context = context_of(graph.live, find_question(question), asked)
                found = COMPARE[question][0](dict(find_question(question).answer(context, context.params).data))
                if found or drawn == DRAWN - 1:
                    yield own, question, context, found
                    break


def _given(rng: random.Random, own: RandomGraph, question: str, units: tuple[str, ...]) -> dict[str, str]:
    params = find_question(question).params.model_fields
    asked: dict[str, str] = {"lang": "ru", "valid_at": "2026-11-24"}
    asked |= {"limit": "1000"} if "limit" in params else {}
    if rng.random() < 0.6:  # one at a time: a server plans each combination of parameters anew
        name, values = rng.choice(_FILTERS)
        asked[name] = rng.choice(values)
    if "without_product" in params and question not in WHOLE_GRAPH and rng.random() < 0.15:
        asked[rng.choice(("product", "-product"))] = key(own.called("P"))
    one = rng.choice(units)
    keys = {key(own.called(unit)) for unit in units}
    if "id" in params and question not in WHOLE_GRAPH:
        asked["id"] = key(own.called(one))
    if question == "cooperation.region_flows":
        asked["id"] = key(own.called(rng.choice(("region", "other region"))))
    if question == "dependency.common_suppliers":
        one, other = rng.sample(("A", "B", *units[4:]), 2)  # C and D may be one with A or B
        asked |= {"id": key(own.called(one)), "with": key(own.called(other)), "tiers": str(rng.randint(2, 4))}
        if rng.random() < 0.3 and not {"product", "-product"} & set(asked):
            asked["by"] = "owners"
    if question == "dependency.single_sourced":  # of somebody who buys
        buyers = [said["to_raw"] for said in own.first if said["type"] == "SUPPLIES"]
        asked["id"] = rng.choice([buyer for buyer in buyers if buyer in keys] or sorted(keys))
    if question == "evidence.diff":
        asked.pop("known_at", None)
        asked |= rng.choice(({"from": "1"}, {"from": "2"}, {"from": "1", "to": "2"}, {"from": "2015-06-01"}))
    if question in ("dependency.suppliers", "dependency.customers"):
        asked["tiers"] = str(rng.choice((1, 2, 3, 4, 5, 30)))
    if question == "planning.local_partners":
        asked |= {"product": key(own.called("P")), "order": "distance", "within_km": str(rng.choice((30, 100, 1000)))}
        asked.pop("-product", None)
        asking = {key(own.called(name)) for name in ("A", "B", *units[4:], "town")}
        placed = [said["from_raw"] for said in own.first if '"lat"' in said.get("attributes", "")]
        asked["id"] = rng.choice([place for place in placed if place in asking])
    return asked


def _told(envelope: dict[str, Any], engine: str) -> dict[str, Any]:
    """An envelope without what differs between two runs, its engine checked."""
    meta = dict(envelope["meta"])
    meta.pop("elapsed_ms")
    assert meta.pop("engine") == engine
    return {**envelope, "meta": meta}
