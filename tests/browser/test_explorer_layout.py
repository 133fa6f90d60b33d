"""The free layout: chosen, undone and kept in the address; it is the same again, and moves nobody who is placed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opened
from tests.browser.test_explorer import counts, explorer
from tests.browser.test_explorer_exports import SVG, drawing, export


def places(page: Page) -> dict[str, str]:
    """Where each card stands, by the names on them."""
    root = drawing(export(page, "SVG"))
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
