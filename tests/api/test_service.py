"""The service over HTTP: answers, problems, edits, keys, pages; on the demo."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate
from pydantic import TypeAdapter
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from graph_service.api.app import create_app
from graph_service.api.key_file import add_key, read_keys
from graph_service.graph import Graph
from graph_service.questions.question import registry
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

API = "/api/v1"
PHARMA = "Создание химико-фармацевтического кластера"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The demo, read only."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("demo") / "demo.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield graph


@pytest.fixture(scope="module")
def client(demo: Graph) -> FlaskClient:
    """The service on this machine, without keys."""
    return create_app(demo).test_client()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[FlaskClient]:
    """A service whose graph the test may change."""
    with Graph(SqliteStore(tmp_path / "own.sqlite"), wait=False) as graph:
        graph.load("demo", [], Options())
        yield create_app(graph).test_client()


def problem_of(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """Every error is one problem document (RFC 9457)."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = response.get_json()
    assert {"type", "title", "status", "code", "detail", "instance"} <= body.keys()
    assert (body["status"], body["code"]) == (status, code)
    assert "Traceback" not in body["detail"]
    return body


@pytest.mark.parametrize("name", sorted(registry()))
def test_every_question_answers_over_rest_as_its_schema_says(name: str, client: FlaskClient) -> None:
    question = registry()[name]
    given = {key: str(value) for key, value in question.example.items()}
    if name == "evidence.claim":
        given["id"] = client.get(f"{API}/entities/Изопан Рус/claims").get_json()["evidence"]["claims"][0]
    route = API + question.route
    for key in question.path_parameters:
        route = route.replace("{" + key + "}", given.pop(key))
    response = client.get(route, query_string=given)
    assert response.status_code == 200, response.get_data(as_text=True)
    body = response.get_json()
    assert {"summary", "data", "evidence", "meta", "links"} <= body.keys()
    TypeAdapter(question.result).validate_python(body["data"])
    assert body["meta"]["question"] == name
    again = client.get(body["links"]["self"])
    assert again.get_json()["data"] == body["data"]
    assert client.get(body["links"]["cypher"]).content_type.startswith("text/plain")


