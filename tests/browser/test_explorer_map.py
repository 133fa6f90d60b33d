"""The map of the explorer on a small screen: high enough to be read, and nothing lies on it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from tests.browser.conftest import Opened

MANY_WITHOUT_A_PLACE = "/explorer?focus=8enbp6v7tcbl9&tab=map"
LEAST_HEIGHT = 300


@pytest.mark.parametrize("path", [MANY_WITHOUT_A_PLACE, "/partners?id=Волжский&product=20.11"])
def test_a_small_screen_shows_the_map_whole_and_the_rest_under_it(opened: Opened, path: str) -> None:
    page = opened(path, width=390, height=844)
    expect(page.locator(".mapscale")).to_contain_text(re.compile(r"\d км"))
    land = box(page.locator(".map canvas"))
    assert land["height"] >= LEAST_HEIGHT
    for what in (".tray", ".feet"):
        assert box(page.locator(what))["y"] >= land["y"] + land["height"]


def test_a_map_without_any_height_has_no_scale_rather_than_an_endless_one(opened: Opened) -> None:
    page = opened(MANY_WITHOUT_A_PLACE)
    expect(page.locator(".mapscale")).to_contain_text("км")
    page.locator(".map canvas").evaluate("canvas => { canvas.style.height = 0 }")
    expect(page.locator(".mapscale")).to_have_count(0)


def box(what: Locator) -> FloatRect:
    found = what.bounding_box()
    assert found is not None
    return found
