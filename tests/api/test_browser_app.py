"""The service serves the application at exactly the addresses that it has pages for."""

from __future__ import annotations

import re
from pathlib import Path

from graph_service.api.browser_app import ADDRESSES

APP = Path(__file__).parents[2] / "ui/src/App.tsx"


def test_every_page_of_the_application_has_an_address_and_no_other() -> None:
    pages = re.findall(r'<Route path="([^"]+)"', APP.read_text("utf-8"))
    assert len(pages) > 5
    assert sorted(re.sub(r":id|\*", "<path:rest>", page) for page in pages) == sorted(ADDRESSES)
