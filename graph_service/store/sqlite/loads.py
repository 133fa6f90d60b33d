"""The life of a load in SQLite: begun, completed as a whole, dropped, undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import apsw
import orjson

from graph_service.domain.clocks import Version
from graph_service.errors import NotFound, UnfinishedLoad
from graph_service.store.port import Load, LoadRequest
from graph_service.store.sqlite.place import place_claims
from graph_service.store.sqlite.schema import transaction
from graph_service.store.sqlite.writes import build_end_indexes

_SELECT = (
    "SELECT id, version, state, format, dataset, mode, fingerprint, holder, files, started_at, finished_at, "
    "claims_new, claims_known, claims_retracted, rows_rejected, undoes FROM load"
)


def now_text() -> str:
    """The time now, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def read_loads(connection: apsw.Connection, where: str = "", parameters: Sequence[object] = ()) -> list[Load]:
    """Loads in the order they began."""
    return [_load(row) for row in connection.execute(f"{_SELECT} {where} ORDER BY id", tuple(parameters))]


def _load(row: Sequence[Any]) -> Load:
    load_id, version, state, name, dataset, mode, fingerprint, holder, files, started, finished, *counts = row
    new, known, retracted, rejected, undoes = counts
    request = LoadRequest(
        format=name,
        dataset=dataset,
        mode=mode,
        fingerprint=fingerprint,
        holder=holder,
        files=tuple(orjson.loads(files)),
    )
    return Load(
        load_id=load_id,
        version=version,
        state=state,
        request=request,
        started_at=started,
        finished_at=finished,
        claims_new=new,
        claims_known=known,
        claims_retracted=retracted,
        rows_rejected=rejected,
        undoes=undoes,
    )


def read_version(connection: apsw.Connection) -> Version:
    """The last completed version."""
    row = connection.execute("SELECT number, committed_at FROM version ORDER BY number DESC LIMIT 1").fetchone()
    return Version(number=row[0], committed_at=row[1]) if row else Version(number=0, committed_at="")


def begin(connection: apsw.Connection, request: LoadRequest, undoes: int | None = None) -> Load:
    """Reserve the next version, or continue the same load that was cut off."""
    with transaction(connection):
        for load in read_loads(connection, "WHERE state = 'running'"):
            if load.request.fingerprint != request.fingerprint:
                raise UnfinishedLoad(
                    f"load {load.load_id} ({load.request.format} {', '.join(load.request.files)}) was cut off: "
                    f"run it again to continue it, or take it back with: zveno load drop {load.load_id}",
                    load_id=load.load_id,
                )
            connection.execute("UPDATE load SET holder = ? WHERE id = ?", (request.holder, load.load_id))
            return Load(
                load_id=load.load_id, version=load.version, state="running", request=request,
                started_at=load.started_at, undoes=load.undoes, resumed=True,
            )  # fmt: skip
        version = read_version(connection).number + 1
        row = connection.execute(
            "INSERT INTO load (version, state, format, dataset, mode, fingerprint, holder, files, started_at, undoes) "
            "VALUES (?, 'running', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id, started_at",
            (
                version, request.format, request.dataset, request.mode, request.fingerprint, request.holder,
                orjson.dumps(list(request.files)).decode(), now_text(), undoes,
            ),
        ).fetchone()  # fmt: skip
        assert row is not None
        return Load(
            load_id=row[0],
            version=version,
            state="running",
            request=request,
            started_at=row[1],
            undoes=undoes,
        )


