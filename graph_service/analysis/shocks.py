"""What stops if something is switched off: the exact yes/no kind (semantics.md, Weak points)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from graph_service.analysis.needs import Needs
from graph_service.snapshot.snapshot import Csr, Ints, Mask, Rows

NOT_STOPPED = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stopped:
    """Who stops.

    Attributes:
        round: for each entity the round in which it stops, 0 = switched off, -1 = goes on.
        need: for each stopped unit the need that fired, position in the needs; -1 = none, it was switched off.
    """

    round: Ints
    need: Ints

    @property
    def units(self) -> Ints:
        """Units that stop though they were not switched off, in the order of rounds."""
        found = np.flatnonzero(self.round > 0)
        return found[np.argsort(self.round[found], kind="stable")].astype(np.int32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fuse:
    """The needs that can stop their buyers, and the edges that keep them alive.

    Attributes:
        can_fire: for each need, whether it stops its buyer once all its edges are dead.
        need, supplier: of each edge; the first ``len(needs.edge_need)`` are those of the needs.
        link: the edge of the needs (a position in ``needs.edge_need``) that each stands for.
        by_supplier, by_need: edges by supplier and by need.
        alive: for each need, how many edges it has.
    """

    can_fire: Mask
    need: Ints
    supplier: Ints
    link: Ints
    by_supplier: Csr
    by_need: Csr
    alive: Ints


_KEPT: WeakKeyDictionary[Needs, dict[bool, Fuse]] = WeakKeyDictionary()


def fuse(needs: Needs, *, certain: bool) -> Fuse:
    """Which needs can fire for certain, or possibly; kept with the needs for the next question.

    A need is firing-capable if it has a visible link, is essential and complete (for *possibly*: is not stated to be
    neither), is not met by own production, and no group of its product counts more than its named suppliers. For
    *certain* a group or link without a product may be about this one and keeps it alive too.
    """
    kept = _KEPT.setdefault(needs, {})
    if certain not in kept:
        kept[certain] = _fuse(needs, certain=certain)
    return kept[certain]


def _fuse(needs: Needs, *, certain: bool) -> Fuse:
    can_fire = (needs.named > 0) & ~needs.is_made & (needs.group_min <= needs.named)
    need, link = needs.edge_need, np.arange(len(needs.edge_need), dtype=np.int32)
    if certain:
        can_fire &= (needs.essential == 1) & (needs.complete == 1) & (needs.group_min != 0)
        can_fire &= (needs.any_group_min <= needs.named) & (needs.any_group_min != 0)
        need, link = _with_loose_links(needs, can_fire)
    else:
        can_fire &= (needs.essential != 0) & (needs.complete != 0)
    supplier = needs.edge_supplier[link]
    return Fuse(
        can_fire=can_fire, need=need, supplier=supplier, link=link,
        by_supplier=Csr.group(supplier, len(needs.by_buyer.offsets) - 1), by_need=Csr.group(need, len(needs)),
        alive=np.bincount(need, minlength=len(needs)).astype(np.int32),
    )  # fmt: skip


def _with_loose_links(needs: Needs, can_fire: Mask) -> tuple[Ints, Ints]:
    """Needs and links of all edges: a link without a product is one of every firing-capable need of its buyer too."""
    loose = np.flatnonzero(needs.product[needs.edge_need] < 0)
    buyers = needs.buyer[needs.edge_need[loose]]
    lengths = np.diff(needs.by_buyer.offsets)[buyers]
    more_need = needs.by_buyer.of_all(buyers)
    more_link = np.repeat(loose, lengths)
    useful = can_fire[more_need] & (needs.product[more_need] >= 0)
    return (
        np.concatenate([needs.edge_need, more_need[useful]]).astype(np.int32),
        np.concatenate([np.arange(len(needs.edge_need)), more_link[useful]]).astype(np.int32),
    )


def stop(
    needs: Needs,
    own: Fuse,
    off: Iterable[int],
    dead_edges: Rows | None = None,
    *,
    within: Mask | None = None,
    until: int | None = None,
) -> Stopped:
    """The least fixpoint: who stops when these units are off and these edges are dead; a loop sustains itself.

    Args:
        needs: all needs.
        own: from `fuse`.
        off: positions of the units switched off.
        dead_edges: edges (positions in ``needs.edge_need``) that are switched off themselves.
        within: units of which the stop is looked for; all unless given.
        until: end with the round in which this unit stops.
    """
    size = len(needs.by_buyer.offsets) - 1
    rounds, fired = np.full(size, NOT_STOPPED, np.int32), np.full(size, -1, np.int32)
    frontier = np.unique(np.fromiter(off, np.int32))
    rounds[frontier] = 0
    alive = own.alive.copy()
    is_dead = np.zeros(len(own.need), bool)
    if dead_edges is not None:
        is_dead = np.isin(own.link, dead_edges)
    fresh = np.flatnonzero(is_dead)
    number = 0
    while len(frontier) or len(fresh):
        number += 1
        dying = own.by_supplier.of_all(frontier)  # each edge has one supplier, so it comes once
        dying = np.concatenate([fresh, dying[~is_dead[dying]]])
        is_dead[dying] = True
        touched = own.need[dying]
        np.subtract.at(alive, touched, 1)
        buyers = needs.buyer[touched]
        can = own.can_fire[touched] & (alive[touched] == 0) & (rounds[buyers] == NOT_STOPPED)
        if within is not None:
            can &= within[buyers]
        firing = -np.sort(-touched[can])
        fired[needs.buyer[firing]] = firing  # of several needs of a buyer the first has the last word
        rounds[needs.buyer[firing]] = number
        frontier = np.flatnonzero(rounds == number).astype(np.int32)
        fresh = fresh[:0]
        if until is not None and rounds[until] != NOT_STOPPED:
            break
    return Stopped(round=rounds, need=fired)


def derivation(needs: Needs, own: Fuse, stopped: Stopped, unit: int) -> list[int]:
    """The needs that fired on the way to a unit's stop, those nearest to the shock first."""
    waiting, seen = [unit], set()
    while waiting:
        need = int(stopped.need[waiting.pop()])
        if need >= 0 and need not in seen:
            seen.add(need)
            waiting += own.supplier[own.by_need.of(need)].tolist()
    return sorted(seen, key=lambda need: (int(stopped.round[needs.buyer[need]]), need))
