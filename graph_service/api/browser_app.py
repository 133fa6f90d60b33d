"""The application in the browser: one page at all its addresses; what it shows comes from the API."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, redirect, send_from_directory
from werkzeug.wrappers import Response

from graph_service.api.addresses import PLAIN

BUILT = Path(__file__).with_name("static") / "app"
ADDRESSES = (
    "/", "/search", "/entities/<path:rest>", "/documents/<path:rest>", "/explorer", "/paths", "/partners", "/what-if",
    "/contradictions", "/data",
)  # fmt: skip
"""As in ui/src/App.tsx; anything else is not found."""


def blueprint() -> Blueprint:
    """The page at all its addresses; where it was not built, the pages without JavaScript."""
    routes = Blueprint("browser_app", __name__)

    def page(rest: str = "") -> Response:
        if not (BUILT / "index.html").exists():
            return redirect(PLAIN)
        return send_from_directory(BUILT, "index.html", max_age=0)

    for number, address in enumerate(ADDRESSES):
        routes.add_url_rule(address, f"page-{number}", page)
    return routes
