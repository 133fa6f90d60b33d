"""Who is signed in is seen; what a key does not allow is not offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph_service.api.key_file import Role, add_key, read_keys
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served

WORDS = {
    "ru": {
        "out": "Выйти", "line": "Ваш ключ позволяет спрашивать, но ничего не менять",
        "loads": "Загрузки", "undo": "Отменить", "facts": "Факты", "row": "загрузка мощности", "source": "1 источник",
        "known": "Откуда это известно", "wrong": "Здесь ошибка?", "only": "может только спрашивать", "data": "Данные",
    },
    "en": {
        "out": "Sign out", "line": "Your key may ask but not change anything",
        "loads": "Loads", "undo": "Undo", "facts": "Facts", "row": "use of capacity", "source": "1 source",
        "known": "How it is known", "wrong": "Is this wrong?", "only": "may only ask", "data": "Data",
    },
}  # fmt: skip
NAMES: dict[Role, str] = {"viewer": "Вера", "editor": "Егор"}


@pytest.fixture(scope="module")
def keys_of(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Role, str]]:
    file = tmp_path_factory.mktemp("keys") / "keys.json"
    return file, {role: add_key(file, name, role) for role, name in NAMES.items()}


@pytest.fixture(scope="module")
def kept_site(tmp_path_factory: pytest.TempPathFactory, keys_of: tuple[Path, dict[Role, str]]) -> Iterator[str]:
    """The demo, behind the keys of a viewer and an editor."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("kept") / "demo.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield from served(graph, read_keys(keys_of[0]))


def signed_in(opened: Opened, site: str, key: str, lang: str) -> Page:
    page = opened("/", at=site, lang=lang)
    page.locator("input[name=key]").fill(key)
    page.locator("form.signin button").click()
    expect(page.locator(".counts b").first).to_be_visible()
    return page


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_viewer_is_offered_no_change(
    opened: Opened, kept_site: str, keys_of: tuple[Path, dict[Role, str]], lang: str
) -> None:
    words = WORDS[lang]
    page = signed_in(opened, kept_site, keys_of[1]["viewer"], lang)
    page.get_by_role("link", name=words["data"], exact=True).click()
    loads = page.get_by_role("region", name=words["loads"])
    expect(loads).to_contain_text(words["line"])
    expect(loads.get_by_role("row")).to_have_count(2)
    expect(loads.get_by_role("button", name=words["undo"])).to_have_count(0)
    page.goto(kept_site + "/entities/Изопан Рус")
    facts = page.get_by_role("region", name=words["facts"])
    facts.get_by_role("row").filter(has_text=words["row"]).get_by_role("button", name=words["source"]).click()
    drawer = page.get_by_role("complementary", name=words["known"])
    expect(drawer).to_contain_text(words["line"])
    expect(drawer.get_by_text(words["wrong"])).to_have_count(0)


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_one_sees_who_one_is_and_signs_out(
    opened: Opened, kept_site: str, keys_of: tuple[Path, dict[Role, str]], lang: str
) -> None:
    words = WORDS[lang]
    page = signed_in(opened, kept_site, keys_of[1]["viewer"], lang)
    page.get_by_text(NAMES["viewer"]).first.click()
    expect(page.get_by_role("banner")).to_contain_text(words["only"])
    page.get_by_role("button", name=words["out"]).click()
    expect(page.locator("input[name=key]")).to_be_visible()
    page.goto(f"{kept_site}/data")
    expect(page.locator("input[name=key]")).to_be_visible()


def test_an_editor_is_offered_changes(opened: Opened, kept_site: str, keys_of: tuple[Path, dict[Role, str]]) -> None:
    words = WORDS["en"]
    page = signed_in(opened, kept_site, keys_of[1]["editor"], "en")
    expect(page.get_by_role("banner")).to_contain_text(NAMES["editor"])
    page.get_by_role("link", name=words["data"], exact=True).click()
    loads = page.get_by_role("region", name=words["loads"])
    expect(loads.get_by_role("button", name=words["undo"])).to_have_count(1)
    expect(page.get_by_text(words["line"])).to_have_count(0)


def test_a_session_that_has_ended_leads_back_to_the_same_page(
    opened: Opened, kept_site: str, keys_of: tuple[Path, dict[Role, str]]
) -> None:
    page = signed_in(opened, kept_site, keys_of[1]["viewer"], "en")
    page.context.clear_cookies()
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_role("alert").get_by_role("link", name="Sign in").first.click()
    page.locator("input[name=key]").fill(keys_of[1]["viewer"])
    page.locator("form.signin button").click()
    expect(page).to_have_url(f"{kept_site}/data")


def test_without_keys_there_is_nobody_to_sign_out(opened: Opened) -> None:
    page = opened("/data", lang="en")
    expect(page.get_by_role("region", name="Loads").get_by_role("button", name="Undo")).to_have_count(1)
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
