"""What-if by POST: the same answer as by GET, open to readers, and strict about its body."""

from __future__ import annotations

from flask.testing import FlaskClient

from graph_service.api.app import create_app
from graph_service.graph import Graph

ADDRESS = "/api/v1/what-if"


def _client(graph: Graph) -> FlaskClient:
    return create_app(graph).test_client()


def test_a_body_is_asked_as_an_address(demo_graph: Graph) -> None:
    client = _client(demo_graph)
    posted = client.post(ADDRESS, json={"close_market": "KZ", "limit": 10, "off": ["Волгабас Волжский"]})
    assert posted.status_code == 200, posted.text
    linked = client.get(posted.get_json()["links"]["self"])
    assert linked.get_json()["data"] == posted.get_json()["data"]
    assert posted.get_json()["data"]["exports_total"] == 2
    assert posted.get_json()["data"]["total"] == 1


def test_what_is_wrong_with_a_body_is_said(demo_graph: Graph) -> None:
    client = _client(demo_graph)
    for body, words in (
        ({"close_marked": "KZ"}, "close_market"),
        ({"off": {"id": "x"}}, "must be a text"),
        ({}, "at least one of"),
        (["KZ"], "JSON object"),
    ):
        answer = client.post(ADDRESS, json=body)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "bad-parameter"), answer.text
        assert words in answer.get_json()["detail"]
    assert client.post(ADDRESS, data="{", content_type="application/json").status_code == 400
    assert client.post("/api/v1/sources", json={}).status_code == 405
