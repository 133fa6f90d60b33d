"""Which missing fact would narrow the shares of a need most, and what sets each of its bounds (semantics.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph_service.analysis.link_columns import Numbers
from graph_service.analysis.needs import Needs
from graph_service.analysis.shares import SLACK, find_shares, stated_shares, tighten
from graph_service.snapshot.snapshot import Mask

Cause = Literal["stated", "own share", "others", "unnamed"]
MOST_SUPPLIERS = 50
"""Of a need with more suppliers of unknown share only the first so many are looked at as facts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OneNeed:
    """The shares of one need before and after they were tightened.

    Attributes:
        edges: positions of its edges.
        stated_low, stated_high: as sources state them; 0 to 1 where they do not.
        low, high: tightened.
        rest_low, rest_high: what unnamed parties cover.
        is_known: a source says something about the share.
        contradicts: the stated shares cannot all be true.
    """

    edges: tuple[int, ...]
    stated_low: Numbers
    stated_high: Numbers
    low: Numbers
    high: Numbers
    rest_low: float
    rest_high: float
    is_known: Mask
    contradicts: bool

    @property
    def width(self) -> float:
        """The sum of the widths of all shares."""
        return float((self.high - self.low).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact that is missing.

    Attributes:
        kind: the share of one supplier, or whether all suppliers are named.
        edge: position of the supplier's edge; -1 for completeness.
        at_least, at_most: how much of the width vanishes whatever the fact turns out to be, and at best. Not knowing
            whether the need is single-sourced counts as a width of 1.
    """

    kind: Literal["share", "complete"]
    edge: int
    at_least: float
    at_most: float


def one_need(needs: Needs, need: int) -> OneNeed:
    """The shares of one need."""
    found = find_shares(needs, [need])
    low, high, _ = stated_shares(needs, found.edge)
    return OneNeed(
        edges=tuple(found.edge.tolist()), stated_low=low, stated_high=high, low=found.low, high=found.high,
        rest_low=float(found.rest_low[0]), rest_high=float(found.rest_high[0]), is_known=found.is_known,
        contradicts=bool(found.contradicts[0]),
    )  # fmt: skip


def missing_facts(needs: Needs, need: int) -> list[Fact]:
    """The facts that would narrow a need's shares, those that narrow most for certain first."""
    if needs.named[need] == 0:
        return []
    own = one_need(needs, need)
    if own.contradicts:
        return []
    found = [fact for place in _open_shares(own) if (fact := _share(own, place)) is not None]
    if needs.complete[need] < 0 and not needs.is_made[need] and needs.named[need] > 0:
        found.append(_completeness(needs, need, own))
    return sorted(found, key=lambda fact: (-round(fact.at_least, 9), -round(fact.at_most, 9), fact.edge))


def widths_if(own: OneNeed, place: int, shares: Numbers) -> Numbers:
    """The width that is left once the share of one supplier is known, for each of these values of it.

    The more it has, the less is left for the others: from some value on the upper bound of another falls, and up to
    some value its lower bound rises. The width is a sum of such hinges, so that one sorting serves all values.
    """
    spare_high, spare_low = _spare(own, place)
    others = np.delete(own.stated_high - own.stated_low, place).sum()
    falls, frees = np.sort(spare_high), np.sort(spare_low)
    fallen = np.concatenate(([0.0], np.cumsum(falls)))
    freed = np.concatenate(([0.0], np.cumsum(frees)))
    below, above = np.searchsorted(falls, shares), np.searchsorted(frees, shares)
    fall = below * shares - fallen[below]
    free = freed[-1] - freed[above] - (len(frees) - above) * shares
    width: Numbers = others - fall - free
    return width


def _spare(own: OneNeed, place: int) -> tuple[Numbers, Numbers]:
    """For each other supplier: from which share of this one its upper bound falls, up to which its lower one rises."""
    lows, highs = np.delete(own.stated_low, place), np.delete(own.stated_high, place)
    return 1 - own.rest_low - (lows.sum() - lows) - highs, 1 - own.rest_high - (highs.sum() - highs) - lows


def causes(own: OneNeed, place: int) -> tuple[Cause, Cause]:
    """What sets the lower and the upper bound of one share.

    ``stated``: the claims of the link; ``own share``: nobody states the share, so it may be anything; ``others``: what
    the other suppliers at most (for the lower bound) or at least (for the upper one) cover; ``unnamed``: what unnamed
    suppliers may cover keeps the lower bound where it is.
    """
    known = bool(own.is_known[place])
    if own.low[place] > own.stated_low[place] + SLACK:
        lower: Cause = "others"
    elif known and (own.stated_low[place] > 0 or own.stated_high[place] <= 0):
        lower = "stated"
    else:
        lower = "unnamed" if own.rest_high > 0 else "own share"
    if own.high[place] < own.stated_high[place] - SLACK:
        upper: Cause = "others"
    else:
        says_high = own.stated_high[place] < 1 or own.stated_low[place] >= 1
        upper = "stated" if known and says_high else "own share"
    return lower, upper


def _open_shares(own: OneNeed) -> Iterator[int]:
    places = np.flatnonzero(own.high - own.low > SLACK)
    yield from places[np.argsort(-(own.high - own.low)[places], kind="stable")][:MOST_SUPPLIERS].tolist()


def _share(own: OneNeed, place: int) -> Fact | None:
    """The width left is concave in the share: least at an end of its interval, greatest at an end or a kink."""
    first, last = float(own.low[place]), float(own.high[place])
    kinks = np.concatenate(_spare(own, place))
    inner = kinks[(kinks > first) & (kinks < last)]
    left = widths_if(own, place, np.concatenate(([first, last], inner)))
    at_least, at_most = own.width - float(left.max()), own.width - float(left.min())
    if at_most <= SLACK:
        return None
    return Fact(kind="share", edge=own.edges[place], at_least=max(at_least, 0.0), at_most=at_most)


def _completeness(needs: Needs, need: int, own: OneNeed) -> Fact:
    """If all are named nothing is left for others; if not, nothing changes but the word *single-sourced*."""
    left = _width(own.stated_low, own.stated_high, 0.0, 0.0)
    is_open = 1.0 if needs.named[need] == 1 and needs.group_min[need] < 2 else 0.0
    return Fact(kind="complete", edge=-1, at_least=is_open, at_most=is_open + max(own.width - left, 0.0))


def _width(low: Numbers, high: Numbers, rest_low: float, rest_high: float) -> float:
    one = np.zeros(len(low), np.int64)
    low, high, _ = tighten(one, low, high, np.array([rest_low]), np.array([rest_high]))
    return float((high - low).sum())
