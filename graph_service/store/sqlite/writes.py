"""Writing batches to SQLite: texts become integers, one transaction a batch, a claim already there is only noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
import orjson
import polars as pl

from graph_service.domain.claims import ClaimBatch, Document, Source, identify
from graph_service.store.port import Written
from graph_service.store.sqlite.place import read_placement
from graph_service.store.sqlite.schema import STORED, transaction

_INSERT = "INSERT INTO claim ({}) VALUES ({}) ON CONFLICT (claim_id) WHERE taken = 1 DO NOTHING"
_AMONG = "claim_id IN (SELECT unhex(value) FROM json_each(?1)) AND taken = 1"


_END_INDEXES = {"claim_by_t": "claim (t, type)", "claim_by_f": "claim (f, type)"}


def drop_end_indexes(connection: apsw.Connection) -> None:
    """Do without the indexes of both ends: a first load is faster if they are built after it."""
    for name in _END_INDEXES:
        connection.execute(f"DROP INDEX IF EXISTS {name}")


def build_end_indexes(connection: apsw.Connection) -> None:
    """Build the indexes of both ends where they are missing."""
    for name, columns in _END_INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")


class Dictionary:
    """Texts of a dictionary table and their integer keys; only texts not seen before go to the table."""

    def __init__(self, connection: apsw.Connection, table: str, column: str) -> None:
        self._connection = connection
        self._last = f"SELECT coalesce(max(id), 0) FROM {table}"
        self._insert = f"INSERT INTO {table} (id, {column}) VALUES (?, ?)"
        self._select = f"SELECT {column}, id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        self.keys: dict[str | None, int] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Make sure that each text has a key."""
        unseen = [text for text in texts if text not in self.keys]
        if not unseen:
            return
        self.keys.update(self._connection.execute(self._select, (orjson.dumps(unseen).decode(),)))
        fresh = sorted(text for text in unseen if text not in self.keys)
        (last,) = self._connection.execute(self._last).fetchone() or (0,)
        numbered = list(enumerate(fresh, start=last + 1))
        self._connection.executemany(self._insert, numbered)
        self.keys.update((text, key) for key, text in numbered)


