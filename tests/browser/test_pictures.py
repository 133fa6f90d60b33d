"""The pictures of the README and the guides: taken anew with ZVENO_PICTURES=1, small, and of pages as they are."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened

CHECKOUT = Path(__file__).parents[2]
IMAGES = CHECKOUT / "docs/images"
LARGEST_BYTES = 200_000
EXPLORER = "/explorer?focus=8enbp6v7tcbl9&sel=8enbp6v7tcbl9&up=2&down=1&tab=graph&off=Product"
PAGES = {
    "explorer": EXPLORER,
    "entity": "/entities/mpiapq8q44669",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_a_picture(opened: Opened, name: str, lang: str) -> None:
    page = opened(PAGES[name], lang=lang, width=1280, height=760)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\w"))
    page.wait_for_timeout(500)  # the canvas draws after the network is still
    taken = page.screenshot(type="png")
    assert len(taken) > 20_000
    file = IMAGES / f"{name}-{lang}.png"
    if os.environ.get("ZVENO_PICTURES"):
        IMAGES.mkdir(exist_ok=True)
        file.write_bytes(taken)
    assert file.stat().st_size < LARGEST_BYTES


def test_every_picture_of_the_docs_is_there() -> None:
    pages = [CHECKOUT / "README.md", CHECKOUT / "README.ru.md", *(CHECKOUT / "docs").glob("*.md")]
    named = {
        (page.parent / found).resolve()
        for page in pages
        for found in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", page.read_text("utf-8"))
    }
    assert named, "the README opens with a picture"
    assert {file.resolve() for file in IMAGES.glob("*.png")} == named
