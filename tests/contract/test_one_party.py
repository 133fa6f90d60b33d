"""Merging and splitting by hand: the same in every store, and deciding back leaves nothing behind."""

from __future__ import annotations

import random

import pytest

from graph_service.errors import BadInput
from graph_service.store.dump import dump_hash
from graph_service.store.port import GraphStore
from loaders.by_hand import Edit
from loaders.one_party import merge, split
from tests.contract.material import ARTICLE, EXTRACT, Claim, claim, described, ids, key, load, rich

WHY = Edit(editor="anna", note="one tax number in both registers")
FACTS = (
    described("A", label="Company"),
    described("B", label="Company"),
    described("C", label="Company"),
    claim("SUPPLIES", "A", "x", product="p"),
    claim("SUPPLIES", "B", "x", product="p", document=EXTRACT),
    claim("OWNS", "C", "A"),
)


def _place(store: GraphStore, fact: Claim) -> tuple[str, str | None]:
    (found,) = store.claims(ids(fact))
    return found.from_id, found.to_id


def test_a_merge_moves_claims_and_a_split_puts_them_back(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    before = dump_hash(store)
    done = merge(store, key("A"), key("B"), WHY)
    assert (done.entity, done.withdrawn) == (key("B"), ())
    assert store.scan().redirects == {key("A"): key("B")}
    assert _place(store, FACTS[3]) == (key("B"), key("x"))
    assert _place(store, FACTS[5]) == (key("C"), key("B"))
    (said,) = store.claims([str(done.claim)])
    assert (said.fields["note"], said.fields["review"]) == (WHY.note, "confirmed")
    merged = dump_hash(store)
    apart = split(store, key("A"), WHY)
    assert (apart.entity, apart.claim, apart.withdrawn) == (key("A"), None, (done.claim,))
    assert store.scan().redirects == {}
    assert dump_hash(store) == before
    merge(store, key("A"), key("B"), WHY)
    assert dump_hash(store) == merged


def test_what_files_made_one_is_split_for_good_and_merged_again(store: GraphStore) -> None:
    tie = described("strong", same_as=["weak"])
    fact = claim("SUPPLIES", "weak", "x")
    load(store, "facts", fact, tie)
    before = dump_hash(store)
    done = split(store, key("weak"), WHY)
    assert (done.entity, done.withdrawn) == (key("weak"), ())
    assert _place(store, fact) == (key("weak"), key("x"))
    load(store, "again", fact, tie, claim("SUPPLIES", "weak", "y"))
    load(store, "another file says so too", described("strong", document=EXTRACT, same_as=["weak"]))
    assert store.scan().redirects == {}
    store.undo(store.loads()[-1].load_id, "tests")
    store.undo(store.loads()[-3].load_id, "tests")
    again = merge(store, key("weak"), key("strong"), WHY)
    assert (again.entity, again.claim, again.withdrawn) == (key("strong"), None, (done.claim,))
    assert dump_hash(store) == before


def test_the_better_key_stays_whatever_the_merge_was_called(store: GraphStore) -> None:
    load(store, "facts", claim("SUPPLIES", "weak", "x"), described("strong", same_as=["weak"]))
    split(store, key("weak"), WHY)
    assert merge(store, key("strong"), key("weak"), WHY).entity == key("strong")


def test_of_several_ties_only_those_of_the_one_who_leaves_are_given_up(store: GraphStore) -> None:
    # A local key, tied to a tax number directly and by way of a registration number.
    ties = described("inn", same_as=["ogrn", "key"]), described("ogrn", document=EXTRACT, same_as=["key"])
    load(store, "facts", claim("SUPPLIES", "key", "x"), claim("SUPPLIES", "ogrn", "x"), *ties)
    assert store.scan().redirects == {key("key"): key("inn"), key("ogrn"): key("inn")}
    split(store, key("key"), WHY)
    assert store.scan().redirects == {key("ogrn"): key("inn")}


def test_merges_in_a_row_and_their_splits_in_any_order(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    before = dump_hash(store)
    merge(store, key("A"), key("B"), WHY)
    merge(store, key("A"), key("C"), WHY)  # what is one goes together
    assert store.scan().redirects == {key("A"): key("C"), key("B"): key("C")}
    split(store, key("B"), WHY)
    assert store.scan().redirects == {key("A"): key("B")}
    split(store, key("A"), WHY)
    assert dump_hash(store) == before


def test_a_merge_against_a_file_that_says_the_reverse_keeps_one_id(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    merge(store, key("A"), key("B"), WHY)
    load(store, "reverse", described("A", document=EXTRACT, same_as=["B"]))
    stays, leaves = sorted((key("A"), key("B")))
    assert store.scan().redirects == {leaves: stays}
    assert split(store, leaves, WHY).entity == leaves
    assert store.scan().redirects == {}
    merge(store, leaves, stays, WHY)
    assert store.scan().redirects == {leaves: stays}


def test_a_person_is_believed_before_a_register(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    merge(store, key("A"), key("B"), WHY)
    load(store, "register", described("C", document=EXTRACT, same_as=["A"]))
    assert store.scan().redirects == {key("A"): key("B")}
    split(store, key("A"), WHY)  # now the register's word counts
    assert store.scan().redirects == {key("A"): key("C")}


def test_undoing_a_decision_and_undoing_that(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    before = dump_hash(store)
    done = merge(store, key("A"), key("B"), WHY)
    merged = dump_hash(store)
    undo = store.undo(done.load.load_id, "tests")
    assert dump_hash(store) == before
    store.undo(undo.load_id, "tests")
    assert dump_hash(store) == merged
    apart = split(store, key("A"), WHY)
    undo = store.undo(apart.load.load_id, "tests")
    assert dump_hash(store) == merged
    store.undo(undo.load_id, "tests")
    assert dump_hash(store) == before
    merge(store, key("A"), key("B"), WHY)
    assert dump_hash(store) == merged


def test_a_merge_withdrawn_for_good_can_still_be_decided_anew(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    first = merge(store, key("A"), key("B"), WHY)
    from loaders.by_hand import retract

    retract(store, str(first.claim), WHY)
    assert store.scan().redirects == {}
    assert merge(store, key("A"), key("B"), WHY).claim != first.claim
    assert store.scan().redirects == {key("A"): key("B")}


def test_nonsense_is_refused_and_leaves_no_load(store: GraphStore) -> None:
    load(store, "facts", *FACTS)
    merge(store, key("A"), key("B"), WHY)
    before = dump_hash(store), store.loads()
    with pytest.raises(BadInput, match="are one already"):
        merge(store, key("A"), key("B"), WHY)
    with pytest.raises(BadInput, match="are one already"):
        merge(store, key("C"), key("C"), WHY)
    with pytest.raises(BadInput, match="was not merged"):
        split(store, key("B"), WHY)
    with pytest.raises(BadInput, match="note is required"):
        split(store, key("A"), Edit(editor="anna", note=" "))
    assert (dump_hash(store), store.loads()) == before


@pytest.mark.parametrize("seed", range(3))
def test_deciding_back_and_forth_leaves_the_graph_as_it_was(store: GraphStore, seed: int) -> None:
    chance = random.Random(seed)
    names = ("Завод", "Фирма", "Каустик", "caustic", "Холдинг", "Институт", "A", "B", "b")
    ties = described("B", same_as=["b"], document=EXTRACT), described("A", same_as=["B"], document=ARTICLE)
    load(store, "facts", *rich(), *ties, claim("SUPPLIES", "b", "A"), claim("SUPPLIES", "B", "Завод"))
    decided = 0
    for _ in range(6):
        before = dump_hash(store)
        leads = dict(store.scan().redirects)
        one, other = chance.sample([key(name) for name in names], 2)
        if leads.get(one, one) != leads.get(other, other):
            done = merge(store, one, other, WHY)
            after = dump_hash(store)
            assert after != before
            if done.claim is None:
                continue
            split(store, leads.get(one, one), WHY)
            assert (dump_hash(store), dict(store.scan().redirects)) == (before, leads)
            merge(store, one, other, WHY)
            assert dump_hash(store) == after
        elif one in leads:
            split(store, one, WHY)
            after = dump_hash(store)
            assert store.scan().redirects.get(one) != leads[one]
            merge(store, one, leads[one], WHY)
            assert (dump_hash(store), dict(store.scan().redirects)) == (before, leads)
            split(store, one, WHY)
            assert dump_hash(store) == after
        else:
            continue
        decided += 1
    assert decided >= 2
