"""Ten everyday tasks from the overview on: the clicks that docs/compared.md names are those that are counted here."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.browser.conftest import Opened, served
from tests.browser.test_stories import WORDS, Reader
from tests.browser.test_upload import TABLE, file

PAGE = Path(__file__).parents[2] / "docs/compared.md"
ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<task>[^|]+) \| (?P<clicks>\d+) \| (?P<seconds>[\d.]+) \|", re.MULTILINE)
SAYS = {name: str(words) for name, words in WORDS["en"].items()}


def misspelt(reader: Reader) -> None:
    reader.search("Isopn Rus", SAYS["isopan"])
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Isopan Rus")


def suppliers(reader: Reader) -> None:
    reader.search("Изопан", SAYS["isopan"])
    reader.sees(SAYS["none named"])


def sentence(reader: Reader) -> None:
    suppliers(reader)
    reader.click(reader.page.get_by_role("button", name=SAYS["sources"]).first)
    reader.sees(SAYS["quote"])


def disagreement(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("navigation").get_by_role("link", name="Disputes"))
    reader.sees("7B RUB", "8B RUB", "chosen: confirmed first")
    reader.click(reader.page.get_by_role("button", name="2 sources, against 3 sources").first)
    expect(reader.page.get_by_role("heading", name="Others say otherwise")).to_be_visible()


def stop(reader: Reader) -> None:
    reader.search(SAYS["bodies"], SAYS["bodies full"])
    reader.click(reader.page.get_by_role("main").get_by_role("link", name=SAYS["if"]))
    reader.sees(SAYS["why certain"], SAYS["because"])
    reader.click(reader.page.get_by_role("button", name=SAYS["claims"]).first)
    reader.sees("overclockers.ru")


def partners(reader: Reader) -> None:
    reader.search("Kaustik", "Kaustik (Volgograd)")
    reader.click(reader.page.get_by_role("main").get_by_role("link", name="Nearby"))
    expect(reader.page.get_by_role("list").locator("li.pt").first).to_contain_text("Praxair Volgograd")
    expect(reader.page.get_by_label("Within")).to_have_value("100")


def path(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("navigation").get_by_role("link", name="Paths"))
    reader.click(reader.page.get_by_role("combobox", name="From", exact=True))
    for end, name in (("From", "Isopan Rus"), ("To", "Kaustik (Volgograd)")):
        reader.type_into(reader.page.get_by_role("combobox", name=end, exact=True), name)
        reader.click(reader.page.get_by_role("option", name=re.compile(re.escape(name))).first)
    expect(reader.page.get_by_role("region", name="Path 1", exact=True)).to_contain_text("cooperates with")


def spreadsheet(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("link", name="Data", exact=True).first)
    with reader.page.expect_file_chooser() as chooser:
        reader.click(reader.page.get_by_text("Choose a file"))
    reader.clicks += 1  # on the file, in the window of the system
    chooser.value.set_files(file("supplies.csv", TABLE))
    card = reader.page.get_by_role("region", name="supplies.csv")
    reader.click(card.get_by_role("button", name="Load", exact=True))
    reader.click(card.get_by_role("link", name="Find a firm"))
    reader.search("Ромашка", "Ромашка")
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text("Ромашка")


def correction(reader: Reader) -> None:
    reader.search("Isopan Rus", SAYS["isopan"])
    row = reader.page.get_by_role("row").filter(has_text=SAYS["use"])
    reader.click(row.get_by_role("button", name=SAYS["source"]))
    reader.click(reader.page.get_by_text(SAYS["wrong"]))
    reader.type_into(SAYS["share"], "45%")
    reader.type_into(SAYS["why"], "report of the plant")
    reader.page.keyboard.press("Enter")
    expect(row).to_contain_text(SAYS["is"])
    reader.click(reader.page.get_by_role("complementary").get_by_role("button", name="Undo"))
    expect(row).to_contain_text(SAYS["was"])


def kept(reader: Reader) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.search("Изопан", SAYS["isopan"])
    reader.click(reader.page.get_by_role("main").get_by_role("link", name="Graph", exact=True))
    reader.click(reader.page.get_by_role("button", name="Copy the link"))
    reader.sees("The link is copied")
    assert reader.page.evaluate("navigator.clipboard.readText()") == reader.page.url
    reader.click(reader.page.get_by_text("Export", exact=True))
    with reader.page.expect_download() as download:
        reader.click(reader.page.get_by_role("button", name="PNG", exact=True))
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


TASKS: list[Callable[[Reader], None]] = [
    misspelt, suppliers, sentence, disagreement, stop, partners, path, spreadsheet, correction, kept,
]  # fmt: skip


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo that tasks may change."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("tasks") / "own.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield from served(graph)


def test_the_page_names_all_tasks() -> None:
    assert [int(row["number"]) for row in ROW.finditer(PAGE.read_text("utf-8"))] == list(range(1, len(TASKS) + 1))


@pytest.mark.parametrize("number", range(1, len(TASKS) + 1), ids=[task.__name__ for task in TASKS])
def test_a_task_takes_the_clicks_that_the_page_names(
    opened: Opened, own_site: str, number: int, record_property: Callable[[str, object], None]
) -> None:
    named = {int(row["number"]): int(row["clicks"]) for row in ROW.finditer(PAGE.read_text("utf-8"))}
    reader = Reader(opened("/", lang="en", at=own_site), most=named[number])
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()
    started = time.perf_counter()
    TASKS[number - 1](reader)
    seconds = time.perf_counter() - started
    record_property("seconds", round(seconds, 1))
    assert reader.clicks == named[number]
