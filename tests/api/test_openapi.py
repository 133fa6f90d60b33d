"""The OpenAPI document: valid, complete, and what answers really look like."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from graph_service.api.app import create_app
from graph_service.graph import Graph
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import registry
from graph_service.store.open import StoreAddress
from graph_service.uploads.folder import UploadFolder
from graph_service.uploads.jobs import Jobs

API = "/api/v1"


@pytest.fixture(scope="module")
def client(demo_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    address: StoreAddress = {"uri": demo_graph.store.uri, "user": None, "password": None, "database": None}
    jobs = Jobs(UploadFolder(tmp_path_factory.mktemp("uploads")), address)
    return create_app(demo_graph, jobs=jobs).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").get_json()
    return found


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_route_of_the_api_is_described_and_every_described_one_exists(
    document: dict[str, Any], client: FlaskClient
) -> None:
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    served = set()
    for rule in client.application.url_map.iter_rules():
        if rule.rule.startswith(API):
            path = rule.rule.replace("<int:", "<").replace("<path:", "<").replace("<", "{").replace(">", "}")
            served |= {(path, method) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    assert described == served


@pytest.mark.parametrize("name", sorted(registry()))
def test_every_parameter_is_described(document: dict[str, Any], name: str) -> None:
    question = registry()[name]
    operation = document["paths"][API + question.route]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert set(parameters) == {*known_parameters(question), "format"}
    assert {key for key, parameter in parameters.items() if parameter["in"] == "path"} == set(question.path_parameters)
    assert all(parameter["description"] for parameter in parameters.values())


@pytest.mark.parametrize("name", sorted(registry()))
def test_the_answer_on_the_demo_fits_its_schema(document: dict[str, Any], client: FlaskClient, name: str) -> None:
    question = registry()[name]
    given = {key: str(value) for key, value in question.example.items()}
    if name == "evidence.claim":
        given["id"] = client.get(f"{API}/entities/Изопан Рус/claims").get_json()["evidence"]["claims"][0]
    path = API + question.route
    for key in question.path_parameters:
        path = path.replace("{" + key + "}", given.pop(key))
    body = client.get(path, query_string=given).get_json()
    operation = document["paths"][API + question.route]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    validator = OAS31Validator({**schema, "components": document["components"]})
    assert [error.message for error in validator.iter_errors(body)] == []
    broken = {key: value for key, value in body.items() if key != "summary"}
    assert not validator.is_valid(broken), "the schema must be able to refuse something"


def test_the_docs_page_needs_nothing_from_elsewhere_and_sends_real_requests(client: FlaskClient) -> None:
    text = client.get("/docs?lang=en", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "<script" not in text
    assert 'href="http' not in text
    assert 'src="' not in text
    for question in registry().values():
        assert f'id="{question.name}"' in text
    sent = client.get(
        "/docs/try/dependency.suppliers", query_string={"id": "Волжский трубный завод", "tiers": "2", "region": ""}
    )
    assert sent.status_code == 303
    answer = client.get(sent.headers["Location"])
    assert answer.get_json()["data"]["total"] > 0
    assert "region" not in sent.headers["Location"]
