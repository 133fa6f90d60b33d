"""What every store promises of loads, of undoing them and of those that were cut off."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from graph_service.errors import NotFound, UnfinishedLoad, WriterBusy
from graph_service.store.dump import canonical_dump, dump_hash
from graph_service.store.port import GraphStore, Written
from tests.contract.conftest import OpenStore
from tests.contract.material import (
    EXTRACT,
    batch,
    claim,
    decoded,
    ids,
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


def test_undoing_an_undo_keeps_what_has_been_said_again_meanwhile(store: GraphStore) -> None:
    load(store, "old", A, B, dataset="x")
    full, _ = load(store, "new", C, dataset="x", mode="full")
    undone = store.undo(full.load_id, "tests")
    load(store, "other", A, D, dataset="y")
    store.undo(undone.load_id, "tests")
    assert live(store) == sorted(ids(A, C, D))


def test_undoing_the_undo_of_a_withdrawal_withdraws_for_good(store: GraphStore) -> None:
    load(store, "one", A, B)
    undone = store.undo(retract(store, "hand", A).load_id, "tests")
    load(store, "two", A, C)
    store.undo(undone.load_id, "tests")
    assert live(store) == sorted(ids(B, C))
    _, written = load(store, "three", A, D)
    assert written == Written(new=1, kept_retracted=1)


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
    assert [each.state for each in store.loads()] == ["complete", "cut off"]
    with pytest.raises(UnfinishedLoad, match="zveno load drop 2"):
        store.begin(request("another"))
    resumed = store.begin(request("big"))
    assert [each.state for each in store.loads()] == ["complete", "running"]
    assert [each.state for each in open_store().loads()] == ["complete", "running"]
    assert (resumed.load_id, resumed.version, resumed.resumed) == (begun.load_id, begun.version, True)
    assert store.write(resumed, batch(*rows)) == Written(new=len(rows) - 10)
    finished = store.complete(resumed)
    assert (finished.version, finished.claims_new, finished.resumed) == (2, len(rows), True)
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
