"""The page of questions, and the parts of the API's page that follow from the code."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from rich.console import Console

from docs.examples import COLUMNS, MOMENT, TODAY
from docs.reference import NOTICE, table
from graph_service import errors
from graph_service.cli.ask import command_line
from graph_service.cli.render import render
from graph_service.graph import Graph
from graph_service.questions.question import PageParams, Params, PlaceParams, ProductParams, Question, registry

_ITEM_LINES = 14
_COMPLETED = f"{TODAY}T09:00:00.000000+00:00"
_SHARED_PARAMS = (Params, ProductParams, PlaceParams, PageParams)


def questions_page(graph: Graph) -> str:
    """``docs/questions.md``; examples are asked of ``graph``, which holds the demo."""
    parts = [
        "# Questions",
        NOTICE,
        "Every question is a command (`zveno ask …`), an address under `/api/v1`, and a call in Python "
        "(`graph.ask(\"suppliers\", id=…)`): one object, one set of parameters. In Python a leading `-` becomes "
        "`without_`; on the command line `-source` is `--without-source`. The answer's envelope is in "
        "[api.md](api.md), the definitions in [semantics.md](semantics.md).",
        f"The examples are asked of the demo in English as of {TODAY} (`--lang en --valid-at {TODAY}`) and show the "
        "beginning of what a terminal shows.",
        table(("question", "command", "route"), map(_index_row, registry().values())),
        "## Parameters that many questions share",
        *(f"{text}\n\n{_parameter_table(model)}" for text, model in (
            ("All questions:", Params), ("Questions about trade, also:", ProductParams),
            ("Lists of places and parties, also:", PlaceParams), ("Lists, also:", PageParams),
        )),
        *(_question(question, graph) for question in registry().values()),
    ]  # fmt: skip
    return "\n\n".join(parts)


def _index_row(question: Question[Any]) -> tuple[str, str, str]:
    title = question.title["en"]
    anchor = title.lower().replace(" ", "-")
    return f"[{title}](#{anchor})", f"`zveno ask {question.command}`", f"`{question.route}`"


def _own_fields(model: type[Any]) -> list[str]:
    inherited = [base for base in _SHARED_PARAMS if issubclass(model, base) and base is not model]
    shared = {name for base in inherited for name in base.model_fields}
    return [name for name in model.model_fields if name not in shared]


def _parameter_table(model: type[Any], names: Sequence[str] | None = None) -> str:
    rows = []
    for name in _own_fields(model) if names is None else names:
        field = model.model_fields[name]
        default = "required" if field.is_required() else "" if field.default is None else f"`{field.default}`"
        rows.append((f"`{field.serialization_alias or name}`", default, field.description or ""))
    return table(("parameter", "default", "meaning"), rows)


def _question(question: Question[Any], graph: Graph) -> str:
    own = [name for name in question.params.model_fields if name in _own_fields(question.params)]
    shared = [base for base in _SHARED_PARAMS[1:] if issubclass(question.params, base)]
    given = dict(question.example)
    if question.name == "evidence.claim":
        given["id"] = graph.ask("claims", id="Изопан Рус", type="EXPORTS_TO")["evidence"]["claims"][0]
    clock = {} if question.name == "evidence.certificate" else {"valid_at": TODAY}  # that has its answer's clocks
    envelope = graph.ask(question.name, **given, **clock, lang="en")
    also = {ProductParams: "product", PlaceParams: "place", PageParams: "page"}
    twin = (
        "a twin in `cypher/questions/`"
        if question.twin
        else "`cypher/questions/evidence.cypher`, which returns the claims that the answer rests on"
    )
    parts = [
        f"## {question.title['en']}",
        f"`{question.name}` · `zveno ask {question.command}` · `GET /api/v1{question.route}`",
        question.doc["en"],
        _parameter_table(question.params, own) if own else "No parameters of its own.",
        "Takes the parameters of all questions"
        + (f" and those of {', '.join(also[base] for base in shared)}" if shared else "")
        + f". Counts claims that are {' or '.join(question.default_statuses)} unless `status` says otherwise. "
        f"Cypher: {twin}.",
        f"```text\n$ {command_line(question, given)}\n{_shown(envelope)}\n```",
    ]
    return "\n\n".join(parts)


def _shown(envelope: Mapping[str, Any]) -> str:
    file = io.StringIO()
    render(envelope, evidence=False, console=Console(file=file, width=COLUMNS, color_system=None))
    lines = [MOMENT.sub(_COMPLETED, line.rstrip()) for line in file.getvalue().splitlines()]
    return "\n".join(lines if len(lines) <= _ITEM_LINES else [*lines[:_ITEM_LINES], "…"])


_OF_THE_SERVICE = (
    (405, "method-not-allowed", "", "The address is not asked in this way; the header `Allow` lists how it is."),
    (413, "request-entity-too-large", "", "The body is longer than the service takes."),
    (500, "internal", "", "Something went wrong in Zveno itself; the log has the details."),
)
"""Codes that a service gives beside our own errors."""


def error_codes() -> str:
    """All errors with their status."""
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.ZvenoError) and kind is not errors.ZvenoError
    ]
    rows = [(kind.status, kind.code, "yes" if kind.is_retryable else "", inspect.getdoc(kind) or "") for kind in kinds]
    return table(
        ("code", "status", "try again", "when"),
        ((f"`{code}`", str(status), again, text) for status, code, again, text in sorted([*rows, *_OF_THE_SERVICE])),
    )


def common_parameters() -> str:
    """The parameters that many questions share, in one table."""
    names: dict[type[BaseModel], str] = {
        Params: "all", ProductParams: "trade", PlaceParams: "places and parties", PageParams: "lists"
    }  # fmt: skip
    rows = [
        (f"`{model.model_fields[name].serialization_alias or name}`", where, model.model_fields[name].description or "")
        for model, where in names.items()
        for name in _own_fields(model)
    ]
    return table(("parameter", "questions", "meaning"), rows)


def question_routes() -> str:
    """One line a question."""
    return table(
        ("route", "question"),
        ((f"`GET /api/v1{q.route}`", f"{q.title['en']} (`{q.name}`)") for q in registry().values()),
    )


def answer_example(graph: Graph) -> str:
    """A whole answer as JSON, long lists cut."""
    envelope = graph.ask("markets", id="Isopan Rus", lang="en", valid_at=TODAY)
    envelope["meta"] |= {"elapsed_ms": 0.9, "known_at_time": _COMPLETED}
    return _json(_cut_lists(envelope))


def problem_example(graph: Graph) -> str:
    """An error as JSON."""
    from flask import Flask

    from graph_service.api.problems import from_error

    with Flask("example").test_request_context("/api/v1/entities/Isopan%20Rus/suppliers?tier=2"):
        try:
            graph.ask("suppliers", id="Isopan Rus", tier=2)
        except errors.BadParameter as error:
            return _json(from_error(error).get_json())
    raise AssertionError("an unknown parameter was taken")


def _json(value: object) -> str:
    return f"```json\n{json.dumps(value, ensure_ascii=False, indent=1)}\n```"


def _cut_lists(value: Any) -> Any:
    """Lists of things cut to their first, lists of texts to two."""
    if isinstance(value, Mapping):
        return {name: _cut_lists(part) for name, part in value.items()}
    if isinstance(value, list) and value:
        kept = 1 if isinstance(value[0], Mapping) else 2
        return [*(_cut_lists(part) for part in value[:kept]), *(["…"] if len(value) > kept else [])]
    return value
