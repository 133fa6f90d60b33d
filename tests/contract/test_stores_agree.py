"""Any history leaves the same graph in each store: random loads, withdrawals, undos and cuts, step by step.

On Neo4j the links drawn step by step are, at the end, those that drawing all of them anew gives.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import neo4j
import pytest

from graph_service.errors import ZvenoError
from graph_service.store.dump import canonical_dump
from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.port import GraphStore, Load
from tests.contract.conftest import OpenStore
from tests.contract.material import (
    ARTICLE,
    EXTRACT,
    NEWS,
    REGISTER,
    UNDATED,
    Claim,
    batch,
    claim,
    decoded,
    described,
    ids,
    key,
    request,
    rich,
)

POOL = [
    *rich(),
    described("B", same_as=["b"], document=EXTRACT),
    described("A", same_as=["B"]),
    described("Соль", same_as=["Хлор"], label="Product", document=EXTRACT),
    described("b", other_than=[key("B")]),
    described("A", other_than=[key("b"), key("caustic")], document=EXTRACT, label="Company"),
    claim("OPERATES", "Фирма", "Завод 2"),
    claim("OPERATES", "A", "P"),
    claim("SUPPLIES", "A", "caustic", product="Хлор"),
    claim("SUPPLIES", "b", "P"),
    claim("COOPERATES_WITH", "b", "A"),
    claim("OWNS", "b", "A"),
    claim("HAS", "b", kind="Jobs", count_min=5.0),
]
# What a batch may bring besides: a document published anew, a source that turns out to be better.
BESIDES: list[dict[str, Any]] = [
    {},
    {"documents": [replace(ARTICLE, retrieved_on=date(2026, 1, 1), published_on=date(2023, 1, 1), url="http://x")]},
    {},
    {"documents": [replace(UNDATED, retrieved_on=date(2026, 1, 2), published_on=date(2026, 1, 1))]},
    {"sources": [replace(NEWS, rank=1, licence="b")]},
    {"sources": [replace(REGISTER, rank=2, licence="a")]},
]
STEPS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is done to a store."""

    what: str
    name: str = ""
    parts: tuple[tuple[Claim, ...], ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    load_id: int = 0


def _history(seed: int) -> Iterator[Step]:
    chance = random.Random(seed)

    def some(most: int) -> tuple[Claim, ...]:
        return tuple(chance.sample(POOL, chance.randint(1, most)))

    loads, cut = 0, None
    for number in range(STEPS):
        if cut is not None and chance.random() < 0.7:
            yield replace(cut, what="load") if chance.random() < 0.5 else Step(what="drop", load_id=loads)
            cut = None
            continue
        given = (("dataset", chance.choice("xy")), ("mode", chance.choice(["full", "incremental"])))
        what = chance.choices(["load", "again", "hand", "undo", "cut"], [4, 1, 2, 4, 2])[0]
        loads += 1
        if what == "load":
            yield Step(what="load", name=f"load {number}", parts=(some(25), some(8)), given=given)
        elif what == "again":
            yield Step(what="load", name=f"load {chance.randint(0, number)}", parts=(some(10),), given=given)
        elif what == "hand":
            yield Step(what="hand", name=f"hand {number}", parts=(some(6), some(3)))
        elif what == "undo":
            yield Step(what="undo", load_id=chance.randint(1, loads))
        else:
            cut = Step(what="cut", name=f"cut {number}", parts=(some(20),), given=given)
            yield cut


def _told(load: Load) -> Load:
    return replace(load, started_at="", finished_at=None)


def _do(store: GraphStore, step: Step) -> object:
    """What the store says to it, refusals included."""
    try:
        if step.what == "undo":
            return _told(store.undo(step.load_id, "tests"))
        if step.what == "drop":
            store.drop(step.load_id)
            return "dropped"
        if step.what == "hand":
            running = store.begin(request(step.name, mode="hand"))
            written = store.write(running, batch(*step.parts[1]))
            return written, store.retract(running, ids(*step.parts[0])), _told(store.complete(running))
        running = store.begin(request(step.name, **dict(step.given)))
        besides = BESIDES[len(step.name + str(len(step.parts[0]))) % len(BESIDES)]
        told = [store.write(running, batch(*part, **besides)) for part in step.parts]
        return told, _told(running if step.what == "cut" else store.complete(running))
    except ZvenoError as refusal:
        return refusal.code, refusal.detail


def _state(store: GraphStore) -> dict[str, object]:
    scan = store.scan()
    every = scan.claims["claim_id"].unique().sort().to_list()
    return {
        "versions": [version.number for version in store.versions()],
        "loads": [_told(load) for load in store.loads()],
        "scan": (scan.claims.select(sorted(scan.claims.columns)).schema, decoded(scan).rows()),
        "placement": (dict(scan.redirects), dict(scan.units)),
        "claims": store.claims([*every, "00" * 16]),
        "documents": (store.documents(), store.sources()),
        "dump": list(canonical_dump(store)),
    }


def _shown(uri: str) -> list[str]:
    """Links, labels and names as people see them."""

    def line(row: neo4j.Record) -> str:
        parts = [sorted(v.items()) if isinstance(v, dict) else v for v in row.values()]
        return str([sorted(p) if isinstance(p, list) and all(isinstance(x, str) for x in p) else p for p in parts])

    with neo4j.GraphDatabase.driver(uri) as driver:
        rows = driver.execute_query(
            "MATCH (a)-[r]->(b) WHERE r.link IS NOT NULL AND r.claim_id IS NULL RETURN a.id, type(r), b.id, properties(r)"
        ).records
        rows += driver.execute_query("MATCH (a:Entity) RETURN labels(a), properties(a)").records
    return sorted(line(row) for row in rows)


def _check(steps: Sequence[Step], one: OpenStore, other: OpenStore) -> Neo4jStore:
    stores = [one(), other()]
    for number, step in enumerate(steps):
        told = [_do(store, step) for store in stores]
        assert told[0] == told[1], f"step {number}: {step}"
        if step.what == "cut":
            for store in stores:
                store.close()
            stores = [one(), other()]
        states = [_state(store) for store in stores]
        for name in states[0]:
            assert states[0][name] == states[1][name], f"{name} after step {number}: {step}"
    assert isinstance(stores[1], Neo4jStore)
    return stores[1]


@pytest.mark.parametrize(("kind", "seed"), [*(("neo4j", seed) for seed in (2, 5, 11)), ("neo4j_526", 3)])
def test_any_history_gives_the_same_graph(
    kind: str, seed: int, opener: Callable[[str], OpenStore], server_of: Callable[[str], str]
) -> None:
    steps = list(_history(seed))
    assert {"load", "undo"} <= {step.what for step in steps}
    store = _check(steps, opener("sqlite"), opener(kind))
    store.refresh_links("tests")  # a load that was cut off last may have brought newer documents
    before = _shown(store.uri)
    assert len(before) >= 10
    store.refresh_all()
    assert _shown(store.uri) == before
