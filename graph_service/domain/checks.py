"""What a claim must satisfy before any store takes it: one list of rules for rows and for whole columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from string import Formatter

import polars as pl

from graph_service.domain.quantities import currency_codes
from graph_service.domain.said import LANGUAGES, table
from graph_service.domain.schema import FIELDS, RELATION_TYPES

LARGEST = 1e18
"""Numbers below this have an exact text in the canonical form of a claim, Decimal(38, 9)."""

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


def rules(columns: list[str], lang: str = "en") -> list[tuple[pl.Expr, pl.Expr]]:
    """Pairs (the rule is broken, why) for the columns at hand; a null condition counts as kept."""

    def col(name: str) -> pl.Expr:
        return pl.col(name) if name in columns else pl.lit(None)

    def why(code: str, **values: pl.Expr | str) -> pl.Expr:
        return _message(lang, code, values)

    found: list[tuple[pl.Expr, pl.Expr]] = [
        (
            ~pl.col("type").is_in([r.name for r in RELATION_TYPES]),
            why("no-such-relation", type=pl.col("type")),
        ),
        (col("from_raw").is_null(), why("no-subject")),
        (
            col("to_raw").is_null() & ~pl.col("type").is_in(_NO_OBJECT),
            why("no-object", type=pl.col("type")),
        ),
    ]
    for name in _SHARES:
        if name in columns:
            percent = (pl.col(name) * 100).round(6).cast(pl.String)
            found.append(
                (
                    ~pl.col(name).is_between(0, 1),
                    why("claim-share", field=name, percent=percent),
                )
            )
    for name in _INTERVALS:
        low, high = f"{name}_min", f"{name}_max"
        if low in columns and high in columns:
            crossed = why("bounds-swapped", field=name, low=pl.col(low), high=pl.col(high))
            found.append((pl.col(low) > pl.col(high), crossed))
    for name in (f"{interval}_min" for interval in ("quantity", "capacity", "count")):
        if name in columns:
            found.append((pl.col(name) < 0, why("negative", field=name, number=pl.col(name))))
    for start, end in (("valid_from", "valid_to"), ("period_from", "period_to"), ("char_start", "char_end")):
        if start in columns and end in columns:
            found.append(
                (
                    pl.col(start) >= pl.col(end),
                    why("not-before", field=start, start=pl.col(start), other=end, end=pl.col(end)),
                )
            )
    if "confidence" in columns:
        found.append((~pl.col("confidence").is_between(0, 1), why("confidence-out-of-range")))
    if "currency" in columns:
        unknown = ~pl.col("currency").is_in(sorted(currency_codes()))
        found.append((unknown, why("no-currency", text=pl.col("currency"))))
    for field in FIELDS:
        if field.choices and field.name in columns and field.name != "type":
            allowed = ", ".join(field.choices)
            found.append(
                (
                    ~pl.col(field.name).is_in(field.choices),
                    why("none-of", field=field.name, text=pl.col(field.name), choices=allowed),
                )
            )
        if field.kind == "number" and field.name in columns:
            found.append((~pl.col(field.name).is_finite(), why("field-not-finite", field=field.name)))
            found.append((pl.col(field.name).abs() >= LARGEST, why("field-too-large", field=field.name)))
    texts = [f.name for f in FIELDS if f.kind in ("text", "term") and f.name in columns]
    if texts:
        broken = reduce(or_, (pl.col(name).str.contains(_CONTROL).fill_null(False) for name in texts))
        found.append((broken, why("control-characters")))
    for end in ("from", "to"):
        if f"{end}_label" in columns:
            found.append(_endpoint(end, lang))
    return found


def _endpoint(end: str, lang: str) -> tuple[pl.Expr, pl.Expr]:
    label = pl.col(f"{end}_label")
    allowed = {r.name: list(r.sources if end == "from" else r.targets) for r in RELATION_TYPES}
    fits = reduce(or_, ((pl.col("type") == name) & label.is_in(labels) for name, labels in allowed.items()))
    texts = {name: ", ".join(labels) for name, labels in allowed.items()}
    expected = pl.col("type").replace_strict(texts, default="", return_dtype=pl.String)
    said: dict[str, pl.Expr | str] = {"label": label, "end": end, "type": pl.col("type"), "expected": expected}
    return ~fits, _message(lang, "wrong-end", said)


def _message(lang: str, code: str, values: Mapping[str, pl.Expr | str]) -> pl.Expr:
    """The words of a code, with columns where they differ from row to row."""
    parts = [
        part
        for text, name, _, _ in Formatter().parse(table()[code][LANGUAGES.index(lang)])
        for part in (pl.lit(text), values[name] if name else None)
        if part is not None
    ]
    return pl.concat_str(pl.lit(part) if isinstance(part, str) else part for part in parts)


def reasons(claims: pl.DataFrame, lang: str = "en") -> pl.Series:
    """For each row why it is refused, in a language, or null: all broken rules joined by ``; ``."""
    broken = [
        pl.when(condition.fill_null(False)).then(message.fill_null("?"))
        for condition, message in rules(claims.columns, lang)
    ]
    joined = pl.concat_str(broken, separator="; ", ignore_nulls=True)
    return claims.select(reason=pl.when(joined != "").then(joined))["reason"]
