"""What holds on every page: axe finds nothing in either theme. What its layout holds: test_layout.py."""

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
    "/what-if", "/what-if?off_region=RU-VGG", "/what-if?off=Северсталь&status=actual,planned",
    "/contradictions?limit=3", "/data", "/plain/report/Изопан Рус",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(opened: Opened, path: str) -> None:
    page = opened(path)
    page.get_by_role("heading", level=1).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found: Any = Axe().run(page)
        assert found.violations_count == 0, (theme, found.generate_report())
