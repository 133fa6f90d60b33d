"""Which part of a unit's sales ends in an export market, directly and through its customers (semantics.md, Exports)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from graph_service.analysis.exposure import Cone
from graph_service.analysis.link_columns import LinkColumns, Numbers, link_columns
from graph_service.analysis.parts import apart, with_what_lies_inside
from graph_service.analysis.shares import Shares, tighten
from graph_service.snapshot.snapshot import Ints, Mask, Rows, Snapshot

SALES = ("SUPPLIES", "EXPORTS_TO", "SELLS_TO")
"""How somebody may be said to sell: to a firm, abroad, into a region."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sales:
    """Where the sales of a unit and of its customers go.

    Attributes:
        cone: each unit as one need; an edge to a market has no supplier to go on from, so its place is -1.
        links: the links of the cone; the edges are positions in them.
    """

    cone: Cone
    links: LinkColumns


def find_sales(snapshot: Snapshot, mask: Mask, valid_at: date, start: int, tiers: int) -> Sales:
    """The sales links of all units within ``tiers`` − 1 steps downstream, and their shares.

    Shares that nobody states are value over revenue where both are in one currency, else 0 to 1; what is not known to
    be sold to anybody named ends nowhere. What is, or may be, a part of another figure of the seller is not counted
    twice: its lower bound is 0.
    """
    c = snapshot.claims
    counts, is_place = mask & snapshot.is_type(*SALES), snapshot.of_type("Country", "Region", "City")
    place = np.full(len(snapshot.entity_ids), -1, np.int64)
    units = frontier = np.array([start], np.int64)
    place[start] = 0
    found: list[Ints] = []
    for tier in range(tiers):
        rows = snapshot.by_from.of_all(frontier)
        found.append(rows[counts[rows]])
        fresh = np.unique(c["to"][found[-1]]).astype(np.int64)
        frontier = fresh[(place[fresh] < 0) & ~is_place[fresh]]
        if len(frontier) == 0 or tier == tiers - 1:
            break
        place[frontier] = len(units) + np.arange(len(frontier))
        units = np.concatenate([units, frontier])
    links = link_columns(snapshot, np.concatenate(found), valid_at)
    edge = np.flatnonzero(links.source != links.target)
    edge = edge[np.argsort(place[links.source[edge]], kind="stable")]
    seller, target = place[links.source[edge]], links.target[edge]
    one, nothing = np.ones(len(units)), np.zeros(len(units))
    low, high, is_known = _shares(snapshot, links, edge)
    low[_in_sales_to_a_place(snapshot, counts, links, edge, is_place)] = 0.0
    low[_told_twice(snapshot, links, edge, low)] = 0.0
    low, high, contradicts = tighten(seller, low, high, nothing, one)
    shares = Shares(
        edge=edge, need=seller, low=low, high=high, is_known=is_known, needs_asked=units, rest_low=nothing,
        rest_high=one, contradicts=contradicts,
    )  # fmt: skip
    cone = Cone(
        units=units, needs=units, shares=shares, buyer=np.arange(len(units)),
        supplier=np.where(is_place[target], -1, place[target]), weight_low=one, weight_high=one,
        is_priced=np.ones(len(units), bool),
    )  # fmt: skip
    return Sales(cone=cone, links=links)


def _shares(snapshot: Snapshot, links: LinkColumns, edge: Rows) -> tuple[Numbers, Numbers, Mask]:
    low, high = links.sales_share.low[edge].copy(), links.sales_share.high[edge].copy()
    sellers, units = links.source[edge].tolist(), links.value.unit[edge].tolist()
    revenue = np.array([_revenue(snapshot, *pair) for pair in zip(sellers, units, strict=True)], float)
    empty = np.isnan(low) & np.isnan(high)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(empty, links.value.low[edge] / revenue, low)
        high = np.where(empty, links.value.high[edge] / revenue, high)
    is_known = ~(np.isnan(low) & np.isnan(high))
    return np.clip(np.nan_to_num(low, nan=0.0), 0, 1), np.clip(np.nan_to_num(high, nan=1.0), 0, 1), is_known


def _in_sales_to_a_place(snapshot: Snapshot, counts: Mask, links: LinkColumns, edge: Rows, is_place: Mask) -> Mask:
    """Edges to whoever lies, or may lie, in a place that the seller is stated to sell to as well."""
    sellers, targets = links.source[edge].tolist(), links.target[edge].tolist()
    sold_to: dict[int, set[int]] = {}
    for seller, target in zip(sellers, targets, strict=True):
        if is_place[target]:
            sold_to.setdefault(seller, set()).add(target)
    return np.array(
        [
            _may_lie_in(
                snapshot, counts, target, sold_to.get(seller, set()) - {target}, is_place=bool(is_place[target])
            )
            for seller, target in zip(sellers, targets, strict=True)
        ],
        bool,
    )


def _may_lie_in(snapshot: Snapshot, counts: Mask, entity: int, places: set[int], *, is_place: bool) -> bool:
    around = snapshot.places.around
    lies_inside = bool(places & set(around(entity)))
    if is_place or not places or lies_inside:
        return lies_inside
    home = int(snapshot.homes[entity])
    if home >= 0:
        return any(home in around(place) for place in places)
    rows = snapshot.rows_from(entity, "EXPORTS_TO")  # nobody exports to where it is
    return bool(places - set(snapshot.claims["to"][rows[counts[rows]]].tolist()))


def _told_twice(snapshot: Snapshot, links: LinkColumns, edge: Rows, low: Numbers) -> Mask:
    """Of sales to one buyer those of a product, or of none named, that may hold or be a part of what counts."""
    ends: dict[tuple[int, int], list[int]] = {}
    for place, link in enumerate(edge.tolist()):
        ends.setdefault((int(links.source[link]), int(links.target[link])), []).append(place)
    found: Mask = np.zeros(len(edge), bool)
    for places in ends.values():
        if len(places) > 1:
            wholes = with_what_lies_inside(snapshot, links.product[edge[places]].tolist())
            found[places] = True
            found[[places[chosen] for chosen in apart(low[places].tolist(), wholes)]] = False
    return found


def _revenue(snapshot: Snapshot, seller: int, currency: int) -> float:
    """What the seller earns a year in this currency; nan where it is not known."""
    own = snapshot.attributes[seller] if currency >= 0 else {}
    revenue = own.get("revenue")
    is_known = isinstance(revenue, (int, float)) and own.get("currency") == snapshot.terms[currency]
    return float(revenue) if is_known and isinstance(revenue, (int, float)) else float("nan")
