"""Addresses of pages, and of the same answers in other formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from graph_service.questions.question import Question, registry

PLAIN = "/plain"
"""Where the pages without JavaScript begin; the others belong to the application in the browser."""

_PAGES = {
    "lookup.search": f"{PLAIN}/search",
    "lookup.entity": PLAIN + "/entities/{id}",
    "cooperation.project": PLAIN + "/projects/{id}",
    "evidence.claim": PLAIN + "/claims/{id}",
    "evidence.document": PLAIN + "/documents/{id}",
}


def page_of(question: Question[Any], given: Mapping[str, Any]) -> str:
    """Address of the page that asks a question with these parameters."""
    left = {name: str(value) for name, value in given.items() if value not in (None, "")}
    path = _PAGES.get(question.name, f"{PLAIN}/ask/{question.command}")
    if "{id}" in path:
        if "id" not in left:
            return f"{PLAIN}/ask/{question.command}"
        path = path.replace("{id}", quote(left.pop("id"), safe=""))
    return path + (f"?{urlencode(left)}" if left else "")


def form_of(question: Question[Any]) -> str:
    """Address that the question's form is sent to."""
    return f"{PLAIN}/search" if question.name == "lookup.search" else f"{PLAIN}/ask/{question.command}"


def with_parameters(address: str, **changes: str) -> str:
    """An address with some parameters of its query set."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query)) | changes
    return parts._replace(query=urlencode(query)).geturl()


def cursor_of(address: str) -> str | None:
    """Where the next page begins, from the link to it."""
    return dict(parse_qsl(urlsplit(address).query)).get("cursor")


def questions_about(label: str) -> list[Question[Any]]:
    """The questions that make sense about an entity of a type."""
    return [
        question for question in registry().values() if label in question.about and "id" in question.params.model_fields
    ]
