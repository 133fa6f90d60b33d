"""The ten recipes for people say what Zveno says of what is actual, on the demo in a real Neo4j."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import neo4j
import pytest

from graph_service.graph import Graph
from graph_service.store.cypher_files import cypher_paths, read_cypher
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options

Row = tuple[Any, ...]
Asked = Callable[[Graph], set[Row]]
ACTUAL = {"status": "actual", "limit": 1000, "lang": "ru"}


def _items(graph: Graph, question: str, **given: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = graph.ask(question, **{**ACTUAL, **given})["data"]["items"]
    return found


def _named(graph: Graph, question: str, name: str) -> set[Row]:
    return {
        (item["entity"]["name"], link.get("product", {}).get("name"), link.get("last_seen"))
        for item in _items(graph, question, id=name)
        for link in item["links"]
    }


def _neighbours(graph: Graph, name: str, relation: str, direction: str) -> set[str]:
    items = _items(graph, "neighbours", id=name, relation=relation, direction=direction)
    return {item["entity"]["name"] for item in items}


def _groups(graph: Graph) -> set[Row]:
    data = graph.ask("suppliers", id="Изопан Рус", status="actual")["data"]
    return {(group["entity"]["name"], group["count_min"]) for group in data["groups"]}


def _stages(graph: Graph) -> set[Row]:
    data = graph.ask("project", id="Создание химико-фармацевтического кластера", status="actual")["data"]
    who = tuple(sorted({participant["entity"]["name"] for participant in data["participants"]}))
    return {(stage["seq"], stage["entity"]["name"], who) for stage in data["stages"]}


def _near(graph: Graph) -> set[Row]:
    items = _items(graph, "local-partners", id="Волжский", product="20.11", within_km=50)
    # A recipe knows one point for each firm: the middle of what we know.
    return {
        (i["entity"]["name"], tuple(sorted(p["name"] for p in i["products"])), round(sum(i["distance_km"]) / 2))
        for i in items
        if "distance_km" in i
    }


def _set(*columns: str) -> Callable[[list[dict[str, Any]]], set[Row]]:
    def pick(rows: list[dict[str, Any]]) -> set[Row]:
        return {tuple(tuple(sorted(row[c])) if isinstance(row[c], list) else row[c] for c in columns) for row in rows}

    return pick


RECIPES: dict[str, tuple[dict[str, Any], Callable[[list[dict[str, Any]]], set[Row]], Asked]] = {
    "who_supplies": (
        {"name": "Волжская ГЭС"}, _set("supplier", "product", "last_seen"), lambda g: _named(g, "suppliers", "Волжская ГЭС")
    ),
    "whom_it_feeds": (
        {"name": "Интесмо"}, _set("customer", "product", "last_seen"), lambda g: _named(g, "customers", "Интесмо")
    ),
    "suppliers_of_suppliers": (
        {"name": "Волжская ГЭС"},
        _set("supplier", "tier"),
        lambda g: {(i["entity"]["name"], i["tier"]) for i in _items(g, "suppliers", id="Волжская ГЭС", tiers=3)},
    ),
    "counted_suppliers": ({"name": "Изопан"}, _set("who", "at_least"), _groups),
    "export_markets": (
        {"name": "Изопан"},
        _set("country"),
        lambda g: {(item["country"]["name"],) for item in _items(g, "markets", id="Изопан Рус")},
    ),
    "makers_nearby": ({"town": "Волжский", "okpd2": "20.11", "within_km": 50.0}, _set("maker", "products", "km"), _near),
    "owners": (
        {"name": "Изопан Рус"}, _set("owner"), lambda g: {(n,) for n in _neighbours(g, "Изопан Рус", "OWNS", "in")}
    ),
    "project": ({"name": "химико-фармацевтического кластера"}, _set("step", "stage", "participants"), _stages),
    "members": (
        {"name": "Химико-фармацевтический"},
        _set("member"),
        lambda g: {
            (n,) for n in _neighbours(g, "Химико-фармацевтический кластер Волгоградской области", "MEMBER_OF", "in")
        },
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def demo_on_neo4j(neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> Iterator[Graph]:
    """The demo on a real server."""
    empty_neo4j(neo4j_uri)
    with Graph(Neo4jStore(neo4j_uri)) as graph:
        assert graph.load("demo", [], Options()).rows_rejected == 0
        yield graph


@pytest.fixture(scope="module")
def browser(neo4j_uri: str) -> Iterator[Callable[[str, dict[str, Any]], list[dict[str, Any]]]]:
    """Runs a recipe as a person in Browser does."""
    with neo4j.GraphDatabase.driver(neo4j_uri) as driver:
        yield lambda text, given: driver.execute_query(text, given, result_transformer_=lambda result: result.data())


def test_there_are_ten_recipes_and_none_speaks_of_claims() -> None:
    paths = cypher_paths("cookbook")
    assert len(paths) == 10
    for path in paths:
        file = read_cypher(path)
        assert file.ru
        assert file.en
        assert not re.search(r"CLAIM_|status|retracted|recorded|valid_|known_", file.text), path
    assert {path.rpartition("/")[2][3:] for path in paths} == {*RECIPES, "how_linked"}


@pytest.mark.parametrize("recipe", sorted(RECIPES))
def test_a_recipe_says_what_the_question_says(
    recipe: str, demo_on_neo4j: Graph, browser: Callable[[str, dict[str, Any]], list[dict[str, Any]]]
) -> None:
    (path,) = [path for path in cypher_paths("cookbook") if path.endswith(recipe)]
    given, rows, asked = RECIPES[recipe]
    found = rows(browser(read_cypher(path).text, given))
    assert found
    assert found == asked(demo_on_neo4j)


def test_two_firms_are_linked_by_the_shortest_way(
    demo_on_neo4j: Graph, browser: Callable[[str, dict[str, Any]], list[dict[str, Any]]]
) -> None:
    (path,) = [path for path in cypher_paths("cookbook") if path.endswith("how_linked")]
    one, other = "Manni Group", "ООО «Изопан Рус»"
    (row,) = browser(read_cypher(path).text, {"one": one, "other": other})
    assert (row["steps"], row["length"]) == ([one, other], 1)
    assert one in _neighbours(demo_on_neo4j, "Изопан Рус", "OWNS", "in")
