"""What a snapshot is made of: texts, ids and columns in arrays give back what was put in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.graph import Graph
from graph_service.snapshot.claim_ids import ClaimIds, NewestRows
from graph_service.snapshot.columns import lay_in, lay_out, narrow
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
    packed = RowTexts(rows, Texts.pack(texts[row] for row in rows.tolist()))
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


COLUMN = st.sampled_from([np.int8, np.int32, np.float64]).flatmap(
    lambda kind: st.lists(st.sampled_from([0, 1, 7]) if kind != np.float64 else st.sampled_from([np.nan, 0.0, -0.0, 1.5]),
                          min_size=4, max_size=4).map(lambda values: np.array(values, dtype=kind))
)  # fmt: skip


@given(st.dictionaries(st.sampled_from("abcdefgh"), COLUMN))
def test_columns_come_back_bit_for_bit(columns: dict[str, np.ndarray]) -> None:
    layout, tables = lay_out(columns)
    found = lay_in(layout, tables, 4)
    assert {name: (c.dtype, c.tobytes()) for name, c in found.items()} == {
        name: (c.dtype, c.tobytes()) for name, c in columns.items()
    }
    assert len(tables) <= len({(c.dtype, c.tobytes()) for c in columns.values()})
    assert not any(np.unique(c.view(np.uint8).reshape(4, -1), axis=0).shape[0] == 1 for c in tables.values())


@pytest.mark.parametrize(("terms", "kind"), [(127, np.int8), (128, np.int16), (32_767, np.int16), (32_768, np.int32)])
def test_term_columns_are_as_narrow_as_the_terms_allow(terms: int, kind: type) -> None:
    column = narrow("status", np.array([-1, terms - 1], dtype=np.int32), terms)
    assert column.dtype == kind
    assert column.tolist() == [-1, terms - 1]


def test_groups_and_points_are_dictionaries() -> None:
    groups = Groups.pack({3: (1, 2), 0: (4,)}, 5)
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
