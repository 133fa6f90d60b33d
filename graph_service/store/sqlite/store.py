"""The embedded store: one SQLite file through apsw.

No other SQLite library may open the file in this process: POSIX locks do not work between two copies of SQLite
inside one process, and the second one deletes the live WAL.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import apsw

from graph_service.domain.claims import ClaimBatch, Document, Source
from graph_service.domain.clocks import Version
from graph_service.errors import NotFound, StoreUnavailable
from graph_service.store.port import Load, LoadRequest, Scan, StoredClaim, Written
from graph_service.store.settle import Tie
from graph_service.store.sqlite import loads, reads
from graph_service.store.sqlite.lock import WriterLock
from graph_service.store.sqlite.place import read_ties
from graph_service.store.sqlite.schema import migrate
from graph_service.store.sqlite.writes import Writer

_PRAGMAS = """
PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF;
PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -131072; PRAGMA temp_store = FILE;
"""


class SqliteStore:
    """A ``GraphStore`` in one file; each thread has a connection of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.uri = f"sqlite:///{path}"
        self._lock = WriterLock(path.with_name(path.name + ".lock"))
        self._threads = threading.local()
        self._opened: list[apsw.Connection] = []
        self._writer: tuple[int, Writer] | None = None
        self.migrate()

    def _connection(self, flags: int = apsw.SQLITE_OPEN_READWRITE) -> apsw.Connection:
        connection: apsw.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            try:
                connection = apsw.Connection(str(self.path), flags=flags)
                connection.execute(_PRAGMAS)
            except apsw.Error as problem:
                raise StoreUnavailable(f"{self.uri} cannot be opened: {problem}") from problem
            self._threads.connection = connection
            self._opened.append(connection)
        return connection

    def migrate(self) -> None:
        """See ``GraphStore.migrate``."""
        # Only here may a file be made: one that is moved away later is a store that does not answer, not an empty one.
        migrate(self._connection(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE), self.uri)

    def version(self) -> Version:
        """See ``GraphStore.version``."""
        return loads.read_version(self._connection())

    def versions(self) -> list[Version]:
        """See ``GraphStore.versions``."""
        rows = self._connection().execute("SELECT number, committed_at FROM version ORDER BY number")
        return [Version(number=number, committed_at=time) for number, time in rows]

    def signal(self) -> str:
        """The version: whatever is visible moves it."""
        return str(self.version().number)

    def begin(self, request: LoadRequest) -> Load:
        """See ``GraphStore.begin``."""
        self._lock.acquire(request.holder)
        try:
            load = loads.begin(self._connection(), request)
        except BaseException:
            self._lock.release()
            raise
        self._writer = (load.load_id, Writer(self._connection(), load.load_id, load.version))
        return load

    def write(self, load: Load, batch: ClaimBatch) -> Written:
        """See ``GraphStore.write``."""
        assert self._writer is not None, "begin() comes before write()"
        assert self._writer[0] == load.load_id, "another load has begun since"
        return self._writer[1].write(batch)

    def retract(self, load: Load, claim_ids: Sequence[str]) -> int:
        """See ``GraphStore.retract``."""
        return loads.retract(self._connection(), load, claim_ids)

    def complete(self, load: Load, *, rows_rejected: int = 0) -> Load:
        """See ``GraphStore.complete``."""
        finished = loads.complete(self._connection(), load, rows_rejected)
        self._lock.release()
        return finished

    def release(self) -> None:
        """See ``GraphStore.release``."""
        self._lock.release()

    def drop(self, load_id: int) -> None:
        """See ``GraphStore.drop``."""
        self._lock.acquire("zveno load drop")
        try:
            loads.drop(self._connection(), load_id)
        finally:
            self._lock.release()

    def undo(self, load_id: int, holder: str) -> Load:
        """See ``GraphStore.undo``."""
        found = loads.read_loads(self._connection(), "WHERE id = ? AND state = 'complete'", (load_id,))
        if not found:
            raise NotFound(f"load {load_id} is not a completed load: see zveno loads", parameter="load")
        undone = found[0]
        request = LoadRequest(
            format=undone.request.format, dataset=undone.request.dataset, mode="undo",
            fingerprint=f"undo:{load_id}", holder=holder, files=undone.request.files,
        )  # fmt: skip
        self._lock.acquire(holder)
        try:
            load = loads.begin(self._connection(), request, undoes=load_id)
            return loads.undo(self._connection(), load, undone)
        finally:
            self._lock.release()

    def adopt(self) -> Load | None:
        """Nobody writes past the loads here."""
        return None

    def loads(self) -> list[Load]:
        """See ``GraphStore.loads``."""
        found = loads.read_loads(self._connection())
        if all(load.state != "running" for load in found) or not self._lock.is_free():
            return found
        # Read again: it may have been completed between the two looks.
        found = loads.read_loads(self._connection())
        return [replace(load, state="cut off") if load.state == "running" else load for load in found]

    def scan(self, since: int = 0) -> Scan:
        """See ``GraphStore.scan``."""
        return reads.scan(self._connection(), since)

    def claims(self, claim_ids: Iterable[str], fields: Collection[str] | None = None) -> list[StoredClaim]:
        """See ``GraphStore.claims``."""
        return reads.read_claims(self._connection(), claim_ids, fields)

    def ties(self) -> list[Tie]:
        """See ``GraphStore.ties``."""
        return list(read_ties(self._connection()))

    def documents(self, document_ids: Iterable[str] | None = None) -> list[Document]:
        """See ``GraphStore.documents``."""
        return reads.read_documents(self._connection(), document_ids)

    def sources(self) -> list[Source]:
        """See ``GraphStore.sources``."""
        return reads.read_sources(self._connection())

    def close(self) -> None:
        """See ``GraphStore.close``."""
        self._lock.release()
        for connection in self._opened:
            connection.close()
        self._opened.clear()
