"""What if: who stops, for certain or possibly, and the derivation that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened

WORDS = {
    "ru": {
        "section": "Что если", "example": "Остановится сборка автобуса ZK6128H?", "why": "Почему наверняка",
        "stops": "Сборка автобусов Yutong ZK6128H", "because": "единственный поставщик: ООО «Волгабас Волжский»; без этого не работает",
        "claims": "2 утверждения", "drawer": "Откуда это известно", "off": "Выключено", "outcome": "Итог",
    },
    "en": {
        "section": "What if", "example": "Does the ZK6128H bus assembly stop?", "why": "Why for certain",
        "stops": "Yutong ZK6128H assembly", "because": "only from Volgabus Volzhsky and cannot work without it",
        "claims": "2 claims", "drawer": "How it is known", "off": "Switched off", "outcome": "Outcome",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_bus_assembly_stops_for_certain_and_the_page_shows_why(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.get_by_role("navigation").get_by_role("link", name=words["section"]).click()
    page.get_by_role("link", name=words["example"]).click()
    expect(page.get_by_role("heading", name=words["off"])).to_be_visible()
    card = page.get_by_role("button", name=re.compile(words["stops"])).first
    expect(card).to_have_attribute("aria-pressed", "true")
    why = page.get_by_role("region", name=re.compile(words["why"]))
    expect(why).to_contain_text(words["because"])
    why.get_by_role("button", name=words["claims"]).click()
    expect(page.get_by_role("complementary", name=words["drawer"])).to_contain_text("overclockers.ru")
    page.keyboard.press("Escape")
    picture = saved(page, words["outcome"], "SVG").decode()
    assert words["off"] in picture
    assert words["stops"].split()[0] in picture
    assert picture.count("marker-end") > 0
    assert saved(page, words["outcome"], "PNG").startswith(b"\x89PNG")


def saved(page: Page, outcome: str, name: str) -> bytes:
    region = page.get_by_role("region", name=outcome, exact=True)
    region.locator("summary").click()
    with page.expect_download() as download:
        region.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def test_a_plant_is_added_and_taken_away_by_keyboard(opened: Opened) -> None:
    page = opened("/what-if", lang="en")
    page.get_by_role("combobox", name="Switch off").focus()
    page.keyboard.type("Praxair Volgograd")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("Praxair Volgograd LLC")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    outcome = page.get_by_role("region", name="Outcome")
    expect(outcome).to_contain_text("If Praxair Volgograd LLC stops, 1 more may stop, none of them for certain")
    expect(page.get_by_role("region", name="Who stops")).to_contain_text("Kaustik")
    expect(page).to_have_url(re.compile(r"\?off=\w+$"))
    page.get_by_role("button", name="Switch on again: Praxair Volgograd LLC").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Switch something off")).to_be_visible()


def test_a_link_restores_the_one_that_was_chosen(opened: Opened) -> None:
    page = opened("/what-if?off=Северсталь&status=actual,planned", lang="en")
    page.get_by_role("button", name=re.compile("^AvtoVAZ")).first.click()
    expect(page.get_by_role("region", name="Why possibly: AvtoVAZ").get_by_role("listitem")).to_have_count(3)
    again = opened(page.url.removeprefix(_origin(page)), lang="en")
    expect(again.get_by_role("region", name="Why possibly: AvtoVAZ")).to_be_visible()
    expect(again.get_by_role("checkbox", name="count plans too")).to_be_checked()


def test_a_closed_market_stops_nobody_and_shows_who_loses_it(opened: Opened) -> None:
    page = opened("/what-if", lang="en")
    page.get_by_role("link", name="Kazakhstan closes its market").click()
    expect(page.get_by_role("heading", name="Lose a market")).to_be_visible()
    expect(page.get_by_role("region", name="Who stops")).to_contain_text("That is no proof that nobody does")
    expect(page.get_by_role("region", name="Exports that it touches")).to_contain_text("Volzhsky Orgsynthese")


def test_nobody_by_that_id_is_said_and_can_be_taken_away(opened: Opened) -> None:
    page = opened("/what-if?off=zzzz", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("nobody is called 'zzzz'")
    page.get_by_role("button", name="Switch on again: zzzz").click()
    expect(page.get_by_role("heading", name="Switch something off")).to_be_visible()


def _origin(page: Page) -> str:
    found: str = page.evaluate("location.origin")
    return found
