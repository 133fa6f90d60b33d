"""How far a set of units supplies itself (semantics.md, Cooperation): by number of needs, and by value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Numbers
from graph_service.analysis.needs import Needs
from graph_service.analysis.shares import find_shares
from graph_service.snapshot.snapshot import Mask


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sufficiency:
    """The needs of a set of units.

    Attributes:
        needs: positions of the needs of its members.
        is_met: whether a member is named as supplier, or the buyer makes it itself.
        low, high: of each need the part that members supply, 0 to 1; unnamed suppliers may be members or not.
    """

    needs: npt.NDArray[np.int64]
    is_met: Mask
    low: Numbers
    high: Numbers


def sufficiency(needs: Needs, members: Mask) -> Sufficiency:
    """What members need and how much of it they supply to each other.

    Args:
        needs: all needs of the graph.
        members: which entities are in the set.
    """
    own = np.flatnonzero(members[needs.buyer])
    shares = find_shares(needs, own)
    local = members[needs.edge_supplier[shares.edge]]
    size = len(own)
    is_met = (np.bincount(shares.need[local], minlength=size) > 0) | needs.is_made[own]

    def sums(part: Numbers, where: Mask) -> Numbers:
        return np.asarray(np.bincount(shares.need[where], part[where], size), float)

    low = np.maximum(sums(shares.low, local), 1 - sums(shares.high, ~local) - shares.rest_high)
    # Own production is in the rest, as unnamed suppliers are.
    high = np.minimum(sums(shares.high, local) + shares.rest_high, 1 - sums(shares.low, ~local))
    low = np.clip(low, 0.0, 1.0)
    return Sufficiency(needs=own, is_met=is_met, low=low, high=np.clip(high, low, 1.0))


def mean_bounds(low: Numbers, high: Numbers, least: Numbers, most: Numbers) -> tuple[float, float]:
    """Bounds of a mean of intervals whose weights are intervals too: at an end, weights are at theirs.

    Args:
        low: lower bound of each value, one or more.
        high: upper bound of each.
        least: lower bound of each weight.
        most: upper bound of each, one of them above zero.
    """
    return _least_mean(low, least, most), -_least_mean(-high, least, most)


def _least_mean(values: Numbers, least: Numbers, most: Numbers) -> float:
    """The smallest mean: the smallest values weigh most, the others least; the best place to change is tried out."""
    order = np.argsort(values, kind="stable")
    values, least, most = values[order], least[order], most[order]
    heavy, light = np.concatenate(([0.0], np.cumsum(most))), np.concatenate(([0.0], np.cumsum(least)))
    heavy_sum, light_sum = (
        np.concatenate(([0.0], np.cumsum(most * values))),
        np.concatenate(([0.0], np.cumsum(least * values))),
    )
    weight = heavy + light[-1] - light
    total = heavy_sum + light_sum[-1] - light_sum
    return float(np.min(total[weight > 0] / weight[weight > 0]))
