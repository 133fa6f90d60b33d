"""Every error is one problem document that says what is wrong and what to do; on pages, a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph_service.api.app import create_app
from graph_service.errors import StoreUnavailable
from graph_service.graph import Graph
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import registry
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

API = "/api/v1"
HTML = {"Accept": "text/html"}
MEMBERS = {"type", "title", "status", "code", "detail", "instance"}


@pytest.fixture(scope="module")
def client(demo_graph: Graph) -> FlaskClient:
    return create_app(demo_graph, lang="en").test_client()


def problem(client: FlaskClient, path: str, status: int, code: str, *, method: str = "GET", **kwargs: Any) -> Any:
    response = client.open(path, method=method, **kwargs)
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    body = response.get_json()
    assert body.keys() >= MEMBERS
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:zveno:problem:{code}")
    return body


@pytest.mark.parametrize("name", sorted(registry()))
def test_no_question_ignores_a_parameter(client: FlaskClient, name: str) -> None:
    question = registry()[name]
    path = API + question.route.replace("{id}", "x")
    wrong = known_parameters(question)[-1] + "x"
    body = problem(client, f"{path}?{wrong}=1", 400, "bad-parameter")
    assert body["parameter"] == wrong
    assert f"did you mean '{wrong[:-1]}'" in body["detail"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("tiers=0", "tiers"),
        ("tiers=many", "tiers"),
        ("valid_at=2026-13-01", "valid_at"),
        ("known_at=yesterday", "known_at"),
        ("min_confidence=2", "min_confidence"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("cursor=-1", "cursor"),
        ("lang=de", "lang"),
        ("status=planed", "status"),
        ("review=asserted,nope", "review"),
        ("format=pdf", "format"),
        ("tiers=1&tiers=2", "tiers"),
    ],
)
def test_a_value_that_does_not_fit_names_its_parameter(client: FlaskClient, query: str, parameter: str) -> None:
    body = problem(client, f"{API}/entities/Isopan Rus/suppliers?{query}", 400, "bad-parameter")
    assert body["parameter"] == parameter


def test_an_unknown_name_gives_what_is_spelt_alike(client: FlaskClient) -> None:
    body = problem(client, f"{API}/entities/Каустк", 404, "not-found")
    assert any("Каустик" in item["name"] for item in body["near"]) or "Kaustik" in body["detail"]
    problem(client, f"{API}/entities/zzzzzzzzzzzzz", 404, "not-found")
    problem(client, f"{API}/entities/Isopan Rus/suppliers?source=nobody", 404, "not-found")


def test_an_ambiguous_name_gives_candidates_each_of_which_answers(client: FlaskClient) -> None:
    body = problem(client, f"{API}/entities/завод/suppliers", 409, "ambiguous")
    assert len(body["candidates"]) > 1
    for candidate in body["candidates"]:
        assert client.get(f"{API}/entities/{candidate['id']}/suppliers").status_code == 200


@pytest.mark.parametrize("path", [f"{API}/nothing", f"{API}/entities/x/y/z", "/nothing"])
def test_an_unknown_route(client: FlaskClient, path: str) -> None:
    problem(client, path, 404, "not-found")


def test_a_method_that_a_route_does_not_have(client: FlaskClient) -> None:
    response = client.put(f"{API}/quality")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    problem(client, f"{API}/quality", 405, "method-not-allowed", method="POST")


@pytest.mark.parametrize(
    "sent",
    [
        {"data": "{", "content_type": "application/json"},
        {"data": "[]", "content_type": "application/json"},
        {"data": '{"note": "x", "claim": {}}', "content_type": "text/plain"},
        {"data": {"note": "x"}},
    ],
)
def test_a_body_that_is_no_json_object(client: FlaskClient, sent: dict[str, Any]) -> None:
    body = problem(client, f"{API}/claims", 422, "bad-input", method="POST", **sent)
    assert "Content-Type: application/json" in body["detail"]


def test_a_body_that_is_too_long(client: FlaskClient) -> None:
    body = {"note": "x" * (1 << 20), "claim": {}}
    assert client.post(f"{API}/claims", json=body).status_code in (413, 422)


class _Down(SqliteStore):
    """A store whose database can be taken away."""

    is_down = False

    def signal(self) -> str:
        if self.is_down:
            raise StoreUnavailable("the store does not answer")
        return super().signal()


def test_a_store_that_is_down_from_the_start_is_503_with_retry(tmp_path: Path) -> None:
    store = _Down(tmp_path / "down.sqlite")
    store.is_down = True
    with Graph(store, wait=False) as graph:
        client = create_app(graph).test_client()
        response = client.get(f"{API}/quality")
        problem(client, f"{API}/quality", 503, "store-unavailable")
        assert int(response.headers["Retry-After"]) > 0
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        page = client.get("/plain", headers=HTML)
        assert page.status_code == 503
        assert "Хранилище не отвечает" in page.get_data(as_text=True)


def test_a_bug_shows_no_insides(demo_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    client = create_app(demo_graph).test_client()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(demo_graph, "ask", broken, raising=True)
    for headers in (HTML, {}):
        response = client.get("/plain/ask/quality", headers=headers)
        assert response.status_code == 500
        assert "secret of the house" not in response.get_data(as_text=True)
    body = problem(client, f"{API}/quality", 500, "internal")
    assert "secret" not in body["detail"]


# --- on pages


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[tuple[FlaskClient, str]]:
    """A graph in which an id has become another one, and the old id."""
    keys, numbers = tmp_path / "keys.csv", tmp_path / "numbers.csv"
    keys.write_text("type,from,to\nSUPPLIES,kaustik,works\n", encoding="utf-8")
    numbers.write_text("type,from,from_label,name,inn\nDESCRIBED_IN,kaustik,Company,Каустик,3448003962\n")
    options = Options(source="Test")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("claims", [keys], options)
        old = graph.find_id("kaustik")
        graph.load("claims", [numbers], options)
        yield create_app(graph, lang="en").test_client(), old


def test_an_old_id_leads_to_the_new_page(merged: tuple[FlaskClient, str]) -> None:
    client, old = merged
    for path, rest in ((f"/plain/entities/{old}", ""), (f"/plain/ask/customers?id={old}&tiers=2", "tiers=2")):
        response = client.get(path, headers=HTML)
        assert response.status_code == 308
        assert old not in response.headers["Location"]
        assert response.headers["Location"].endswith(rest)
        page = client.get(response.headers["Location"], headers=HTML)
        assert page.status_code == 200
        assert "Каустик" in page.get_data(as_text=True)


def test_a_page_keeps_what_was_typed_and_links_the_candidates(client: FlaskClient) -> None:
    response = client.get("/plain/ask/suppliers?id=завод&tiers=3&lang=en", headers=HTML)
    text = response.get_data(as_text=True)
    assert response.status_code == 409
    assert 'value="завод"' in text
    assert 'value="3"' in text
    candidate = text.partition("<li>")[2].partition('<a href="')[2].partition('"')[0].replace("&amp;", "&")
    assert candidate.startswith("/plain/ask/suppliers?id=")
    assert "tiers=3" in candidate
    assert client.get(candidate, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/plain/ask/nothing", 404),
        ("/plain/claims/zz", 400),
        ("/plain/documents/nothing", 404),
        ("/plain/entities/zzzz", 404),
        ("/plain/ask/suppliers?id=Isopan Rus&tiers=99", 400),
        ("/plain/ask/suppliers?id=Isopan Rus&tier=1", 400),
        ("/docs/try/editing.add_claim", 404),
        ("/docs/try/lookup.entity", 400),
    ],
)
def test_browsers_get_pages_and_programs_documents(client: FlaskClient, path: str, status: int) -> None:
    page = client.get(path, headers=HTML)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert "Traceback" not in page.get_data(as_text=True)
    if not path.startswith(("/plain/ask/s", "/plain/claims", "/plain/documents", "/plain/entities")):
        assert client.get(path).mimetype == "application/problem+json"


def test_the_api_answers_a_browser_in_json_too(client: FlaskClient) -> None:
    problem(client, f"{API}/nothing", 404, "not-found", headers=HTML)
    problem(client, f"{API}/entities/zzzz", 404, "not-found", headers=HTML)
