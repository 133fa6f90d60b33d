"""Tiers: the number of links on the shortest directed path, found level by level on the sparse rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_service.snapshot.snapshot import Column, Ints, Mask, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Who was reached.

    Attributes:
        tiers: entity position → tier (the start is left out).
        parents: entity position → the claims of the last step of its shortest paths.
        explored: claims looked at.
        is_complete: nothing further lies beyond the last tier.
    """

    tiers: dict[int, int]
    parents: dict[int, tuple[int, ...]]
    explored: int
    is_complete: bool


def walk(snapshot: Snapshot, start: int, mask: Mask, *, upstream: bool, max_tier: int, max_claims: int) -> Walk:
    """All units within ``max_tier`` SUPPLIES links of ``start``.

    Args:
        snapshot: the graph.
        start: entity position; tier 0 and never its own supplier.
        mask: the claims that count.
        upstream: towards suppliers, else towards customers.
        max_tier: how far.
        max_claims: give up the tier in which more claims than this have been looked at.
    """
    csr, other = (snapshot.by_to, "from") if upstream else (snapshot.by_from, "to")
    supplies = snapshot.code("SUPPLIES")
    ends, types = snapshot.claims[other], snapshot.claims["type"]
    tiers: dict[int, int] = {}
    parents: dict[int, tuple[int, ...]] = {}
    seen = np.zeros(len(snapshot.entity_ids), dtype=bool)
    seen[start] = True
    frontier = np.array([start], dtype=np.int64)
    explored = 0
    for tier in range(1, max_tier + 1):
        rows = _step(csr.of_all(frontier), types, supplies, mask)
        explored += len(rows)
        fresh_rows = rows[~seen[ends[rows]]]
        if len(fresh_rows) == 0:
            return Walk(tiers=tiers, parents=parents, explored=explored, is_complete=True)
        found: dict[int, list[int]] = {}
        for row, entity in zip(fresh_rows.tolist(), ends[fresh_rows].tolist(), strict=True):
            found.setdefault(entity, []).append(row)
        tiers.update(dict.fromkeys(found, tier))
        parents.update({entity: tuple(steps) for entity, steps in found.items()})
        frontier = np.fromiter(found, dtype=np.int64, count=len(found))
        seen[frontier] = True
        if explored > max_claims:
            return Walk(tiers=tiers, parents=parents, explored=explored, is_complete=False)
    beyond = _step(csr.of_all(frontier), types, supplies, mask)
    return Walk(tiers=tiers, parents=parents, explored=explored, is_complete=bool(np.all(seen[ends[beyond]])))


def _step(rows: Ints, types: Column, supplies: int, mask: Mask) -> Ints:
    kept: Ints = rows[(types[rows] == supplies) & mask[rows]]
    return kept
