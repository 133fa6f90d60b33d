"""The py2neo models against the declaration, and on a real server with the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from py2neo.ogm import Property, Related, RelatedFrom, RelatedTo, Repository

from graph_service.bootstrap import open_graph
from graph_service.domain.schema import ATTRIBUTES, LABEL_NAMES, RELATION_TYPES, TIES
from graph_service.errors import BadInput
from graph_service.graph import Graph
from graph_service.interop.py2neo_models import MODELS, Company, Country, Entity, Observation, Plant
from graph_service.settings import Settings
from loaders.loader import Options


def _declared(model: type[Entity], kind: type[Any]) -> dict[str, Any]:
    """The model's own and inherited descriptors of a kind, by name; reading them off the class needs an instance."""
    return {
        name: value for base in reversed(model.__mro__) for name, value in vars(base).items() if isinstance(value, kind)
    }


def test_every_label_has_a_model_and_every_attribute_a_property() -> None:
    assert MODELS.keys() == LABEL_NAMES | {"Document"}
    for name, model in MODELS.items():
        assert model.__primarylabel__ == name
        assert model.__primarykey__ == "id"
        properties = _declared(model, Property)
        assert properties.keys() >= ATTRIBUTES.keys() - {"label", "name_ru", "lat", "lon", *TIES}
        assert all(value.key == key for key, value in properties.items())


@pytest.mark.parametrize("prefix", ["", "PLANNED_"])
def test_every_relation_can_be_walked_from_both_ends(prefix: str) -> None:
    for relation in RELATION_TYPES:
        if relation.name == "DESCRIBED_IN":  # what documents say of an entity is claims, and makes no link
            continue
        for labels, kind in ((relation.sources, RelatedTo), (relation.targets, RelatedFrom)):
            for label in labels:
                found = [
                    type(value)
                    for value in _declared(MODELS[label], Related).values()
                    if value.relationship_type == prefix + relation.name
                ]
                wanted = Related if relation.symmetric else kind
                assert wanted in found, f"{label} has no {kind.__name__} for {prefix}{relation.name}"


def test_no_model_names_a_relation_that_is_not_declared() -> None:
    known = {relation.name for relation in RELATION_TYPES}
    for model in MODELS.values():
        for value in _declared(model, Related).values():
            assert value.relationship_type.removeprefix("PLANNED_").removeprefix("CLAIM_") in known


@pytest.fixture(scope="module")
def demo(neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> Iterator[Graph]:
    empty_neo4j(neo4j_uri)
    with open_graph(Settings(store=neo4j_uri)) as graph:
        graph.load("demo", [], Options())
        yield graph


@pytest.fixture(scope="module")
def repository(demo: Graph) -> Iterator[Repository]:
    opened = Repository(demo.store.uri)
    yield opened
    opened.graph.service.connector.close()


@pytest.fixture
def pipe_plant(repository: Repository, demo: Graph) -> Plant:
    plant: Plant = repository.get(Plant, demo.find_id("Волжский трубный завод"))
    return plant


@pytest.mark.neo4j
def test_suppliers_of_the_pipe_plant_are_those_that_the_question_names(pipe_plant: Plant, demo: Graph) -> None:
    items = demo.ask("suppliers", id=pipe_plant.id)["data"]["items"]
    by_status: dict[str, set[str]] = {"actual": set(), "planned": set()}
    for item in items:
        for link in item["links"]:
            by_status[link["status"]].add(item["entity"]["id"])
    assert items
    assert {supplier.id for supplier in pipe_plant.suppliers} == by_status["actual"]
    assert {supplier.id for supplier in pipe_plant.planned_suppliers} == by_status["planned"]
    names = {supplier.id: supplier.name for supplier in pipe_plant.planned_suppliers}
    assert names == {item["entity"]["id"]: item["entity"]["name"] for item in items if item["entity"]["id"] in names}


@pytest.mark.neo4j
def test_entities_come_as_the_model_of_their_label(repository: Repository, pipe_plant: Plant) -> None:
    types = {type(supplier) for supplier in pipe_plant.planned_suppliers}
    assert types == {Company, Plant}
    assert all(type(figure) is Observation and figure.name for figure in pipe_plant.figures)
    assert len(pipe_plant.figures) > 0
    assert [document.publisher for document in pipe_plant.documents]
    assert type(repository.match(Entity, pipe_plant.id).first()) is Plant
    assert pipe_plant.lat == pytest.approx(48.8, abs=0.3)
    assert pipe_plant.lon == pytest.approx(44.7, abs=0.3)


@pytest.mark.neo4j
def test_labels_hold_as_many_as_the_graph_has(repository: Repository, demo: Graph) -> None:
    counted = demo.ask("quality")["data"]["entities"]
    found = {name: len(repository.match(MODELS[name])) for name in counted}
    assert found == counted


@pytest.mark.neo4j
def test_links_are_one_for_each_product(repository: Repository, demo: Graph) -> None:
    graph = repository.graph
    several = graph.run(
        "MATCH (a:Entity)-[r:SUPPLIES]->(b:Entity) WITH a, b, count(r) AS links WHERE links > 1 "
        "RETURN a.id AS seller, b.id AS buyer, links ORDER BY links DESC LIMIT 1"
    ).data()
    assert several, "the demo has a seller of several products to one buyer"
    seller = repository.match(Entity, several[0]["seller"]).first()
    links = [props for start, props, end in seller.links("SUPPLIES") if end.id == several[0]["buyer"]]
    assert len(links) == several[0]["links"]
    assert len({link["product"] for link in links}) == len(links)
    assert sum(customer.id == several[0]["buyer"] for customer in seller.customers) == 1


@pytest.mark.neo4j
def test_export_markets_know_their_exporters(repository: Repository, demo: Graph) -> None:
    armenia = repository.get(Country, demo.find_id("AM"))
    names = {exporter.name for exporter in armenia.exporters}
    assert "Завод сэндвич-панелей «Изопан» (Волжский)" in names


@pytest.mark.neo4j
def test_the_models_do_not_write(repository: Repository, pipe_plant: Plant) -> None:
    count = "MATCH (n) RETURN count(n)"
    before = repository.graph.evaluate(count)
    for change in (repository.save, repository.delete):
        with pytest.raises(BadInput, match="zveno claim add"):
            change(pipe_plant)
    with pytest.raises(BadInput):
        repository.save(Company(id="invented", name="Invented"))
    assert repository.graph.evaluate(count) == before
