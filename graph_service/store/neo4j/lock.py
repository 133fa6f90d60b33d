"""One writer at a time: a lock kept in the graph, with its holder's name, that a dead holder does not keep.

Each batch renews it inside its own transaction, so that a writer who lost the lock can change nothing more.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph_service.errors import WriterBusy
from graph_service.store.neo4j.connection import Connection, Transaction

SECONDS = 300


class WriterLock:
    """The lock of one store; held from ``acquire`` to ``release``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._token: str | None = None

    def acquire(self, holder: str) -> None:
        """Take the lock.

        Raises:
            WriterBusy: somebody else has it and is alive, as far as can be told from here.
        """
        host, token = socket.gethostname(), secrets.token_hex(8)
        found = self._connection.read("read/meta")[0]
        # Whoever was seen dead is named, so that nobody who took the lock in the meantime loses it.
        dead = found["lock_token"] if _is_dead(found) else None
        rows = self._connection.write(
            "write/take_lock", token=token, dead=dead, holder=holder, host=host, pid=os.getpid(),
            started=_started(os.getpid()), seconds=SECONDS,
        )  # fmt: skip
        if not rows:
            name = self._connection.read("read/meta")[0]["lock_holder"] or "somebody"
            raise WriterBusy(f"{name} is writing: try again when it has finished", holder=name)
        self._token = token

    def renew(self, transaction: Transaction) -> None:
        """Prove inside a transaction that the lock is still ours, and keep it longer.

        Raises:
            WriterBusy: it was taken over, because nothing was heard from this writer for too long.
        """
        if self._token is None or not transaction.run("write/renew_lock", token=self._token, seconds=SECONDS):
            raise WriterBusy("another writer took over because nothing was heard from this one: run it again")

    def release(self) -> None:
        """Give the lock back; nothing happens if it is not held."""
        if self._token is not None:
            token, self._token = self._token, None
            self._connection.write("write/release_lock", token=token)

    def is_free(self) -> bool:
        """Whether nobody has it, or only one who is dead or was not heard of for too long."""
        found = self._connection.read("read/meta")[0]
        return not found["is_locked"] or _is_dead(found)

    @property
    def is_held(self) -> bool:
        """Whether this store holds it."""
        return self._token is not None


def _is_dead(found: Mapping[str, Any]) -> bool:
    """Whether the holder was a process of this machine that is no more."""
    return found["lock_host"] == socket.gethostname() and not _is_alive(found["lock_pid"], found["lock_started"])


def _is_alive(pid: int | None, started: str | None) -> bool:
    """Whether the process is there, is no zombie, and is not a later one that got the same number."""
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is there and belongs to somebody else
        return True
    now = _started(pid)
    return now is None or (not now.startswith("Z") and now == (started or now))


def _started(pid: int) -> str | None:
    """When the process began, as the kernel counts; None where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    state = "Z " if fields[0] in "ZX" else ""
    return state + fields[19]
