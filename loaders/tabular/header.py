"""Where in a sheet the table begins: the row that holds the mapped columns, with anything above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_service.domain.nearest import nearest
from graph_service.domain.said import Said, in_language, said
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """All rows of a file's tables, and what is to be said of them."""

    rows: Sequence[TableRow]
    notes: Sequence[Said]


def read_table(path: Path, columns: Sequence[str], optional: Sequence[str], sheet: str | None) -> TableFile:
    """All rows of a file's tables.

    Args:
        path: the file.
        columns: headings that are read.
        optional: those among them that may be missing.
        sheet: the only sheet to read; every one that has the columns where None.

    Raises:
        BadInput: no sheet has all required columns, or one of them stands twice in it.
    """
    every = list(read_sheets(path))
    sheets = [found for found in every if found.rows and (sheet is None or found.name in (sheet, None))]
    if not sheets:
        code = "no-rows-in" if sheet else "no-rows"
        raise BadInput(said(code, name=path.name, sheet=sheet), file=str(path))
    # A file of rejected rows has only those columns that a row of it fills.
    heads = [(found, 0 if found.origins else find_header(found, columns, optional)) for found in sheets]
    if all(at is None for _, at in heads):
        raise BadInput(_missing(path, [found for found, _ in heads], columns, optional), file=str(path))
    tables = [(found, at) for found, at in heads if at is not None]
    notes = [*_sheets_note(every, tables), *(note for found, at in tables for note in told_apart_notes(found.rows[at]))]
    return TableFile(rows=[row for found, at in tables for row in _below(path, found, at, columns)], notes=notes)


def _sheets_note(every: Sequence[Sheet], tables: Sequence[tuple[Sheet, int]]) -> list[Said]:
    read = [found.name for found, _ in tables if found.name]
    left = [found.name for found in every if found.rows and found.name and found.name not in read]
    return [said("sheets", read=", ".join(read), left=", ".join(left))] if left else []


def told_apart(headings: Sequence[str]) -> list[str]:
    """The headings, those that stand there more than once with a number behind: «Сумма (1)», «Сумма (2)»."""
    keys = [folded(heading) for heading in headings]
    taken, names = set(keys), list(headings)
    for at, key in enumerate(keys):
        if key and keys.count(key) > 1:
            number = keys[: at + 1].count(key)
            while folded(name := f"{headings[at]} ({number})") in taken:
                number += 1
            taken.add(folded(name))
            names[at] = name
    return names


def told_apart_notes(headings: Sequence[str]) -> list[Said]:
    """What is to be said of headings that stand there more than once."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for heading, name in zip(headings, told_apart(headings), strict=True):
        by_key[folded(heading)].append(name)
    return [
        said("told-apart", names=", ".join(f"«{name}»" for name in names))
        for key, names in by_key.items()
        if key and len(names) > 1
    ]


def find_header(sheet: Sheet, columns: Sequence[str], optional: Sequence[str]) -> int | None:
    """Index of the first row that holds every required column."""
    wanted = {folded(name) for name in columns} - {folded(name) for name in optional}
    for index, row in enumerate(sheet.rows[:_FURTHEST]):
        # A heading that stands there twice is found, too, for whoever reads it to say so.
        if wanted <= {folded(cell) for cell in (*row, *told_apart(row))}:
            return index
    return None


def _below(path: Path, sheet: Sheet, at: int, columns: Sequence[str]) -> Iterator[TableRow]:
    heads = told_apart(sheet.rows[at])
    keys = [folded(head) for head in heads]
    spelt = {folded(name): name for name in columns}
    for key in spelt:
        if key not in keys and key in map(folded, sheet.rows[at]):
            where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[at])
            alike = [name for name, own in zip(heads, sheet.rows[at], strict=True) if folded(own) == key]
            named = ", ".join(f"«{name}»" for name in alike)
            raise BadInput(said("column-twice", where=where.said, column=spelt[key], names=named), file=str(path))
    names = [head or f"column {number}" for number, head in enumerate(heads, start=1)]
    for index, row in enumerate(sheet.rows[at + 1 :], start=at + 1):
        over = [f"column {n}" for n in range(len(names) + 1, len(row) + 1)]
        cells = {name: cell for name, cell in zip([*names, *over], row, strict=False) if cell}
        mapped = {spelt[key]: cell for key, cell in zip(keys, row, strict=False) if key in spelt and not is_empty(cell)}
        where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[index])
        yield TableRow(where=where, document=sheet.origin(index, path), cells=cells, mapped=mapped)


def _missing(path: Path, sheets: Sequence[Sheet], columns: Sequence[str], optional: Sequence[str]) -> Said:
    wanted = {folded(name): name for name in columns if folded(name) not in {folded(o) for o in optional}}
    rows = [
        (len(wanted.keys() & {folded(cell) for cell in row}), sheet, index)
        for sheet in sheets
        for index, row in enumerate(sheet.rows[:_FURTHEST])
    ]
    most, sheet, index = max(rows, key=lambda row: row[0])
    if not most:
        return said("no-mapped-column", name=path.name, columns=", ".join(wanted.values()))
    head = sheet.rows[index]
    where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[index])
    lacking = [name for key, name in wanted.items() if key not in {folded(cell) for cell in head}]
    others = [cell for cell in head if cell and folded(cell) not in wanted]
    near = [(name, nearest(name, others)) for name in lacking]
    en = ", ".join(f"{name!r}{hint}" for name, hint in near)
    ru = ", ".join(f"«{name}»{in_language(hint, 'ru')}" for name, hint in near)
    return said("no-columns", where=where.said, columns=Said(en, ru))
