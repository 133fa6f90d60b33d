"""Who is asking, and what they may do."""

from __future__ import annotations

from flask import Blueprint, Response, g
from typing_extensions import TypedDict

from graph_service.api.key_file import Role
from graph_service.api.responses import json_response


class Me(TypedDict):
    """Whose key it is and what it allows; without keys the user who runs the service, who may change everything."""

    name: str
    role: Role
    signed_in: bool


def blueprint(*, has_keys: bool) -> Blueprint:
    """The route that says it; pages offer only what will not be refused."""
    routes = Blueprint("me", __name__, url_prefix="/api/v1")

    @routes.get("/me")
    def me() -> Response:
        found: Me = {"name": g.editor, "role": g.role, "signed_in": has_keys}
        return json_response(found)

    return routes
