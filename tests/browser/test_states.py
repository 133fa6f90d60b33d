"""Bad states: the store or the service is down, the service is slow, nothing is loaded."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from graph_service.api.app import create_app
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served

WORDS = {
    "ru": {
        "stale": "Хранилище не отвечает: показано то, что прочитано", "meaning": "Записанного позже здесь нет",
        "away": "Сервис не отвечает", "again": "Повторить", "late": "Ответ ещё готовится", "cancel": "Не ждать",
        "stopped": "Ожидание прервано", "empty": "Граф пуст", "how": "Как загрузить", "loads": "Загрузки",
        "broken": "Страница не открылась", "paths": "Пути", "by": "Кто поставляет", "found": "совпад",
        "nobody": "Никто так не называется", "fault": "Ошибка в самой странице",
    },
    "en": {
        "stale": "The store does not answer: this is what was read on", "meaning": "What was written later is missing",
        "away": "The service does not answer", "again": "Try again", "late": "The answer is still being worked out",
        "cancel": "Stop waiting", "stopped": "Not waited for", "empty": "The graph is empty", "how": "How to load",
        "loads": "Loads", "broken": "The page did not open", "paths": "Paths", "by": "Who supplies", "found": "match",
        "nobody": "Nobody is called so", "fault": "The fault is in the page itself",
    },
}  # fmt: skip
ANSWERING = (
    "/", "/search?q=Каустик", "/entities/Изопан Рус", "/entities/RU-VGG", "/explorer?focus=mpiapq8q44669",
    "/paths?from=Изопан Рус&to=Каустик", "/partners?id=Каустик", "/what-if?off_region=RU-VGG", "/contradictions",
    "/data",
)  # fmt: skip
SECTIONS = ("/explorer", "/paths", "/partners", "/what-if", "/contradictions")


class Service:
    """A service that is stopped and started again at the same address."""

    def __init__(self, graph: Graph, port: int = 0) -> None:
        self._app = create_app(graph)
        self._server = make_server("127.0.0.1", port, self._app, threaded=True)
        self.port = self._server.server_port
        self.start()

    def start(self) -> None:
        if self._server.socket.fileno() < 0:
            self._server = make_server("127.0.0.1", self.port, self._app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The demo, which a test may switch off."""
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("demo", [], Options())
        own = Service(graph)
        yield own
        own.stop()


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    with Graph(SqliteStore(tmp_path / "empty.sqlite")) as graph:
        yield from served(graph)


def alarm(page: Page) -> Any:
    return page.locator(".alarm .banner")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_answers_from_the_last_snapshot_say_so_on_every_page_and_it_heals(
    opened: Opened, service: Service, tmp_path: Path, lang: str
) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang, at=service.address)
    expect(page.locator(".counts b").first).to_be_visible()
    expect(alarm(page)).to_have_count(0)
    files = [file for file in tmp_path.iterdir() if file.name.startswith("own.sqlite")]
    for file in files:
        file.rename(tmp_path / f"away-{file.name}")
    for path in ANSWERING:
        page.goto(service.address + path)
        expect(alarm(page)).to_contain_text(re.compile(f"{words['stale']} .*20\\d\\d"))
        expect(alarm(page)).to_contain_text(words["meaning"])
        expect(page.get_by_role("main")).to_contain_text(re.compile(r"\d"))
    page.goto(service.address + "/entities/Изопан Рус")
    expect(page.get_by_role("region", name=words["by"])).to_contain_text("30")
    for file in files:
        (tmp_path / f"away-{file.name}").rename(file)
    expect(alarm(page)).to_have_count(0, timeout=20_000)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_service_that_stops_leaves_what_is_shown_and_is_asked_again(
    opened: Opened, service: Service, lang: str
) -> None:
    words = WORDS[lang]
    page = opened("/entities/Изопан Рус", lang=lang, at=service.address)
    suppliers = page.get_by_role("region", name=words["by"])
    expect(suppliers).to_contain_text("30")
    shown = page.get_by_role("region").first.inner_text()
    service.stop()
    suppliers.get_by_role("combobox").select_option("2")
    expect(alarm(page)).to_contain_text(words["away"])
    expect(suppliers.get_by_role("alert")).to_contain_text(words["away"])
    assert page.get_by_role("region").first.inner_text() == shown
    service.start()
    alarm(page).get_by_role("button", name=words["again"]).click()
    expect(suppliers).to_contain_text("30")
    expect(alarm(page)).to_have_count(0)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_search_that_nobody_answers_does_not_say_that_there_is_nobody(
    opened: Opened, service: Service, lang: str
) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang, at=service.address)
    box = page.get_by_role("combobox").first
    option = page.get_by_role("search").first.get_by_role("option")
    box.fill("Хщжъ")
    expect(option).to_have_text(words["nobody"])
    service.stop()
    box.fill("Каустик")
    expect(option).to_have_text(words["away"])
    service.start()


