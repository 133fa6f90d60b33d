"""On every page, at three widths, in both languages and themes: no text lies on another, none is cut, none is outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opened
from tests.browser.test_every_page import PATHS

UNREADABLE = Path(__file__).with_name("layout.js").read_text("utf-8")
WIDTHS = (1440, 1024, 390)
QUIET = "() => document.querySelector('main h1, main canvas') && !document.querySelector('.strips, [aria-busy=true]')"
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("path", [*PATHS, "/nothing-here"])
def test_every_text_can_be_read(opened: Opened, path: str, lang: str) -> None:
    page = opened(path, lang=lang)
    page.wait_for_function(QUIET)
    found = [
        f"{width} {theme}: {what}"
        for width in WIDTHS
        for theme in ("light", "dark")
        for what in _seen(page, width, theme)
    ]
    assert found == []


def test_the_check_finds_what_it_looks_for(opened: Opened) -> None:
    page = opened("/paths", lang="en")
    page.wait_for_function(QUIET)
    page.evaluate(
        """() => {
          const title = document.querySelector('h1'), copy = title.cloneNode(true);
          copy.textContent = 'over it'; title.after(copy); copy.style.marginTop = '-40px';
          const chip = document.createElement('p');
          chip.className = 'chip'; chip.textContent = 'much longer than it is wide'; chip.style.width = '60px';
          document.querySelector('main').append(chip);
        }"""
    )
    found = page.evaluate(UNREADABLE)
    assert any(one.startswith("on each other: Paths | over it") for one in found), found
    assert any(one.startswith("cut off: p.chip") for one in found), found


def _seen(page: Page, width: int, theme: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.evaluate(FRAMES)
    found: list[str] = page.evaluate(UNREADABLE)
    return found
