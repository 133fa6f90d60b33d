"""Links: what holds now between two parties about one product, derived from claims (semantics.md, Links)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

import numpy as np

from graph_service.analysis.contradictions import contradicts
from graph_service.domain.clocks import months_before
from graph_service.snapshot.snapshot import NO_END, NO_START, Ints, Snapshot, to_date, to_days

_SHARES = ("buyer_share", "sales_share", "share")
_OF_ONE = (
    "from", "to", "product", "status", "basis", "review", "last_seen", "valid_from", "valid_to",
    *(f"{name}_{end}" for name in _SHARES for end in ("min", "max")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An interval in one unit or currency; None = not bounded on that side."""

    low: float | None
    high: float | None
    unit: str | None
    per_year: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The claims with the same subject, type, object and product, and what follows from them.

    Attributes:
        source, target, product: entity positions; -1: no product stated.
        rows: the claims, chosen first.
        status: actual if any claim is, else planned, else cancelled; only claims of that status give values.
        basis: delivery if the value is a sum of deliveries, else rate.
        value, quantity: per year; None if unknown.
        buyer_share, sales_share, share: stated shares 0 to 1; None if unknown.
        last_seen: when any claim of the link was last seen.
        witnesses: distinct documents that are not reprints.
        is_disputed: a person disputes a claim of it.
        rivals: claims whose stated value or share is disjoint from the chosen one's.
    """

    source: int
    target: int
    product: int
    rows: tuple[int, ...]
    status: str
    basis: str
    value: Amount | None
    quantity: Amount | None
    buyer_share: tuple[float, float] | None
    sales_share: tuple[float, float] | None
    share: tuple[float, float] | None
    last_seen: date | None
    witnesses: int
    is_disputed: bool
    is_undated: bool
    rivals: tuple[int, ...]


def links(snapshot: Snapshot, rows: Ints | Sequence[int], valid_at: date) -> list[Link]:
    """Group visible claims into links, ordered by subject, object and product."""
    rows = np.asarray(rows, dtype=np.int64)
    keys: dict[tuple[int, ...], list[int]] = {}
    own_keys = zip(*(snapshot.claims[name][rows].tolist() for name in ("from", "to", "product", "type")), strict=True)
    for row, key in zip(rows.tolist(), own_keys, strict=True):
        keys.setdefault(key, []).append(row)
    groups = [found for _, found in sorted(keys.items())]
    alone = iter(_links_of_one(snapshot, [found[0] for found in groups if len(found) == 1], valid_at))
    return [next(alone) if len(found) == 1 else link(snapshot, found, valid_at) for found in groups]


def link(snapshot: Snapshot, rows: list[int], valid_at: date) -> Link:
    """One link from its claims."""
    if len(rows) == 1:
        return _links_of_one(snapshot, rows, valid_at)[0]
    c = snapshot.claims
    ordered = sorted(rows, key=lambda row: int(c["choice"][row]))
    statuses = [snapshot.term("status", row) for row in ordered]
    status = next((s for s in ("actual", "planned", "cancelled") if s in statuses), "actual")
    same = [row for row, s in zip(ordered, statuses, strict=True) if s == status]
    deliveries = [row for row in _one_report_each(snapshot, same) if snapshot.term("basis", row) == "delivery"]
    rates = [row for row in same if snapshot.term("basis", row) != "delivery"]
    recent = [row for row in deliveries if _ended_within_a_year(snapshot, row, valid_at)]
    value_rows = recent or rates
    last = int(c["last_seen"][ordered].max())
    first = ordered[0]
    return Link(
        source=int(c["from"][first]),
        target=int(c["to"][first]),
        product=int(c["product"][first]),
        rows=tuple(ordered),
        status=status,
        basis="delivery" if recent or (deliveries and not rates) else "rate",
        value=_sum(snapshot, recent, "value", "currency") if recent else chosen_amount(snapshot, rates, "value"),
        quantity=_sum(snapshot, recent, "quantity", "base_unit")
        if recent
        else chosen_amount(snapshot, rates, "quantity"),
        buyer_share=chosen_share(snapshot, same, "buyer_share"),
        sales_share=chosen_share(snapshot, same, "sales_share"),
        share=chosen_share(snapshot, same, "share"),
        last_seen=to_date(last),
        witnesses=witnesses(snapshot, ordered),
        is_disputed=any(snapshot.term("review", row) == "disputed" for row in ordered),
        is_undated=all(c["valid_from"][row] == NO_START and c["valid_to"][row] == NO_END for row in ordered),
        rivals=tuple(rival for rival in _rivals(snapshot, value_rows)),
    )


def _links_of_one(snapshot: Snapshot, rows: list[int], valid_at: date) -> list[Link]:
    """As `link`, for many: most links rest on one claim, and then there is nothing to choose, add up or compare."""
    c, terms = snapshot.claims, snapshot.terms
    cells = {name: c[name][rows].tolist() for name in _OF_ONE}
    shares = {name: _intervals(cells[f"{name}_min"], cells[f"{name}_max"]) for name in _SHARES}
    delivery, disputed = snapshot.code("delivery"), snapshot.code("disputed")
    found = []
    for at, row in enumerate(rows):
        is_delivery, own = cells["basis"][at] == delivery, [row]
        value = quantity = None
        if not is_delivery:
            value, quantity = chosen_amount(snapshot, own, "value"), chosen_amount(snapshot, own, "quantity")
        elif _ended_within_a_year(snapshot, row, valid_at):
            value, quantity = _sum(snapshot, own, "value", "currency"), _sum(snapshot, own, "quantity", "base_unit")
        status = cells["status"][at]
        found.append(
            Link(
                source=cells["from"][at], target=cells["to"][at], product=cells["product"][at], rows=(row,),
                status="actual" if status < 0 else terms[status], basis="delivery" if is_delivery else "rate",
                value=value, quantity=quantity, buyer_share=shares["buyer_share"][at],
                sales_share=shares["sales_share"][at], share=shares["share"][at],
                last_seen=to_date(cells["last_seen"][at]), witnesses=1,
                is_disputed=cells["review"][at] == disputed,
                is_undated=cells["valid_from"][at] == NO_START and cells["valid_to"][at] == NO_END, rivals=(),
            )
        )  # fmt: skip
    return found


def _intervals(lows: list[float], highs: list[float]) -> list[tuple[float, float] | None]:
    """Stated shares, open ends at 0 and 1; None where neither end is stated."""
    return [
        None if isnan(low) and isnan(high) else (0.0 if isnan(low) else low, 1.0 if isnan(high) else high)
        for low, high in zip(lows, highs, strict=True)
    ]


def witnesses(snapshot: Snapshot, rows: Iterable[int]) -> int:
    """Distinct documents of these claims, reprints (rank 4) counted only where there is nothing better."""
    c = snapshot.claims
    rows = list(rows)
    own = {int(c["document"][row]) for row in rows if c["source_rank"][row] != 4}
    return len(own) or len({int(c["document"][row]) for row in rows})


def chosen_share(snapshot: Snapshot, rows: Iterable[int], name: str) -> tuple[float, float] | None:
    """The stated share interval of the first claim (in the order of choice) that states one."""
    c = snapshot.claims
    for row in rows:
        low, high = float(c[f"{name}_min"][row]), float(c[f"{name}_max"][row])
        if not (np.isnan(low) and np.isnan(high)):
            return (0.0 if np.isnan(low) else low, 1.0 if np.isnan(high) else high)
    return None


def chosen_amount(snapshot: Snapshot, rows: Iterable[int], name: str) -> Amount | None:
    """The amount per year of the first claim (in the order of choice) that states one; as stated if no rate."""
    c = snapshot.claims
    unit_column = "currency" if name == "value" else "base_unit"
    for row in rows:
        for suffix, per_year in (("_per_year", True), ("", False)):
            low, high = float(c[f"{name}{suffix}_min"][row]), float(c[f"{name}{suffix}_max"][row])
            if not (np.isnan(low) and np.isnan(high)):
                column = unit_column if per_year or name == "value" else "unit"
                return Amount(
                    low=None if np.isnan(low) else low, high=None if np.isnan(high) else high,
                    unit=snapshot.term(column, row), per_year=per_year,
                )  # fmt: skip
    return None


def _sum(snapshot: Snapshot, rows: Iterable[int], name: str, unit_column: str) -> Amount | None:
    """Deliveries add up where all of those with an amount share one unit; unlike amounts are not summed.

    The sum has no upper end while the amount of one of them is not known.
    """
    c = snapshot.claims
    suffix = "" if name == "value" else "_per_year"
    rows = list(rows)
    stated = [
        row
        for row in rows
        if not np.isnan(c[f"{name}{suffix}_min"][row]) or not np.isnan(c[f"{name}{suffix}_max"][row])
    ]
    units = {snapshot.term(unit_column, row) for row in stated}
    if len(units) != 1:
        return None
    lows = [float(c[f"{name}{suffix}_min"][row]) for row in stated]
    highs = [float(c[f"{name}{suffix}_max"][row]) for row in stated]
    return Amount(
        low=float(np.nansum(lows)),
        high=None if len(stated) < len(rows) or any(np.isnan(high) for high in highs) else float(sum(highs)),
        unit=next(iter(units)),
        per_year=True,
    )


def _one_report_each(snapshot: Snapshot, rows: list[int]) -> list[int]:
    """Several reports of one delivery (the same record) are one: the chosen report stands for all."""
    records = snapshot.texts["record"]
    seen: set[str] = set()
    kept = []
    for row in rows:
        record = records.get(row)
        if record is None or record not in seen:
            kept.append(row)
        if record is not None:
            seen.add(record)
    return kept


def _ended_within_a_year(snapshot: Snapshot, row: int, valid_at: date) -> bool:
    """Whether the delivery's period ends in (valid_at − 12 months, valid_at]; one without a period is in no year."""
    end = int(snapshot.claims["period_to"][row])
    if end == NO_END:
        return False
    last_day = end - 1
    return to_days(months_before(valid_at, 12)) < last_day <= to_days(valid_at)


def _rivals(snapshot: Snapshot, rows: list[int]) -> list[int]:
    """Claims of one basis whose intervals in the same unit are disjoint from the first's, periods overlapping."""
    return [row for row in rows[1:] if contradicts(snapshot, rows[0], row)] if rows else []
