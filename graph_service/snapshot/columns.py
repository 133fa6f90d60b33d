"""Columns of claims as small as their values allow: narrow, and not stored where constant or equal to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zlib import crc32

import numpy as np

from graph_service.domain.schema import FIELD
from graph_service.snapshot.flat import Tables

Column = np.ndarray[Any, Any]
Layout = dict[str, dict[str, str]]
"""How each column is kept: {} in a table of its own, {"same": name} or {"constant": hex, "type": dtype}."""

PREFIX = "claims."
_DERIVED_TERMS = ("base_unit",)
_COUNTED = ("document", "recorded", "seq", "source_rank")


def narrow(name: str, column: Column, terms: int) -> Column:
    """The column in the smallest signed type for its kind: terms by how many there are, counts by the largest."""
    if name in _DERIVED_TERMS or (name in FIELD and FIELD[name].kind == "term"):
        return column.astype(_type_for(terms), copy=False)
    if name in _COUNTED:
        return column.astype(_type_for(int(column.max(initial=0))), copy=False)
    return column


def _type_for(largest: int) -> type[np.signedinteger[Any]]:
    return np.int8 if largest < 2**7 else np.int16 if largest < 2**15 else np.int32


def lay_out(columns: Mapping[str, Column]) -> tuple[Layout, Tables]:
    """Decide how each column is kept; equal bytes are kept once."""
    layout: Layout = {}
    tables: Tables = {}
    seen: dict[tuple[str, int], str] = {}
    for name, column in columns.items():
        raw = np.ascontiguousarray(column).view(np.uint8).reshape(len(column), column.itemsize)
        if len(column) and bool((raw == raw[0]).all()):
            layout[name] = {"constant": raw[0].tobytes().hex(), "type": column.dtype.str}
            continue
        key = (column.dtype.str, crc32(raw.data))
        other = seen.setdefault(key, name)
        if other != name and columns[other].tobytes() == raw.tobytes():
            layout[name] = {"same": other}
        else:
            layout[name] = {}
            tables[PREFIX + name] = column
    return layout, tables


def lay_in(layout: Layout, tables: Mapping[str, Column], rows: int) -> dict[str, Column]:
    """The columns again; a constant one takes no memory, whatever its length."""
    columns: dict[str, Column] = {}
    for name, kept in layout.items():
        if "constant" in kept:
            value = np.frombuffer(bytes.fromhex(kept["constant"]), dtype=np.dtype(kept["type"]))
            columns[name] = np.broadcast_to(value, (rows,))
        else:
            columns[name] = tables[PREFIX + kept.get("same", name)]
    return columns
