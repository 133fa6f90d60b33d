"""One generic view serves every question of the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request

from graph_service.api.kept_answers import KeptAnswers
from graph_service.api.responses import FILES, JSON_TYPE, attached, check_format, sheet_response
from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import Question, registry

PREFIX = "/api/v1"


def blueprint(graph: Graph, default_lang: str) -> Blueprint:
    """Routes of all questions."""
    routes, kept = Blueprint("questions", __name__, url_prefix=PREFIX), KeptAnswers(graph)
    for question in registry().values():
        # A name may hold a slash, and so may a document's address.
        rule = question.route.replace("{", "<path:").replace("}", ">")
        routes.add_url_rule(
            rule, endpoint=question.name.replace(".", "-"), view_func=_view(graph, kept, question, default_lang),
            methods=["GET", "POST"] if question.takes_body else ["GET"],
        )  # fmt: skip
    return routes


def _view(graph: Graph, kept: KeptAnswers, question: Question[Any], default_lang: str) -> Callable[..., Response]:
    def view(**path: str) -> Response:
        check_names(question, path)
        given = query_parameters() | path | (_body(question) if request.method == "POST" else {})
        name = check_format(given.pop("format", "json"))
        given.setdefault("lang", default_lang)
        if name == "cypher":
            return Response(graph.cypher(question.name, **given), content_type="text/plain; charset=utf-8")
        if name == "json":
            return Response(kept.answer(question.name, given), content_type=JSON_TYPE)
        if name in FILES:
            content = graph.answer_file(question.name, name, **given)
            return Response(content, content_type=FILES[name], headers=attached(question.name, name))
        return sheet_response(graph.ask(question.name, **given), name)

    return view


def check_names(question: Question[Any], path: Mapping[str, str]) -> None:
    """Refuse parameters that nobody takes, also those with an empty value.

    Raises:
        BadParameter: a name is unknown, or stands in the path already.
    """
    known = (*known_parameters(question), "format")
    for name in request.args:
        if name in path:
            raise BadParameter(f"{name} stands in the path already", parameter=name)
        if name not in known:
            raise BadParameter(f"unknown parameter {name!r}{nearest(name, known)}", parameter=name)


def _body(question: Question[Any]) -> dict[str, str]:
    """Parameters from a JSON object; a list is several values.

    Raises:
        BadParameter: the body is something else, or names what the question does not take.
    """
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadParameter("the body must be a JSON object of parameters, sent as application/json", parameter="body")
    known = (*known_parameters(question), "format")
    for name, value in body.items():
        if name not in known:
            raise BadParameter(f"unknown parameter {name!r}{nearest(name, known)}", parameter=name)
        if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(one, str) for one in value)):
            raise BadParameter(f"{name} must be a text, a number or a list of texts", parameter=name)
    joined = {name: ",".join(value) if isinstance(value, list) else value for name, value in body.items()}
    return {name: str(value) for name, value in joined.items() if value not in (None, "")}


def query_parameters() -> dict[str, str]:
    """The query's parameters, each given once.

    Raises:
        BadParameter: one is given twice with different values.
    """
    for name, values in request.args.lists():
        if len(set(values)) > 1:
            raise BadParameter(
                f"{name} is given {len(values)} times: write one value, or a comma-separated list",
                parameter=name,
            )
    return {name: value for name, value in request.args.items() if value != ""}
