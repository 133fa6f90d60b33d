"""What records say of entities as canonical JSON, a whole column at once; equal to ``canonical_attributes`` of rows."""

from __future__ import annotations

import polars as pl


def attributes_json(rows: pl.DataFrame) -> pl.Series:
    """The columns of ``rows`` as JSON objects with sorted keys; nulls are left out.

    Args:
        rows: one column for each attribute, text or number; ``same_as`` holds the id of one weaker key.
    """
    parts = {name: _member(name, dtype) for name, dtype in rows.schema.items()}
    members = pl.concat_str([parts[name] for name in sorted(parts)], separator=",", ignore_nulls=True)
    return rows.select(attributes=pl.concat_str(pl.lit("{"), members, pl.lit("}")))["attributes"]


def _member(name: str, dtype: pl.DataType) -> pl.Expr:
    if name == "same_as":
        return pl.format('"same_as":["{}"]', pl.col(name))
    text = pl.struct(name).struct.json_encode().str.strip_prefix("{").str.strip_suffix("}")
    if dtype.is_float():
        text = text.str.replace("e+", "e", literal=True)
    return pl.when(pl.col(name).is_not_null()).then(text)
