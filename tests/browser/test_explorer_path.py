"""The shortest path between two who are chosen, drawn in the explorer; where none is known, it says so and why."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.test_explorer_exports import export

ISOPAN, KAUSTIK, WOOL, TOWN = "fkizgj3i0f5hz", "2rgf01yma1fo6", "8ip9uo4oixq4r", "mc2k7teuqehp3"
WORDS: dict[str, dict[str, Any]] = {
    "ru": {"path": "путь между двумя", "said": "связаны", "all": "Все пути", "away": "Убрать путь", "none": "неизвестен"},
    "en": {"path": "path between two", "said": "are tied", "all": "All paths", "away": "Take the path", "none": "No path"},
}  # fmt: skip


def chosen(opened: Opened, *ids: str, lang: str = "ru") -> Page:
    page = opened(f"/explorer?focus={','.join(ids)}&up=0&down=0&sel={','.join(ids)}&tab=graph", lang=lang)
    expect(page.locator(".explorer .tools .cnt").first).not_to_have_text("0")
    return page


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_it_is_drawn_said_restored_and_undone(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = chosen(opened, ISOPAN, KAUSTIK, lang=lang)
    before = page.locator(".explorer .tools .cnt").all_inner_texts()
    page.keyboard.press("t")
    note = page.get_by_role("status").filter(has_text=words["said"])
    expect(note).to_be_visible()
    expect(page.locator("#explorer-voice")).to_contain_text(words["said"])
    expect(page).to_have_url(re.compile("path="))
    expect(page.locator(".explorer .tools .cnt").first).not_to_have_text(before[0])
    shown = page.locator(".explorer .tools .cnt").all_inner_texts()
    assert export(page, "SVG").decode().count('stroke-width="3"') >= 2
    again = opened("/" + page.url.partition("//")[2].partition("/")[2], lang=lang)
    expect(again.get_by_role("status").filter(has_text=words["said"])).to_be_visible()
    expect(again.locator(".explorer .tools .cnt").first).to_have_text(shown[0])
    page.keyboard.press("Control+z")
    expect(note).to_be_hidden()
    expect(page.locator(".explorer .tools .cnt").first).to_have_text(before[0])
    page.keyboard.press("Control+Shift+z")
    expect(note).to_be_visible()
    page.get_by_role("button", name=re.compile(words["away"])).click()
    expect(note).to_be_hidden()
    page.get_by_role("complementary").get_by_role("link", name=words["all"]).click()
    expect(page).to_have_url(re.compile("/paths"))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_where_none_is_known_it_says_so(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = chosen(opened, ISOPAN, TOWN, lang=lang)
    before = page.locator(".explorer .tools .cnt").first.inner_text()
    page.keyboard.press("t")
    note = page.get_by_role("status").filter(has_text=words["none"])
    expect(note.get_by_role("link", name=words["all"])).to_be_visible()
    expect(page.locator("#explorer-voice")).to_contain_text(words["none"])
    assert page.locator(".explorer .tools .cnt").first.inner_text() == before


def test_a_link_that_the_picture_shows_is_a_path(opened: Opened) -> None:
    """Needing a product is no tie for the question unless it is asked for; here it is drawn."""
    page = chosen(opened, ISOPAN, WOOL)
    page.keyboard.press("t")
    note = page.get_by_role("status").filter(has_text="связаны прямо")
    expect(note).to_be_visible()
    note.get_by_role("link", name=WORDS["ru"]["all"]).click()
    expect(page.get_by_role("main")).to_contain_text("нуждается в")
