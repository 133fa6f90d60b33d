"""Rows that repeat an earlier row: how they count is said, and nothing is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import attrgetter

from graph_service.domain.said import Said, said
from loaders.loader import Row, Where, named_rows

_NUMBER_OF_A_REPEAT = re.compile(r"((?:^|/)[0-9a-f]{12})#\d+$")
"""What tells the records of equal rows apart, behind their hash (``tabular.keys``): a file's own keys are never cut."""


def repeat_notes(rows: Iterable[Row], refused: Collection[Where]) -> list[Said]:
    """Which rows repeat an earlier one in all that was read, by how they count.

    Args:
        rows: claims as the rows state them; those of one row one after the other.
        refused: rows of which nothing is loaded.
    """
    first: dict[int, tuple[str | None, ...]] = {}
    found: dict[str, list[Where]] = defaultdict(list)
    for where, stated in groupby(rows, key=attrgetter("where")):
        if refused and where in refused:
            continue
        own = list(stated)
        content = hash(frozenset(map(_content, own)))
        if content in first:
            found[_counts_as(first[content], own)].append(where)
        else:
            first[content] = tuple(row.record for row in own)
    return [said(code, rows=named_rows(places), count=len(places)) for code, places in sorted(found.items())]


def _content(row: Row) -> int:
    stated = frozenset((*row.values.items(), *row.attributes.items()))
    record = row.record or ""
    if "#" in record:
        record = _NUMBER_OF_A_REPEAT.sub(r"\1", record)
    return hash((row.document, record, row.type, row.subject, row.target, row.product, stated))


def _counts_as(records: Collection[str | None], own: list[Row]) -> str:
    """As ``resolve`` tells claims apart: by the record, and where a row has none, by its occurrence."""
    new = [row for row in own if row.type != "DESCRIBED_IN" and (row.record is None or row.record not in records)]
    if not new:
        return "repeated-claims"
    return "repeated-deliveries" if any(row.values.get("basis") == "delivery" for row in new) else "repeated-figures"
