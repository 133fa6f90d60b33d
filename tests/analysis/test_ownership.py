"""Control and economic interest against brute force over all worlds, on random holdings with circles and unknowns."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.analysis.ownership import Holdings, chain, controlled, holdings, interests
from graph_service.graph import Graph
from graph_service.snapshot.filters import Filters, visible
from graph_service.snapshot.snapshot import Csr
from tests.analysis.conftest import DAY, Draw, place

Shares = dict[tuple[int, int], tuple[float, float]]


@st.composite
def drawn(draw: st.DrawFn) -> tuple[int, Shares]:
    """Units and the bounds of holdings in tenths; the lows of one firm never pass 1."""
    size = draw(st.integers(2, 5))
    pairs = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=7, unique=True))
    shares: Shares = {}
    left = [10] * size
    for owner, owned in pairs:
        if owner != owned:
            low = draw(st.integers(0, left[owned]))
            left[owned] -= low
            shares[owner, owned] = (low / 10, draw(st.sampled_from([low, low, 10])) / 10)
    return size, shares


def _holdings(size: int, shares: Shares) -> Holdings:
    """As `holdings` gives them: by owned, then owner, tightened by what the other owners hold."""
    keys = sorted(shares, key=lambda key: (key[1], key[0]))
    owner, owned = (np.array([key[end] for key in keys], np.int32) for end in (0, 1))
    low, high = (np.array([shares[key][end] for key in keys], float) for end in (0, 1))
    sure = np.bincount(owned, low, size)
    return Holdings(
        units=np.arange(size, dtype=np.int32), owner=owner, owned=owned, low=low,
        high=np.maximum(np.minimum(high, 1 - (sure[owned] - low)), low), rows=np.arange(len(keys), dtype=np.int32),
        offsets=np.arange(len(keys) + 1, dtype=np.int64), by_owned=Csr.group(owned, size),
    )  # fmt: skip


def _worlds(size: int, shares: Shares) -> list[np.ndarray[Any, Any]]:
    """Matrices owner × owned at the corners of what is possible: each firm's owners at their lows, or filled in turn."""
    by_firm = []
    for firm in range(size):
        owners = [owner for owner, owned in shares if owned == firm]
        columns = []
        for order in ([], *(p for p in _orders(owners))):
            column = {owner: shares[owner, firm][0] for owner in owners}
            for owner in order:
                free = 1 - sum(column.values())
                column[owner] += max(0.0, min(free, shares[owner, firm][1] - column[owner]))
            columns.append(column)
        by_firm.append(columns or [{}])
    found = []
    for choice in product(*by_firm):
        matrix = np.zeros((size, size))
        for firm, column in enumerate(choice):
            for owner, share in column.items():
                matrix[owner, firm] = share
        found.append(matrix)
    return found


def _orders(owners: list[int]) -> list[list[int]]:
    orders: list[list[int]] = [[]]
    for owner in owners:
        orders += [[*order, owner] for order in orders] + [[owner, *order] for order in orders if order]
    return orders[1:]


def _controls(matrix: np.ndarray[Any, Any], start: int) -> set[int]:
    inside = {start}
    while fresh := {
        firm for firm in range(len(matrix)) if firm not in inside and sum(matrix[i, firm] for i in inside) > 0.5 + 1e-9
    }:
        inside |= fresh
    return inside


def _interest(matrix: np.ndarray[Any, Any], start: int) -> np.ndarray[Any, Any]:
    """By walks: the share that passes on in each step, the unit itself never being passed again."""
    passing = matrix[start].copy()
    inner = matrix.copy()
    inner[start] = 0
    inner[:, start] = 0
    passing[start] = 0
    walks, power = np.eye(len(matrix)), inner
    for _ in range(40):  # walks of up to 2^40 steps: a circle may pass nearly everything on
        walks, power = walks + walks @ power, power @ power
    found: np.ndarray[Any, Any] = passing @ walks
    found[start] = 1
    return found


