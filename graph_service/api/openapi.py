"""The OpenAPI 3.1 document, made from the question objects."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter

from graph_service.api.editing import ClaimBody, Loads, MergeBody, ReasonBody, RetractBody, Undone
from graph_service.api.question_routes import PREFIX
from graph_service.api.responses import FORMATS
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import Question, registry

_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_PROBLEM_CONTENT = {"content": {"application/problem+json": {"schema": _PROBLEM}}}
_ERRORS = {
    "400": "A parameter is unknown or wrong.",
    "401": "A key is needed.",
    "404": "Nobody by that id or name; near matches are given.",
    "409": "A name means several entities; candidates are given.",
    "503": "The store does not answer.",
}
_TEMPLATE = "#/components/schemas/{model}"


def document() -> dict[str, Any]:
    """The whole document."""
    schemas: dict[str, Any] = {"Problem": _problem_schema()}
    paths: dict[str, Any] = {}
    for question in registry().values():
        operations = paths[PREFIX + question.route] = {"get": _operation(question, schemas)}
        if question.takes_body:
            operations["post"] = _with_body(question, operations["get"], schemas)
    _add_editing(paths, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Zveno",
            "version": version("zveno"),
            "description": "A supply-chain knowledge graph: each answer with its evidence and what is not known.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": group} for group in sorted({name.partition(".")[0] for name in registry()} | {"editing"})],
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
                "content": {"application/json": {"schema": _envelope(_schema(question.result, schemas))}},
            },
            **{status: {"description": text, **_PROBLEM_CONTENT} for status, text in _ERRORS.items()},
        },
    }


def _with_body(question: Question[Any], operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The same question with its parameters in a body."""
    content = {"application/json": {"schema": _schema(question.params, schemas)}}
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


def _schema(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    schema = TypeAdapter(model).json_schema(ref_template=_TEMPLATE)
    schemas.update(schema.pop("$defs", {}))
    name = str(schema.get("title", "Value"))
    schemas[name] = schema
    return {"$ref": _TEMPLATE.format(model=name)}


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
        },
    }  # fmt: skip


def _add_editing(paths: dict[str, Any], schemas: dict[str, Any]) -> None:
    def operation(
        name: str, summary: str, model: Any = None, path: str | None = None, status: str = "200", result: Any = None
    ) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object"} if result is None else _schema(result, schemas)
        found: dict[str, Any] = {
            "operationId": f"editing.{name}", "tags": ["editing"], "summary": summary,
            "responses": {
                status: {"description": "Done.", "content": {"application/json": {"schema": schema}}},
                **{code: {"description": text, **_PROBLEM_CONTENT} for code, text in _ERRORS.items()},
            },
        }  # fmt: skip
        if path:
            schema = {"type": "integer" if path == "load_id" else "string"}
            found["parameters"] = [{"name": path, "in": "path", "required": True, "schema": schema}]
        if model is not None:
            found["requestBody"] = {
                "required": True,
                "content": {"application/json": {"schema": _schema(model, schemas)}},
            }
        return found

    paths[f"{PREFIX}/claims"] = {
        "post": operation("add_claim", "State or correct a fact by hand", ClaimBody, status="201")
    }
    paths[f"{PREFIX}/claims/{{claim_id}}/retract"] = {
        "post": operation("retract_claim", "Withdraw a claim", RetractBody, path="claim_id")
    }
    paths[f"{PREFIX}/entities/{{id}}/merge"] = {
        "post": operation("merge", "Say that another entity is the same as this one", MergeBody, path="id")
    }
    paths[f"{PREFIX}/entities/{{id}}/split"] = {
        "post": operation("split", "Let a merged id stand for itself again", ReasonBody, path="id")
    }
    paths[f"{PREFIX}/loads"] = {"get": operation("loads", "All loads", result=Loads)}
    paths[f"{PREFIX}/loads/{{load_id}}/undo"] = {
        "post": operation("undo_load", "Take a load back", path="load_id", result=Undone)
    }
