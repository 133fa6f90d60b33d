"""Workbooks cell by cell: XLSX, XLS, ODS; a sheet's size is known before its cells are laid out in memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from html import unescape
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from graph_service.domain.said import said
from graph_service.errors import BadInput

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
MOST_CELLS = 20_000_000
"""The largest area, rows times columns, that a sheet's cells may span."""
MOST_UNPACKED_BYTES = 1 << 30
"""The largest size of all that is packed into a workbook; texts take three times as much in memory."""

_CHUNK = 1 << 20
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^>]*)?>")
_ODS_REPEATED = re.compile(rb"""-repeated=["'](\d{1,9})["']""")
_ODS_NAME = re.compile(rb"""\btable:name=["']([^"']*)["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    sheet: str
    rows: int
    columns: int


def workbook_rows(path: Path) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Each sheet's name with its rows that hold anything: number, first row 1, and cells as text.

    Raises:
        BadInput: the file is no workbook, or its cells span more than ``MOST_CELLS``.
    """
    try:
        # The library lays a sheet out as one block, and a block too large ends the process, not the call.
        for size in _sizes(path):
            _check(path, size)
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            _check(path, _Size(sheet=name, rows=sheet.total_height, columns=sheet.total_width))
            before = [""] * (sheet.start[1] if sheet.start else 0)
            numbered = enumerate(sheet.iter_rows(), start=1)
            rows = ((number, [*before, *map(_cell, row)]) for number, row in numbered)
            yield name, [(number, row) for number, row in rows if any(row)]
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile, zipfile.LargeZipFile) as problem:
        raise BadInput(said("no-workbook", name=path.name, why=problem), file=str(path)) from problem


def _check(path: Path, size: _Size) -> None:
    if size.rows * size.columns > MOST_CELLS:
        raise BadInput(
            said("too-wide", name=path.name, sheet=size.sheet, rows=size.rows, columns=size.columns, most=MOST_CELLS),
            file=str(path),
        )


def _sizes(path: Path) -> Iterator[_Size]:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if (size := sum(part.file_size for part in archive.infolist())) > MOST_UNPACKED_BYTES:
            raise BadInput(said("too-packed", name=path.name, size=size >> 20, most=MOST_UNPACKED_BYTES >> 20))
        names = archive.namelist()
        if path.suffix.lower() == ".ods" and "content.xml" in names:
            with archive.open("content.xml") as file:
                yield from _ods_sizes(file)
            return
        titles = _titles(archive)
        for name in names:
            if "/worksheets/" in f"/{name.lower()}" and name.lower().endswith(".xml"):
                with archive.open(name) as file:
                    rows, columns = _xlsx_size(file)
                yield _Size(sheet=titles.get(name.rsplit("/", 1)[-1], name), rows=rows, columns=columns)


def _xlsx_size(file: IO[bytes]) -> tuple[int, int]:
    rows, columns = 0, b""
    for block in _blocks(file):
        cells = _CELL.findall(block)
        rows = max(rows, *map(int, {row for _, row in cells}), 0)
        columns = max(columns, *{column.upper() for column, _ in cells}, b"", key=lambda each: (len(each), each))
    width = 0
    for letter in columns:
        width = width * 26 + letter - 64
    return rows, width


def _titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheets' names by the name of the file inside that holds them."""
    try:
        book, links = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {
        own[b"Id"]: own[b"Target"].decode().rsplit("/", 1)[-1]
        for own in (dict(_ATTRIBUTE.findall(tag)) for tag in _LINK.findall(links))
        if b"Id" in own and b"Target" in own
    }
    return {
        targets[own[b"r:id"]]: unescape(own[b"name"].decode())
        for own in (dict(_ATTRIBUTE.findall(tag)) for tag in _SHEET.findall(book))
        if own.get(b"r:id") in targets and b"name" in own
    }


def _ods_sizes(file: IO[bytes]) -> Iterator[_Size]:
    """Rows and columns up to the last filled cell: every sheet ends in empty ones that are only counted."""
    name, rows, columns = "", 0, 0
    above = repeated = left = 0
    for block in _blocks(file):
        for tag, own in _ODS_TAG.findall(block):
            times = int(found[1]) if (found := _ODS_REPEATED.search(own)) else 1
            if tag == b"table":
                yield _Size(sheet=name, rows=rows, columns=columns)
                title = _ODS_NAME.search(own)
                name, rows, columns = unescape(title[1].decode()) if title else "", 0, 0
                above = repeated = left = 0
            elif tag == b"table-row":
                above, repeated, left = above + repeated, times, 0
            else:
                left += times
                if not own.endswith(b"/") or b"value-type" in own:
                    rows, columns = max(rows, above + repeated), max(columns, left)
    yield _Size(sheet=name, rows=rows, columns=columns)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    """The file in parts that never cut a tag."""
    rest = b""
    while block := file.read(_CHUNK):
        rest += block
        cut = rest.rfind(b"<")
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _cell(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value).strip()
