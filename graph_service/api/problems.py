"""Every error as one problem document (RFC 9457)."""

from __future__ import annotations

import logging
from typing import Any

import orjson
from flask import Flask, Response, request, url_for
from werkzeug.exceptions import HTTPException

from graph_service.domain.said import Said, words
from graph_service.errors import Merged, ZvenoError

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"
RETRY_AFTER_S = 5
CONFLICT = 409


def problem(status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **extra: Any) -> Response:
    """One problem document."""
    body = {
        "type": f"urn:zveno:problem:{code}",
        "title": code.replace("-", " "),
        "status": status,
        "code": code,
    }
    body |= {"detail": detail, "instance": request.full_path.rstrip("?")}
    body |= {name: value for name, value in extra.items() if value is not None}
    return Response(orjson.dumps(body), status=status, content_type=PROBLEM_TYPE, headers=headers)


def from_error(error: ZvenoError) -> Response:
    """A problem document of one of our errors."""
    headers: dict[str, str] = {}
    if error.is_retryable:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    status = error.status
    if isinstance(error, Merged):
        if moved := _moved(str(error.extra["id"]), str(error.extra["location"])):
            headers["Location"] = moved
        else:
            status = CONFLICT
    extra = error.extra | ({"words": words(error.detail)} if isinstance(error.detail, Said) else {})
    return problem(status, error.code, error.detail, headers=headers, parameter=error.parameter, **extra)


def _moved(old: str, new: str) -> str | None:
    """The same request with the id that a merged one has become; None where the id stands in a body or a list."""
    given = {**request.args, **(request.view_args or {})}
    if request.method != "GET" or request.endpoint is None or old not in given.values():
        return None
    moved: dict[str, Any] = {name: new if value == old else value for name, value in given.items()}
    return url_for(request.endpoint, **moved)


def from_http(error: HTTPException) -> Response:
    """A problem document of what Flask refuses by itself: unknown routes, methods, bodies that are too long."""
    code = (error.name or "error").lower().replace(" ", "-")
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Location")}
    return problem(error.code or 500, code, error.description or error.name, headers=headers)


def register(app: Flask) -> None:
    """Handle everything that can go wrong in one place."""

    @app.errorhandler(ZvenoError)
    def _ours(error: ZvenoError) -> Response:
        return from_error(error)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        return from_http(error)

    @app.errorhandler(Exception)
    def _bug(error: Exception) -> Response:
        logger.exception("unexpected error at %s", request.path)
        return problem(500, "internal", "Something went wrong in Zveno itself; the log has the details.")
