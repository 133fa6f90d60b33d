"""Which part of a need each supplier covers, as intervals (semantics.md, Shares and exposure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Intervals, Numbers
from graph_service.analysis.needs import Needs
from graph_service.snapshot.snapshot import Mask, Rows

SLACK = 1e-9
"""Shares are stated with few digits: sums may pass one by so much and agree."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shares:
    """Shares of the edges of some needs.

    Attributes:
        edge: positions in ``needs.edge_need``, ordered by need.
        need: position of each edge's need in ``needs_asked``.
        low, high: of the need, 0 to 1, tightened once.
        is_known: something is known about the share of the edge (else it is only bounded by the others').
        needs_asked: the needs.
        rest_low, rest_high: for each need, what unnamed suppliers and own production cover.
        contradicts: for each need, the stated shares cannot all be true, and nothing was tightened.
    """

    edge: npt.NDArray[np.int64]
    need: npt.NDArray[np.int64]
    low: Numbers
    high: Numbers
    is_known: Mask
    needs_asked: npt.NDArray[np.int64]
    rest_low: Numbers
    rest_high: Numbers
    contradicts: Mask


def find_shares(needs: Needs, asked: Rows | Sequence[int]) -> Shares:
    """Shares of all suppliers of the needs asked: stated, else value or quantity over the need, else unknown."""
    asked = np.asarray(asked, np.int64)
    edge = needs.by_need.of_all(asked).astype(np.int64)
    lengths = np.diff(needs.by_need.offsets)[asked]
    need = np.repeat(np.arange(len(asked)), lengths)
    low, high, is_known = stated_shares(needs, edge)
    is_closed = (needs.complete[asked] == 1) & ~needs.is_made[asked] & (needs.group_min[asked] < 0)
    rest_low, rest_high = np.zeros(len(asked)), np.where(is_closed, 0.0, 1.0)
    low, high, contradicts = tighten(need, low, high, rest_low, rest_high)
    return Shares(
        edge=edge, need=need, low=low, high=high, is_known=is_known, needs_asked=asked, rest_low=rest_low,
        rest_high=rest_high, contradicts=contradicts,
    )  # fmt: skip


def stated_shares(needs: Needs, edge: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers, Mask]:
    """Shares of edges as sources state them, 0 to 1 where they do not, and which ones they do."""
    links = needs.edge_link[edge]
    stated = Intervals(
        low=needs.links.buyer_share.low[links], high=needs.links.buyer_share.high[links], unit=np.empty(0, np.int32)
    )
    low, high = stated.low.copy(), stated.high.copy()
    for part, whole in ((needs.links.value, needs.value), (needs.links.quantity, needs.quantity)):
        ratio_low, ratio_high = _ratio(part, links, whole, needs.edge_need[edge])
        empty = np.isnan(low) & np.isnan(high)
        low[empty], high[empty] = ratio_low[empty], ratio_high[empty]
    is_known = ~(np.isnan(low) & np.isnan(high))
    low, high = np.clip(np.nan_to_num(low, nan=0.0), 0, 1), np.clip(np.nan_to_num(high, nan=1.0), 0, 1)
    return low, high, is_known


def _ratio(part: Intervals, links: Rows, whole: Intervals, needs: Rows) -> tuple[Numbers, Numbers]:
    """Part over whole where both are in one unit; nan on a side that is not bounded."""
    alike = (part.unit[links] >= 0) & (part.unit[links] == whole.unit[needs])
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = part.low[links] / whole.high[needs], part.high[links] / whole.low[needs]
    low = np.where(alike & np.isfinite(low), low, np.nan)
    high = np.where(alike & np.isfinite(high), high, np.nan)
    return np.minimum(low, 1.0), np.minimum(high, 1.0)


def tighten(
    need: npt.NDArray[np.int64], low: Numbers, high: Numbers, rest_low: Numbers, rest_high: Numbers
) -> tuple[Numbers, Numbers, Mask]:
    """Each bound against the sum of the others, once; not where they contradict each other (the third result)."""
    size = len(rest_low)
    lows, highs = np.bincount(need, low, size), np.bincount(need, high, size)
    contradicts = (lows > 1 + SLACK) | (highs + rest_high < 1 - SLACK)
    keep = contradicts[need]
    # The sums of the others, not a difference of sums, where one edge is alone: 1 − (h − h) is exactly 1.
    least = 1 - np.maximum(highs[need] - high, 0) - rest_high[need]
    most = 1 - np.maximum(lows[need] - low, 0) - rest_low[need]
    new_low = np.where(keep, low, np.maximum(low, least))
    new_high = np.where(keep, high, np.minimum(high, most))
    return new_low, np.maximum(new_high, new_low), contradicts
