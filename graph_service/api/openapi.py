"""The OpenAPI 3.1 document, made from the question objects."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from graph_service.api.openapi_editing import ERRORS, OTHER_TAGS, add_editing, schema_of
from graph_service.api.question_routes import PREFIX
from graph_service.api.responses import FORMATS
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import Question, registry


def document() -> dict[str, Any]:
    """The whole document."""
    schemas: dict[str, Any] = {"Problem": _problem_schema()}
    paths: dict[str, Any] = {}
    for question in registry().values():
        operations = paths[PREFIX + question.route] = {"get": _operation(question, schemas)}
        if question.takes_body:
            operations["post"] = _with_body(question, operations["get"], schemas)
    add_editing(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zveno",
            "version": version("zveno"),
            "description": "A supply-chain knowledge graph: each answer with its evidence and what is not known.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": group} for group in sorted({name.partition(".")[0] for name in registry()} | OTHER_TAGS)],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "An API key."}},
        },
    }


def _operation(question: Question[Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": question.name,
        "tags": [question.name.partition(".")[0]],
        "summary": question.title["en"],
        "description": question.doc["en"],
        "parameters": _parameters(question),
        "responses": {
            "200": {
                "description": "The answer.",
                "content": {"application/json": {"schema": _envelope(schema_of(question.result, schemas))}},
            },
            **ERRORS,
        },
    }


def _with_body(question: Question[Any], operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The same question with its parameters in a body."""
    content = {"application/json": {"schema": schema_of(question.params, schemas)}}
    body = {"required": True, "content": content}
    own = {key: value for key, value in operation.items() if key != "parameters"}
    return own | {"operationId": f"{question.name}.post", "requestBody": body}


def _parameters(question: Question[Any]) -> list[dict[str, Any]]:
    properties = question.params.model_json_schema(by_alias=False)["properties"]
    found = []
    for field, name in zip(question.params.model_fields, known_parameters(question), strict=True):
        schema = {key: value for key, value in properties[field].items() if key not in ("title", "description")}
        found.append(
            {
                "name": name,
                "in": "path" if name in question.path_parameters else "query",
                "required": name in question.path_parameters or question.params.model_fields[field].is_required(),
                "description": question.params.model_fields[field].description or name,
                "schema": schema,
            }
        )
    formats = {"type": "string", "enum": list(FORMATS), "default": "json"}
    found.append({"name": "format", "in": "query", "required": False, "description": "Format.", "schema": formats})
    return found


def _envelope(data: dict[str, Any]) -> dict[str, Any]:
    strings = {"type": "array", "items": {"type": "string"}}
    documents = {"type": "array", "items": {"type": "object"}}
    return {
        "type": "object",
        "required": ["summary", "data", "evidence", "meta", "links"],
        "properties": {
            "summary": {"type": "string", "description": "One sentence: the answer, then what is not known."},
            "data": data,
            "bounds": {
                "type": "object",
                "description": "How many for certain, and how many at most: certain and possible ones together.",
            },
            "coverage": {
                "type": "object",
                "description": "Named against counted, and how many shares are known.",
            },
            "evidence": {"type": "object", "properties": {"claims": strings, "documents": documents}},
            "meta": {
                "type": "object",
                "description": "The two clocks, the graph's version, whether a limit was reached.",
            },
            "links": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }


def _problem_schema() -> dict[str, Any]:
    text = {"type": "string"}
    return {
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": text, "title": text, "status": {"type": "integer"}, "code": text, "detail": text, "instance": text,
            "parameter": text,
            "words": {
                "type": "object", "required": ["en", "ru"], "properties": {"en": text, "ru": text},
                "description": "The detail in both languages, where it is known in both.",
            },
        },
    }  # fmt: skip
