"""Keys, roles, sessions, other sites, foreign names; and the command that makes keys."""

from __future__ import annotations

import getpass
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from typer.testing import CliRunner

from graph_service.api.app import create_app
from graph_service.api.key_file import Key, Keys, add_key, hash_of, read_keys, remove_key
from graph_service.cli.main import app as command
from graph_service.errors import BadParameter, BadSettings
from graph_service.graph import Graph

API = "/api/v1"
HTML = {"Accept": "text/html,application/xhtml+xml"}
OWN = {"Origin": "http://localhost"}


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


@pytest.fixture
def viewer(key_file: Path) -> str:
    return add_key(key_file, "vera", "viewer")


@pytest.fixture
def editor(key_file: Path) -> str:
    return add_key(key_file, "egor", "editor")


@pytest.fixture
def app(demo_graph: Graph, key_file: Path, viewer: str, editor: str) -> Flask:
    """A service with the keys of a viewer and an editor, and a route that says who asks."""
    made = create_app(demo_graph, keys=read_keys(key_file))
    made.add_url_rule("/who", view_func=lambda: {"editor": g.editor, "role": g.role}, methods=["GET", "POST"])
    return made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


# --- keys


def test_the_file_keeps_hashes_that_only_its_owner_may_read(key_file: Path, viewer: str, editor: str) -> None:
    assert key_file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(key_file.read_text())
    assert [(key["name"], key["role"]) for key in kept] == [("vera", "viewer"), ("egor", "editor")]
    assert kept[0]["hash"] == hash_of(viewer) != hash_of(editor)
    assert viewer not in key_file.read_text()
    assert len(viewer) > 40


def test_a_name_has_one_key(key_file: Path, viewer: str) -> None:
    with pytest.raises(BadParameter, match="vera has a key already"):
        add_key(key_file, "vera", "editor")
    with pytest.raises(BadParameter, match="keys have vera"):
        remove_key(key_file, "nobody")
    remove_key(key_file, "vera")
    assert read_keys(key_file).find(viewer) is None


@pytest.mark.parametrize("content", ["{}", "[1]", '[{"name":"a","role":"boss","hash":"00"}]', "no json"])
def test_a_file_of_something_else_is_refused(key_file: Path, content: str) -> None:
    key_file.write_text(content)
    with pytest.raises(BadSettings, match="is no list of API keys"):
        read_keys(key_file)


def test_an_empty_file_lets_nobody_in(demo_graph: Graph, key_file: Path) -> None:
    key_file.touch()
    client = create_app(demo_graph, keys=read_keys(key_file)).test_client()
    assert client.get(f"{API}/quality").status_code == 401
    assert client.get(f"{API}/quality", headers=bearer("")).status_code == 401


def test_the_secret_of_sessions_is_not_shown() -> None:
    keys = Keys(keys=[Key(name="a", role="viewer", hash="0" * 64)])
    assert "secret" not in repr(keys)
    assert keys.secret != Keys(keys=keys.keys).secret


def test_the_command_makes_lists_and_removes_keys(key_file: Path) -> None:
    run = CliRunner()
    file = ["--file", str(key_file)]
    made = run.invoke(command, ["keys", "add", "anna", "--role", "editor", *file])
    assert made.exit_code == 0, made.output
    found = read_keys(key_file).find(made.stdout.strip())
    assert found is not None
    assert (found.name, found.role) == ("anna", "editor")
    assert "editor  anna" in run.invoke(command, ["keys", "list", *file]).stdout
    wrong = run.invoke(command, ["keys", "add", "boris", "--role", "editr", *file])
    assert wrong.exit_code == 1
    assert "did you mean 'editor'" in wrong.stderr
    assert run.invoke(command, ["keys", "remove", "anna", *file]).exit_code == 0
    assert read_keys(key_file).keys == []


# --- who may do what


def test_a_request_without_a_key_is_told_where_to_get_one(client: FlaskClient) -> None:
    refused = client.get(f"{API}/quality")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert "zveno keys add" in refused.get_json()["detail"]
    for path in ("/openapi.json", "/docs", "/", f"{API}/loads", "/no/such/page"):
        assert client.get(path).status_code == 401, path
    for path in ("/healthz", "/readyz", "/static/pages.css", "/sign-in"):
        assert client.get(path, buffered=True).status_code == 200, path


