"""All links at once, in columns: the same values as ``links``, for questions that walk the whole network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from graph_service.domain.clocks import months_before
from graph_service.domain.schema import STATUSES
from graph_service.snapshot.snapshot import NO_END, Ints, Mask, Rows, Snapshot, to_days

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Intervals:
    """One interval each; nan = not bounded on that side; ``unit`` is a term code, -1 where nothing is known."""

    low: Numbers
    high: Numbers
    unit: Ints

    @property
    def is_known(self) -> Mask:
        """Where a bound is known."""
        known: Mask = ~(np.isnan(self.low) & np.isnan(self.high))
        return known


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinkColumns:
    """Links ordered by source, target and product.

    Attributes:
        source, target, product: entity positions; product -1: not stated.
        rows: the claims of all links, those of link n at ``offsets[n]:offsets[n + 1]``, the chosen one first.
        status: position in ``STATUSES``.
        value, quantity: per year.
        buyer_share, sales_share: stated, 0 to 1.
    """

    source: Ints
    target: Ints
    product: Ints
    rows: Ints
    offsets: npt.NDArray[np.int64]
    status: npt.NDArray[np.int8]
    value: Intervals
    quantity: Intervals
    buyer_share: Intervals
    sales_share: Intervals

    def __len__(self) -> int:
        return len(self.source)

    def rows_of(self, link: int) -> list[int]:
        """The claims of one link, the chosen one first."""
        own: list[int] = self.rows[self.offsets[link] : self.offsets[link + 1]].tolist()
        return own


def link_columns(snapshot: Snapshot, rows: Rows, valid_at: date) -> LinkColumns:
    """Group visible claims of one type, or of all sales, into links; values by the rules of semantics.md, Links."""
    c = snapshot.claims
    order = np.lexsort((c["choice"][rows], c["product"][rows], c["to"][rows], c["from"][rows]))
    rows = rows.astype(np.int32)[order]
    keys = np.stack([np.asarray(c[name][rows]) for name in ("from", "to", "product")])
    is_first = np.ones(len(rows), bool)
    is_first[1:] = np.any(keys[:, 1:] != keys[:, :-1], axis=0)
    starts = np.flatnonzero(is_first)
    link = np.cumsum(is_first) - 1
    size = len(starts)
    statuses = snapshot.status_places(rows)
    status = np.full(size, len(STATUSES) - 1, np.int8)
    np.minimum.at(status, link, statuses)
    counts = statuses == status[link]
    is_delivery = np.asarray(c["basis"][rows] == snapshot.code("delivery"))
    recent = counts & is_delivery & _one_report_each(snapshot, rows, link) & _within_a_year(snapshot, rows, valid_at)
    has_recent = np.zeros(size, bool)
    has_recent[link[recent]] = True
    rates = counts & ~is_delivery
    return LinkColumns(
        source=keys[0, starts].astype(np.int32),
        target=keys[1, starts].astype(np.int32),
        product=keys[2, starts].astype(np.int32),
        rows=rows,
        offsets=np.append(starts, len(rows)).astype(np.int64),
        status=status,
        value=_amounts(snapshot, rows, link, ("value", "currency"), recent, rates, has_recent),
        quantity=_amounts(snapshot, rows, link, ("quantity", "base_unit"), recent, rates, has_recent),
        buyer_share=chosen_shares(snapshot, rows[counts], link[counts], size, "buyer_share"),
        sales_share=chosen_shares(snapshot, rows[counts], link[counts], size, "sales_share"),
    )


def chosen_shares(snapshot: Snapshot, rows: Rows, keys: npt.NDArray[np.int64], size: int, name: str) -> Intervals:
    """The share of the first claim of each key that states one, rows being in the order of choice within a key."""
    c = snapshot.claims
    low, high = np.asarray(c[f"{name}_min"][rows], float), np.asarray(c[f"{name}_max"][rows], float)
    found = _nothing(size)
    stated = np.flatnonzero(~(np.isnan(low) & np.isnan(high)))
    own, first = np.unique(keys[stated], return_index=True)
    chosen = stated[first]
    found.low[own] = np.nan_to_num(low[chosen], nan=0.0)
    found.high[own] = np.nan_to_num(high[chosen], nan=1.0)
    return found


def chosen_rates(
    snapshot: Snapshot, rows: Rows, keys: npt.NDArray[np.int64], size: int, name: str, unit: str
) -> Intervals:
    """The amount per year of the first claim of each key that states one, rows in the order of choice within a key."""
    c = snapshot.claims
    low, high = (np.asarray(c[f"{name}_per_year_{end}"][rows], float) for end in ("min", "max"))
    raw_low, raw_high = (np.asarray(c[f"{name}_{end}"][rows], float) for end in ("min", "max"))
    found = _nothing(size)
    # A claim that states an amount of unknown period is chosen too, and then nothing is known per year.
    stated = np.flatnonzero(~(np.isnan(low) & np.isnan(high) & np.isnan(raw_low) & np.isnan(raw_high)))
    own, first = np.unique(keys[stated], return_index=True)
    chosen = stated[first]
    found.low[own], found.high[own] = low[chosen], high[chosen]
    found.unit[own] = np.where(found.is_known[own], np.asarray(c[unit][rows], np.int32)[chosen], -1)
    return found


def _amounts(
    snapshot: Snapshot, rows: Rows, link: npt.NDArray[np.int64], names: tuple[str, str],
    recent: Mask, rates: Mask, has_recent: Mask,
) -> Intervals:  # fmt: skip
    """The deliveries of the last year where there are any, else the chosen rate."""
    name, unit = names
    found = chosen_rates(snapshot, rows[rates], link[rates], len(has_recent), name, unit)
    found.low[has_recent] = found.high[has_recent] = np.nan
    found.unit[has_recent] = -1
    c = snapshot.claims
    suffix = "" if name == "value" else "_per_year"
    own, keys = rows[recent], link[recent]
    low, high = (np.asarray(c[f"{name}{suffix}_{end}"][own], float) for end in ("min", "max"))
    units = np.asarray(c[unit][own], np.int32)
    stated = ~(np.isnan(low) & np.isnan(high))
    is_open = np.zeros(len(has_recent), bool)  # the sum has no upper end while an amount is not known
    is_open[keys[~stated]] = True
    low, high, units, keys = low[stated], high[stated], units[stated], keys[stated]
    smallest = np.full(len(has_recent), np.iinfo(np.int32).max, np.int32)
    largest = np.full(len(has_recent), -1, np.int32)
    np.minimum.at(smallest, keys, units)
    np.maximum.at(largest, keys, units)
    alike = np.zeros(len(has_recent), bool)
    alike[keys] = True
    alike &= smallest == largest  # unlike amounts are not summed
    least, most = np.bincount(keys, np.nan_to_num(low), len(has_recent)), np.bincount(keys, high, len(has_recent))
    most = np.where(is_open, np.nan, most)
    found.low[alike], found.high[alike], found.unit[alike] = least[alike], most[alike], smallest[alike]
    return found


def _one_report_each(snapshot: Snapshot, rows: Rows, link: npt.NDArray[np.int64]) -> Mask:
    """False for every further report (the same record) of one delivery."""
    first = np.ones(len(rows), bool)
    several = np.bincount(link)[link] > 1 if len(rows) else first
    own = np.flatnonzero(several)
    if len(own) == 0:
        return first
    records = snapshot.texts["record"]
    frame = pl.DataFrame(
        {"link": link[own], "record": pl.Series([records.get(row) for row in rows[own].tolist()], dtype=pl.String)}
    )
    repeated = frame["record"].is_not_null() & ~frame.select(pl.struct("link", "record").is_first_distinct())["link"]
    first[own[repeated.to_numpy()]] = False
    return first


def _within_a_year(snapshot: Snapshot, rows: Rows, valid_at: date) -> Mask:
    end = np.asarray(snapshot.claims["period_to"][rows], np.int64)
    first, last = to_days(months_before(valid_at, 12)), to_days(valid_at)
    within: Mask = (end != NO_END) & (end - 1 > first) & (end - 1 <= last)
    return within


def _nothing(size: int) -> Intervals:
    return Intervals(low=np.full(size, np.nan), high=np.full(size, np.nan), unit=np.full(size, -1, np.int32))
