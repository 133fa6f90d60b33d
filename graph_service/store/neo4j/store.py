"""The store for production: a Neo4j server, reached by the official driver."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph_service.domain.claims import ClaimBatch, Document, Source
from graph_service.domain.clocks import Version
from graph_service.errors import NotFound, StoreUnavailable
from graph_service.store.neo4j import loads, reads
from graph_service.store.neo4j.adopt import adopt
from graph_service.store.neo4j.connection import Connection
from graph_service.store.neo4j.documents import read_documents, read_sources
from graph_service.store.neo4j.links import Links
from graph_service.store.neo4j.lock import WriterLock
from graph_service.store.neo4j.place import read_ties
from graph_service.store.neo4j.schema import migrate
from graph_service.store.neo4j.writes import Writer
from graph_service.store.port import Load, LoadRequest, Scan, StoredClaim, Written
from graph_service.store.settle import Tie


class Neo4jStore:
    """A ``GraphStore`` on a Neo4j server, which also keeps plain links, labels and names for people.

    Args:
        uri: any Bolt address: ``neo4j://host:7687``, ``bolt+s://…``.
        user: ``neo4j`` where left out; not used without a password.
        password: None for a server that asks for none.
        database: None for the server's own default.
        may_be_down: a server that does not answer yet is no error before it is needed.

    Raises:
        StoreUnavailable: no server answers there.
        BadSettings: it refuses the user or password.
        StoreNewer: its graph was written by a newer program.
    """

    def __init__(
        self,
        uri: str,
        *,
        user: str | None = None,
        password: str | None = None,
        database: str | None = None,
        may_be_down: bool = False,
    ) -> None:
        self.uri = uri
        self._connection = Connection(uri, user=user, password=password, database=database)
        self._lock = WriterLock(self._connection)
        self._links = Links(self._connection, self._lock)
        self._writer: tuple[int, Writer] | None = None
        self._is_migrated = False
        try:
            self.migrate()
        except StoreUnavailable:
            if not may_be_down:
                self._connection.close()
                raise
        except BaseException:
            self._connection.close()
            raise

    def migrate(self) -> None:
        """See ``GraphStore.migrate``."""
        migrate(self._connection)
        self._is_migrated = True

    def _have_schema(self) -> None:
        """A server that was down when the store was opened is brought up to date when it is first spoken to."""
        if not self._is_migrated:
            self.migrate()

    def version(self) -> Version:
        """See ``GraphStore.version``."""
        self._have_schema()
        return reads.read_version(self._connection)

    def versions(self) -> list[Version]:
        """See ``GraphStore.versions``."""
        self._have_schema()
        rows = self._connection.read("read/versions")
        return [Version(number=row["number"], committed_at=row["committed_at"]) for row in rows]

    def signal(self) -> str:
        """The driver's bookmark: it moves with every commit, whoever made it."""
        self._have_schema()
        return self._connection.bookmark()

    def begin(self, request: LoadRequest) -> Load:
        """See ``GraphStore.begin``."""
        return self._begin(request)

    def _begin(self, request: LoadRequest, undoes: int | None = None) -> Load:
        self._have_schema()
        self._lock.acquire(request.holder)
        try:
            load = loads.begin(self._connection, self._lock, request, undoes)
            self._writer = (load.load_id, Writer(self._connection, self._lock, load.load_id, load.version))
        except BaseException:
            self._lock.release()
            raise
        return load

    def write(self, load: Load, batch: ClaimBatch) -> Written:
        """See ``GraphStore.write``; a batch of more than 10 000 claims takes several transactions."""
        assert self._writer is not None, "begin() comes before write()"
        assert self._writer[0] == load.load_id, "another load has begun since"
        return self._writer[1].write(batch)

    def retract(self, load: Load, claim_ids: Sequence[str]) -> int:
        """See ``GraphStore.retract``."""
        with self._connection.transaction() as transaction:
            self._lock.renew(transaction)
            rows = transaction.run(
                "write/withdraw_claims",
                ids=list(claim_ids),
                version=load.version,
                for_good=load.request.mode == "hand",
            )
        return int(rows[0]["withdrawn"])

    def complete(self, load: Load, *, rows_rejected: int = 0) -> Load:
        """See ``GraphStore.complete``; also draws the links that the load has changed."""
        finished = loads.complete(self._connection, self._lock, load, rows_rejected)
        self._links.refresh()
        self._lock.release()
        return finished

    def release(self) -> None:
        """See ``GraphStore.release``."""
        self._lock.release()

    def drop(self, load_id: int) -> None:
        """See ``GraphStore.drop``."""
        self._lock.acquire("zveno load drop")
        try:
            loads.drop(self._connection, self._lock, load_id)
            self._links.refresh()  # documents that it brought stay, newer than before
        finally:
            self._lock.release()

    def undo(self, load_id: int, holder: str) -> Load:
        """See ``GraphStore.undo``."""
        found = [load for load in self.loads() if load.load_id == load_id and load.state == "complete"]
        if not found:
            raise NotFound(f"load {load_id} is not a completed load: see zveno loads", parameter="load")
        undone = found[0]
        request = LoadRequest(
            format=undone.request.format, dataset=undone.request.dataset, mode="undo",
            fingerprint=f"undo:{load_id}", holder=holder, files=undone.request.files,
        )  # fmt: skip
        load = self._begin(request, undoes=load_id)
        try:
            finished = loads.undo(self._connection, self._lock, load, undone)
            self._links.refresh()
            return finished
        finally:
            self._lock.release()

    def loads(self) -> list[Load]:
        """See ``GraphStore.loads``."""
        found = loads.read_loads(self._connection)
        if all(load.state != "running" for load in found) or not self._lock.is_free():
            return found
        # Read again: it may have been completed between the two looks.
        found = loads.read_loads(self._connection)
        return [replace(load, state="cut off") if load.state == "running" else load for load in found]

    def scan(self, since: int = 0) -> Scan:
        """See ``GraphStore.scan``."""
        return reads.scan(self._connection, since)

    def claims(self, claim_ids: Iterable[str], fields: Collection[str] | None = None) -> list[StoredClaim]:
        """See ``GraphStore.claims``."""
        return reads.read_claims(self._connection, claim_ids, fields)

    def ties(self) -> list[Tie]:
        """See ``GraphStore.ties``."""
        return list(read_ties(self._connection))

    def documents(self, document_ids: Iterable[str] | None = None) -> list[Document]:
        """See ``GraphStore.documents``."""
        return read_documents(self._connection, document_ids)

    def sources(self) -> list[Source]:
        """See ``GraphStore.sources``."""
        return read_sources(self._connection)

    def refresh_links(self, holder: str) -> None:
        """Draw what the calendar has begun or ended since links were drawn last; cheap, meant for every day.

        Raises:
            WriterBusy: somebody is writing.
        """
        self._lock.acquire(holder)
        try:
            self._links.refresh()
        finally:
            self._lock.release()

    def refresh_all(self, holder: str = "zveno neo4j refresh") -> None:
        """Draw every label, name and link anew from the claims.

        Raises:
            WriterBusy: somebody is writing.
        """
        self._lock.acquire(holder)
        try:
            self._links.refresh_all()
        finally:
            self._lock.release()

    def adopt(self) -> Load | None:
        """Take what was drawn by hand in Browser for claims, in a load of its own; None if there is nothing.

        Raises:
            WriterBusy: somebody is writing; what was drawn waits.
            UnfinishedLoad: a load was cut off and must be continued or dropped first.
        """
        return adopt(self, self._connection, self._lock)

    def run_question(self, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """See ``CypherServer.run_question``."""
        return [row.data() for row in self._connection.stream(f"questions/{name}", **parameters)]

    def close(self) -> None:
        """See ``GraphStore.close``."""
        try:
            self._lock.release()
        finally:
            self._connection.close()
