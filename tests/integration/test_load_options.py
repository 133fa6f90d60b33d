"""What the user says of the source is heard, or refused where the files say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_service.errors import BadParameter
from loaders.formats import find_loader
from loaders.loader import Options

MAPPING = """
name: deals
source: {publisher: Register, rank: 1}
entities: {seller: {label: Company, name: Seller}, buyer: {label: Company, name: Buyer}}
claims: [{type: SUPPLIES, from: seller, to: buyer}]
"""


def _sources(format: str, path: Path, options: Options) -> list[tuple[str, int]]:
    return [
        (source.name, source.rank)
        for batch in find_loader(format).batches([path], options)
        for source in batch.claims.sources
    ]


@pytest.mark.parametrize(
    ("source", "rank", "expected"),
    [
        (None, None, ("Register", 1)), (None, 3, ("Register", 3)), ("Own", None, ("Own", 5)), ("Own", 2, ("Own", 2)),
    ],
)  # fmt: skip
def test_a_table_has_the_rank_that_is_given(
    tmp_path: Path, source: str | None, rank: int | None, expected: tuple[str, int]
) -> None:
    table, mapping = tmp_path / "own.csv", tmp_path / "own.yaml"
    table.write_text("Seller,Buyer\na,b\n", encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    assert _sources("table", table, Options(source=source, rank=rank, mapping=str(mapping))) == [expected]


def test_claims_without_a_rank_are_of_unknown_rank(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("type,from,to\nSUPPLIES,a,b\n", encoding="utf-8")
    assert _sources("claims", table, Options()) == [("own", 5)]
    assert _sources("claims", table, Options(rank=2)) == [("own", 2)]


def test_a_network_that_names_its_source_is_not_contradicted(tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text("id,name\nc1,Сода\n", encoding="utf-8")
    assert _sources("network", tmp_path, Options(source="Own", rank=2)) == [("Own", 2)]
    table = tmp_path / "source.csv"
    table.write_text("name\nERP\n", encoding="utf-8")
    assert _sources("network", tmp_path, Options(rank=2)) == [("ERP", 2)]
    table.write_text("name,rank\nERP,3\n", encoding="utf-8")
    assert _sources("network", tmp_path, Options(source="ERP", rank=3)) == [("ERP", 3)]
    with pytest.raises(BadParameter, match=r"source\.csv says that the source is ERP: leave --source out"):
        _sources("network", tmp_path, Options(source="Own"))
    with pytest.raises(BadParameter, match="rank is 3: leave --rank out"):
        _sources("network", tmp_path, Options(rank=2))
