"""What several amounts come to, and which part of their sum each is, where they are known only so far."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from graph_service.analysis.link_columns import Numbers


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


def least_together(low: Sequence[float], products: Sequence[Set[int] | None]) -> float:
    """The least that amounts come to of which one may be a part of another.

    Args:
        low: least amounts, 0 or more, in one unit.
        products: what each is an amount of, with all that lies inside; None = of anything.
    """
    counted: list[Set[int]] = []
    total = 0.0
    for own, amount in sorted(zip(products, low, strict=True), key=lambda pair: len(pair[0] or ())):
        if own is not None and all(own.isdisjoint(other) for other in counted):
            counted.append(own)
            total += amount
    return max(total, *low)
