"""The page of an entity: what is known, that the rest is not, and how it is known."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened

WORDS = {
    "ru": {
        "search": "Название, ИНН, продукт, код ОКПД2", "name": "ООО «Изопан Рус»", "by": "Кто поставляет",
        "said": "названо прямых поставщиков 0 из не менее чем 30", "known": "Откуда это известно",
        "sources": "2 источника",
    },
    "en": {
        "search": "Name, INN, product, OKPD2 code", "name": "Isopan Rus", "by": "Who supplies",
        "said": "0 of at least 30 direct suppliers named", "known": "How it is known", "sources": "2 sources",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_who_supplies_isopan_and_the_sentence_that_says_so(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.get_by_placeholder(words["search"]).fill("Изопан")
    page.get_by_role("option", name=re.compile(re.escape(words["name"]))).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["name"])
    suppliers = page.get_by_role("region", name=words["by"])
    expect(suppliers).to_contain_text(words["said"])
    page.get_by_role("button", name=words["sources"]).first.click()
    drawer = page.get_by_role("complementary", name=words["known"])
    expect(drawer).to_contain_text("Кооперация связывает его более чем с 30 предприятиями")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


def test_a_document_shows_the_words_on_which_a_claim_rests(opened: Opened) -> None:
    page = opened("/entities/Изопан Рус")
    page.get_by_role("button", name="2 источника").first.click()
    page.get_by_role("link", name=re.compile("Губернатор встретился с инвесторами")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Губернатор встретился")
    expect(page.locator("mark.chosen").first).to_contain_text("более чем с 30 предприятиями")
    page.locator("mark").first.get_by_role("link").click()
    expect(page.locator("li.sel")).to_have_count(1)


def test_an_unknown_address_says_so(opened: Opened) -> None:
    page = opened("/entities/zzzz", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("Not found")


def test_language_and_theme_are_remembered(opened: Opened) -> None:
    page = opened("/", lang="ru")
    page.get_by_role("button", name="EN").click()
    page.get_by_role("button", name="Dark theme").click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you want to know?")
    assert _theme(page) == "dark"


def _theme(page: Page) -> str:
    found: str = page.evaluate("document.documentElement.dataset.theme")
    return found
