"""Shares, exposure and concentration: hand-drawn graphs, and brute force over what is not known."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.analysis.concentration import EXACT_PARTIES, hhi
from graph_service.analysis.exposure import Cone, cone, exposures
from graph_service.analysis.link_columns import Intervals, LinkColumns, Numbers
from graph_service.analysis.needs import Needs
from graph_service.analysis.shares import find_shares
from graph_service.snapshot.snapshot import Mask
from tests.analysis.conftest import Draw, needs, needs_of, place, supplies, vital
from tests.analysis.networks import in_columns


def _shares(draw: Draw, *rows: dict[str, object]) -> dict[str, tuple[float, float]]:
    snapshot, found = needs_of(draw(*rows))
    own = find_shares(found, np.arange(len(found)))
    names = [snapshot.name(int(unit)) for unit in found.edge_supplier[own.edge]]
    return {name: (round(float(low), 9), round(float(high), 9)) for name, low, high in zip(
        names, own.low, own.high, strict=True)}  # fmt: skip


def test_shares_are_stated_or_follow_from_amounts(draw: Draw) -> None:
    assert _shares(
        draw,
        supplies("A", "J", "steel", buyer_share="35%"),
        supplies("B", "J", "steel", value=20, currency="RUB"),
        supplies("C", "J", "steel", quantity=1, unit="t/year"),
        supplies("D", "J", "steel", value=20, currency="EUR"),
        needs("J", "steel", value=100, currency="RUB", quantity=10, unit="t/year"),
    ) == {"A": (0.35, 0.35), "B": (0.2, 0.2), "C": (0.1, 0.1), "D": (0.0, 0.35)}


def test_a_delivery_of_unknown_value_leaves_the_share_open_above(draw: Draw) -> None:
    assert _shares(
        draw,
        supplies("A", "J", "steel", basis="delivery", period="2026-03", value=20, currency="RUB", record="1"),
        supplies("A", "J", "steel", basis="delivery", period="2026-05", record="2"),
        supplies("B", "J", "steel", basis="delivery", period="2026-05", value=30, currency="RUB", record="3"),
        needs("J", "steel", value=100, currency="RUB"),
    ) == {"A": (0.2, 0.7), "B": (0.3, 0.3)}


def test_shares_are_tightened_once(draw: Draw) -> None:
    assert _shares(draw, supplies("A", "J", "steel", buyer_share="60%"), supplies("B", "J", "steel"),
                   needs("J", "steel", complete="true")) == {"A": (0.6, 0.6), "B": (0.4, 0.4)}  # fmt: skip
    assert _shares(draw, supplies("A", "J", "steel"), needs("J", "steel", complete="true")) == {"A": (1.0, 1.0)}
    assert _shares(draw, supplies("A", "J", "steel")) == {"A": (0.0, 1.0)}


def test_shares_that_contradict_are_left_as_stated(draw: Draw) -> None:
    rows = (supplies("A", "J", "steel", buyer_share="70%"), supplies("B", "J", "steel", buyer_share="60%"))
    assert _shares(draw, *rows) == {"A": (0.7, 0.7), "B": (0.6, 0.6)}


def _exposure(draw: Draw, target: str, hit: str, tiers: int, *rows: dict[str, object]) -> tuple[float, float]:
    snapshot, found = needs_of(draw(*rows))
    own = cone(found, place(snapshot, target), tiers)
    reaches = found.edge_supplier[own.shares.edge] == place(snapshot, hit)
    _, (low, high) = exposures(own, reaches, tiers)
    return round(float(low[0]), 9), round(float(high[0]), 9)


def test_exposure_counts_nothing_twice_and_cycles_are_harmless(draw: Draw) -> None:
    """T buys half from A and half from B, both buy all from X: exposure to X is 1, not more; A ⇄ B changes nothing."""

    def priced(source: str, target: str, product: str, share: str) -> list[dict[str, object]]:
        return [supplies(source, target, product, buyer_share=share)]

    rows = [
        *priced("A", "T", "p", "50%"), *priced("B", "T", "p", "50%"), needs("T", "p", value=100, currency="RUB"),
        *priced("X", "A", "q", "100%"), needs("A", "q", value=80, currency="RUB"),
        *priced("X", "B", "q", "90%"), *priced("A", "B", "q", "10%"), needs("B", "q", value=10, currency="RUB"),
    ]  # fmt: skip
    assert _exposure(draw, "T", "X", 1, *rows) == (0.0, 0.0)
    assert _exposure(draw, "T", "X", 2, *rows) == (0.95, 0.95)
    assert _exposure(draw, "T", "X", 3, *rows) == (1.0, 1.0)
    assert _exposure(draw, "T", "A", 9, *rows) == (0.55, 0.55)


def test_what_is_not_known_is_zero_to_one(draw: Draw) -> None:
    rows = (supplies("A", "T", "p"), vital("T", "p"), supplies("X", "A", "q"))
    assert _exposure(draw, "T", "A", 3, *rows) == (0.0, 1.0)  # the weight of p among all that T buys is not known
    priced = needs("T", "p", value=5, currency="RUB")
    assert _exposure(draw, "T", "A", 3, *rows, priced) == (1.0, 1.0)
    assert _exposure(draw, "T", "X", 3, *rows, priced) == (0.0, 1.0)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_bounds_hold_every_completion(data: st.DataObject) -> None:
    """Any shares inside the stated intervals give an exposure inside the bounds."""
    size = 5
    edges = sorted(
        {
            (s, b, 0)
            for b in range(size - 1)
            for s in data.draw(st.sets(st.integers(0, size - 1), max_size=3))
            if s != b
        },
        key=lambda e: (e[1], e[2], e[0]),
    )
    flags = {(b, p): (1, 1) for _, b, p in edges}
    found = in_columns((size, edges, flags))
    lows = np.array([data.draw(st.floats(0, 0.3)) for _ in edges])
    highs = np.minimum(lows + np.array([data.draw(st.floats(0, 0.7)) for _ in edges]), 1.0)
    own = cone(_priced(found, lows, highs), 0, size)
    hit = found.edge_supplier[own.shares.edge] == size - 1
    _, (low, high) = exposures(own, hit, 60)
    rng = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    for _ in range(10):
        truth = _walk(own, _completion(own, rng), hit)
        assert low[0] - 1e-9 <= truth <= high[0] + 1e-9


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_bounds_for_ever_are_those_of_the_extreme_shares(data: st.DataObject) -> None:
    """A walk without end is extreme where the shares of each need are at a corner of what may be."""
    size = 4
    suppliers = [data.draw(st.sets(st.integers(0, size - 1), max_size=2)) - {buyer} for buyer in range(size - 1)]
    edges = [(s, buyer, 0) for buyer, own in enumerate(suppliers) for s in sorted(own)]
    found = in_columns((size, edges, {(b, p): (1, -1) for _, b, p in edges}))
    lows = np.array([data.draw(st.integers(0, 3)) / 10 for _ in edges])
    highs = lows + np.array([data.draw(st.integers(0, 5)) / 10 for _ in edges])
    own = cone(_priced(found, lows, highs), 0, size)
    hit = found.edge_supplier[own.shares.edge] == size - 1
    _, (low, high) = exposures(own, hit, 2000)
    choices = [_corners(own, need) for need in range(len(own.needs))]
    truths = [_walk(own, np.array(sum(combined, ())), hit) for combined in itertools.product(*choices)]
    assert (low[0], high[0]) == pytest.approx((min(truths), max(truths)), abs=1e-6)


def _corners(own: Cone, need: int) -> list[tuple[float, ...]]:
    """Shares of a need of which all but one are at a bound, and that one takes what is left."""
    edges = np.flatnonzero(own.shares.need == need)
    bounds = list(zip(own.shares.low[edges].tolist(), own.shares.high[edges].tolist(), strict=True))
    found = set(itertools.product(*bounds))
    for free, (low, high) in enumerate(bounds):
        for others in itertools.product(*(pair for n, pair in enumerate(bounds) if n != free)):
            left = 1 - sum(others)
            if low <= left <= high:
                found.add((*others[:free], left, *others[free:]))
    return [corner for corner in found if sum(corner) <= 1 + 1e-9]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_narrower_shares_never_widen_an_exposure(data: st.DataObject) -> None:
    size, tiers = 5, data.draw(st.integers(1, 6))
    suppliers = [data.draw(st.sets(st.integers(0, size - 1), max_size=3)) - {buyer} for buyer in range(size - 1)]
    edges = [(s, buyer, 0) for buyer, own in enumerate(suppliers) for s in sorted(own)]
    found = in_columns((size, edges, {(b, p): (1, -1) for _, b, p in edges}))
    ends = np.array([sorted(data.draw(st.tuples(*[st.integers(0, 10)] * 4))) for _ in edges]).reshape(-1, 4) / 30
    bounds = []
    for least, most in ((0, 3), (1, 2)):
        own = cone(_priced(found, ends[:, least], ends[:, most]), 0, size)
        assert not own.shares.contradicts.any()
        bounds.append(exposures(own, found.edge_supplier[own.shares.edge] == size - 1, tiers)[1])
    (low, high), (narrow_low, narrow_high) = bounds
    assert low[0] - 1e-9 <= narrow_low[0] <= narrow_high[0] <= high[0] + 1e-9


def _priced(found: Needs, lows: Numbers, highs: Numbers) -> Needs:
    size, unknown = len(lows), np.full(len(lows), np.nan)
    nothing = Intervals(low=unknown, high=unknown, unit=np.full(size, -1, np.int32))
    one = np.ones(len(found))
    links = LinkColumns(
        source=found.edge_supplier, target=found.buyer[found.edge_need], product=found.product[found.edge_need],
        rows=np.arange(size, dtype=np.int32), offsets=np.arange(size + 1), status=np.zeros(size, np.int8),
        value=nothing, quantity=nothing,
        buyer_share=Intervals(low=lows, high=highs, unit=np.zeros(size, np.int32)), sales_share=nothing,
    )  # fmt: skip
    return replace(
        found, links=links, complete=np.full(len(found), -1, np.int8),
        value=Intervals(low=one, high=one, unit=np.zeros(len(found), np.int32)),
    )  # fmt: skip


def _completion(own: Cone, rng: np.random.Generator) -> Numbers:
    """Random shares inside the intervals; what is left over is bought from unknown parties."""
    low, high, need = own.shares.low, own.shares.high, own.shares.need
    for scale in (1.0, 0.5, 0.2, 0.0):
        found = low + rng.random(len(low)) * scale * (high - low)
        if np.all(np.bincount(need, found, len(own.needs)) <= 1 + 1e-12):
            return found
    return low


def _walk(own: Cone, shares: Numbers, hit: Mask) -> float:
    """The exact probability by powers of the matrix, the set absorbing."""
    size = len(own.units)
    step, reach = np.zeros((size, size)), np.zeros(size)
    for edge, share in enumerate(shares):
        buyer, supplier = own.buyer[own.shares.need[edge]], own.supplier[edge]
        if hit[edge]:
            reach[buyer] += share
        elif supplier >= 0:
            step[buyer, supplier] += share
    value = np.zeros(size)
    for _ in range(400):
        value = reach + step @ value
    return float(value[0])


def test_hhi_of_known_shares() -> None:
    found = hhi(np.array([0.5, 0.3, 0.2]), np.array([0.5, 0.3, 0.2]), (0, 0), rest_may_join=False)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.38, 0.38))


def test_hhi_with_an_unnamed_rest() -> None:
    """Shares .5 and .3, an unnamed rest of .2: by region it may sit in the named one (a bound of Σs² + R² would fail)."""
    own = np.array([0.5, 0.3])
    by_supplier = hhi(own, own, (0.2, 0.2), rest_may_join=False)
    by_region = hhi(own, own, (0.2, 0.2), rest_may_join=True)
    assert by_supplier and by_region
    assert (by_supplier.low, by_supplier.high) == pytest.approx((0.34, 0.38))
    assert (by_region.low, by_region.high) == pytest.approx((0.34, 0.58))


def test_shares_that_cannot_sum_to_one_have_no_hhi() -> None:
    assert hhi(np.array([0.7, 0.6]), np.array([0.7, 0.6]), (0, 0), rest_may_join=False) is None
    assert hhi(np.array([0.1]), np.array([0.2]), (0, 0.1), rest_may_join=False) is None


_tenths = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(sorted)


@settings(max_examples=150, deadline=None)
@given(st.lists(_tenths, min_size=1, max_size=3), _tenths, st.booleans())
def test_hhi_bounds_hold_and_are_touched(named: list[list[int]], rest: list[int], may_join: bool) -> None:
    """Against all shares in twentieths: extremes above lie at bounds, which are tenths; the least lies between."""
    low, high = (np.array([pair[end] for pair in named]) / 10 for end in (0, 1))
    found = hhi(low, high, (rest[0] / 10, rest[1] / 10), rest_may_join=may_join)
    whole, apart = [], []
    for shares in itertools.product(*(range(2 * least, 2 * most + 1) for least, most in named)):
        unnamed = 20 - sum(shares)
        if 2 * rest[0] <= unnamed <= 2 * rest[1]:
            squares = sum(share**2 for share in shares)
            apart.append(squares / 400)  # ever more unnamed parties add as good as nothing
            grown = [squares - share**2 + (share + unnamed) ** 2 for share in shares] if may_join else []
            whole.append(max(squares + unnamed**2, *grown, 0) / 400)
    assert (found is None) == (not whole)
    if found is not None:
        assert found.high == pytest.approx(max(whole))
        assert found.low - 1e-9 <= min(apart) <= found.low + 0.02


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 10)] * 4).map(sorted), min_size=1, max_size=4), st.booleans())
def test_narrower_shares_never_widen_an_hhi(drawn: list[list[int]], may_join: bool) -> None:
    ends = np.array(drawn) / 10
    wide, narrow = (
        hhi(ends[:, least], ends[:, most], (0.0, 1.0), rest_may_join=may_join) for least, most in ((0, 3), (1, 2))
    )
    if narrow is not None:
        assert wide is not None
        assert wide.low - 1e-9 <= narrow.low <= narrow.high <= wide.high + 1e-9


def test_many_unknown_shares_are_a_relaxation_that_says_so() -> None:
    size = EXACT_PARTIES + 5
    low, high = np.zeros(size), np.full(size, 0.15)
    found = hhi(low, high, (0, 0), rest_may_join=False)
    few = hhi(low[:12], high[:12], (0, 0), rest_may_join=False)
    assert found and few
    assert (found.is_approximate, few.is_approximate) == (True, False)
    assert found.low == pytest.approx(1 / size)
    assert few.high == pytest.approx(6 * 0.15**2 + 0.1**2)
    assert found.high >= few.high - 1e-12
