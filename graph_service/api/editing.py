"""Facts by hand and loads: what is not a question."""

from __future__ import annotations

from typing import Annotated, TypeVar

from flask import Blueprint, Response, g, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from typing_extensions import TypedDict

from graph_service.api.responses import json_response
from graph_service.domain.nearest import nearest
from graph_service.errors import BadInput, BadParameter
from graph_service.graph import Graph
from graph_service.store.port import Load
from loaders.by_hand import Edit
from loaders.cells import known_columns
from loaders.one_party import Decision
from loaders.run import holder

Body = TypeVar("Body", bound=BaseModel)


class EditBody(BaseModel):
    """Who says so and why; ``claim`` has columns of the claims format."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    note: Annotated[str, Field(min_length=1, description="Why this is so and where it stands.")]
    source: Annotated[str | None, Field(description="Where it comes from; the editor unless given.")] = None
    rank: Annotated[
        int | None,
        Field(ge=1, le=5, description="Rank of a source that the graph does not know, 1 register … 5 unknown; else 2."),
    ] = None
    url: Annotated[str | None, Field(description="Address of the document.")] = None


class ClaimBody(EditBody):
    """A fact to add, or, with ``corrects``, to put in the place of another claim."""

    claim: Annotated[
        dict[str, str | int | float | bool],
        Field(description="Columns of the claims format: type, from, to, value, …"),
    ]
    corrects: Annotated[str | None, Field(pattern="^[0-9a-f]{32}$", description="Id of the claim it replaces.")] = None


class RetractBody(EditBody):
    """Why a claim is withdrawn."""


class ReasonBody(BaseModel):
    """Why two entities are one, or are not."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    reason: Annotated[str, Field(min_length=1, description="Why this is so and where it stands.")]


class MergeBody(ReasonBody):
    """Who is the same as the entity of the address, and why."""

    other: Annotated[
        str, Field(alias="with", min_length=1, description="Who leads to the entity from now on: id, number or name.")
    ]


class LoadItem(TypedDict):
    """One load: what was read, who wrote it and when, and what changed; ``undoes`` is the load that it took back."""

    id: int
    state: str
    format: str
    dataset: str
    mode: str
    files: list[str]
    holder: str
    version: int
    began: str
    finished: str | None
    new: int
    known: int
    retracted: int
    rejected: int
    undoes: int | None


class LoadList(TypedDict):
    """All loads."""

    items: list[LoadItem]
    total: int


class Loads(TypedDict):
    """The answer of the list of loads."""

    data: LoadList


class LoadAnswer(TypedDict):
    """The load that took another one back."""

    load: LoadItem


def blueprint(graph: Graph) -> Blueprint:
    """Routes that change the graph, and the list of loads."""
    routes = Blueprint("editing", __name__, url_prefix="/api/v1")

    @routes.get("/loads")
    def loads() -> Response:
        items = [load_item(load) for load in graph.store.loads()]
        return json_response({"data": {"items": items, "total": len(items)}})

    @routes.post("/loads/<int:load_id>/undo")
    def undo(load_id: int) -> Response:
        load = graph.store.undo(load_id, f"{g.editor} ({holder()})")
        graph.live.refresh()
        return json_response({"load": load_item(load)})

    @routes.post("/loads/<int:load_id>/drop")
    def drop(load_id: int) -> Response:
        graph.store.drop(load_id)
        return Response(status=204)

    @routes.post("/claims")
    def add() -> Response:
        body = read_body(ClaimBody)
        cells = {name: _cell(value) for name, value in body.claim.items()}
        for name in cells:
            if name not in known_columns():
                raise BadParameter(f"unknown column {name!r}{nearest(name, known_columns())}", parameter=name)
        if body.corrects is not None:
            load, claim_id = graph.correct_claim(body.corrects, cells, edit_of(body))
        else:
            load, claim_id = graph.add_claim({name: text for name, text in cells.items() if text}, edit_of(body))
        graph.live.refresh()
        headers = {"Location": f"/api/v1/claims/{claim_id}"}
        return json_response({"claim": claim_id, "load": load_item(load)}, 201, headers)

    @routes.post("/claims/<claim_id>/retract")
    def retract(claim_id: str) -> Response:
        load = graph.retract_claim(claim_id, edit_of(read_body(RetractBody)))
        graph.live.refresh()
        return json_response({"claim": claim_id, "load": load_item(load)})

    @routes.post("/entities/<id>/merge")
    def merge(id: str) -> Response:
        body = read_body(MergeBody)
        return decided(graph.merge(body.other, id, _decider(body)))

    @routes.post("/entities/<id>/split")
    def split(id: str) -> Response:
        return decided(graph.split(id, _decider(read_body(ReasonBody))))

    def decided(decision: Decision) -> Response:
        graph.live.refresh()
        found = {"entity": decision.entity, "old": decision.old, "withdrawn": list(decision.withdrawn)}
        if decision.claim is not None:
            found["claim"] = decision.claim
        return json_response({**found, "load": load_item(decision.load)})

    return routes


def _decider(body: ReasonBody) -> Edit:
    return Edit(editor=g.editor, note=body.reason)


def edit_of(body: EditBody) -> Edit:
    """The edit in the name of whoever is signed in."""
    return Edit(editor=g.editor, note=body.note, source=body.source, rank=body.rank, url=body.url)


def read_body(model: type[Body]) -> Body:
    """The JSON body, checked.

    Raises:
        BadInput: it is no JSON object, or not what the model says.
    """
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadInput("the body must be a JSON object; send Content-Type: application/json")
    known = [field.alias or name for name, field in model.model_fields.items()]
    for name in body:
        if name not in known:
            raise BadParameter(f"unknown member {name!r}{nearest(name, known)}", parameter=name)
    try:
        return model.model_validate(body)
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{where}: {first['msg']}", parameter=where) from problem


def load_item(load: Load) -> LoadItem:
    """A load as the API shows it."""
    return {
        "id": load.load_id, "state": load.state, "format": load.request.format, "dataset": load.request.dataset,
        "mode": load.request.mode, "files": list(load.request.files), "holder": load.request.holder,
        "version": load.version, "began": load.started_at, "finished": load.finished_at, "new": load.claims_new,
        "known": load.claims_known, "retracted": load.claims_retracted, "rejected": load.rows_rejected,
        "undoes": load.undoes,
    }  # fmt: skip


def _cell(value: str | float | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
