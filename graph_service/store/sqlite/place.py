"""Hang claims where merging puts them (store/settle.py), touching only what moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apsw
import orjson

from graph_service.domain.schema import TRADE_TYPES
from graph_service.store.settle import Placement, Tie, settle

# The rule of chosen values: review, then rank of the source, newest publication, confidence, claim_id.
_TIES = """
SELECT r.text, s.rank, coalesce(d.published_on, -1000000), c.confidence, lower(hex(c.claim_id)), e.entity_id,
       json_extract(c.attributes, '$.same_as', '$.other_than')
FROM claim c JOIN term ty ON ty.id = c.type AND ty.text = 'DESCRIBED_IN' JOIN term r ON r.id = c.review
JOIN document d ON d.id = c.document JOIN source s ON s.id = d.source JOIN entity e ON e.id = c.from_raw
WHERE c.retracted IS NULL AND json_extract(c.attributes, '$.same_as', '$.other_than') <> '[null,null]'
"""
_OPERATES = """
SELECT f.entity_id, t.entity_id
FROM claim c JOIN term ty ON ty.id = c.type AND ty.text = 'OPERATES' JOIN term st ON st.id = c.status
JOIN entity f ON f.id = c.from_raw JOIN entity t ON t.id = c.to_raw
WHERE c.retracted IS NULL AND st.text = 'actual' AND c.valid_to IS NULL
"""
_REVIEW_ORDER = {"confirmed": 0, "asserted": 1, "disputed": 2}


def read_placement(connection: apsw.Connection) -> Placement:
    """The placement as it is stored."""
    rows: list[Any] = connection.execute(
        "SELECT entity_id, merged_into, unit FROM entity WHERE merged_into IS NOT NULL OR unit IS NOT NULL"
    ).fetchall()
    return Placement(
        redirects={entity: merged for entity, merged, _ in rows if merged},
        units={entity: unit for entity, _, unit in rows if unit},
    )


def read_ties(connection: apsw.Connection) -> Iterator[Tie]:
    """The live descriptions that say who is one, and who is not."""
    for review, rank, published, confidence, claim_id, entity, said in connection.execute(_TIES):
        same_as, other_than = orjson.loads(said)
        yield Tie(
            claim_id=claim_id,
            order=(_REVIEW_ORDER[review], rank, -published, -confidence, claim_id),
            entity_id=entity,
            same_as=tuple(same_as or ()),
            other_than=tuple(other_than or ()),
        )


def place_claims(connection: apsw.Connection) -> None:
    """Compute the placement from the claims and move what is not where it belongs."""
    operates: list[Any] = connection.execute(_OPERATES).fetchall()
    wanted = settle(read_ties(connection), operates)
    current = read_placement(connection)
    known = {row[0] for row in connection.execute("SELECT entity_id FROM entity")}
    changed = [
        entity
        for entity in {*wanted.redirects, *current.redirects, *wanted.units, *current.units}
        if entity in known
        and (wanted.redirects.get(entity), wanted.units.get(entity))
        != (current.redirects.get(entity), current.units.get(entity))
    ]
    # An id that leads to a moved id moves with it.
    moved = {
        *changed,
        *(raw for raw, end in {**current.redirects, **wanted.redirects}.items() if end in changed),
    }
    moved &= known
    connection.executemany(
        "INSERT OR IGNORE INTO entity (entity_id) VALUES (?)",
        [(target,) for target in {*wanted.redirects.values(), *wanted.units.values()} if target not in known],
    )
    connection.executemany(
        "UPDATE entity SET merged_into = ?, unit = ? WHERE entity_id = ?",
        [(wanted.redirects.get(entity), wanted.units.get(entity), entity) for entity in moved],
    )
    trade = {row[0] for row in connection.execute("SELECT id, text FROM term") if row[1] in TRADE_TYPES}
    trade_list = ", ".join(str(key) for key in sorted(trade)) or "NULL"
    for entity in sorted(moved):
        for end, raw in (("f", "from_raw"), ("t", "to_raw")):
            places = {current.place(entity, kind) for kind in ("SUPPLIES", "OWNS")} | {entity}
            for condition, kind in (
                (f"type IN ({trade_list})", "SUPPLIES"),
                (f"type NOT IN ({trade_list})", "OWNS"),
            ):
                connection.execute(
                    f"UPDATE claim SET {end} = (SELECT id FROM entity WHERE entity_id = ?) "
                    f"WHERE {end} IN (SELECT id FROM entity WHERE entity_id IN ({', '.join('?' * len(places))})) "
                    f"AND {raw} = (SELECT id FROM entity WHERE entity_id = ?) AND {condition}",
                    (wanted.place(entity, kind), *sorted(places), entity),
                )
