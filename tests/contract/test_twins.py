"""The twins say the same as the snapshot, item by item and in the same order, on a real Neo4j.

And each of their conditions matters: a twin with any one of them left out gives another answer in some case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from graph_service.graph import Graph
from graph_service.questions.ask import context_of, find_question
from graph_service.questions.question import registry
from graph_service.questions.twins import twin_of
from graph_service.store.cypher_files import read_cypher
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options
from tests.contract.twin_graph import load_into
from tests.contract.twin_rows import COMPARE, Row

FILTERS: list[dict[str, str]] = [
    {},
    {"valid_at": "2031-01-01"},
    {"valid_at": "2018-01-01"},
    {"known_at": "1"},
    {"known_at": "2"},
    {"status": "actual"},
    {"status": "planned"},
    {"status": "cancelled,planned"},
    {"min_confidence": "0.5"},
    {"review": "asserted"},
    {"max_age": "5y"},
    {"source": "Other"},
    {"-source": "Other"},
]
PRODUCTS: list[dict[str, str]] = [{"product": "P2"}, {"-product": "P2"}, {"product": "P1", "-product": "P2"}]
HUB = {"id": "Hub"}


def _cases(question: str) -> list[dict[str, Any]]:
    """Parameters under which the question is compared."""
    with_products = [{**HUB, **given} for given in FILTERS + PRODUCTS]
    if question in ("dependency.suppliers", "dependency.customers"):
        tiers = [{**HUB, "tiers": str(n)} for n in (2, 3, 4, 5, 6, 30)]
        deep = [{**case, "tiers": "30"} for case in with_products]
        return [*with_products, *tiers, *deep, {"id": "supplier plain", "tiers": "4"}, {"id": "Works Ltd"}]
    if question == "dependency.common_suppliers":
        second = {**HUB, "with": "Second"}
        owners = [{**second, "by": "owners", **given} for given in FILTERS]
        pairs = [{"with": "Second,Near", "tiers": "4"}, {"with": "Second", "tiers": "1"}, {"with": "Near", "tiers": "2"},
                  {"with": "Second", "tiers": "3"}, {"with": "Works Ltd"}, {"with": "Third", "tiers": "3"}]  # fmt: skip
        works = [
            {"id": "Works", "with": "Hub", "by": "owners"},
            {"id": "Works Ltd", "with": "Hub,Second", "by": "owners"},
        ]
        return [
            *({**second, **given} for given in FILTERS + PRODUCTS),
            *owners,
            *({**HUB, **pair} for pair in pairs),
            *works,
        ]
    if question == "dependency.single_sourced":
        return [{"id": "Buyer", **given} for given in FILTERS + PRODUCTS]
    if question == "evidence.diff":
        clocks = [{"from": "2015-01-01"}, {"from": "1"}, {"from": "2", "to": "3"}, {"from": "1", "to": "2"}]
        whole = [{"from": "0", **given} for given in FILTERS + PRODUCTS if "known_at" not in given]
        of = [{"from": "2015-01-01", "id": name} for name in ("Hub", "supplier past")]
        days = [{"from": "2012-01-01", "max_age": "5y"}, {"from": "2026-11-01", "valid_at": "2031-01-01"}]
        return [*clocks, *whole, *of, *days, {"from": "2015-01-01", "known_at": "1"}, {"from": "1", "id": "Works"}]
    if question == "lookup.neighbours":
        others = [{"relation": "SUPPLIES"}, {"direction": "in"}, {"direction": "out", "relation": "OWNS"}]
        ids = ("Works", "Works Ltd", "P1", "Cluster", "Волжский", "Member")
        return [*with_products, *({**HUB, **given} for given in others), *({"id": name} for name in ids)]
    if question == "evidence.claims":
        return [*with_products, {**HUB, "type": "supplies"}, {"id": "Works"}, {"id": "Made"}, {"id": "Волжский"}]
    if question == "cooperation.region_flows":
        here = [{"id": "RU-VGG", **given} for given in FILTERS + PRODUCTS]
        return [*here, {"id": "RU-MOW"}, {"id": "RU"}, {"id": "Южный федеральный округ"}, {"id": "Lost area"}]
    if question == "cooperation.partners":
        return [*with_products, {"id": "Works"}, {"id": "Member"}, {"id": "Near"}, {"id": "owner plain"}]
    if question == "planning.local_partners":
        made = {"product": "Made", "order": "distance"}
        around = [{**HUB, **made, "within_km": str(km)} for km in (1, 5, 12, 30, 40, 1000)]
        starts = [
            {"id": name, **made, "within_km": "25"}
            for name in ("Волжский", "Edge", "Town firm", "maker plain", "Asker")
        ]
        both = [{**HUB, **made, "product": own, "within_km": "25"} for own in ("Made,P2", "P2")]
        return [*around, *starts, *both, *({**HUB, **made, "within_km": "30", **given} for given in FILTERS)]
    if question == "evidence.contradictions":
        return FILTERS + PRODUCTS
    if question == "lookup.entity":
        return [{"id": name} for name in ("Hub", "Works", "AM", "RU-VGG", "Волжский", "P1")]
    return with_products


@pytest.fixture(scope="module")
def twin_graph(
    busy_neo4j_uri: str, empty_neo4j: Callable[[str], None], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Graph]:
    """The graph in which every condition matters, on Neo4j."""
    empty_neo4j(busy_neo4j_uri)
    with Graph(Neo4jStore(busy_neo4j_uri)) as graph:
        load_into(graph, tmp_path_factory.mktemp("twins"))
        yield graph


Server = Callable[[str, dict[str, Any]], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def server(busy_neo4j_uri: str) -> Iterator[Server]:
    """Runs Cypher as an analyst does."""
    with neo4j.GraphDatabase.driver(busy_neo4j_uri, notifications_min_severity="OFF") as driver:

        def run(text: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
            return driver.execute_query(text, parameters, result_transformer_=lambda result: result.data())

        yield run


def _answers(graph: Graph, question: str) -> Iterator[tuple[dict[str, Any], list[Row], str, dict[str, Any]]]:
    for case in _cases(question):
        given = {"valid_at": "2026-11-24", "lang": "ru", "limit": "1000", **case}
        given = {name: value for name, value in given.items() if question != "lookup.entity" or name != "limit"}
        answer = graph.ask(question, **given)
        context = context_of(graph.live, find_question(question), given)
        twin = twin_of(find_question(question), context)
        assert twin is not None
        name, parameters = twin
        yield case, COMPARE[question][0](answer["data"]), name, parameters


def test_every_twin_is_compared() -> None:
    assert {name for name, question in registry().items() if question.twin} == set(COMPARE)
    assert {question for question, _ in MUTATED} == set(COMPARE)
    files = {path.stem for path in Path("cypher/questions").glob("*.cypher")}
    named = {"suppliers_closure", "customers_closure", "evidence"} | {n.partition(".")[2] for n in COMPARE}
    assert files == named


@pytest.mark.parametrize("question", sorted(COMPARE))
def test_twin_says_the_same_in_the_same_order(question: str, twin_graph: Graph, server: Server) -> None:
    filled = total = 0
    for case, expected, name, parameters in _answers(twin_graph, question):
        found = COMPARE[question][1](server(read_cypher(f"questions/{name}").text, parameters))
        if name.endswith("_closure"):
            found = [row for row in found if row[1] <= parameters_tiers(case)]
        assert found == expected, (question, case)
        filled += bool(expected)
        total += 1
    assert filled >= 0.8 * total, f"{filled} of {total} cases have an answer"


def parameters_tiers(case: dict[str, Any]) -> int:
    """How far the case walks."""
    return int(case.get("tiers", "1"))


_CONDITION = re.compile(
    r"^(?P<indent>\s*)(?P<word>WHERE|AND|OR)\s+(?P<text>(?!all\(r IN rs WHERE$|any\().+?)(?P<tail>\)?)$"
)
_DISJUNCT = re.compile(r"^\s*(?P<text>\(.+\))(?P<tail>,|\] WHERE is_disjoint\))$")
_EQUIVALENT = {"t.point IS NOT NULL"}  # a town without a point has no distance either way


def mutants(text: str) -> Iterator[tuple[str, str]]:
    """The text with one condition replaced by one that always holds, for each condition."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if disjunct := _DISJUNCT.match(line):
            yield disjunct["text"], "\n".join([*lines[:number], f"false{disjunct['tail']}", *lines[number + 1 :]])
            continue
        match = _CONDITION.match(line)
        if match is None or match["text"] in _EQUIVALENT:
            continue
        condition, tail = match["text"], match["tail"]
        if condition.count("(") > condition.count(")"):  # the closing bracket was the condition's own
            condition, tail = condition + tail, ""
        always = "false" if match["word"] == "OR" else "true"
        changed = f"{match['indent']}{match['word']} {always}{tail}"
        yield condition, "\n".join([*lines[:number], changed, *lines[number + 1 :]])