def test_what_was_shown_stays_when_it_cannot_be_asked_anew(opened: Opened, service: Service) -> None:
    page = opened("/", lang="en", at=service.address)
    page.clock.install()
    page.goto(service.address + "/search?q=Каустик")
    expect(page.get_by_role("main")).to_contain_text("matches")
    service.stop()
    page.clock.fast_forward(60_000)
    page.get_by_role("button", name="RU").click()
    page.get_by_role("button", name="EN").click()
    page.clock.run_for(2000)
    expect(alarm(page)).to_have_count(1)
    expect(page.get_by_role("main").get_by_role("listitem").first).to_be_visible()
    service.start()


def test_a_page_that_cannot_be_loaded_says_so_and_comes_after_all(opened: Opened, service: Service) -> None:
    words = WORDS["en"]
    page = opened("/", lang="en", at=service.address)
    expect(page.locator(".counts b").first).to_be_visible()
    service.stop()
    page.get_by_role("link", name=words["paths"], exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(words["broken"])
    page.get_by_role("link", name="Overview").click()
    expect(page.locator(".counts b").first).to_be_visible()
    page.get_by_role("link", name=words["paths"], exact=True).click()
    page.get_by_role("alert").get_by_role("button", name=words["again"]).click()
    expect(page.get_by_role("alert")).to_contain_text(words["broken"])
    service.start()
    page.get_by_role("alert").get_by_role("button", name=words["again"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["paths"])


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_page_that_fails_by_itself_does_not_blame_the_service(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.route("**/api/v1/entities/mpiapq8q44669?*", lambda route: route.fulfill(json={"data": {}, "meta": {}}))
    page.goto(page.url + "entities/mpiapq8q44669")
    expect(page.get_by_role("alert")).to_contain_text(words["broken"])
    expect(page.get_by_role("alert")).to_contain_text(words["fault"])
    expect(page.get_by_role("alert")).not_to_contain_text(words["away"])


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/entities/100%25", "100%25"),
        ("/entities/a%2525", "a%2525"),
        ("/documents/%25", "%25"),
        ("/documents/a%2Fb", "a%2Fb"),
    ],
)
def test_a_name_with_signs_of_addresses_is_asked_for_as_it_is(opened: Opened, address: str, asked: str) -> None:
    page = opened("/", lang="en")
    with page.expect_request(re.compile("/api/v1" + re.escape(address.rpartition("/")[0] + "/"))) as request:
        page.goto(page.url.rstrip("/") + address)
    assert urlsplit(request.value.url).path.rpartition("/")[2] == asked
    expect(page.get_by_role("alert")).to_contain_text("Not found")


@pytest.mark.parametrize(
    ("path", "code", "beside"),
    [
        ("/partners?id=Волжский&product=20.11", "MapCanvas", "Volgograd Oxygen"),
        ("/entities/Изопан Рус", "SmallMap", "Who supplies"),
    ],
)
def test_a_map_that_cannot_be_loaded_leaves_the_page_around_it(
    opened: Opened, path: str, code: str, beside: str
) -> None:
    page = opened("/", lang="en")
    page.route(f"**/{code}-*.js", lambda route: route.abort())
    page.goto(page.url.rstrip("/") + path)
    expect(page.get_by_role("alert")).to_contain_text("The map did not open")
    expect(page.get_by_role("main")).to_contain_text(beside)
    page.unroute(f"**/{code}-*.js")
    page.get_by_role("alert").get_by_role("button", name=WORDS["en"]["again"]).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".map canvas")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(beside)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_slow_service_shows_strips_then_how_long_then_the_way_out(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.route("**/api/v1/entities?*q=*", lambda _: None)
    page.goto(page.url + "search?q=Каустик")
    expect(page.locator(".strips:not(.vanished)")).to_be_visible(timeout=2000)
    expect(page.get_by_text(words["late"])).to_have_count(0)
    expect(page.get_by_text(words["late"])).to_be_visible()
    page.get_by_role("button", name=words["cancel"]).click()
    expect(page.get_by_text(words["stopped"])).to_be_visible()
    expect(page.locator(".strips")).to_have_count(0)
    page.unroute("**/api/v1/entities?*q=*")
    page.get_by_role("button", name=words["again"]).click()
    expect(page.get_by_role("heading", level=2)).to_contain_text(words["found"])


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_an_empty_graph_says_on_every_page_what_to_do_next(opened: Opened, empty_site: str, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang, at=empty_site)
    expect(page.get_by_role("main")).to_contain_text(words["empty"])
    for path in SECTIONS:
        page.goto(empty_site + path)
        expect(alarm(page)).to_contain_text(words["empty"])
        alarm(page).get_by_role("link", name=words["how"]).click()
        expect(page.get_by_role("region", name=words["loads"])).to_contain_text("zveno load demo")
