"""Rows for spreadsheets: CSV that a Russian Excel opens as it is, XLSX sheets, cells that are never formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from graph_service.errors import BadParameter

BOOK_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MAX_SHEET_ROWS = 1_048_575
"""Rows below the header that a sheet of XLSX holds."""

_MAX_CELL_TEXT = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """A text that a spreadsheet takes for a text: an apostrophe before what looks like a formula."""
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, object]], *, lang: str) -> str:
    """CSV with a byte order mark; with ``lang`` ru the separator is ``;`` and decimals have a comma."""
    russian = lang == "ru"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if russian else ",", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(row.get(name), russian=russian) for name in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _csv_cell(value: object, *, russian: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        return text.replace(".", ",") if russian else text
    return defused(_text(value))


def add_sheet(
    book: xlsxwriter.Workbook, head: Any, name: str, columns: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> None:
    """Add a sheet with a header row that stays in sight.

    Raises:
        BadParameter: there are more rows than a sheet holds.
    """
    if len(rows) > MAX_SHEET_ROWS:
        raise BadParameter(
            f"{len(rows)} {name} are more than the {MAX_SHEET_ROWS} rows of a spreadsheet: take csv", parameter="format"
        )
    sheet = book.add_worksheet(name)
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, head)
        widest = max([len(title), *(len(_text(row.get(title))) for row in rows[:200])])
        sheet.set_column(column, column, min(60, widest + 2))
        for number, row in enumerate(rows, start=1):
            value = row.get(title)
            if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                sheet.write_number(number, column, float(value))
            elif value is not None:
                sheet.write_string(number, column, defused(_text(value))[:_MAX_CELL_TEXT])
    sheet.freeze_panes(1, 0)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value)
