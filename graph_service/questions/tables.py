"""An answer as a flat table: one row per item and link, low and high bounds and units in columns of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Scalar = str | int | float | bool | None
FlatRow = dict[str, Scalar]

EXPLODED = ("links", "ties", "by_need", "changes")
"""Lists inside an item that have a row for each of their parts."""
_BESIDE = {"counted": "groups", "rejected": "rejected"}


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
    """The rows of an answer's data; groups and rejected ones follow, marked by ``row``; a single thing is one row."""
    if "items" not in data:
        return [flat(data)]
    rows = [row for item in data["items"] for row in _exploded(item)]
    others = [(mark, other) for mark, part in _BESIDE.items() for other in data.get(part, [])]
    if others:
        rows = [{"row": "named", **row} for row in rows] + [{"row": mark, **flat(other)} for mark, other in others]
    return rows


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
    if is_bounds(value):
        return {f"{name}_low": value[0], f"{name}_high": value[1]}
    if isinstance(value, Mapping):
        return flat(value, f"{name}_")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {name: "; ".join(_word(part) for part in value)}
    return {name: value}


def _word(value: Any) -> str:
    if is_entity(value):
        return str(value["name"])
    if isinstance(value, Mapping):
        if "text" in value:
            return str(value["text"])
        return ", ".join(f"{key} {_word(part)}" for key, part in value.items())
    return str(value)


def columns_of(rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Columns of all rows in the order they first appear."""
    return list(dict.fromkeys(name for row in rows for name in row))
