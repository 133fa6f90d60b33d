"""Files that are sent: looked into, previewed, loaded as a job whose progress can be followed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Annotated, Literal, NotRequired, cast

import orjson
import yaml
from flask import Blueprint, Response, g, request, send_file
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from graph_service.api import problems
from graph_service.api.editing import read_body
from graph_service.api.responses import json_response
from graph_service.domain.said import Said
from graph_service.errors import BadInput, BadParameter, Forbidden, NotFound, StoreUnavailable, ZvenoError
from graph_service.graph import Graph
from graph_service.uploads.folder import Upload
from graph_service.uploads.jobs import UNFINISHED, JobItem, Jobs, Order
from graph_service.uploads.look import LookItem, PreviewItem, look, preview
from loaders.loader import Options
from loaders.run import plain_note
from loaders.tabular.draft import BELONGING, IDENTIFYING, OF_THE_ROW, draft, mapping_text
from loaders.tabular.mapping import mapping_path, parse_mapping, shipped_names
from loaders.tabular.notes import column_notes
from loaders.tabular.recognise import Column

MOST_BYTES = 64 << 20
MOST_STREAMS = 2
"""At once in one worker: each holds one of its threads."""
LOOK_EVERY_S = 0.25
STREAM_AT_MOST_S = 60.0
"""A stream holds a thread of the service; the browser takes it up again by itself."""

KINDS = ("text", "number", *IDENTIFYING, *BELONGING, *OF_THE_ROW)


class ColumnBody(BaseModel):
    """What a column holds, and of whom."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, description="Its heading.")]
    kind: Annotated[
        str, Field(description="What it holds; text and number are left out.", json_schema_extra={"enum": KINDS})
    ]
    role: Annotated[
        Literal["firm", "supplier", "customer"] | None,
        Field(description="Of whom; of the row as a whole unless given."),
    ] = None


