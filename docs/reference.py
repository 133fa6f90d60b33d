"""The pages of the docs, and parts of pages, that follow from the code."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console

from docs.examples import COLUMNS, TODAY
from graph_service import errors
from graph_service.cli.render import render
from graph_service.domain.identity import IDENTIFYING
from graph_service.domain.schema import (
    ATTRIBUTES,
    FIELD,
    FIELDS,
    LABELS,
    RANKS,
    RELATION_TYPES,
    Field,
    RelationType,
)
from graph_service.graph import Graph
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import PageParams, Params, PlaceParams, ProductParams, Question, registry
from graph_service.settings import DEFAULT_STORE, VARIABLES
from loaders.cells import REFERENCES
from loaders.columnar.tables import SOURCE_COLUMNS, TABLES

NOTICE = "<!-- Made by `make docs` from the code; changes by hand are lost. -->"
AS_OF = TODAY
WIDTH = COLUMNS
_ITEM_LINES = 14
_SHARED_PARAMS = (Params, ProductParams, PlaceParams, PageParams)
_KINDS = {
    "ref": "an entity", "term": "a word", "text": "text", "number": "number", "integer": "whole number",
    "flag": "true, false, or empty = unknown", "date": "date",
}  # fmt: skip


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(words: Iterable[str]) -> str:
    """Words as code, comma-separated."""
    return ", ".join(f"`{word}`" for word in words)


def schema_page() -> str:
    """``docs/schema.md``."""
    fields = [field for field in FIELDS if not field.derived]
    return "\n\n".join(
        [
            "# Schema",
            NOTICE,
            "Everything the graph can hold, as declared once in `graph_service/domain/schema.py`. The SQLite table, the "
            "claims in Neo4j, the columns of the [claims format](claims-format.md) and the checks on every write "
            "follow from the same declaration. What the words mean is in [semantics.md](semantics.md).",
            "## Labels",
            "Every node has an opaque `id` of 13 characters with a check digit. Keys that identify by themselves are, "
            f"best first, {code(IDENTIFYING)}.",
            table(("label", "what it is"), ((f"`{label.name}`", label.doc) for label in LABELS)),
            "## Relation types",
            "In SQLite each is a value of `type` in the one table of claims. In Neo4j a claim is a relationship "
            "`CLAIM_…`, and the link that follows from the claims has the plain name (`PLANNED_…` while it is only "
            "planned). *Trade* claims sit on the plant where a company and a plant are one unit.",
            *(_relation(relation) for relation in RELATION_TYPES),
            "## Fields of a claim",
            "*Stated* fields are what the source says and make the `claim_id`; the others are what we say about it.",
            table(
                ("field", "kind", "stated", "what it holds"),
                ((f"`{field.name}`", _KINDS[field.kind], "yes" if field.statement else "", _doc(field)) for field in fields),
            ),
            "Every claim also has `claim_id`, `document_id`, `recorded` and `retracted` (store versions) and the loads "
            "that state it.",
            "### Derived fields",
            "Kept beside the stated ones in Neo4j, so that Cypher converts nothing; computed on reading in SQLite.",
            table(("field", "what it holds"), ((f"`{f.name}`", f.doc) for f in FIELDS if f.derived)),
            "## Attributes of an entity",
            "What a `DESCRIBED_IN` claim says of its subject. An entity shows, for each attribute, the value chosen "
            "among all its descriptions.",
            table(("attribute", "what it holds"), ((f"`{name}`", doc) for name, doc in ATTRIBUTES.items())),
            "## Ranks of sources",
            table(("rank", "who speaks"), ((str(rank), who) for rank, who in RANKS.items())),
        ]
    )  # fmt: skip


def _doc(field: Field) -> str:
    return field.doc + (f" One of {code(field.choices)}." if field.choices and field.name != "type" else "")


def _relation(relation: RelationType) -> str:
    notes = [relation.doc]
    if relation.symmetric:
        notes.append("Has no direction.")
    if relation.trade:
        notes.append("Trade.")
    if relation.fields:
        notes.append(f"Carries {code(relation.fields)}.")
    return f"### {relation.name}\n\n```cypher\n{relation.drawing}\n```\n\n{' '.join(notes)}"


def questions_page(graph: Graph) -> str:
    """``docs/questions.md``; examples are asked of ``graph``, which holds the demo."""
    parts = [
        "# Questions",
        NOTICE,
        "Every question is a command (`zveno ask …`), an address under `/api/v1`, and a call in Python "
        "(`graph.ask(\"suppliers\", id=…)`): one object, one set of parameters. In Python a leading `-` becomes "
        "`without_`; on the command line `-source` is `--without-source`. The answer's envelope is in "
        "[api.md](api.md), the definitions in [semantics.md](semantics.md).",
        f"The examples are asked of the demo in English as of {AS_OF} (`--lang en --valid-at {AS_OF}`) and show the "
        "beginning of what a terminal shows.",
        table(
            ("question", "command", "route"),
            (
                (f"[{question.title['en']}](#{_anchor(question.title['en'])})", f"`zveno ask {question.command}`", f"`{question.route}`")
                for question in registry().values()
            ),
        ),
        "## Parameters that many questions share",
        *(f"{text}\n\n{_parameter_table(model)}" for text, model in (
            ("All questions:", Params), ("Questions about trade, also:", ProductParams),
            ("Lists of places and parties, also:", PlaceParams), ("Lists, also:", PageParams),
        )),
        *(_question(question, graph) for question in registry().values()),
    ]  # fmt: skip
    return "\n\n".join(parts)


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _own_fields(model: type[Any]) -> list[str]:
    shared = {name for base in _SHARED_PARAMS if not issubclass(base, model) for name in base.model_fields}
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
    envelope = graph.ask(question.name, **given, lang="en", valid_at=AS_OF)
    also = {ProductParams: "product", PlaceParams: "place", PageParams: "page"}
    twin = (
        "a twin in `cypher/questions/`"
        if question.twin
        else "`cypher/questions/evidence.cypher`, which returns the claims that the answer rests on"
    )
    parts = [
        f"## {question.title['en']}",
        f"`{question.name}` · `zveno ask {question.command}` · `GET /api/v1{question.route}`",
        question.doc,
        _parameter_table(question.params, own) if own else "No parameters of its own.",
        "Takes the parameters of all questions"
        + (f" and those of {', '.join(also[base] for base in shared)}" if shared else "")
        + f". Counts claims that are {' or '.join(question.default_statuses)} unless `status` says otherwise. "
        f"Cypher: {twin}.",
        f"```text\n$ {_command(question, given)}\n{_shown(envelope)}\n```",
    ]
    return "\n\n".join(parts)


def _command(question: Question[Any], given: Mapping[str, Any]) -> str:
    positional = question.path_parameters or (("q",) if "q" in question.params.model_fields else ())
    words = [_quoted(str(value)) for name, value in given.items() if name in positional]
    aliases = dict(zip(question.params.model_fields, known_parameters(question), strict=True))
    words += [
        f"--{name.replace('_', '-')} {_quoted(str(value))}"
        for name, value in given.items()
        if name in aliases and name not in positional
    ]
    return " ".join(("zveno ask", question.command, *words))


def _quoted(text: str) -> str:
    return f"'{text}'" if " " in text else text


def _shown(envelope: Mapping[str, Any]) -> str:
    file = io.StringIO()
    render(envelope, evidence=False, console=Console(file=file, width=WIDTH, color_system=None))
    lines = [line.rstrip() for line in file.getvalue().splitlines()]
    return "\n".join(lines if len(lines) <= _ITEM_LINES else [*lines[:_ITEM_LINES], "…"])


def configuration_page() -> str:
    """``docs/configuration.md``."""
    tests = [name for name in VARIABLES if name.startswith(("ZVENO_TEST", "ZVENO_REQUIRE", "ZVENO_DATA"))]
    local = [name for name in VARIABLES if name in ("ZVENO_NEO4J_HOME", "ZVENO_NEO4J_CACHE", "ZVENO_NEO4J_VERSION")]
    service = [name for name in VARIABLES if name not in (*tests, *local)]

    def rows(names: Iterable[str]) -> str:
        return table(("variable", "what it decides"), ((f"`{name}`", VARIABLES[name]) for name in names))

    return "\n\n".join(
        [
            "# Configuration",
            NOTICE,
            "All settings come from the environment. Empty variables count as not set. An unknown `ZVENO_…` variable "
            "stops the program with the nearest known name, so that a misspelt one is never silently ignored. "
            "`--store` on the command line outranks `ZVENO_STORE`.",
            "## The program",
            rows(service),
            "## `zveno neo4j`",
            rows(local),
            "## Tests",
            rows(tests),
            "The tests also read `NEO4J_URI`: the address of a running Neo4j to use instead of starting one.",
            "## Store addresses",
            table(
                ("address", "what it is"),
                (
                    (f"`{DEFAULT_STORE}`", "the default: a file in the current folder"),
                    ("`sqlite:////data/zveno.sqlite`", "a file by its absolute path: four slashes"),
                    ("`neo4j://HOST:7687`, `bolt://HOST:7687`", "a Neo4j server; `+s` asks for TLS, `+ssc` for TLS "
                     "with a certificate that nobody signed"),
                    ("`neo4j://USER:PASSWORD@HOST:7687`", "the same with credentials, which are never shown or logged; "
                     "better in `ZVENO_NEO4J_PASSWORD_FILE`"),
                ),
            ),
        ]
    )  # fmt: skip


def claim_columns() -> str:
    """The columns and relation types of the claims format."""
    intervals = ("quantity", "capacity", "value", "count", "buyer_share", "sales_share", "share")
    bounds = {f"{name}_{end}" for name in intervals for end in ("min", "max")}
    columns = [
        (f"`{name}`, `{name}_min`, `{name}_max`", FIELD[f"{name}_min"].doc.partition(",")[0] + ": exact, or a bound.")
        for name in intervals
    ]
    columns += [("`output`, `output_min`, `output_max`", "The same as quantity, for PRODUCES.")]
    columns += [("`period`", "Both ends of the period at once: `2015`, `2015-07`, `2015-H1`, `2014-01/2014-09`.")]
    columns += [
        (f"`{field.name}`", _doc(field))
        for field in FIELDS
        if not field.derived
        and field.name not in (*REFERENCES, *bounds, "from_raw", "to_raw", "row", "method", "attributes", "dates")
    ]
    return "\n\n".join(
        [
            "### Values",
            table(("column", "what it holds"), columns),
            "### Attributes, on rows of type DESCRIBED_IN",
            table(
                ("column", "what it holds"),
                ((f"`{name}`", doc) for name, doc in ATTRIBUTES.items() if name not in ("label", "same_as")),
            ),
            "### Relation types",
            table(
                ("type", "from", "to", "carries"),
                (
                    (
                        f"`{relation.name}`", _ends(relation.sources),
                        "" if relation.name in ("HAS", "DESCRIBED_IN") else _ends(relation.targets),
                        code(dict.fromkeys(_short(name) for name in relation.fields if name != "attributes")),
                    )
                    for relation in RELATION_TYPES
                ),
            ),
        ]
    )  # fmt: skip


def _short(name: str) -> str:
    return "period" if name.startswith("period_") else name.removesuffix("_min").removesuffix("_max")


def _ends(labels: Sequence[str]) -> str:
    return "anything" if len(labels) == len(LABELS) - 1 else ", ".join(labels)


def network_columns() -> str:
    """The tables of the network format."""
    parts = []
    for each in TABLES.values():
        rows = [
            (f"`{name}`", kind, "yes" if name in each.required else "") for name, kind in each.columns.items()
        ]  # fmt: skip
        states = f"Each row describes a {each.label}." if each.label else f"Each row states a `{each.relation}`."
        parts += [f"### {each.name}", states, table(("column", "kind", "required"), rows)]
    parts += ["### source", "One row: whose data the folder holds.", code(SOURCE_COLUMNS)]
    return "\n\n".join(parts)


def error_codes() -> str:
    """All errors with their status."""
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.ZvenoError) and kind is not errors.ZvenoError
    ]
    kinds.sort(key=lambda kind: (kind.status, kind.code))
    return table(
        ("code", "status", "try again", "when"),
        (
            (f"`{kind.code}`", str(kind.status), "yes" if kind.is_retryable else "", inspect.getdoc(kind) or "")
            for kind in kinds
        ),
    )


def common_parameters() -> str:
    """The parameters that many questions share, in one table."""
    names = {Params: "all", ProductParams: "trade", PlaceParams: "places and parties", PageParams: "lists"}
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
    envelope = graph.ask("markets", id="Isopan Rus", lang="en", valid_at=AS_OF)
    envelope["meta"] |= {"elapsed_ms": 0.9, "known_at_time": f"{AS_OF}T09:00:00.000000+00:00"}
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