@settings(max_examples=40, deadline=None)
@given(drawn())
def test_bounds_are_those_of_all_worlds(network: tuple[int, Shares]) -> None:
    size, shares = network
    own = _holdings(size, shares)
    worlds = _worlds(size, shares)
    if len(worlds) > 150:
        worlds = worlds[:: len(worlds) // 150]
    for start in range(size):
        low, high = interests(own, start)
        sure, maybe = (
            set(np.flatnonzero(controlled(own, start, certain=certain)).tolist()) for certain in (True, False)
        )
        found = np.array([_interest(world, start) for world in worlds])
        assert np.all(low <= found.min(axis=0) + 1e-6)
        assert np.all(found.max(axis=0) <= high + 1e-6)
        sets = [_controls(world, start) for world in worlds]
        assert sure <= set.intersection(*sets)
        assert set.union(*sets) <= maybe


@settings(max_examples=40, deadline=None)
@given(drawn())
def test_bounds_are_reached(network: tuple[int, Shares]) -> None:
    size, shares = network
    worlds = _worlds(size, shares)
    if len(worlds) > 150:
        return
    own = _holdings(size, shares)
    for start in range(size):
        low, high = interests(own, start)
        found = np.array([_interest(world, start) for world in worlds])
        assert found.min(axis=0) == pytest.approx(low, abs=1e-5)
        assert found.max(axis=0) == pytest.approx(high, abs=1e-5)
        sets = [_controls(world, start) for world in worlds]
        assert set(np.flatnonzero(controlled(own, start, certain=True)).tolist()) == set.intersection(*sets)
        # A world in which everybody is controlled at once need not be a corner; each alone is reached.
        assert set(np.flatnonzero(controlled(own, start, certain=False)).tolist()) >= set.union(*sets)


def test_a_slow_circle_is_followed_for_ever() -> None:
    own = _holdings(3, {(0, 1): (0.001, 0.001), (2, 1): (0.999, 0.999), (1, 2): (1.0, 1.0)})
    low, high = interests(own, 0)
    assert low == pytest.approx([1, 1, 1])
    assert high == pytest.approx([1, 1, 1])


def test_a_circle_that_nobody_else_holds_any_of_belongs_to_nobody() -> None:
    own = _holdings(3, {(2, 1): (1.0, 1.0), (1, 2): (1.0, 1.0)})
    assert [bound.tolist() for bound in interests(own, 0)] == [[1, 0, 0], [1, 0, 0]]


def test_chains_of_thirty_and_owners_of_thousands() -> None:
    deep = _holdings(31, {(n, n + 1): (0.9, 0.9) for n in range(30)})
    low, high = interests(deep, 0)
    assert low[30] == pytest.approx(0.9**30)
    assert high[30] == pytest.approx(0.9**30)
    assert controlled(deep, 0, certain=True).all()
    wide = _holdings(12_001, {(0, n): (0.6, 1.0) for n in range(1, 12_001)})
    low, high = interests(wide, 0)
    assert (set(low[1:].tolist()), set(high[1:].tolist())) == ({0.6}, {1.0})


def _read(graph: Graph, *names: str) -> tuple[Any, Holdings]:
    snapshot = graph.live.view().snapshot
    mask = visible(snapshot, Filters(valid_at=DAY, known_at=snapshot.version.number))
    units = np.array([snapshot.unit(place(snapshot, name)) for name in names])
    return snapshot, holdings(snapshot, mask, np.unique(units))


def owns(owner: str, owned: str, share: str = "", **more: object) -> dict[str, object]:
    return {"type": "OWNS", "from": owner, "to": owned, "share": share, **more}


def test_what_one_owner_holds_bounds_the_others(draw: Draw) -> None:
    graph = draw(
        owns("A", "Firm", "64%"), owns("B", "Firm"), owns("C", "Firm", "20%", status="planned"),
        owns("C", "Firm", "10%"), owns("Firm", "Firm", "5%"), owns("X", "Over", "80%"), owns("Y", "Over", "60%"),
    )  # fmt: skip
    snapshot, own = _read(graph, "Firm", "Over")
    named = {
        snapshot.name(int(own.units[o])): (round(low, 6), round(high, 6))
        for o, low, high in zip(own.owner, own.low.tolist(), own.high.tolist(), strict=True)
    }
    assert named["A"] == (0.64, 0.64)
    assert named["B"] == (0.0, 0.26)
    assert named["C"] == (0.1, 0.1)
    assert "Firm" not in named
    # 80 % and 60 % of one firm cannot both be: neither is taken at its word.
    assert named["X"] == (0.571429, 0.8)
    assert sum(own.low[own.owned == own.owned[-1]]) <= 1


def test_the_plant_and_its_only_operator_are_owned_as_one(draw: Draw) -> None:
    graph = draw(
        {"type": "OPERATES", "from": "Works Ltd", "to": "Works"},
        owns("Group", "Works Ltd", "70%"), owns("State", "Works", "30%", to_label="Plant"), owns("Works Ltd", "Sub", "90%"),
    )  # fmt: skip
    snapshot, own = _read(graph, "Works", "Sub")
    works = own.place(snapshot.unit(place(snapshot, "Works Ltd")))
    assert {snapshot.name(int(own.units[o])) for o in own.owner[own.owned == works]} == {"Group", "State"}
    mask = visible(snapshot, Filters(valid_at=DAY, known_at=1))
    up = chain(snapshot, mask, np.array([place(snapshot, "Sub")]), upstream=True, max_claims=100)
    assert {snapshot.name(u): t for u, t in zip(up.units.tolist(), up.tiers.tolist(), strict=True)} == {
        "Sub": 0, "Works": 1, "Group": 2, "State": 2,
    }  # fmt: skip
    low, _ = interests(own, own.place(place(snapshot, "Group")))
    assert low[own.place(place(snapshot, "Sub"))] == pytest.approx(0.63)


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_interest_without_circles_is_the_sum_over_simple_paths(pairs: set[tuple[int, int]]) -> None:
    edges = {(owner, owned) for owner, owned in pairs if owner < owned}
    share = {edge: 1 / max(1, sum(other[1] == edge[1] for other in edges)) for edge in edges}
    own = _holdings(8, {edge: (value, value) for edge, value in share.items()})
    graph = nx.DiGraph(sorted(edges))
    low, high = interests(own, 0)
    for firm in range(1, 8):
        paths = nx.all_simple_paths(graph, 0, firm) if {0, firm} <= set(graph) else []
        expected = sum(np.prod([share[hop] for hop in pairwise(path)]) for path in paths)
        assert low[firm] == pytest.approx(expected)
        assert high[firm] == pytest.approx(expected)
