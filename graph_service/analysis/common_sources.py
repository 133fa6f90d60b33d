"""Who lies upstream of each of several parties (semantics.md, Hidden common supplier and Common owner)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from graph_service.analysis.tiers import Walk, walk
from graph_service.snapshot.snapshot import Ints, Mask, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CommonSources:
    """Who is upstream of all.

    Attributes:
        walks: one for each party asked about.
        entities: positions of those that every walk reached, none of which is a party asked about.
        tiers: the tier of each below each party, shape (parties, entities).
    """

    walks: Sequence[Walk]
    entities: Ints
    tiers: Ints

    @property
    def is_cut(self) -> bool:
        """Whether a walk stopped because it had looked at too much."""
        return any(found.is_cut for found in self.walks)


def common_sources(
    snapshot: Snapshot, parties: Sequence[Sequence[int]], mask: Mask, *, relation: str, max_tier: int, max_claims: int
) -> CommonSources:
    """Walk upstream from each party and keep whom all have.

    Args:
        snapshot: the graph.
        parties: positions of each party, two where a company and a plant are one unit.
        mask: the claims that count.
        relation: ``SUPPLIES`` or ``OWNS``.
        max_tier: how far.
        max_claims: a walk stops after the tier in which it has looked at more claims than this.
    """
    size = len(snapshot.entity_ids)
    walks = [
        walk(snapshot, own, mask, upstream=True, max_tier=max_tier, max_claims=max_claims, relation=relation)
        for own in parties
    ]
    tiers = np.zeros((len(walks), size), np.int32)
    for own, found in zip(tiers, walks, strict=True):
        own[found.entities] = found.tiers
    tiers[:, [position for own in parties for position in own]] = 0
    entities = np.flatnonzero(tiers.all(axis=0)).astype(np.int32)
    return CommonSources(walks=walks, entities=entities, tiers=tiers[:, entities])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Chains:
    """The chosen way down from anybody a walk upstream has reached to where it started."""

    snapshot: Snapshot
    walk: Walk
    _order: Ints
    _ends: Ints
    _known: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, found: Walk) -> Chains:
        """Of a walk that went upstream."""
        order = np.lexsort((snapshot.claims["choice"][found.rows], found.ends)).astype(np.int32)
        return cls(snapshot=snapshot, walk=found, _order=order, _ends=found.ends[order])

    def last_steps(self, entity: int) -> Ints:
        """Claims of the last step to one entity, in the order of choice."""
        first, after = np.searchsorted(self._ends, [entity, entity + 1])
        steps: Ints = self.walk.rows[self._order[first:after]]
        return steps

    def down(self, entity: int) -> tuple[int, ...]:
        """Claims from an entity down to the start: at each the chosen claim of its last step; none at the start."""
        if entity not in self._known:
            steps = self.last_steps(entity)
            below = self.down(int(self.snapshot.claims["to"][steps[0]])) if len(steps) else ()
            self._known[entity] = (int(steps[0]), *below) if len(steps) else ()
        return self._known[entity]
