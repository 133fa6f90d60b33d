"""The SQLite schema, derived from the declaration, and its numbered migrations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from graph_service.domain.schema import FIELDS
from graph_service.errors import StoreNewer, StoreUnavailable

_TYPES = {
    "ref": "INTEGER",
    "term": "INTEGER",
    "text": "TEXT",
    "number": "REAL",
    "integer": "INTEGER",
    "flag": "INTEGER",
    "date": "INTEGER",
}
STORED = tuple(field for field in FIELDS if not field.derived)

_CLAIM = f"""
CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  claim_id BLOB NOT NULL,
  taken INTEGER,
  document INTEGER NOT NULL,
  f INTEGER NOT NULL,
  t INTEGER,
  {", ".join(f"{field.name} {_TYPES[field.kind]}" for field in STORED)},
  recorded INTEGER NOT NULL,
  retracted INTEGER,
  load INTEGER NOT NULL
) STRICT
"""

MIGRATIONS: tuple[str, ...] = (
    # 1: claims in one wide table, integer keys, texts in dictionaries. `taken` is 1 while the claim_id is in use:
    # cleared when a load is undone (it may be said again), kept when a person withdraws a claim (it may not).
    f"""
    {_CLAIM};
    CREATE UNIQUE INDEX claim_by_claim_id ON claim (claim_id) WHERE taken = 1;
    CREATE INDEX claim_by_t ON claim (t, type);
    CREATE INDEX claim_by_f ON claim (f, type);
    CREATE TABLE entity (id INTEGER PRIMARY KEY, entity_id TEXT NOT NULL UNIQUE, merged_into TEXT, unit TEXT) STRICT;
    CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE source (
      id INTEGER PRIMARY KEY, source_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, rank INTEGER NOT NULL, licence TEXT
    ) STRICT;
    CREATE TABLE document (
      id INTEGER PRIMARY KEY, document_id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL REFERENCES source,
      key TEXT NOT NULL, title TEXT, url TEXT, published_on INTEGER, retrieved_on INTEGER, licence TEXT,
      language TEXT, sha256 TEXT, text TEXT
    ) STRICT;
    CREATE TABLE load (
      id INTEGER PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL, format TEXT NOT NULL,
      dataset TEXT NOT NULL, mode TEXT NOT NULL, fingerprint TEXT NOT NULL, holder TEXT NOT NULL, files TEXT NOT NULL,
      started_at TEXT NOT NULL, finished_at TEXT, claims_new INTEGER NOT NULL DEFAULT 0,
      claims_known INTEGER NOT NULL DEFAULT 0, claims_retracted INTEGER NOT NULL DEFAULT 0,
      rows_rejected INTEGER NOT NULL DEFAULT 0, undoes INTEGER
    ) STRICT;
    CREATE TABLE claim_load (claim INTEGER NOT NULL, load INTEGER NOT NULL, PRIMARY KEY (claim, load))
      STRICT, WITHOUT ROWID;
    CREATE TABLE version (number INTEGER PRIMARY KEY, committed_at TEXT NOT NULL) STRICT;
    """,
)


def migrate(connection: apsw.Connection, uri: str) -> None:
    """Apply the migrations that the database lacks, each in one transaction.

    Raises:
        StoreNewer: the database has more migrations than this program knows.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone() or (0,)
    if found > len(MIGRATIONS):
        raise StoreNewer(
            f"{uri} has schema {found}, this program knows {len(MIGRATIONS)}: install the newer Zveno that wrote it"
        )
    for number in range(found, len(MIGRATIONS)):
        connection.execute("BEGIN IMMEDIATE")
        (now,) = connection.execute("PRAGMA user_version").fetchone() or (0,)
        if now == number:
            connection.execute(MIGRATIONS[number])
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute("COMMIT")


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """All or nothing.

    Raises:
        StoreUnavailable: another program kept the file locked for as long as one waits for it; nothing is written.
    """
    try:
        with connection:
            yield
    except apsw.BusyError as problem:
        raise StoreUnavailable("another program keeps the store locked: nothing was written; try again") from problem