MUTATED = [
    ("dependency.suppliers", "suppliers"), ("dependency.suppliers", "suppliers_closure"),
    ("dependency.common_suppliers", "common_suppliers"), ("dependency.customers", "customers"), ("dependency.customers", "customers_closure"),
    ("dependency.single_sourced", "single_sourced"), ("evidence.diff", "diff"), ("lookup.neighbours", "neighbours"), ("evidence.claims", "claims"), ("exports.markets", "markets"),
    ("cooperation.region_flows", "region_flows"), ("cooperation.partners", "partners"), ("planning.local_partners", "local_partners"),
    ("evidence.contradictions", "contradictions"), ("lookup.entity", "entity"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "file"), MUTATED)
def test_every_condition_of_a_twin_matters(question: str, file: str, twin_graph: Graph, server: Server) -> None:
    cases = [found for found in _answers(twin_graph, question) if found[2] == file]
    survivors = []
    tried = 0
    for condition, text in mutants(read_cypher(f"questions/{file}").text):
        tried += 1
        # Cases that use the parameter of the condition come first: one of them usually shows the difference.
        telling = sorted(cases, key=lambda case: not _uses(case[0], condition))
        if all(_same(server, question, text, case) for case in telling):
            survivors.append(condition)
    assert tried >= (10 if file != "entity" else 1)
    assert not survivors, f"nothing fails without: {survivors}"


