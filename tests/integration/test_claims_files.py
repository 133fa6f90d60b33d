"""Files of the claims format as people make and break them: documents, texts, quotes, rows that slipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docs.reference import claim_columns
from graph_service.errors import BadInput
from loaders.cells import parse_fields
from loaders.claims_csv import ClaimsLoader
from loaders.formats import find_loader
from loaders.loader import Options
from loaders.run import Report, run

HEAD = "type,from,to,document\nSUPPLIES,a,b,d1\n"


def _dry(*paths: Path) -> Report:
    return run(ClaimsLoader(), paths, Options(source="Test"), None)


def _folder(tmp_path: Path, documents: str, rows: str = HEAD) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "own.csv").write_text(rows, encoding="utf-8")
    (folder / "documents.csv").write_text(documents, encoding="utf-8")
    return folder


@pytest.mark.parametrize("how", ["upwards", "full path", "link"])
def test_a_text_outside_the_folder_is_not_read(tmp_path: Path, how: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    name = {"upwards": "../secret.txt", "full path": str(secret), "link": "own.txt"}[how]
    folder = _folder(tmp_path, f"document,text_file\nd1,{name}\n")
    if how == "link":
        (folder / name).symlink_to(secret)
    with pytest.raises(BadInput, match=r"documents\.csv, row 2: text_file .* is outside the folder"):
        _dry(folder)


def test_a_text_in_a_folder_reached_by_a_link_is_read(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "document,text_file\nd1,own.txt\n")
    (folder / "own.txt").write_text("text", encoding="utf-8-sig")
    (tmp_path / "link").symlink_to(folder)
    (batch,) = ClaimsLoader().batches([tmp_path / "link"], Options(source="Test"))
    assert [document.text for document in batch.claims.documents] == ["text"]


def test_documents_that_name_no_publisher_are_of_the_source_of_the_load(tmp_path: Path) -> None:
    folder = _folder(tmp_path, "document,publisher,rank\nd1,,\nd2,Register,1\n", HEAD + "SUPPLIES,b,c,d2\n")

    def told(options: Options) -> set[tuple[str, str, int]]:
        (batch,) = ClaimsLoader().batches([folder], options)
        sources = {source.source_id: source for source in batch.claims.sources}
        of_documents = [(document.key, sources[document.source_id]) for document in batch.claims.documents]
        return {(key, source.name, source.rank) for key, source in of_documents}

    assert told(Options(source="Purchasing", rank=2)) == {("d1", "Purchasing", 2), ("d2", "Register", 1)}
    assert told(Options()) == {("d1", "d1", 5), ("d2", "Register", 1)}


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ("", "documents.csv is empty"),
        ("document,text_file\nd1,none.txt\n", "there is no text file"),
        ("document,text_file\nd1,old.txt\n", "old.txt' is no UTF-8"),
        (f"document,text_file\nd1,{'x' * 5000}\n", "cannot be read"),
        ("document,published_on\nd1,soon\n", "row 2: 'soon' is no date"),
        ("document,rank\nd1,7\n", "rank from 1 to 5"),
    ],
)
def test_what_is_wrong_with_documents_is_said(tmp_path: Path, documents: str, said: str) -> None:
    folder = _folder(tmp_path, documents)
    (folder / "old.txt").write_bytes("старый текст".encode("cp1251"))
    with pytest.raises(BadInput) as caught:
        _dry(folder)
    assert said in caught.value.detail


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_cell_longer_than_a_file_may_hold_is_named(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"type,from,to,note\nSUPPLIES,a,b,c\nSUPPLIES,a,b,{'x' * 200_000}\n".replace(",", delimiter))
    with pytest.raises(BadInput, match=r"own\.csv, row 3: .*field"):
        _dry(path)


def test_a_network_with_an_endless_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text("id," + "п" * 1_500_000, encoding="utf-8")
    with pytest.raises(BadInput, match="header row is longer"):
        run(find_loader("network"), [tmp_path], Options(source="Test"), None)


@pytest.mark.parametrize("cell", ["0000-2010", "2010-9999", "/" * 3000])
def test_a_period_that_is_none_rejects_its_row(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"type,from,to,period\nSUPPLIES,a,b,2015\nSUPPLIES,a,b,{cell}\n", encoding="utf-8")
    report = _dry(path)
    assert (report.rows_read, report.rows_rejected) == (2, 1)
    assert "period: " in report.first_rejects[0].reason


@pytest.mark.parametrize("end", ["", ","])
def test_a_row_that_slipped_by_a_decimal_comma_is_rejected(tmp_path: Path, end: str) -> None:
    path, rejects = tmp_path / "own.csv", tmp_path / "rejects.csv"
    rows = 'SUPPLIES,А,Б,1 000,50,RUB,x\nSUPPLIES,А,Б,"1 000,50",RUB,,\nSUPPLIES,В,Б,7,RUB\n'
    path.write_text(f"type,from,to,value,currency{end}\n{rows}", encoding="utf-8")
    report = run(ClaimsLoader(), [path], Options(source="Test"), None, rejects_path=rejects)
    assert (report.rows_read, report.rows_rejected, report.claims_by_type["SUPPLIES"]) == (3, 1, 2)
    reason = report.first_rejects[0].reason
    assert reason.startswith("cells without a heading hold 'RUB', 'x': put a cell with a comma into quotation marks")
    assert "1 000,50,RUB,x" in rejects.read_text(encoding="utf-8-sig")


def test_a_currency_is_a_code_in_figures_and_in_descriptions(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "type,from,from_label,to,value,revenue,currency\nSUPPLIES,a,,b,1,,рубли?\nDESCRIBED_IN,a,Company,,,5,rub\n"
        "SUPPLIES,a,,b,1,,KZT\nDESCRIBED_IN,b,Company,,,5,USD\n", encoding="utf-8",
    )  # fmt: skip
    report = _dry(path)
    assert sorted(reject.where.row or 0 for reject in report.first_rejects) == [2, 3]
    assert all("no ISO 4217 code" in reject.reason for reject in report.first_rejects)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (6, 11, None),
        (7, 12, "characters 7 to 12 of d1 are 'авод '; the quote stands at 6 to 11"),
        (-12, -7, "the quote stands at 6 to 11"),
        (600, 605, "are ''"),
    ],
)
def test_a_quote_stands_in_the_text_where_its_row_says(tmp_path: Path, start: int, end: int, said: str | None) -> None:
    rows = f"type,from,to,document,quote,char_start,char_end\nSUPPLIES,a,b,d1,завод,{start},{end}\n"
    folder = _folder(tmp_path, "document,text_file\nd1,own.txt\n", rows + "SUPPLIES,a,c,d1,завод,,\n")
    (folder / "own.txt").write_text("Новый завод труб", encoding="utf-8")
    report = _dry(folder)
    assert report.rows_rejected == (0 if said is None else 1)
    if said is not None:
        assert said in report.first_rejects[0].reason


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0)])
def test_one_record_states_one_figure(tmp_path: Path, order: tuple[int, ...]) -> None:
    rows = [
        "SUPPLIES,a,b,7,5,RUB,2015", "SUPPLIES,a,b,7,6,RUB,2015", "SUPPLIES,a,b,7,6,USD,2015", "SUPPLIES,a,b,,8,RUB,2015",
    ]  # fmt: skip
    path = tmp_path / "own.csv"
    text = "\n".join(["type,from,to,record,value,currency,period", *(rows[n] for n in order), rows[2], rows[3]])
    path.write_text(text, encoding="utf-8")
    report = _dry(path)
    numbers = [order.index(0) + 2, order.index(1) + 2]
    assert sorted(reject.where.row or 0 for reject in report.first_rejects) == sorted(numbers)
    places = ", ".join(map(str, sorted(numbers)))
    assert all(f"the record '7' stands on rows {places} with" in reject.reason for reject in report.first_rejects)
    assert report.rows_read == 6


def test_the_page_of_the_format_speaks_of_cells_and_not_of_the_store() -> None:
    values = parse_fields({"valid_to": "2015", "period_to": "2015-06-30"}, None)
    assert (values["valid_to"], values["period_to"]) == (date(2016, 1, 1), date(2015, 7, 1)), "ends are inclusive"
    lines = [line for line in claim_columns().splitlines() if line.startswith(("| `valid_to`", "| `period_to`"))]
    assert len(lines) == 2
    assert all("The last day" in line for line in lines)
