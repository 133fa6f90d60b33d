"""The list: narrowed by type, place, product and market, each with its count; the address keeps it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened

WORDS: dict[str, dict[str, Any]] = {
    "ru": {
        "plants": "заводы", "region": "Регион", "home": re.compile("^Волгоградская область"), "market": "Экспортирует в",
        "land": re.compile("^Армения"), "found": "Завод сэндвич-панелей «Изопан»", "clear": "Снять фильтры",
    },
    "en": {
        "plants": "plants", "region": "Region", "home": re.compile("^Volgograd Oblast"), "market": "Exports to",
        "land": re.compile("^Armenia"), "found": "Isopan sandwich panel plant", "clear": "Clear the filters",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_list_is_narrowed_step_by_step(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/search?q=завод", lang=lang)
    plants = page.get_by_role("button", name=re.compile(f"^{words['plants']}"))
    left = plants.locator(".cnt").inner_text()
    plants.click()
    expect(page.locator("section.card h2")).to_contain_text(left)
    for facet, value in ((words["region"], words["home"]), (words["market"], words["land"])):
        select = page.get_by_label(facet)
        option = select.locator("option").filter(has_text=value)
        counted = option.inner_text().rpartition(" · ")[2]
        select.select_option(option.get_attribute("value"))
        expect(page.locator("section.card h2")).to_contain_text(re.compile(rf"^{counted}\b"))
    expect(page.get_by_role("list").last.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text(words["found"])
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(words["found"])
    page.get_by_role("button", name=words["clear"]).click()
    expect(page.get_by_label(words["region"])).to_have_value("")
