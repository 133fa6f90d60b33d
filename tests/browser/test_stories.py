"""What people come for, from the overview on: words that one sees, at most four clicks, typing by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served

MOST_CLICKS = 4
MOST_TABS = 8
MOST_MOVED = 0.02
"""Of the window, by what Chromium calls layout shift."""
MOVED = """() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) moved += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 100);
})"""
WORDS = {
    "ru": {
        "isopan": "ООО «Изопан Рус»", "none named": "названо прямых поставщиков 0 из не менее чем 30",
        "sources": "2 источника", "quote": "Кооперация связывает его более чем с 30 предприятиями",
        "markets": "Рынки экспорта", "to": ("Армения", "Казахстан"), "if": "Что если",
        "bodies": "Волгабас Волжский", "bodies full": "ООО «Волгабас Волжский»", "why certain": "Почему наверняка: Сборка автобусов Yutong ZK6128H",
        "because": "без этого не работает", "claims": "2 утверждения", "gases": "Праксайр Волгоград",
        "why possible": "Почему возможно: АО «Каустик»", "unknown": "неизвестно", "nearby": "Найти рядом",
        "oxygen": "Волгоградский кислородный завод", "use": "загрузка мощности", "source": "1 источник", "wrong": "Здесь ошибка?",
        "share": "Доля", "why": "Почему и где это стоит", "correct": "Исправить", "was": "40 %", "is": "45 %",
    },
    "en": {
        "isopan": "Isopan Rus", "none named": "0 of at least 30 direct suppliers named", "sources": "2 sources",
        "quote": "Кооперация связывает его более чем с 30 предприятиями", "markets": "Export markets",
        "to": ("Armenia", "Kazakhstan"), "if": "What if", "bodies": "Volgabus Volzhsky", "bodies full": "Volgabus Volzhsky",
        "why certain": "Why for certain: Yutong ZK6128H assembly", "because": "cannot work without it", "claims": "2 claims",
        "gases": "Praxair Volgograd", "why possible": "Why possibly: Kaustik", "unknown": "is not known",
        "nearby": "Find nearby", "oxygen": "Volgograd Oxygen Factory", "use": "use of capacity", "source": "1 source",
        "wrong": "Is this wrong?", "share": "Share", "why": "Why", "correct": "Correct", "was": "40%", "is": "45%",
    },
}  # fmt: skip


class Reader:
    """Somebody who clicks on words and types; clicks are counted."""

    def __init__(self, page: Page, most: int = MOST_CLICKS) -> None:
        self.page = page
        self.most = most
        self.clicks = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= self.most, f"click {self.clicks} on {what}"
        what.click()

    def search(self, text: str, name: str) -> None:
        box = self.page.get_by_role("combobox")
        expect(box).to_be_visible()
        for _ in range(20):  # it may be seen a moment before it listens
            self.page.keyboard.press("/")
            if box.evaluate("one => one === document.activeElement"):
                break
            self.page.wait_for_timeout(100)
        self.page.keyboard.type(text)
        self.click(self.page.get_by_role("option", name=re.compile(re.escape(name))).first)

    def type_into(self, label: str | Locator, text: str) -> None:
        """By the Tab key alone: whatever stands in the field is taken away."""
        field = self.page.get_by_label(label) if isinstance(label, str) else label
        for _ in range(MOST_TABS):
            if field.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        expect(field).to_be_focused()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def sees(self, *texts: str) -> None:
        for text in texts:
            found = self.page.get_by_text(re.compile(re.escape(text).replace(r"\ ", r"\s"))).filter(visible=True)
            expect(found.first).to_be_visible()


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    """A demo that a story may change."""
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield from served(graph)


@pytest.fixture(params=["ru", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def test_who_supplies_isopan_and_how_that_is_known(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    reader = Reader(opened("/", lang=lang))
    reader.search("Изопан", str(words["isopan"]))
    reader.sees(str(words["none named"]))
    reader.click(reader.page.get_by_role("button", name=str(words["sources"])).first)
    reader.sees(str(words["quote"]))
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("complementary")).to_have_count(0)


def test_where_isopan_exports(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    reader = Reader(opened("/", lang=lang))
    reader.search("Изопан", str(words["isopan"]))
    reader.click(reader.page.get_by_role("heading", name=str(words["markets"]), exact=True))
    reader.sees(*words["to"])


def test_which_assembly_stops_for_certain_and_why(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    reader = Reader(opened("/", lang=lang))
    reader.search(str(words["bodies"]), str(words["bodies full"]))
    reader.click(reader.page.get_by_role("main").get_by_role("link", name=str(words["if"])))
    reader.sees(str(words["why certain"]), str(words["because"]))
    reader.click(reader.page.get_by_role("button", name=str(words["claims"])).first)
    reader.sees("overclockers.ru")


def test_which_plant_possibly_stops_and_who_nearby_could_step_in(opened: Opened, lang: str) -> None:
    words = WORDS[lang]
    reader = Reader(opened("/", lang=lang))
    reader.search(str(words["gases"]), str(words["gases"]))
    reader.click(reader.page.get_by_role("main").get_by_role("link", name=str(words["if"])))
    reader.sees(str(words["why possible"]), str(words["unknown"]))
    reader.click(reader.page.get_by_role("link", name=str(words["nearby"])))
    first = reader.page.get_by_role("list").locator("li.pt").first
    expect(first).to_contain_text(str(words["oxygen"]))
    expect(first).to_contain_text(re.compile("0–30"))
    expect(reader.page.locator("li.pt").filter(has_text=str(words["gases"]))).to_have_count(0)


def test_a_wrong_figure_is_corrected(opened: Opened, own_site: str, lang: str) -> None:
    words = WORDS[lang]
    reader = Reader(opened("/", lang=lang, at=own_site))
    reader.search("Изопан Рус", str(words["isopan"]))
    row = reader.page.get_by_role("row").filter(has_text=str(words["use"]))
    expect(row).to_contain_text(re.compile(str(words["was"]).replace(" ", r"\s")))
    reader.click(row.get_by_role("button", name=str(words["source"])))
    reader.click(reader.page.get_by_text(str(words["wrong"])))
    reader.type_into(str(words["share"]), "45%")
    reader.type_into(str(words["why"]), "report of the plant")
    reader.click(reader.page.get_by_role("button", name=str(words["correct"])).last)
    expect(row).to_contain_text(re.compile(str(words["is"]).replace(" ", r"\s")))


@pytest.mark.parametrize(
    ("number", "seen"),
    [(0, "0 of at least 30"), (1, "Why for certain"), (2, "Praxair Volgograd"), (3, "cooperates with")],
)
def test_an_example_on_the_overview_asks_a_real_question(opened: Opened, number: int, seen: str) -> None:
    reader = Reader(opened("/", lang="en"), most=1)
    reader.click(reader.page.get_by_role("list", name="For example").get_by_role("link").nth(number))
    reader.sees(seen)


def test_nothing_moves_while_the_overview_loads(opened: Opened) -> None:
    page = opened("/", lang="ru")
    expect(page.get_by_role("list", name="Например").get_by_role("link")).to_have_count(4)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MOVED) < MOST_MOVED


def test_a_graph_without_the_firms_of_the_examples_offers_none(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("type,from,to\nSUPPLIES,Каустика,Волгабас\n", "utf-8")
    with Graph(SqliteStore(tmp_path / "other.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="other"))
        for address in served(graph):
            page = opened("/", at=address, lang="en")
            page.wait_for_load_state("networkidle")
            expect(page.get_by_role("list", name="In the graph")).to_be_visible()
            expect(page.get_by_text("For example")).to_have_count(0)
