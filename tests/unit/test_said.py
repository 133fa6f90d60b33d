"""What files are told: every text in both languages, and every reason of a rejected row among them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from graph_service.domain.said import Said, in_language, joined, said, table, under
from graph_service.errors import BadInput
from loaders.claims_csv import ClaimsLoader
from loaders.loader import Options, Where
from loaders.table import TableLoader
from loaders.tabular.header import read_table

CHECKOUT = Path(__file__).parents[2]
LEFT_OUT = {"no-real-date": {"why"}, "open-quote": {"why"}, "nobody": {"role"}, "nobody-in": {"role"}}
"""What Russian texts do without: words of Python, and roles as a mapping calls them."""
CYRILLIC = re.compile("[А-яЁё]")


@pytest.mark.parametrize("code", sorted(table()))
def test_every_text_is_there_in_both_languages(code: str) -> None:
    english, russian = table()[code]
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, russian)]
    assert names[1] == names[0] - LEFT_OUT.get(code, set())
    assert CYRILLIC.search(russian) or code in ("kind-lei", "kind-of"), "it is in Russian"
    assert not CYRILLIC.search(re.sub("тыс., млн, млрд|city:Волжский", "", english)), "it is in English"


def test_every_text_is_used_and_every_one_used_is_there() -> None:
    sources = [
        path.read_text() for folder in ("graph_service", "loaders") for path in (CHECKOUT / folder).rglob("*.py")
    ]
    asked = {code for text in sources for code in re.findall(r"""\b(?:said|why|_message)\(\s*"([\w-]+)\"""", text)}
    assert asked <= set(table())
    named = {code for text in sources for code in re.findall(r'"([a-z0-9_-]+)"', text)}
    assert {code for code in table() if not code.startswith(("kind-", "role-", "label-"))} <= named


def test_a_text_made_of_others_is_in_both_languages() -> None:
    text = joined([under("Сумма", said("no-money", text="много")), said("no-subject"), said("no-subject")])
    assert text == "Сумма: 'много' is no amount of money; the subject (from) is missing"
    assert text.ru == "Сумма: «много» — не сумма денег; не сказано, о ком речь (from)"
    assert text.codes == ("no-money", "no-subject")
    assert in_language("known in English alone", "ru") == "known in English alone"


MAPPING = """
name: deals
source: {publisher: Test}
record: [No.]
entities:
  seller: {label: Company, inn: INN, name: Seller, location: {country: Country}, point: {lat: Lat, lon: Lon}}
  buyer: {label: Company, name: Buyer}
claims:
  - type: SUPPLIES
    from: seller
    to: buyer
    fields: {value: {column: Sum, required: true}, quantity: {column: Kg}, valid_from: {column: Date},
      buyer_share: {column: Share}}
"""
HEAD = "No.;INN;Seller;Country;Lat;Lon;Buyer;Sum;Kg;Date;Share"
WRONG = (
    "1;7707083894;a;;;;b;1;;;", "2;77070838;a;;;;b;1;;;", "3;0000000000;a;;;;b;1;;;", "4;;;;;;b;1;;;", "5;;a;;;;b;;;;",
    "6;;a;;;;b;much;;;", "7;;a;;;;b;5 руб. 6;;;", "8;;a;;;;b;1;x;;", "9;;a;;;;b;1;1234567890123456;;",
    "10;;a;;;;b;1;;soon;", "11;;a;;;;b;1;;31.02.2019;", "12;;a;;;;b;1;;;140 %", "13;;a;Нигде;;;b;1;;;",
    "14;;a;;95;1;b;1;;;", "15;;a;;x;1;b;1;;;", "16;;a;;5;;b;1;;;", ";;a;;;;b;1;;;", "18;;a;;;;b;1;;;",
    "18;;a;;;;b;2;;;", "19;;a;;;;b;1;-5;;", "20;;a;;;;a;1;1e18;;", "21;;a;;;;b;5 шт;;;",
)  # fmt: skip
CLAIMS = (
    "SUPPLES,a,,b,,,,,", "SUPPLIES,,,b,,,,,", "SUPPLIES,a,,,,,,,", "SUPPLIES,a,,b,5,3,,,", "SUPPLIES,a,,b,,,RUX,,",
    "SUPPLIES,a,,b,,,,often,", "SUPPLIES,a,,b,,,,,2", "SUPPLIES,a,Product,b,,,,,", "OPERATES,inn:1,,b,,,,,",
    "LOCATED_IN,a,,iso:XX,,,,,", "SUPPLIES,a,,b,,,,,,surplus", "DESCRIBED_IN,x,,,,,,,",
)  # fmt: skip


