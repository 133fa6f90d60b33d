"""Chokepoints: units whose stop alone stops another one (semantics.md, Weak points)."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

import numpy as np

from graph_service.analysis.needs import Needs
from graph_service.analysis.shocks import Fuse
from graph_service.snapshot.snapshot import Mask

MAX_UNITS = 2_000
"""Above so many units upstream only needs with one supplier are followed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chokepoints:
    """Units that stop the one asked about.

    Attributes:
        units: positions, in no order.
        cone: mask of the units that were looked at.
        is_cut: there were too many for needs with several suppliers to be looked at; more may be found there.
    """

    units: frozenset[int]
    cone: Mask
    is_cut: bool


def chokepoints(needs: Needs, own: Fuse, target: int, max_units: int = MAX_UNITS) -> Chokepoints:
    """All chokepoints of a unit at once.

    D(j) = {j} ∪ ⋃ over firing-capable needs k of j of ⋂ over the suppliers i of k of D(i), the least fixpoint. On
    graphs without cycles whose needs have one supplier each, D is the set of dominators (Lengauer and Tarjan 1979).

    Where more than ``max_units`` units lie upstream, those are found that stop it along needs with one supplier each:
    every one of them is a chokepoint, but two suppliers of one need may depend on a third party, which is not seen.
    """
    cone = _upstream(needs, own, own.can_fire, target)
    units = np.flatnonzero(cone)
    if len(units) > max_units:
        single = _upstream(needs, own, own.can_fire & (own.alive == 1), target)
        return Chokepoints(units=frozenset(np.flatnonzero(single).tolist()) - {target}, cone=cone, is_cut=True)
    suppliers = {unit: _suppliers(needs, own, unit) for unit in [target, *units[units != target].tolist()]}
    return Chokepoints(units=_fixpoint(suppliers, target) - {target}, cone=cone, is_cut=False)


def _upstream(needs: Needs, own: Fuse, follow: Mask, target: int) -> Mask:
    """Units that the target reaches along these needs, itself among them."""
    seen = np.zeros(len(needs.by_buyer.offsets) - 1, bool)
    seen[target] = True
    before, frontier = seen.copy(), np.array([target])
    while len(frontier):
        needed = needs.by_buyer.of_all(frontier)
        seen[own.supplier[own.by_need.of_all(needed[follow[needed]])]] = True
        frontier = np.flatnonzero(seen & ~before)
        before = seen.copy()
    return seen


def _suppliers(needs: Needs, own: Fuse, unit: int) -> list[list[int]]:
    """The suppliers of each firing-capable need of a unit."""
    capable = [need for need in needs.by_buyer.of(unit).tolist() if own.can_fire[need]]
    return [np.unique(own.supplier[own.by_need.of(need)]).tolist() for need in capable]


def _fixpoint(suppliers: dict[int, list[list[int]]], target: int) -> frozenset[int]:
    """D of the target; sets are the bits of whole numbers, one bit for each unit of the walk."""
    bits = {unit: 1 << number for number, unit in enumerate(suppliers)}
    buyers: dict[int, set[int]] = defaultdict(set)
    for unit, groups in suppliers.items():
        for group in groups:
            for supplier in group:
                buyers[supplier].add(unit)
    found = dict(bits)
    waiting = deque(reversed(suppliers))
    queued = set(waiting)
    while waiting:
        unit = waiting.popleft()
        queued.discard(unit)
        stopping = bits[unit]
        for group in suppliers[unit]:
            shared = -1
            for supplier in group:
                shared &= found[supplier]
            stopping |= shared
        if stopping != found[unit]:
            found[unit] = stopping
            fresh = buyers[unit] - queued
            waiting.extend(fresh)
            queued |= fresh
    return frozenset(unit for unit, bit in bits.items() if found[target] & bit)
