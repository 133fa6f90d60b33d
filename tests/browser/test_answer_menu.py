"""Every answer is saved in any format and certified; the drawer says why a share is wide and what to find out next."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Opened

PAGES = {
    "/entities/Каустик": "Кто поставляет",
    "/paths?from=Изопан Рус&to=Каустик": "Пути",
    "/what-if?off_region=RU-VGG": "Что остановится",
    "/partners?id=Волжский&product=20.11": "Партнёры рядом",
    "/contradictions?limit=3": "Споры",
    "/search?q=Каустик": "Поиск",
}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_with_an_answer_saves_it(opened: Opened, path: str) -> None:
    page = opened(path)
    menu = page.locator(".exports").filter(has=page.locator("summary[aria-label]")).first
    menu.locator("summary").click()
    for name in ("CSV", "XLSX", "JSON", "GraphML", "GeoJSON", "Cypher"):
        if not menu.get_by_role("link", name=name, exact=True).is_visible():
            menu.locator("summary").click()
        with page.expect_download() as download:
            menu.get_by_role("link", name=name, exact=True).click()
        content = Path(download.value.path()).read_bytes()
        if name == "JSON":
            total = json.loads(content)["data"]["total"]
            assert total > 0
        elif name == "CSV":
            assert content.decode("utf-8-sig").count("\n") >= 2
        elif name == "XLSX":
            assert CalamineWorkbook.from_object(io.BytesIO(content)).sheet_names[0] == "answer"
        elif name == "GraphML":
            assert len(nx.read_graphml(io.BytesIO(content))) > 0
        elif name == "GeoJSON":
            assert json.loads(content)["type"] == "FeatureCollection"
        else:
            assert b"MATCH" in content


def test_an_answer_is_certified_and_checked(opened: Opened) -> None:
    page = opened("/entities/Каустик", lang="en")
    page.get_by_label("Save or certify: Who supplies").click()
    page.get_by_role("button", name="Certificate").press("Enter")
    panel = page.get_by_role("region", name="Certificate")
    with page.expect_download() as download:
        panel.get_by_role("button", name="Save as a file").click()
    assert len(json.loads(Path(download.value.path()).read_text())["data"]["hash"]) == 64
    panel.locator("input[type=file]").set_input_files(download.value.path())
    expect(panel.get_by_role("status")).to_contain_text("same")
    page.keyboard.press("Tab")
    panel.get_by_role("button", name="Close the certificate").click()
    expect(page.get_by_label("Save or certify: Who supplies")).to_be_focused()


def test_the_drawer_says_why_a_share_is_wide_and_what_to_find_out(opened: Opened) -> None:
    page = opened("/entities/Каустик")
    page.get_by_role("region", name="Кто поставляет").get_by_role("row").filter(has_text="Рассолопромысел").get_by_role(
        "button"
    ).click()
    why = page.get_by_role("region", name="Почему доля известна только так")
    expect(why).to_contain_text("0–100 %")
    expect(why).to_contain_text("доля никем не названа")
    expect(why).to_contain_text("Все ли поставщики названы: Рассол хлорида натрия?")
