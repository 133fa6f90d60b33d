"""A hub's neighbours that are not shown stand as a group: reached by keys, opened by click, Enter or from the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served
from tests.browser.test_explorer_exports import export

SUPPLIERS, SHOWN = 137, 20


@pytest.fixture(scope="module")
def hub_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One buyer with far more suppliers than are shown."""
    folder = tmp_path_factory.mktemp("hub")
    rows = [f"SUPPLIES,Firm {number:03},Buyer,Company,Company" for number in range(SUPPLIERS)]
    (folder / "claims.csv").write_text("\n".join(["type,from,to,from_label,to_label", *rows]) + "\n", "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        graph.load("claims", [folder / "claims.csv"], Options(source="generated"))
        yield from served(graph)


def nodes(page: Page, count: int) -> None:
    expect(page.locator(".explorer .tools .cnt").first).to_have_text(str(count))


@pytest.mark.parametrize(("lang", "more", "undo"), [("ru", "ещё 117", "Отменить"), ("en", "117 more", "Undo")])
def test_keys_reach_and_open_the_group(opened: Opened, hub_site: str, lang: str, more: str, undo: str) -> None:
    page = opened("/explorer?focus=Buyer&tab=graph", at=hub_site, lang=lang)
    nodes(page, SHOWN + 1)
    page.wait_for_timeout(500)
    svg = export(page, "SVG").decode()
    assert f">{more}</text>" in svg
    assert svg.count('r="2"') == 9
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    voice = page.locator("#explorer-voice")
    for _ in range(SHOWN):
        if more in voice.inner_text():
            break
        page.keyboard.press("ArrowDown")
    expect(voice).to_contain_text(more)
    page.keyboard.press("Enter")
    nodes(page, SUPPLIERS + 1)
    assert more not in export(page, "SVG").decode()
    # A column of 137 is more than a screen holds: it opens where names can be read, and says what is not in sight.
    sight = page.locator(".insight")
    expect(sight).to_contain_text(re.compile(r"(?:В кадре )?\d\d? (?:из|of) 138"))
    sight.get_by_role("button").click()
    expect(sight).to_be_hidden()
    page.get_by_role("button", name=undo, exact=True).first.click()
    nodes(page, SHOWN + 1)


def test_the_table_has_a_row_that_opens_it(opened: Opened, hub_site: str) -> None:
    page = opened("/explorer?focus=Buyer&tab=table", at=hub_site)
    row = page.get_by_role("row", name=re.compile("ещё 117"))
    row.get_by_role("button", name="Показать").click()
    nodes(page, SUPPLIERS + 1)
    expect(row).to_be_hidden()


def test_a_region_without_trade_offers_what_stands_in_it(opened: Opened) -> None:
    page = opened("/explorer?focus=Волгоградская область&tab=graph", lang="en")
    lonely = page.get_by_role("region", name="No links that are drawn at once")
    lonely.get_by_role("listitem").filter(has_text="of 150").get_by_role("button").click()
    nodes(page, SHOWN + 1)
    expect(lonely).to_be_hidden()
    assert ">130 more</text>" in export(page, "SVG").decode()
    expect(page.locator(".insight")).to_be_hidden()  # those who were opened are brought into sight
    page.keyboard.press("Control+z")
    expect(lonely).to_be_visible()


def test_a_click_opens_it(opened: Opened, hub_site: str) -> None:
    page = opened("/explorer?focus=Buyer&tab=graph", at=hub_site)
    nodes(page, SHOWN + 1)
    page.wait_for_timeout(800)
    box = page.locator(".canvas").bounding_box()
    assert box is not None
    group = 0.0
    for y in range(int(box["height"]) - 20, 20, -12):  # the lowest of the column of suppliers
        page.mouse.click(box["x"] + box["width"] / 2 - 130, box["y"] + y)
        if page.locator(".toast").count():
            group = y
            break
    assert group
    nodes(page, SUPPLIERS + 1)