class Writer:
    """Writes the batches of one load over one connection."""

    def __init__(self, connection: apsw.Connection, load_id: int, version: int) -> None:
        self._connection = connection
        self._load = load_id
        self._version = version
        self._entities = Dictionary(connection, "entity", "entity_id")
        self._terms = Dictionary(connection, "term", "text")
        self._documents: dict[str, int] = {}
        self._placement = read_placement(connection)

    def write(self, batch: ClaimBatch) -> Written:
        """Write the batch in one transaction.

        A claim_id that is in use is not written again: if live, it is noted as stated by this load too; if a person
        has withdrawn it, it stays withdrawn.
        """
        claims = identify(batch.claims).unique("claim_id", keep="first", maintain_order=True)
        # Neighbours in the index go in together, which halves the time of a batch.
        claims = claims.sort("claim_id")
        connection = self._connection
        with transaction(connection):
            self._write_documents(batch.sources, batch.documents)
            if (last := connection.execute("SELECT max(id) FROM claim").fetchone()) == (None,):
                drop_end_indexes(connection)
            columns = self._columns(claims, ((last or (0,))[0] or 0) + 1)
            insert = _INSERT.format(", ".join(columns), ", ".join("?" * len(columns)))
            before = connection.total_changes()
            connection.executemany(insert, zip(*columns.values(), strict=True))
            new = connection.total_changes() - before
            if new == len(claims):
                return Written(new=new)
            return self._note_known(claims["claim_id"].to_list(), new)

    def _note_known(self, claim_ids: Sequence[str], new: int) -> Written:
        ids = orjson.dumps(claim_ids).decode()
        before = self._connection.total_changes()
        self._connection.execute(
            "INSERT OR IGNORE INTO claim_load (claim, load) "
            f"SELECT id, ?2 FROM claim WHERE {_AMONG} AND retracted IS NULL AND load <> ?2",
            (ids, self._load),
        )
        known = self._connection.total_changes() - before
        kept = self._connection.execute(
            f"SELECT count(*) FROM claim WHERE {_AMONG} AND retracted IS NOT NULL", (ids,)
        ).fetchone()
        return Written(new=new, known=known, kept_retracted=kept[0] if kept else 0)

    def _columns(self, claims: pl.DataFrame, next_id: int) -> dict[str, Iterable[object]]:
        """The columns that say something; binding empty ones costs a tenth of the time."""
        size = len(claims)
        ends = {name: self._entity_keys(claims[name]) for name in ("from_raw", "to_raw")}
        placed = ends
        if self._placement.redirects or self._placement.units:
            moved = self._placement.place_columns(claims)
            placed = {"from_raw": self._entity_keys(moved["from_id"]), "to_raw": self._entity_keys(moved["to_id"])}
        columns: dict[str, Iterable[object]] = {
            "id": range(next_id, next_id + size),
            "claim_id": map(bytes.fromhex, claims["claim_id"].to_list()),
            "taken": [1] * size,
            "document": claims["document_id"].replace_strict(self._documents, return_dtype=pl.Int64).to_list(),
            "f": placed["from_raw"],
            "t": placed["to_raw"],
            "recorded": [self._version] * size,
            "load": [self._load] * size,
        }
        for field in STORED:
            column = claims[field.name]
            if column.null_count() == size:
                continue
            if field.kind == "ref":
                columns[field.name] = ends.get(field.name) or self._entity_keys(column)
            elif field.kind == "term":
                terms = column.drop_nulls().unique().to_list()
                self._terms.learn(terms)
                keys = [self._terms.keys[term] for term in terms]
                columns[field.name] = column.replace_strict(terms, keys, default=None, return_dtype=pl.Int64).to_list()
            elif field.kind in ("date", "flag"):
                columns[field.name] = column.cast(pl.Int32).to_list()
            else:
                columns[field.name] = column.to_list()
        return columns

    def _entity_keys(self, column: pl.Series) -> list[object]:
        self._entities.learn(column.drop_nulls().unique().to_list())
        return list(map(self._entities.keys.get, column.to_list()))

    def _write_documents(self, sources: Sequence[Source], documents: Sequence[Document]) -> None:
        keys: dict[str, int] = {}
        for source in sources:
            # The better rank and the later licence win, so that the order of loading does not matter.
            row = self._connection.execute(
                "INSERT INTO source (source_id, name, rank, licence) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (source_id) DO UPDATE SET rank = min(rank, excluded.rank), "
                "licence = coalesce(max(licence, excluded.licence), licence, excluded.licence) RETURNING id",
                (source.source_id, source.name, source.rank, source.licence),
            ).fetchone()
            assert row is not None
            keys[source.source_id] = row[0]
        for document in documents:
            if document.source_id not in keys:
                known = self._connection.execute(
                    "SELECT id FROM source WHERE source_id = ?", (document.source_id,)
                ).fetchone()
                assert known is not None, f"document {document.key} names an unknown source"
                keys[document.source_id] = known[0]
            self._documents[document.document_id] = self._write_document(document, keys[document.source_id])

    def _write_document(self, document: Document, source: int) -> int:
        row = (
            document.document_id,
            source,
            document.key,
            document.title,
            document.url,
            _days(document.published_on),
            _days(document.retrieved_on),
            document.licence,
            document.language,
            document.sha256,
            document.text,
        )
        # A later retrieval is a new version of the document; equal ones are settled by what they hold.
        stored = self._connection.execute(
            "INSERT INTO document (document_id, source, key, title, url, published_on, retrieved_on, licence, language,"
            " sha256, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET "
            "title = excluded.title, url = excluded.url, published_on = excluded.published_on, "
            "retrieved_on = excluded.retrieved_on, licence = excluded.licence, language = excluded.language, "
            "sha256 = excluded.sha256, text = excluded.text "
            "WHERE (coalesce(excluded.retrieved_on, 0), coalesce(excluded.sha256, ''), coalesce(excluded.title, ''), "
            "coalesce(excluded.url, ''), coalesce(excluded.published_on, 0)) > (coalesce(retrieved_on, 0), "
            "coalesce(sha256, ''), coalesce(title, ''), coalesce(url, ''), coalesce(published_on, 0)) RETURNING id",
            row,
        ).fetchone()
        if stored is None:
            stored = self._connection.execute(
                "SELECT id FROM document WHERE document_id = ?", (document.document_id,)
            ).fetchone()
        assert stored is not None
        return int(stored[0])


def _days(day: object) -> int | None:
    return None if day is None else pl.Series([day], dtype=pl.Date).cast(pl.Int32)[0]