_GIVEN = {
    "valid_at": "valid_at", "known_at": "known_at", "statuses": "status", "min_confidence": "min_confidence",
    "reviews": "review", "oldest_seen": "max_age", "documents": "source", "excluded_documents": "-source",
    "products": "product", "excluded_products": "-product", "relations": "relation", "direction": "direction",
    "type": "type", "tiers": "tiers",
}  # fmt: skip


def _uses(case: dict[str, Any], condition: str) -> bool:
    return any(_GIVEN.get(name) in case for name in re.findall(r"\$(\w+)", condition))


def _same(
    server: Server, question: str, text: str, case: tuple[dict[str, Any], list[Row], str, dict[str, Any]]
) -> bool:
    given, expected, name, parameters = case
    found = COMPARE[question][1](server(text, parameters))
    if name.endswith("_closure"):
        found = [row for row in found if row[1] <= parameters_tiers(given)]
    return found == expected


def test_a_claim_said_again_is_no_change_for_the_twin(
    busy_neo4j_uri: str, empty_neo4j: Callable[[str], None], server: Server, tmp_path: Path
) -> None:
    empty_neo4j(busy_neo4j_uri)
    (tmp_path / "claims.csv").write_text("type,from,from_label,to,to_label\nSUPPLIES,A,Company,B,Company\n", "utf-8")
    with Graph(Neo4jStore(busy_neo4j_uri)) as graph:
        loaded = graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test")).load
        assert loaded is not None
        graph.store.undo(graph.store.undo(loaded.load_id, "test").load_id, "test")
        graph.live.refresh()
        for given, is_same in (({"from": "1", "to": "3"}, True), ({"from": "2", "to": "3"}, False)):
            context = context_of(graph.live, find_question("diff"), given)
            name, parameters = twin_of(find_question("diff"), context) or ("", {})
            rows = server(read_cypher(f"questions/{name}").text, parameters)
            expected = COMPARE["evidence.diff"][0](graph.ask("diff", **given)["data"])
            assert COMPARE["evidence.diff"][1](rows) == expected
            assert (expected == []) is is_same
