"""The pictures of the README and the guides: taken anew with ZVENO_PICTURES=1, small, and of pages as they are."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from tests.browser.conftest import Opened, served

CHECKOUT = Path(__file__).parents[2]
IMAGES = CHECKOUT / "docs/images"
LARGEST_BYTES = 240_000
EXPLORER = "/explorer?focus=8enbp6v7tcbl9&sel=8enbp6v7tcbl9&up=2&down=1&tab=graph&off=Product"
PAGES = {
    "explorer": EXPLORER,
    "entity": "/entities/mpiapq8q44669",
    "what-if": "/what-if?off_region=RU-VGG",
    "partners": "/partners?id=Волжский&product=20.11",
}  # fmt: skip

TABLE = (
    "Поставщик;ИНН поставщика;Покупатель;ИНН покупателя;Товар;Сумма, руб.;Дата\n"
    "ООО «Ромашка»;7707083893;АО «Завод»;7736050003;Цемент;1500;12.03.2026\n"
    "ООО «Василёк»;7728168971;АО «Завод»;7736050003;Песок;20;13.03.2026\n"
    "ООО «Репей»;7707083894;АО «Завод»;7736050003;Щебень;7;14.03.2026\n"
).encode()


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_a_picture(opened: Opened, name: str, lang: str) -> None:
    page = opened(PAGES[name], lang=lang, width=1280, height=760)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\w"))
    page.wait_for_timeout(500)  # the canvas draws after the network is still
    keep(page, f"{name}-{lang}.png")


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_table_that_was_dropped_makes_a_picture(opened: Opened, tmp_path: Path, lang: str) -> None:
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        for at in served(graph):
            page = opened("/data", at=at, lang=lang, width=1280, height=760)
            name = {"ru": "поставки.csv", "en": "deliveries.csv"}[lang]
            page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": TABLE})
            expect(page.get_by_role("region", name=name)).to_contain_text("7707083894")
            keep(page, f"upload-{lang}.png")
            page.goto("about:blank")  # the service waits for nobody when it ends


def keep(page: Page, name: str) -> None:
    taken = page.screenshot(type="png")
    assert len(taken) > 20_000
    file = IMAGES / name
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
