"""What several amounts come to, and which part of their sum each is, where they are known only so far."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from graph_service.analysis.link_columns import Numbers
from graph_service.snapshot.filters import products_inside
from graph_service.snapshot.snapshot import Snapshot


def parts_of_sum(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Least and greatest part of the sum that each amount may be, 0 to 1.

    Args:
        low: least amounts, 0 or more, in one unit.
        high: greatest amounts; inf = not bounded.
    """
    others_low = low.sum() - low
    unbounded = np.isinf(high)
    finite = np.where(unbounded, 0.0, high)
    others_high = np.where(unbounded.sum() - unbounded > 0, np.inf, finite.sum() - finite)
    return _part(low, others_high, nothing=0.0), _part(high, others_low, nothing=1.0)


def _part(own: Numbers, others: Numbers, *, nothing: float) -> Numbers:
    """The part of each in itself and the others; where all are nothing, or both unbounded, that is not known."""
    found = np.full(len(own), nothing)
    np.divide(own, own + others, out=found, where=np.isfinite(own) & (own + others > 0))
    clipped: Numbers = np.clip(found, 0.0, 1.0)
    return clipped


def least_together(low: Sequence[float], wholes: Sequence[Set[int] | None]) -> float:
    """The least that amounts come to of which one may be a part of another.

    Args:
        low: least amounts, 0 or more, in one unit.
        wholes: what each is an amount of, with all that lies inside; None = of anything.
    """
    return sum(low[place] for place in apart(low, wholes))


def apart(low: Sequence[float], wholes: Sequence[Set[int] | None]) -> list[int]:
    """Which amounts may be added up, as none of them is a part of another: those that are found to come to most.

    Tried are the narrowest first, the widest first, and the greatest alone.
    """
    order = sorted(range(len(low)), key=lambda place: len(wholes[place] or ()))
    tried = [_disjoint(order, wholes), _disjoint(order[::-1], wholes), [max(order, key=lambda place: low[place])]]
    return max(tried, key=lambda places: sum(low[place] for place in places))


def _disjoint(order: Sequence[int], wholes: Sequence[Set[int] | None]) -> list[int]:
    chosen: list[int] = []
    taken: set[int] = set()
    for place in order:
        own = wholes[place]
        if own is not None and taken.isdisjoint(own):
            chosen.append(place)
            taken |= own
    return chosen


def with_what_lies_inside(snapshot: Snapshot, products: Sequence[int]) -> list[Set[int] | None]:
    """Each product with those of the others that lie inside it by their codes; None for -1, no product."""
    nothing: frozenset[str] = frozenset()
    named = [product for product in products if product >= 0]
    return [
        products_inside(snapshot, frozenset({product}), nothing, nothing, among=named) if product >= 0 else None
        for product in products
    ]
