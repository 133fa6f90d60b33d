"""Tiers: the number of links on the shortest directed path, found level by level on the sparse rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.domain.schema import STATUSES
from graph_service.snapshot.snapshot import Column, Ints, Mask, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Walk:
    """Who was reached, in the order of tiers.

    Attributes:
        entities: positions of the units reached; the start is left out.
        tiers: the tier of each, shape as ``entities``.
        rows: claims of the last step of all shortest paths.
        ends: for each of the rows the unit that it reaches.
        explored: claims looked at.
        is_complete: nothing further lies beyond the last tier.
        is_cut: stopped because too many claims had been looked at.
    """

    entities: Ints
    tiers: Ints
    rows: Ints
    ends: Ints
    explored: int
    is_complete: bool
    is_cut: bool = False

    def best_status(self, snapshot: Snapshot) -> npt.NDArray[np.int8]:
        """For each entity the best status of the last steps to it, as its place in `STATUSES`."""
        best = np.full(len(snapshot.entity_ids), len(STATUSES) - 1, np.int8)
        np.minimum.at(best, self.ends, snapshot.status_places(self.rows))
        return best


def walk(
    snapshot: Snapshot,
    start: int | Sequence[int],
    mask: Mask,
    *,
    upstream: bool,
    max_tier: int,
    max_claims: int,
    relation: str = "SUPPLIES",
) -> Walk:
    """Everybody within ``max_tier`` links of one relation from ``start``.

    Args:
        snapshot: the graph.
        start: entity position, or several that are one party; tier 0 and never its own supplier.
        mask: the claims that count.
        upstream: towards suppliers, else towards customers.
        max_tier: how far.
        max_claims: stop after the tier in which more claims than this have been looked at.
        relation: the type of the links.
    """
    csr, other = (snapshot.by_to, "from") if upstream else (snapshot.by_from, "to")
    code = snapshot.code(relation)
    ends, types = snapshot.claims[other], snapshot.claims["type"]
    seen = np.zeros(len(snapshot.entity_ids), dtype=bool)
    frontier: Ints = np.unique(np.array(start, dtype=np.int32))
    seen[frontier] = True
    is_new = np.zeros(len(seen), dtype=bool)
    found: list[tuple[Ints, int, Ints]] = []
    explored = 0
    for tier in range(1, max_tier + 1):
        rows = _step(csr.of_all(frontier), types, code, mask)
        explored += len(rows)
        fresh = rows[~seen[ends[rows]]]
        if len(fresh) == 0:
            return _walk(found, ends, explored, is_complete=True)
        is_new[ends[fresh]] = True
        frontier = np.flatnonzero(is_new).astype(np.int32)  # unlike np.unique this needs no hashing or sorting
        is_new[frontier] = False
        seen[frontier] = True
        found.append((frontier, tier, fresh))
        if explored > max_claims:
            return _walk(found, ends, explored, is_complete=False, is_cut=True)
    beyond = _step(csr.of_all(frontier), types, code, mask)
    return _walk(found, ends, explored, is_complete=bool(np.all(seen[ends[beyond]])))


def walk_to(
    snapshot: Snapshot, start: int, entities: Ints, tiers: Ints, mask: Mask, *, upstream: bool, max_tier: int,
    is_complete: bool,
) -> Walk:  # fmt: skip
    """The walk along SUPPLIES that reaches these entities in these tiers, as a server has found them.

    Args:
        snapshot: the graph.
        start: where the walk begins.
        entities: who is reached within ``max_tier``; the start is left out.
        tiers: the tier of each.
        mask: the claims that count.
        upstream: towards suppliers, else towards customers.
        max_tier: how far.
        is_complete: the server has found nothing further.
    """
    near, far = ("to", "from") if upstream else ("from", "to")
    depth = np.full(len(snapshot.entity_ids), -1, np.int32)
    depth[start], depth[entities] = 0, tiers
    rows = np.flatnonzero(mask & snapshot.is_type("SUPPLIES")).astype(np.int32)
    of = depth[snapshot.claims[near][rows]]
    is_looked_at = (of >= 0) & (of < max_tier)
    rows, of = rows[is_looked_at], of[is_looked_at]
    last = rows[depth[snapshot.claims[far][rows]] == of + 1]
    return Walk(
        entities=entities, tiers=tiers, rows=last, ends=snapshot.claims[far][last], explored=len(rows),
        is_complete=is_complete,
    )  # fmt: skip


def _walk(
    found: list[tuple[Ints, int, Ints]], ends: Column, explored: int, *, is_complete: bool, is_cut: bool = False
) -> Walk:
    nothing = np.empty(0, dtype=np.int32)
    rows = np.concatenate([nothing, *(fresh for _, _, fresh in found)])
    return Walk(
        entities=np.concatenate([nothing, *(frontier for frontier, _, _ in found)]),
        tiers=np.concatenate([nothing, *(np.full(len(f), tier, np.int32) for f, tier, _ in found)]),
        rows=rows,
        ends=ends[rows],
        explored=explored,
        is_complete=is_complete,
        is_cut=is_cut,
    )


def _step(rows: Ints, types: Column, code: int, mask: Mask) -> Ints:
    kept: Ints = rows[(types[rows] == code) & mask[rows]]
    return kept
