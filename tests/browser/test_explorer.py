"""The explorer: walked by keys alone, undone step by step, the same in the table, restored from its address."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened

ISOPAN = "/entities/Изопан Рус"
WORDS: dict[str, dict[str, Any]] = {
    "ru": {
        "graph": "Граф", "canvas": re.compile("Граф связей"), "here": "Завод сэндвич-панелей «Изопан» (Волжский), завод, ярус 0",
        "content": "К содержанию", "shown": "К графу, карте или таблице", "toast": "Отменить", "table": "Таблица", "links": "Связи",
    },
    "en": {
        "graph": "Graph", "canvas": re.compile("Graph of links"), "here": "Isopan sandwich panel plant, Volzhsky, plant, tier 0",
        "content": "Skip to the content", "shown": "Skip to what is shown", "toast": "Undo", "table": "Table", "links": "Links",
    },
}  # fmt: skip


def explorer(opened: Opened, lang: str = "ru", **given: object) -> Page:
    """From the page of a plant to its picture."""
    page = opened(ISOPAN, lang=lang, **given)
    page.get_by_role("main").get_by_role("link", name=WORDS[lang]["graph"], exact=True).click()
    expect(page.locator("footer")).to_contain_text(re.compile(r"[1-9]"))
    return page


def counts(page: Page) -> list[str]:
    return page.locator(".explorer .tools .cnt").all_inner_texts()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_picture_is_walked_and_opened_by_keys_alone(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = explorer(opened, lang)
    canvas = page.get_by_role("application", name=words["canvas"])
    page.reload()  # a page that is opened anew begins at its top
    canvas.wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=words["content"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=words["shown"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(canvas).to_be_focused()
    voice = page.locator("#explorer-voice")
    page.keyboard.press("ArrowRight")
    expect(voice).not_to_be_empty()
    page.keyboard.press("ArrowLeft")
    expect(voice).to_contain_text(words["here"])
    before = counts(page)
    page.keyboard.press("e")
    expect(page.locator(".toast")).to_be_visible()
    expect(page.locator(".explorer .tools .cnt").last).not_to_have_text(before[-1])
    page.keyboard.press("Control+z")
    expect(page.locator(".explorer .tools .cnt").last).to_have_text(before[-1])
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".explorer .tools .cnt").last).not_to_have_text(before[-1])
    page.keyboard.press("3")
    expect(page.locator(".tablewrap")).to_be_focused()
    page.keyboard.press("1")
    expect(canvas).to_be_focused()
    page.keyboard.press("3")
    expect(page.get_by_role("table")).to_be_visible()
    page.keyboard.press("1")
    canvas.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/entities/"))


def test_hidden_and_filtered_entities_come_back_one_step_at_a_time(opened: Opened) -> None:
    page = explorer(opened)
    before = counts(page)
    page.get_by_role("checkbox", name=re.compile("^экспортирует в")).uncheck()
    page.get_by_role("checkbox", name=re.compile("^продукты")).uncheck()
    assert counts(page) != before
    page.get_by_role("button", name="Таблица").click()
    expect(page.get_by_role("table")).not_to_contain_text("Казахстан")
    page.get_by_role("button", name="Отменить").first.click()
    page.get_by_role("button", name="Отменить").first.click()
    assert counts(page) == before
    expect(page.get_by_role("table")).to_contain_text("Казахстан")


def test_an_address_restores_the_view_exactly(opened: Opened) -> None:
    page = explorer(opened)
    page.get_by_label("выше: поставщики").select_option("2")
    page.get_by_role("checkbox", name=re.compile("^страны")).uncheck()
    page.get_by_role("button", name="Скрыть", exact=True).click()
    page.get_by_label("Верно на").first.fill("2020-06-01")
    expect(page).to_have_url(re.compile("at=2020-06-01"))
    seen, address = counts(page), page.url
    again = opened("/" + address.partition("//")[2].partition("/")[2])
    expect(again.locator(".explorer .tools .cnt").first).to_have_text(seen[0])
    assert counts(again) == seen
    assert again.url.partition("?")[2] == address.partition("?")[2]


def test_a_saved_view_is_found_on_the_overview_and_forgotten(opened: Opened) -> None:
    page = explorer(opened)
    page.get_by_role("checkbox", name=re.compile("^страны")).uncheck()
    address, seen = page.url, counts(page)
    page.get_by_role("button", name="Сохранить вид").click()
    expect(page.get_by_role("status").filter(has_text="Вид сохранён")).to_be_visible()
    page.get_by_role("link", name="Обзор").click()
    saved = page.get_by_role("region", name="Сохранённые виды")
    saved.get_by_role("link", name="Завод сэндвич-панелей").click()
    expect(page.locator(".explorer .tools .cnt").first).to_have_text(seen[0])
    assert page.url == address
    page.get_by_role("link", name="Обзор").click()
    saved.get_by_role("button", name=re.compile("Забыть")).click()
    expect(saved).to_contain_text("сохраните звёздочкой")


def test_a_link_opens_its_claims(opened: Opened) -> None:
    page = explorer(opened)
    page.get_by_role("button", name="Таблица").click()
    row = page.get_by_role("row", name=re.compile("Казахстан"))
    row.get_by_role("button").click()
    details = page.get_by_role("complementary", name="Подробности")
    details.get_by_role("button", name=re.compile("утвержд")).click()
    expect(page.get_by_role("complementary", name="Откуда это известно").locator("article").first).to_contain_text(
        "Казахстан"
    )


def test_an_unknown_entity_and_nobody_at_all(opened: Opened) -> None:
    page = opened("/explorer?focus=mpiapq8q44669&at=2026-13-45&from=2026-02-31")  # no such days: as usual
    expect(page.locator(".explorer .tools .cnt").first).not_to_have_text("0")
    page.keyboard.press("?")
    expect(page.get_by_role("region", name="Клавиши")).to_be_visible()
    expect(page).to_have_title(re.compile("Изопан.* — Звено"))
    expect(opened("/explorer?focus=zzzz").get_by_role("alert")).to_contain_text("Не найдено")
    page = opened("/explorer")
    page.get_by_role("combobox", name="С кого начать").fill("Каустик")
    page.get_by_role("option").first.click()
    expect(page.get_by_role("application")).to_be_visible()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_an_address_that_names_nobody_or_no_day_has_a_title_and_loses_the_day(opened: Opened, lang: str) -> None:
    page = opened("/explorer?focus=nobody-at-all&tab=graph&at=2026-99-99", lang=lang)
    expect(page.get_by_role("alert")).to_contain_text("nobody-at-all")
    expect(page).to_have_title({"ru": "Граф — Звено", "en": "Graph — Zveno"}[lang])
    expect(page).not_to_have_url(re.compile("at="))


@pytest.mark.parametrize("width", [1440, 390])
def test_where_to_begin_stands_under_its_heading(opened: Opened, width: int) -> None:
    page = opened("/explorer", width=width)
    heading, box = (
        one.bounding_box() for one in (page.get_by_role("heading", level=1), page.get_by_role("search").last)
    )
    assert heading is not None
    assert box is not None
    assert box["x"] == heading["x"]
    assert box["width"] >= min(360, width - 2 * heading["x"])
