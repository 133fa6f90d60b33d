"""Rows that add up others, «Итого»: they state nothing of their own, so they are left out and named."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from graph_service.domain.said import said
from graph_service.errors import BadInput
from loaders.loader import named_rows
from loaders.tabular.cells import CURRENCIES, is_empty, parse_money
from loaders.tabular.header import TableFile, TableRow
from loaders.tabular.mapping import Mapping
from loaders.tabular.units import unit_of

_TOTAL = re.compile(
    r"^(?:общий\s+|промежуточный\s+)?(?:итого|итог|всего|подытог|(?:grand\s+|sub-?\s*)?total)\b"
    r"(?:[\s:,]+(?:\d|(?:по|за|на|с|без|в|к|из|ндс|сумма|руб|тыс|млн|\w+(?:ано|ено|лено|чено)"
    r"|for|of|in|with|without|incl\w*|excl\w*|due|amount|sum|value)\b).*)?\s*[:.]?$",
    re.IGNORECASE,
)
_GOODS_TOTAL = re.compile(
    r"^(?:общий\s+|промежуточный\s+)?(?:итого|итог|всего|подытог|(?:grand\s+|sub-?\s*)?total)"
    r"(?:\s+(?:по|за|на|с|без|к)\s.*)?\s*[:.]?$",
    re.IGNORECASE,
)
"""What stands in place of goods; narrower, as there are goods of the brand Total."""
_FILLERS = ("х", "x", "×", "*")
"""What stands in the cells of a total for which there is nothing to add up; the first is Cyrillic."""


def without_totals(file: TableFile, mapping: Mapping) -> TableFile:
    """The table without its totals, and a note which rows those are."""
    naming = {column for rule in mapping.entities.values() for column in rule.columns()}
    goods = {column for rule in mapping.entities.values() if rule.label == "Product" for column in rule.columns()}
    totals = [row for row in file.rows if _is_total(row, naming) or _adds_up_goods(row, goods)]
    if not totals:
        return file
    left = {id(row) for row in totals}
    note = said("totals", rows=named_rows([row.where for row in totals]))
    return replace(file, rows=[row for row in file.rows if id(row) not in left], notes=[*file.notes, note])


def _is_total(row: TableRow, naming: Collection[str]) -> bool:
    """«Итого» in a row that names nobody else, with nothing but figures beside it."""
    if not any(map(_TOTAL.match, row.cells.values())):
        return False
    names = [cell for column, cell in row.mapped.items() if column in naming]
    return all(_TOTAL.match(cell) or _is_filler(cell) for cell in names) and all(map(_adds_up, row.cells.values()))


def _adds_up_goods(row: TableRow, goods: Collection[str]) -> bool:
    """«Итого» in place of the goods: what one firm supplies to another in all, beside its parts."""
    cells = [cell.strip() for column, cell in row.mapped.items() if column in goods and not _is_filler(cell)]
    return bool(cells) and all(map(_GOODS_TOTAL.match, cells))


def _is_filler(cell: str) -> bool:
    return is_empty(cell) or cell.strip().casefold() in _FILLERS


def _adds_up(cell: str) -> bool:
    """Whether a cell may stand in a total: its word, a figure, a unit, or nothing."""
    if _TOTAL.match(cell) or _is_filler(cell) or unit_of(cell) or cell.strip(" .").casefold() in CURRENCIES:
        return True
    with suppress(BadInput):
        parse_money(cell.removesuffix("%"))
        return True
    return False
