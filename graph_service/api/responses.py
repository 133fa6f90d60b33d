"""Answers as responses: JSON, CSV, XLSX."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response

from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from graph_service.questions.spreadsheets import to_csv, to_xlsx

FORMATS = ("json", "csv", "xlsx", "cypher")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def json_response(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Any value as JSON."""
    content = orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)
    return Response(content, status=status, content_type="application/json", headers=headers)


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


def answer_response(envelope: dict[str, Any], name: str) -> Response:
    """An answer in the format asked for."""
    if name == "json":
        return json_response(envelope)
    file = envelope["meta"]["question"].replace(".", "-")
    headers = {"Content-Disposition": f'attachment; filename="{file}.{name}"'}
    if name == "csv":
        return Response(to_csv(envelope), content_type="text/csv; charset=utf-8", headers=headers)
    return Response(to_xlsx(envelope), content_type=XLSX_TYPE, headers=headers)
