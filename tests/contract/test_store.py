"""What every store promises of claims (graph_service/store/port.py), on SQLite and both versions of Neo4j."""

from __future__ import annotations

from datetime import date

import orjson

from graph_service.domain.claims import frame, identify
from graph_service.domain.schema import FIELDS
from graph_service.store.dump import canonical_dump
from graph_service.store.port import GraphStore, Load
from tests.contract.conftest import OpenStore
from tests.contract.material import (
    ARTICLE,
    EXTRACT,
    UNDATED,
    batch,
    claim,
    decoded,
    ids,
    key,
    load,
    request,
    rich,
)

A = claim("SUPPLIES", "a", "b", product="p")

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


ATTRIBUTES = (
    '{"lat":48.7070042,"label":"Plant","lon":44,"name":"Завод «Ёж»","same_as":["a","b"]}',
    '{"currency":"RUB","kind":"works","name":"x","revenue":1.5,"unit":"t"}',
    '{"population":5,"revenue":5.0}',
    '{"lon":44.0, "name":"spaced"}',
    '{"name":"x","nested":{"a":[1,2]}}',
    '{"name":null}',
    '{"name":true,"same_as":[]}',
    '{"unheard_of":"kept"}',
    "{}",
)


def test_attributes_come_back_to_the_letter(store: GraphStore) -> None:
    rows = [claim("DESCRIBED_IN", f"e{number}", attributes=text) for number, text in enumerate(ATTRIBUTES)]
    load(store, "one", *rows)
    assert sorted(decoded(store.scan())["attributes"].to_list()) == sorted(ATTRIBUTES)
    found = store.claims(ids(*rows))
    assert [each.fields["attributes"] for each in found] == list(ATTRIBUTES)
    assert not {"kind", "unit", "currency"} & {name for each in found for name in each.fields}


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
