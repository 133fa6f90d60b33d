"""A guessed mapping keeps who is who."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.tabular.guess import Guess, guess

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


@pytest.mark.parametrize("counter", ["№ п/п", "№", "N", "п/п", "#"])
def test_a_heading_of_row_numbers_is_a_heading(tmp_path: Path, counter: str) -> None:
    found = _guess(tmp_path, f"{counter};Поставщик;ИНН", f"1;ООО «А»;{GOOD}", f"2;ООО «Б»;{GOOD_TOO}")
    assert found.header_row == 1
