"""The API's documentation as a page, from the same document that /openapi.json gives; nothing leaves the host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, unquote, urlencode

import orjson

from graph_service.api import openapi
from graph_service.api.labels import russian, word
from graph_service.errors import BadParameter, NotFound
from graph_service.questions.question import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route with one method."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[Mapping[str, Any]]
    values: Mapping[str, str]
    responses: Sequence[tuple[str, str]]
    body: str
    answer: str
    example: str | None
    shown: str


@cache
def _document() -> dict[str, Any]:
    return openapi.document()


def groups(lang: str) -> list[tuple[str, list[Operation]]]:
    """Operations by tag, in the order of their paths."""
    found: dict[str, list[Operation]] = {}
    for path, methods in _document()["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(lang, path, method, operation))
    return [(word(lang, "group", tag), operations) for tag, operations in sorted(found.items())]


def request_address(name: str, given: Mapping[str, str]) -> str:
    """The address of a GET request, from the values of a form.

    Raises:
        NotFound: there is no such operation.
        BadParameter: a part of the path is missing.
    """
    for path, methods in _document()["paths"].items():
        if methods.get("get", {}).get("operationId") == name:
            left = dict(given)
            for parameter in methods["get"].get("parameters", ()):
                if parameter["in"] == "path":
                    if parameter["name"] not in left:
                        raise BadParameter(f"{parameter['name']} is a part of the path", parameter=parameter["name"])
                    value = quote(left.pop(parameter["name"]), safe="")
                    path = path.replace("{" + parameter["name"] + "}", value)
            return str(path) + (f"?{urlencode(left)}" if left else "")
    raise NotFound(f"there is no operation {name!r} that only reads")


def _operation(lang: str, path: str, method: str, operation: Mapping[str, Any]) -> Operation:
    name = operation["operationId"]
    question = registry().get(name)
    summary, description = operation["summary"], operation.get("description", "")
    if question is not None and lang == "ru":
        summary, description = question.title["ru"], question.doc["ru"]
    parameters = [
        {**parameter, "description": _help(lang, parameter), "kind": _kind(parameter["schema"])}
        for parameter in operation.get("parameters", ())
    ]
    example = dict(question.example) if question is not None else {}
    address = request_address(name, {key: str(value) for key, value in example.items()}) if example else None
    success = next(status for status in operation["responses"] if status.startswith("2"))
    return Operation(
        name=name,
        method=method.upper(),
        path=path,
        summary=summary,
        description=description,
        parameters=parameters,
        values={key: str(value) for key, value in example.items()},
        responses=[(status, response["description"]) for status, response in operation["responses"].items()],
        body=_schema(operation.get("requestBody")),
        answer=_schema(operation["responses"][success]),
        example=address,
        shown=unquote(address or ""),
    )


def _help(lang: str, parameter: Mapping[str, Any]) -> str:
    english = str(parameter.get("description", ""))
    return english if lang == "en" else russian("help_ru", parameter["name"], english)


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of a parameter in a word, with its choices."""
    kinds = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    texts = []
    for part in kinds:
        text = str(part.get("format") or part.get("type") or "")
        if "enum" in part:
            text = ", ".join(str(value) for value in part["enum"])
        elif "const" in part:
            text = str(part["const"])
        texts.append(text)
    return " | ".join(texts)


def _schema(place: Mapping[str, Any] | None) -> str:
    """The schema of a body with everything that it refers to, as JSON."""
    if not place or "content" not in place:
        return ""
    schema = next(iter(place["content"].values()))["schema"]
    wanted: dict[str, Any] = {}
    _collect(schema, wanted)
    shown = {"schema": schema, **({"components": dict(sorted(wanted.items()))} if wanted else {})}
    return orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode()


def _collect(schema: Any, found: dict[str, Any]) -> None:
    if isinstance(schema, Mapping):
        reference = schema.get("$ref")
        if isinstance(reference, str):
            name = reference.rpartition("/")[2]
            if name not in found:
                found[name] = _document()["components"]["schemas"][name]
                _collect(found[name], found)
        for part in schema.values():
            _collect(part, found)
    elif isinstance(schema, list):
        for part in schema:
            _collect(part, found)
