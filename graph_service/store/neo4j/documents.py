"""Sources and documents: which state of one wins, so that the order of loading does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from graph_service.domain.claims import Document, Source
from graph_service.store.neo4j.connection import Connection, Transaction

_SHOWN = ("title", "url", "published_on")  # what claims and links repeat of a document
_KEPT = ("title", "url", "retrieved_on", "published_on", "licence", "language", "sha256", "text")


class Documents:
    """The sources and documents that a load names, as the graph has them."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._documents: dict[str, Document] = {}
        self._written: dict[str, Document] = {}

    def write(self, transaction: Transaction, sources: Sequence[Source], documents: Sequence[Document]) -> list[str]:
        """Write what is new or newer; returns the ids of known documents whose claims must follow the change."""
        unseen = [d for d in documents if self._written.get(d.document_id) != d]
        named = {s.source_id for s in sources} | {d.source_id for d in unseen}
        if named - self._sources.keys():
            self._sources = {s.source_id: s for s in read_sources(transaction)}
        ranks = {s.source_id: s.rank for s in self._sources.values()}
        self._write_sources(transaction, sources)
        reranked = {s for s, rank in ranks.items() if self._sources[s].rank != rank}
        changed = self._write_documents(transaction, unseen)
        self._written |= {d.document_id: d for d in unseen}
        if reranked:
            changed |= {d.document_id for d in read_documents(transaction, None) if d.source_id in reranked}
        return sorted(changed)

    def _write_sources(self, transaction: Transaction, sources: Sequence[Source]) -> None:
        rows = {}
        for source in sources:
            known = self._sources.get(source.source_id)
            # The better rank and the later licence win.
            if known is not None:
                licences = [text for text in (known.licence, source.licence) if text is not None]
                source = Source(
                    source_id=source.source_id,
                    name=known.name,
                    rank=min(known.rank, source.rank),
                    licence=max(licences, default=None),
                )
            if source != known:
                self._sources[source.source_id] = source
                rows[source.source_id] = source
        transaction.run(
            "write/write_sources",
            rows=[{"id": s.source_id, "name": s.name, "rank": s.rank, "licence": s.licence} for s in rows.values()],
        )

    def _write_documents(self, transaction: Transaction, documents: Sequence[Document]) -> set[str]:
        unknown = [d.document_id for d in documents if d.document_id not in self._documents]
        if unknown:
            self._documents |= {d.document_id: d for d in read_documents(transaction, unknown)}
        rows, changed = {}, set()
        for document in documents:
            known = self._documents.get(document.document_id)
            # A later retrieval is a new version of the document; equal ones are settled by what they hold.
            if known is None or _order(document) > _order(known):
                if known is not None and any(getattr(known, name) != getattr(document, name) for name in _SHOWN):
                    changed.add(document.document_id)
                self._documents[document.document_id] = document
                rows[document.document_id] = _row(document)
        transaction.run("write/write_documents", rows=list(rows.values()))
        return changed

    def about(self, transaction: Transaction, document_ids: Iterable[str]) -> Mapping[str, tuple[int, date | None]]:
        """Rank of the source and date of publication for each document."""
        unknown = [key for key in document_ids if key not in self._documents]
        if unknown:
            self._documents |= {d.document_id: d for d in read_documents(transaction, unknown)}
        missing = [key for key in document_ids if key not in self._documents]
        assert not missing, f"claims name documents that nobody has written: {missing[:3]}"
        if any(self._documents[key].source_id not in self._sources for key in document_ids):
            self._sources = {s.source_id: s for s in read_sources(transaction)}
        found = {key: self._documents[key] for key in document_ids}
        return {key: (self._sources[d.source_id].rank, d.published_on) for key, d in found.items()}


def _order(document: Document) -> tuple[Any, ...]:
    first = date.min
    return (
        document.retrieved_on or first,
        document.sha256 or "",
        document.title or "",
        document.url or "",
        document.published_on or first,
    )


def _row(document: Document) -> dict[str, object]:
    kept = {name: getattr(document, name) for name in _KEPT}
    properties = {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}
    properties |= {"key": document.key, "name": document.title or document.url or document.key}
    return {"id": document.document_id, "source": document.source_id, "properties": properties}


def read_sources(reader: Connection | Transaction) -> list[Source]:
    """All sources, ordered by id."""
    rows = reader.read("read/sources") if isinstance(reader, Connection) else reader.run("read/sources")
    return [Source(source_id=r["id"], name=r["name"], rank=r["rank"], licence=r["licence"]) for r in rows]


def read_documents(reader: Connection | Transaction, ids: Iterable[str] | None) -> list[Document]:
    """These documents, or all, ordered by id; texts only where ids are given."""
    run = reader.read if isinstance(reader, Connection) else reader.run
    wanted = None if ids is None else sorted(set(ids))
    return [_document(row) for row in run("read/documents", ids=wanted, texts=wanted is not None)]


def _document(row: Mapping[str, Any]) -> Document:
    found = dict(row["properties"])
    for name in ("published_on", "retrieved_on"):
        found[name] = None if found.get(name) is None else date.fromisoformat(found[name])
    return Document(document_id=row["id"], source_id=row["source"], **found)
