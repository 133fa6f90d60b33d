"""Hanging claims where merging leads to, after the placement has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from graph_service.store.neo4j.connection import Connection
from graph_service.store.neo4j.lock import WriterLock
from graph_service.store.neo4j.place import hang, read_placement

_ENTITIES_AT_ONCE = 200
_MOVES_PER_TRANSACTION = 2_000
_TEXTS = ("element", "type", "claim_id", "document_id", "from_raw", "to_raw", "product", "start", "end", "link")


def settle_moves(connection: Connection, lock: WriterLock) -> tuple[list[str], set[str]]:
    """Move what hangs in the wrong place.

    Returns:
        The entities that moved and the nodes that their claims left or reached; the keys of links to draw anew.
        ``finish_moves`` forgets both, once they are drawn.
    """
    moving = connection.read("read/moving")
    if not moving:
        return [], set()
    placement = read_placement(connection)
    keys = {key for row in moving for key in row["stale"]}
    touched = {place for row in moving for place in (row["id"], *row["left"])}
    for start in range(0, len(moving), _ENTITIES_AT_ONCE):
        part = moving[start : start + _ENTITIES_AT_ONCE]
        rows = connection.read("read/claims_about", rows=[{"id": r["id"], "left": r["left"]} for r in part])
        products = [row["id"] for row in part if row["is_product"]]
        if products:
            rows += connection.read("read/claims_of_products", ids=products)
        for moves in _moves([row.data() for row in rows], placement):
            stale = sorted({key for move in moves for key in (move["link"], move["old"])})
            with connection.transaction() as transaction:
                lock.renew(transaction)
                transaction.run("write/move_claims", rows=moves)
                transaction.run("write/note_stale", id=part[0]["id"], links=stale)
            keys.update(stale)
            touched.update(move[end] for move in moves for end in ("start", "end"))
    return sorted(touched), keys


def _moves(rows: Sequence[Mapping[str, Any]], placement: Any) -> list[list[dict[str, str]]]:
    """The claims that hang elsewhere than they should, with where that is, in batches."""
    claims = pl.DataFrame(rows, schema=dict.fromkeys(_TEXTS, pl.String)).unique("element", maintain_order=True)
    wanted = hang(claims, placement).rename({"start": "new_start", "end": "new_end", "link": "new_link"})
    misplaced = pl.concat([claims, wanted], how="horizontal").filter(
        (pl.col("start") != pl.col("new_start"))
        | (pl.col("end") != pl.col("new_end"))
        | (pl.col("link") != pl.col("new_link"))
    )
    moves = misplaced.select("element", old="link", start="new_start", end="new_end", link="new_link").to_dicts()
    return [moves[i : i + _MOVES_PER_TRANSACTION] for i in range(0, len(moves), _MOVES_PER_TRANSACTION)]


def finish_moves(connection: Connection, lock: WriterLock, ids: Sequence[str]) -> None:
    """Forget the moves of these entities: their claims hang where they belong and their links are drawn."""
    for start in range(0, len(ids), _MOVES_PER_TRANSACTION):
        with connection.transaction() as transaction:
            lock.renew(transaction)
            transaction.run("write/finish_moving", ids=ids[start : start + _MOVES_PER_TRANSACTION])