def test_roles(client: FlaskClient, viewer: str, editor: str) -> None:
    assert client.get("/who", headers=bearer(viewer)).get_json() == {"editor": "vera", "role": "viewer"}
    assert client.post("/who", headers=bearer(editor)).get_json() == {"editor": "egor", "role": "editor"}
    refused = client.post("/who", headers=bearer(viewer))
    assert (refused.status_code, refused.get_json()["code"]) == (403, "forbidden")
    assert "vera" in refused.get_json()["detail"]


def test_a_wrong_key_is_an_error_even_beside_a_session(client: FlaskClient, viewer: str) -> None:
    client.post("/sign-in", data={"key": viewer}, headers=OWN)
    assert client.get("/who").status_code == 200
    assert client.get("/who", headers=bearer(viewer[:-1])).status_code == 401


# --- sessions


def test_a_browser_is_led_to_the_sign_in_page_and_back(client: FlaskClient, viewer: str) -> None:
    led = client.get("/plain/search?q=Isopan", headers=HTML)
    assert led.status_code == 303
    form = client.get(led.headers["Location"], headers=HTML).get_data(as_text=True)
    assert 'name="then" value="/plain/search?q=Isopan"' in form
    signed = client.post("/sign-in", data={"key": f" {viewer}\n", "then": "/plain/search?q=Isopan"}, headers=OWN)
    assert (signed.status_code, signed.headers["Location"]) == (303, "/plain/search?q=Isopan")
    assert "vera" in client.get("/plain", headers=HTML).get_data(as_text=True)
    assert client.post("/sign-out", headers=OWN).headers["Location"] == "/sign-in"
    assert client.get("/who").status_code == 401


def test_a_session_is_a_cookie_that_nobody_else_can_use(client: FlaskClient, viewer: str) -> None:
    signed = client.post("/sign-in", data={"key": viewer}, headers=OWN)
    cookie = next(c for c in signed.headers.getlist("Set-Cookie") if c.startswith("zveno_session="))
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
    assert "Expires=" in cookie
    assert "Secure" not in cookie
    assert viewer not in cookie
    secure = client.post(
        "/sign-in", data={"key": viewer}, base_url="https://localhost", headers={"Origin": "https://localhost"}
    )
    assert any("Secure" in c for c in secure.headers.getlist("Set-Cookie"))


def test_a_forged_or_foreign_session_is_none(app: Flask, demo_graph: Graph, key_file: Path, viewer: str) -> None:
    client = app.test_client()
    client.post("/sign-in", data={"key": viewer}, headers=OWN)
    cookie = client.get_cookie("zveno_session")
    assert cookie is not None
    payload, _, rest = cookie.value.partition(".")
    client.set_cookie("zveno_session", f"{payload[:-2]}AA.{rest}")
    assert client.get("/who").status_code == 401
    remove_key(key_file, "vera")
    restarted = Keys(keys=read_keys(key_file).keys, secret=app.config["SECRET_KEY"])
    other = create_app(demo_graph, keys=restarted).test_client()
    other.set_cookie("zveno_session", cookie.value)
    assert other.get(f"{API}/quality").status_code == 401, "a session ends with its key"


def test_a_wrong_key_at_the_sign_in_page(client: FlaskClient) -> None:
    refused = client.post("/sign-in", data={"key": "x"}, headers={**OWN, **HTML})
    assert refused.status_code == 401
    assert "Такого ключа ни у кого нет" in refused.get_data(as_text=True)
    assert client.get_cookie("zveno_session") is None