def complete(connection: apsw.Connection, load: Load, rows_rejected: int) -> Load:
    """Make the load visible in one transaction."""
    with transaction(connection):
        build_end_indexes(connection)
        if load.request.mode == "full":
            _retract_unstated(connection, load)
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM claim WHERE recorded = ?1), "
            "(SELECT count(*) FROM claim_load WHERE load = ?2), (SELECT count(*) FROM claim WHERE retracted = ?1)",
            (load.version, load.load_id),
        ).fetchone()
        assert counts is not None
        new, known, retracted = counts
        changed = bool(new or retracted)
        if not changed and _is_repeat(connection, load):
            connection.execute("DELETE FROM claim_load WHERE load = ?", (load.load_id,))
            connection.execute("DELETE FROM load WHERE id = ?", (load.load_id,))
        elif changed:
            place_claims(connection)
            connection.execute(
                "INSERT INTO version (number, committed_at) VALUES (?, ?)",
                (load.version, _next_time(read_version(connection))),
            )
        connection.execute(
            "UPDATE load SET state = 'complete', finished_at = ?, version = ?, claims_new = ?, claims_known = ?, "
            "claims_retracted = ?, rows_rejected = ? WHERE id = ?",
            (now_text(), load.version if changed else 0, new, known, retracted, rows_rejected, load.load_id),
        )
    return Load(
        load_id=load.load_id, version=load.version if changed else read_version(connection).number, state="complete",
        request=load.request, started_at=load.started_at, finished_at=now_text(), claims_new=new, claims_known=known,
        claims_retracted=retracted, rows_rejected=rows_rejected, undoes=load.undoes, resumed=load.resumed,
    )  # fmt: skip


def _next_time(last: Version) -> str:
    now = now_text()
    if now > last.committed_at:
        return now
    return (datetime.fromisoformat(last.committed_at) + timedelta(microseconds=1)).isoformat(timespec="microseconds")


def _is_repeat(connection: apsw.Connection, load: Load) -> bool:
    """Whether the same files with the same options are loaded already, so that this load says nothing new."""
    return bool(
        connection.execute(
            "SELECT 1 FROM load WHERE fingerprint = ? AND state = 'complete' AND mode <> 'hand'",
            (load.request.fingerprint,),
        ).fetchone()
    )


def _retract_unstated(connection: apsw.Connection, load: Load) -> None:
    connection.execute(
        """
        WITH replaced AS (SELECT id FROM load WHERE dataset = ?3 AND id <> ?2 AND state = 'complete'),
             others AS (SELECT id FROM load WHERE id = ?2 OR (state = 'complete' AND dataset <> ?3))
        UPDATE claim SET retracted = ?1, taken = NULL
        WHERE retracted IS NULL AND recorded < ?1
          AND (load IN replaced OR EXISTS (SELECT 1 FROM claim_load c WHERE c.claim = claim.id AND c.load IN replaced))
          AND load NOT IN others
          AND NOT EXISTS (SELECT 1 FROM claim_load c WHERE c.claim = claim.id AND c.load IN others)
        """,
        (load.version, load.load_id, load.request.dataset),
    )


def retract(connection: apsw.Connection, load: Load, claim_ids: Sequence[str]) -> int:
    """Withdraw claims; by hand ``taken`` stays, so that loading the source again does not bring them back."""
    taken = 1 if load.request.mode == "hand" else None
    with transaction(connection):
        before = connection.total_changes()
        connection.executemany(
            "UPDATE claim SET retracted = ?, taken = ? WHERE claim_id = ? AND taken = 1 AND retracted IS NULL",
            [(load.version, taken, bytes.fromhex(claim_id)) for claim_id in claim_ids],
        )
        return connection.total_changes() - before


def drop(connection: apsw.Connection, load_id: int) -> None:
    """Remove a load that was cut off."""
    with transaction(connection):
        found = read_loads(connection, "WHERE id = ? AND state = 'running'", (load_id,))
        if not found:
            raise NotFound(f"load {load_id} is not a load that was cut off: see zveno loads")
        version = found[0].version
        connection.execute("DELETE FROM claim WHERE recorded = ?", (version,))
        connection.execute("UPDATE claim SET retracted = NULL, taken = 1 WHERE retracted = ?", (version,))
        connection.execute("DELETE FROM claim_load WHERE load = ?", (load_id,))
        _forget_unused_entities(connection)
        connection.execute("UPDATE load SET state = 'dropped', finished_at = ? WHERE id = ?", (now_text(), load_id))


