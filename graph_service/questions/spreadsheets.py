"""Answers as CSV that a Russian Excel opens as it is, and as XLSX; cells that look like formulas are defused."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from graph_service.interop.sheets import BOOK_OPTIONS, add_sheet, csv_text
from graph_service.questions.tables import FlatRow, Scalar, columns_of, flat_rows


def to_csv(envelope: Mapping[str, Any]) -> str:
    """CSV with a byte order mark; with ``lang=ru`` the separator is ``;`` and decimals have a comma."""
    rows = _rows(envelope)
    return csv_text(columns_of(rows), rows, lang=envelope["meta"]["lang"])


def to_xlsx(envelope: Mapping[str, Any]) -> bytes:
    """A workbook: the answer, then its evidence with source, date and quote, then how it was asked."""
    out = io.BytesIO()
    about: list[FlatRow] = [{"what": "summary", "value": envelope["summary"]}]
    about += [{"what": name, "value": str(value)} for name, value in envelope["meta"].items()]
    sheets: dict[str, Sequence[Mapping[str, Any]]] = {
        "answer": _rows(envelope),
        "evidence": _evidence_rows(envelope["evidence"]),
        "about": about,
    }
    with xlsxwriter.Workbook(out, BOOK_OPTIONS) as book:
        head = book.add_format({"bold": True})
        for name, rows in sheets.items():
            add_sheet(book, head, name, columns_of(rows), rows)
    return out.getvalue()


def _rows(envelope: Mapping[str, Any]) -> list[dict[str, object]]:
    """Flat rows with the decimal strings of amounts as numbers."""
    return [{name: _number(name, value) for name, value in row.items()} for row in flat_rows(envelope["data"])]


def _number(name: str, value: Scalar) -> object:
    return Decimal(value) if name.endswith(("_low", "_high")) and isinstance(value, str) else value


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
