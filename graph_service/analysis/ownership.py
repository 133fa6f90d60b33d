"""Who holds and controls whom, and how much of a firm belongs to somebody in the end (semantics.md, Weak points).

Shares are intervals; what is not stated may be anything that the other holdings leave. Owners of unlike firms do not
depend on each other, so every bound here is reached in some world that fits the claims.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Numbers, chosen_shares
from graph_service.domain.schema import STATUSES
from graph_service.snapshot.snapshot import Csr, Ints, Mask, Rows, Snapshot

MAJORITY = 0.5
_ROUNDS = 200
_SETTLED = 1e-12
_LARGEST_SYSTEM = 2_000
_SLACK = 1e-9
"""Stated shares are decimals: 0.3 + 0.2 is no majority, whatever their binary sum says."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Holdings:
    """Who holds how much of whom, among some units.

    Attributes:
        units: positions of the units, sorted; owners and owned are places in it.
        owner, owned: of each holding, ordered by owned, then owner.
        low, high: bounds of each share; of one firm the lows add up to 1 at most.
        rows: the claims of all holdings, those of holding n at ``offsets[n]:offsets[n + 1]``, the chosen one first.
        by_owned: holdings by the firm held.
    """

    units: Ints
    owner: Ints
    owned: Ints
    low: Numbers
    high: Numbers
    rows: Ints
    offsets: npt.NDArray[np.int64]
    by_owned: Csr

    def place(self, unit: int) -> int:
        """Where a unit is in ``units``."""
        return int(np.searchsorted(self.units, unit))

    def rows_of(self, holding: int) -> list[int]:
        """The claims of one holding, the chosen one first."""
        own: list[int] = self.rows[self.offsets[holding] : self.offsets[holding + 1]].tolist()
        return own


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reached:
    """Units and how many holdings away the nearest chain is, in the order found; ``is_cut``: there may be more."""

    units: Ints
    tiers: Ints
    edges: int
    is_cut: bool


def chain(snapshot: Snapshot, mask: Mask, starts: Rows, *, upstream: bool, max_claims: int) -> Reached:
    """Owners of owners, or what is owned through what is owned; a company and plant that are one unit are one.

    Args:
        snapshot: the graph.
        mask: the claims that count.
        starts: units at tier 0.
        upstream: towards owners.
        max_claims: stop after the tier in which more claims than this have been looked at.
    """
    c, unit_of = snapshot.claims, snapshot.unit_positions
    csr, other = (snapshot.by_to, "from") if upstream else (snapshot.by_from, "to")
    counts = mask & snapshot.is_type("OWNS")
    seen = np.zeros(len(unit_of), bool)
    seen[starts] = True
    frontier: Rows = np.asarray(starts, np.int32)
    found, tiers, edges = [frontier], [np.zeros(len(frontier), np.int32)], 0
    while len(frontier) and edges <= max_claims:
        rows = csr.of_all(snapshot.halves_of(frontier))
        rows = rows[counts[rows]]
        edges += len(rows)
        ends = np.unique(unit_of[c[other][rows]])
        frontier = ends[~seen[ends]]
        seen[frontier] = True
        tiers.append(np.full(len(frontier), len(found), np.int32))
        found.append(frontier)
    return Reached(
        units=np.concatenate(found).astype(np.int32), tiers=np.concatenate(tiers), edges=edges,
        is_cut=len(frontier) > 0,
    )  # fmt: skip


def holdings(snapshot: Snapshot, mask: Mask, units: Rows) -> Holdings:
    """The holdings in these units; an owner outside of them is kept as one who holds.

    Of several claims about one holding those of the best status count, and the chosen share. What one firm's owners
    are known to hold bounds the others. Firms whose owners hold more than everything by the lows are contradicted by
    their sources; there the lows are cut down in proportion.
    """
    c, unit_of = snapshot.claims, snapshot.unit_positions
    rows = snapshot.by_to.of_all(snapshot.halves_of(units))
    rows = rows[(mask & snapshot.is_type("OWNS"))[rows]]
    owner, owned = unit_of[c["from"][rows]], unit_of[c["to"][rows]]
    foreign = owner != owned
    rows, owner, owned = rows[foreign], owner[foreign], owned[foreign]
    order = np.lexsort((c["choice"][rows], owner, owned))
    rows, owner, owned = rows[order], owner[order], owned[order]
    is_first = np.ones(len(rows), bool)
    is_first[1:] = (owner[1:] != owner[:-1]) | (owned[1:] != owned[:-1])
    starts, holding = np.flatnonzero(is_first), np.cumsum(is_first) - 1
    status = snapshot.status_places(rows)
    best = np.full(len(starts), len(STATUSES), np.int8)
    np.minimum.at(best, holding, status)
    counts = status == best[holding]
    shares = chosen_shares(snapshot, rows[counts], holding[counts], len(starts), "share")
    all_units = np.unique(np.concatenate([np.asarray(units, np.int32), owner]))
    places = np.searchsorted(all_units, owned[starts]).astype(np.int32)
    low, high = _tightened(np.nan_to_num(shares.low, nan=0.0), np.nan_to_num(shares.high, nan=1.0), places)
    return Holdings(
        units=all_units, owner=np.searchsorted(all_units, owner[starts]).astype(np.int32), owned=places,
        low=low, high=high, rows=rows, offsets=np.append(starts, len(rows)).astype(np.int64),
        by_owned=Csr.group(places, len(all_units)),
    )  # fmt: skip


