"""The first claims of a batch in words, for whoever checks a mapping before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import orjson
import polars as pl
from typing_extensions import TypedDict

from graph_service.domain.quantities import format_decimal
from loaders.loader import Batch

_FIGURES = (
    "status",
    "basis",
    "value",
    "currency",
    "quantity",
    "unit",
    "buyer_share",
    "sales_share",
    "valid_from",
    "valid_to",
)
_NUMBERS = ("inn", "ogrn", "lei")


class PreviewedClaim(TypedDict):
    """One claim as it would be written: who, what, with whom, and its figures as they were understood."""

    type: str
    subject: str
    target: str
    product: str
    figures: dict[str, str]


def previewed(batch: Batch, method: str, most: int) -> list[PreviewedClaim]:
    """The first claims; what passes between firms comes first, as that is what a person wants to see checked.

    Args:
        batch: as the loader yields it.
        method: of the loader: what the program itself adds (where a town lies) is left out.
        most: how many at most.
    """
    claims = batch.claims.claims
    names = _names(claims)
    own = claims.filter(claims["method"] == method)
    order = own["type"].replace_strict({"DESCRIBED_IN": 2, "LOCATED_IN": 1}, default=0, return_dtype=pl.Int8)
    first = own.with_columns(order=order).sort("order", maintain_order=True).head(most)
    return [
        PreviewedClaim(
            type=row["type"],
            subject=names.get(row["from_raw"], ""),
            target=names.get(row["to_raw"], ""),
            product=names.get(row["product"], ""),
            figures=_said(row["attributes"])
            | {name: text for name in _FIGURES if (text := _figure(name, row)) is not None},
        )
        for row in first.iter_rows(named=True)
    ]


def _figure(name: str, row: Mapping[str, object]) -> str | None:
    """A figure as it was written: bounds where there are two, and ends of validity are stored as the day after."""
    if name in row:
        value = row[name]
        value = value - timedelta(days=1) if isinstance(value, date) and name == "valid_to" else value
        return None if value is None else str(value)
    low, high = (
        format_decimal(bound) if isinstance(bound := row.get(f"{name}_{end}"), float) else None
        for end in ("min", "max")
    )
    if low is None or high is None:
        return f"≥ {low}" if low is not None else f"≤ {high}" if high is not None else None
    return low if low == high else f"{low}–{high}"


def _said(attributes: str | None) -> dict[str, str]:
    """What a description says beside the name."""
    found = orjson.loads(attributes) if attributes else {}
    return {name: str(value) for name, value in found.items() if name not in ("label", "name", "same_as")}


def _names(claims: pl.DataFrame) -> dict[str, str]:
    described = claims.filter(claims["attributes"].is_not_null())
    said = {entity: orjson.loads(text) for entity, text in described.select("from_raw", "attributes").iter_rows()}
    return {
        entity: next((attributes[kind] for kind in ("name", *_NUMBERS) if attributes.get(kind)), entity)
        for entity, attributes in said.items()
    }
