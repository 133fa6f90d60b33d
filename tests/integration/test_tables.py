"""Any table through a mapping: real files to the last rouble, cells as people write them, broken files, any order."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from graph_service.errors import ZvenoError
from graph_service.graph import Graph
from graph_service.store.dump import dump_hash
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from loaders.run import Report
from loaders.tabular.guess import guess
from loaders.tabular.mapping import SHIPPED, mapping_schema, read_mapping

MAPPING = """
name: deals
title: Deals
source: {publisher: Test, rank: 2}
record: [id]
entities:
  seller: {label: Company, inn: seller inn, name: seller}
  buyer: {label: Company, name: buyer}
  goods: {label: Product, name: goods}
claims:
  - type: SUPPLIES
    from: seller
    to: buyer
    product: goods
    fields:
      basis: {constant: delivery}
      currency: {constant: RUB}
      value: {column: sum}
      valid_from: {column: date}
      buyer_share: {column: share}
"""
HEAD = ["id", "seller", "seller inn", "buyer", "goods", "sum", "date", "share"]
GOOD = [
    ["1", "АО «Каустик»", "3448003962", "Завод", "Сода", "1 200,50 тыс. руб.", "12 июля 2017 г.", "40 %"],
    ["2", "АО «Каустик»", "3448003962", "Завод", "Хлор", "5 млн", "01.03.2018", ""],
    ["3", "Ромашка", "", "Завод", "н/д", "NA", "2019", "-"],
]
BAD = {
    "share of 140 %": (["4", "Ромашка", "", "Завод", "", "1", "2019", "140 %"], "140"),
    "bad date": (["4", "Ромашка", "", "Завод", "", "1", "31.02.2019", ""], "date"),
    "bad sum": (["4", "Ромашка", "", "Завод", "", "много", "2019", ""], "amount of money"),
    "wrong check digit": (["4", "Чужой", "3448003963", "Завод", "", "1", "2019", ""], "INN"),
    "nobody": (["4", "", "", "Завод", "", "1", "2019", ""], "seller"),
}


def _independent_rows(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".xlsx":
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        header, *rows = [[str(cell) for cell in row] for row in sheet]
        return [dict(zip(header, row, strict=True)) for row in rows]
    lines = []
    for line in path.read_bytes().splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1251"))
    return list(csv.DictReader(io.StringIO("".join(lines))))


def _refused(rejects: Path) -> list[dict[str, str]]:
    if not rejects.exists():
        return []
    return list(csv.DictReader(io.StringIO(rejects.read_text(encoding="utf-8-sig"), newline="")))


def _load_here(path: Path, mapping: str, folder: Path) -> tuple[Graph, Report, list[dict[str, str]]]:
    folder.mkdir()
    graph = Graph(SqliteStore(folder / "graph.sqlite"))
    rejects = folder / "rejects.csv"
    report = graph.load("table", [path], Options(mapping=mapping), rejects_path=rejects)
    refused = _refused(rejects)
    return graph, report, refused


def _roubles(texts: list[str]) -> Decimal:
    return sum((Decimal(text) for text in texts if text not in ("", "NA")), Decimal(0))


def test_every_contract_file_to_the_kopeck(data_dir: Path, tmp_path: Path) -> None:
    files = sorted((data_dir / "contracts" / "44fz-csv").glob("*.csv"))
    assert len(files) == 33
    total = Decimal(0)
    read = rejected = without_sum = 0
    for number, path in enumerate(files):
        graph, report, refused = _load_here(path, "44fz", tmp_path / str(number))
        with graph:
            rows = _independent_rows(path)
            supplies = report.claims_by_type.get("SUPPLIES", 0)
            assert len(rows) == report.rows_read == supplies + report.rows_rejected, path.name
            assert len(refused) == report.rows_rejected
            assert all(row["reason"] and row["row"] for row in refused)
            read, rejected = read + report.rows_read, rejected + report.rows_rejected
            ids = graph.store.scan().claims["claim_id"].to_list()
            deliveries = [claim for claim in graph.store.claims(ids) if claim.fields["type"] == "SUPPLIES"]
            values = [claim.fields.get("value_min") for claim in deliveries]
            without_sum += values.count(None)
            kept = sum((Decimal(repr(value)) for value in values if value is not None), Decimal(0))
            stated = _roubles([row["sumRUR"] for row in rows])
            assert kept + _roubles([row["sumRUR"] for row in refused]) == stated, path.name
            total += kept
    assert total > 10_000_000
    assert (read, rejected) == (146, 8)
    assert without_sum == 25, "a delivery without a stated sum is a delivery"


def test_every_facility_file(data_dir: Path, tmp_path: Path) -> None:
    files = [*sorted((data_dir / "facilities").glob("geocoded-*.csv")), data_dir / "facilities" / "12.xlsx"]
    assert len(files) == 5
    for number, path in enumerate(files):
        graph, report, refused = _load_here(path, "facilities", tmp_path / str(number))
        with graph:
            rows = _independent_rows(path)
            assert report.rows_read == len(rows), path.name
            assert report.rows_rejected == len(refused)
            plants = graph.ask("search", type="Plant", limit=1000)["data"]["total"]
            different = len(
                {tuple(" ".join(row[c].split()).casefold() for c in ("name", "address", "country")) for row in rows}
            )
            assert different - 3 <= plants + len(refused) <= len(rows), path.name


def test_shipped_mappings_are_valid_and_their_schema_is_current() -> None:
    names = [path.stem for path in SHIPPED.glob("*.yaml")]
    assert sorted(names) == ["44fz", "facilities"]
    for name in names:
        assert read_mapping(name).name == name
    schema = json.loads((SHIPPED / "mapping.schema.json").read_text(encoding="utf-8"))
    assert schema == mapping_schema()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (MAPPING.replace("Company, inn", "Firm, inn"), "label"),
        (MAPPING.replace("SUPPLIES", "SUPPLES"), "did you mean"),
        (MAPPING.replace("from: seller", "from: sellr"), "did you mean"),
        (MAPPING.replace("title:", "titel:"), "titel"),
        ("name: [\n", "deals.yaml"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_place(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "deals.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ZvenoError) as caught:
        read_mapping(str(path))
    assert reason in caught.value.detail


def _write(path: Path, rows: list[list[str]], encoding: str = "utf-8", above: int = 0) -> Path:
    with path.open("w", encoding=encoding, newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerows([[f"Отчёт, строка {n}"] for n in range(above)])
        writer.writerows([HEAD, *rows])
    return path


def _zveno(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZVENO_")}
    command = [sys.executable, "-m", "graph_service.cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _load(path: Path, folder: Path, *more: str) -> tuple[int, dict[str, Any], list[dict[str, str]]]:
    mapping = folder / "deals.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    rejects = folder / "rejects.csv"
    store = f"sqlite:///{folder / 'graph.sqlite'}"
    done = _zveno(
        "load",
        "table",
        str(path),
        "--mapping",
        str(mapping),
        "--store",
        store,
        "--rejects",
        str(rejects),
        "--json",
        *more,
    )
    report = json.loads(done.stdout) if done.stdout.startswith("{") else {"error": done.stderr}
    refused = _refused(rejects)
    return done.returncode, report, refused


@pytest.mark.parametrize("above", [0, 4])
def test_good_rows_are_read_as_people_write_them(tmp_path: Path, above: int) -> None:
    code, report, _ = _load(_write(tmp_path / "deals.csv", GOOD, above=above), tmp_path)
    assert (code, report["rows_read"], report["rows_rejected"]) == (0, 3, 0), report
    with Graph(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        items = graph.ask("claims", id="Завод", type="SUPPLIES")["data"]["items"]
        stated = sorted((item["stated"].get("value", {}).get("low", ""), item.get("valid_from", "")) for item in items)
        assert stated == [("", "2019-01-01"), ("1200500", "2017-07-12"), ("5000000", "2018-03-01")]
        assert [item["stated"].get("buyer_share") for item in items].count([0.4, 0.4]) == 1


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_bad_row_is_rejected_with_its_number_and_reason(tmp_path: Path, what: str) -> None:
    row, reason = BAD[what]
    code, report, refused = _load(_write(tmp_path / "deals.csv", [*GOOD[:2], row, GOOD[2]]), tmp_path)
    assert (code, report["rows_read"], report["rows_rejected"]) == (1, 4, 1), report
    assert report["claims_by_type"]["SUPPLIES"] == 3
    (reject,) = refused
    assert reject["row"] == "4"
    assert reason in reject["reason"]
    assert reject["id"] == "4", "the row's own cells are kept"
    with Graph(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        names = {item["entity"]["name"] for item in graph.ask("search", limit=100)["data"]["items"]}
        assert "Чужой" not in names


@pytest.mark.parametrize("what", sorted(BAD))
def test_strict_loads_nothing_at_all(tmp_path: Path, what: str) -> None:
    code, report, refused = _load(_write(tmp_path / "deals.csv", [*GOOD, BAD[what][0]]), tmp_path, "--strict")
    assert code == 1
    assert "--strict" in report["error"]
    assert len(refused) == 1
    with Graph(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        assert graph.store.version().number == 0


def test_rows_with_one_key_and_different_content_are_all_refused(tmp_path: Path) -> None:
    twice = ["1", *GOOD[0][1:5], "7 млн", *GOOD[0][6:]]
    code, report, refused = _load(_write(tmp_path / "deals.csv", [*GOOD, twice]), tmp_path)
    assert (code, report["rows_rejected"]) == (1, 2)
    assert sorted(row["row"] for row in refused) == ["2", "5"]
    assert all("different content" in row["reason"] for row in refused)
    assert report["claims_by_type"]["SUPPLIES"] == 2


def test_a_missing_column_stops_the_file_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("id;seller;seller inn;goods;sum;date;share\n1;a;;b;1;2019;\n", encoding="utf-8")
    code, report, _ = _load(path, tmp_path)
    assert code == 1
    assert "buyer" in report["error"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251", "utf-16"])
def test_any_usual_encoding_gives_the_same_graph(tmp_path: Path, encoding: str) -> None:
    hashes = set()
    for name in ("utf-8", encoding):
        folder = tmp_path / name
        folder.mkdir()
        code, report, _ = _load(_write(folder / "deals.csv", GOOD, name), folder)
        assert code == 0, report
        with Graph(SqliteStore(folder / "graph.sqlite")) as graph:
            hashes.add(dump_hash(graph.store))
    assert len(hashes) == 1


def test_a_file_of_noise_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_bytes(random.Random(1).randbytes(5_000))
    code, report, _ = _load(path, tmp_path)
    assert code == 1
    assert "deals.xlsx" in report["error"]
    assert "Traceback" not in report["error"]


def test_the_claims_format_rejects_in_the_same_way(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "type,from,to,product,buyer_share,valid_from\nSUPPLIES,a,b,c,40%,2019\nSUPPLIES,a,b,c,140%,2019\n"
        "SUPPLIES,a,b,c,,2019-02-31\nSUPPLES,a,b,c,,\nSUPPLIES,inn:3448003963,b,c,,\n",
        encoding="utf-8",
    )
    store, rejects = f"sqlite:///{tmp_path / 'graph.sqlite'}", tmp_path / "rejects.csv"
    done = _zveno("load", "claims", str(path), "--store", store, "--rejects", str(rejects))
    assert done.returncode == 1
    reasons = {row["row"]: row["reason"] for row in _refused(rejects)}
    assert set(reasons) == {"3", "4", "5", "6"}
    assert "did you mean 'SUPPLIES'" in reasons["5"]
    strict = _zveno("load", "claims", str(path), "--store", store + "2", "--rejects", str(rejects), "--strict")
    assert strict.returncode == 1
    with Graph(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        assert graph.ask("suppliers", id="b")["data"]["total"] == 1


@pytest.mark.parametrize("name", ["claims", "table"])
def test_sorting_the_rows_of_a_spreadsheet_changes_nothing(tmp_path: Path, name: str) -> None:
    rows = [["SUPPLIES", f"firm {n % 7}", f"buyer {n % 5}", f"goods {n % 3}", str(n % 4 + 1)] for n in range(40)]
    rows += rows[:3]  # equal rows are several deliveries
    path, mapping = tmp_path / "own.csv", tmp_path / "own.yaml"
    mapping.write_text(MAPPING.replace("record: [id]\n", ""), encoding="utf-8")
    options = Options(source="Test", namespace="test", mapping=str(mapping) if name == "table" else None)
    heads: dict[str, Callable[[list[str]], list[str]]] = {
        "claims": lambda row: row, "table": lambda row: ["x", row[1], "", row[2], row[3], row[4], "2019", ""],
    }  # fmt: skip
    head = ["type", "from", "to", "product", "value"] if name == "claims" else HEAD
    found, counts = set(), set()
    with Graph(SqliteStore(tmp_path / "graph.sqlite")) as graph:
        for seed in range(3):
            random.Random(seed).shuffle(rows)
            with path.open("w", encoding="utf-8", newline="") as handle:
                csv.writer(handle).writerows([head, *map(heads[name], rows)])
            report = graph.load(name, [path], options)
            assert report.rows_rejected == 0, report.first_rejects
            found.add((dump_hash(graph.store), graph.store.version().number))
            counts.add(report.claims_by_type["SUPPLIES"])
        assert len(found) == 1
        assert counts == {43}


def test_columns_are_recognised_by_their_values(data_dir: Path, tmp_path: Path) -> None:
    source = data_dir / "contracts" / "44fz-csv" / "contract_Bashkortostan_Resp_2018010100_2018020100_007.csv"
    path = tmp_path / "contracts.csv"
    path.write_bytes(source.read_bytes())
    found = {column.name: column.kind for column in guess(path).columns}
    assert found["customer.inn"] == found["supplier.inn"] == "inn"
    assert (found["publishDate"], found["sumRUR"]) == ("date", "money")
    done = _zveno("load", "table", str(path), "--guess")
    assert done.returncode == 0, done.stderr
    (mapping,) = tmp_path.glob("*.yaml")
    graph, report, _ = _load_here(path, str(mapping), tmp_path / "loaded")
    with graph:
        assert report.claims_by_type["SUPPLIES"] >= 30
        again = _zveno("load", "table", str(path), "--guess")
        assert again.returncode == 1, "a mapping that is there is never overwritten"
