"""Answers as CSV that a Russian Excel opens as it is, and as XLSX; cells that look like formulas are defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from graph_service.questions.tables import FlatRow, Scalar, columns_of, flat_rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(envelope: Mapping[str, Any]) -> str:
    """CSV with a byte order mark; with ``lang=ru`` the separator is ``;`` and decimals have a comma."""
    rows = flat_rows(envelope["data"])
    russian = envelope["meta"]["lang"] == "ru"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if russian else ",", lineterminator="\r\n")
    columns = columns_of(rows)
    writer.writerow(columns)
    writer.writerows([_csv_cell(row.get(name), russian=russian) for name in columns] for row in rows)
    return "\ufeff" + out.getvalue()


def _csv_cell(value: Scalar, *, russian: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",") if russian else str(value)
    return defused(value) if isinstance(value, str) else str(value)


def defused(text: str) -> str:
    """A text that a spreadsheet takes for a text: an apostrophe before what looks like a formula."""
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def to_xlsx(envelope: Mapping[str, Any]) -> bytes:
    """A workbook: the answer, then its evidence with source, date and quote, then how it was asked."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True})
        _sheet(book, head, "answer", flat_rows(envelope["data"]))
        _sheet(book, head, "evidence", _evidence_rows(envelope["evidence"]))
        about = [{"what": "summary", "value": envelope["summary"]}]
        about += [{"what": name, "value": str(value)} for name, value in envelope["meta"].items()]
        _sheet(book, head, "about", about)
    return out.getvalue()


def _evidence_rows(evidence: Mapping[str, Any]) -> list[FlatRow]:
    documents = {document["id"]: document for document in evidence.get("documents", [])}
    return [
        {
            "claim": quote["claim"],
            "source": documents.get(quote["document"], {}).get("publisher"),
            "rank": documents.get(quote["document"], {}).get("rank"),
            "date": documents.get(quote["document"], {}).get("published_on"),
            "title": documents.get(quote["document"], {}).get("title"),
            "url": documents.get(quote["document"], {}).get("url"),
            "quote": quote.get("quote"),
            "note": quote.get("note"),
        }
        for quote in evidence.get("quotes", [])
    ]


def _sheet(book: xlsxwriter.Workbook, head: Any, name: str, rows: Sequence[FlatRow]) -> None:
    sheet = book.add_worksheet(name)
    columns = columns_of(rows)
    for column, title in enumerate(columns):
        sheet.write_string(0, column, title, head)
        widest = max([len(title), *(len(str(row.get(title) or "")) for row in rows[:200])])
        sheet.set_column(column, column, min(60, widest + 2))
    for number, row in enumerate(rows, start=1):
        for column, title in enumerate(columns):
            value = row.get(title)
            if isinstance(value, (bool, str)):
                sheet.write_string(number, column, defused(value) if isinstance(value, str) else str(value).lower())
            elif value is not None:
                sheet.write_number(number, column, value)
    sheet.freeze_panes(1, 0)
