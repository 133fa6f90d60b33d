"""The service serves the application at exactly the addresses that it has pages for."""

from __future__ import annotations

import gc
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from graph_service.api.app import create_app
from graph_service.api.browser_app import ADDRESSES
from graph_service.errors import ZvenoError
from graph_service.graph import Graph

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SOURCES = Path(__file__).parents[2] / "ui/src"


def test_every_page_of_the_application_has_an_address_and_no_other() -> None:
    pages = re.findall(r'<Route path="([^"]+)"', (SOURCES / "App.tsx").read_text("utf-8"))
    assert len(pages) > 5
    assert sorted(re.sub(r":id|\*", "<path:rest>", page) for page in pages) == sorted(ADDRESSES)


def test_every_problem_has_a_title_in_the_readers_language() -> None:
    codes = {error.code for error in ZvenoError.__subclasses__()} | {"internal", "request-entity-too-large"}
    for lang in ("ru", "en"):
        words = json.loads((SOURCES / "words" / f"{lang}.json").read_text(encoding="utf-8"))["problem"]
        assert words.keys() == codes - {"bad-settings", "merged"}, lang


@pytest.fixture
def client(demo_graph: Graph) -> FlaskClient:
    return create_app(demo_graph).test_client()


def test_an_unknown_address_is_the_page_that_says_so(client: FlaskClient, built_app: Path) -> None:
    index = built_app.read_text("utf-8")
    for headers in (HTML, {**HTML, "If-None-Match": client.get("/", headers=HTML, buffered=True).headers["ETag"]}):
        found = client.get("/no/such/page", headers=headers)
        assert (found.status_code, found.get_data(as_text=True)) == (404, index)


@pytest.mark.parametrize(
    ("path", "headers"), [("/no-such-page", {}), ("/favicon.ico", {"Accept": "image/*"}), ("/api/v1/nothing", HTML)]
)
def test_programs_and_the_api_get_a_problem_document(client: FlaskClient, path: str, headers: dict[str, str]) -> None:
    found = client.get(path, headers=headers)
    assert (found.status_code, found.content_type) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/static/nothing.css", "По этому адресу страницы нет"), ("/docs/nothing", "По этому адресу страницы нет"),
        ("/plain/ask/nothing", "there is no question"),
    ],
)  # fmt: skip
def test_below_other_pages_the_plain_page_says_so(client: FlaskClient, path: str, words: str) -> None:
    found = client.get(path, headers=HTML)
    assert found.status_code == 404
    assert words in found.get_data(as_text=True)
    assert "/assets/" not in found.get_data(as_text=True)


@pytest.mark.parametrize("encoding", ["br", "zstd", "identity"])
def test_a_file_is_closed_with_its_answer(client: FlaskClient, encoding: str) -> None:
    """A file that is left to the garbage collector warns, and that makes a test fail."""
    with client.get("/static/glyphs.svg", headers={"Accept-Encoding": encoding}) as whole:
        assert whole.get_data()
        assert whole.headers.get("Content-Encoding", "identity") == encoding
    del whole
    gc.collect()


def test_a_page_says_that_it_depends_on_the_language_of_the_browser(client: FlaskClient) -> None:
    assert {"Accept-Language", "Cookie"} <= {*client.get("/plain", headers=HTML).headers["Vary"].split(", ")}
