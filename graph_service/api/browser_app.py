"""The application in the browser: one page at all its addresses; what it shows comes from the API."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, redirect, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from graph_service.api import pages, problems, sign_in
from graph_service.api.addresses import PLAIN
from graph_service.errors import Unauthorised

BUILT = Path(__file__).with_name("static") / "app"
ADDRESSES = (
    "/", "/search", "/entities/<path:rest>", "/documents/<path:rest>", "/explorer", "/paths", "/partners", "/what-if",
    "/contradictions", "/data",
)  # fmt: skip
"""As in ui/src/App.tsx; anything else is not found."""
_OTHERS = ("/api", "/docs", "/static", PLAIN)
"""Below these it is not the application that says that there is nothing."""


def blueprint() -> Blueprint:
    """The page at all its addresses; where it was not built, the pages without JavaScript."""
    routes = Blueprint("browser_app", __name__)

    def page(rest: str = "") -> Response:
        if not (BUILT / "index.html").exists():
            return redirect(PLAIN)
        return send_from_directory(BUILT, "index.html", max_age=0)

    @routes.app_errorhandler(Unauthorised)
    def _enter(problem: Unauthorised) -> Response:
        if request.blueprint == routes.name or _is_strayed():
            return redirect(sign_in.address(), 303) if pages.wants_html() else problems.from_error(problem)
        return problems.from_error(problem)

    @routes.app_errorhandler(404)
    def _nothing_here(error: NotFound) -> pages.Page:
        if not _is_strayed() or not (BUILT / "index.html").exists():
            return pages.http_problem(error)
        return Response((BUILT / "index.html").read_bytes(), 404, content_type="text/html; charset=utf-8")

    for number, address in enumerate(ADDRESSES):
        routes.add_url_rule(address, f"page-{number}", page)
    return routes


def _is_strayed() -> bool:
    """Whether somebody in a browser is at an address that nothing else answers at."""
    is_else = any(request.path == other or request.path.startswith(f"{other}/") for other in _OTHERS)
    return request.endpoint is None and not is_else and pages.wants_html()
