"""The part of the OpenAPI document that is no question: facts by hand, files that are sent, loads and jobs."""

from __future__ import annotations

from typing import Any, NamedTuple

from pydantic import TypeAdapter

from graph_service.api.editing import ClaimBody, LoadAnswer, Loads, MergeBody, ReasonBody, RetractBody
from graph_service.api.me import Me
from graph_service.api.question_routes import PREFIX
from graph_service.api.uploads import JobAnswer, JobsAnswer, LoadBody, Looked, Previews, ReadingBody

_PROBLEM_CONTENT = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_TEMPLATE = "#/components/schemas/{model}"
OTHER_TAGS = {"editing", "loading"}
EVENTS = "text/event-stream"
ERRORS: dict[str, dict[str, Any]] = {
    status: {"description": text, **_PROBLEM_CONTENT}
    for status, text in {
        "400": "A parameter is unknown or wrong.",
        "401": "A key is needed.",
        "403": "The key may ask but not change anything.",
        "404": "Nobody by that id or name; near matches are given.",
        "409": "A name means several entities; candidates are given. Or somebody else is writing.",
        "413": "The body is longer than the service takes.",
        "422": "A file, row or body does not say what it should.",
        "503": "The store does not answer.",
    }.items()
}
_FILE = {
    "multipart/form-data": {
        "schema": {
            "type": "object", "required": ["file"],
            "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
        }
    }
}  # fmt: skip


class _Operation(NamedTuple):
    name: str
    summary: str
    method: str
    path: str
    body: Any = None
    """A model; ``_FILE`` for a file."""
    result: Any = None
    """A model, or the type of what is sent."""
    status: str = "200"
    query: tuple[str, ...] = ()


_OPERATIONS = (
    _Operation("editing.add_claim", "State or correct a fact by hand", "post", "/claims", ClaimBody, status="201"),
    _Operation("editing.retract_claim", "Withdraw a claim", "post", "/claims/{claim_id}/retract", RetractBody),
    _Operation("editing.merge", "Say that another entity is this one", "post", "/entities/{id}/merge", MergeBody),
    _Operation("editing.split", "Let a merged id stand for itself again", "post", "/entities/{id}/split", ReasonBody),
    _Operation("editing.me", "Who is asking, and what they may do", "get", "/me", result=Me),
    _Operation("loading.loads", "All loads", "get", "/loads", result=Loads),
    _Operation("loading.undo", "Take a load back", "post", "/loads/{load_id}/undo", result=LoadAnswer),
    _Operation("loading.drop", "Remove a load that was cut off", "post", "/loads/{load_id}/drop", status="204"),
    _Operation("loading.send", "Send a file and see what it holds", "post", "/uploads", _FILE, Looked, "201"),
    _Operation("loading.look", "What a file holds", "get", "/uploads/{id}", result=Looked, query=("sheet",)),
    _Operation("loading.forget", "Remove a file; what it brought stays", "delete", "/uploads/{id}", status="204"),
    _Operation("loading.preview", "What a load would do", "post", "/uploads/{id}/preview", ReadingBody, Previews),
    _Operation("loading.load", "Load a file that was sent", "post", "/loads", LoadBody, JobAnswer, "202"),
    _Operation("loading.jobs", "All jobs, the newest first", "get", "/jobs", result=JobsAnswer),
    _Operation("loading.job", "How far a job is", "get", "/jobs/{id}", result=JobAnswer),
    _Operation("loading.continue", "Go on with a load", "post", "/jobs/{id}/continue", None, JobAnswer, "202"),
    _Operation("loading.events", "The same, as server-sent events", "get", "/jobs/{id}/events", result=EVENTS),
    _Operation("loading.rejects", "The rows that were not loaded", "get", "/jobs/{id}/rejects", result="text/csv"),
)  # fmt: skip


def schema_of(model: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """A reference to a model's schema, which is put among the others."""
    schema = TypeAdapter(model).json_schema(ref_template=_TEMPLATE)
    schemas.update(schema.pop("$defs", {}))
    name = str(schema.get("title", "Value"))
    schemas[name] = schema
    return {"$ref": _TEMPLATE.format(model=name)}


def add_editing(paths: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Add the operations to the document's paths, and what they send and answer to its schemas."""
    for operation in _OPERATIONS:
        paths.setdefault(PREFIX + operation.path, {})[operation.method] = _described(operation, schemas)


def _described(operation: _Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": operation.name, "tags": [operation.name.partition(".")[0]], "summary": operation.summary,
        "responses": {operation.status: {"description": "Done."} | _content(operation, schemas), **ERRORS},
    }  # fmt: skip
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    if names:
        found["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": _type(name)}} for name in names
        ]
    if operation.query:
        own = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in operation.query]
        found["parameters"] = [*found.get("parameters", []), *own]
    if operation.body is _FILE:
        found["requestBody"] = {"required": True, "content": _FILE}
    elif operation.body is not None:
        content = {"application/json": {"schema": schema_of(operation.body, schemas)}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _type(name: str) -> str:
    return "integer" if name == "load_id" else "string"


def _content(operation: _Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    if operation.status == "204":
        return {}
    if isinstance(operation.result, str):
        return {"content": {operation.result: {"schema": {"type": "string"}}}}
    schema = {"type": "object"} if operation.result is None else schema_of(operation.result, schemas)
    return {"content": {"application/json": {"schema": schema}}}
