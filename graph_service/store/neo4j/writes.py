"""Writing batches to Neo4j: the claims not seen before are created in columns, the others only noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from graph_service.domain.claims import ClaimBatch, identify
from graph_service.domain.schema import FIELD, TIES
from graph_service.store.neo4j.attributes import flatten
from graph_service.store.neo4j.connection import Connection, Transaction
from graph_service.store.neo4j.documents import Documents
from graph_service.store.neo4j.lock import WriterLock
from graph_service.store.neo4j.observations import observation
from graph_service.store.neo4j.place import hang, mark_moving, moved_ids, read_placement, wanted_placement
from graph_service.store.neo4j.schema import PROPERTIES
from graph_service.store.port import Written

CLAIMS_PER_TRANSACTION = 10_000
"""A server limits the memory of one transaction; a claim with its properties takes about 10 KB of it."""

_OWN = ("claim_id", "link", "document_id", "source_rank", "published_on", "last_seen")
_TIES = [f'"{name}"' for name in TIES]
_DAY = pl.duration(days=1)


class Writer:
    """Writes the batches of one load."""

    def __init__(self, connection: Connection, lock: WriterLock, load_id: int, version: int) -> None:
        self._connection = connection
        self._lock = lock
        self._load = load_id
        self._version = version
        self._documents = Documents()
        self._entities: set[str] = set()
        self._used = set(connection.read("read/meta")[0]["used"])
        self._placement = read_placement(connection)
        self._is_placement_stale = True

    def write(self, batch: ClaimBatch) -> Written:
        """Write the batch, in several transactions if it is large.

        A claim_id that is in use is not written again: if live, it is noted as stated by this load too; if a person
        has withdrawn it, it stays withdrawn.
        """
        claims = identify(batch.claims).unique("claim_id", keep="first", maintain_order=True)
        if self._is_placement_stale:
            self._anticipate()
        written = Written()
        for position, part in enumerate(claims.iter_slices(CLAIMS_PER_TRANSACTION)):
            written += self._write_part(part, batch if position == 0 else None)
        if claims.is_empty():
            self._write_part(claims, batch)
        self._is_placement_stale = bool(
            claims.select(((pl.col("type") == "OPERATES") | pl.col("attributes").str.contains_any(_TIES)).any()).item()
        )
        return written

    def _anticipate(self) -> None:
        """Hang claims where this load will make them belong, as far as it has come, so that few are moved later."""
        after = wanted_placement(self._connection)
        moved = moved_ids(self._placement, after)
        if moved:
            with self._connection.transaction() as transaction:
                self._lock.renew(transaction)
                mark_moving(transaction, self._placement, after, moved)
        self._placement = after
        self._is_placement_stale = False

    def _write_part(self, claims: pl.DataFrame, batch: ClaimBatch | None) -> Written:
        try:
            return self._write_in_transaction(claims, batch)
        except BaseException:  # what was believed to be written is not
            self._entities, self._documents = set(), Documents()
            raise

    def _write_in_transaction(self, claims: pl.DataFrame, batch: ClaimBatch | None) -> Written:
        with self._connection.transaction() as transaction:
            self._lock.renew(transaction)
            changed = [] if batch is None else self._documents.write(transaction, batch.sources, batch.documents)
            fresh, written = self._sort_out(transaction, claims)
            self._create(transaction, fresh)
            used = {s.name for s in fresh.iter_columns() if s.null_count() < len(s)} - self._used
            if written.known or used or changed:
                transaction.run(
                    "write/note_batch", load=self._load, known=written.known, used=sorted(used), documents=changed
                )
        self._used |= used
        return written

    def _sort_out(self, transaction: Transaction, claims: pl.DataFrame) -> tuple[pl.DataFrame, Written]:
        """The claims whose ids are not in use; those in use are noted."""
        ids = _by_type(claims)
        rows = transaction.run("read/known_claims", ids=ids, load=self._load)
        if not rows:
            return claims, Written(new=len(claims))
        is_withdrawn = {row["claim_id"]: row["retracted"] for row in rows}
        unnoted = [row["claim_id"] for row in rows if not row["retracted"] and not row["stated"]]
        noted = 0
        if unnoted:
            again = claims.filter(pl.col("claim_id").is_in(unnoted))
            noted = transaction.run("write/note_known", ids=_by_type(again), load=self._load)[0]["noted"]
        fresh = claims.filter(~pl.col("claim_id").is_in(list(is_withdrawn)))
        return fresh, Written(new=len(fresh), known=noted, kept_retracted=sum(is_withdrawn.values()))

    def _create(self, transaction: Transaction, claims: pl.DataFrame) -> None:
        if claims.is_empty():
            return
        claims = self._completed(transaction, claims)
        self._create_nodes(transaction, claims)
        described = claims.filter(pl.col("type") == "DESCRIBED_IN")
        others = claims.filter(pl.col("type") != "DESCRIBED_IN")
        if not others.is_empty():
            names = ("type", "start", "end", *_OWN, *(field.name for field in PROPERTIES))
            columns = {name: _listed(others[name]) for name in names}
            transaction.run("write/create_claims", **columns, version=self._version, load=self._load)
        if not described.is_empty():
            rows = [_description(row) for row in described.iter_rows(named=True)]
            transaction.run("write/create_descriptions", rows=rows, version=self._version, load=self._load)

    def _completed(self, transaction: Transaction, claims: pl.DataFrame) -> pl.DataFrame:
        documents = claims["document_id"].unique().to_list()
        about = self._documents.about(transaction, documents)
        ranks = {key: rank for key, (rank, _) in about.items()}
        dates = {key: published for key, (_, published) in about.items()}
        claims = claims.with_columns(
            hang(claims, self._placement),
            source_rank=pl.col("document_id").replace_strict(ranks, return_dtype=pl.Int64),
            published_on=pl.col("document_id").replace_strict(dates, return_dtype=pl.Date),
        )
        return claims.with_columns(
            last_seen=pl.max_horizontal("valid_from", pl.col("period_to") - _DAY, "published_on")
        )

    def _create_nodes(self, transaction: Transaction, claims: pl.DataFrame) -> None:
        alone = claims.filter(pl.col("to_raw").is_null())
        ends = claims.filter(pl.col("to_raw").is_not_null())["end"]
        ids = pl.concat([claims["start"], ends, claims["from_raw"], claims["to_raw"], claims["product"]])
        unseen = set(ids.drop_nulls().unique().to_list()) - self._entities
        if unseen:
            transaction.run("write/ensure_entities", ids=sorted(unseen), version=self._version)
            self._entities |= unseen
        figures = alone.filter(pl.col("type") != "DESCRIBED_IN")
        if not figures.is_empty():
            rows = [observation(row) for row in figures.iter_rows(named=True)]
            transaction.run("write/create_observations", rows=rows)


def _by_type(claims: pl.DataFrame) -> dict[str, list[str]]:
    return {str(key[0]): part["claim_id"].to_list() for key, part in claims.group_by("type")}


def _listed(column: pl.Series) -> list[object] | None:
    """The values as they travel; None where no claim states any."""
    if column.null_count() == len(column):
        return None
    return (column.cast(pl.String) if column.dtype == pl.Date else column).to_list()


def _description(row: Mapping[str, object]) -> dict[str, object]:
    stated = {
        name: value for name, value in row.items() if name in FIELD and name != "attributes" and value is not None
    }
    text = row["attributes"]
    assert text is None or isinstance(text, str)
    claim = {name: row[name] for name in _OWN} | stated | flatten(text, stated)
    del claim["type"]
    return {
        "start": row["start"],
        "end": row["end"],
        "claim": {name: str(value) if isinstance(value, date) else value for name, value in claim.items()},
    }
