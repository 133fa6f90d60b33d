"""A mapping for a table that nobody has mapped: who is in it and what they exchange, from what the columns hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph_service.domain.nearest import nearest
from graph_service.domain.said import said
from graph_service.errors import BadInput
from loaders.sheets import Sheet, read_sheets
from loaders.tabular.draft import BELONGING, CUSTOMER, FIRM, IDENTIFYING, SUPPLIER, draft, mapping_text
from loaders.tabular.recognise import Column, header_index, hinted, recognise

_BUYERS = ("заказчик", "покупател", "получател", "клиент", "customer", "buyer", "client")
_SELLERS = ("поставщик", "продавец", "исполнител", "отправител", "supplier", "seller", "vendor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What was recognised, where, and the mapping that follows."""

    stem: str
    sheet: str | None
    header_row: int
    rows: int
    columns: Sequence[Column]
    only: str | None = None

    @property
    def mapping(self) -> dict[str, Any]:
        """What follows from the columns as they are.

        Raises:
            BadInput: no column names anybody.
        """
        return draft(self.stem, self.columns, self.only, is_text=self.sheet is None)

    @property
    def unused(self) -> list[str]:
        """Headings of the columns that the mapping leaves out."""
        taken = set(_texts(self.mapping))
        return [column.name for column in self.columns if column.name not in taken]

    def yaml(self) -> str:
        """The mapping as a person edits it."""
        return mapping_text(self.mapping)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(part)


def guess(path: Path, sheet: str | None = None) -> Guess:
    """Recognise the columns of the first sheet that has a table, and propose a mapping.

    Args:
        path: the file.
        sheet: the sheet to look at, and the only one that the mapping reads; the first with a table where None.

    Raises:
        BadInput: there is no table, or no such sheet.
    """
    return guess_sheets(path, list(read_sheets(path)), sheet)


def guess_sheets(path: Path, sheets: Sequence[Sheet], only: str | None = None) -> Guess:
    """As ``guess``, of a file whose sheets have been read."""
    named = [sheet.name for sheet in sheets if sheet.name]
    if only is not None and only not in named:
        raise BadInput(
            said("no-sheet", name=path.name, sheet=only, near=nearest(only, named)), file=str(path), parameter="sheet"
        )
    for sheet in sheets:
        header = header_index(sheet) if only in (None, sheet.name) else None
        if header is not None:
            columns = _assigned(_prices(_points(recognise(sheet, header))))
            return Guess(
                stem=path.stem, sheet=sheet.name, header_row=sheet.numbers[header],
                rows=len(sheet.rows) - header - 1, columns=columns, only=only,
            )  # fmt: skip
    raise BadInput(said("no-table", name=path.name), file=str(path))


def tables_of(sheets: Sequence[Sheet]) -> list[str]:
    """The names of the sheets of a workbook that hold a table."""
    return [sheet.name for sheet in sheets if sheet.name and header_index(sheet) is not None]


def _prices(columns: Sequence[Column]) -> list[Column]:
    """The price of one is no amount of a delivery where another column holds that."""
    money = [column for column in columns if column.kind == "money"]
    prices = [column for column in money if hinted(column.name, "price") and not hinted(column.name, "sum")]
    if len(prices) == len(money):
        return list(columns)
    return [replace(column, kind="number") if column in prices else column for column in columns]


def _points(columns: Sequence[Column]) -> list[Column]:
    """Coordinates without a telling heading: the latitude comes first; a single one is a number."""
    open_ones = [column for column in columns if column.kind == "point"]
    kinds = dict(zip((c.name for c in open_ones), ("lat", "lon"), strict=False)) if len(open_ones) == 2 else {}
    return [
        replace(column, kind=kinds.get(column.name, "number")) if column.kind == "point" else column
        for column in columns
    ]


def _assigned(columns: Sequence[Column]) -> list[Column]:
    """The columns with whom each belongs to."""
    roles = {column.name: role for role, own in _parties(columns).items() for column in own}
    return [replace(column, role=roles.get(column.name)) for column in columns]


def _parties(columns: Sequence[Column]) -> dict[str, list[Column]]:
    """The columns of the one firm of each row, or of its supplier and customer.

    There are two firms only where headings or two columns of numbers say so: two columns of names alone are as well
    the full and the short name of one.
    """
    identifying = [column for column in columns if column.kind in IDENTIFYING]
    sides = {column.name: _side(column.name) for column in identifying}
    numbered_twice = any(sum(c.kind == kind for c in identifying) > 1 for kind in ("inn", "ogrn"))
    if not identifying:
        return {}
    parties = _sides(identifying, sides)
    if not numbered_twice and not (any(sides.values()) and all(parties.values())):
        return {FIRM: [column for column in columns if column.kind in (*IDENTIFYING, *BELONGING)]}
    for column in columns:
        if column.kind in BELONGING:
            parties[_owner(column, parties, columns)].append(column)
    return {role: own for role, own in parties.items() if own}


def _sides(identifying: Sequence[Column], sides: dict[str, str | None]) -> dict[str, list[Column]]:
    """Whose each column is: by its own heading, else its left neighbour's, as far as that one has none of the kind."""
    parties: dict[str, list[Column]] = {SUPPLIER: [], CUSTOMER: []}
    named = {side for side in sides.values() if side}
    taken = {(side, column.kind) for column in identifying if (side := sides[column.name])}
    before: str | None = None
    for column in identifying:
        side = sides[column.name]
        if side is None and before is not None and (before, column.kind) not in taken:
            side = before
        if side is None and len(named) == 1:
            (only,) = named
            other = CUSTOMER if only == SUPPLIER else SUPPLIER
            side = other if (only, column.kind) in taken else only
        side = side or (CUSTOMER if (SUPPLIER, column.kind) in taken else SUPPLIER)
        taken.add((side, column.kind))
        parties[side].append(column)
        before = side
    return parties


def _side(heading: str) -> str | None:
    text = heading.casefold()
    if any(word in text for word in _SELLERS):
        return SUPPLIER
    return CUSTOMER if any(word in text for word in _BUYERS) else None


def _owner(column: Column, parties: dict[str, list[Column]], columns: Sequence[Column]) -> str:
    if side := _side(column.name):
        return side
    at = {c.name: number for number, c in enumerate(columns)}

    def closeness(role: str) -> tuple[int, int, bool]:
        own = [c for c in parties[role] if c.kind in IDENTIFYING]
        # Of two that stand as near the left one: what a column says follows whom it is about.
        steps, is_right = min(
            ((abs(at[c.name] - at[column.name]), at[c.name] > at[column.name]) for c in own), default=(len(at), True)
        )
        return max((_alike(c.name, column.name) for c in own), default=0), -steps, not is_right

    return max(sorted(parties), key=closeness)


def _alike(one: str, other: str) -> int:
    """How many characters two headings have in common at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
