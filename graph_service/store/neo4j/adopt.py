"""Relationships drawn by hand in Neo4j Browser become claims, in a load of their own that can be undone."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_service.domain.claims import ClaimBatch, Document, Source, document_id, frame, source_id
from graph_service.domain.clocks import today
from graph_service.errors import BadInput
from graph_service.store.neo4j.connection import Connection
from graph_service.store.neo4j.drawn import SOURCE_NAME, Node, claim_of, descriptions, node_of, product_of
from graph_service.store.neo4j.lock import WriterLock
from graph_service.store.port import GraphStore, Load, LoadRequest

logger = logging.getLogger(__name__)

_RANK = 2  # whoever edits the graph speaks for the office that keeps it
_FINGERPRINT = "links drawn in Neo4j"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """What was drawn and can be adopted."""

    rows: Sequence[Mapping[str, Any]]
    nodes: Sequence[Node]
    claims: Sequence[dict[str, object]]


def adopt(store: GraphStore, connection: Connection, lock: WriterLock) -> Load | None:
    """Take hand-drawn relationships, and the new nodes at their ends, for claims.

    What says something impossible stays as it was drawn, and the log says why.
    """
    rows = connection.read("read/hand_drawn")
    is_cut_off = any(
        load.state in ("running", "cut off") and load.request.fingerprint == _FINGERPRINT for load in store.loads()
    )
    if not is_cut_off and not _drawing(rows, "").claims:
        return None
    holder = "adopting links drawn in Neo4j"
    request = LoadRequest(format="neo4j", dataset=SOURCE_NAME, mode="hand", fingerprint=_FINGERPRINT, holder=holder)
    load = store.begin(request)
    try:
        return _adopt(store, connection, lock, load)
    except BaseException:
        store.release()
        raise


def _adopt(store: GraphStore, connection: Connection, lock: WriterLock, load: Load) -> Load:
    # The time of the load tells these claims from equal ones that were withdrawn, and stays the same when it resumes.
    drawing = _drawing(connection.read("read/hand_drawn"), load.started_at)
    if drawing.claims:
        with connection.transaction() as transaction:
            lock.renew(transaction)
            new = {node.entity: node.element for node in drawing.nodes if node.is_new}
            rows_of_nodes = [{"element": element, "id": entity} for entity, element in sorted(new.items())]
            transaction.run("write/name_nodes", rows=rows_of_nodes)
        store.write(load, _batch(drawing))
        with connection.transaction() as transaction:
            lock.renew(transaction)
            transaction.run(
                "write/erase_drawn",
                relationships=[row["element"] for row in drawing.rows],
                nodes=[node.element for node in drawing.nodes if node.element],
            )
    return store.complete(load)


def _drawing(rows: Sequence[Mapping[str, Any]], record: str) -> _Drawing:
    taken: list[Mapping[str, Any]] = []
    nodes: dict[tuple[str, str], Node] = {}
    claims: list[dict[str, object]] = []
    for row in rows:
        start, end = node_of(row["start"]), node_of(row["end"])
        product = product_of(row)
        try:
            claims.append(claim_of(row, start, end, product.entity if product else None, record))
        except BadInput as problem:
            logger.warning("a link drawn by hand is not adopted: %s", problem.detail)
            continue
        taken.append(row)
        nodes |= {(node.element, node.entity): node for node in (start, end, product) if node is not None}
    return _Drawing(rows=taken, nodes=list(nodes.values()), claims=claims)


def _batch(drawing: _Drawing) -> ClaimBatch:
    day = today()
    source = Source(source_id=source_id(SOURCE_NAME), name=SOURCE_NAME, rank=_RANK)
    key = f"{SOURCE_NAME}, {day}"
    document = Document(
        document_id=document_id(source.source_id, key), source_id=source.source_id, key=key, title=key,
        published_on=day, retrieved_on=day,
    )  # fmt: skip
    said = [{"document_id": document.document_id, **claim} for claim in drawing.claims]
    rows = [*said, *descriptions(drawing.nodes, document.document_id)]
    return ClaimBatch(claims=frame(rows), documents=[document], sources=[source])
