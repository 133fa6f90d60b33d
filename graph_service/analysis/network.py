"""The neighbourhood of some entities as a network: tiers to the left and to the right, and the links between all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph_service.domain.schema import ACTORS
from graph_service.snapshot.snapshot import Ints, Rows, Snapshot

REVERSED = ("NEEDS", "REQUIRES", "UNNAMED_CUSTOMERS_OF", "UNNAMED_MARKETS_OF")
"""Relations drawn against their direction: what is needed stands left of whoever needs it, who buys on the right."""

LEFT, RIGHT = -1, 1

Ordered = Callable[[Iterable[int]], list[int]]
"""Puts entities into the order in which they are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """More neighbours of one entity on one side by one relation than are shown."""

    of: int
    relation: str
    side: int
    shown: int
    total: int


@dataclass(slots=True, kw_only=True)
class Network:
    """Entities by tier (0 = begun with, negative = left), claims by (from, to, relation), and what is left out."""

    tiers: dict[int, int]
    links: dict[tuple[int, int, str], list[int]] = field(default_factory=dict)
    fans: list[Fan] = field(default_factory=list)
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a network goes.

    Attributes:
        left, right: tiers on either side.
        relations: the types that are followed and drawn.
        fan: neighbours of one entity on one side by one relation that are shown.
        most: entities that are shown.
    """

    left: int
    right: int
    relations: frozenset[str]
    fan: int
    most: int


class Neighbours:
    """Who stands on which side of an entity, by relation.

    Args:
        snapshot: the graph.
        kept: those of the claims that count.
        in_place: whether the filters by place keep an entity.
    """

    def __init__(self, snapshot: Snapshot, kept: Callable[[Rows], Ints], in_place: Callable[[int], bool]) -> None:
        self._snapshot, self._kept, self._in_place = snapshot, kept, in_place
        self._read: dict[int, list[tuple[str, bool, int, int]]] = {}

    def claims(self, unit: int) -> Sequence[tuple[str, bool, int, int]]:
        """Relation, whether it goes out, neighbour and row; of both halves of a unit, nothing between the two."""
        if unit not in self._read:  # a walk, the links and the counts ask for the same ones
            self._read[unit] = list(self._read_claims(unit))
        return self._read[unit]

    def _read_claims(self, unit: int) -> Iterable[tuple[str, bool, int, int]]:
        snapshot, c = self._snapshot, self._snapshot.claims
        for half in snapshot.halves_of(np.array([unit])).tolist():
            for csr, end, is_out in ((snapshot.by_from, "to", True), (snapshot.by_to, "from", False)):
                for row in self._kept(csr.of(half)).tolist():
                    other = int(c[end][row])
                    other = snapshot.unit(other) if other >= 0 else other
                    if other < 0 or other == unit or not self._in_place(other):
                        continue
                    yield snapshot.term("type", row) or "", is_out, other, row

    def counts(self, unit: int) -> dict[str, dict[str, int]]:
        """How many neighbours each relation has in each direction."""
        found: dict[tuple[str, bool], set[int]] = {}
        for relation, is_out, other, _ in self.claims(unit):
            found.setdefault((relation, is_out), set()).add(other)
        counts: dict[str, dict[str, int]] = {}
        for (relation, is_out), others in sorted(found.items()):
            counts.setdefault(relation, {})["out" if is_out else "in"] = len(others)
        return counts


def side_of(relation: str, *, is_out: bool) -> int:
    """The side on which a neighbour by this relation stands."""
    return RIGHT if is_out != (relation in REVERSED) else LEFT


def network(
    snapshot: Snapshot,
    neighbours: Neighbours,
    begun_with: Sequence[int],
    reach: Reach,
    ordered: Ordered,
) -> Network:
    """Walk left and right from some units, then draw every link between those who are shown.

    A walk goes on through plants, companies and organisations alone: through a product or a country everybody is a
    neighbour of everybody.

    Args:
        snapshot: the graph.
        neighbours: who stands beside whom.
        begun_with: the units in the middle.
        reach: how far.
        ordered: puts entities into the order in which they are shown.
    """
    found = Network(tiers=dict.fromkeys(begun_with, 0))
    for side, tiers in ((LEFT, reach.left), (RIGHT, reach.right)):
        edge = list(begun_with)
        for tier in range(1, tiers + 1):
            edge = _next_tier(found, neighbours, edge, side, side * tier, reach, ordered)
            edge = [unit for unit in edge if snapshot.label(unit) in ACTORS]
    for unit in found.tiers:
        for relation, is_out, other, row in neighbours.claims(unit):
            if is_out and other in found.tiers and relation in reach.relations:
                found.links.setdefault((unit, other, relation), []).append(row)
    return found


def _next_tier(
    found: Network, neighbours: Neighbours, edge: list[int], side: int, tier: int, reach: Reach,
    ordered: Ordered,
) -> list[int]:  # fmt: skip
    reached: dict[int, None] = {}
    for unit in edge:
        by_relation: dict[str, set[int]] = {}
        for relation, is_out, other, _ in neighbours.claims(unit):
            if side_of(relation, is_out=is_out) == side and relation in reach.relations:
                by_relation.setdefault(relation, set()).add(other)
        for relation, others in sorted(by_relation.items()):
            # Who is in the picture already takes no place of the fan.
            new = ordered(other for other in others if other not in found.tiers and other not in reached)
            shown = new[: reach.fan]
            if len(shown) < len(new):
                known = len(others) - len(new)
                found.fans.append(
                    Fan(of=unit, relation=relation, side=side, shown=known + len(shown), total=len(others))
                )
            reached.update(dict.fromkeys(shown))
    room = reach.most - len(found.tiers)
    found.is_cut = found.is_cut or len(reached) > room
    added = list(reached)[: max(0, room)]
    found.tiers.update(dict.fromkeys(added, tier))
    return added