def _tightened(low: Numbers, high: Numbers, owned: Ints) -> tuple[Numbers, Numbers]:
    sure = np.bincount(owned, low) if len(owned) else np.zeros(0)
    too_much = sure[owned] > 1 + _SLACK
    low = np.where(too_much, low / np.maximum(sure[owned], 1), low)
    left = np.where(too_much, high, np.maximum(1 - (sure[owned] - low), 0.0))
    left[left < _SLACK] = 0.0
    return low, np.maximum(np.minimum(high, left), low)


def controlled(own: Holdings, start: int, *, certain: bool) -> Mask:
    """Which units somebody controls: more than half, summing what it and the firms it controls hold.

    Args:
        own: the holdings, all of every firm that may matter.
        start: place of whose control is asked; it counts as controlled by itself.
        certain: in every world that fits the claims, else in some.
    """
    inside = np.zeros(len(own.units), bool)
    inside[start] = True
    size = len(own.units)
    every = np.bincount(own.owned, own.low, size)
    while True:
        held = inside[own.owner]
        sure = np.bincount(own.owned, own.low * held, size)
        at_most = np.minimum(np.bincount(own.owned, own.high * held, size), 1 - (every - sure))
        share = sure if certain else at_most
        fresh = (share > MAJORITY + _SLACK) & ~inside
        if not fresh.any():
            return inside
        inside |= fresh


def interests(own: Holdings, start: int) -> tuple[Numbers, Numbers]:
    """Bounds of the economic interest of one unit in each: products of shares along chains, summed.

    Chains do not come back to the unit itself; other circles are followed for ever, which converges. It is the
    probability that a walk from a firm to its owners, each with the share that it holds, comes to the unit.

    Args:
        own: the holdings, all of every firm that may matter.
        start: place of the unit.

    Returns:
        (low, high) by place; 1 for the unit itself.
    """
    low = _hits(own, start, own.low)
    high = np.zeros(len(own.units))
    high[start] = 1.0
    for _ in range(_ROUNDS):
        before, high = high, _step(own, start, _best_shares(own, high), high)
        if np.array_equal(before, high):
            break
    for _ in range(_ROUNDS):  # where circles made that slow: the best shares so far, followed for ever
        before, high = high, np.maximum(high, _hits(own, start, _best_shares(own, high)))
        if np.max(high - before, initial=0.0) <= _SETTLED:
            break
    return low, np.maximum(high, low)


def _hits(own: Holdings, start: int, shares: Numbers) -> Numbers:
    """The interest under given shares: step by step, and where circles make that slow, by a linear system."""
    value = np.zeros(len(own.units))
    value[start] = 1.0
    for _ in range(_ROUNDS):
        before, value = value, _step(own, start, shares, value)
        if np.array_equal(before, value):
            return value
    firms = np.flatnonzero(value > 0)  # from each of these a chain leads to the unit, so the system has one solution
    firms = firms[firms != start]
    if len(firms) > _LARGEST_SYSTEM:
        return value
    place = np.full(len(value), -1, np.int64)
    place[firms] = np.arange(len(firms))
    direct = (own.owner == start) & (place[own.owned] >= 0)
    inner = (place[own.owned] >= 0) & (place[own.owner] >= 0)
    matrix = np.eye(len(firms))
    np.subtract.at(matrix, (place[own.owned[inner]], place[own.owner[inner]]), shares[inner])
    right = np.bincount(place[own.owned[direct]], shares[direct], len(firms))
    value[firms] = np.clip(np.linalg.solve(matrix, right), value[firms], 1.0)
    return value


def _step(own: Holdings, start: int, shares: Numbers, value: Numbers) -> Numbers:
    stepped = np.bincount(own.owned, shares * value[own.owner], len(value))
    stepped[start] = 1.0
    return np.maximum(np.minimum(stepped, 1.0), value)


def _best_shares(own: Holdings, value: Numbers) -> Numbers:
    """The shares that give most: the lows, and what is left to those who gain most, up to their highs."""
    gain = value[own.owner]
    order = np.lexsort((-gain, own.owned))
    room, firm = (own.high - own.low)[order], own.owned[order]
    free = 1 - np.bincount(own.owned, own.low, len(value))
    before = np.cumsum(room) - room
    starts = np.searchsorted(firm, firm)
    taken = np.clip(free[firm] - (before - before[starts]), 0.0, room) if len(firm) else room
    shares = own.low.copy()
    shares[order] += np.where(gain[order] > 0, taken, 0.0)
    return shares
