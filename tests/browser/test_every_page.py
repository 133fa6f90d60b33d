"""What holds on every page: axe finds nothing in either theme, and nothing scrolls sideways at three widths."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Opened

PATHS = (
    "/", "/search?q=Каустик", "/entities/Изопан Рус", "/entities/RU-VGG", "/documents/d47825dc9435b56e8",
    "/explorer", "/explorer?focus=mpiapq8q44669&sel=mpiapq8q44669&tab=graph",
    "/explorer?focus=mpiapq8q44669&tab=table", "/explorer?focus=mpiapq8q44669&tab=map",
    "/paths", "/paths?from=Изопан Рус&to=Каустик&-entity=Казахстан", "/partners", "/partners?id=Волжский&product=20.11",
    "/what-if", "/what-if?off_region=RU-VGG", "/what-if?close_market=Казахстан", "/contradictions?limit=3",
    "/contradictions?id=Каустик", "/data",
)  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(opened: Opened, path: str, theme: str) -> None:
    page = opened(path, theme=theme)
    page.wait_for_load_state("networkidle")
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_scrolls_sideways(opened: Opened, path: str, lang: str) -> None:
    page = opened(path, lang=lang)
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
