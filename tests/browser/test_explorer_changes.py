"""Two days compared: what is new and what has ended is said in words, drawn with a sign, filtered and undone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served
from tests.browser.test_explorer_exports import export

ROWS = """type,from,to,from_label,to_label,valid_from,valid_to
SUPPLIES,Always,Buyer,Company,Company,,
SUPPLIES,Early,Buyer,Company,Company,2010-01-01,2015-01-01
SUPPLIES,Late,Buyer,Company,Company,2018-01-01,
SUPPLIES,Later,Buyer,Company,Company,2019-01-01,
"""
PLACE = "/explorer?focus=Buyer&at=2020-06-01&tab=graph"
WORDS: dict[str, dict[str, Any]] = {
    "ru": {
        "with": "Сравнить с", "undated": "Связей без дат: ", "note": "2 новые связи, 1 закончилась между 01.06.2012 и 01.06.2020.", "new": "новая",
        "here": "новых: 2, закончилось: 1", "same": "без изменений",
    },
    "en": {
        "with": "Compare with", "undated": "Links without dates: ", "note": "2 new links, 1 ended between 1 Jun 2012 and 1 Jun 2020.", "new": "new",
        "here": "new: 2, ended: 1", "same": "unchanged",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def dated_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Four suppliers of one buyer, of whom one has left and two have come."""
    folder = tmp_path_factory.mktemp("dated")
    (folder / "claims.csv").write_text(ROWS, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        graph.load("claims", [folder / "claims.csv"], Options(source="generated"))
        yield from served(graph)


def edges(page: Page) -> str:
    return page.locator(".explorer .tools .cnt").last.inner_text()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_changed_is_said_filtered_and_undone(opened: Opened, dated_site: str, lang: str) -> None:
    words = WORDS[lang]
    page = opened(PLACE, at=dated_site, lang=lang)
    expect(page.locator(".explorer .tools .cnt").last).to_have_text("3")
    page.get_by_label(words["with"]).fill("2012-06-01")
    expect(page.get_by_role("status").filter(has_text=words["note"])).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=words["undated"])).to_be_visible()
    expect(page).to_have_url(re.compile("from=2012-06-01"))
    assert edges(page) == "4"
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#explorer-voice")).to_contain_text(words["here"])
    page.get_by_role("checkbox", name=re.compile(f"^{words['same']}")).uncheck()
    expect(page.locator(".explorer .tools .cnt").last).to_have_text("3")
    page.keyboard.press("3")
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.filter(has_text="Late").filter(has_text=f"+ {words['new']}")).to_have_count(2)
    expect(rows.filter(has_text="×")).to_contain_text("Early")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".explorer .tools .cnt").last).to_have_text("3")
    expect(page.get_by_role("columnheader")).to_have_count(7)


def test_the_address_restores_it_and_a_link_that_ended_has_its_claim(opened: Opened, dated_site: str) -> None:
    page = opened(PLACE.replace("tab=graph", "from=2012-06-01&tab=table"), at=dated_site, lang="en")
    expect(page.get_by_role("status").filter(has_text="1 ended")).to_be_visible()
    changes = [edge.get("change") for edge in json.loads(export(page, "JSON"))["edges"]]
    assert sorted(map(str, changes)) == ["None", "ended", "new", "new"]
    page.get_by_role("row", name=re.compile("Early")).get_by_role("button").click()
    details = page.get_by_role("complementary", name="Details")
    expect(details).to_contain_text("× ended")
    details.get_by_role("button", name=re.compile("claim")).click()
    expect(page.get_by_role("complementary", name="How it is known").locator("article").first).to_contain_text("Early")


def test_the_picture_has_signs_and_patterns(opened: Opened, dated_site: str) -> None:
    page = opened(PLACE.replace("tab=graph", "from=2012-06-01&tab=graph"), at=dated_site)
    expect(page.get_by_role("status").filter(has_text="закончилась")).to_be_visible()
    page.wait_for_timeout(500)
    svg = export(page, "SVG").decode()
    assert (svg.count(">+</text>"), svg.count(">×</text>")) == (2, 1)
    assert 'stroke-dasharray="2 3"' in svg
