"""The k shortest simple paths between two units, in one order: length, least confidence (higher first), ids.

For each length in turn: balls around both ends meet in the middle, a pass back from the end notes for each unit at
each place of a path the best confidence that can still follow, and a best-first search spells the paths out. What it
promises is never less than what a path holds, so paths come out in their final order and the search stops at the k-th.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from graph_service.analysis.ties import Floats, Ties
from graph_service.snapshot.snapshot import Ints, Rows

NEVER = -1.0
FAR = 127
"""More steps than any path has."""

PEELED = 200_000
"""Dead ends are cut off beforehand where no more claims than this have to be looked at for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Units from one end to the other, and the least over its hops of the best confidence of a hop's ties."""

    units: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """Paths in their order, and how much was looked at; ``is_cut``: further ones were not looked for."""

    paths: tuple[Path, ...]
    nodes: int
    edges: int
    is_cut: bool


@dataclass(slots=True, kw_only=True, eq=False)
class _Ball:
    """What lies around one end, shell by shell; the other end is reached but never passed."""

    ties: Ties
    stop: int
    distance: npt.NDArray[np.int8]
    shells: list[Ints]
    edges: int = 0

    @property
    def radius(self) -> int:
        """Up to where every distance is known; beyond any path where nothing further can be reached."""
        return len(self.shells) - 1 if len(self.shells[-1]) else FAR

    def cost(self) -> int:
        """Claims to look at for the next shell."""
        return self.ties.degree(self.shells[-1])

    def grow(self) -> None:
        """Adds a shell."""
        frontier = self.shells[-1]
        steps = self.ties.steps(frontier[frontier != self.stop])
        self.edges += len(steps.rows)
        fresh = np.unique(steps.far[self.distance[steps.far] == FAR])
        self.distance[fresh] = len(self.shells)
        self.shells.append(fresh)

    def inside(self, radius: int) -> Ints:
        """Everything within so many steps."""
        return np.concatenate(self.shells[: radius + 1])


@dataclass(slots=True, kw_only=True)
class _Budget:
    """How many units the search may still step from."""

    left: int
    edges: int = 0
    is_spent: bool = False


def shortest_paths(ties: Ties, start: int, end: int, *, k: int, max_length: int, max_steps: int) -> Paths:
    """The first ``k`` simple paths.

    Args:
        ties: the multigraph; neither end may be blocked in it.
        start: unit that paths begin at.
        end: another unit.
        k: how many paths.
        max_length: links on a path at most, below 127.
        max_steps: stop after this many steps of the search, so that an answer never takes for ever.
    """
    size = len(ties.snapshot.entity_ids)
    there, back = (
        _Ball(ties=ties, stop=stop, distance=np.full(size, FAR, np.int8), shells=[np.array([own], np.int32)])
        for own, stop in ((start, end), (end, start))
    )
    there.distance[start] = back.distance[end] = 0
    budget = _Budget(left=max_steps)
    found: list[Path] = []
    for length in range(1, max_length + 1):
        while there.radius + back.radius < length:
            min(there, back, key=_Ball.cost).grow()
        if any(ball.radius == FAR and ball.distance[ball.stop] == FAR for ball in (there, back)):
            break
        if _shortest(there, back) > length:  # no walk of this length either
            continue
        layers = _layers(ties, there, back, length, budget)
        found += _in_order(ties, start, end, layers, k - len(found), budget)
        if len(found) >= k or budget.is_spent:
            break
    return Paths(
        paths=tuple(found),
        nodes=int(np.count_nonzero(np.minimum(there.distance, back.distance) < FAR)),
        edges=there.edges + back.edges + budget.edges,
        is_cut=budget.is_spent,
    )


def _shortest(there: _Ball, back: _Ball) -> int:
    """How many steps the shortest walk has that the two balls hold; more than any path has while they do not meet."""
    inside = np.concatenate(there.shells)
    return int((there.distance[inside].astype(np.int16) + back.distance[inside]).min())


