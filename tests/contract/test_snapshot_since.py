"""A snapshot renewed by what was written since is the one built anew, bit for bit, after any history."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from graph_service.snapshot.making import read_and_build
from graph_service.snapshot.snapshot import Built, Snapshot
from graph_service.store.port import GraphStore
from graph_service.store.sqlite.store import SqliteStore
from tests.contract.conftest import OpenStore
from tests.contract.test_stores_agree import _do, _history


def contents(built: Built) -> dict[str, object]:
    """Everything in a snapshot but the times of its versions."""
    tables = {name: (table.dtype, table.shape, table.tobytes()) for name, table in built.tables.items()}
    about = {"layout": built.layout, "terms": built.terms, "labels": built.labels, "sources": built.sources}
    return {**tables, **about, "numbers": [version.number for version in built.versions]}


def unlike(one: Built, other: Built) -> list[str]:
    a, b = contents(one), contents(other)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def _renewed_after_each_step(open_store: OpenStore, seed: int) -> tuple[GraphStore, int]:
    store, chance, counted = open_store(), random.Random(seed), 0
    earlier: list[Snapshot] = []
    for number, step in enumerate(_history(seed)):
        _do(store, step)
        if step.what == "cut":
            store.close()
            store = open_store()
        anew = read_and_build(store, None)
        for previous in {id(s): s for s in (earlier[-1], chance.choice(earlier))}.values() if earlier else ():
            assert unlike(read_and_build(store, previous), anew) == [], f"after step {number}: {step}"
            counted += bool(previous.version.number and previous.version.number < anew.versions[-1].number)
        if anew.versions:
            earlier.append(Snapshot.of(anew))
    return store, counted


@pytest.mark.parametrize("seeds", [range(start, start + 10) for start in range(0, 60, 10)], ids=str)
def test_on_sqlite(seeds: range, tmp_path_factory: pytest.TempPathFactory) -> None:
    counted = 0
    for seed in seeds:
        path = tmp_path_factory.mktemp("since") / "since.sqlite"
        store, found = _renewed_after_each_step(lambda path=path: SqliteStore(path), seed)  # type: ignore[misc]
        store.close()
        counted += found
    assert counted >= 50


@pytest.mark.parametrize(("kind", "seed"), [("neo4j", 2), ("neo4j", 11), ("neo4j_526", 3)])
def test_on_neo4j_and_alike_in_both_stores(kind: str, seed: int, opener: Callable[[str], OpenStore]) -> None:
    store, counted = _renewed_after_each_step(opener(kind), seed)
    assert counted
    open_beside = opener("sqlite")
    beside = open_beside()
    for step in _history(seed):
        _do(beside, step)
        if step.what == "cut":
            beside.close()
            beside = open_beside()
    assert unlike(read_and_build(store, None), read_and_build(beside, None)) == []
