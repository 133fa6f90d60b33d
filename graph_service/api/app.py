"""The Flask application: questions, edits, health, problems."""

from __future__ import annotations

from flask import Flask, Response
from flask_compress import Compress

from graph_service.api import access, browser_app, editing, me, openapi, pages, problems, question_routes, uploads
from graph_service.api.key_file import Keys
from graph_service.api.responses import json_response
from graph_service.errors import ZvenoError
from graph_service.graph import Graph
from graph_service.uploads.jobs import Jobs

MAX_BODY_BYTES = 1 << 20
COMPRESSED = [
    "application/geo+json", "application/graphml+xml", "application/javascript", "application/json",
    "application/problem+json", "image/svg+xml",
    "text/css", "text/csv", "text/html", "text/javascript", "text/plain",
]  # fmt: skip
"""What shrinks on the way to those who take it packed; events of a running load must not wait for a full block."""


def create_app(graph: Graph, *, keys: Keys | None = None, lang: str = "ru", jobs: Jobs | None = None) -> Flask:
    """The service over one graph.

    Args:
        graph: what it answers from.
        keys: API keys; without any everybody who can reach it is an editor, so it must stay on this machine.
        lang: language where a request names none.
        jobs: loads files that are sent; without it none can be.
    """
    app = Flask("graph_service.api", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.config["COMPRESS_MIMETYPES"] = COMPRESSED
    Compress(app)
    app.after_request(_close_file)  # before the compression, which is asked later
    problems.register(app)
    access.register(app, keys)
    app.register_blueprint(question_routes.blueprint(graph, lang))
    app.register_blueprint(editing.blueprint(graph))
    if jobs is not None:
        app.register_blueprint(uploads.blueprint(graph, jobs))
    app.register_blueprint(me.blueprint(has_keys=keys is not None))
    app.register_blueprint(pages.blueprint(graph, lang, keys))
    app.register_blueprint(browser_app.blueprint())
    described = openapi.document()

    @app.get("/openapi.json")
    def specification() -> Response:
        return json_response(described)

    @app.get("/healthz")
    def healthz() -> Response:
        return json_response({"status": "ok"})

    @app.get("/readyz")
    def readyz() -> Response:
        try:
            view = graph.live.view()
        except ZvenoError as error:
            return problems.from_error(error)
        return json_response({"status": "ready", "graph_version": view.snapshot.version.number, "stale": view.stale})

    return app


def _close_file(response: Response) -> Response:
    """A file that is sent is closed with its answer, also where compression puts a stream of its own in its place."""
    if response.direct_passthrough and hasattr(response.response, "close"):
        response.call_on_close(response.response.close)
    return response
