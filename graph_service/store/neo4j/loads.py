"""The life of a load in Neo4j: begun, completed as a whole, dropped, undone.

What may touch very many claims runs in batches before the one transaction that moves the version: until then
nobody sees it, because claims and retractions of a version beyond the graph's own do not count. Each step may be
repeated, so a load that was cut off anywhere continues from its beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from graph_service.domain.clocks import Version
from graph_service.errors import NotFound, UnfinishedLoad
from graph_service.store.neo4j.connection import Connection, Transaction
from graph_service.store.neo4j.lock import WriterLock
from graph_service.store.neo4j.place import (
    mark_moving,
    moved_ids,
    read_placement,
    store_placement,
    wanted_placement,
)
from graph_service.store.neo4j.reads import read_version
from graph_service.store.port import Load, LoadRequest


def now_text() -> str:
    """The time now, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def read_loads(connection: Connection) -> list[Load]:
    """Loads in the order they began."""
    return [_load(row["load"]) for row in connection.read("read/loads")]


def _load(stored: Mapping[str, Any]) -> Load:
    request = LoadRequest(
        format=stored["format"], dataset=stored["dataset"], mode=stored["mode"], fingerprint=stored["fingerprint"],
        holder=stored["holder"], files=tuple(stored["files"]),
    )  # fmt: skip
    return Load(
        load_id=stored["load_id"], version=stored["version"], state=stored["state"], request=request,
        started_at=stored["started_at"], finished_at=stored.get("finished_at"), claims_new=stored["claims_new"],
        claims_known=stored["claims_known"], claims_retracted=stored["claims_retracted"],
        rows_rejected=stored["rows_rejected"], undoes=stored.get("undoes"),
    )  # fmt: skip


def begin(connection: Connection, lock: WriterLock, request: LoadRequest, undoes: int | None = None) -> Load:
    """Reserve the next version, or continue the same load that was cut off."""
    for load in read_loads(connection):
        if load.state != "running":
            continue
        if load.request.fingerprint != request.fingerprint:
            raise UnfinishedLoad(
                f"load {load.load_id} ({load.request.format} {', '.join(load.request.files)}) was cut off: "
                f"run it again to continue it, or take it back with: zveno load drop {load.load_id}",
                load_id=load.load_id,
            )
        _set(connection, lock, load.load_id, holder=request.holder)
        return Load(
            load_id=load.load_id, version=load.version, state="running", request=request,
            started_at=load.started_at, undoes=load.undoes, resumed=True,
        )  # fmt: skip
    version, started_at = read_version(connection).number + 1, now_text()
    stored = {
        "version": version, "state": "running", "format": request.format, "dataset": request.dataset,
        "mode": request.mode, "fingerprint": request.fingerprint, "holder": request.holder,
        "files": list(request.files), "started_at": started_at, "claims_new": 0, "claims_known": 0,
        "claims_retracted": 0, "rows_rejected": 0, "undoes": undoes,
    }  # fmt: skip
    with connection.transaction() as transaction:
        lock.renew(transaction)
        load_id = transaction.run("write/create_load", load=stored)[0]["load_id"]
    return Load(
        load_id=load_id, version=version, state="running", request=request, started_at=started_at, undoes=undoes
    )


def _set(connection: Connection, lock: WriterLock, load_id: int, **properties: object) -> None:
    with connection.transaction() as transaction:
        lock.renew(transaction)
        transaction.run("write/update_load", load_id=load_id, properties=properties)