def test_the_sign_in_page_speaks_the_language_of_whoever_comes(client: FlaskClient) -> None:
    def title(address: str, accepted: str = "") -> str:
        page = client.get(address, headers={**HTML, **({"Accept-Language": accepted} if accepted else {})})
        found = re.search(r'<html lang="(\w+)">.*<h1>(.*)</h1>', page.get_data(as_text=True), re.DOTALL)
        assert found
        return f"{found[1]}: {found[2]}"

    assert title("/sign-in") == "ru: Войти", "as the service is set"
    assert title("/sign-in", "en-GB,en;q=0.9,ru;q=0.1") == "en: Sign in"
    assert title("/sign-in", "de") == "ru: Войти"
    assert client.get("/paths?lang=en", headers=HTML).headers["Location"].endswith("&lang=en")
    assert title("/sign-in?then=/paths&lang=en", "ru") == "en: Sign in"
    assert title("/sign-in", "ru") == "en: Sign in", "a choice is kept"
    wrong = client.post("/sign-in", data={"key": "x"}, headers={**OWN, **HTML})
    assert "Nobody has this key" in wrong.get_data(as_text=True)


@pytest.mark.parametrize("then", ["//elsewhere.example/", "https://elsewhere.example", "/\\elsewhere.example", "x", ""])
def test_signing_in_leads_nowhere_else(client: FlaskClient, viewer: str, then: str) -> None:
    signed = client.post("/sign-in", data={"key": viewer, "then": then}, headers=OWN)
    assert signed.headers["Location"] == "/"


# --- other sites


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        (OWN, 200),
    ],
)
def test_a_change_with_a_cookie_comes_from_our_own_pages(
    client: FlaskClient, editor: str, headers: dict[str, str], status: int
) -> None:
    client.post("/sign-in", data={"key": editor}, headers=OWN)
    assert client.post("/who", headers=headers).status_code == status


def test_a_program_with_a_key_needs_no_origin(client: FlaskClient, editor: str) -> None:
    assert client.post("/who", headers=bearer(editor)).status_code == 200
    assert client.post("/who", headers={**bearer(editor), "Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_without_keys_other_sites_change_nothing_either(demo_graph: Graph) -> None:
    client = create_app(demo_graph).test_client()
    for headers in ({"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post(f"{API}/loads/1/undo", headers=headers).status_code == 403
    assert client.post(f"{API}/loads/99/undo").status_code == 404, "a program on this machine may"


# --- without keys


def test_without_keys_everybody_is_the_user_of_this_machine(demo_graph: Graph) -> None:
    made = create_app(demo_graph)
    made.add_url_rule("/who", view_func=lambda: {"editor": g.editor, "role": g.role})
    assert made.test_client().get("/who").get_json() == {"editor": getpass.getuser(), "role": "editor"}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("rebound.example", 403),
        ("127.0.0.1.rebound.example", 403),
        ("192.168.1.7:8000", 403),
    ],
)
def test_without_keys_only_names_of_this_machine_are_answered(demo_graph: Graph, host: str, status: int) -> None:
    response = create_app(demo_graph).test_client().get(f"{API}/quality", headers={"Host": host})
    assert response.status_code == status
    if status == 403:
        assert "zveno keys add" in response.get_json()["detail"]


def test_with_keys_the_service_answers_under_any_name(client: FlaskClient, viewer: str) -> None:
    assert client.get("/who", headers={"Host": "zveno.example", **bearer(viewer)}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/pages.css", f"{API}/nothing", "/sign-in"])
def test_every_answer_has_the_headers_that_keep_others_out(demo_graph: Graph, path: str) -> None:
    headers = create_app(demo_graph).test_client().get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


# --- who am I


@pytest.mark.parametrize("path", ["/", "/explorer?focus=x", "/entities/x", "/no-such-page"])
def test_the_application_leads_to_the_sign_in_page_and_back(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert (answer.status_code, unquote(answer.headers["Location"])) == (303, f"/sign-in?then={path}")


def test_who_asks_and_what_they_may_do_is_said(client: FlaskClient, viewer: str, editor: str) -> None:
    assert client.get(f"{API}/me").status_code == 401
    for key, name, role in ((viewer, "vera", "viewer"), (editor, "egor", "editor")):
        found = client.get(f"{API}/me", headers=bearer(key)).get_json()
        assert found == {"name": name, "role": role, "signed_in": True}


def test_without_keys_whoever_runs_the_service_may_change_everything(demo_graph: Graph) -> None:
    found = create_app(demo_graph).test_client().get(f"{API}/me").get_json()
    assert found == {"name": getpass.getuser(), "role": "editor", "signed_in": False}
