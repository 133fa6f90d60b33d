"""The free layout: chosen, undone and kept in the address; it is the same again, and moves nobody who is placed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.test_budgets import GATE, NODES, big_site
from tests.browser.test_explorer import counts, explorer
from tests.browser.test_explorer_exports import SVG, export

__all__ = ["big_site"]

LONGEST = """async () => {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => one.duration))).observe({type: 'longtask'});
  [...document.querySelectorAll('.tools .seg button')].at(-1).click();
  await new Promise((done) => setTimeout(done, 8000));
  return Math.max(0, ...tasks);
}"""


def places(page: Page) -> dict[str, str]:
    """Where each card stands, by the names on them."""
    root = ElementTree.fromstring(export(page, "SVG"))  # noqa: S314 - written by the page under test
    return {str(card.findtext(f"{SVG}title")): card.attrib["transform"] for card in root.findall(f"{SVG}g")}


@pytest.mark.parametrize(("lang", "free", "tiers"), [("ru", "Свободно", "Ярусы"), ("en", "Free", "Tiers")])
def test_it_is_chosen_restored_and_undone(opened: Opened, lang: str, free: str, tiers: str) -> None:
    page = explorer(opened, lang)
    tiered = places(page)
    page.get_by_role("button", name=free, exact=True).click()
    expect(page).to_have_url(re.compile("layout=free"))
    page.wait_for_timeout(1500)
    freely = places(page)
    assert freely != tiered
    assert freely.keys() == tiered.keys()
    again = opened("/" + page.url.partition("//")[2].partition("/")[2], lang=lang)
    expect(again.get_by_role("button", name=free, exact=True)).to_have_attribute("aria-pressed", "true")
    again.wait_for_timeout(1500)
    assert places(again) == freely
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name=tiers, exact=True)).to_have_attribute("aria-pressed", "true")
    assert places(page) == tiered


def test_expanding_moves_nobody_and_keys_walk_it(opened: Opened) -> None:
    page = explorer(opened)
    page.get_by_role("button", name="Свободно", exact=True).click()
    page.wait_for_timeout(1500)
    before = places(page)
    for _ in range(3):
        shown = counts(page)
        page.keyboard.press("e")
        expect(page.locator(".explorer .tools .cnt").last).not_to_have_text(shown[-1])
    after = places(page)
    assert len(after) > len(before)
    assert {name: after[name] for name in before} == before
    canvas = page.get_by_role("application")
    canvas.focus()
    said = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        said.add(page.locator("#explorer-voice").inner_text())
    assert len(said) > 1


def test_a_thousand_do_not_freeze_the_page(opened: Opened, big_site: str) -> None:
    page = opened("/explorer?focus=Firm 7&up=4&down=4&most=1000&tab=graph", at=big_site)
    expect(page.locator(".explorer .tools .cnt").first).to_have_text(str(NODES), timeout=30_000)
    page.wait_for_function("performance.getEntriesByName('picture drawn').some(one => one.detail === 1000)")
    longest = page.evaluate(LONGEST)
    assert 0 < longest <= 3000 * GATE