def _layers(ties: Ties, there: _Ball, back: _Ball, length: int, budget: _Budget) -> list[Floats]:
    """For each place of a path the best confidence with which a walk of the right length goes on from a unit.

    Place 0 is the start and needs no entry; the last is the end. `NEVER`: no walk does.
    """
    start, end = int(there.shells[0][0]), int(back.shells[0][0])
    size = len(there.distance)
    layers = [np.zeros(0)] * length + [np.full(size, NEVER)]
    layers[length][end] = np.inf
    confidence = ties.snapshot.claims["confidence"]
    after = np.array([end], np.int32)
    may_pass = np.ones(size, bool)
    may_pass[[start, end]] = False
    if (inner := _inner(ties, there, back, length)) is not None:
        may_pass &= inner
    for place in range(length - 1, 0, -1):
        if len(after) == 0:
            layers[place] = np.full(size, NEVER)
            continue
        own = place if there.radius >= place else None
        inside = there.inside(min(place, len(there.shells) - 1)) if own is not None else None
        if inside is not None and ties.degree(inside) < ties.degree(after):
            steps = ties.steps(inside)
            near, far, rows = steps.far, steps.near, steps.rows
        else:
            steps = ties.steps(after)
            near, far, rows = steps.near, steps.far, steps.rows
        budget.edges += len(rows)
        kept = may_pass[far] & (layers[place + 1][near] > NEVER)
        if own is not None:
            kept &= there.distance[far] <= place
        near, far, rows = near[kept], far[kept], rows[kept]
        layers[place] = np.full(size, NEVER)
        np.maximum.at(layers[place], far, np.minimum(confidence[rows], layers[place + 1][near]))
        after = np.unique(far)
    return layers


def _inner(ties: Ties, there: _Ball, back: _Ball, length: int) -> npt.NDArray[np.bool_] | None:
    """Units that are no dead end: leaves are peeled off, one layer after another; None where that costs too much."""
    far = np.minimum(there.distance.astype(np.int16), there.radius + 1) + np.minimum(
        back.distance.astype(np.int16), back.radius + 1
    )
    region = np.flatnonzero(far <= length)
    if ties.degree(region) > PEELED:
        return None
    inner: npt.NDArray[np.bool_] = np.zeros(len(far), bool)
    inner[region] = True
    ends = [there.shells[0][0], back.shells[0][0]]
    steps = ties.steps(region)
    pairs = np.stack(np.divmod(np.unique(steps.near.astype(np.int64) * len(far) + steps.far), len(far)))
    while True:
        pairs = pairs[:, inner[pairs[0]] & inner[pairs[1]]]
        is_leaf = inner & (np.bincount(pairs[0], minlength=len(far)) < 2)
        is_leaf[ends] = False
        if not is_leaf.any():
            return inner
        inner &= ~is_leaf


@dataclass(order=True, slots=True)
class _Waiting:
    """A path begun: the best it can still become, then its units, decide what is looked at next."""

    promise: float
    units: tuple[int, ...]
    confidence: float = field(compare=False)
    siblings: Iterator[tuple[float, int, float]] = field(compare=False)


def _in_order(ties: Ties, start: int, end: int, layers: list[Floats], k: int, budget: _Budget) -> Iterator[Path]:
    """At most ``k`` simple paths of one length, in order, while the budget lasts."""
    length = len(layers) - 1
    waiting: list[_Waiting] = []

    def push(before: tuple[int, ...], siblings: Iterator[tuple[float, int, float]]) -> None:
        following = next(siblings, None)
        if following is not None:
            promise, unit, confidence = following
            heapq.heappush(waiting, _Waiting(-promise, (*before, unit), confidence, siblings))

    push((start,), _followers(ties, (start,), np.inf, layers, budget))
    while waiting and k > 0:
        first = heapq.heappop(waiting)
        push(first.units[:-1], first.siblings)
        if len(first.units) == length + 1:
            k -= 1
            yield Path(units=first.units, confidence=first.confidence)
            continue
        if budget.left <= 0:
            budget.is_spent = True
            return
        budget.left -= 1
        push(first.units, _followers(ties, first.units, first.confidence, layers, budget))


def _followers(
    ties: Ties, units: tuple[int, ...], confidence: float, layers: list[Floats], budget: _Budget
) -> Iterator[tuple[float, int, float]]:
    """Who may come next, the most promising first: (what it can become, unit, confidence so far)."""
    others, tie = ties.neighbours(units[-1])
    budget.edges += len(others)
    onward = layers[len(units)][others]
    kept: Rows = np.flatnonzero((onward > NEVER) & ~np.isin(others, units))
    so_far = np.minimum(tie[kept], confidence)
    promise = np.minimum(so_far, onward[kept])
    order = np.lexsort((others[kept], -promise))
    return zip(promise[order].tolist(), others[kept][order].tolist(), so_far[order].tolist(), strict=True)
