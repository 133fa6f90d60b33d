"""Where a newer snapshot comes from: built here in memory, built here into files, or built by a process for all."""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

import orjson

from graph_service.domain.clocks import Version
from graph_service.snapshot.build import build
from graph_service.snapshot.files import SnapshotFolder
from graph_service.snapshot.rows import rows_of, rows_since
from graph_service.snapshot.snapshot import Built, Snapshot
from graph_service.store.open import StoreAddress
from graph_service.store.port import GraphStore

logger = logging.getLogger(__name__)

_WAIT_S = 0.01
_ASK_STORE_EVERY_S = 0.1
_KEEPERS_TRIED = 3


class Maker(Protocol):
    """Brings snapshots of one store."""

    def at_hand(self, snapshot: Snapshot | None) -> Snapshot | None:
        """Another snapshot than this one, if there is one already; builds nothing, asks no store."""

    def make(self, snapshot: Snapshot | None) -> Snapshot:
        """A snapshot of all that was committed before the call; waits for it.

        Raises:
            StoreUnavailable: the store does not answer.
        """

    def close(self) -> None:
        """Let go of what helps in making them."""


def read_and_build(store: GraphStore, previous: Snapshot | None) -> Built:
    """Scan the store and build.

    Where ``previous`` is an earlier snapshot of the same store, only what was written since is read, and its names
    are not taken apart again. The result is the same, bit for bit.
    """
    known = store.versions()
    if previous is not None and list(previous.versions) != known[: len(previous.versions)]:
        previous = None
    scan = store.scan(previous.version.number if previous is not None else 0)
    rows = rows_since(previous, scan) if previous is not None else rows_of(scan)
    if rows is None:
        scan = store.scan()
        rows = rows_of(scan)
    versions = [version for version in store.versions() if version.number <= scan.version.number]
    names = {source.source_id: source.name for source in store.sources()}
    owners = {document.document_id: document.source_id for document in store.documents()}
    sources = [(owners[key], names[owners[key]]) for key in scan.documents]
    return build(rows, scan, versions, sources, previous)


def is_of(snapshot: Snapshot | None, store_version: Version) -> bool:
    """Whether a snapshot is of this very version: a store made anew counts from 1 again, at another time."""
    return snapshot is not None and snapshot.version == store_version


class InMemory:
    """Builds in this process and keeps nothing."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def at_hand(self, snapshot: Snapshot | None) -> Snapshot | None:
        """Nothing is."""
        return None

    def make(self, snapshot: Snapshot | None) -> Snapshot:
        """See ``Maker.make``."""
        return Snapshot.of(read_and_build(self._store, snapshot))

    def close(self) -> None:
        """Nothing is held."""


class InFiles:
    """Builds in this process and leaves files, so that the next one opens them; a folder that refuses is told of."""

    def __init__(self, store: GraphStore, folder: SnapshotFolder) -> None:
        self._store, self._folder = store, folder
        self._name: str | None = None

    def at_hand(self, snapshot: Snapshot | None) -> Snapshot | None:
        """The newest in the files, if it is another one."""
        if snapshot is not None and self._folder.current() in (self._name, None):
            return None
        if (found := self._folder.open()) is None:
            return None
        self._name, newest = found
        return newest

    def make(self, snapshot: Snapshot | None) -> Snapshot:
        """See ``Maker.make``."""
        try:
            return self.write(snapshot)
        except OSError as problem:
            logger.warning("the snapshot stays in memory: %s cannot be written: %s", self._folder.path, problem)
            return Snapshot.of(read_and_build(self._store, snapshot))

    def write(self, snapshot: Snapshot | None) -> Snapshot:
        """As ``make``, but only into files.

        Raises:
            OSError: the folder cannot be written to.
        """
        with self._folder.building():
            newest = self.at_hand(snapshot) or snapshot
            if newest is not None and is_of(newest, self._store.version()):
                return newest  # somebody else has built it meanwhile
            built = read_and_build(self._store, newest)
            self._name = self._folder.write(built)
        # What was written is read back: this process, too, uses the pages that all share.
        return self.at_hand(None) or Snapshot.of(built)

    def close(self) -> None:
        """Nothing is held."""


class Kept:
    """Has snapshots built by one process for all workers, which is started where there is none.

    Args:
        store: where claims come from.
        folder: where the snapshots are.
        address: of the store, for that process.
    """

    def __init__(self, store: GraphStore, folder: SnapshotFolder, address: StoreAddress) -> None:
        self._store, self._folder, self._address = store, folder, address
        self._files = InFiles(store, folder)
        self._keeper: subprocess.Popen[bytes] | None = None

    def at_hand(self, snapshot: Snapshot | None) -> Snapshot | None:
        """See ``Maker.at_hand``."""
        return self._files.at_hand(snapshot)

    def make(self, snapshot: Snapshot | None) -> Snapshot:
        """See ``Maker.make``; builds in this process only where no keeper can live, as in a folder that refuses."""
        wanted = self._store.version()
        asked_at, started = monotonic(), 0
        self._wake()
        while True:
            newest = self.at_hand(snapshot)
            if newest is not None and newest.version.number >= wanted.number and self._is_current(newest):
                return newest
            snapshot = newest or snapshot
            if snapshot is not None and is_of(snapshot, wanted):
                return snapshot
            try:
                if not self._folder.is_kept():
                    if started == _KEEPERS_TRIED:
                        return self._files.make(snapshot)
                    started += 1
                    self._start()
            except OSError:
                return self._files.make(snapshot)  # says why
            sleep(_WAIT_S)
            if monotonic() - asked_at > _ASK_STORE_EVERY_S:
                asked_at = monotonic()
                self._store.version()  # a store that is gone ends the waiting

    def close(self) -> None:
        """End the keeper that this worker started; another worker that needs one starts it."""
        if self._keeper is not None:
            with suppress(OSError):
                self._keeper.communicate()
            self._keeper = None

    def _is_current(self, snapshot: Snapshot) -> bool:
        return snapshot.version in self._store.versions() or snapshot.version == self._store.version()

    def _start(self) -> None:
        self.close()
        self._keeper = subprocess.Popen(
            [sys.executable, "-m", "graph_service.snapshot.keeper"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        order = {"folder": str(Path(self._folder.path).absolute()), "store": self._address}
        self._tell(orjson.dumps(order) + b"\n")
        deadline = monotonic() + 20
        while self._keeper.poll() is None and not self._folder.is_kept() and monotonic() < deadline:
            sleep(_WAIT_S)

    def _wake(self) -> None:
        if self._keeper is not None and self._keeper.poll() is None:
            self._tell(b"\n")

    def _tell(self, words: bytes) -> None:
        assert self._keeper is not None
        assert self._keeper.stdin is not None
        try:
            self._keeper.stdin.write(words)
            self._keeper.stdin.flush()
        except OSError as problem:
            logger.info("the keeper of the snapshot has gone: %s", problem)
