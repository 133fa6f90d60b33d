"""The network format: columns in, the same claims out as rows would give, bad rows named."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from stdnum.ru import inn as stdnum_inn

from graph_service.domain.identity import entity_id
from graph_service.errors import BadInput
from graph_service.graph import Graph
from graph_service.store.dump import dump_hash
from graph_service.store.sqlite.store import SqliteStore
from loaders.columnar.casting import inns
from loaders.loader import Options
from loaders.run import Report

TABLES = {
    "source": "name,rank,licence\nTrade statistics,1,CC0\n",
    "companies": "id,name,inn,industry,region_iso,lat,lon,revenue\n"
    "c1,ООО «Каустик»,3448003962,chemicals,RU-VGG,48.57,44.62,1 200 000\n"
    "c2,АО «Труба»,,steel,RU-VGG,,,\n"
    "c3,Salt Ltd,,,,,,\n",
    "plants": "id,name,company_id,region_iso,lat,lon\np1,Salt works,c3,RU-AST,47.9,46.8\n",
    "products": "id,name,okpd2,hs\ng1,Caustic soda,20.13.25.111,2815\ng2,Salt,08.93.10.110,2501\n",
    "supplies": "supplier_id,buyer_id,product_id,basis,quantity,unit,value,currency,buyer_share,valid_from,period_from\n"
    'c1,c2,g1,rate,12,t/month,,,"0,4",,\n'
    "p1,c1,g2,delivery,100,t,5000000,RUB,,2025-03,\n"
    "c9,c1,g2,rate,,,,,25%,,\n",
    "needs": "company_id,product_id,quantity,unit,essential,complete\nc1,g2,900,t/year,true,\n",
    "requires": "product_id,input_id,quantity,substitutable\ng1,g2,1.5,false\n",
    "owns": "owner_id,owned_id,share\nc1,c3,51%\n",
    "produces": "company_id,product_id,capacity,unit\nc1,g1,200000,t/year\n",
    "exports": "company_id,country_iso,product_id,value,currency,sales_share\nc1,KZ,g1,1000000,USD,0.1\n",
}


def _folder(path: Path, **changes: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in {**TABLES, **changes}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def _load(folder: Path, database: Path) -> tuple[Graph, Report]:
    graph = Graph(SqliteStore(database))
    report = graph.load("network", [folder], Options(), rejects_path=database.with_suffix(".rejects.csv"))
    return graph, report


def test_every_table_becomes_claims(tmp_path: Path) -> None:
    graph, report = _load(_folder(tmp_path / "net"), tmp_path / "a.sqlite")
    assert (report.rows_read, report.rows_rejected) == (14, 0), report.first_rejects
    counts = {name: n for name, n in report.claims_by_type.items() if name not in ("DESCRIBED_IN", "PART_OF")}
    assert counts == {
        "EXPORTS_TO": 1, "LOCATED_IN": 3, "NEEDS": 1, "OPERATES": 1, "OWNS": 1, "PRODUCES": 1, "REQUIRES": 1, "SUPPLIES": 3,
    }  # fmt: skip
    with graph:
        suppliers = graph.ask("suppliers", id="3448003962", lang="en", valid_at="2025-12-01")["data"]["items"]
        found = {item["entity"]["name"]: item["links"][0] for item in suppliers}
        # Salt Ltd has only this plant, so the two are one unit.
        assert set(found) == {"Salt works", "c9"}
        assert found["Salt works"]["value"] == {"low": "5000000", "high": "5000000", "unit": "RUB", "per_year": True}
        assert found["c9"]["buyer_share"] == [0.25, 0.25]
        (customer,) = graph.ask("customers", id="Каустик", lang="en")["data"]["items"]
        assert customer["links"][0]["quantity"] == {"low": "144", "high": "144", "unit": "t", "per_year": True}
        (market,) = graph.ask("markets", id="Каустик")["data"]["items"]
        assert (market["iso"], market["links"][0]["sales_share"]) == ("KZ", [0.1, 0.1])


def test_ids_are_those_of_single_rows(tmp_path: Path) -> None:
    graph, _ = _load(_folder(tmp_path / "net"), tmp_path / "a.sqlite")
    rows = tmp_path / "rows.csv"
    rows.write_text("type,from,to,product\nSUPPLIES,c2,inn:3448003962,g1\n", encoding="utf-8")
    with graph:
        before = set(graph.store.scan().entities)
        graph.load("claims", [rows], Options(source="Trade statistics"))
        assert set(graph.store.scan().entities) == before, "a row about the same keys made somebody new"
        assert entity_id("inn", "3448003962") in before


def test_parquet_and_csv_give_the_same_graph(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "net", source=TABLES["source"])
    graph, _ = _load(folder, tmp_path / "a.sqlite")
    with graph:
        from_csv = {row["claim_id"] for row in graph.store.scan().claims.select("claim_id").to_dicts()}
    typed = tmp_path / "typed"
    typed.mkdir()
    for name in TABLES:
        pl.read_csv(folder / f"{name}.csv", infer_schema=False).write_parquet(typed / f"{name}.parquet")
    graph, report = _load(typed, tmp_path / "b.sqlite")
    with graph:
        assert report.rows_rejected == 0
        # The documents are other files, so only what is stated can be compared: the second half of the id.
        assert {c[12:] for c in from_csv} == {c[12:] for c in graph.store.scan().claims["claim_id"].to_list()}


def test_loading_twice_and_in_another_order_changes_nothing(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "net")
    graph, _ = _load(folder, tmp_path / "a.sqlite")
    with graph:
        once = dump_hash(graph.store)
        again = graph.load("network", [folder], Options())
        assert again.load is not None
        assert (again.load.claims_new, graph.store.version().number) == (0, 1)
        header, *lines = TABLES["supplies"].splitlines()
        shuffled = "\n".join([header, *reversed(lines)]) + "\n"
        report = graph.load("network", [_folder(folder, supplies=shuffled)], Options(), mode="full")
        assert report.load is not None
        assert (report.load.claims_new, report.load.claims_retracted) == (0, 0)
        assert dump_hash(graph.store) == once
    other, _ = _load(folder, tmp_path / "b.sqlite")
    with other:
        assert dump_hash(other.store) == once


@pytest.mark.parametrize(
    ("table", "line", "reason"),
    [
        ("companies", "c7,Wrong,3448003963,,,,,", "INN"),
        ("companies", "c7,Nowhere,,,RU-XXX,,,", "no known place"),
        ("companies", "c7,Half,,,,48.1,,", "both lat and lon"),
        ("supplies", "c1,c2,g1,rate,,,,,140%,,", "140"),
        ("supplies", "c1,c2,g1,rate,many,t,,,,,", "no number"),
        ("supplies", "c1,c2,g1,rate,,,,,,31.02.2020,", "no real date"),
        ("supplies", "c1,,g1,rate,,,,,,,", "buyer_id is empty"),
        ("supplies", "c1,c2,g1,gift,,,,,,,", "basis"),
        ("owns", "c1,c2,120%", "120"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_loaded(tmp_path: Path, table: str, line: str, reason: str) -> None:
    whole, _ = _load(_folder(tmp_path / "net"), tmp_path / "a.sqlite")
    with whole:
        expected = set(whole.store.scan().claims["claim_id"].to_list())
    folder = _folder(tmp_path / "bad", **{table: TABLES[table] + line + "\n"})
    graph, report = _load(folder, tmp_path / "b.sqlite")
    with graph:
        assert report.rows_rejected == 1
        (reject,) = report.first_rejects
        assert (reject.where.file, reject.where.row) == (f"{table}.csv", TABLES[table].count("\n") + 1)
        assert reason in reject.reason
        assert {c[12:] for c in graph.store.scan().claims["claim_id"].to_list()} == {c[12:] for c in expected}
    assert reject.reason in (tmp_path / "b.rejects.csv").read_text(encoding="utf-8-sig")


def test_an_unknown_column_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "net", owns="owner_id,owned,share\nc1,c3,51%\n")
    with pytest.raises(BadInput, match="owned_id"):
        _load(folder, tmp_path / "a.sqlite")


def test_checks_of_inn_agree_with_stdnum() -> None:
    rng = random.Random(5)
    numbers = [
        str(rng.randrange(10**length)).zfill(length) for length in (9, 10, 10, 10, 12, 12, 13) for _ in range(400)
    ]
    numbers += [n + stdnum_inn.calc_company_check_digit(n) for n in numbers if len(n) == 9]
    found = inns(pl.Series("inn", numbers)).problem
    assert [problem is None for problem in found.to_list()] == [stdnum_inn.is_valid(n) for n in numbers]
    assert sum(problem is None for problem in found.to_list()) > 400
