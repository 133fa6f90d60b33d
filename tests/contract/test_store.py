"""What every store promises (graph_service/store/port.py): one suite for SQLite and both versions of Neo4j."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import orjson
import polars as pl
import pytest

from graph_service.domain.claims import frame, identify
from graph_service.domain.schema import FIELDS
from graph_service.errors import NotFound, UnfinishedLoad, WriterBusy
from graph_service.store.dump import canonical_dump, dump_hash
from graph_service.store.port import GraphStore, Load, Written
from tests.contract.conftest import OpenStore
from tests.contract.material import (
    ARTICLE,
    EXTRACT,
    NEWS,
    REGISTER,
    UNDATED,
    batch,
    claim,
    decoded,
    described,
    ids,
    key,
    live,
    load,
    request,
    retract,
    rich,
)

A = claim("SUPPLIES", "a", "b", product="p")
B = claim("SUPPLIES", "a", "c", product="p")
C = claim("OWNS", "a", "c", document=EXTRACT)
D = claim("HAS", "a", kind="Jobs", count_min=5.0)

# Every declared field at once; `derived` ones follow from the others.
FULL = claim(
    "SUPPLIES", "a", "b", document=EXTRACT, product="p", kind="k", role="r", basis="rate", quantity_min=0.1,
    quantity_max=123456789012345.0, capacity_min=1.0, capacity_max=2.0, unit="t/month", value_min=-5.5, value_max=1e15,
    currency="RUB", buyer_share_min=0.0, buyer_share_max=1.0, sales_share_min=0.25, sales_share_max=0.3, share_min=0.5,
    share_max=0.51, count_min=30.0, count_max=31.0, seq=0, essential=True, complete=False, substitutable=True,
    scope="две очереди из трёх", valid_from=date(1899, 12, 31), valid_to=date(2999, 1, 1), period_from=date(2016, 2, 29),
    period_to=date(2017, 1, 1), status="planned", record="№ 1 | «x»", quote="Ёлки,\n\t\"палки\" 'и' \\ 😀", char_start=0,
    char_end=17, dates="29.02.2016–2016", note="заметка", row="f.xlsx, лист 1, строка 7", confidence=0.75,
    review="disputed", how="inferred", method="test 1",
)  # fmt: skip


def _stated(row: dict[str, object]) -> dict[str, object]:
    (claim,) = identify(frame([row])).to_dicts()
    derived = {field.name for field in FIELDS if field.derived}
    return {f.name: claim[f.name] for f in FIELDS if claim[f.name] is not None and f.name not in derived}


# --- claims


def test_an_empty_store_has_nothing(store: GraphStore) -> None:
    assert store.version().number == 0
    assert (store.versions(), store.loads(), store.documents(), store.sources()) == ([], [], [], [])
    assert store.scan().claims.is_empty()
    assert store.claims(["00" * 16]) == []
    assert list(canonical_dump(store)) == []


def test_every_field_comes_back_as_it_was_stated(store: GraphStore) -> None:
    assert {f.name for f in FIELDS if not f.derived} - _stated(FULL).keys() == {"attributes"}
    load(store, "one", FULL, A)
    (found, other) = store.claims([*ids(FULL), "11" * 16, *ids(A)])
    assert found.fields == _stated(FULL)
    assert [type(found.fields[name]) for name in ("seq", "essential", "quantity_min", "valid_from")] == [
        int, bool, float, date,
    ]  # fmt: skip
    assert (found.claim_id, found.document_id) == (ids(FULL)[0], EXTRACT.document_id)
    assert (found.from_id, found.to_id) == (key("a"), key("b"))
    assert (found.recorded, found.retracted, found.loads) == (1, None, (1,))
    assert other.fields == _stated(A)


@pytest.mark.parametrize(
    "text",
    [
        '{"lat":48.7070042,"label":"Plant","lon":44,"name":"Завод «Ёж»","same_as":["a","b"]}',
        '{"currency":"RUB","kind":"works","name":"x","revenue":1.5,"unit":"t"}',
        '{"population":5,"revenue":5.0}',
        '{"lon":44.0, "name":"spaced"}',
        '{"name":"x","nested":{"a":[1,2]}}',
        '{"name":null}',
        '{"name":true,"same_as":[]}',
        '{"unheard_of":"kept"}',
        "{}",
    ],
)
def test_attributes_come_back_to_the_letter(store: GraphStore, text: str) -> None:
    load(store, "one", claim("DESCRIBED_IN", "a", attributes=text))
    scanned = decoded(store.scan())
    assert scanned["attributes"].to_list() == [text]
    (found,) = store.claims(scanned["claim_id"].to_list())
    assert found.fields["attributes"] == text
    assert not {"kind", "unit", "currency"} & found.fields.keys()


def test_a_description_may_also_state_fields_of_the_same_name(store: GraphStore) -> None:
    rows = [
        claim("DESCRIBED_IN", "a", attributes='{"kind":"works"}', kind="other"),
        claim("DESCRIBED_IN", "b", kind="alone", unit="t"),
        claim("DESCRIBED_IN", "c"),
    ]
    load(store, "one", *rows)
    assert [found.fields for found in store.claims(ids(*rows))] == [_stated(row) for row in rows]
    kinds = decoded(store.scan()).select("attributes", "kind", "unit").rows()
    assert sorted(kinds, key=str) == sorted(
        [('{"kind":"works"}', "other", None), (None, "alone", "t"), (None, None, None)], key=str
    )


def test_a_scan_holds_all_and_leaves_long_texts_out(store: GraphStore) -> None:
    rows = [*rich(), FULL]
    load(store, "one", *rows)
    scan = store.scan()
    wanted = identify(frame(rows)).sort("claim_id")
    found = decoded(scan)
    assert found["claim_id"].to_list() == wanted["claim_id"].to_list()
    names = [name for name in wanted.columns if name in found.columns and name not in ("claim_id", "from", "to")]
    assert {"value_per_year_min", "quantity_per_year_max", "base_unit", "attributes", "scope"} <= set(names)
    assert found.select(names).equals(wanted.select(names))
    assert not {"quote", "note", "row", "dates", "method", "char_start", "char_end"} & set(scan.claims.columns)
    assert list(scan.entities) == sorted(scan.entities)
    assert list(scan.documents) == sorted(scan.documents)
    assert dict(zip(found["document"], found.select("source_rank", "published_on").rows(), strict=True)) == {
        EXTRACT.document_id: (1, EXTRACT.published_on),
        ARTICLE.document_id: (3, ARTICLE.published_on),
        UNDATED.document_id: (3, None),
    }


# --- loads


def test_a_batch_is_counted_and_a_repeated_load_leaves_no_trace(store: GraphStore) -> None:
    finished, written = load(store, "one", A, B, A)
    assert written == Written(new=2)
    assert (finished.version, finished.claims_new, finished.state) == (1, 2, "complete")
    again, written = load(store, "one", A, B)
    assert written == Written(known=2)
    assert (again.claims_new, again.claims_known) == (0, 2)
    assert [each.load_id for each in store.loads()] == [1]
    assert [each.loads for each in store.claims(ids(A))] == [(1,)]
    more, written = load(store, "two", A, B, C)
    assert written == Written(new=1, known=2)
    assert (more.version, more.claims_known) == (2, 2)
    assert [each.loads for each in store.claims(ids(A, C))] == [(1, 2), (2,)]
    same, _ = load(store, "three", A)
    assert same.version == 2, "nothing new: the version stays"
    assert [(each.load_id, each.version) for each in store.loads()] == [(1, 1), (2, 2), (3, 0)]
    assert store.loads()[1] == replace(more, finished_at=store.loads()[1].finished_at)


def test_versions_and_their_times_strictly_increase(store: GraphStore) -> None:
    for name, row in (("one", A), ("two", B), ("three", C)):
        load(store, name, row)
    versions = store.versions()
    assert [v.number for v in versions] == [1, 2, 3]
    assert store.version() == versions[-1]
    times = [v.committed_at for v in versions]
    assert times == sorted(set(times))


def test_a_running_load_is_seen_by_nobody(open_store: OpenStore) -> None:
    writer, reader = open_store(), open_store()
    load(writer, "one", A)
    before = dump_hash(reader)
    running = writer.begin(request("two", dataset="one", mode="full"))
    writer.write(running, batch(B))
    assert reader.version().number == 1
    assert reader.scan().claims.height == 1
    assert dump_hash(reader) == before
    writer.complete(running)
    assert live(reader) == ids(B)


def test_the_signal_moves_with_commits_only(open_store: OpenStore) -> None:
    writer, reader = open_store(), open_store()
    first = reader.signal()
    reader.scan()
    reader.documents()
    assert reader.signal() == first
    load(writer, "one", A)
    assert reader.signal() != first


def test_a_full_load_retracts_what_its_data_set_no_longer_states(store: GraphStore) -> None:
    load(store, "old", A, B, C, dataset="x")
    load(store, "other", C)
    finished, _ = load(store, "new", A, D, dataset="x", mode="full")
    assert (finished.claims_new, finished.claims_known, finished.claims_retracted) == (1, 1, 1)
    assert live(store) == sorted(ids(A, C, D))
    assert [(c.recorded, c.retracted) for c in store.claims(ids(B))] == [(1, 2)]
    load(store, "back", B, dataset="x")
    assert [(c.recorded, c.retracted) for c in store.claims(ids(B))] == [(3, None)]
    history = decoded(store.scan()).filter(pl.col("claim_id") == ids(B)[0])
    assert history.select("recorded", "retracted").rows() == [(1, 2), (3, None)]


def test_what_a_person_withdrew_is_not_said_again(store: GraphStore) -> None:
    load(store, "one", A, B)
    withdrawn = retract(store, "hand", A)
    assert (withdrawn.claims_retracted, withdrawn.version) == (1, 2)
    _, written = load(store, "two", A, B, C)
    assert written == Written(new=1, known=1, kept_retracted=1)
    assert live(store) == sorted(ids(B, C))
    (found,) = store.claims(ids(A))
    assert (found.recorded, found.retracted) == (1, 2)
    running = store.begin(request("again", mode="hand"))
    assert store.retract(running, [*ids(A), "00" * 16]) == 0
    store.complete(running)


def test_a_correction_by_hand_is_one_load(store: GraphStore) -> None:
    load(store, "one", A)
    running = store.begin(request("hand", mode="hand"))
    store.write(running, batch(B))
    assert store.retract(running, ids(A)) == 1
    finished = store.complete(running)
    assert (finished.claims_new, finished.claims_retracted) == (1, 1)
    store.undo(finished.load_id, "tests")
    assert live(store) == ids(A)


# --- undo


def test_undo_retracts_what_no_other_load_states(store: GraphStore) -> None:
    first, _ = load(store, "one", A, B)
    load(store, "two", B, C)
    undone = store.undo(first.load_id, "tests")
    assert (undone.claims_retracted, undone.undoes, undone.request.mode) == (1, first.load_id, "undo")
    assert live(store) == sorted(ids(B, C))
    assert [each.state for each in store.loads()] == ["undone", "complete", "complete"]
    assert [(c.recorded, c.retracted) for c in store.claims(ids(A))] == [(1, 3)]
    with pytest.raises(NotFound):
        store.undo(first.load_id, "tests")
    with pytest.raises(NotFound):
        store.undo(99, "tests")


def test_undo_of_a_full_load_brings_back_what_it_replaced(store: GraphStore) -> None:
    load(store, "old", A, B, dataset="x")
    before = dump_hash(store)
    finished, _ = load(store, "new", C, dataset="x", mode="full")
    after = dump_hash(store)
    undone = store.undo(finished.load_id, "tests")
    assert (undone.claims_new, undone.claims_retracted) == (2, 1)
    assert dump_hash(store) == before
    store.undo(undone.load_id, "tests")
    assert dump_hash(store) == after
    assert [each.state for each in store.loads()] == ["complete", "complete", "undone", "complete"]


def test_load_undo_load_is_the_graph_of_one_load(store: GraphStore) -> None:
    rows = list(rich())
    first, _ = load(store, "one", *rows)
    once = dump_hash(store)
    store.undo(first.load_id, "tests")
    assert list(canonical_dump(store)) == []
    again, written = load(store, "one", *rows)
    assert written.new == len(rows)
    assert again.version == 3
    assert dump_hash(store) == once


def test_undoing_a_withdrawal_says_the_claim_again(store: GraphStore) -> None:
    load(store, "one", A, B)
    before = dump_hash(store)
    withdrawn = retract(store, "hand", A)
    undone = store.undo(withdrawn.load_id, "tests")
    assert undone.claims_new == 1
    assert dump_hash(store) == before
    store.undo(undone.load_id, "tests")
    assert live(store) == ids(B)


def test_a_withdrawn_claim_is_free_once_no_load_states_it(store: GraphStore) -> None:
    first, _ = load(store, "one", A)
    retract(store, "hand", A)
    store.undo(first.load_id, "tests")
    _, written = load(store, "two", A)
    assert written == Written(new=1)
    assert live(store) == ids(A)


# --- loads that were cut off


def test_a_load_that_was_cut_off_continues(open_store: OpenStore) -> None:
    rows = list(rich())
    store = open_store()
    load(store, "before", A, B)
    begun = store.begin(request("big"))
    store.write(begun, batch(*rows[:10]))
    store.close()
    store = open_store()
    assert [each.state for each in store.loads()] == ["complete", "running"]
    with pytest.raises(UnfinishedLoad, match="zveno load drop 2"):
        store.begin(request("another"))
    resumed = store.begin(request("big"))
    assert (resumed.load_id, resumed.version, resumed.resumed) == (begun.load_id, begun.version, True)
    assert store.write(resumed, batch(*rows)) == Written(new=len(rows) - 10)
    finished = store.complete(resumed)
    assert (finished.version, finished.claims_new) == (2, len(rows))
    assert live(store) == sorted(ids(A, B, *rows))


def test_a_dropped_load_has_never_been(open_store: OpenStore) -> None:
    store = open_store()
    load(store, "old", A, B, dataset="x")
    retract(store, "hand", B)
    before, claims = dump_hash(store), store.claims(ids(A, B))
    running = store.begin(request("new", dataset="x", mode="full"))
    store.write(running, batch(*rich(), A))
    store.retract(running, ids(A))
    store.close()
    store = open_store()
    store.drop(running.load_id)
    assert dump_hash(store) == before
    assert store.claims(ids(A, B)) == claims
    assert store.claims(ids(*rich())) == []
    assert [each.state for each in store.loads()] == ["complete", "complete", "dropped"]
    with pytest.raises(NotFound):
        store.drop(running.load_id)
    finished, written = load(store, "new", *rich(), A, dataset="x")
    assert finished.version == 3
    assert written.known == 1


def test_one_writer_at_a_time(open_store: OpenStore) -> None:
    one, other = open_store(), open_store()
    running = one.begin(request("one", holder="Анна"))
    for attempt in (
        lambda: other.begin(request("two")),
        lambda: other.drop(running.load_id),
        lambda: other.begin(request("one")),
    ):
        with pytest.raises(WriterBusy, match="Анна") as busy:
            attempt()
        assert busy.value.is_retryable
        assert busy.value.extra["holder"] == "Анна"
    one.write(running, batch(A))
    one.complete(running)
    load(other, "two", B)
    running = other.begin(request("three"))
    other.close()
    assert one.begin(request("three")).resumed


# --- merging


def _places(store: GraphStore) -> dict[str, tuple[str, str | None]]:
    return {c.claim_id: (c.from_id, c.to_id) for c in store.claims(live(store))}


def test_a_description_that_ties_keys_merges_and_undo_splits(store: GraphStore) -> None:
    supplies, owns = claim("SUPPLIES", "weak", "b"), claim("OWNS", "c", "weak")
    load(store, "facts", supplies, owns)
    split = _places(store)
    tie, _ = load(store, "tie", described("strong", same_as=["weak", "never heard of"]))
    assert _places(store)[ids(supplies)[0]] == (key("strong"), key("b"))
    assert _places(store)[ids(owns)[0]] == (key("c"), key("strong"))
    assert store.scan().redirects == {key("weak"): key("strong")}
    late, early = claim("SUPPLIES", "d", "weak"), claim("SUPPLIES", "never heard of", "b")
    load(store, "more", late, early)
    assert _places(store)[ids(late)[0]] == (key("d"), key("strong"))
    assert _places(store)[ids(early)[0]] == (key("strong"), key("b"))
    assert decoded(store.scan()).filter(pl.col("claim_id") == ids(late)[0])["to_raw"].to_list() == [key("weak")]
    store.undo(tie.load_id, "tests")
    assert store.scan().redirects == {}
    assert split.items() <= _places(store).items()
    assert _places(store)[ids(late)[0]] == (key("d"), key("weak"))


def test_ties_in_a_row_lead_to_the_last(store: GraphStore) -> None:
    fact = claim("SUPPLIES", "c", "x")
    load(store, "one", fact, described("b", same_as=["c"]))
    assert store.scan().redirects == {key("c"): key("b")}
    load(store, "two", described("a", same_as=["b"]))
    assert store.scan().redirects == {key("c"): key("a"), key("b"): key("a")}
    assert _places(store)[ids(fact)[0]] == (key("a"), key("x"))


def test_of_two_ties_the_better_source_decides(store: GraphStore) -> None:
    fact = claim("SUPPLIES", "w", "x")
    load(store, "one", fact, described("news says", same_as=["w"]))
    assert _places(store)[ids(fact)[0]][0] == key("news says")
    load(store, "two", described("register says", document=EXTRACT, same_as=["w"]))
    assert _places(store)[ids(fact)[0]][0] == key("register says")


def test_a_company_and_its_only_plant_are_one_unit(store: GraphStore) -> None:
    trade, owns, groups = claim("SUPPLIES", "Co", "b"), claim("OWNS", "h", "Co"), claim("NEEDS", "Co", "p")
    load(store, "facts", trade, owns, groups)
    operates, _ = load(store, "operates", claim("OPERATES", "Co", "Plant"))
    assert store.scan().units == {key("Co"): key("Plant")}
    assert _places(store)[ids(trade)[0]] == (key("Plant"), key("b"))
    assert _places(store)[ids(groups)[0]] == (key("Plant"), key("p"))
    assert _places(store)[ids(owns)[0]] == (key("h"), key("Co"))
    second, _ = load(store, "second", claim("OPERATES", "Co", "Plant 2"))
    assert store.scan().units == {}
    assert _places(store)[ids(trade)[0]] == (key("Co"), key("b"))
    store.undo(second.load_id, "tests")
    assert _places(store)[ids(trade)[0]] == (key("Plant"), key("b"))
    store.undo(operates.load_id, "tests")
    assert _places(store)[ids(trade)[0]] == (key("Co"), key("b"))


def test_ended_and_planned_operation_make_no_unit(store: GraphStore) -> None:
    ended, planned = (
        claim("OPERATES", "A", "P", valid_to=date(2020, 1, 1)),
        claim("OPERATES", "B", "Q", status="planned"),
    )
    load(store, "one", ended, planned)
    assert store.scan().units == {}


def test_merged_companies_move_to_the_plant_together(store: GraphStore) -> None:
    fact = claim("SUPPLIES", "weak", "b")
    load(store, "one", fact, described("strong", same_as=["weak"]))
    load(store, "two", claim("OPERATES", "strong", "Plant"))
    assert _places(store)[ids(fact)[0]] == (key("Plant"), key("b"))


# --- documents and sources


def test_documents_and_sources_come_back(store: GraphStore) -> None:
    load(store, "one", *rich())
    assert [d.document_id for d in store.documents()] == sorted(d.document_id for d in (EXTRACT, ARTICLE, UNDATED))
    assert {d.document_id: d for d in store.documents()}[EXTRACT.document_id] == replace(EXTRACT, text=None)
    assert store.documents([EXTRACT.document_id, "d00", EXTRACT.document_id]) == [EXTRACT]
    assert store.sources() == sorted([REGISTER, NEWS], key=lambda source: source.source_id)


def test_a_later_retrieval_is_the_document_whatever_the_order(store: GraphStore) -> None:
    newer = replace(ARTICLE, retrieved_on=date(2026, 1, 1), published_on=date(2024, 5, 5), title=None, text="новый")
    older = replace(ARTICLE, retrieved_on=date(2020, 1, 1), published_on=date(2019, 1, 1), url="http://old")
    load(store, "facts", A)
    for number, version in enumerate((newer, older)):
        running = store.begin(request(f"v{number}"))
        store.write(running, batch(claim("OWNS", "x", f"y{number}"), documents=[version]))
        store.complete(running)
        assert store.documents([ARTICLE.document_id]) == [newer]
        assert decoded(store.scan())["published_on"].unique().to_list() == [newer.published_on]


def test_the_better_rank_and_the_later_licence_of_a_source_win(store: GraphStore) -> None:
    for number, (rank, licence) in enumerate([(4, "b"), (2, None), (3, "a")]):
        running = store.begin(request(f"v{number}"))
        source = replace(NEWS, rank=rank, licence=licence)
        store.write(running, batch(claim("OWNS", "x", f"y{number}"), sources=[source]))
        store.complete(running)
    assert store.sources() == [replace(NEWS, rank=2, licence="b")]
    assert decoded(store.scan())["source_rank"].unique().to_list() == [2]


def test_documents_may_come_before_any_claim(store: GraphStore) -> None:
    running = store.begin(request("one"))
    assert store.write(running, batch(documents=[EXTRACT], sources=[REGISTER])) == Written()
    assert store.write(running, batch(claim("OWNS", "a", "b", document=EXTRACT))) == Written(new=1)
    store.complete(running)
    assert store.documents([EXTRACT.document_id]) == [EXTRACT]


# --- one graph, whatever the order


def test_any_order_and_any_split_give_the_same_graph(open_store: OpenStore) -> None:
    rows = list(rich())
    store = open_store()
    one, _ = load(store, "one", *rows)
    whole = list(canonical_dump(store))
    assert len(whole) == len(rows) + 3 + 2
    assert all(orjson.loads(line) for line in whole)
    store.undo(one.load_id, "tests")
    for number, part in enumerate((rows[20:][::-1], rows[:20])):
        load(store, f"part {number}", *part)
    assert list(canonical_dump(store)) == whole


def _told(finished: Load) -> tuple[object, ...]:
    return (finished.load_id, finished.version, finished.state, finished.claims_new, finished.claims_retracted)


def test_loads_are_told_the_same(store: GraphStore) -> None:
    running = store.begin(request("one", files=("a.csv", "б.csv"), format="table", holder="me"))
    store.write(running, batch(A))
    store.complete(running, rows_rejected=7)
    (found,) = store.loads()
    assert found.request == running.request
    assert (found.rows_rejected, found.undoes, found.resumed, _told(found)) == (
        7,
        None,
        False,
        (1, 1, "complete", 1, 0),
    )
    assert found.started_at <= (found.finished_at or "")