def _forget_unused_entities(connection: apsw.Connection) -> None:
    columns = ("f", "t", "from_raw", "to_raw", "product")
    used = " UNION ".join(f"SELECT {column} FROM claim WHERE {column} IS NOT NULL" for column in columns)
    connection.execute(f"DELETE FROM entity WHERE merged_into IS NULL AND unit IS NULL AND id NOT IN ({used})")


def undo(connection: apsw.Connection, load: Load, undone: Load) -> Load:
    """Retract what only ``undone`` states and bring back what it had retracted; an undo can itself be undone."""
    with transaction(connection):
        redo = undone.request.mode == "undo" and undone.undoes is not None
        connection.execute("UPDATE load SET state = 'undone' WHERE id = ?", (undone.load_id,))
        if redo:
            connection.execute("UPDATE load SET state = 'complete' WHERE id = ?", (undone.undoes,))
        connection.execute(
            """
            WITH live AS (SELECT id FROM load WHERE state = 'complete')
            UPDATE claim SET retracted = ?1, taken = NULL
            WHERE retracted IS NULL AND load NOT IN live
              AND NOT EXISTS (SELECT 1 FROM claim_load c WHERE c.claim = claim.id AND c.load IN live)
            """,
            (load.version,),
        )
        # A claim that a person had withdrawn may be said again once no live load states it.
        connection.execute(
            """
            WITH live AS (SELECT id FROM load WHERE state = 'complete')
            UPDATE claim SET taken = NULL
            WHERE retracted IS NOT NULL AND taken = 1 AND load NOT IN live
              AND NOT EXISTS (SELECT 1 FROM claim_load c WHERE c.claim = claim.id AND c.load IN live)
            """
        )
        if redo and undone.version:
            _retract_again(connection, load.version, undone)
        if undone.version:
            _bring_back(connection, load.version, undone.version)
    return complete(connection, load, 0)


def _retract_again(connection: apsw.Connection, version: int, undone: Load) -> None:
    """What an undo had brought back goes again, unless another load has stated it since.

    What a person had withdrawn goes in any case, and stays withdrawn when its source is loaded again.
    """
    connection.execute(
        """
        WITH hand AS (SELECT 1 AS one FROM load WHERE id = ?3 AND mode = 'hand')
        UPDATE claim SET retracted = ?1, taken = (SELECT one FROM hand)
        WHERE recorded = ?2 AND retracted IS NULL AND (EXISTS (SELECT 1 FROM hand) OR NOT EXISTS (
          SELECT 1 FROM claim_load c JOIN load l ON l.id = c.load
          WHERE c.claim = claim.id AND l.id > ?4 AND l.state = 'complete'))
        """,
        (version, undone.version, undone.undoes, undone.load_id),
    )


def _bring_back(connection: apsw.Connection, version: int, undone_version: int) -> None:
    """Say again what the undone version had retracted, unless it has been said, or withdrawn by a person, since."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(claim)")]
    copied = ", ".join(c for c in columns if c not in ("id", "recorded", "retracted", "taken"))
    rows = connection.execute(
        """
        WITH live AS (SELECT id FROM load WHERE state = 'complete')
        SELECT id FROM claim old WHERE retracted = ?
          AND (load IN live OR EXISTS (SELECT 1 FROM claim_load c WHERE c.claim = old.id AND c.load IN live))
          AND NOT EXISTS (SELECT 1 FROM claim n WHERE n.claim_id = old.claim_id AND n.taken = 1 AND n.id <> old.id)
        """,
        (undone_version,),
    ).fetchall()
    for (old,) in rows:
        connection.execute("UPDATE claim SET taken = NULL WHERE id = ?", (old,))
        new = connection.execute(
            f"INSERT INTO claim ({copied}, recorded, taken) SELECT {copied}, ?, 1 FROM claim WHERE id = ? RETURNING id",
            (version, old),
        ).fetchone()
        assert new is not None
        connection.execute(
            "INSERT INTO claim_load (claim, load) SELECT ?, load FROM claim_load WHERE claim = ?",
            (new[0], old),
        )
