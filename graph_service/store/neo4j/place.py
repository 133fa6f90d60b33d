"""Where claims hang in the graph: on the nodes that merging leads to (store/settle.py).

The placement is what counts; the position of a relationship in the graph only shows it. A completing load changes
the placement in its one transaction, and what hangs elsewhere is moved afterwards, in batches, before links are drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

import polars as pl

from graph_service.domain.schema import RELATION_TYPES
from graph_service.store.neo4j.connection import Connection, Transaction
from graph_service.store.settle import Placement, Tie, settle

_REVIEW_ORDER = {"confirmed": 0, "asserted": 1, "disputed": 2}
_EPOCH = date(1970, 1, 1)
_SYMMETRIC = [relation.name for relation in RELATION_TYPES if relation.symmetric]
_BATCH = 10_000


def read_placement(reader: Connection | Transaction, ids: Collection[str] | None = None) -> Placement:
    """The placement as it is stored: all of it, or as far as it concerns some ids."""
    wanted = None if ids is None else sorted(set(ids))
    run = reader.read if isinstance(reader, Connection) else reader.run
    rows = run("read/placement", ids=wanted)
    return Placement(
        redirects={row["id"]: row["merged_into"] for row in rows if row["merged_into"]},
        units={row["id"]: row["unit_id"] for row in rows if row["unit_id"]},
    )


def read_ties(connection: Connection) -> Iterator[Tie]:
    """The live descriptions that say who is one, and who is not; those of a running load among them."""
    for row in connection.stream("read/ties"):
        yield Tie(
            claim_id=row["claim_id"],
            order=(
                _REVIEW_ORDER[row["review"]],
                row["rank"],
                -_days(row["published_on"]),
                -row["confidence"],
                row["claim_id"],
            ),
            entity_id=row["entity"],
            same_as=tuple(row["same_as"]),
            other_than=tuple(row["other_than"]),
        )


def wanted_placement(connection: Connection) -> Placement:
    """The placement that the claims call for, those of a running load among them."""
    operates = [(row["company"], row["plant"]) for row in connection.stream("read/operates")]
    return settle(read_ties(connection), operates)


def _days(published_on: str | None) -> int:
    return -1_000_000 if published_on is None else (date.fromisoformat(published_on) - _EPOCH).days


def hang(claims: pl.DataFrame, placement: Placement) -> pl.DataFrame:
    """``start`` and ``end`` node and the key of the ``link`` for each claim.

    A claim without an object ends at its document (a description) or at an observation of its own. A symmetric
    relation begins at the smaller id, so that "A with B" and "B with A" speak of one link.
    """
    placed = placement.place_columns(claims).with_columns(claims.select("claim_id", "document_id", "type", "product"))
    product = pl.col("product").replace(placement.redirects) if placement.redirects else pl.col("product")
    alone = pl.when(pl.col("type") == "DESCRIBED_IN").then(pl.col("document_id")).otherwise(pl.col("claim_id"))
    is_turned = pl.col("type").is_in(_SYMMETRIC) & pl.col("to_id").is_not_null() & (pl.col("from_id") > pl.col("to_id"))
    placed = placed.with_columns(end=pl.coalesce("to_id", alone))
    placed = placed.with_columns(
        start=pl.when(is_turned).then("end").otherwise("from_id"),
        end=pl.when(is_turned).then("from_id").otherwise("end"),
        product=product.fill_null(""),
    )
    return placed.select("start", "end", link=pl.concat_str("start", "type", "end", "product", separator="|"))


def mark_moving(transaction: Transaction, before: Placement, after: Placement, ids: Collection[str]) -> None:
    """Note, for ids whose place changes, which nodes their claims may still hang on."""
    rows = [
        {"id": raw, "left": sorted({raw, *(p.place(raw, kind) for p in (before, after) for kind in _KINDS)})}
        for raw in sorted(ids)
    ]
    for start in range(0, len(rows), _BATCH):
        transaction.run("write/mark_moving", rows=rows[start : start + _BATCH])


_KINDS = ("SUPPLIES", "OWNS")  # one relation type that moves to the plant, one that stays


def moved_ids(before: Placement, after: Placement) -> set[str]:
    """The ids whose claims belong elsewhere now."""
    ids = {*before.redirects, *after.redirects, *before.units, *after.units}
    changed = {
        raw
        for raw in ids
        if (before.redirects.get(raw), before.units.get(raw)) != (after.redirects.get(raw), after.units.get(raw))
    }
    # An id that leads to a moved id moves with it.
    leading = {raw for raw, end in [*before.redirects.items(), *after.redirects.items()] if end in changed}
    return changed | leading


def store_placement(
    transaction: Transaction, before: Placement, after: Placement, ids: Sequence[str], version: int
) -> None:
    """Write the placement down for these ids; the nodes they lead to are made where they are missing."""
    targets = {target for raw in ids for kind in _KINDS if (target := after.place(raw, kind)) != raw}
    transaction.run("write/ensure_entities", ids=sorted(targets), version=version)
    rows = [
        {"id": raw, "merged_into": after.redirects.get(raw), "unit_id": after.units.get(raw)}
        for raw in ids
        if (before.redirects.get(raw), before.units.get(raw)) != (after.redirects.get(raw), after.units.get(raw))
    ]
    for start in range(0, len(rows), _BATCH):
        transaction.run("write/store_placement", rows=rows[start : start + _BATCH])
