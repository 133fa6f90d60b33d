"""How numbers leave: shares rounded outward to six decimals, money and amounts as decimal strings with their unit."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NotRequired

import numpy as np
from typing_extensions import TypedDict

from graph_service.analysis.links import Amount
from graph_service.domain.quantities import format_decimal
from graph_service.snapshot.snapshot import Snapshot, to_date


class AmountItem(TypedDict):
    """An amount or sum as an interval; a bound that is left out is not known."""

    low: NotRequired[str]
    high: NotRequired[str]
    unit: NotRequired[str]
    per_year: bool


def share_item(share: tuple[float, float] | None) -> list[float] | None:
    """Bounds of a share: half-even to 9 decimals, then outward to 6; None = share unknown."""
    if share is None:
        return None
    low, high = round(share[0], 9), round(share[1], 9)
    return [math.floor(round(low * 1e6, 3)) / 1e6, math.ceil(round(high * 1e6, 3)) / 1e6]


def amount_item(amount: Amount | None) -> AmountItem | None:
    """An amount as decimal strings."""
    if amount is None:
        return None
    item = AmountItem(per_year=amount.per_year)
    if amount.low is not None:
        item["low"] = format_decimal(round_significant(amount.low))
    if amount.high is not None:
        item["high"] = format_decimal(round_significant(amount.high))
    if amount.unit is not None:
        item["unit"] = amount.unit
    return item


def round_significant(number: float, digits: int = 12) -> float:
    """A computed number without the noise of binary fractions."""
    return float(f"{number:.{digits}g}")


def stated_amount(snapshot: Snapshot, row: int, name: str) -> AmountItem | None:
    """The amount of one claim as its source states it."""
    c = snapshot.claims
    low, high = float(c[f"{name}_min"][row]), float(c[f"{name}_max"][row])
    if np.isnan(low) and np.isnan(high):
        return None
    return amount_item(
        Amount(
            low=None if np.isnan(low) else low,
            high=None if np.isnan(high) else high,
            unit=None if name == "count" else snapshot.term("currency" if name == "value" else "unit", row),
            per_year=False,
        )
    )


def stated_share(snapshot: Snapshot, row: int, name: str = "share") -> list[float] | None:
    """The share of one claim as its source states it."""
    c = snapshot.claims
    low, high = float(c[f"{name}_min"][row]), float(c[f"{name}_max"][row])
    if np.isnan(low) and np.isnan(high):
        return None
    return share_item((0.0 if np.isnan(low) else low, 1.0 if np.isnan(high) else high))


def stated_period(snapshot: Snapshot, row: int) -> str | None:
    """The days that a claim's figure covers as ``first/last``, inclusive."""
    c = snapshot.claims
    first, after = to_date(int(c["period_from"][row])), to_date(int(c["period_to"][row]))
    if first is None and after is None:
        return None
    last = date.fromordinal(after.toordinal() - 1) if after else None
    return f"{first or '..'}/{last or '..'}"


def tally(words: Iterable[str]) -> dict[str, int]:
    """How many of each word, by word."""
    return dict(sorted(Counter(words).items()))


def day(value: date | None) -> str | None:
    """A date as ISO 8601."""
    return value.isoformat() if value else None
