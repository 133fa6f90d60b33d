"""Workbooks with cells far away, which would lay out more memory than there is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from graph_service.errors import BadInput
from loaders import workbooks
from loaders.sheets import Sheet, read_sheets

ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Сделки"><table:table-row>{cell}{cell}</table:table-row>
<table:table-row table:number-rows-repeated="{above}"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row><table:table-row><table:table-cell table:number-columns-repeated="{left}"/>{cell}
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384"/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""
CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def _xlsx(path: Path, *cells: tuple[int, int, str]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("first")
        sheet = book.add_worksheet("Сделки & прочее")
        for row, column, text in cells:
            sheet.write(row, column, text)
    return path


def _ods(path: Path, above: int, left: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(cell=CELL, above=above, left=left).replace("\n<", "<"))
    return path


@pytest.mark.parametrize("first", [(0, 0, "type"), (1_048_575, 16_382, "x")])
def test_a_stray_cell_at_the_far_end_is_refused_with_the_size(tmp_path: Path, first: tuple[int, int, str]) -> None:
    path = _xlsx(tmp_path / "far.xlsx", first, (1_048_575, 16_383, "x"))
    assert path.stat().st_size < 10_000
    with pytest.raises(BadInput) as caught:
        list(read_sheets(path))
    assert caught.value.detail.startswith(
        "far.xlsx, sheet Сделки & прочее: its cells span 1,048,576 rows and 16,384 columns, more than 20,000,000 cells"
    )


def test_a_stray_cell_in_an_ods_is_refused_with_the_size(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"far\.ods, sheet Сделки: its cells span 1,048,576 rows and 16,384 columns"):
        list(read_sheets(_ods(tmp_path / "far.ods", 1_048_574, 16_383)))
    (sheet,) = read_sheets(_ods(tmp_path / "near.ods", 3, 2))
    assert (sheet.numbers, sheet.rows[0][:2], sheet.rows[1][:3]) == ([1, 5], ["x", "x"], ["", "", "x"])


def test_rows_and_columns_stand_where_a_person_sees_them(tmp_path: Path) -> None:
    path = _xlsx(tmp_path / "own.xlsx", (2, 1, "name"), (4, 1, "a"), (4, 3, "b"), (900_000, 1, "last"))
    empty, sheet = read_sheets(path)
    assert empty.rows == []
    assert sheet == Sheet(
        name="Сделки & прочее", numbers=[3, 5, 900_001],
        rows=[["", "name", "", ""], ["", "a", "", "b"], ["", "last", "", ""]],
    )  # fmt: skip


def test_a_small_file_that_unpacks_to_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _xlsx(tmp_path / "own.xlsx", (0, 0, "name"), (1, 0, "a" * 30_000))
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", 20_000)
    with pytest.raises(BadInput, match="when unpacked"):
        list(read_sheets(path))


def test_the_size_is_found_however_the_file_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _xlsx(tmp_path / "own.xlsx", *((row, row * 3, "x") for row in range(300)))
    monkeypatch.setattr(workbooks, "MOST_CELLS", 1000)
    for size in (7, 100, 1 << 20):
        monkeypatch.setattr(workbooks, "_CHUNK", size)
        with pytest.raises(BadInput, match="300 rows and 898 columns"):
            list(read_sheets(path))
