"""The file of rejected rows: corrected in place and loaded, it gives what the corrected table gives."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph_service.cli.main import app
from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options, Reject, Where
from loaders.rejects import RejectFile
from loaders.sheets import read_sheets

MAPPING = """
name: deals
source: {publisher: Test}
record: [No.]
entities:
  seller: {label: Company, name: Seller}
  buyer: {label: Company, name: Buyer}
claims:
  - {type: SUPPLIES, from: seller, to: buyer, fields: {value: {column: Sum}, buyer_share: {column: Share}}}
"""
TABLES = {
    "claims": ("type,from,to,value,buyer_share", ["SUPPLIES,a,b,5,40%", "SUPPLIES,c,b,{},", "SUPPLES,d,b,{},"]),
    "table": ("No.,Seller,Buyer,Sum,Share", ["1,a,b,5,40%", "2,c,b,{},", "3,d,b,{},"]),
}


def _write(folder: Path, name: str, value: str) -> tuple[Path, Options]:
    folder.mkdir()
    head, rows = TABLES[name]
    file, mapping = folder / "own.csv", folder / "own.yaml"
    text = "\n".join([head, *rows]).replace("{}", value)
    file.write_text(text.replace("SUPPLES", "SUPPLIES") if value == "7" else text, encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return file, Options(mapping=str(mapping) if name == "table" else None)


@pytest.mark.parametrize("name", ["claims", "table"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_corrected_rows_are_those_of_the_corrected_table(tmp_path: Path, name: str, delimiter: str) -> None:
    rejects = tmp_path / f"{name}.rejects.csv"
    file, options = _write(tmp_path / "bad", name, "many")
    good, _ = _write(tmp_path / "good", name, "7")
    with Graph(SqliteStore(tmp_path / "a.sqlite")) as corrected, Graph(SqliteStore(tmp_path / "b.sqlite")) as whole:
        assert corrected.load(name, [file], options, rejects_path=rejects).rows_rejected == 2
        text = rejects.read_text(encoding="utf-8-sig")
        assert text.startswith("file,sheet,row,reason,")
        text = text.replace("many", "7").replace(",SUPPLES,", ",SUPPLIES,")
        with rejects.open("w", encoding="utf-8-sig" if delimiter == "," else "cp1251", newline="") as handle:
            csv.writer(handle, delimiter=delimiter).writerows(
                [cell.replace("→", "") for cell in row] for row in csv.reader(io.StringIO(text))
            )
        report = corrected.load(name, [rejects], options, rejects_path=tmp_path / "again.csv")
        assert (report.rows_read, report.rows_rejected) == (2, 0), report.first_rejects
        assert whole.load(name, [good], options).rows_rejected == 0
        again = corrected.load(name, [good], options)
        assert again.load is not None
        assert (again.load.claims_new, again.load.claims_known) == (0, whole.store.scan().claims.height)
        with pytest.raises(BadParameter, match="is read itself"):
            corrected.load(name, [rejects], options, rejects_path=rejects)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_looks_like_a_formula_runs_in_no_spreadsheet_and_comes_back_as_it_was(tmp_path: Path, lang: str) -> None:
    cells = ["=1+1", "+cmd", "'=2", "'quoted", "@x", "-5,5", '=HYPERLINK("http://there")']
    rows = [Reject(where=Where(file="=own.csv", row=2), reason="why", cells={f"c{n}": c for n, c in enumerate(cells)})]
    rejects = RejectFile(tmp_path / "own.rejects.csv", lang)
    rejects.add(rows)
    rejects.close()
    text = rejects.path.read_text(encoding="utf-8-sig")
    written = list(csv.reader(io.StringIO(text), delimiter=";" if lang == "ru" else ","))[1]
    assert not [cell for cell in written if cell.startswith(("=", "+", "@", "-"))]
    (sheet,) = read_sheets(rejects.path)
    assert (sheet.rows[1], sheet.origins[1]) == (cells, "=own.csv")


def test_corrections_are_not_overwritten_by_the_next_load(tmp_path: Path) -> None:
    file, options = _write(tmp_path / "bad", "claims", "many")
    rejects = tmp_path / "own.rejects.csv"
    with Graph(SqliteStore(tmp_path / "a.sqlite")) as graph:
        graph.load("claims", [file], options, rejects_path=rejects)
        first = rejects.read_bytes()
        assert graph.load("claims", [file], options, rejects_path=rejects).notes == ()
        rejects.write_bytes(first.replace(b"many", b"7"))
        report = graph.load("claims", [file], options, rejects_path=rejects)
    kept = tmp_path / "own.earlier-1.rejects.csv"
    assert [str(note).rpartition(" ")[2] for note in report.notes] == [kept.name]
    assert (rejects.read_bytes(), kept.read_bytes()) == (first, first.replace(b"many", b"7"))


def test_a_reject_file_inside_a_folder_is_no_table_of_it(tmp_path: Path) -> None:
    file, options = _write(tmp_path / "data", "claims", "many")
    with Graph(SqliteStore(tmp_path / "a.sqlite")) as graph:
        for _ in range(2):
            report = graph.load("claims", [file.parent], options, rejects_path=file.parent / "claims.rejects.csv")
            assert (report.rows_read, report.rows_rejected) == (3, 2)


def test_one_rejected_row_is_no_plural(tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text("type,from,from_label,to,to_label\nSUPPLIES,A,Company,B,Company\nSUPPLES,A,Company,B,Company\n")
    done = CliRunner().invoke(app, ["load", "claims", str(file), "--dry-run"])
    assert "1 row rejected; --rejects FILE keeps them" in done.output


def test_a_dry_run_writes_rejected_rows_only_where_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, _ = _write(tmp_path / "data", "claims", "many")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["load", "claims", str(file), "--dry-run"])
    assert done.exit_code == 1
    assert "2 rows rejected; --rejects FILE keeps them" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    CliRunner().invoke(app, ["load", "claims", str(file), "--dry-run", "--rejects", "kept.csv"])
    assert "many" in Path("kept.csv").read_text(encoding="utf-8-sig")
    store = ["--store", f"sqlite:///{tmp_path / 'a.sqlite'}"]
    CliRunner().invoke(app, ["load", "claims", str(file), *store])
    before = Path("claims.rejects.csv").read_bytes()
    CliRunner().invoke(app, ["load", "claims", "claims.rejects.csv", *store])
    assert Path("claims.rejects.csv").read_bytes() == before
    assert "many" in Path("claims.2.rejects.csv").read_text(encoding="utf-8-sig")


def test_reasons_and_notes_read_in_the_language_asked_for(tmp_path: Path) -> None:
    file, kept = tmp_path / "claims.csv", tmp_path / "kept.csv"
    row = "SUPPLIES,A,B,5,delivery\n"
    file.write_text(f"type,from,to,value,basis\n{row}{row}SUPPLIES,A,B,many,\n")
    command = ["load", "claims", str(file), "--dry-run", "--rejects", str(kept)]
    done = CliRunner().invoke(app, [*command, "--lang", "ru"])
    assert "note: строки, которые во всём прочитанном повторяют более ранние: 3 (всего 1)" in done.output
    assert "row 4: value: «many» — не число" in done.output
    assert "value: «many» — не число" in kept.read_text(encoding="utf-8-sig")
    assert "row 4: value: 'many' is no number" in CliRunner().invoke(app, command).output
    assert CliRunner().invoke(app, [*command, "--lang", "de"]).exit_code == 1
