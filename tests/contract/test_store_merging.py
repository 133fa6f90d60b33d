"""What every store promises of entities that are one, and of documents and sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from graph_service.store.port import GraphStore, Written
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
    rich,
)

A = claim("SUPPLIES", "a", "b", product="p")


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
