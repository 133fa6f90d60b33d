"""The Herfindahl-Hirschman index with bounds where shares or parties are not known (semantics.md, HHI)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Numbers

EXACT_PARTIES = 20
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """Bounds of the sum of squared shares; ``is_approximate``: sound, but the upper one may be too high."""

    low: float
    high: float
    is_approximate: bool


def hhi(low: Numbers, high: Numbers, rest: tuple[float, float], *, rest_may_join: bool) -> Concentration | None:
    """Bounds of Σ s² over all shares within their intervals that sum to one with the unnamed rest.

    Args:
        low: least share of each named party, 0 to 1.
        high: greatest share of each.
        rest: the least and greatest share of all unnamed parties together.
        rest_may_join: an unnamed party may sit inside a named one (by region, country or product, not by supplier).

    Returns:
        None where no shares within the intervals sum to one.
    """
    if low.sum() + rest[0] > 1 + _SLACK or high.sum() + rest[1] < 1 - _SLACK:
        return None
    # The unnamed rest is one more share: as one party it adds R² at most, as ever more parties as good as nothing.
    lows, highs = np.append(low, rest[0]), np.append(high, rest[1])
    least = _least(low, high, rest[1])
    best, is_approximate = 0.0, False
    for joined in _joined(lows, highs) if rest_may_join and rest[1] > 0 and len(low) else [(lows, highs)]:
        most, approximate = _most(*joined)
        best, is_approximate = max(best, most), is_approximate or approximate
    return Concentration(low=least, high=max(best, least), is_approximate=is_approximate)


def _joined(lows: Numbers, highs: Numbers) -> list[tuple[Numbers, Numbers]]:
    """The rest inside each of the named parties in turn, or by itself."""
    found = [(lows, highs)]
    for party in range(len(lows) - 1):
        low, high = lows[:-1].copy(), highs[:-1].copy()
        low[party] += lows[-1]
        high[party] += highs[-1]
        found.append((low, high))
    return found


def _least(low: Numbers, high: Numbers, rest: float) -> float:
    """The least Σ s²: the rest takes all it can, the others stand at one level wherever their bounds let them."""
    goal = min(max(1 - rest, float(low.sum())), float(high.sum()))
    below, above = 0.0, 1.0
    for _ in range(80):  # bisection on the level
        level = (below + above) / 2
        below, above = (level, above) if np.clip(level, low, high).sum() < goal else (below, level)
    return float((np.clip(above, low, high) ** 2).sum())


def _most(low: Numbers, high: Numbers) -> tuple[float, bool]:
    """The greatest Σ s²: at a vertex, where all but one share are at a bound; above 20 a linear relaxation."""
    open_ones = np.flatnonzero(high - low > _SLACK)
    fixed = float((np.delete(low, open_ones) ** 2).sum())
    budget = 1 - float(np.delete(low, open_ones).sum())
    low, high = low[open_ones], high[open_ones]
    if len(open_ones) > EXACT_PARTIES:
        return fixed + _chord(low, high, budget), True
    best = 0.0 if len(low) else fixed
    for party in range(len(low)):
        sums, squares = _corners(np.delete(low, party), np.delete(high, party))
        share = budget - sums
        fits = (share >= low[party] - _SLACK) & (share <= high[party] + _SLACK)
        if fits.any():
            best = max(best, fixed + float((squares[fits] + share[fits] ** 2).max()))
    return min(best, 1.0), False


def _corners(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Σ s and Σ s² of every choice of a bound for each share."""
    sums: npt.NDArray[np.float64] = np.zeros(1)
    squares: npt.NDArray[np.float64] = np.zeros(1)
    for least, most in zip(low.tolist(), high.tolist(), strict=True):
        sums = np.concatenate([sums + least, sums + most])
        squares = np.concatenate([squares + least**2, squares + most**2])
    return sums, squares


def _chord(low: Numbers, high: Numbers, budget: float) -> float:
    """An upper bound: s² lies under the chord of its interval, and a linear sum is greatest by greedy choice."""
    left = max(budget - float(low.sum()), 0.0)
    total = float((low**2).sum())
    for party in np.argsort(-(low + high), kind="stable").tolist():
        step = min(left, float(high[party] - low[party]))
        total += step * float(low[party] + high[party])
        left -= step
    return min(total, 1.0)