class ReadingBody(BaseModel):
    """How a file is to be read; the guess where nothing is said."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    columns: Annotated[list[ColumnBody] | None, Field(description="What the columns hold.")] = None
    mapping: Annotated[
        str | None, Field(description="In their place: a mapping in YAML, or the name of a shipped one.")
    ] = None
    sheet: Annotated[
        str | None,
        Field(description="The only sheet of a workbook to read; every one that has the columns unless given."),
    ] = None
    source: Annotated[str | None, Field(description="Who says what the file says.")] = None
    rank: Annotated[
        int | None,
        Field(ge=1, le=5, description="Rank of a source that the graph does not know, 1 register … 5 unknown."),
    ] = None


class LoadBody(ReadingBody):
    """Which file is to be loaded, and how."""

    upload: Annotated[str, Field(description="Id of the file that was sent.")]
    full: Annotated[bool, Field(description="Withdraw what the same data set stated before and no longer does.")] = (
        False
    )
    lang: Annotated[Literal["en", "ru"], Field(description="Language of the reasons in the file of rejected rows.")] = (
        "en"
    )


class Looked(TypedDict):
    """A file that was sent; once it was to be loaded, ``said`` is how."""

    upload: LookItem
    said: NotRequired[ReadingBody]


class Previews(TypedDict):
    """What a load would do."""

    preview: PreviewItem


class JobAnswer(TypedDict):
    """One job."""

    job: JobItem


class JobList(TypedDict):
    """All jobs, the newest first."""

    items: list[JobItem]
    total: int


class JobsAnswer(TypedDict):
    """The answer of the list of jobs."""

    data: JobList


def blueprint(graph: Graph, jobs: Jobs) -> Blueprint:
    """Routes for files that are sent; all of them are an editor's."""
    routes = Blueprint("uploads", __name__, url_prefix="/api/v1")
    streams = threading.BoundedSemaphore(MOST_STREAMS)

    @routes.before_request
    def editors_only() -> None:
        if g.role != "editor":
            raise Forbidden(f"the key of {g.editor} may ask but not load anything; an editor's key is needed")

    @routes.errorhandler(ZvenoError)
    def without_folders(error: ZvenoError) -> Response:
        if "file" in error.extra:  # people know the file by its name; where it lies is nobody's business
            error.extra["file"] = Path(str(error.extra["file"])).name
        return problems.from_error(error)

    @routes.post("/uploads")
    def send() -> Response:
        request.max_content_length = MOST_BYTES
        sent = request.files.get("file")
        if sent is None:
            raise BadInput("send the file as multipart/form-data in the member `file`", parameter="file")
        jobs.folder.tidy()
        with closing(sent):
            upload = jobs.folder.keep(sent.filename or "", sent.stream)
        try:
            found = look(upload)
        except BaseException:
            jobs.folder.remove(upload)
            raise
        columns = [column["name"] for column in found.get("columns", ())]
        if (earlier := jobs.order_of(found.get("origins", ()), columns)) is not None:
            _read_as(found, earlier)
        else:
            found.pop("origins", None)
        upload.write("look", found)
        return json_response({"upload": found}, 201, {"Location": f"/api/v1/uploads/{upload.upload_id}"})

    @routes.get("/uploads/<id>")
    def looked(id: str) -> Response:
        upload = jobs.folder.find(id)
        said = upload.read("said")
        found = {"upload": _look_at(upload, request.args.get("sheet"))}
        return json_response(found if said is None else {**found, "said": said})

    @routes.delete("/uploads/<id>")
    def forget(id: str) -> Response:
        jobs.remove(jobs.folder.find(id))
        return Response(status=204)

    @routes.post("/uploads/<id>/preview")
    def previewed(id: str) -> Response:
        upload, body = jobs.folder.find(id), read_body(ReadingBody)
        found = _look_at(upload, body.sheet)
        options = Options(source=body.source or found.get("source"), rank=body.rank or found.get("rank"))
        format, mapping = _decide(upload, body, found)
        shown = preview(upload, format, mapping, options, graph.live.view().snapshot)
        shown["notes"][:0] = [plain_note(note) for note in _column_notes(found, body)]
        return json_response({"preview": shown})

    @routes.post("/loads")
    def load() -> Response:
        body = read_body(LoadBody)
        upload = jobs.folder.find(body.upload)
        found = _look_at(upload, body.sheet)
        format, mapping = _decide(upload, body, found)
        order = Order(
            format=format, mapping=mapping, source=body.source or found.get("source"),
            rank=body.rank or found.get("rank"), by=g.editor, tries=1, mode="full" if body.full else "incremental",
            lang=body.lang,
        )  # fmt: skip
        jobs.start(upload, order, body.model_dump(include=set(ReadingBody.model_fields), exclude_none=True))
        return json_response({"job": jobs.state(upload)}, 202, {"Location": f"/api/v1/jobs/{upload.upload_id}"})

    @routes.get("/jobs")
    def all_jobs() -> Response:
        items = jobs.all()
        return json_response({"data": {"items": items, "total": len(items)}})

    @routes.get("/jobs/<id>")
    def job(id: str) -> Response:
        return json_response({"job": state_of(jobs.folder.find(id))})

    @routes.get("/jobs/<id>/events")
    def events(id: str) -> Response:
        upload = jobs.folder.find(id)
        state_of(upload)  # so that what is wrong is said before the stream begins
        return Response(stream(upload), content_type="text/event-stream")

    @routes.post("/jobs/<id>/continue")
    def go_on(id: str) -> Response:
        upload = jobs.folder.find(id)
        jobs.go_on(upload)
        return json_response({"job": jobs.state(upload)}, 202)

    @routes.get("/jobs/<id>/rejects")
    def rejects(id: str) -> Response:
        upload = jobs.folder.find(id)
        if not upload.rejects.exists():
            raise NotFound(f"no row of {upload.file.name} was rejected", parameter="id")
        name = upload.rejects.name
        return send_file(upload.rejects.absolute(), mimetype="text/csv", as_attachment=True, download_name=name)

    def state_of(upload: Upload) -> JobItem:
        state = jobs.state(upload)
        if state is None:
            raise NotFound(f"{upload.file.name} was sent but not loaded: POST /api/v1/loads", parameter="id")
        report = state.get("report")
        if report is not None and (report["version"] or 0) > graph.live.view().snapshot.version.number:
            with suppress(StoreUnavailable):  # how the load went can be said without the store
                graph.live.refresh()  # whoever is told that it is done finds it
        return state

    def stream(upload: Upload) -> Iterator[bytes]:
        if not streams.acquire(blocking=False):  # the others ask again, and find out by that
            yield b"retry: 2000\n\ndata: " + orjson.dumps(state_of(upload)) + b"\n\n"
            return
        try:
            yield from told(upload)
        finally:
            streams.release()

    def told(upload: Upload) -> Iterator[bytes]:
        began, last = monotonic(), b""
        yield b"retry: 500\n\n"
        while monotonic() - began < STREAM_AT_MOST_S:
            state = state_of(upload)
            now = orjson.dumps(state)
            yield b"data: " + now + b"\n\n" if now != last else b": still\n\n"
            if state["state"] not in UNFINISHED:
                return
            last = now
            sleep(LOOK_EVERY_S)

    return routes


