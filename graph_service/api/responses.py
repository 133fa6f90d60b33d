"""Responses: JSON, and answers as CSV or XLSX."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response

from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from graph_service.questions.spreadsheets import to_csv, to_xlsx

FORMATS = ("json", "csv", "xlsx", "cypher", "graphml", "geojson")
FILES = {"graphml": "application/graphml+xml", "geojson": "application/geo+json"}
JSON_TYPE = "application/json"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Any value as JSON."""
    return Response(json_bytes(body), status=status, content_type=JSON_TYPE, headers=headers)


def json_bytes(body: Any) -> bytes:
    """Any value as the text of a JSON response."""
    return orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)


def check_format(name: str) -> str:
    """A known format.

    Raises:
        BadParameter: it is none.
    """
    if name not in FORMATS:
        raise BadParameter(
            f"format {name!r} is none of {', '.join(FORMATS)}{nearest(name, FORMATS)}", parameter="format"
        )
    return name


def attached(question: str, format: str) -> dict[str, str]:
    """Headers of a file that a browser saves."""
    return {"Content-Disposition": f'attachment; filename="{question.replace(".", "-")}.{format}"'}


def sheet_response(envelope: dict[str, Any], name: str) -> Response:
    """An answer as a spreadsheet, ``csv`` or ``xlsx``."""
    headers = attached(envelope["meta"]["question"], name)
    if name == "csv":
        return Response(to_csv(envelope), content_type="text/csv; charset=utf-8", headers=headers)
    return Response(to_xlsx(envelope), content_type=XLSX_TYPE, headers=headers)
