"""Writing batches to SQLite: texts become integers, one transaction a batch, a claim already there is only noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
import polars as pl

from graph_service.domain.claims import ClaimBatch, Document, Source, identify
from graph_service.store.port import Written
from graph_service.store.sqlite.place import read_placement
from graph_service.store.sqlite.schema import STORED

_COLUMNS = ("id", "claim_id", "taken", "document", "f", "t", *(field.name for field in STORED), "recorded", "load")
_INSERT = (
    f"INSERT INTO claim ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))}) "
    "ON CONFLICT (claim_id) WHERE taken = 1 DO NOTHING"
)


class Dictionary:
    """Texts of a dictionary table and their integer keys; only texts not seen before go to the table."""

    def __init__(self, connection: apsw.Connection, table: str, column: str) -> None:
        self._connection = connection
        self._insert = f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)"
        self._select = f"SELECT id FROM {table} WHERE {column} = ?"
        self.keys: dict[str, int] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Make sure that each text has a key."""
        unseen = [(text,) for text in texts if text not in self.keys]
        self._connection.executemany(self._insert, unseen)
        for (text,) in unseen:
            row = self._connection.execute(self._select, (text,)).fetchone()
            assert row is not None
            self.keys[text] = row[0]


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
        connection = self._connection
        with connection:
            self._write_documents(batch.sources, batch.documents)
            (next_id,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM claim").fetchone() or (1,)
            columns = self._columns(claims, next_id)
            before = connection.total_changes()
            connection.executemany(_INSERT, zip(*columns, strict=True))
            new = connection.total_changes() - before
            if new == len(claims):
                return Written(new=new)
            ids = [(bytes.fromhex(claim_id),) for claim_id in claims["claim_id"].to_list()]
            return self._note_known(ids, new)

    def _note_known(self, ids: Sequence[tuple[bytes]], new: int) -> Written:
        before = self._connection.total_changes()
        self._connection.executemany(
            "INSERT OR IGNORE INTO claim_load (claim, load) SELECT id, ?2 FROM claim "
            "WHERE claim_id = ?1 AND taken = 1 AND retracted IS NULL AND load <> ?2",
            [(claim_id, self._load) for (claim_id,) in ids],
        )
        known = self._connection.total_changes() - before
        kept = sum(
            1
            for claim_id in ids
            if self._connection.execute(
                "SELECT 1 FROM claim WHERE claim_id = ? AND taken = 1 AND retracted IS NOT NULL", claim_id
            ).fetchone()
        )
        return Written(new=new, known=known, kept_retracted=kept)

    def _columns(self, claims: pl.DataFrame, next_id: int) -> list[Iterable[object]]:
        size = len(claims)
        placed = self._placement.place_columns(claims)
        for column in (claims["from_raw"], claims["to_raw"], claims["product"], placed["from_id"], placed["to_id"]):
            self._entities.learn(column.drop_nulls().unique().to_list())
        coded: dict[str, Iterable[object]] = {}
        for field in STORED:
            column = claims[field.name]
            if field.kind == "ref":
                coded[field.name] = self._coded(column, self._entities)
            elif field.kind == "term":
                self._terms.learn(column.drop_nulls().unique().to_list())
                coded[field.name] = self._coded(column, self._terms)
            elif field.kind in ("date", "flag"):
                coded[field.name] = column.cast(pl.Int32).to_list()
            else:
                coded[field.name] = column.to_list()
        documents = claims["document_id"].replace_strict(self._documents, return_dtype=pl.Int64).to_list()
        return [
            range(next_id, next_id + size),
            map(bytes.fromhex, claims["claim_id"].to_list()),
            [1] * size,
            documents,
            self._coded(placed["from_id"], self._entities),
            self._coded(placed["to_id"], self._entities),
            *(coded[field.name] for field in STORED),
            [self._version] * size,
            [self._load] * size,
        ]

    @staticmethod
    def _coded(column: pl.Series, dictionary: Dictionary) -> list[object]:
        if column.null_count() == len(column):
            return [None] * len(column)
        keys = dictionary.keys
        return [None if text is None else keys[text] for text in column.to_list()]

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
