"""What a snapshot is made of: texts, ids and columns in arrays give back what was put in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.graph import Graph
from graph_service.snapshot.claim_ids import ClaimIds, NewestRows
from graph_service.snapshot.columns import Column, Columns, lay_out, narrow
from graph_service.snapshot.flat import flatten, unflatten
from graph_service.snapshot.places import Groups, Point, Points
from graph_service.snapshot.snapshot import Content
from graph_service.snapshot.texts import JsonTexts, RowTexts, SortedTexts, Texts

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(st.lists(TEXT, max_size=20))
def test_texts_are_a_list_of_strings(texts: list[str]) -> None:
    packed = Texts.pack(texts)
    assert packed == texts
    assert [packed[at] for at in range(-len(texts), len(texts))] == [*texts, *texts]
    assert packed[1:-1] == texts[1:-1]
    assert packed.pick(range(len(texts))) == texts
    with pytest.raises(IndexError):
        packed[len(texts)]


@given(st.sets(TEXT, max_size=20), TEXT)
def test_sorted_texts_find_what_a_list_finds(texts: set[str], asked: str) -> None:
    ordered = sorted(texts)
    packed = SortedTexts.pack(ordered)
    assert [packed.find(text) for text in ordered] == list(range(len(ordered)))
    assert [packed.index(text) for text in ordered] == list(range(len(ordered)))
    assert (asked in packed) == (asked in texts)
    if asked not in texts:
        with pytest.raises(ValueError, match="is not in the list"):
            packed.index(asked)


@given(st.dictionaries(st.integers(0, 50), TEXT, max_size=20), st.integers(-5, 60))
def test_texts_by_row_are_a_dictionary(texts: dict[int, str], asked: int) -> None:
    rows = np.array(sorted(texts), dtype=np.int32)
    packed = RowTexts.pack(rows, Texts.pack(texts[row] for row in rows.tolist()))
    assert dict(packed) == texts
    assert packed.get(asked, "none") == texts.get(asked, "none")
    assert (np.int64(asked) in packed) == (asked in texts)


def test_json_is_read_by_need_and_counts_from_either_end() -> None:
    values = JsonTexts[dict[str, int]](Texts.pack(['{"a":1}', "{}", '{"b":2}']))
    assert (values[0], values[-1], values[0:2]) == ({"a": 1}, {"b": 2}, [{"a": 1}, {}])
    assert values[0] is values[0]
    with pytest.raises(IndexError):
        values[3]


@given(st.lists(st.binary(min_size=16, max_size=16), max_size=30), st.binary(min_size=16, max_size=16))
def test_the_newest_row_of_an_id_is_found(ids: list[bytes], other: bytes) -> None:
    texts = sorted(claim_id.hex() for claim_id in [*ids, *ids[:5]])
    packed = ClaimIds.pack(texts)
    rows = NewestRows(packed)
    expected = {claim_id: row for row, claim_id in enumerate(texts)}
    assert packed == texts
    assert dict(rows) == expected
    assert len(rows) == len(expected)
    assert rows.get(other.hex()) == expected.get(other.hex())
    for wrong in ("", "x" * 32, other.hex().upper() + "a", "0" * 31):
        assert rows.get(wrong) is None


VALUES: dict[type, list[float]] = {
    np.int8: [-1, 0, 1, 5],
    np.int32: [-1, 0, 7, 400],
    np.float64: [np.nan, 0.0, -0.0, 1.5, 2.0, 0.1],
}
NAMES = (
    "type",
    "unit",
    "document",
    "valid_from",
    "choice",
    "quantity_min",
    "quantity_per_year_min",
    "basis",
    "share_min",
)


def a_column(name: str, rows: int) -> st.SearchStrategy[Column]:
    kind = np.int8 if name in ("type", "unit", "document") else np.float64 if name.endswith("min") else np.int32
    values: list[float] = VALUES[kind]
    return st.lists(st.sampled_from(values), min_size=rows, max_size=rows).map(lambda v: np.array(v, dtype=kind))


@given(
    st.integers(0, 30).flatmap(lambda n: st.fixed_dictionaries({name: a_column(name, n) for name in NAMES})), st.data()
)
def test_columns_come_back_bit_for_bit(columns: dict[str, Column], data: st.DataObject) -> None:
    rows = len(columns["type"])
    factors = np.array([1.0, 12.0, 0.5, 3.0, 3.0, 365.25, np.nan])
    if data.draw(st.booleans()):
        columns["quantity_per_year_min"] = columns["quantity_min"] * factors[columns["unit"]]
    if data.draw(st.booleans()):
        columns["basis"] = np.array([3, 4, 5, 6, 7, 8, 9], dtype=np.int32)[columns["unit"]]
    if data.draw(st.booleans()):
        columns["unit"] = columns["basis"].astype(np.int8) % 6
    if data.draw(st.booleans()):
        columns["choice"] = columns["valid_from"].copy()
    layout, tables = lay_out(columns, {"quantity_per_year_min": ("quantity_min", "unit", factors)})
    found = Columns(layout, tables, rows)
    assert {name: (c.dtype, c.tobytes()) for name, c in found.items()} == {
        name: (c.dtype, c.tobytes()) for name, c in columns.items()
    }
    assert all(found[name] is found[name] and not found[name].flags.writeable for name in found)


def test_what_follows_is_not_kept() -> None:
    number = np.arange(1000)
    units = (number % 3 - 1).astype(np.int8)
    amounts = np.sqrt(number)
    factors = np.array([2.0, 12.0, np.nan])
    columns: dict[str, Column] = {
        "unit": units, "quantity_min": amounts, "quantity_max": amounts.copy(), "choice": number.astype(np.int32),
        "quantity_per_year_min": amounts * factors[units], "base_unit": np.array([7, 9, -1])[units],
        "confidence": np.full(1000, np.nan), "share_min": np.where(number % 7, np.nan, 0.25),
        "valid_from": number.astype(np.int32) % 9,
    }  # fmt: skip
    layout, tables = lay_out(columns, {"quantity_per_year_min": ("quantity_min", "unit", factors)})
    assert layout == {
        "unit": {}, "quantity_max": {}, "quantity_min": {"same": "quantity_max"}, "choice": {},
        "quantity_per_year_min": {"times": "quantity_min", "by": "unit"}, "base_unit": {"by": "unit"},
        "confidence": {"constant": "000000000000f87f", "type": "<f8"}, "share_min": {"coded": "values"},
        "valid_from": {},
    }  # fmt: skip
    assert sum(table.nbytes for table in tables.values()) == 1000 * (1 + 8 + 4 + 1 + 4) + 24 + 24 + 16


def test_values_are_counted_over_all_rows() -> None:
    late = np.arange(100_000) % 5000 + (np.arange(100_000) > 90_000) * 0.5
    many = np.append(np.zeros(40_000), np.sqrt(np.arange(60_000)))  # few in the beginning, too many after it
    layout, tables = lay_out({"share_min": late, "value_min": many}, {})
    assert layout == {"share_min": {"coded": "values"}, "value_min": {}}
    assert tables["claims.share_min.codes"].dtype == np.int16
    assert np.array_equal(Columns(layout, tables, 100_000)["share_min"], late)


@pytest.mark.parametrize(("terms", "kind"), [(127, np.int8), (128, np.int16), (32_767, np.int16), (32_768, np.int32)])
def test_term_columns_are_as_narrow_as_the_terms_allow(terms: int, kind: type) -> None:
    column = narrow("status", np.array([-1, terms - 1], dtype=np.int32), terms)
    assert column.dtype == kind
    assert column.tolist() == [-1, terms - 1]


def test_groups_and_points_are_dictionaries() -> None:
    groups = Groups(np.array([0, 1, 1, 1, 3, 3], dtype=np.int32), np.array([4, 1, 2], dtype=np.int32))
    assert dict(groups) == {0: (4,), 3: (1, 2)}
    assert (groups.get(1, ()), groups.get(3), len(groups), 1 in groups) == ((), (1, 2), 2, False)
    points = Points.pack({2: Point(lat=48.5, lon=44.5, uncertainty_km=15.0)}, 4)
    assert dict(points) == {2: Point(lat=48.5, lon=44.5, uncertainty_km=15.0)}
    assert (points.get(0), len(points), 2 in points, 3 in points) == (None, 1, True, False)
    for mapping in (groups, points):
        with pytest.raises(KeyError):
            mapping[9]


def test_a_snapshot_is_the_same_after_taking_it_apart(demo_graph: Graph) -> None:
    built = demo_graph.live.view().snapshot.built
    content = unflatten(Content, "content", built.tables)
    again = dict(flatten("content", content))
    assert again.keys() == {name for name in built.tables if name.startswith("content.")}
    assert all(again[name] is built.tables[name] for name in again)
