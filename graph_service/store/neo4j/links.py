"""The view for people: plain links, labels and names, drawn from the claims in batches after each load.

What they show is noted at the end, so drawing that was cut off is done again by the next writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from graph_service.domain import clocks
from graph_service.store.neo4j.connection import Connection
from graph_service.store.neo4j.lock import WriterLock
from graph_service.store.neo4j.moves import finish_moves, settle_moves

LINKS_PER_TRANSACTION = 5_000
_ENTITIES_PER_TRANSACTION = 2_000
_MANY = 20_000


class Changed:
    """The links and entities that have to be drawn anew, by the keys of links.

    Beyond ``_MANY`` links the keys are forgotten and whole nodes are drawn: they would take more memory than time.
    """

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self.links: dict[str, set[str]] = {}
        self.entities: set[str] = set()
        self._count = 0
        self.add(keys)

    @property
    def is_many(self) -> bool:
        """Whether only the nodes are known where changed links begin."""
        return self._count > _MANY

    def add(self, keys: Iterable[str]) -> None:
        """Add what the links of these keys touch."""
        for key in keys:
            start, relation_type, end, product = key.split("|")
            self.entities.add(start)
            if relation_type == "DESCRIBED_IN":
                continue
            if relation_type != "HAS":
                self.entities.add(end)
            if product:
                self.entities.add(product)
            self._count += 1
            kept = self.links.setdefault(start, set())
            if not self.is_many:
                kept.add(key)


class Links:
    """Draws the links of one store.

    Args:
        connection: to the server.
        lock: of the store; held by whoever calls.
        today: tells the day to show, ISO 8601.
    """

    def __init__(self, connection: Connection, lock: WriterLock, today: Callable[[], str] | None = None) -> None:
        self._connection = connection
        self._lock = lock
        self._today = today or (lambda: clocks.today().isoformat())

    def refresh(self) -> None:
        """Draw what loads and the calendar have changed since links were drawn last."""
        meta = self._connection.read("read/meta")[0]
        version, linked_on, today = meta["version"], meta["linked_on"], self._today()
        documents = meta["documents_changed"]
        changed = Changed(self._redate(documents))
        moved, keys = settle_moves(self._connection, self._lock)
        changed.add(keys)
        changed.entities.update(moved)
        if meta["linked_version"] < version:
            rows = self._connection.stream("read/changed_links", since=meta["linked_version"], until=version)
            changed.add(row["link"] for row in rows)
        if linked_on is not None and linked_on < today:
            rows = self._connection.stream("read/links_by_date", since=linked_on, until=today)
            changed.add(row["link"] for row in rows)
        entities = sorted(changed.entities)
        renamed = self._draw_entities(entities, version)
        if renamed:
            changed.add(row["link"] for row in self._connection.stream("read/links_of_products", ids=renamed))
        if changed.is_many:
            self._draw_starts(sorted(changed.links), version, today)
        else:
            self._draw_links(changed.links, version, today)
        self._mark_roles(entities)
        finish_moves(self._connection, self._lock, moved)
        self._note(version, today, documents)

    def refresh_all(self) -> None:
        """Draw every label, name and link anew."""
        meta = self._connection.read("read/meta")[0]
        version, today = meta["version"], self._today()
        documents = meta["documents_changed"]
        self._redate(documents)
        moved, _ = settle_moves(self._connection, self._lock)
        entities = [row["id"] for row in self._connection.stream("read/link_starts", ids=None)]
        self._draw_entities(entities, version)
        self._draw_starts(entities, version, today)
        self._mark_roles(entities)
        finish_moves(self._connection, self._lock, moved)
        self._note(version, today, documents)

    def _redate(self, documents: Sequence[str]) -> Iterator[str]:
        if documents:
            yield from (row["link"] for row in self._connection.write("write/redate_claims", documents=documents))

    def _draw_entities(self, ids: Sequence[str], version: int) -> list[str]:
        """Labels and properties; returns products that have another name or code now."""
        renamed: list[str] = []
        for start in range(0, len(ids), _ENTITIES_PER_TRANSACTION):
            part = ids[start : start + _ENTITIES_PER_TRANSACTION]
            rows = self._write("write/refresh_entities", ids=part, version=version)
            renamed += [row["id"] for row in rows]
        return renamed

    def _draw_links(self, links: dict[str, set[str]], version: int, today: str) -> None:
        """The links of these keys, by the node where they begin."""
        wanted = [(start, sorted(keys)) for start, keys in sorted(links.items())]
        part: list[dict[str, object]] = []
        size = 0
        for start, keys in wanted:
            for first in range(0, len(keys), LINKS_PER_TRANSACTION):
                some = keys[first : first + LINKS_PER_TRANSACTION]
                if size + len(some) > LINKS_PER_TRANSACTION:
                    self._write("write/refresh_links", links=part, version=version, today=today)
                    part, size = [], 0
                part.append({"start": start, "links": some})
                size += len(some)
        if part:
            self._write("write/refresh_links", links=part, version=version, today=today)

    def _draw_starts(self, ids: Sequence[str], version: int, today: str) -> None:
        """All links that begin at these nodes."""
        part: list[dict[str, object]] = []
        size = 0
        for row in self._connection.read("read/link_starts", ids=ids):
            if row["links"] > LINKS_PER_TRANSACTION:
                keys = {each["link"] for each in self._connection.stream("read/links_of", id=row["id"])}
                self._draw_links({row["id"]: keys}, version, today)
                continue
            if size + row["links"] > LINKS_PER_TRANSACTION:
                self._write("write/refresh_links", links=part, version=version, today=today)
                part, size = [], 0
            part.append({"start": row["id"], "links": None})
            size += row["links"]
        if part:
            self._write("write/refresh_links", links=part, version=version, today=today)

    def _mark_roles(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _ENTITIES_PER_TRANSACTION):
            self._write("write/mark_roles", ids=ids[start : start + _ENTITIES_PER_TRANSACTION])

    def _note(self, version: int, today: str, documents: Sequence[str]) -> None:
        self._write("write/set_linked", version=version, today=today, documents=documents)

    def _write(self, path: str, **parameters: object) -> list[dict[str, str]]:
        with self._connection.transaction() as transaction:
            self._lock.renew(transaction)
            return [row.data() for row in transaction.run(path, **parameters)]
