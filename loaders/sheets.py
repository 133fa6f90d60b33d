"""Spreadsheets as they come: CSV in any usual encoding, any delimiter; XLSX, XLS, ODS; cells as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph_service.domain.said import said
from graph_service.errors import BadInput
from loaders.decoding import decode
from loaders.rejects import HEAD, as_written
from loaders.workbooks import WORKBOOKS, workbook_rows

TEXTS = (".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t|"
_SAMPLE_LINE = 6_000  # twenty lines of that length are no longer than a cell may be, so trying cannot fail


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table of text cells.

    Attributes:
        name: of the sheet, in workbooks.
        rows: the heading first, empty rows left out.
        numbers: the row numbers that a person sees, first row 1.
        origins: for a file of rejected rows, the file that each row was read from at first; else empty.
    """

    name: str | None
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int]
    origins: Sequence[str] = ()

    def origin(self, index: int, path: Path) -> str:
        """The name of the file that a row is from: the sheet's own but for rejected rows."""
        return (self.origins[index] if self.origins else "") or path.name


def read_sheets(path: Path) -> Iterator[Sheet]:
    """All sheets of a file, empty rows left out, and the columns that only say why rows were rejected.

    Raises:
        BadInput: the file is missing, of another kind, or broken.
    """
    if not path.is_file():
        raise BadInput(f"there is no file {path}", file=str(path))
    if path.suffix.lower() in WORKBOOKS:
        yield from map(_own_cells, _workbook(path))
    elif path.suffix.lower() in TEXTS:
        yield _own_cells(_text(path))
    else:
        known = ", ".join((*TEXTS, *WORKBOOKS))
        raise BadInput(said("no-such-kind", name=path.name, known=known), file=str(path))


def origin_stem(path: Path) -> str:
    """The name of the first file whose rejected rows a file holds, else its own, without the ending."""
    if path.suffix.lower() in TEXTS and path.is_file():
        with path.open("rb") as handle:
            start = handle.read(80)
        if all(name.encode() in start for name in HEAD):
            sheet = next(iter(read_sheets(path)))
            return Path(next(filter(None, sheet.origins[1:]), path.name)).stem
    return path.stem


def _own_cells(sheet: Sheet) -> Sheet:
    """A file of rejected rows as the table it came from."""
    if not sheet.rows or tuple(cell.casefold() for cell in sheet.rows[0][: len(HEAD)]) != HEAD:
        return sheet
    kept = [at for at, row in enumerate(sheet.rows) if any(row[len(HEAD) :])]
    return Sheet(
        name=sheet.name, rows=[[*map(as_written, sheet.rows[at][len(HEAD) :])] for at in kept],
        numbers=[sheet.numbers[at] for at in kept],
        origins=[as_written(sheet.rows[at][0]) if at else "" for at in kept],
    )  # fmt: skip


def _text(path: Path) -> Sheet:
    try:
        text = decode(path.read_bytes())
    except BadInput as problem:
        raise BadInput(f"{path.name}: {problem.detail}", file=str(path)) from problem
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows, numbers = [], []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
                numbers.append(start)
            start = reader.line_num + 1
    except csv.Error as problem:
        code = "open-quote" if "field limit" in str(problem) else "broken-text"
        raise BadInput(said(code, name=path.name, row=start, why=problem), file=str(path), row=start) from problem
    return Sheet(name=None, rows=rows, numbers=numbers)


def _delimiter(text: str) -> str:
    """The delimiter that splits the first lines into the most columns, alike in each."""
    lines = [line[:_SAMPLE_LINE] for line in text.splitlines()[:50] if line.strip()][:20]
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        counts = sorted(len(row) for row in csv.reader(lines, delimiter=delimiter))
        columns = counts[len(counts) // 2] if counts else 0
        if columns > most:
            best, most = delimiter, columns
    return best


def _workbook(path: Path) -> Iterator[Sheet]:
    for name, rows in workbook_rows(path):
        yield Sheet(name=name, rows=[row for _, row in rows], numbers=[number for number, _ in rows])
