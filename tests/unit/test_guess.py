"""A guessed mapping keeps who is who."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from graph_service.errors import BadInput
from loaders.loader import Options
from loaders.table import TableLoader
from loaders.tabular.guess import Guess, guess
from loaders.tabular.header import told_apart
from loaders.tabular.notes import column_notes
from loaders.tabular.units import Measure, measure_of, unit_of

GOOD, GOOD_TOO, WRONG = "7707083893", "7736050003", "7707083894"


def _guess(tmp_path: Path, *rows: str) -> Guess:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return guess(path)


def test_the_number_beside_a_supplier_is_its_own(tmp_path: Path) -> None:
    found = _guess(tmp_path, "Поставщик;ИНН;Продукция", f"ООО «А»;{GOOD};Цемент", "ООО «Б»;;Песок")
    assert found.mapping["entities"] == {"firm": {"label": "Company", "inn": "ИНН", "name": "Поставщик"}}
    assert found.unused == ["Продукция"]


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        ("Поставщик;ИНН поставщика;Заказчик;ИНН заказчика", ("Поставщик", "ИНН поставщика", "Заказчик", "ИНН заказчика")),
        ("Поставщик;ИНН;Покупатель;ИНН 2", ("Поставщик", "ИНН", "Покупатель", "ИНН 2")),
        ("Организация;ИНН;Покупатель;ИНН 2", ("Организация", "ИНН", "Покупатель", "ИНН 2")),
    ],
)  # fmt: skip
def test_each_number_goes_to_the_name_it_stands_by(tmp_path: Path, heading: str, roles: tuple[str, ...]) -> None:
    rows = [f"ООО «А»;{GOOD};ООО «Б»;{GOOD_TOO}", f"ООО «В»;{GOOD};ООО «Г»;{GOOD_TOO}"]
    entities = _guess(tmp_path, heading, *rows).mapping["entities"]
    given = (entities["supplier"]["name"], entities["supplier"]["inn"])
    assert (*given, entities["customer"]["name"], entities["customer"]["inn"]) == roles


def test_full_and_short_name_are_one_firm(tmp_path: Path) -> None:
    found = _guess(tmp_path, "Полное наименование;Краткое наименование;ИНН", f"ООО «А»;А ООО;{GOOD}")
    assert list(found.mapping["entities"]) == ["firm"]


def test_a_column_called_inn_is_one_though_most_are_wrong(tmp_path: Path) -> None:
    found = _guess(tmp_path, "Поставщик;ИНН", f"ООО «А»;{GOOD}", f"ООО «Б»;{WRONG}", f"ООО «В»;{WRONG}")
    assert {column.name: column.kind for column in found.columns}["ИНН"] == "inn"


def test_a_heading_that_says_what_it_holds_stands_for_cells_that_are_wrong(tmp_path: Path) -> None:
    rows = [f"ООО «А»;{GOOD};01.02.2026;5", f"ООО «Б»;{GOOD_TOO};31.02.2026;много"]
    kinds = [column.kind for column in _guess(tmp_path, "Поставщик;ИНН;Дата договора;Сумма, руб.", *rows).columns]
    assert kinds == ["name", "inn", "date", "money"]


@pytest.mark.parametrize("counter", ["№ п/п", "№", "N", "п/п", "#"])
def test_a_heading_of_row_numbers_is_a_heading(tmp_path: Path, counter: str) -> None:
    found = _guess(tmp_path, f"{counter};Поставщик;ИНН", f"1;ООО «А»;{GOOD}", f"2;ООО «Б»;{GOOD_TOO}")
    assert found.header_row == 1


def _fields(tmp_path: Path, heading: str, cell: str, *more: str) -> dict[str, Any]:
    rows = [f"ООО «А»;{GOOD};АО «Б»;{GOOD_TOO};{one}" for one in (cell, *more)]
    found = _guess(tmp_path, f"Поставщик;ИНН поставщика;Покупатель;ИНН покупателя;{heading}", *rows)
    fields: dict[str, Any] = found.mapping["claims"][0]["fields"]
    return {name: said for name, said in fields.items() if name != "basis"}


def test_two_columns_of_one_meaning_are_named(tmp_path: Path) -> None:
    found = _guess(tmp_path, "Полное наименование;Краткое наименование;ИНН", f"ООО «А»;А ООО;{GOOD}")
    assert found.mapping["entities"]["firm"]["name"] == "Полное наименование"
    (note,) = column_notes(found.columns, is_text=True)
    assert note == (
        "name of the firm: the column «Полное наименование» is read; left out is what means the same: "
        "«Краткое наименование»"
    )
    assert note.ru.startswith("название предприятия: читается столбец «Полное наименование»")


def test_amounts_without_a_date_are_said_to_be_yearly(tmp_path: Path) -> None:
    found = _guess(tmp_path, "Поставщик;Покупатель;Сумма, руб.", "ООО «А»;ООО «Б»;5")
    assert [note.codes for note in column_notes(found.columns, is_text=True)] == [("no-dates",)]


def test_figures_without_a_unit_or_a_currency_are_said_to_have_none(tmp_path: Path) -> None:
    rows = ("Поставщик;Покупатель;Сумма;Кол-во;Дата", "ООО «А»;ООО «Б»;5;7;2026-05-05")
    notes = column_notes(_guess(tmp_path, *rows).columns, is_text=True)
    assert [(note.codes, note.partition(":")[0]) for note in notes] == [
        (("no-unit",), "Кол-во"), (("no-currency-named",), "Сумма"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cells", "fields"),
    [
        ("Кол-во, т", ["5"], {"quantity": {"column": "Кол-во, т"}, "unit": {"constant": "t"}}),
        ("Amount, t", ["5,5"], {"quantity": {"column": "Amount, t"}, "unit": {"constant": "t"}}),
        ("Объём (тыс. м3)", ["12.5"],
         {"quantity": {"column": "Объём (тыс. м3)", "times": 1000}, "unit": {"constant": "m3"}}),
        ("Выпуск, т/мес.", ["5"], {"quantity": {"column": "Выпуск, т/мес."}, "unit": {"constant": "t/month"}}),
        ("Сумма, тыс. руб.", ["5"],
         {"value": {"column": "Сумма, тыс. руб.", "times": 1000}, "currency": {"constant": "RUB"}}),
        ("Сумма, тыс. руб.", ["5 тыс. руб."],
         {"value": {"column": "Сумма, тыс. руб.", "times": 1000}, "currency": {"constant": "RUB"}}),
        ("Стоимость (млн $)", ["5"],
         {"value": {"column": "Стоимость (млн $)", "times": 1000000}, "currency": {"constant": "USD"}}),
        ("Доля в закупках", ["0,35"], {"buyer_share": {"column": "Доля в закупках"}}),
        ("Доля в закупках", ["35", "0,5"], {"buyer_share": {"column": "Доля в закупках", "times": 0.01}}),
        ("Доля, %", ["35 %"], {"buyer_share": {"column": "Доля, %"}}),
        ("Доля в закупках, %", ["0,5", "0,8"], {"buyer_share": {"column": "Доля в закупках, %", "times": 0.01}}),
        ("Доля рынка, %", ["35"], {}),
        ("Доля рынка сбыта", ["0,35"], {}),
        ("Доля НДС, %", ["20 %"], {}),
        ("Shareholders", ["35"], {}),
        ("Скидка", ["5 %"], {}),
        ("Сумма, %", ["120"], {}),
        ("Share of supply", ["0.35"], {"buyer_share": {"column": "Share of supply"}}),
        ("Доля в продажах", ["12.5"], {"sales_share": {"column": "Доля в продажах", "times": 0.01}}),
        ("Цена, руб.;Сумма, руб.", ["1;5"], {"value": {"column": "Сумма, руб."}, "currency": {"constant": "RUB"}}),
        ("Цена за единицу;Количество;Сумма, руб.", ["12,50;2;25,00", "13,70;1;13,70"],
         {"quantity": {"column": "Количество"}, "value": {"column": "Сумма, руб."}, "currency": {"constant": "RUB"}}),
        ("Цена за единицу, руб.", ["12,50", "13,70"], {}),
        ("Unit price", ["12.50"], {}),
        ("Сумма с НДС 20%, тыс. руб.", ["5"],
         {"value": {"column": "Сумма с НДС 20%, тыс. руб.", "times": 1000}, "currency": {"constant": "RUB"}}),
        ("Price per ton;Quantity", ["5;7"], {"quantity": {"column": "Quantity"}}),
        ("Цена за кг", ["5"], {}),
        ("Цена за шт.", ["5,50"], {}),
        ("Цена, руб./т", ["5"], {}),
        ("Срок, м", ["5"], {}),
        ("Amount, M", ["5"], {}),
        ("Сумма, т", ["5"], {}),
        ("Объём, м", ["5"], {"quantity": {"column": "Объём, м"}, "unit": {"constant": "m"}}),
        ("Брокер", ["Иванов"], {}),
        ("Community", ["Springfield"], {}),
        ("Количество;Ед. изм.", ["12.5;т"],
         {"quantity": {"column": "Количество"}, "unit": {"column": "Ед. изм.", "kind": "unit"}}),
    ],
)  # fmt: skip
def test_a_heading_says_the_unit_of_its_figures(
    tmp_path: Path, heading: str, cells: list[str], fields: dict[str, Any]
) -> None:
    assert _fields(tmp_path, heading, *cells) == fields


def test_shares_up_to_1_below_a_percent_sign_in_a_workbook_are_parts_and_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    rows = [["Поставщик", "Покупатель", "Доля в закупках, %"], ["ООО «А»", "АО «Б»", 0.5], ["ООО «В»", "АО «Б»", 0.8]]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Лист1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    found = guess(path)
    assert found.mapping["claims"][0]["fields"]["buyer_share"] == {"column": "Доля в закупках, %"}
    assert [note.codes for note in column_notes(found.columns, is_text=False)] == [("parts",)]
    assert column_notes(found.columns, is_text=True) == []


@pytest.mark.parametrize("cells", [["100", "5 млн руб."], ["5 млн руб.", "100"]])
def test_thousands_of_a_heading_are_not_of_cells_that_name_a_scale_themselves(tmp_path: Path, cells: list[str]) -> None:
    rows = [f"ООО «А»;ООО «Б{number}»;{cell}" for number, cell in enumerate(cells)]
    found = _guess(tmp_path, "Поставщик;Покупатель;Сумма, тыс. руб.", *rows)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(found.yaml(), encoding="utf-8")
    (batch,) = TableLoader().batches([tmp_path / "list.csv"], Options(mapping=str(mapping)))
    assert set(batch.claims.claims["value_min"].drop_nulls()) == {100_000, 5_000_000}


@pytest.mark.parametrize("cell", ["5 USD", "5 €", "$6", "5 тыс. долл."])
def test_a_cell_in_another_currency_than_its_heading_is_refused(tmp_path: Path, cell: str) -> None:
    rows = ("Поставщик;Покупатель;Сумма, руб.", "ООО «А»;ООО «Б»;100", f"ООО «А»;ООО «В»;{cell}")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(_guess(tmp_path, *rows).yaml(), encoding="utf-8")
    (batch,) = TableLoader().batches([tmp_path / "list.csv"], Options(mapping=str(mapping)))
    assert ["but the currency is RUB" in reject.reason for reject in batch.rejects] == [True]
    assert set(batch.claims.claims["value_min"].drop_nulls()) == {100}


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Value ($m)", Measure(times=10**6, currency="USD")),
        ("Value, k RUB", Measure(times=1000, currency="RUB")),
        ("Revenue, €bn", Measure(times=10**9, currency="EUR")),
        ("Length, m", Measure(unit="m")),
        ("Объём, тыс.т", Measure(times=1000, unit="t")),
        ("Кол-во, тыс.шт.", Measure(times=1000, unit="pcs")),
        ("Количество (тыс. тонн в год)", Measure(times=1000, unit="t/year")),
        ("Volume, tonnes per month", Measure(unit="t/month")),
        ("Объём, т в смену", Measure()),
    ],
)
def test_scales_units_and_periods_of_a_heading(heading: str, measure: Measure) -> None:
    assert measure_of(heading) == measure


@pytest.mark.parametrize(
    ("text", "unit"),
    [("т", "t"), ("Тонн", "t"), ("шт.", "pcs"), ("куб. м", "m3"), ("т/год", "t/year"), ("банка", None), ("т/смена", None)],
)  # fmt: skip
def test_units_as_people_write_them(text: str, unit: str | None) -> None:
    assert unit_of(text) == unit


@pytest.mark.parametrize(
    "heading",
    ["Контракт", "Масса", "Кол-во (ед. изм.)", "Цена за т", "Цена за кг", "Price per ton", "Цена/шт", "Кол-во"],
)
def test_a_heading_without_a_unit_has_none(heading: str) -> None:
    assert measure_of(heading) == Measure()


def test_headings_that_stand_there_twice_are_told_apart(tmp_path: Path) -> None:
    rows = ["Поставщик;ИНН;Город;Покупатель;ИНН;Город", f"ООО «А»;{GOOD};Москва;АО «Б»;{GOOD_TOO};Тверь"]
    found = _guess(tmp_path, *rows)
    entities = found.mapping["entities"]
    assert (entities["supplier"]["inn"], entities["customer"]["inn"]) == ("ИНН (1)", "ИНН (2)")
    assert [entities[role]["location"]["city"] for role in ("supplier", "customer")] == ["Город (1)", "Город (2)"]
    assert told_apart(["a", "A", "a (1)", "", ""]) == ["a (2)", "A (3)", "a (1)", "", ""]
    path, mapping = tmp_path / "list.csv", tmp_path / "mapping.yaml"
    mapping.write_text(found.yaml(), encoding="utf-8")
    (batch,) = TableLoader().batches([path], Options(mapping=str(mapping)))
    assert "«ИНН (1)», «ИНН (2)»" in batch.notes[0]
    mapping.write_text(found.yaml().replace("ИНН (1)", "ИНН"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"'ИНН' stands there twice: .* «ИНН \(1\)», «ИНН \(2\)»"):
        list(TableLoader().batches([path], Options(mapping=str(mapping))))


def test_totals_are_left_out_and_named(tmp_path: Path) -> None:
    rows = [
        "Поставщик;ИНН;Сумма",
        f"ООО «А»;{GOOD};5",
        f"ООО «Итого»;{GOOD_TOO};6",
        "ИТОГО по разделу:;;11",
        "Всего;;11",
    ]
    found = _guess(tmp_path, *rows)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(found.yaml(), encoding="utf-8")
    (batch,) = TableLoader().batches([tmp_path / "list.csv"], Options(mapping=str(mapping)))
    assert (batch.rows_read, batch.rejects) == (2, [])
    assert batch.notes == ["rows that add up others are left out: 4, 5"]


TOTALS = ("ИТОГО с НДС", "Всего к оплате", "Всего поставлено", "Итого: 5 позиций", "Grand total", "Total due", "Итого")


@pytest.mark.parametrize(
    ("heading", "row", "is_total"),
    [
        *(("Поставщик;ИНН;Сумма", f"{words};х;5,50 руб.", True) for words in TOTALS),
        ("Поставщик;Покупатель;Сумма", "Итого;х;5", True),
        ("Поставщик;Покупатель;Сумма", "Total;*;12%", True),
        ("Поставщик;Количество;Ед. изм.", "Всего;5;т", True),
        ("Name;Town", "Total;Paris", False),
        ("Name;Town", "«Всего»;Тверь", False),
        ("Name;Town", "Всего;Тверь", False),
        ("Поставщик;ИНН;Сумма", f"Итого;{GOOD};5", False),
        ("Поставщик;Сумма", "Total Oil;5", False),
        ("Поставщик;Покупатель;Товар;Сумма", "ООО «А»;АО «Б»;Итого;5", True),
        ("Поставщик;Покупатель;Товар;Сумма", "ООО «А»;АО «Б»;Всего по договору 5:;5", True),
        ("Поставщик;Покупатель;Товар;Сумма", "ООО «А»;АО «Б»;Total 5W-30;5", False),
        ("Поставщик;Покупатель;Товар;Сумма", "ООО «А»;АО «Б»;;5", False),
        ("Поставщик;Сумма", "Итого-Сервис;5", False),
    ],
)
def test_a_total_is_what_has_nothing_but_figures_beside_it(
    tmp_path: Path, heading: str, row: str, is_total: bool
) -> None:
    path, mapping = tmp_path / "list.csv", tmp_path / "mapping.yaml"
    first = heading.split(";")[0]
    path.write_text(f"{heading}\nООО «А»{';' * heading.count(';')}\n{row}\n", encoding="utf-8")
    inn = ", inn: ИНН" if "ИНН" in heading else ""
    text = f"name: f\nsource: {{publisher: T}}\nentities:\n  f: {{label: Company, name: {first}{inn}}}\n"
    if "Покупатель" in heading:
        text += "  c: {label: Company, name: Покупатель}\n"
    if "Товар" in heading:
        text += "  g: {label: Product, name: Товар}\n"
    mapping.write_text(text, encoding="utf-8")
    batches = list(TableLoader().batches([path], Options(mapping=str(mapping))))
    notes = [note.codes for batch in batches for note in batch.notes]
    assert (("totals",) in notes) is is_total


def test_wrong_cells_take_no_column_away_that_its_heading_names(tmp_path: Path) -> None:
    found = _guess(
        tmp_path, "Поставщик;ИНН поставщика;Покупатель;ИНН покупателя;Доля в закупках",
        f"ООО «А»;{GOOD};ООО «Б»;{WRONG};25%", f"ООО «В»;{GOOD};ООО «Г»;;150%",
    )  # fmt: skip
    kinds = {column.name: column.kind for column in found.columns}
    assert (kinds["ИНН покупателя"], kinds["Доля в закупках"]) == ("inn", "share")
