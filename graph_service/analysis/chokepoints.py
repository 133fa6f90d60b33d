"""Chokepoints: units whose stop alone stops another one (semantics.md, Weak points)."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass

import numpy as np

from graph_service.analysis.needs import Needs
from graph_service.analysis.shocks import Fuse
from graph_service.snapshot.snapshot import Csr

MAX_UNITS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chokepoints:
    """Units that stop the one asked about.

    Attributes:
        units: positions, in no order.
        explored: units whose stop was looked at.
        is_cut: the walk was ended by its limit; more may be found beyond.
    """

    units: frozenset[int]
    explored: int
    is_cut: bool


def chokepoints(needs: Needs, own: Fuse, target: int, max_units: int = MAX_UNITS) -> Chokepoints:
    """All chokepoints of a unit at once.

    D(j) = {j} ∪ ⋃ over firing-capable needs k of j of ⋂ over the suppliers i of k of D(i), the least fixpoint. On
    graphs without cycles whose needs have one supplier each, D is the set of dominators (Lengauer and Tarjan 1979).
    """
    by_need = Csr.group(own.need, len(needs))
    suppliers: dict[int, list[list[int]]] = {}
    waiting, is_cut = deque([target]), False
    while waiting:
        unit = waiting.popleft()
        if unit in suppliers:
            continue
        if len(suppliers) >= max_units:
            is_cut = True
            break
        capable = [need for need in needs.by_buyer.of(unit).tolist() if own.can_fire[need]]
        suppliers[unit] = [np.unique(own.supplier[by_need.of(need)]).tolist() for need in capable]
        waiting.extend(supplier for group in suppliers[unit] for supplier in group)
    return Chokepoints(units=_fixpoint(suppliers, target) - {target}, explored=len(suppliers), is_cut=is_cut)


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
                shared &= found.get(supplier, 0)  # beyond a cut walk nothing is known
            stopping |= shared
        if stopping != found[unit]:
            found[unit] = stopping
            fresh = buyers[unit] - queued
            waiting.extend(fresh)
            queued |= fresh
    return frozenset(unit for unit, bit in bits.items() if found[target] & bit)