def test_the_openapi_document_is_valid_and_complete(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    validate(document)
    assert {API + question.route for question in registry().values()} <= document["paths"].keys()


def test_pages_of_a_list_follow_each_other(client: FlaskClient) -> None:
    first = client.get(f"{API}/entities", query_string={"type": "Plant", "limit": 30}).get_json()
    seen = [item["entity"]["id"] for item in first["data"]["items"]]
    page = first
    while "next" in page["links"]:
        page = client.get(page["links"]["next"]).get_json()
        seen += [item["entity"]["id"] for item in page["data"]["items"]]
    assert len(seen) == len(set(seen)) == first["data"]["total"] == 73


def test_wrong_input_is_told_in_problems(client: FlaskClient) -> None:
    body = problem_of(client.get(f"{API}/entities?qq=1"), 400, "bad-parameter")
    assert "did you mean 'q'" in body["detail"]
    problem_of(client.get(f"{API}/entities/Изопан Рус/suppliers?tiers=99"), 400, "bad-parameter")
    problem_of(client.get(f"{API}/entities/Изопан Рус/suppliers?valid_at=soon"), 400, "bad-parameter")
    problem_of(client.get(f"{API}/entities/Изопан Рус/suppliers?status=actul"), 400, "bad-parameter")
    problem_of(client.get(f"{API}/entities/Изопан Рус/suppliers?max_age=old"), 422, "bad-input")
    problem_of(client.get(f"{API}/entities?q=a&q=b"), 400, "bad-parameter")
    problem_of(client.get(f"{API}/entities?format=pdf"), 400, "bad-parameter")
    body = problem_of(client.get(f"{API}/entities/Каустк/suppliers"), 404, "not-found")
    assert "Каустик" in body["near"][0]["name"]
    body = problem_of(client.get(f"{API}/entities/Volzhsk/local-partners?product=20.11"), 409, "ambiguous")
    assert {"id", "type", "name"} <= body["candidates"][0].keys()
    assert "Волжский" in {candidate["name"] for candidate in body["candidates"]}
    problem_of(client.get(f"{API}/claims/{'0' * 32}"), 404, "not-found")
    problem_of(client.get(f"{API}/nothing"), 404, "not-found")
    problem_of(client.delete(f"{API}/entities"), 405, "method-not-allowed")
    both = {"product": "20.11", "region": "RU-VGG", "-region": "RU-VGG"}
    problem_of(client.get(f"{API}/entities/Волжский/local-partners", query_string=both), 400, "bad-parameter")


def test_csv_and_xlsx_open_in_a_russian_excel(client: FlaskClient) -> None:
    route = f"{API}/entities/Волжский трубный завод/suppliers"
    text = client.get(route, query_string={"format": "csv", "lang": "ru"}).get_data(as_text=True)
    assert text.startswith("\ufeff")
    assert text.splitlines()[0].count(";") > 5
    content = client.get(route, query_string={"format": "xlsx"}).get_data()
    path_like = CalamineWorkbook.from_object(io.BytesIO(content))
    assert path_like.sheet_names == ["answer", "evidence", "about"]
    rows = path_like.get_sheet_by_name("answer").to_python()
    assert {"quantity_low", "quantity_high", "quantity_unit"} <= set(rows[0])


def test_a_fact_is_added_corrected_withdrawn_and_taken_back(own: FlaskClient) -> None:
    route = f"{API}/projects/{PHARMA}"

    def chosen() -> str:
        figures = own.get(route).get_json()["data"]["figures"]
        (rival,) = [f for f in figures if f["kind"] == "Cost" and f["rivals"] and "about" not in f]
        return str(rival["chosen"]["stated"]["value"]["low"])

    assert chosen() == "7000000000"
    claim = {"type": "HAS", "from": PHARMA, "kind": "Cost", "value": 7500000000, "currency": "RUB", "status": "planned"}
    body = {"claim": claim, "note": "entry 17", "source": "Project register", "rank": 1}
    added = own.post(f"{API}/claims", json=body)
    assert added.status_code == 201
    assert chosen() == "7500000000", "a writer sees its own write"
    card = own.get(added.headers["Location"]).get_json()["data"]
    assert (card["document"]["publisher"], card["document"]["rank"], card["note"]) == (
        "Project register",
        1,
        "entry 17",
    )
    changed = own.post(
        f"{API}/claims", json={**body, "claim": {"value": "7600000000"}, "corrects": added.get_json()["claim"]}
    )
    assert changed.status_code == 201, changed.get_data(as_text=True)
    assert chosen() == "7600000000"
    assert (
        own.post(f"{API}/claims/{changed.get_json()['claim']}/retract", json={"note": "withdrawn"}).status_code == 200
    )
    assert chosen() == "7000000000"
    loads = own.get(f"{API}/loads").get_json()["data"]["items"]
    assert [load["mode"] for load in loads] == ["incremental", "hand", "hand", "hand"]
    assert own.post(f"{API}/loads/{loads[-1]['id']}/undo").status_code == 200
    assert chosen() == "7600000000"
    events = own.get(f"{API}/entities/{PHARMA}/history").get_json()["data"]["items"]
    assert {event["version"] for event in events} >= {1, 2, 3, 4, 5}


def test_wrong_edits_change_nothing(own: FlaskClient) -> None:
    claim = {"type": "SUPPLIES", "from": "Каустик", "to": "Изопан Рус"}
    problem_of(own.post(f"{API}/claims", json={"claim": claim}), 422, "bad-input")
    problem_of(own.post(f"{API}/claims", json={"claim": claim, "note": "x", "rnk": 1}), 400, "bad-parameter")
    problem_of(
        own.post(f"{API}/claims", json={"claim": {**claim, "buyer_share": "140%"}, "note": "x"}), 422, "bad-input"
    )
    problem_of(own.post(f"{API}/claims", json={"claim": {**claim, "to": "Нет такого"}, "note": "x"}), 404, "not-found")
    problem_of(own.post(f"{API}/claims", data="{", content_type="application/json"), 422, "bad-input")
    problem_of(own.post(f"{API}/claims/{'0' * 32}/retract", json={"note": "x"}), 404, "not-found")
    problem_of(own.post(f"{API}/claims/zzz/retract", json={"note": "x"}), 400, "bad-parameter")
    problem_of(own.post(f"{API}/loads/99/undo"), 404, "not-found")
    assert len(own.get(f"{API}/loads").get_json()["data"]["items"]) == 1


def test_a_merged_id_leads_to_the_other_one(tmp_path: Path) -> None:
    keys, numbers = tmp_path / "keys.csv", tmp_path / "numbers.csv"
    keys.write_text("type,from,to\nSUPPLIES,kaustik,works\n", encoding="utf-8")
    numbers.write_text(
        "type,from,from_label,name,inn\nDESCRIBED_IN,kaustik,Company,Каустик,3448003962\n", encoding="utf-8"
    )
    options = Options(source="Test")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("claims", [keys], options)
        client = create_app(graph).test_client()
        (old,) = [i["entity"]["id"] for i in client.get(f"{API}/entities?q=kaustik").get_json()["data"]["items"]]
        graph.load("claims", [numbers], options)
        response = client.get(f"{API}/entities/{old}/customers?tiers=2")
        body = problem_of(response, 308, "merged")
        assert response.headers["Location"].endswith(f"/entities/{body['location']}/customers?tiers=2")
        assert client.get(response.headers["Location"]).get_json()["data"]["total"] == 1
        asked = client.get(f"{API}/contradictions?id={old}&limit=5")
        assert asked.headers["Location"].endswith(f"/contradictions?id={body['location']}&limit=5")
        claim = {"type": "SUPPLIES", "from": old, "to": "kaustik"}
        refused = client.post(f"{API}/claims", json={"claim": claim, "note": "x"})
        assert problem_of(refused, 409, "merged")["location"] == body["location"]
        assert "Location" not in refused.headers


def test_two_entities_are_merged_and_split_over_http(own: FlaskClient) -> None:
    old, stays = (
        own.get(f"{API}/entities/{name}").get_json()["data"]["entity"]["id"] for name in ("Волтайр-Пром", "Каустик")
    )
    assert (
        problem_of(own.post(f"{API}/entities/{stays}/merge", json={"with": old}), 422, "bad-input")["parameter"]
        == "reason"
    )
    wrong = own.post(f"{API}/entities/{stays}/merge", json={"with": old, "reason": "x", "note": "y"})
    problem_of(wrong, 400, "bad-parameter")
    done = own.post(f"{API}/entities/{stays}/merge", json={"with": old, "reason": "one number"})
    assert done.status_code == 200, done.get_data(as_text=True)
    found = done.get_json()
    assert (found["entity"], found["old"], found["load"]["files"]) == (stays, old, ["one number"])
    moved = own.get(f"{API}/entities/{old}/suppliers?tiers=2")
    assert (moved.status_code, moved.headers["Location"]) == (308, f"{API}/entities/{stays}/suppliers?tiers=2")
    page = own.get(f"/plain/entities/{old}")
    assert (page.status_code, page.headers["Location"]) == (308, f"/plain/entities/{stays}")
    shown = own.get(f"/plain/entities/{stays}?lang=ru").get_data(as_text=True)
    assert "Объединено с ним" in shown
    assert f"/plain/entities/{old}" in shown
    again = own.post(f"{API}/entities/{stays}/merge", json={"with": old, "reason": "one number"})
    assert problem_of(again, 409, "merged")["location"] == stays
    apart = own.post(f"{API}/entities/{old}/split", json={"reason": "two numbers"}).get_json()
    assert (apart["entity"], apart["withdrawn"]) == (old, [found["claim"]])
    assert own.get(f"{API}/entities/{old}/suppliers").status_code == 200
    problem_of(own.post(f"{API}/entities/{old}/split", json={"reason": "two numbers"}), 422, "bad-input")
    assert own.post(f"{API}/loads/{apart['load']['id']}/undo").status_code == 200
    assert own.get(f"{API}/entities/{old}").status_code == 308


def test_answers_come_packed_to_those_who_take_it(client: FlaskClient) -> None:
    address = "/api/v1/network?id=Изопан Рус&lang=ru"
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < len(plain.data) / 3
    assert orjson.loads(gzip.decompress(packed.data))["data"] == plain.get_json()["data"]
    assert "Content-Encoding" not in plain.headers


def test_no_parameter_is_ignored(client: FlaskClient) -> None:
    problem_of(client.get(f"{API}/entities/Изопан Рус/suppliers?tierz="), 400, "bad-parameter")
    problem_of(client.get(f"{API}/entities/Изопан Рус/suppliers?id=Каустик"), 400, "bad-parameter")
    assert client.get(f"{API}/entities?q=").status_code == 200


def test_links_name_the_language_and_the_next_page_the_version(demo: Graph) -> None:
    links = create_app(demo, lang="en").test_client().get(f"{API}/entities?lang=ru&limit=1").get_json()["links"]
    assert "lang=ru" in links["self"]
    assert "lang=ru" in links["next"]
    assert "known_at=1" in links["next"]


@pytest.fixture
def guarded(demo: Graph, tmp_path: Path) -> tuple[FlaskClient, str, str]:
    """A service with keys, the key of a viewer and that of an editor."""
    path = tmp_path / "keys.json"
    viewer, editor = add_key(path, "vera", "viewer"), add_key(path, "egor", "editor")
    text = path.read_text(encoding="utf-8")
    assert viewer not in text
    assert editor not in text
    assert path.stat().st_mode & 0o077 == 0
    return create_app(demo, keys=read_keys(path)).test_client(), viewer, editor


def test_keys_and_roles(guarded: tuple[FlaskClient, str, str]) -> None:
    client, viewer, editor = guarded
    problem_of(client.get(f"{API}/entities"), 401, "unauthorised")
    problem_of(client.get(f"{API}/entities", headers={"Authorization": "Bearer wrong"}), 401, "unauthorised")
    assert client.get("/healthz").status_code == 200
    as_viewer, as_editor = ({"Authorization": f"Bearer {key}"} for key in (viewer, editor))
    assert client.get(f"{API}/entities", headers=as_viewer).status_code == 200
    body = {"claim": {}, "note": "x"}
    problem_of(client.post(f"{API}/claims", json=body, headers=as_viewer), 403, "forbidden")
    problem_of(client.post(f"{API}/claims", json=body, headers=as_editor), 422, "bad-input")


def test_a_key_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(guarded: tuple[FlaskClient, str, str]) -> None:
    client, viewer, _ = guarded
    page = client.get("/plain", headers={"Accept": "text/html"})
    assert page.status_code in (302, 303, 401)
    signed = client.post("/sign-in", data={"key": viewer}, headers={"Origin": "http://localhost"})
    assert signed.status_code in (302, 303), signed.get_data(as_text=True)
    cookie = signed.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert viewer not in cookie
    assert client.get("/plain", headers={"Accept": "text/html"}).status_code == 200
    foreign = client.post("/sign-out", headers={"Origin": "http://elsewhere.example"})
    assert foreign.status_code == 403


PAGES = [
    "/plain", "/plain/search?q=Isopan", "/plain/search?q=qqqqqq", "/plain/ask/partners?id=Изопан Рус", "/plain/ask/suppliers?id=Каустик&tiers=2",
    f"/plain/ask/project?id={PHARMA}", "/plain/ask/local-partners?id=Волжский&product=20.11&within_km=100", "/plain/ask/quality",
    "/plain/ask/contradictions", "/plain/documents/press-release", "/docs", "/plain/ask/markets",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_render_in_both_languages_without_script_or_foreign_address(
    client: FlaskClient, page: str, lang: str
) -> None:
    joint = "&" if "?" in page else "?"
    response = client.get(f"{page}{joint}lang={lang}", headers={"Accept": "text/html"})
    text = response.get_data(as_text=True)
    assert response.status_code == 200, text[:500]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in text
    assert ' style="' not in text
    assert 'src="http' not in text
    assert f'lang="{lang}"' in text


def test_names_are_shown_and_never_run(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text('type,from,to\nSUPPLIES,<script>alert(1)</script>,"=1+1, «Завод»"\n', encoding="utf-8")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("claims", [table], Options(source="Test"))
        client = create_app(graph).test_client()
        text = client.get("/plain/search?q=alert", headers={"Accept": "text/html"}).get_data(as_text=True)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        csv_text = client.get(f"{API}/entities?format=csv&lang=en").get_data(as_text=True)
        assert "'=1+1" in csv_text


def test_quoted_words_are_marked_in_their_document(client: FlaskClient) -> None:
    text = client.get("/plain/documents/press-release", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert text.count("<mark") >= 20


def test_an_empty_graph_says_what_to_do(tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "empty.sqlite")) as graph:
        client = create_app(graph, lang="en").test_client()
        assert "zveno load demo" in client.get("/plain", headers={"Accept": "text/html"}).get_data(as_text=True)
        body = client.get(f"{API}/entities?lang=en").get_json()
        assert "zveno load demo" in body["summary"]
        assert orjson.dumps(body["data"]["items"]) == b"[]"
        assert client.get("/readyz").get_json()["graph_version"] == 0
