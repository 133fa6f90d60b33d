"""Keys of rows at their source: one record cannot state two figures for the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graph_service.domain.said import Said, said
from loaders.loader import Reject, Row, named_rows

_TOLD_BY = (
    "kind", "role", "seq", "unit", "currency", "status", "scope", "basis", "period_from", "period_to", "valid_from",
    "valid_to",
)  # fmt: skip
_FIGURES = ("quantity", "capacity", "value", "buyer_share", "sales_share", "share", "count")


def checked_records(items: Iterable[Row | Reject]) -> Iterator[Row | Reject]:
    """The items, with rows rejected that share a stated record and all but their figures.

    None of them is taken: the first row is no better than the others, and a sorted table must say the same.
    """
    found = list(items)
    alike: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for item in found:
        if isinstance(item, Row) and (key := _key(item)):
            alike[key].append(item)
    contested = {
        id(row): rows for rows in alike.values() if len(rows) > 1 and len(set(map(_figures, rows))) > 1 for row in rows
    }
    for item in found:
        rows = contested.get(id(item))
        yield Reject(where=item.where, reason=_reason(rows), cells=item.cells) if rows else item


def _key(row: Row) -> tuple[object, ...] | None:
    if row.record is None or row.type == "DESCRIBED_IN":
        return None
    ends = [ref.text if ref else None for ref in (row.subject, row.target, row.product)]
    return (row.document, row.record, row.type, *ends, *(row.values.get(name) for name in _TOLD_BY))


def _figures(row: Row) -> tuple[object, ...]:
    return tuple(row.values.get(f"{name}_{end}") for name in _FIGURES for end in ("min", "max"))


def _reason(rows: Sequence[Row]) -> Said:
    return said("record-twice", key=rows[0].record, rows=named_rows([row.where for row in rows]))
