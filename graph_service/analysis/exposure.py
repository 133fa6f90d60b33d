"""Exposure: the probability that a walk along cost shares reaches a set, as bounds (semantics.md)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Numbers
from graph_service.analysis.needs import Needs
from graph_service.analysis.shares import Shares, find_shares
from graph_service.snapshot.snapshot import Mask, Rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cone:
    """Everything that a walk of a few steps from one unit can use.

    Attributes:
        units: positions of the units, the start first.
        needs: the needs of these units.
        shares: of the edges of these needs.
        buyer: of each need, the position in ``units``.
        supplier: of each edge, the position in ``units``; -1 beyond the last step.
        weight_low, weight_high: of each need in its buyer's purchases; 0 to 1 where their values are not all known.
        is_priced: for each unit, the values of all its needs are known in one currency, and no unnamed
            suppliers of unstated products are counted.
    """

    units: npt.NDArray[np.int64]
    needs: npt.NDArray[np.int64]
    shares: Shares
    buyer: npt.NDArray[np.int64]
    supplier: npt.NDArray[np.int64]
    weight_low: Numbers
    weight_high: Numbers
    is_priced: Mask


def cone(needs: Needs, start: int, tiers: int) -> Cone:
    """Units within ``tiers`` − 1 steps upstream of ``start`` along the needs, and their shares."""
    place = np.full(len(needs.by_buyer.offsets) - 1, -1, np.int64)
    units = frontier = np.array([start], np.int64)
    place[start] = 0
    for _ in range(tiers - 1):
        edges = needs.by_need.of_all(needs.by_buyer.of_all(frontier))
        fresh = np.unique(needs.edge_supplier[edges]).astype(np.int64)
        frontier = fresh[place[fresh] < 0]
        if len(frontier) == 0:
            break
        place[frontier] = len(units) + np.arange(len(frontier))
        units = np.concatenate([units, frontier])
    own = needs.by_buyer.of_all(units).astype(np.int64)
    shares = find_shares(needs, own)
    buyer = place[needs.buyer[own]]
    low, high, is_priced = _weights(needs, own, buyer, len(units))
    return Cone(
        units=units, needs=own, shares=shares, buyer=buyer, supplier=place[needs.edge_supplier[shares.edge]],
        weight_low=low, weight_high=high, is_priced=is_priced,
    )  # fmt: skip


def _weights(needs: Needs, own: Rows, buyer: npt.NDArray[np.int64], size: int) -> tuple[Numbers, Numbers, Mask]:
    """Each need's part of its buyer's purchases, where all of them have a value in one currency."""
    low, high, unit = needs.value.low[own], needs.value.high[own], needs.value.unit[own]
    usable = ~np.isnan(low) & ~np.isnan(high) & (low > 0)
    least, most = np.full(size, np.iinfo(np.int32).max, np.int32), np.full(size, -1, np.int32)
    np.minimum.at(least, buyer, np.where(usable, unit, -1))
    np.maximum.at(most, buyer, unit)
    is_priced = (least >= 0) & (least == most)
    is_priced[buyer[needs.any_group_min[own] >= 0]] = False  # whoever is counted may supply what no need names
    lows, highs = (np.bincount(buyer, np.nan_to_num(x), size) for x in (low, high))
    with np.errstate(divide="ignore", invalid="ignore"):
        weight_low = low / (low + highs[buyer] - high)
        weight_high = high / (high + lows[buyer] - low)
    priced = is_priced[buyer]
    return np.where(priced, weight_low, 0.0), np.where(priced, weight_high, 1.0), is_priced


def exposures(own: Cone, is_hit: Mask, tiers: int) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
    """Bounds of the exposure within ``tiers`` steps: of each need of the cone, and of each unit.

    Bounds of an interval Markov chain by value iteration: in each step the feasible shares best, then worst, for
    reaching the set. Sound; for finitely many steps they may be wider than needed, since shares could differ by step
    (Škulj, Discrete time Markov chains with interval probabilities, 2009).

    Args:
        own: the cone of the start.
        is_hit: for each edge of the cone, whether using it reaches the set.
        tiers: number of steps.

    Returns:
        (low, high) of each need and (low, high) of each unit, in the order of the cone.
    """
    bounds = []
    for best in (False, True):
        of_unit = np.zeros(len(own.units))
        of_need = np.zeros(len(own.needs))
        for _ in range(tiers):
            beyond = own.supplier < 0
            gain = np.where(is_hit, 1.0, np.where(beyond, 0.0, of_unit[np.where(beyond, 0, own.supplier)]))
            of_need = _over_suppliers(own.shares, gain, best=best)
            before, of_unit = of_unit, _over_needs(own, of_need, best=best)
            if np.array_equal(before, of_unit):
                break
        bounds.append((of_need, of_unit))
    (need_low, unit_low), (need_high, unit_high) = bounds
    return (need_low, np.maximum(need_high, need_low)), (unit_low, np.maximum(unit_high, unit_low))


def on_the_way(own: Cone, asked: Rows, is_hit: Mask) -> Rows:
    """The edges of the cone that some walk from these needs uses until it reaches the set, the nearest first.

    Args:
        own: the cone of the start.
        asked: positions of needs in ``own.needs``.
        is_hit: for each edge of the cone, whether using it reaches the set.
    """
    buyer, goes_on = own.buyer[own.shares.need], own.supplier >= 0
    supplier = np.where(goes_on, own.supplier, 0)
    leads = np.zeros(len(own.units), bool)
    while True:
        is_useful = is_hit | (goes_on & leads[supplier])
        if leads[buyer[is_useful]].all():
            break
        leads[buyer[is_useful]] = True
    is_reached = np.zeros(len(own.needs), bool)
    is_reached[asked] = True
    while True:
        is_used = is_useful & is_reached[own.shares.need]
        is_next = np.isin(own.buyer, supplier[is_used & ~is_hit])
        if is_reached[is_next].all():
            break
        is_reached |= is_next
    used: Rows = np.flatnonzero(is_used)
    return used[np.argsort(buyer[used], kind="stable")]


def _over_suppliers(shares: Shares, gain: Numbers, *, best: bool) -> Numbers:
    """For each need the greatest (or least) mean gain over the feasible shares; the unnamed rest gains nothing."""
    size = len(shares.rest_low)
    sure = np.bincount(shares.need, shares.low * gain, size)
    free = 1 - np.bincount(shares.need, shares.low, size) - shares.rest_low
    if not best:  # the rest takes as much as it can
        free = free - (shares.rest_high - shares.rest_low)
    return np.clip(sure + _poured(shares.need, shares.low, shares.high, gain, free, best=best), 0.0, 1.0)


def _over_needs(own: Cone, of_need: Numbers, *, best: bool) -> Numbers:
    """For each unit the mean over its needs; where weights are unknown all may be one need, or own value added."""
    size = len(own.units)
    sure = np.bincount(own.buyer, own.weight_low * of_need, size)
    free = np.where(own.is_priced, 1 - np.bincount(own.buyer, own.weight_low, size), 1.0 if best else 0.0)
    return np.clip(sure + _poured(own.buyer, own.weight_low, own.weight_high, of_need, free, best=best), 0.0, 1.0)


def _poured(
    group: npt.NDArray[np.int64], low: Numbers, high: Numbers, gain: Numbers, free: Numbers, *, best: bool
) -> Numbers:
    """Pour each group's free mass over its members between their bounds, the highest (or lowest) gain first."""
    size = len(free)
    order = np.lexsort((-gain if best else gain, group))
    room, own = (high - low)[order], group[order]
    total = np.cumsum(room)
    starts = np.searchsorted(own, np.arange(size))
    before = total - room - np.concatenate(([0.0], total))[starts][own]
    amount = np.clip(np.maximum(free, 0.0)[own] - before, 0.0, room)
    poured: Numbers = np.asarray(np.bincount(own, amount * gain[order], size), float)
    return poured
