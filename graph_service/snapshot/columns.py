"""Columns of claims as small as their values allow, and read back when they are first asked for.

Those that every question's filters read are kept as they are (or not at all, where they are constant or equal to
another one); of the others it is kept what they follow from. What is kept gives the same values, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zlib import crc32

import numpy as np
import polars as pl

from graph_service.domain.schema import FIELD
from graph_service.snapshot.flat import Tables

Column = np.ndarray[Any, Any]
Layout = dict[str, dict[str, str]]
"""How each column is kept, by one of these keys, {} being a table of its own.

constant: its bytes, with their type · same: as that column · by: a value for each code of that column · coded: its
distinct values and the number of each row's · times: that column times a value for each code of another (by).
"""

PREFIX = "claims."
_DERIVED_TERMS = ("base_unit",)
_COUNTED = ("document", "recorded", "seq", "source_rank")
_FILTERED = frozenset(
    ("type", "from", "to", "product", "document", "status", "review", "recorded", "retracted", "valid_from", "valid_to")
)
_KEYS = ("document", "type", "unit")
_MOST_VALUES = 2**15


def narrow(name: str, column: Column, terms: int) -> Column:
    """The column in the smallest signed type for its kind: terms by how many there are, counts by the largest."""
    if name in _DERIVED_TERMS or (name in FIELD and FIELD[name].kind == "term"):
        return column.astype(_type_for(terms), copy=False)
    if name in _COUNTED:
        return column.astype(_type_for(int(column.max(initial=0))), copy=False)
    return column


def _type_for(largest: int) -> type[np.signedinteger[Any]]:
    return np.int8 if largest < 2**7 else np.int16 if largest < 2**15 else np.int32


def lay_out(columns: Mapping[str, Column], products: Mapping[str, tuple[str, str, Column]]) -> tuple[Layout, Tables]:
    """Decide how each column is kept.

    Args:
        columns: all of one length; references, terms and flags are -1 for nothing.
        products: columns that may be another one times a factor for each code of a third.
    """
    layout: Layout = {}
    tables: Tables = {}
    seen: dict[tuple[str, int], str] = {}
    # A column follows only from those before it, so that none follows from itself.
    for name in sorted(columns, key=lambda name: (name not in _FILTERED, name not in _KEYS, name)):
        column = columns[name]
        bits = np.ascontiguousarray(column).view(f"i{column.itemsize}")
        if len(bits) and bits.min() == bits.max():
            layout[name] = {"constant": bits[:1].tobytes().hex(), "type": column.dtype.str}
            continue
        other = seen.setdefault((column.dtype.str, crc32(bits.data)), name)
        if other != name and columns[other].tobytes() == bits.tobytes():
            layout[name] = {"same": other}
            continue
        layout[name] = (
            {} if name in _FILTERED else _follow(name, bits, {done: columns[done] for done in layout}, products, tables)
        )
        if not layout[name]:
            tables[PREFIX + name] = column
        elif f"{PREFIX}{name}.values" in tables:
            tables[f"{PREFIX}{name}.values"] = tables[f"{PREFIX}{name}.values"].view(column.dtype)
    return layout, tables


def _follow(
    name: str,
    bits: Column,
    columns: Mapping[str, Column],
    products: Mapping[str, tuple[str, str, Column]],
    tables: Tables,
) -> dict[str, str]:
    """What a column follows from; its tables are added."""
    kept = f"{PREFIX}{name}.values"
    for key in _KEYS:
        codes = columns.get(key)
        if codes is None or codes.itemsize > 2:
            continue
        values = np.zeros(int(codes.max(initial=-1)) + 2, dtype=bits.dtype)  # the last one is for code -1
        values[codes] = bits
        if np.array_equal(values[codes], bits):
            tables[kept] = values
            return {"by": key}
    if name in products:
        of, key, factors = products[name]
        if {of, key} <= columns.keys() and np.array_equal((columns[of] * factors[columns[key]]).view(bits.dtype), bits):
            tables[kept] = factors
            return {"times": of, "by": key}
    if bits.itemsize > 2 and len(sample := np.unique(bits[:_MOST_VALUES])) < max(2, min(len(bits), _MOST_VALUES) // 2):
        values = pl.Series(bits).unique().sort().to_numpy() if len(bits) > _MOST_VALUES else sample
        if len(values) < _MOST_VALUES:
            tables[kept] = values
            tables[f"{PREFIX}{name}.codes"] = values.searchsorted(bits).astype(_type_for(len(values)))
            return {"coded": "values"}
    return {}


class Columns(Mapping[str, Column]):
    """The columns again. A constant one takes no memory, whatever its length; one that follows is made once."""

    def __init__(self, layout: Layout, tables: Mapping[str, Column], rows: int) -> None:
        self._layout, self._tables, self._rows = layout, tables, rows
        self._made: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        made = self._made.get(name)
        if made is None:
            made = self._make(name, self._layout[name])
            made.flags.writeable = False
            self._made[name] = made
        return made

    def _make(self, name: str, kept: Mapping[str, str]) -> Column:
        if "constant" in kept:
            value = np.frombuffer(bytes.fromhex(kept["constant"]), dtype=np.dtype(kept["type"]))
            return np.broadcast_to(value, (self._rows,))
        if "same" in kept:
            return self[kept["same"]]
        if not kept:
            return self._tables[PREFIX + name].view()
        values = self._tables[f"{PREFIX}{name}.values"]
        if "coded" in kept:
            found: Column = values[self._tables[f"{PREFIX}{name}.codes"]]
        else:
            found = values[self[kept["by"]]]
            if "times" in kept:
                found = self[kept["times"]] * found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._layout)

    def __len__(self) -> int:
        return len(self._layout)

    def __contains__(self, name: object) -> bool:
        return name in self._layout
