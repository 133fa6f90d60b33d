"""One's own table: dropped, understood, corrected, loaded with progress, found, its rejects, and taken back."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from graph_service.uploads.folder import UploadFolder
from tests.browser.conftest import Opened, served

INNS = ("7707083893", "7736050003", "7728168971")
TABLE = (
    "Поставщик;ИНН поставщика;Покупатель;ИНН покупателя;Товар;Сумма, руб.;Дата\n"
    f"ООО «Ромашка»;{INNS[0]};АО «Завод»;{INNS[1]};Цемент;1500;12.03.2026\n"
    f"ООО «Василёк»;{INNS[2]};АО «Завод»;{INNS[1]};Песок;20;13.03.2026\n"
    f"ООО «Репей»;7707083894;АО «Завод»;{INNS[1]};Щебень;7;14.03.2026\n"
)
MESSY = (
    "Отчёт о поставках за 2026 год;;;;;;\n\n"
    "Полное название поставщика;Краткое название поставщика;Покупатель;Товар;Кол-во, т;Сумма, тыс. руб.;Дата\n"
    + "ООО «Ромашка»;Ромашка;АО «Завод»;Цемент;1 012,5;1 234 567,5;12.03.2026\n" * 2
    + "ООО «Репей»;Репей;АО «Завод»;Щебень;7;много;31.02.2026\n\nИтого;;;;2 025;2 469 135;\n"
)


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[str]:
    """An empty graph."""
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        yield from served(graph)


def file(name: str, text: str | bytes) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text if isinstance(text, bytes) else text.encode()}


def choose(page: Page, name: str, text: str | bytes) -> None:
    page.locator("input[type=file]").set_input_files(file(name, text))


def test_a_table_is_loaded_one_of_its_firms_found_and_all_taken_back(opened: Opened, own_site: str) -> None:
    page = opened("/", at=own_site)
    page.get_by_role("link", name="Данные").first.click()
    choose(page, "поставки.csv", TABLE)
    card = page.get_by_role("region", name="поставки.csv")
    expect(card).to_contain_text("3 строки, заголовки в строке 1")
    expect(card.get_by_label("Что в столбце «ИНН поставщика»")).to_have_value("supplier.inn")
    first = card.get_by_role("table").last.get_by_role("row").nth(1)
    expect(first).to_contain_text("ООО «Ромашка»")
    expect(first).to_contain_text("Цемент")
    expect(card).to_contain_text("1 строка не будет принята")
    expect(card).to_contain_text("строка 4: ИНН поставщика: ИНН «7707083894» неверен: не сходится контрольная цифра")
    expect(card.get_by_role("list", name="Предприятия в файле")).to_contain_text("3 новых предприятия: ООО «Ромашка»")
    found: Any = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    card.get_by_label("Кто это утверждает").fill("Отдел закупок")
    card.get_by_role("button", name="Загрузить", exact=True).click()
    expect(card.get_by_role("status")).to_contain_text("Загружено")
    with page.expect_download() as download:
        card.get_by_role("link", name="Отклонённые строки").click()
    assert download.value.suggested_filename == "поставки.rejects.csv"
    assert "не сходится контрольная цифра" in Path(download.value.path()).read_text("utf-8-sig")
    loads = page.get_by_role("region", name="Загрузки")
    expect(loads).to_contain_text("Отдел закупок")

    page.reload()  # the address holds the file, and its report
    expect(card.get_by_role("status")).to_contain_text("Загружено")
    card.get_by_role("link", name="Найти предприятие").click()
    page.get_by_role("main").get_by_role("link", name="Ромашка").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ромашка")
    page.go_back()
    page.go_back()
    card.get_by_role("button", name="Отменить").click()
    card.get_by_role("button", name="Отменить").click()
    expect(card.get_by_role("status").last).to_contain_text("отменена")
    card.get_by_role("button", name="Загрузить ещё файл").click()
    before = page.get_by_role("list", name="Прежние файлы")
    expect(before).to_contain_text("Загружено и отменено")
    before.get_by_role("button", name="поставки.csv").click()
    expect(card.get_by_role("status").last).to_contain_text("отменена")  # also when it is opened anew


def test_the_meaning_of_a_column_is_corrected(opened: Opened, own_site: str) -> None:
    page = opened("/data", at=own_site, lang="en")
    choose(page, "list.csv", "От кого;Кому;Товар\nРомашка;Завод;Цемент\nВасилёк;Завод;Песок\n")
    card = page.get_by_role("region", name="list.csv")
    expect(card.get_by_role("alert")).to_contain_text("no column names anybody")
    expect(card.get_by_role("button", name="Load", exact=True)).to_be_disabled()
    card.get_by_label("What the column “От кого” holds").select_option("supplier.name")
    card.get_by_label("What the column “Кому” holds").select_option("customer.name")
    expect(card.get_by_role("table").last.get_by_role("row").nth(1)).to_contain_text("Ромашка")
    expect(card.get_by_role("alert")).to_have_count(0)
    card.get_by_text("Mapping (YAML)").click()
    text = card.get_by_role("textbox", name="Mapping (YAML)")
    expect(text).to_have_value(re.compile("SUPPLIES"))
    text.fill(text.input_value().replace("SUPPLIES", "SUPPLIEZ"))
    expect(card.get_by_role("alert")).to_contain_text("SUPPLIEZ")
    card.get_by_role("button", name="Back to the columns").click()
    card.get_by_role("button", name="Load", exact=True).click()
    expect(card.get_by_role("status")).to_contain_text("Loaded")


def test_a_file_is_dropped_a_wrong_one_refused_and_a_sheet_chosen(
    opened: Opened, own_site: str, tmp_path: Path
) -> None:
    page = opened("/data", at=own_site)
    drop = page.get_by_role("region", name="Загрузить свою таблицу")
    choose(page, "scan.pdf", "%PDF")
    expect(drop.get_by_role("alert")).to_contain_text("scan.pdf")
    page.evaluate("Object.defineProperty(File.prototype, 'size', {get: () => 65 * 1024 * 1024})")
    choose(page, "large.csv", TABLE)
    expect(drop.get_by_role("alert")).to_contain_text("64 МиБ")
    page.reload()
    data = page.evaluate_handle(
        "text => { const all = new DataTransfer(); all.items.add(new File([text], 'поставки.csv')); return all; }",
        TABLE,
    )
    drop.dispatch_event("drop", {"dataTransfer": data})
    card = page.get_by_role("region", name="поставки.csv")
    card.get_by_role("button", name="Не загружать").click()
    expect(drop).to_be_visible()
    page.go_back()  # to a file that was removed
    expect(page.get_by_role("alert")).to_contain_text("файлы хранятся 30 дней")
    page.get_by_role("button", name="Другой файл").click()
    with xlsxwriter.Workbook(str(tmp_path / "книга.xlsx")) as book:
        for year in ("2025", "2026"):
            sheet = book.add_worksheet(year)
            sheet.write_row(0, 0, ["Поставщик", "Покупатель", "Сумма, руб.", "Дата"])
            sheet.write_row(1, 0, [f"ООО «Сад {year}»", "АО «Завод»", 1500.5, f"{year}-03-12"])
        book.add_worksheet("О файле").write(0, 0, "Составлено отделом закупок")
    page.locator("input[type=file]").set_input_files(tmp_path / "книга.xlsx")
    card = page.get_by_role("region", name="книга.xlsx")
    expect(card).to_contain_text(re.compile("2 строки дадут"))
    expect(card).to_contain_text("прочитаны листы: 2025, 2026; не прочитаны: О файле")
    sheets = card.get_by_label("Какой лист читать")
    page.route("**/uploads/*?sheet=2026", lambda route: route.fulfill(status=422, json={"detail": "broken"}))
    sheets.select_option("2026")
    expect(card.get_by_role("alert")).to_contain_text("broken")
    expect(card.get_by_label("Что в столбце «Дата»")).to_have_count(0)  # those of the first sheet are not its own
    expect(card.get_by_role("button", name="Загрузить", exact=True)).to_be_disabled()
    page.unroute("**/uploads/*?sheet=2026")
    sheets.select_option("")
    sheets.select_option("2026")
    expect(card.get_by_role("table").last.get_by_role("row").nth(1)).to_contain_text("ООО «Сад 2026»")
    expect(card.get_by_role("table").first).to_contain_text("12.03.2026")
    expect(card).to_contain_text(re.compile("1 строка даст"))


def test_what_a_messy_table_holds_is_said_and_chosen_at_390_px(opened: Opened, own_site: str) -> None:
    page = opened("/data", at=own_site, width=390)
    choose(page, "поставки.csv", MESSY.encode("cp1251"))
    card = page.get_by_role("region", name="поставки.csv")
    notes = card.get_by_role("list", name="Что важно знать о файле")
    expect(notes).to_contain_text("повторяют более ранние: 5 (всего 1); каждая считается отдельной поставкой")
    expect(notes).to_contain_text("подводят итог другим, не читаются: 8")
    expect(card).to_contain_text(
        "строка 6: Сумма, тыс. руб.: «много» — не сумма денег; Дата: «31.02.2026» — такого дня нет"
    )
    first = card.get_by_role("table").last.get_by_role("row").nth(1)
    expect(first).to_contain_text(re.compile(r"1\s234\s567\s500\s₽ .* 1\s012,5\sт .* 12\.03\.2026"))
    expect(card).to_contain_text("Не читается: то же значит столбец «Полное название поставщика».")
    card.get_by_role("button", name="Читать столбец «Краткое название поставщика»").click()
    expect(card.get_by_label("Что в столбце «Полное название поставщика»")).to_have_value("")
    expect(first).to_contain_text("Ромашка")
    expect(first).not_to_contain_text("ООО")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_load_that_was_cut_off_is_continued(opened: Opened, tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        for at in served(graph, uploads=tmp_path / "uploads"):
            page = opened("/data", at=at)
            choose(page, "поставки.csv", TABLE)
            card = page.get_by_role("region", name="поставки.csv")
            card.get_by_label("Кто это утверждает").fill("Отдел закупок")
            card.get_by_label("Что в столбце «Товар»").select_option("")
            card.get_by_role("button", name="Загрузить", exact=True).click()
            expect(card.get_by_role("status").first).to_have_text("Загружено")
            (upload,) = UploadFolder(tmp_path / "uploads").all()
            page.wait_for_timeout(1000)  # until its process has ended
            upload.write("job", {"state": "running", "read": 0, "total": None})  # as a machine that stops leaves it
            page.reload()
            expect(card.get_by_role("status").first).to_have_text("Загрузка прервана")
            card.get_by_role("button", name="Исправить и загрузить снова").click()
            expect(card.get_by_label("Кто это утверждает")).to_have_value("Отдел закупок")
            expect(card.get_by_label("Что в столбце «Товар»")).to_have_value("")
            page.reload()
            card.get_by_role("button", name="Продолжить").click()
            expect(card.get_by_role("status").first).to_have_text("Загружено")
            expect(card).to_contain_text("ничего нового")


def test_a_load_says_whom_it_waits_for_and_corrected_rows_are_read_as_before(opened: Opened, tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        for at in served(graph):
            page = opened("/data", at=at)
            choose(page, "поставки.csv", TABLE)
            card = page.get_by_role("region", name="поставки.csv")
            card.get_by_label("Кто это утверждает").fill("Отдел закупок")
            with (tmp_path / "own.sqlite.lock").open("w") as writer:
                fcntl.flock(writer, fcntl.LOCK_EX)
                writer.write("vera")
                writer.flush()
                card.get_by_role("button", name="Загрузить", exact=True).click()
                expect(card.get_by_role("status").first).to_have_text("Ждёт")
                expect(card.get_by_role("alert")).to_contain_text("Сейчас записывает кто-то другой")
                expect(card.get_by_role("alert")).to_contain_text("vera is writing")
            expect(card.get_by_role("status").first).to_have_text("Загружено")
            with page.expect_download() as download:
                card.get_by_role("link", name="Отклонённые строки").click()
            rows = Path(download.value.path()).read_text("utf-8-sig").replace("7707083894", "5024093363")
            card.get_by_role("button", name="Загрузить ещё файл").click()
            choose(page, "исправлено.csv", rows)
            corrected = page.get_by_role("region", name="исправлено.csv")
            expect(corrected.get_by_label("Кто это утверждает")).to_have_value("Отдел закупок")
            corrected.get_by_role("button", name="Загрузить", exact=True).click()
            expect(corrected.get_by_role("status").first).to_have_text("Загружено")
            expect(corrected.get_by_role("link", name="Отклонённые строки")).to_have_count(0)