def complete(
    connection: Connection, lock: WriterLock, load: Load, rows_rejected: int, undone: Load | None = None
) -> Load:
    """Make the load visible in one transaction.

    Args:
        connection: to the server.
        lock: held.
        load: the load to complete.
        rows_rejected: rows that the loader refused.
        undone: the load that this one undoes; its state changes with the version.
    """
    rows = [row["load"] for row in connection.read("read/loads")]
    stored = [_load(row) for row in rows]
    known = next(row.get("noted", 0) for row in rows if row["load_id"] == load.load_id)
    if load.request.mode == "full":
        _retract_unstated(connection, load, stored)
    counts = connection.read("read/count_changes", version=load.version)[0]
    new, retracted = counts["recorded"], counts["retracted"]
    is_changed = bool(new or retracted)
    is_forgotten = not is_changed and _is_repeat(stored, load)
    finished_at = now_text()
    if is_forgotten and known:
        connection.write("write/forget_statements", load=load.load_id)
    before = read_placement(connection)
    after = wanted_placement(connection) if is_changed else before
    moved = _known(connection, moved_ids(before, after))
    if moved:
        with connection.transaction() as transaction:
            lock.renew(transaction)
            mark_moving(transaction, before, after, moved)
    last = read_version(connection)
    with connection.transaction() as transaction:
        lock.renew(transaction)
        if undone is not None:
            _change_states(transaction, undone, stored)
        if is_changed:
            store_placement(transaction, before, after, sorted(moved), load.version)
            transaction.run("write/create_version", number=load.version, committed_at=_next_time(last))
        if is_forgotten:
            transaction.run("write/delete_load", load_id=load.load_id)
        else:
            properties = {
                "state": "complete", "finished_at": finished_at, "version": load.version if is_changed else 0,
                "claims_new": new, "claims_known": known, "claims_retracted": retracted, "rows_rejected": rows_rejected,
            }  # fmt: skip
            transaction.run("write/update_load", load_id=load.load_id, properties=properties)
    return Load(
        load_id=load.load_id, version=load.version if is_changed else last.number, state="complete",
        request=load.request, started_at=load.started_at, finished_at=finished_at, claims_new=new, claims_known=known,
        claims_retracted=retracted, rows_rejected=rows_rejected, undoes=load.undoes, resumed=load.resumed,
    )  # fmt: skip


def _known(connection: Connection, ids: set[str]) -> set[str]:
    return {row["id"] for row in connection.read("read/known_entities", ids=sorted(ids))} if ids else set()


def _next_time(last: Version) -> str:
    now = now_text()
    if now > last.committed_at:
        return now
    return (datetime.fromisoformat(last.committed_at) + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def _is_repeat(stored: list[Load], load: Load) -> bool:
    """Whether the same files with the same options are loaded already, so that this load says nothing new."""
    return any(
        each.request.fingerprint == load.request.fingerprint
        and each.state == "complete"
        and each.request.mode != "hand"
        for each in stored
    )


def _retract_unstated(connection: Connection, load: Load, stored: list[Load]) -> None:
    complete = [each for each in stored if each.state == "complete" and each.load_id != load.load_id]
    same = load.request.dataset
    connection.write(
        "write/retract_unstated",
        version=load.version,
        replaced=[each.load_id for each in complete if each.request.dataset == same],
        others=[load.load_id, *(each.load_id for each in complete if each.request.dataset != same)],
    )


def drop(connection: Connection, lock: WriterLock, load_id: int) -> None:
    """Remove a load that was cut off."""
    found = [load for load in read_loads(connection) if load.load_id == load_id and load.state == "running"]
    if not found:
        raise NotFound(f"load {load_id} is not a load that was cut off: see zveno loads")
    version = found[0].version
    connection.write("write/drop_claims", version=version)
    connection.write("write/drop_entities", version=version)
    connection.write("write/restore_claims", version=version)
    connection.write("write/forget_statements", load=load_id)
    _set(connection, lock, load_id, state="dropped", finished_at=now_text())


def undo(connection: Connection, lock: WriterLock, load: Load, undone: Load) -> Load:
    """Retract what only ``undone`` states and bring back what it had retracted; an undo can itself be undone."""
    stored = read_loads(connection)
    live = _live_after(undone, stored)
    connection.write("write/retract_unsupported", version=load.version, live=live)
    if undone.version and undone.request.mode == "undo":
        by_hand = any(each.load_id == undone.undoes and each.request.mode == "hand" for each in stored)
        connection.write(
            "write/retract_again", version=load.version, undone=undone.version, by_hand=by_hand,
            since=[load_id for load_id in live if load_id > undone.load_id],
        )  # fmt: skip
    if undone.version:
        connection.write("write/bring_back", version=load.version, undone=undone.version, live=live)
    return complete(connection, lock, load, 0, undone)


def _live_after(undone: Load, stored: list[Load]) -> list[int]:
    redone = undone.undoes if undone.request.mode == "undo" else None
    return [
        each.load_id
        for each in stored
        if each.load_id == redone or (each.state == "complete" and each.load_id != undone.load_id)
    ]


def _change_states(transaction: Transaction, undone: Load, stored: list[Load]) -> None:
    transaction.run("write/update_load", load_id=undone.load_id, properties={"state": "undone"})
    if undone.request.mode == "undo" and undone.undoes is not None:
        transaction.run("write/update_load", load_id=undone.undoes, properties={"state": "complete"})
    transaction.run("write/free_withdrawn", live=_live_after(undone, stored))
