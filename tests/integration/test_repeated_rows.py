"""A row that stands there twice: how it counts is said as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

MAPPING = """
name: deals
source: {{publisher: Test}}
{record}
entities:
  seller: {{label: Company, name: Seller}}
  buyer: {{label: Company, name: Buyer}}
claims:
  - {{type: SUPPLIES, from: seller, to: buyer, fields: {{
      basis: {{constant: {basis}}}, value: {{column: Sum}}, currency: {{constant: RUB}}, valid_from: {{column: Day}}}}}}
"""


@pytest.mark.parametrize(
    ("basis", "record", "claims", "value", "said"),
    [
        ("delivery", "", 2, "10", "4 (1 in all); each counts as a delivery of its own, and their figures are added up"),
        ("rate", "", 2, "5", "4 (1 in all); each is a claim of its own, but their figures are not added up"),
        ("delivery", "record: [No.]", 1, "5", "4 (1 in all); they are one claim with it and count once"),
    ],
)
def test_repeated_rows_count_as_is_said(
    tmp_path: Path, basis: str, record: str, claims: int, value: str, said: str
) -> None:
    file, mapping = tmp_path / "deals.csv", tmp_path / "deals.yaml"
    file.write_text("No.,Seller,Buyer,Sum,Day\n1,a,b,5,2026-01-10\n2,c,b,7,2026-01-10\n1,a,b,5,2026-01-10\n")
    mapping.write_text(MAPPING.format(basis=basis, record=record))
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        report = graph.load("table", [file], Options(mapping=str(mapping)))
        assert (report.rows_read, report.rows_rejected) == (3, 0)
        (note,) = report.notes
        assert note.endswith(said)
        items = graph.ask("suppliers", id="b", valid_at="2026-03-01")["data"]["items"]
        ((link,),) = [item["links"] for item in items if item["entity"]["name"] == "a"]
        assert (len(link["claims"]), link["value"]["low"]) == (claims, value)


def test_a_list_of_firms_and_the_claims_format_say_it_too(tmp_path: Path) -> None:
    firms, mapping, claims = (tmp_path / name for name in ("firms.csv", "firms.yaml", "claims.csv"))
    firms.write_text("Name,Town\na,Тверь\nb,Тверь\na,Тверь\n", encoding="utf-8")
    mapping.write_text("name: f\nsource: {publisher: T}\nentities: {f: {label: Company, name: Name}}\n")
    claims.write_text("type,from,to,value,basis\nSUPPLIES,a,b,5,delivery\nSUPPLIES,a,b,5,delivery\nSUPPLIES,a,c,5,\n")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        (note,) = graph.load("table", [firms], Options(mapping=str(mapping))).notes
        assert note.codes == ("repeated-claims",)
        (note,) = graph.load("claims", [claims], Options()).notes
        assert note.codes == ("repeated-deliveries",)
        assert "more" not in note
        assert "более ранние: 3 (всего 1)" in note.ru


@pytest.mark.parametrize("keys", [("1", "2"), ("A#1", "A#2")])
def test_rows_with_keys_of_their_own_are_no_repetition(tmp_path: Path, keys: tuple[str, str]) -> None:
    file, mapping = tmp_path / "deals.csv", tmp_path / "deals.yaml"
    file.write_text("No.,Seller,Buyer,Sum,Day\n" + "".join(f"{key},a,b,5,2026-01-10\n" for key in keys))
    mapping.write_text(MAPPING.format(basis="delivery", record="record: [No.]"))
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        assert graph.load("table", [file], Options(mapping=str(mapping))).notes == ()


def test_a_file_of_claims_says_its_own_keys_too(tmp_path: Path) -> None:
    claims = tmp_path / "claims.csv"
    claims.write_text("type,from,to,value,basis,record\nSUPPLIES,a,b,5,delivery,A#1\nSUPPLIES,a,b,5,delivery,A#2\n")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        assert graph.load("claims", [claims], Options()).notes == ()
