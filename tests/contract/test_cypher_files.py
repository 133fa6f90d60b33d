"""The Cypher files: their headers are true, they follow the declaration, and no Cypher hides in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import neo4j
import pytest

from graph_service.domain.schema import ATTRIBUTES, FIELDS, LABELS, RELATION_TYPES, TIES
from graph_service.errors import BadInput, NotFound
from graph_service.store.cypher_files import cypher_folder, cypher_paths, parse_cypher, read_cypher
from graph_service.store.neo4j.reads import _SCANNED

CHECKOUT = Path(__file__).parents[2]
FOLDERS = ("schema", "read", "write", "questions", "cookbook")
PATHS = [path for folder in FOLDERS for path in cypher_paths(folder)]
TYPES = {relation.name for relation in RELATION_TYPES}
LINKED = TYPES - {"DESCRIBED_IN"}

HEADER = """// name: thing
// mode: read
// parameters:
//   id: string — which one
// returns:
//   n: node — it
// doc: A thing,
//   said in two lines.

MATCH (n {id: $id}) // a comment with $nothing and DELETE
WHERE n.text <> 'SET $x'
RETURN n
"""


def test_a_header_is_read() -> None:
    file = parse_cypher(HEADER, "thing.cypher")
    assert (file.name, file.mode, file.doc) == ("thing", "read", "A thing, said in two lines.")
    assert file.parameters["id"].type == "string"
    assert file.returns["n"].doc == "it"
    assert file.text.startswith("MATCH")
    assert parse_cypher(HEADER, "07_thing.cypher").name == "thing"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: thing", "name: other", "the two must agree"),
        ("mode: read", "mode: write", "is of mode 'read'"),
        ("RETURN n", "SET n.x = 1 RETURN n", "is of mode 'write'"),
        ("RETURN n", "CREATE POINT INDEX x FOR (n:A) ON (n.b)", "is of mode 'schema'"),
        ("{id: $id}", "{id: $key}", "uses \\$key without declaring it"),
        ("{id: $id}", "", "declares id without using it"),
        ("id: string — which one", "id, a string", "should read"),
        ("// doc: A thing,\n//   said in two lines.\n", "", "lacks doc"),
        ("// doc: A thing,\n//   said in two lines.\n", "// doc:\n", "doc is empty"),
        ("// mode: read", "// mode: read\n// colour: red", "unknown or comes twice"),
        ("// mode: read", "// mode: read\n// mode: read", "unknown or comes twice"),
    ],
)
def test_a_wrong_header_is_refused(old: str, new: str, message: str) -> None:
    assert old in HEADER
    with pytest.raises(BadInput, match=message):
        parse_cypher(HEADER.replace(old, new), "thing.cypher")


def test_labels_from_an_expression_are_no_parameters() -> None:
    text = HEADER.replace("RETURN n", "MATCH (:$any($id)) RETURN n")
    assert parse_cypher(text, "thing.cypher").parameters.keys() == {"id"}


def test_a_missing_file_is_named() -> None:
    with pytest.raises(NotFound, match="read/nothing"):
        read_cypher("read/nothing")


@pytest.mark.parametrize("path", PATHS)
def test_every_file_has_a_true_header(path: str) -> None:
    file = read_cypher(path)
    folder = path.partition("/")[0]
    assert file.mode == (folder if folder in ("schema", "write") else "read")
    assert file.doc.endswith((".", "!", "?"))


def test_every_file_is_in_use() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "graph_service").rglob("*.py"))
    unused = [path for path in PATHS if path.startswith(("read/", "write/")) and f'"{path}"' not in code]
    assert not unused


def test_no_cypher_in_python() -> None:
    words = re.compile(r"\b(?:MATCH|MERGE|CREATE)\s*\(|\bUNWIND\s+\S+\s+AS\b|\bDETACH DELETE\b|\)-\[:?\w*\]->")
    found = []
    for folder in ("graph_service", "loaders"):
        for path in sorted((CHECKOUT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
            docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
                    found += [(path.name, node.lineno) for _ in words.findall(node.value)]
    assert not found


@pytest.mark.parametrize("path", [path for path in PATHS if path.startswith(("schema/", "read/", "write/"))])
def test_lists_of_types_follow_the_declaration(path: str) -> None:
    text = read_cypher(path).text
    claims = set(re.findall(r"\bCLAIM_([A-Z_]+)", text))
    if len(claims) > 1:
        assert claims == TYPES or claims - {"DESCRIBED_IN"} == LINKED
    planned = set(re.findall(r"\bPLANNED_([A-Z_]+)", text)) - {""}
    if planned:
        assert planned == LINKED
        assert set(re.findall(r"(?<![A-Z_])([A-Z_]+)\|\s*PLANNED_", text)) == LINKED
    for branch in set(re.findall(r"\$ids\.([A-Z_]+)", text)):
        assert f"UNWIND $ids.{branch} AS id MATCH ()-[c:CLAIM_{branch} {{live_id: id}}]->()" in text


def test_the_schema_serves_every_type_and_label() -> None:
    text = "\n".join(read_cypher(path).text for path in cypher_paths("schema"))
    for name in TYPES:
        assert f"FOR ()-[c:CLAIM_{name}]-() REQUIRE c.live_id IS UNIQUE" in text
        for field in ("recorded", "retracted"):
            assert f"FOR ()-[c:CLAIM_{name}]-() ON (c.{field})" in text
    (searched,) = re.findall(r"FULLTEXT INDEX names IF NOT EXISTS\s+FOR \(n:([\w|]+)\)", text)
    assert set(searched.split("|")) == {label.name for label in LABELS} - {"Observation"}
    assert "'russian'" in text


def test_a_claim_is_written_and_scanned_whole() -> None:
    created = read_cypher("write/create_claims")
    fields = {field.name for field in FIELDS} - {"type", "attributes"}
    assert fields <= created.parameters.keys()
    assert all(f"{name}: ${name}[i]" in created.text for name in fields)
    left_out = {"quote", "note", "row", "dates", "method", "char_start", "char_end"}
    assert "[name IN $names | [c IN claims | c[name]]]" in read_cypher("read/scan_claims").text
    scanned = {field.name for field in _SCANNED}
    assert fields - left_out - {field.name for field in FIELDS if field.derived} <= scanned
    assert not left_out & scanned


def test_a_node_shows_every_attribute_and_any_label() -> None:
    text = read_cypher("write/refresh_entities").text
    shown = set(re.findall(r"\bx\.(\w+)", text)) | set(re.findall(r"\b(?:place|earning)\.(\w+)", text))
    assert set(ATTRIBUTES) - set(TIES) <= shown
    labels = {label.name for label in LABELS} - {"Observation"}
    (removed,) = re.findall(r"REMOVE a:([\w:]+)", text)
    assert set(removed.split(":")) == labels
    assert set(re.findall(r"'([A-Z][A-Za-z]+)'", text)) == labels


def _grass() -> dict[str, dict[str, str]]:
    """The style as Neo4j Browser reads it: no comments, one colon a line."""
    text = (cypher_folder() / "zveno.grass").read_text(encoding="utf-8")
    assert "/*" not in text
    rules = re.findall(r"([\w.]+) \{\n(.*?)\n\}", text, re.DOTALL)
    assert len(rules) == text.count("\n}\n")
    found = {}
    for selector, body in rules:
        lines = [line.strip().rstrip(";").split(": ") for line in body.splitlines()]
        found[selector] = dict(lines)
    return found


def test_the_browser_style_shows_every_label_and_nothing_unknown() -> None:
    style = _grass()
    nodes = {label.name for label in LABELS} | {"Document", "Source"}
    extra = {"Entity", "Supplier", "ExportMarket", "Zveno", "ZvenoLoad", "ZvenoVersion"}
    drawn = {name.partition(".")[2] for name in style if name.startswith("node.")}
    assert nodes <= drawn <= nodes | extra
    assert all(style[f"node.{name}"]["caption"] == '"{name}"' for name in nodes)
    relationships = {name.partition(".")[2] for name in style if name.startswith("relationship.")}
    known = {f"{prefix}{name}" for name in TYPES for prefix in ("", "PLANNED_", "CLAIM_")} | {"PUBLISHED_BY"}
    assert "SUPPLIES" in relationships
    assert relationships <= known


def test_the_long_term_server_understands_what_answers_cite(server_of: Callable[[str], str]) -> None:
    with neo4j.GraphDatabase.driver(server_of("neo4j_526"), notifications_min_severity="OFF") as driver:
        for path in PATHS:
            if path.startswith(("questions/", "cookbook/")):
                file = read_cypher(path)
                driver.execute_query(f"EXPLAIN {file.text}", dict.fromkeys(file.parameters))
