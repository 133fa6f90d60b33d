"""An answer as a flat table: one row per item and link, low and high bounds and units in columns of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson

Scalar = str | int | float | bool | None
FlatRow = dict[str, Scalar]

FACETS = ("by_region", "by_product", "by_market")
"""Lists for whoever narrows a list by clicks; in print they would hide it."""
EXPLODED = ("links", "ties", "by_need", "changes")
"""Lists inside an item that have a row for each of their parts."""
_BESIDE = {"groups": "counted", "rejected": "rejected"}
"""Lists that have rows beside those of the items, and how these are marked."""


def is_entity(value: object) -> bool:
    """Whether a value is an entity as answers show it."""
    return isinstance(value, Mapping) and {"id", "type", "name"} <= value.keys()


def is_amount(value: object) -> bool:
    """Whether a value is an amount or sum as an interval."""
    return isinstance(value, Mapping) and "per_year" in value


def is_bounds(value: object) -> bool:
    """Whether a value is the two bounds of a share or distance."""
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and len(value) == 2
        and all(isinstance(bound, (int, float)) and not isinstance(bound, bool) for bound in value)
    )


def flat_rows(data: Mapping[str, Any]) -> list[FlatRow]:
    """The rows of an answer's data; a single thing is one row.

    Groups and rejected ones follow the items, marked by ``row``. Where there are no items, the other lists of the
    answer are the rows, each marked by its name.
    """
    if "items" not in data:
        return [flat(data)]
    rows = [row for item in data["items"] for row in _exploded(item)]
    beside = [name for name, value in data.items() if name in _BESIDE or (not rows and _is_list_of_things(value))]
    others = [
        {"row": _BESIDE.get(name, name), **row} for name in beside for part in data[name] for row in _exploded(part)
    ]
    return [*({"row": "named", **row} for row in rows), *others] if others else rows


def _is_list_of_things(value: object) -> bool:
    """Whether a value is more than a list of names, which only says what was asked about."""
    return isinstance(value, list) and all(isinstance(part, Mapping) and not is_entity(part) for part in value)


def _exploded(item: Mapping[str, Any]) -> Iterator[FlatRow]:
    inner = next((name for name in EXPLODED if item.get(name)), None)
    if inner is None:
        yield flat(item)
        return
    outer = {name: value for name, value in item.items() if name != inner}
    for part in item[inner]:
        # The part's status and claims are the finer ones.
        yield flat({**outer, **part})


def flat(item: Mapping[str, Any], prefix: str = "") -> FlatRow:
    """One item as columns; nested names are joined by an underscore."""
    row: FlatRow = {}
    for name, value in item.items():
        row.update(_columns(f"{prefix}{name}", value))
    return row


def _columns(name: str, value: Any) -> FlatRow:
    if is_entity(value):
        return {name: value["name"], f"{name}_id": value["id"], f"{name}_type": value["type"]}
    if is_amount(value):
        found: FlatRow = {f"{name}_low": value.get("low"), f"{name}_high": value.get("high")}
        return found | {f"{name}_unit": value.get("unit"), f"{name}_per_year": value["per_year"]}
    if name == "point":
        return {"lat": value[0], "lon": value[1]}
    if is_bounds(value):
        return {f"{name}_low": value[0], f"{name}_high": value[1]}
    if isinstance(value, Mapping):
        return flat(value, f"{name}_")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {name: _words(value)}
    return {name: value}


def _words(values: Sequence[Any]) -> str:
    """A list in one cell: its parts in words, and as compact JSON if they are too deep for that."""
    plain = [_plain(value) for value in values]
    if all(_is_shallow(value) for value in plain):
        return "; ".join(_word(value) for value in plain)
    return orjson.dumps(plain, option=orjson.OPT_SERIALIZE_NUMPY).decode()


def _plain(value: Any) -> Any:
    """A value with names for entities and words for intervals and amounts."""
    if is_entity(value):
        return value["name"]
    if is_amount(value):
        ends = "" if "low" not in value and "high" not in value else f"{value.get('low', '')}..{value.get('high', '')}"
        return " ".join(filter(None, (ends, value.get("unit"), "a year" if value["per_year"] else None)))
    if is_bounds(value):
        return f"{value[0]}..{value[1]}"
    if isinstance(value, Mapping):
        return value["text"] if "text" in value else {name: _plain(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value


def _is_shallow(value: object) -> bool:
    parts = value.values() if isinstance(value, Mapping) else [value]
    return not any(isinstance(part, Mapping | list) for part in parts)


def _word(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_word(part)}" for name, part in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def columns_of(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Columns of all rows in the order they first appear."""
    return list(dict.fromkeys(name for row in rows for name in row))
