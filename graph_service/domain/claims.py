"""Claims in columns: the batch that loaders hand to a store, its hash and its per-year amounts.

A batch is a polars frame with one column for each field of the declaration. Rows made one by one (a text,
a spreadsheet) and columns read at once (a Parquet file) meet here, so that both get the same ``claim_id``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import polars as pl

from graph_service.domain.quantities import DAYS_PER_YEAR, unit_per_year
from graph_service.domain.schema import FIELDS

_DTYPES: dict[str, type[pl.DataType]] = {
    "ref": pl.String,
    "term": pl.String,
    "text": pl.String,
    "number": pl.Float64,
    "integer": pl.Int64,
    "flag": pl.Boolean,
    "date": pl.Date,
}
DTYPES: dict[str, type[pl.DataType]] = {field.name: _DTYPES[field.kind] for field in FIELDS}
IDENTIFIED: dict[str, type[pl.DataType]] = {"claim_id": pl.String, "document_id": pl.String, **DTYPES}
"""Columns of a batch: the id, the document, then the declared fields."""

DEFAULTS: dict[str, object] = {"status": "actual", "confidence": 1.0, "review": "asserted", "how": "explicit"}
"""Loaders write these, never nulls: a null would silently fail a filter in Cypher."""

_STATEMENT = [field for field in FIELDS if field.statement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher or data set. ``rank`` 1 register, 2 the party itself, 3 authority or news, 4 reprint, 5 unknown."""

    source_id: str
    name: str
    rank: int
    licence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page, file or table of a source; ``key`` is its stable address or file key."""

    document_id: str
    source_id: str
    key: str
    title: str | None = None
    url: str | None = None
    published_on: date | None = None
    retrieved_on: date | None = None
    licence: str | None = None
    language: str | None = None
    sha256: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimBatch:
    """What one transaction writes: claims with the documents and sources that they name."""

    claims: pl.DataFrame
    documents: Sequence[Document]
    sources: Sequence[Source]


def source_id(name: str) -> str:
    """The id of the source of that name."""
    return "s" + blake2b(name.strip().encode(), digest_size=8).hexdigest()


def document_id(source: str, key: str) -> str:
    """The id of a document: hash of its source's id and its stable address or file key."""
    return "d" + blake2b(f"{source}\x1f{key.strip()}".encode(), digest_size=8).hexdigest()


def frame(rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Rows as a frame with all columns of a batch but ``claim_id``; what a row lacks is null."""
    columns: dict[str, type[pl.DataType]] = {"document_id": pl.String, **DTYPES}
    complete = [{name: row.get(name) for name in columns} for row in rows]
    return pl.DataFrame(complete, schema=columns, infer_schema_length=0)


def identify(claims: pl.DataFrame) -> pl.DataFrame:
    """Fill in defaults, per-year amounts and ``claim_id``; columns come back in the declared order.

    ``claim_id`` is 6 bytes of blake2b(document) and 10 bytes of blake2b(statement) in hex: claims of one document
    stay together in the store's index. The statement is made of the declared fields, joined by U+001F, with
    U+0000 for what is not stated; numbers are written as Decimal(38, 9), since float texts differ by library.
    """
    missing = [pl.lit(None, dtype=dtype).alias(n) for n, dtype in DTYPES.items() if n not in claims.columns]
    filled = claims.with_columns(missing).with_columns(
        pl.col(name).fill_null(pl.lit(value)) for name, value in DEFAULTS.items()
    )
    filled = with_per_year(filled).with_columns(pl.col(name).cast(dtype) for name, dtype in DTYPES.items())
    if filled.is_empty():  # a select of constants alone would make one row of none
        return filled.with_columns(claim_id=pl.lit(None, dtype=pl.String)).select(*IDENTIFIED)
    statements = filled.select(
        text=pl.concat_str([_canonical(filled, f.name, f.kind) for f in _STATEMENT], separator="\x1f")
    )["text"]
    documents = filled["document_id"]
    heads = {d: blake2b(d.encode(), digest_size=6).hexdigest() for d in documents.unique().to_list()}
    ids = [
        heads[document] + blake2b(statement.encode(), digest_size=10).hexdigest()
        for document, statement in zip(documents.to_list(), statements.to_list(), strict=True)
    ]
    return filled.with_columns(pl.Series("claim_id", ids, dtype=pl.String)).select(*IDENTIFIED)


def _canonical(claims: pl.DataFrame, name: str, kind: str) -> pl.Expr:
    if claims[name].null_count() == len(claims):
        return pl.lit("\x00")
    column = pl.col(name)
    if kind == "number":
        column = column.cast(pl.Decimal(38, 9))
    return column.cast(pl.String).fill_null("\x00")


def with_per_year(claims: pl.DataFrame) -> pl.DataFrame:
    """The claims with the derived per-year columns filled in from amounts, units and periods."""
    units = claims["unit"].drop_nulls().unique().to_list()
    known = {unit: unit_per_year(unit) for unit in units}
    years = (pl.col("period_to") - pl.col("period_from")).dt.total_days() / DAYS_PER_YEAR
    factor = _mapped("unit", {unit: found.factor for unit, found in known.items()}, pl.Float64)
    is_rate = _mapped("unit", {unit: found.is_rate for unit, found in known.items()}, pl.Boolean)
    base = _mapped("unit", {unit: found.base for unit, found in known.items()}, pl.String)
    # A total over a period is a rate of total / years; a delivery is a single amount and stays one.
    per_year = pl.when(is_rate).then(factor).when(_is_delivery()).then(factor).otherwise(factor / years)
    money = pl.when(_is_delivery() | years.is_null()).then(1.0).otherwise(1.0 / years)
    return claims.with_columns(
        base_unit=base,
        quantity_per_year_min=pl.col("quantity_min") * per_year,
        quantity_per_year_max=pl.col("quantity_max") * per_year,
        value_per_year_min=pl.col("value_min") * money,
        value_per_year_max=pl.col("value_max") * money,
    )


def _is_delivery() -> pl.Expr:
    return (pl.col("basis") == "delivery").fill_null(False)


def _mapped(column: str, mapping: Mapping[str, object], dtype: type[pl.DataType]) -> pl.Expr:
    if not mapping:
        return pl.lit(None, dtype=dtype)
    return pl.col(column).replace_strict(mapping, default=None, return_dtype=dtype)
