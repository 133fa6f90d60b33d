"""Disputes: what was chosen and who says otherwise, side by side, with the rule of choice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened

WORDS = {
    "ru": {
        "section": "Споры", "subject": "Создание химико-фармацевтического кластера", "chosen": "7 млрд ₽",
        "rival": "8 млрд ₽", "rule": "выбрано: сначала подтверждённое", "decided": "Решила более новая публикация: 21.03.2017",
        "sources": "2 источника, против 3 источников", "against": "против 3", "drawer": "Откуда это известно",
        "others": "Другие говорят иначе",
    },
    "en": {
        "section": "Disputes", "subject": "Chemical-pharmaceutical cluster", "chosen": "7B RUB",
        "rival": "8B RUB", "rule": "chosen: confirmed first", "decided": "The newer publication decided: 21 Mar 2017",
        "sources": "2 sources, against 3 sources", "against": "3 against", "drawer": "How it is known",
        "others": "Others say otherwise",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_the_cluster_costs_is_disputed_and_all_sources_are_named(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.get_by_role("navigation").get_by_role("link", name=words["section"]).click()
    dispute = page.get_by_role("region", name=re.compile(words["subject"]))
    for part in ("chosen", "rival"):
        expect(dispute).to_contain_text(re.compile(words[part].replace(" ", r"\s")))
    expect(page.get_by_text(re.compile(words["rule"]))).to_have_count(1)
    expect(dispute).to_contain_text(words["decided"])
    dispute.get_by_role("button", name=words["sources"]).click()
    expect(page.get_by_role("heading", name=words["others"])).to_be_visible()
    own = (dispute.get_by_role("link").first.get_attribute("href") or "").rpartition("/")[2]
    page = opened(f"/explorer?focus={own}&sel={own}", lang=lang)
    page.get_by_role("button", name=words["against"]).first.click()
    expect(page.get_by_role("complementary", name=words["drawer"])).to_contain_text(words["decided"])


def test_pages_are_turned_and_the_link_keeps_the_page(opened: Opened) -> None:
    page = opened("/contradictions?limit=3", lang="en")
    page.get_by_role("link", name="Next").press("Enter")
    expect(page.get_by_text("4–6 of 8", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_text("4–6 of 8", exact=True)).to_be_visible()
    page.get_by_role("link", name="To the beginning").click()
    expect(page.get_by_text("1–3 of 8", exact=True)).to_be_visible()


def test_one_subject_by_keyboard_and_one_without_disputes(opened: Opened) -> None:
    page = opened("/contradictions", lang="en")
    page.get_by_role("combobox", name="Only about one").focus()
    page.keyboard.type("GTM One")
    expect(page.get_by_role("option", name=re.compile("GTM One")).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(1)
    page = opened("/contradictions?id=Каустик", lang="en")
    expect(page.get_by_role("heading", name="There are no disputes")).to_be_visible()
    page.get_by_role("link", name="Show all").last.click()
    expect(page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(8)


def test_a_wrong_subject_and_a_wrong_page_are_said(opened: Opened) -> None:
    page = opened("/contradictions?id=zzzz", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("nobody is called 'zzzz'")
    page = opened("/contradictions?limit=0", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("limit")
