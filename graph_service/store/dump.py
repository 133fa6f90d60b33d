"""The canonical dump: what is in a graph, whatever the store, the order of loading and the history."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import orjson

from graph_service.store.port import GraphStore

_OF_THE_READING = ("row", "method")
_OF_THE_FILE = ("sha256",)  # a sorted spreadsheet is another file and the same spreadsheet
_BATCH = 10_000


def canonical_dump(store: GraphStore) -> Iterator[str]:
    """Sorted JSON lines of the live claims, without versions, loads and row numbers, then of documents and sources."""
    scan = store.scan()
    live = scan.claims.filter(scan.claims["retracted"].is_null())["claim_id"].unique().sort().to_list()
    named: set[str] = set()
    for start in range(0, len(live), _BATCH):
        for claim in store.claims(live[start : start + _BATCH]):
            named.add(claim.document_id)
            fields = {name: value for name, value in claim.fields.items() if name not in _OF_THE_READING}
            yield _line(
                {
                    "claim": claim.claim_id, "document": claim.document_id, "from": claim.from_id, "to": claim.to_id,
                    **fields,
                }
            )  # fmt: skip
    documents = store.documents(named)
    for document in documents:
        yield _line({name: getattr(document, name) for name in document.__slots__ if name not in _OF_THE_FILE})
    owners = {document.source_id for document in documents}
    for source in store.sources():
        if source.source_id in owners:
            yield _line({name: getattr(source, name) for name in source.__slots__})


def dump_hash(store: GraphStore) -> str:
    """SHA-256 of the canonical dump: equal graphs have equal hashes."""
    digest = sha256()
    for line in canonical_dump(store):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _line(record: dict[str, object]) -> str:
    stated = {name: value for name, value in record.items() if value is not None}
    return orjson.dumps(stated, option=orjson.OPT_SORT_KEYS).decode()