def _read_as(found: LookItem, order: Order) -> None:
    """Take over how another file was loaded; what was not said there is not said here."""
    found["format"] = order["format"]
    found.pop("unclear", None)
    if order["mapping"] is not None:
        found["mapping"] = order["mapping"]
    if order["source"] is not None:
        found["source"] = order["source"]
    if order["rank"] is not None:
        found["rank"] = order["rank"]


def _decide(upload: Upload, body: ReadingBody, found: LookItem) -> tuple[str, str | None]:
    """The format, and for a table the text of the mapping.

    Raises:
        BadInput: it is no mapping, or none follows from the columns.
    """
    format, mapping = _said(upload, body, found)
    if mapping is not None:
        parse_mapping(mapping.encode(), upload.mapping)
    return format, mapping


def _said(upload: Upload, body: ReadingBody, found: LookItem) -> tuple[str, str | None]:
    if found["format"] == "claims" and body.columns is None and body.mapping is None:
        return "claims", None
    if body.mapping is not None:
        shipped = body.mapping in shipped_names()
        text = mapping_path(body.mapping).read_text(encoding="utf-8") if shipped else body.mapping
        return "table", text if body.sheet is None else _of_sheet(text, body.sheet, upload)
    if body.columns is not None or "mapping" not in found:
        columns, is_text = _columns(found, body), "sheet" not in found
        return "table", mapping_text(draft(upload.file.stem, columns, body.sheet, is_text=is_text))
    return "table", found["mapping"]


def _of_sheet(mapping: str, sheet: str, upload: Upload) -> str:
    """The mapping, of this sheet alone.

    Raises:
        BadInput: it is no mapping.
        BadParameter: it names another sheet.
    """
    own = parse_mapping(mapping.encode(), upload.mapping).sheet
    if own not in (None, sheet):
        raise BadParameter(
            f"the mapping reads the sheet {own!r}: leave `sheet` out, or change it there", parameter="sheet"
        )
    return mapping_text(yaml.safe_load(mapping) | {"sheet": sheet})


def _look_at(upload: Upload, sheet: str | None) -> LookItem:
    """What was recognised when the file was sent, or what is on one sheet of it."""
    found = cast("LookItem", upload.read("look") or {})
    return look(upload, sheet) if sheet and found["format"] == "table" else found


def _column_notes(found: LookItem, body: ReadingBody) -> list[Said]:
    """What is to be said of the columns as they are read; a mapping speaks for itself."""
    is_mapped = body.mapping is not None or "origins" in found
    return (
        []
        if found["format"] == "claims" or is_mapped
        else column_notes(_columns(found, body), is_text="sheet" not in found)
    )


def _columns(found: LookItem, body: ReadingBody) -> list[Column]:
    """What the columns hold: as was said, else as they were recognised."""
    known = {column["name"]: Column(**column) for column in found.get("columns", ())}
    if body.columns is None:
        return list(known.values())
    return [_column(column, known.get(column.name)) for column in body.columns]


def _column(body: ColumnBody, known: Column | None) -> Column:
    if body.kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise BadParameter(f"{body.name}: {body.kind!r} is nothing that a column holds: {kinds}", parameter="kind")
    example, largest = (known.example, known.largest) if known else ("", None)
    return Column(name=body.name, example=example, kind=body.kind, fit=1.0, role=body.role, largest=largest)
