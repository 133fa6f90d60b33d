"""What a claim must satisfy before any store takes it: one list of rules for rows and for whole columns."""

from __future__ import annotations

from functools import reduce
from operator import or_

import polars as pl

from graph_service.domain.quantities import currency_codes
from graph_service.domain.schema import FIELDS, RELATION_TYPES

LARGEST = 1e18
"""Numbers below this have an exact text in the canonical form of a claim, Decimal(38, 9)."""

NO_CURRENCY = "currency {} is no ISO 4217 code: write RUB, USD, EUR …"

_SHARES = (
    "buyer_share_min",
    "buyer_share_max",
    "sales_share_min",
    "sales_share_max",
    "share_min",
    "share_max",
)
_INTERVALS = ("quantity", "capacity", "value", "buyer_share", "sales_share", "share", "count")
_NO_OBJECT = ("HAS", "DESCRIBED_IN", "USED_IN")
# Tabs and line ends are text; the other control characters would break the canonical text of a claim.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"


def rules(columns: list[str]) -> list[tuple[pl.Expr, pl.Expr]]:
    """Pairs (the rule is broken, why) for the columns at hand; a null condition counts as kept."""

    def col(name: str) -> pl.Expr:
        return pl.col(name) if name in columns else pl.lit(None)

    found: list[tuple[pl.Expr, pl.Expr]] = [
        (
            ~pl.col("type").is_in([r.name for r in RELATION_TYPES]),
            pl.format("{} is no relation type", pl.col("type")),
        ),
        (col("from_raw").is_null(), pl.lit("the subject (from) is missing")),
        (
            col("to_raw").is_null() & ~pl.col("type").is_in(_NO_OBJECT),
            pl.format("{} needs an object (to)", pl.col("type")),
        ),
    ]
    for name in _SHARES:
        if name in columns:
            percent = (pl.col(name) * 100).round(6).cast(pl.String)
            found.append(
                (
                    ~pl.col(name).is_between(0, 1),
                    pl.format(name + " of {} % is not between 0 and 100 %", percent),
                )
            )
    for name in _INTERVALS:
        low, high = f"{name}_min", f"{name}_max"
        if low in columns and high in columns:
            found.append((pl.col(low) > pl.col(high), pl.format(name + ": {} is above {}", pl.col(low), pl.col(high))))
    for name in (f"{interval}_min" for interval in ("quantity", "capacity", "count")):
        if name in columns:
            found.append((pl.col(name) < 0, pl.format(name + " of {} is negative", pl.col(name))))
    for start, end in (("valid_from", "valid_to"), ("period_from", "period_to"), ("char_start", "char_end")):
        if start in columns and end in columns:
            found.append(
                (
                    pl.col(start) >= pl.col(end),
                    pl.format(f"{start} {{}} is not before {end} {{}}", start, end),
                )
            )
    if "confidence" in columns:
        found.append((~pl.col("confidence").is_between(0, 1), pl.lit("confidence is not between 0 and 1")))
    if "currency" in columns:
        unknown = ~pl.col("currency").is_in(sorted(currency_codes()))
        found.append((unknown, pl.format(NO_CURRENCY, pl.col("currency"))))
    for field in FIELDS:
        if field.choices and field.name in columns and field.name != "type":
            allowed = ", ".join(field.choices)
            found.append(
                (
                    ~pl.col(field.name).is_in(field.choices),
                    pl.format(field.name + " {} is none of " + allowed, field.name),
                )
            )
        if field.kind == "number" and field.name in columns:
            found.append((~pl.col(field.name).is_finite(), pl.lit(f"{field.name} is no finite number")))
            found.append((pl.col(field.name).abs() >= LARGEST, pl.lit(f"{field.name} is too large")))
    texts = [f.name for f in FIELDS if f.kind in ("text", "term") and f.name in columns]
    if texts:
        broken = reduce(or_, (pl.col(name).str.contains(_CONTROL).fill_null(False) for name in texts))
        found.append((broken, pl.lit("a text holds control characters")))
    for end in ("from", "to"):
        if f"{end}_label" in columns:
            found.append(_endpoint(end))
    return found


def _endpoint(end: str) -> tuple[pl.Expr, pl.Expr]:
    label = pl.col(f"{end}_label")
    allowed = {r.name: list(r.sources if end == "from" else r.targets) for r in RELATION_TYPES}
    fits = reduce(or_, ((pl.col("type") == name) & label.is_in(labels) for name, labels in allowed.items()))
    texts = {name: ", ".join(labels) for name, labels in allowed.items()}
    expected = pl.col("type").replace_strict(texts, default="", return_dtype=pl.String)
    return ~fits, pl.format("{} cannot be the " + end + " of {}: expected {}", label, pl.col("type"), expected)


def reasons(claims: pl.DataFrame) -> pl.Series:
    """For each row why it is refused, or null: all broken rules joined by ``; ``."""
    broken = [
        pl.when(condition.fill_null(False)).then(message.fill_null("?")) for condition, message in rules(claims.columns)
    ]
    joined = pl.concat_str(broken, separator="; ", ignore_nulls=True)
    return claims.select(reason=pl.when(joined != "").then(joined))["reason"]
