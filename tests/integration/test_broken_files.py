"""Files that are broken in ways no cell shows: damaged bytes, keys that stand twice, columns that moved."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from graph_service.errors import BadInput
from graph_service.graph import Graph
from graph_service.store.dump import dump_hash
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from loaders.run import Report
from loaders.tabular.mapping import SHIPPED, mapping_schema

MAPPING = """
name: deals
source: {publisher: Test}
record: [No.]
entities:
  seller: {label: Company, inn: INN, name: Seller, location: {region: Region, oktmo: OKTMO}}
  buyer: {label: Company, name: Buyer}
optional_columns: [Region, OKTMO, INN]
claims:
  - {type: SUPPLIES, from: seller, to: buyer, fields: {value: {column: Sum}}}
"""


def _load(graph: Graph, path: Path, *, name: str = "table", mapping: str = MAPPING, strict: bool = False) -> Report:
    options = Options(source="Test")
    if name == "table":
        file = path.with_suffix(".yaml")
        file.write_text(mapping, encoding="utf-8")
        options = Options(mapping=str(file))
    return graph.load(name, [path], options, strict=strict)


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return Graph(SqliteStore(tmp_path / "graph.sqlite"))


@pytest.mark.parametrize("name", ["claims", "table"])
def test_a_row_with_damaged_bytes_is_refused_and_a_row_in_cp1251_is_not(
    graph: Graph, tmp_path: Path, name: str
) -> None:
    head = {"claims": "type,from,to,record", "table": "Sum,Seller,Buyer,No."}[name]
    first = {"claims": "SUPPLIES", "table": "1"}[name]
    path = tmp_path / "mixed.csv"
    damaged = f"{first},Каустик,Завод труб,2".encode()
    damaged = damaged.replace("у".encode(), "у".encode()[:1], 1)  # half a letter is lost
    lines = [head.encode(), f"{first},Каустик,Завод,1".encode(), damaged, f"{first},Пласт,Завод,3".encode("cp1251")]
    path.write_bytes(b"\n".join(lines) + b"\n")
    with graph:
        with pytest.raises(BadInput, match="--strict loads nothing"):
            _load(graph, path, name=name, strict=True)
        assert graph.store.version().number == 0
        report = _load(graph, path, name=name)
        assert (report.rows_read, report.rows_rejected) == (3, 1)
        assert report.first_rejects[0].where.row == 3
        assert "wrong encoding" in report.first_rejects[0].reason
        suppliers = graph.ask("suppliers", id="Завод")["data"]["items"]
        assert {item["entity"]["name"] for item in suppliers} == {"Каустик", "Пласт"}


def test_the_same_key_twice_is_refused_whatever_the_order(tmp_path: Path) -> None:
    rows = ["a,b,1,5", "a,b,1,6", "c,b,2,7", "c,b,2,7"]
    found = set()
    for number, order in enumerate(itertools.permutations(rows)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "deals.csv"
        path.write_text("\n".join(["Seller,Buyer,No.,Sum", *order]), encoding="utf-8")
        with Graph(SqliteStore(folder / "graph.sqlite")) as graph:
            report = _load(graph, path)
            assert (report.rows_read, report.rows_rejected) == (4, 2)
            numbers = [order.index("a,b,1,5") + 2, order.index("a,b,1,6") + 2]
            assert sorted(reject.where.row or 0 for reject in report.first_rejects) == sorted(numbers)
            places = ", ".join(map(str, sorted(numbers)))
            assert all(f"stands on rows {places}" in reject.reason for reject in report.first_rejects)
            assert len(graph.ask("suppliers", id="b")["data"]["items"]) == 1
            (claim,) = graph.ask("claims", id="b", type="SUPPLIES")["data"]["items"]
            assert claim["stated"]["value"]["low"] == "7", "identical rows are one"
            found.add(dump_hash(graph.store))
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Seler,Buyer,No.,Sum\na,b,1,2\n", "row 1: missing column 'Seller'; did you mean 'Seler'?"),
        ("x,y\n1,2\n", "no row holds any of the mapped columns"),
        ("Seller,Buyer,No.,Sum,sum\na,b,1,2,3\n", "'Sum' stands there twice"),
        ("", "has no rows"),
    ],
)
def test_a_table_without_its_columns_is_refused_as_a_whole(graph: Graph, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(text, encoding="utf-8")
    with graph:
        with pytest.raises(BadInput) as caught:
            _load(graph, path)
        assert said in caught.value.detail
        assert graph.store.version().number == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,b,9,5,Нигдея,", "no known region"),
        ("a,b,9,5,Волгоградская обл,79701000", "lies in RU-AD"),
        ("a,b,,5,,", "the record's key is empty: No."),
        ("a,b,9,5 евро и 3 руб.,,", "money"),
    ],
)
def test_a_row_is_refused_as_a_whole(graph: Graph, tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(f"Seller,Buyer,No.,Sum,Region,OKTMO\nc,b,1,5,,79701000\n{row}\n", encoding="utf-8")
    with graph:
        report = _load(graph, path)
        assert (report.rows_read, report.rows_rejected) == (2, 1)
        assert reason in report.first_rejects[0].reason
        assert [item["entity"]["name"] for item in graph.ask("suppliers", id="b")["data"]["items"]] == ["c"]
        assert report.claims_by_type["LOCATED_IN"] == 1


def test_a_firm_without_a_number_is_the_one_of_exactly_that_name(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "Seller,INN,Buyer,No.,Sum\nООО «Сода»,3448003962,b,1,5\nСода ООО,,b,2,6\nООО «Мел»,7707083893,b,3,7\n"
        "ООО «Мел»,3435900147,b,4,7\nООО «Мел»,,b,5,8\n",
        encoding="utf-8",
    )
    with graph:
        report = _load(graph, path)
        assert report.rows_rejected == 1
        assert "may be any of 2 firms" in report.first_rejects[0].reason
        assert len(graph.ask("suppliers", id="b")["data"]["items"]) == 3
        assert graph.ask("claims", id="3448003962", type="SUPPLIES")["data"]["total"] == 2


def test_lines_of_one_record_are_all_counted(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Seller,Buyer,No.,Sum\na,b,1,5\na,b,1,6\na,b,1,6\n", encoding="utf-8")
    with graph:
        report = _load(graph, path, mapping=MAPPING + "lines: true\n")
        assert report.rows_rejected == 0
        items = graph.ask("claims", id="b", type="SUPPLIES")["data"]["items"]
        assert sorted(item["stated"]["value"]["low"] for item in items) == ["5", "6", "6"]


def test_the_schema_for_editors_is_that_of_the_program() -> None:
    written = json.loads((SHIPPED / "mapping.schema.json").read_text(encoding="utf-8"))
    assert written == mapping_schema(), "write it anew from loaders.tabular.mapping.mapping_schema()"
