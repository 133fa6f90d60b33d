"""The undirected multigraph of units and their ties, read from the sparse rows both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graph_service.snapshot.snapshot import Ints, Mask, Rows, Snapshot

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """Single steps: row by row from whom, to whom, and the claim; arrays of one length."""

    near: Ints
    far: Ints
    rows: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ties:
    """Units as nodes, claims as undirected edges; a company and a plant that are one unit are one node.

    Attributes:
        snapshot: the graph.
        counts: the claims that count, those of the chosen relations only.
        blocked: entities that are never stepped on.
    """

    snapshot: Snapshot
    counts: Mask
    blocked: Mask
    _known: dict[int, tuple[Ints, Floats]] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: Snapshot, mask: Mask, relations: Sequence[str], without: Iterable[int]) -> Ties:
        """The ties of some relations; counted groups and the entities of ``without`` are not stepped on."""
        blocked = snapshot.of_type("PartnerGroup")
        blocked[list(without)] = True
        return cls(snapshot=snapshot, counts=mask & snapshot.is_type(*relations), blocked=blocked)

    def steps(self, units: Rows) -> Steps:
        """Every step away from these units."""
        c, unit_of = self.snapshot.claims, self.snapshot.unit_positions
        halves = self.snapshot.halves_of(units)
        near: list[Ints] = []
        far: list[Ints] = []
        kept: list[Ints] = []
        for csr, own, other in ((self.snapshot.by_from, "from", "to"), (self.snapshot.by_to, "to", "from")):
            rows = csr.of_all(halves)
            rows = rows[self.counts[rows] & (c[other][rows] >= 0)]
            near.append(unit_of[c[own][rows]])
            far.append(unit_of[c[other][rows]])
            kept.append(rows)
        steps = Steps(near=np.concatenate(near), far=np.concatenate(far), rows=np.concatenate(kept))
        is_step = (steps.near != steps.far) & ~self.blocked[steps.far]
        return Steps(near=steps.near[is_step], far=steps.far[is_step], rows=steps.rows[is_step])

    def neighbours(self, unit: int) -> tuple[Ints, Floats]:
        """The units next to one, each once and in the order of ids, and the highest confidence of a tie with each."""
        if unit not in self._known:
            steps = self.steps(np.array([unit], np.int32))
            others, place = np.unique(steps.far, return_inverse=True)
            highest = np.zeros(len(others))
            np.maximum.at(highest, place, self.snapshot.claims["confidence"][steps.rows])
            self._known[unit] = others, highest
        return self._known[unit]

    def between(self, one: int, other: int) -> Ints:
        """The claims that tie two units, in the order of choice."""
        if self.degree(np.array([one])) > self.degree(np.array([other])):
            one, other = other, one
        steps = self.steps(np.array([one], np.int32))
        rows = steps.rows[steps.far == other]
        ordered: Ints = rows[np.argsort(self.snapshot.claims["choice"][rows])]
        return ordered

    def degree(self, units: Rows) -> int:
        """How many claims a step from these units looks at."""
        halves = self.snapshot.halves_of(units)
        by_from, by_to = self.snapshot.by_from.offsets, self.snapshot.by_to.offsets
        return int((by_from[halves + 1] - by_from[halves] + by_to[halves + 1] - by_to[halves]).sum())
