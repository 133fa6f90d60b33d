"""Where in a sheet the table begins: the row that holds the mapped columns, with anything above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_service.domain.nearest import nearest
from graph_service.errors import BadInput
from loaders.loader import Where
from loaders.sheets import Sheet, read_sheets
from loaders.tabular.cells import is_empty

_FURTHEST = 100  # rows above a heading: a title, a stamp, a note; never a whole table


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row under the heading.

    Attributes:
        where: file, sheet and row.
        document: the file's key; for a rejected row that of the file it was read from at first.
        cells: all filled cells as they stand, by heading.
        mapped: the filled cells of mapped columns, by the mapping's spelling; «н/д» and its like count as empty.
    """

    where: Where
    document: str
    cells: Mapping[str, str]
    mapped: Mapping[str, str]


def folded(heading: str) -> str:
    """A heading without what does not matter: case and spaces."""
    return " ".join(heading.split()).casefold()


def table_rows(path: Path, columns: Sequence[str], optional: Sequence[str], sheet: str | None) -> Iterator[TableRow]:
    """All rows of a file's tables.

    Args:
        path: the file.
        columns: headings that are read.
        optional: those among them that may be missing.
        sheet: the only sheet to read; every one that has the columns where None.

    Raises:
        BadInput: no sheet has all required columns, or one of them twice.
    """
    sheets = [found for found in read_sheets(path) if sheet is None or found.name in (sheet, None)]
    if not any(found.rows for found in sheets):
        named = f" sheet {sheet!r} with rows" if sheet else " rows"
        raise BadInput(f"{path.name} has no{named}", file=str(path))
    # A file of rejected rows has only those columns that a row of it fills.
    heads = [(found, 0 if found.origins else find_header(found, columns, optional)) for found in sheets if found.rows]
    if all(at is None for _, at in heads):
        raise BadInput(_missing(path, [found for found, _ in heads], columns, optional), file=str(path))
    for found, at in heads:
        if at is not None:
            yield from _below(path, found, at, columns)


def find_header(sheet: Sheet, columns: Sequence[str], optional: Sequence[str]) -> int | None:
    """Index of the first row that holds every required column."""
    wanted = {folded(name) for name in columns} - {folded(name) for name in optional}
    for index, row in enumerate(sheet.rows[:_FURTHEST]):
        if wanted <= {folded(cell) for cell in row}:
            return index
    return None


def _below(path: Path, sheet: Sheet, at: int, columns: Sequence[str]) -> Iterator[TableRow]:
    heads = sheet.rows[at]
    keys = [folded(head) for head in heads]
    spelt = {folded(name): name for name in columns}
    for key in spelt:
        if keys.count(key) > 1:
            where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[at])
            raise BadInput(f"{where}: the column {spelt[key]!r} stands there twice", file=str(path))
    names = [head or f"column {number}" for number, head in enumerate(heads, start=1)]
    for index, row in enumerate(sheet.rows[at + 1 :], start=at + 1):
        over = [f"column {n}" for n in range(len(names) + 1, len(row) + 1)]
        cells = {name: cell for name, cell in zip([*names, *over], row, strict=False) if cell}
        mapped = {spelt[key]: cell for key, cell in zip(keys, row, strict=False) if key in spelt and not is_empty(cell)}
        where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[index])
        yield TableRow(where=where, document=sheet.origin(index, path), cells=cells, mapped=mapped)


def _missing(path: Path, sheets: Sequence[Sheet], columns: Sequence[str], optional: Sequence[str]) -> str:
    wanted = {folded(name): name for name in columns if folded(name) not in {folded(o) for o in optional}}
    rows = [
        (len(wanted.keys() & {folded(cell) for cell in row}), sheet, index)
        for sheet in sheets
        for index, row in enumerate(sheet.rows[:_FURTHEST])
    ]
    most, sheet, index = max(rows, key=lambda row: row[0])
    if not most:
        return f"{path.name}: no row holds any of the mapped columns ({', '.join(wanted.values())})"
    head = sheet.rows[index]
    where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[index])
    lacking = [name for key, name in wanted.items() if key not in {folded(cell) for cell in head}]
    others = [cell for cell in head if cell and folded(cell) not in wanted]
    return f"{where}: missing column " + ", ".join(f"{name!r}{nearest(name, others)}" for name in lacking)
