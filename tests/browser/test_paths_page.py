"""Paths: how two are connected, each step in words, with its direction and evidence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened

WORDS = {
    "ru": {
        "section": "Пути", "from": "Откуда", "to": "Куда", "start": "Изопан Рус", "end": "Каустик",
        "through": "Администрация Волгоградской области", "path": "Путь 1", "tie": "сотрудничает с",
        "source": "1 источник", "drawer": "Откуда это известно", "graph": "Показать в графе",
    },
    "en": {
        "section": "Paths", "from": "From", "to": "To", "start": "Isopan Rus", "end": "Kaustik (Volgograd)",
        "through": "Volgograd Oblast administration", "path": "Path 1", "tie": "cooperates with",
        "source": "1 source", "drawer": "How it is known", "graph": "Show in the graph",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_two_are_chosen_and_each_step_is_explained(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    page = opened("/", lang=lang)
    page.get_by_role("navigation").get_by_role("link", name=words["section"]).click()
    for end in ("from", "to"):
        page.get_by_role("combobox", name=words[end], exact=True).fill(words["start" if end == "from" else "end"])
        page.get_by_role("option", name=re.compile(re.escape(words["start" if end == "from" else "end"]))).first.click()
    first = page.get_by_role("region", name=words["path"], exact=True)
    expect(first).to_contain_text(words["through"])
    expect(first).to_contain_text(words["tie"])
    first.get_by_role("button", name=words["source"]).first.click()
    expect(page.get_by_role("complementary", name=words["drawer"]).get_by_role("article")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("link", name=words["graph"]).click()
    expect(page.locator(".saying")).to_contain_text(words["through"])


def test_one_between_is_gone_around_by_keyboard_and_the_link_keeps_it(opened: Opened) -> None:
    page = opened("/paths", lang="en")
    page.get_by_role("link", name=re.compile("^For example")).press("Enter")
    page.get_by_role("button", name="Go around: Volgograd Oblast administration").first.press("Enter")
    expect(page.get_by_role("button", name="Go around: Volgograd Oblast administration")).to_have_count(0)
    left = page.get_by_role("button", name="Let paths go again through: Volgograd Oblast administration")
    expect(left).to_be_visible()
    page.reload()
    expect(left).to_be_visible()


def test_swapping_the_ends_asks_the_other_way(opened: Opened) -> None:
    page = opened("/paths?from=Изопан Рус&to=Каустик&k=1&max_length=4&-relations=OWNS", lang="en")
    expect(page.get_by_role("region", name="Path 1")).to_be_visible()
    page.get_by_role("button", name="Swap the ends").click()
    expect(page).to_have_url(re.compile("from=%D0%9A"))
    expect(page).to_have_url(re.compile("k=1.*max_length=4.*-relations=OWNS"))
    expect(page.get_by_role("region", name="Path 1").get_by_role("listitem").first).to_contain_text("Kaustik")


def test_links_that_are_unticked_stand_in_the_address(opened: Opened) -> None:
    page = opened("/paths?from=Изопан Рус&to=Каустик", lang="en")
    page.get_by_text("Along which links: the usual").click()
    page.get_by_role("checkbox", name="cooperates with").uncheck()
    expect(page).to_have_url(re.compile("-relations=COOPERATES_WITH"))
    page.get_by_role("button", name="Back to the usual").click()
    expect(page.get_by_role("checkbox", name="cooperates with")).to_be_checked()


def test_no_path_is_no_proof_and_one_end_is_no_question(opened: Opened) -> None:
    page = opened("/paths?from=Изопан Рус&to=Каустик&max_length=1", lang="en")
    expect(page.get_by_role("main")).to_contain_text("That is no proof that there is no link")
    page = opened("/paths?from=Каустик", lang="en")
    expect(page.get_by_role("heading", name="Now choose where to.")).to_be_visible()
    page = opened("/paths?from=Каустик&to=zzzz", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("nobody is called 'zzzz'")
    page = opened("/paths?from=Каустик&to=zzzz", lang="ru")
    expect(page.get_by_role("alert")).to_contain_text("никто и ничто не называется «zzzz»")
    page = opened("/paths?from=Каустик&to=Каустик", lang="en")
    expect(page.get_by_role("alert")).to_contain_text("ask for two different ones")
