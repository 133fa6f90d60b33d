"""The pages of the docs, and parts of pages, that follow from the code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph_service.domain.identity import IDENTIFYING
from graph_service.domain.schema import (
    ATTRIBUTES,
    FIELD,
    FIELDS,
    LABELS,
    RANKS,
    RELATION_TYPES,
    TIES,
    Field,
    RelationType,
)
from graph_service.questions.question import registry
from graph_service.settings import DEFAULT_STORE, VARIABLES
from graph_service.store.cypher_files import cypher_paths, read_cypher
from loaders.cells import REFERENCES
from loaders.columnar.tables import SOURCE_COLUMNS, TABLES

NOTICE = "<!-- Made by `make docs` from the code; changes by hand are lost. -->"
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
            "Everything the graph can hold, as declared once in `graph_service/domain/schema.py`. The SQLite table, "
            "the claims in Neo4j, the columns of the [claims format](claims-format.md) and the checks on every write "
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
                ((f"`{f.name}`", _KINDS[f.kind], "yes" if f.statement else "", _doc(f)) for f in fields),
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


# The store keeps the day after the last, a cell says the last.
_CELLS = {
    "valid_to": "The last day, month or year that the relation holds; empty unless the source says that it ended.",
    "period_to": "The last day, month or year that the figure covers.",
}


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
        (f"`{field.name}`", _CELLS.get(field.name) or _doc(field))
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
                ((f"`{name}`", doc) for name, doc in ATTRIBUTES.items() if name not in ("label", *TIES)),
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


def twins() -> str:
    """Which questions have a twin, which of them the server can answer, and which have none."""
    rows = [
        (f"`{question.command}`", "yes" if question.twin else "—", "yes" if question.from_server else "—")
        for question in sorted(registry().values(), key=lambda q: (not q.twin, not q.from_server, q.command))
    ]
    return table(("question", "has a twin", "computed by Neo4j with `ZVENO_ENGINE=cypher`"), rows)


def cookbook() -> str:
    """The recipes for people: what each asks, in both languages."""
    files = [(path, read_cypher(path)) for path in cypher_paths("cookbook")]
    return table(
        ("file", "asks", "спрашивает"),
        ((f"`{path.partition('/')[2]}.cypher`", file.en, file.ru) for path, file in files),
    )
