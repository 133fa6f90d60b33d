"""The page of data: loads that can be taken back and brought back, sources, and what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph_service.graph import Graph
from graph_service.store.port import LoadRequest
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served

WORDS = {
    "ru": {
        "section": "Данные", "loads": "Загрузки", "undo": "Отменить", "keep": "Оставить", "ask": "Отменить загрузку 1?",
        "done": "Загрузка 1 отменена", "redo": "Вернуть", "back": "Загрузка 1 возвращена", "undone": "отменена загрузкой 2",
        "undoing": "Отмена загрузки 1", "sources": "Источники", "more": "Ещё", "shown": "показано 75 из", "gaps": "Чего не хватает",
    },
    "en": {
        "section": "Data", "loads": "Loads", "undo": "Undo", "keep": "Keep", "ask": "Undo load 1?",
        "done": "Load 1 is undone", "redo": "Bring back", "back": "Load 1 is back", "undone": "undone by load 2",
        "undoing": "Undoing of load 1", "sources": "Sources", "more": "More", "shown": "shown 75 of", "gaps": "What is missing",
    },
}  # fmt: skip


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    """A demo that a test may change."""
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield from served(graph)


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[str]:
    """Nothing loaded."""
    with Graph(SqliteStore(tmp_path / "empty.sqlite")) as graph:
        yield from served(graph)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_load_is_taken_back_and_brought_back(opened: Opened, own_site: str, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang, at=own_site)
    page.get_by_role("link", name=words["section"], exact=True).click()
    loads = page.get_by_role("region", name=words["loads"])
    loads.get_by_role("button", name=words["undo"]).press("Enter")
    expect(loads.get_by_role("group", name=words["ask"])).to_be_visible()
    expect(loads.get_by_role("button", name=words["keep"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(loads.get_by_role("button", name=words["undo"])).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(loads.get_by_role("status").first).to_have_text(words["done"])
    expect(loads.get_by_role("row", name=re.compile("Zveno demo"))).to_contain_text(words["undone"])
    expect(loads.get_by_role("row", name=re.compile(words["undoing"]))).to_be_visible()
    expect(page.get_by_role("region", name=words["sources"]).locator(".cnt")).to_have_text("0")
    loads.get_by_role("button", name=words["redo"]).click()
    loads.get_by_role("button", name=words["redo"]).click()
    expect(loads.get_by_role("status").first).to_have_text(words["back"])
    expect(page.get_by_role("region", name=words["sources"]).locator(".cnt")).to_have_text(re.compile(r"1\d\d"))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_sources_and_gaps_are_shown_and_the_link_restores_how_many(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/data", lang=lang)
    sources = page.get_by_role("region", name=words["sources"])
    expect(sources).to_contain_text("ISO 3166")
    sources.get_by_role("button", name=words["more"]).click()
    expect(sources).to_contain_text(words["shown"])
    page.reload()
    expect(sources).to_contain_text(words["shown"])
    expect(page.get_by_role("region", name=words["gaps"]).get_by_role("listitem")).to_have_count(6)


@pytest.mark.parametrize(
    ("lang", "documents", "find", "press_release"),
    [
        ("ru", "Документы", "Найти", "Губернатор встретился с инвесторами"),
        ("en", "Documents", "Find", "Губернатор встретился с инвесторами"),
    ],
)
def test_documents_are_found_by_source_and_words_and_lead_to_their_text(
    opened: Opened, lang: str, documents: str, find: str, press_release: str
) -> None:
    page = opened("/data", lang=lang)
    card = page.get_by_role("region", name=documents, exact=True)
    expect(card.locator(".cnt")).to_have_text(re.compile(r"2\d\d"))
    page.get_by_role("button", name=re.compile("РИАЦ")).click()
    expect(card).to_be_focused()
    expect(card.locator(".cnt")).to_have_text("2")
    expect(card.locator("tbody tr")).to_have_count(2)
    page.reload()
    expect(card.locator(".cnt")).not_to_have_text(re.compile(r"2\d\d"))
    card.get_by_role("button", name=re.compile("РИАЦ")).click()
    card.get_by_role("searchbox").fill("инвесторами губернатор")
    card.get_by_role("button", name=find).click()
    expect(card.locator("tbody tr")).to_have_count(1)
    card.get_by_role("link", name=press_release).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(press_release)
    expect(page.locator("mark").first).to_be_visible()
    page.go_back()
    expect(card.locator("tbody tr")).to_have_count(1)
    card.get_by_role("searchbox").fill("нетТакого")
    page.keyboard.press("Enter")
    expect(card).to_contain_text({"ru": "Ничего не найдено", "en": "Nothing was found"}[lang])
    card.get_by_role("searchbox").fill("")
    expect(card.locator(".cnt")).to_have_text(re.compile(r"2\d\d"))


def test_the_field_for_words_keeps_the_focus_and_follows_the_address(opened: Opened) -> None:
    page = opened("/data?words=губернатор")
    card = page.get_by_role("region", name="Документы", exact=True)
    field = card.get_by_role("searchbox")
    expect(field).to_have_value("губернатор")
    page.get_by_role("button", name=re.compile("РИАЦ")).click()
    expect(card).to_be_focused()
    expect(field).to_have_value("")
    for key in ("Delete", "Enter"):
        field.fill("инвесторами")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("words="))
        field.press("Control+a")
        page.keyboard.press(key)
        expect(field).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("дом")
    expect(field).to_have_value("дом")


def test_a_number_that_is_none_is_not_asked_for(opened: Opened) -> None:
    page = opened("/data?sources=-3", lang="en")
    expect(page.get_by_role("region", name="Sources")).to_contain_text("shown 25 of")


def test_an_undo_that_fails_says_why(opened: Opened, own_site: str) -> None:
    page = opened("/data", lang="en", at=own_site)
    page.route("**/undo", lambda route: route.fulfill(
        status=403, content_type="application/problem+json",
        body='{"type":"x","title":"forbidden","status":403,"code":"forbidden","detail":"an editor key is needed"}',
    ))  # fmt: skip
    loads = page.get_by_role("region", name="Loads")
    loads.get_by_role("button", name="Undo").click()
    loads.get_by_role("button", name="Undo", exact=True).click()
    expect(loads.get_by_role("alert")).to_contain_text("an editor key is needed")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_an_empty_graph_says_what_to_run(opened: Opened, empty_site: str, lang: str) -> None:
    page = opened("/data", lang=lang, at=empty_site)
    expect(page.get_by_role("region", name=WORDS[lang]["loads"])).to_contain_text("zveno load demo")


def test_a_load_that_was_cut_off_is_removed(opened: Opened, tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        request = LoadRequest(format="claims", dataset="suppliers", mode="incremental", fingerprint="x", holder="vera")
        graph.store.begin(request)
        graph.store.release()
        for at in served(graph):
            page = opened("/data", at=at)
            loads = page.get_by_role("region", name="Загрузки")
            expect(loads.get_by_role("row", name=re.compile("suppliers"))).to_contain_text("прервана")
            loads.get_by_role("button", name="Убрать").click()
            loads.get_by_role("button", name="Убрать").click()
            expect(loads.get_by_role("status").first).to_have_text("загрузка 1 убрана")
            expect(loads.get_by_role("button", name="Убрать")).to_have_count(0)