def test_every_reason_of_a_rejected_row_reads_in_russian(tmp_path: Path) -> None:
    mapping, deals, claims = (tmp_path / name for name in ("deals.yaml", "deals.csv", "claims.csv"))
    mapping.write_text(MAPPING, encoding="utf-8")
    deals.write_text("\n".join([HEAD, *WRONG]) + "\n", encoding="utf-8")
    claims.write_text(
        "\n".join(["type,from,from_label,to,value_min,value_max,currency,basis,confidence", *CLAIMS]) + "\n", "utf-8"
    )
    rejects = [
        reject
        for batches in (
            TableLoader().batches([deals], Options(mapping=str(mapping))),
            ClaimsLoader().batches([claims], Options()),
        )
        for batch in batches
        for reject in batch.rejects
    ]
    rows = {(reject.where.file, reject.where.row) for reject in rejects}
    assert rows >= {("deals.csv", row) for row in range(2, 2 + len(WRONG))}, "each of them is wrong"
    assert rows >= {("claims.csv", row) for row in range(2, 2 + len(CLAIMS))}
    for reject in rejects:
        assert isinstance(reject.reason, Said), reject
        assert CYRILLIC.search(reject.reason.ru), reject
        assert " is " not in reject.reason.ru, reject


def test_an_error_goes_on_in_both_languages() -> None:
    problem = BadInput(said("no-number", text="x"))
    assert isinstance(problem.detail, Said)
    assert str(problem) == "'x' is no number"


def test_places_labels_and_numbers_are_in_the_readers_language(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        list(read_table(_written(tmp_path, "a;b\n1;2\n"), ["a", "c"], [], None).rows)
    assert in_language(caught.value.detail, "ru") == "t.csv, строка 1: нет столбца «c»"
    with pytest.raises(BadInput) as caught:
        list(read_table(_written(tmp_path, "a;a\n1;2\n"), ["a"], [], None).rows)
    assert in_language(caught.value.detail, "ru").startswith("t.csv, строка 1: столбец «a» стоит там дважды")
    place = Where(file="a.xlsx", sheet="Лист1", row=3)
    assert (place.said, place.said.ru) == ("a.xlsx, sheet Лист1, row 3", "a.xlsx, лист Лист1, строка 3")
    claims = tmp_path / "claims.csv"
    claims.write_text(
        "type,from,from_label,to,name,inn\nDESCRIBED_IN,x,Company,,X,\nDESCRIBED_IN,x,Plant,,X,\n"
        "DESCRIBED_IN,k1,Company,,Y,\nDESCRIBED_IN,k2,Company,,Y,\nSUPPLIES,Y,,Z,,\nDESCRIBED_IN,inn:123,Company,,,\n"
    )
    (batch,) = ClaimsLoader().batches([claims], Options())
    reasons = {reject.where.row: in_language(reject.reason, "ru") for reject in batch.rejects}
    assert reasons[2] == "«x»: строки этой загрузки называют это по-разному: компания (Company), завод (Plant)"
    assert reasons[6].startswith("«Y» — так в этой загрузке называется не один объект, а 2: укажите")
    assert "it has the wrong number of digits" in str(next(r.reason for r in batch.rejects if r.where.row == 7))


def _written(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path
