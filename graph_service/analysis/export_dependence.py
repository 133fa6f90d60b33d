"""Which part of a unit's sales ends in an export market, directly and through its customers (semantics.md, Exports)."""

from __future__ import annotations

from datetime import date

import numpy as np

from graph_service.analysis.exposure import Cone
from graph_service.analysis.link_columns import LinkColumns, Numbers, link_columns
from graph_service.analysis.shares import Shares, tighten
from graph_service.snapshot.snapshot import Csr, Mask, Snapshot

_SALES = ("SUPPLIES", "EXPORTS_TO", "SELLS_TO")


class Sales:
    """All sales links of the graph, grouped by seller.

    Args:
        snapshot: the graph.
        mask: the claims that count.
        valid_at: the day of the links' values.
    """

    def __init__(self, snapshot: Snapshot, mask: Mask, valid_at: date) -> None:
        self.snapshot = snapshot
        rows = np.flatnonzero(mask & snapshot.is_type(*_SALES))
        self.links: LinkColumns = link_columns(snapshot, rows, valid_at)
        self.by_seller = Csr.group(self.links.source, len(snapshot.entity_ids))
        self._is_place = snapshot.of_type("Country", "Region", "City")

    def cone(self, start: int, tiers: int) -> Cone:
        """Units within ``tiers`` − 1 steps downstream, as one need each: where its sales go.

        An edge to a market has no supplier to go on from. Shares that nobody states are value over revenue where both
        are in one currency, else 0 to 1; what is not known to be sold to anybody named ends nowhere.
        """
        place = np.full(len(self.snapshot.entity_ids), -1, np.int64)
        units = frontier = np.array([start], np.int64)
        place[start] = 0
        for _ in range(tiers - 1):
            fresh = np.unique(self.links.target[self.by_seller.of_all(frontier)]).astype(np.int64)
            frontier = fresh[(place[fresh] < 0) & ~self._is_place[fresh]]
            if len(frontier) == 0:
                break
            place[frontier] = len(units) + np.arange(len(frontier))
            units = np.concatenate([units, frontier])
        edges = self.by_seller.of_all(units).astype(np.int64)
        seller = np.repeat(np.arange(len(units)), np.diff(self.by_seller.offsets)[units])
        own = edges[self.links.target[edges] != units[seller]]
        seller = seller[self.links.target[edges] != units[seller]]
        low, high, is_known = self._shares(own)
        one, nothing = np.ones(len(units)), np.zeros(len(units))
        low, high, contradicts = tighten(seller, low, high, nothing, one)
        shares = Shares(
            edge=own, need=seller, low=low, high=high, is_known=is_known, needs_asked=units, rest_low=nothing,
            rest_high=one, contradicts=contradicts,
        )  # fmt: skip
        target = self.links.target[own]
        return Cone(
            units=units, needs=units, shares=shares, buyer=np.arange(len(units)),
            supplier=np.where(self._is_place[target], -1, place[target]), weight_low=one, weight_high=one,
            is_priced=np.ones(len(units), bool),
        )  # fmt: skip

    def _shares(self, links: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[Numbers, Numbers, Mask]:
        found = self.links
        low, high = found.sales_share.low[links].copy(), found.sales_share.high[links].copy()
        revenue = np.array([self._revenue(int(seller), int(unit)) for seller, unit in zip(
            found.source[links], found.value.unit[links], strict=True)], float)  # fmt: skip
        empty = np.isnan(low) & np.isnan(high)
        with np.errstate(divide="ignore", invalid="ignore"):
            low = np.where(empty, found.value.low[links] / revenue, low)
            high = np.where(empty, found.value.high[links] / revenue, high)
        is_known = ~(np.isnan(low) & np.isnan(high))
        return np.clip(np.nan_to_num(low, nan=0.0), 0, 1), np.clip(np.nan_to_num(high, nan=1.0), 0, 1), is_known

    def _revenue(self, seller: int, currency: int) -> float:
        """What the seller earns a year in this currency; nan where it is not known."""
        own = self.snapshot.attributes[seller]
        revenue = own.get("revenue")
        if (
            currency < 0
            or not isinstance(revenue, (int, float))
            or own.get("currency") != self.snapshot.terms[currency]
        ):
            return float("nan")
        return float(revenue)
