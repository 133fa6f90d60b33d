"""What flows into, out of and within a set of units, by the place of the other side (semantics.md, Flows)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import LinkColumns
from graph_service.analysis.links import Amount
from graph_service.snapshot.snapshot import Ints, Mask, Snapshot

Direction = Literal["inside", "out", "in"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flow:
    """The links of one direction with one place.

    Attributes:
        direction: out = the set supplies, in = it is supplied, inside = both ends are in it.
        place: entity position; -1: not known.
        links: positions in the link columns.
    """

    direction: Direction
    place: int
    links: npt.NDArray[np.int64]


def flows(found: LinkColumns, inside: Mask, places: Ints) -> list[Flow]:
    """All flows of a set.

    Args:
        found: the links; those of somebody with itself are no flow.
        inside: which entities are in the set.
        places: the place of each entity; -1: not known.
    """
    supplies, is_supplied = inside[found.source], inside[found.target]
    foreign = found.source != found.target
    return [
        *_by_place("inside", np.flatnonzero(supplies & is_supplied & foreign), None),
        *_by_place("out", np.flatnonzero(supplies & ~is_supplied), places[found.target]),
        *_by_place("in", np.flatnonzero(~supplies & is_supplied), places[found.source]),
    ]


def _by_place(direction: Direction, links: npt.NDArray[np.int64], places: Ints | None) -> Iterator[Flow]:
    if len(links) == 0:
        return
    own = np.full(len(links), -1, np.int32) if places is None else places[links]
    order = np.argsort(own, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], np.diff(own[order]) != 0)))
    for part in np.split(order, starts[1:]):
        yield Flow(direction=direction, place=int(own[part[0]]), links=links[part])


def total_values(snapshot: Snapshot, found: LinkColumns, links: npt.NDArray[np.int64]) -> tuple[list[Amount], int]:
    """What links are worth a year, by currency, and of how many the value is known.

    Currencies are not converted. The upper end of a sum is only known if the value of every link is: one without a
    value may be worth anything in any currency.
    """
    value = found.value
    known = links[value.is_known[links]]
    sums = []
    for unit in np.unique(value.unit[known]).tolist():
        own = known[value.unit[known] == unit]
        high = float(value.high[own].sum()) if len(known) == len(links) else np.nan
        amount = Amount(
            low=float(np.nan_to_num(value.low[own]).sum()), high=None if np.isnan(high) else high,
            unit=snapshot.terms[unit] if unit >= 0 else None, per_year=True,
        )  # fmt: skip
        sums.append(amount)
    return sums, len(known)


def most_linked(keys: Ints, links: npt.NDArray[np.int64]) -> list[int]:
    """The values of ``keys`` at these links, that of most links first, then by position; -1 left out."""
    own, counts = np.unique(keys[links], return_counts=True)
    return [key for key in own[np.lexsort((own, -counts))].tolist() if key >= 0]
