"""The page of an entity: what is known, that the rest is not, and how it is known."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened


def test_a_document_shows_the_words_on_which_a_claim_rests(opened: Opened) -> None:
    page = opened("/entities/Изопан Рус")
    page.get_by_role("button", name="2 источника").first.click()
    page.get_by_role("link", name=re.compile("Губернатор встретился с инвесторами")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Губернатор встретился")
    expect(page.locator("mark.chosen").first).to_contain_text("более чем с 30 предприятиями")
    page.locator("mark").first.get_by_role("link").click()
    expect(page.locator("li.sel")).to_have_count(1)


def test_data_older_than_three_years_say_so_with_their_last_day(opened: Opened) -> None:
    page = opened("/entities/Изопан Рус")
    expect(page.get_by_role("main")).to_contain_text(
        "Данные старше трёх лет. Последнее известие об этом — от 21.03.2017"
    )
    page = opened("/entities/Каустик", lang="en")  # of some figures nobody says when they were seen
    expect(page.get_by_role("region", name="Facts")).to_be_visible()
    expect(page.get_by_text("Older than three years")).to_have_count(0)


def test_shares_are_bars_whose_figures_open_their_sources_and_the_unknown_is_said(opened: Opened) -> None:
    page = opened("/entities/Камышинский крановый завод", lang="en")
    needs = page.get_by_role("group").filter(has_text="Concentration of purchases")
    rest = needs.get_by_role("listitem").filter(has_text="those whom no source names")
    expect(rest).to_contain_text("0–50%")
    expect(needs).to_contain_text("0.25–1, as if there were 1–4 equal ones")
    needs.get_by_role("button", name="KAMAZ 50–100%").click()
    expect(page.get_by_role("complementary")).to_contain_text("KAMAZ")
    page.goto(page.url.split("/entities")[0] + "/entities/Трубы большого диаметра")
    sellers = page.get_by_role("group").filter(has_text="Who sells it")
    expect(sellers.get_by_role("listitem").last).to_have_text(re.compile("no source says.*not known"))
    sellers.get_by_role("link", name="Volzhsky Pipe Plant").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Volzhsky Pipe Plant")


def test_small_pictures_lead_to_the_graph_and_the_map_and_a_missing_point_is_said(opened: Opened) -> None:
    page = opened("/entities/Волжский трубный завод", lang="en")
    where = page.get_by_role("region", name="Where")
    expect(where).to_contain_text("point of the town, not of the site")
    expect(where.locator("canvas")).to_be_visible()
    nearest = page.get_by_role("region", name="Nearest in the chain")
    expect(nearest).to_contain_text(re.compile(r"\d of \d+ shown"))
    assert nearest.locator("a:not([tabindex='-1'])").count() == 1, "one stop on the way by keys"
    nearest.get_by_role("link", name="Open the graph").press("Enter")
    expect(page.get_by_role("application", name=re.compile("Graph of links"))).to_be_visible()
    page.go_back()
    where.get_by_role("link", name="Open the map").click()
    expect(page.get_by_role("application", name=re.compile("Map, points"))).to_be_visible()
    page.goto(page.url.split("/explorer")[0] + "/entities/Yuchai")
    expect(where).to_contain_text(re.compile("no point on the map is known|no source says where it is"))
    expect(where.locator("canvas")).to_have_count(0)


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
