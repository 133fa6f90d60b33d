"""The page of local partners: who is near, how sure, why, who is not, and the same on a map."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened

GASES = "/partners?id=Волжский&product=20.11"
WORDS = {
    "ru": {
        "section": "Партнёры", "asker": "Для кого: завод, компания или город", "plant": "Каустик",
        "name": "АО «Каустик»", "first": "ООО «Праксайр Волгоград»", "can": "Могут поставить", "known": "Откуда это известно",
        "score": "Почему такая оценка", "buy": "Кому можно продать", "within": "Не дальше", "map": "Карта: ",
        "tray": "Где-то здесь: Волгоградская область", "somewhere": "расстояние неизвестно", "rejected": "Не подошли",
        "any": "на любом расстоянии", "wider": "Увеличить круг до 200 км", "conditions": "Условия и веса причин",
        "tie": "Уже работают вместе", "of": "1 из 2, Волгоградский кислородный завод",
    },
    "en": {
        "section": "Partners", "asker": "For whom: plant, company or town", "plant": "Kaustik",
        "name": "Kaustik (Volgograd)", "first": "Praxair Volgograd LLC", "can": "Could supply", "known": "How it is known",
        "score": "Why this score", "buy": "Who could buy", "within": "Within", "map": "Map: ",
        "tray": "Somewhere in: Volgograd Oblast", "somewhere": "distance unknown", "rejected": "No match",
        "any": "at any distance", "wider": "Widen the circle to 200 km", "conditions": "Conditions and weights of reasons",
        "tie": "Already work together", "of": "1 of 2, Praxair Volgograd LLC",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_who_near_kaustik_makes_what_it_needs(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.get_by_role("link", name=words["section"], exact=True).click()
    page.get_by_role("combobox", name=words["asker"]).fill(words["plant"])
    page.get_by_role("option", name=re.compile(re.escape(words["name"]))).first.click()
    first = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=words["first"])).first
    expect(first).to_contain_text("0–30")
    expect(first).to_contain_text("350")
    expect(page.get_by_role("application", name=re.compile(words["map"] + re.escape(words["name"])))).to_be_visible()
    first.get_by_role("button", name=re.compile(words["first"])).first.click()
    expect(page.get_by_role("region", name=words["score"])).to_contain_text(words["tie"])
    first.locator(".src").click()
    expect(page.get_by_role("complementary", name=words["known"])).to_contain_text(words["first"])
    page.keyboard.press("Escape")
    page.get_by_role("button", name=words["buy"]).click()
    expect(page).to_have_url(re.compile("who=customers"))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_those_of_whom_only_the_region_is_known_stand_at_the_edge(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened(GASES, lang=lang)
    tray = page.get_by_role("listitem").filter(has_text=words["tray"])
    expect(tray.get_by_role("button")).to_have_count(4)
    tray.get_by_role("button").first.click()
    chosen = page.locator(".pt.sel")
    expect(chosen).to_contain_text(words["somewhere"])
    expect(chosen).to_be_in_viewport()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_map_is_walked_by_keys_and_says_where_one_is(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened(GASES, lang=lang)
    canvas = page.get_by_role("application")
    expect(page.locator(".mapscale")).to_contain_text("20")
    canvas.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator(".mapscale")).to_contain_text("10")
    page.keyboard.press("-")
    page.keyboard.press("Digit0")
    expect(page.locator(".mapscale")).to_contain_text("20")
    before = canvas.screenshot()
    page.keyboard.press("ArrowRight")
    assert canvas.screenshot() != before
    page.keyboard.press("PageDown")
    expect(page.locator(".map [aria-live]")).to_contain_text(words["of"])
    page.keyboard.press("Enter")
    expect(page.locator(".pt.sel")).to_contain_text("1")
    expect(page.get_by_role("region", name=words["score"])).to_be_visible()


def test_radius_order_and_weights_stand_in_the_address_and_a_link_restores_them(opened: Opened) -> None:
    words = WORDS["en"]
    page = opened(GASES, lang="en")
    slider = page.get_by_label(words["within"])
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("within_km=95"))
    expect(page.get_by_role("main")).to_contain_text("within 95 km")
    page.get_by_text(words["conditions"]).click()
    page.get_by_label(words["tie"]).focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("weights=tie%3D1"))
    page.get_by_label("First").select_option("distance")
    expect(page).to_have_url(re.compile("order=distance"))
    page.locator(".pt .no").nth(1).click()
    expect(page).to_have_url(re.compile("at="))
    shown = page.locator(".pts").inner_text()
    again = opened(page.url.removeprefix(_origin(page)), lang="en")
    expect(again.get_by_label(words["within"])).to_have_value("95")
    expect(again.get_by_label(words["tie"])).to_have_value("1")
    expect(again.get_by_label("First")).to_have_value("distance")
    expect(again.locator(".pt.sel")).to_have_count(1)
    assert again.locator(".pts").inner_text() == shown
    assert set(parse_qs(urlsplit(again.url).query)) == {"id", "product", "within_km", "order", "weights", "at"}


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_rejected_say_why_and_the_circle_may_grow(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/partners?id=Камышин&product=Канаты стальные&within_km=20", lang=lang)
    rejected = page.get_by_role("region", name=words["rejected"])
    expect(rejected).to_contain_text(re.compile(r"1\d\d"))
    page.get_by_role("button", name=words["wider"]).click()
    expect(page).to_have_url(re.compile("within_km=200"))
    expect(page.locator(".pt")).to_have_count(1)


def test_wrong_input_says_what_to_do(opened: Opened) -> None:
    page = opened("/partners?id=Волгоградская область&product=20.11", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("no point is known")
    page.get_by_role("button", name="Search at any distance").click()
    expect(page).to_have_url(re.compile("within_km=any"))
    expect(page.locator(".pt").first).to_be_visible()
    unknown = opened("/partners?id=zzzz", lang="en")
    expect(unknown.get_by_role("alert")).to_contain_text("Not found")


def test_without_a_plant_the_page_says_how_to_begin(opened: Opened) -> None:
    page = opened("/partners", lang="ru")
    expect(page.get_by_role("heading", level=2)).to_have_text("Для кого ищем партнёров?")
    page.locator(".chips button").first.click()  # the first of an alphabet once had no place, so no answer
    expect(page).to_have_url(re.compile("id="))
    expect(page.locator(".pt").first).to_be_visible()
    page.goto(_origin(page) + "/partners?id=Волжский")
    expect(page.get_by_role("heading", level=2)).to_have_text("Что найти рядом: Волжский?")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_and_the_map_follows_the_theme(opened: Opened, theme: str) -> None:
    page = opened(f"{GASES}&within_km=20", lang="ru", theme=theme)
    page.locator(".pt .no").first.click()
    page.get_by_text(WORDS["ru"]["conditions"]).click()
    expect(page.locator(".tipc")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    before = page.get_by_role("application").screenshot()
    page.get_by_role("button", name="тема").click()
    assert page.get_by_role("application").screenshot() != before


def test_the_map_is_loaded_only_where_it_is_shown(opened: Opened) -> None:
    page = opened("/", lang="en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not _scripts(page, "MapCanvas")
    page.goto(_origin(page) + GASES)
    expect(page.get_by_role("application")).to_be_visible()
    assert _scripts(page, "MapCanvas")


def _scripts(page: Page, name: str) -> list[str]:
    found: list[str] = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    return [one for one in found if name in one]


def _origin(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"
