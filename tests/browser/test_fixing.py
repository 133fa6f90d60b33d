"""A wrong figure is corrected from the drawer, seen at once, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    """A demo that the test may change."""
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield from served(graph)


def test_a_wrong_figure_is_corrected_and_taken_back(opened: Opened, own_site: str) -> None:
    page = opened("/", at=own_site)
    page.get_by_placeholder("Название, ИНН").fill("Изопан Рус")
    page.get_by_role("option").first.click()
    facts = page.get_by_role("region", name="Факты")
    row = facts.get_by_role("row").filter(has_text="загрузка мощности")
    expect(row).to_contain_text("40 %")
    row.get_by_role("button", name="1 источник").click()
    drawer = page.get_by_role("complementary", name="Откуда это известно")
    drawer.get_by_text("Здесь ошибка?").click()
    drawer.get_by_label("Доля").fill("45%")
    drawer.get_by_role("button", name="Исправить").last.click()
    expect(page.get_by_role("status").filter(has_text="исправлено")).to_have_count(0)  # a note is required
    drawer.get_by_label("Почему").fill("отчёт завода за год")
    drawer.get_by_role("button", name="Исправить").last.click()
    expect(row).to_contain_text("45 %")
    drawer.get_by_role("button", name="Отменить").click()
    expect(row).to_contain_text("40 %")


def test_what_cannot_be_read_is_refused_with_the_reason(opened: Opened, own_site: str) -> None:
    page = opened("/entities/Изопан Рус", at=own_site, lang="en")
    facts = page.get_by_role("region", name="Facts")
    facts.get_by_role("row").filter(has_text="use of capacity").get_by_role("button", name="1 source").click()
    drawer = page.get_by_role("complementary", name="How it is known")
    drawer.get_by_text("Is this wrong?").click()
    drawer.get_by_label("Share").fill("a lot")
    drawer.get_by_label("Why").fill("seen")
    drawer.get_by_role("button", name="Correct").last.click()
    expect(drawer.get_by_role("alert")).to_contain_text("a lot")
    expect(drawer.get_by_label("Share")).to_have_value("a lot")


def test_a_fact_is_added_by_hand_and_taken_back(opened: Opened, own_site: str) -> None:
    page = opened("/entities/Изопан Рус", at=own_site)
    suppliers = page.get_by_role("region", name="Кто поставляет")
    card = page.get_by_role("region", name="Добавить факт")
    card.get_by_text("Чего-то не хватает?").click()
    card.get_by_role("combobox", name="Что").first.select_option(label="кто поставляет сюда")
    card.get_by_label("или новое название").fill("ООО «Ромашка»")
    card.get_by_role("combobox", name="Продукт").fill("Каустическая")
    page.get_by_role("listbox", name="Продукт").get_by_role("option").first.click()
    card.get_by_label("Доля в закупках").fill("много")
    card.get_by_label("Почему").fill("накладная 12 марта")
    card.get_by_role("button", name="Добавить").click()
    expect(card.get_by_role("alert")).to_contain_text("много")
    card.get_by_label("Доля в закупках").fill("25 %")
    card.get_by_role("button", name="Добавить").click()
    expect(card.get_by_role("status")).to_contain_text("Факт добавлен")
    expect(suppliers).to_contain_text("Ромашка")
    card.get_by_role("button", name="Отменить").click()
    expect(card.get_by_text("Чего-то не хватает?")).to_be_visible()
    expect(suppliers).not_to_contain_text("Ромашка")


def test_two_entries_of_one_firm_are_joined_and_parted_again(opened: Opened, own_site: str) -> None:
    page = opened("/entities/Каустик", at=own_site)
    card = page.get_by_role("region", name="Записано дважды")
    card.get_by_text("Объединить").click()
    card.get_by_role("combobox", name="Другая запись").fill("Химпром")
    page.get_by_role("listbox", name="Другая запись").get_by_role("option").first.click()
    card.get_by_label("Почему").fill("один ИНН в реестре")
    card.get_by_role("button", name="Объединить").click()
    expect(card.get_by_role("status")).to_contain_text("теперь здесь")
    expect(page.get_by_role("main")).to_contain_text("Химпром")
    card.get_by_role("button", name="Отменить").click()
    expect(card.locator("summary")).to_be_visible()
