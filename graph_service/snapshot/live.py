"""The current snapshot: built from the store, rebuilt in the background when the store moves on, kept if it is down."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from graph_service.errors import UnfinishedLoad, WriterBusy, ZvenoError
from graph_service.snapshot.build import build
from graph_service.snapshot.snapshot import Snapshot
from graph_service.store.port import GraphStore

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 0.2
"""How often at most the store is asked whether it has moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A snapshot and whether the store behind it answers.

    ``sources`` has the (source id, name) of each document position.
    """

    snapshot: Snapshot
    sources: Sequence[tuple[str, str]]
    stale: bool = False


class LiveSnapshot:
    """Gives the newest snapshot at hand; a reader never waits for a rebuild but the first one.

    Args:
        store: where claims come from.
        wait: rebuild before answering when the store has moved (a command line that has just written), instead of in
            the background (a service).
    """

    def __init__(self, store: GraphStore, *, wait: bool = False) -> None:
        self.store = store
        self._wait = wait
        self._view: View | None = None
        self._signal: str | None = None
        self._looked_at = float("-inf")
        self._building = threading.Lock()

    def view(self) -> View:
        """The snapshot to answer from.

        Raises:
            StoreUnavailable: the store is down and nothing has been read from it yet.
        """
        if self._view is None:
            with self._building:
                if self._view is None:
                    self._rebuild()
        elif self._wait or monotonic() - self._looked_at > LOOK_EVERY_S:
            self._look()
        assert self._view is not None
        return self._view

    def refresh(self) -> View:
        """Wait until the snapshot holds everything that is committed now: a writer sees its own write."""
        with self._building:
            if self._view is None or self.store.signal() != self._signal:
                self._rebuild()
        assert self._view is not None
        return self._view

    def _look(self) -> None:
        self._looked_at = monotonic()
        try:
            signal = self.store.signal()
        except ZvenoError:
            self._mark(stale=True)
            return
        if signal == self._signal:
            self._mark(stale=False)
        elif self._wait:
            self.refresh()
        elif self._building.acquire(blocking=False):
            threading.Thread(target=self._rebuild_in_background, daemon=True).start()

    def _mark(self, *, stale: bool) -> None:
        view = self._view
        if view is not None and view.stale != stale:
            self._view = View(snapshot=view.snapshot, sources=view.sources, stale=stale)

    def _rebuild_in_background(self) -> None:
        try:
            self._rebuild()
        except ZvenoError as problem:
            logger.warning("the snapshot was not rebuilt: %s", problem.detail)
            self._mark(stale=True)
        finally:
            self._building.release()

    def _adopt(self) -> None:
        """The store was written to and its version did not move: somebody may have drawn links by hand."""
        if self._view is not None and self.store.version() != self._view.snapshot.version:
            return
        try:
            self.store.adopt()
        except (WriterBusy, UnfinishedLoad) as reason:
            logger.info("links drawn by hand wait: %s", reason.detail)

    def _rebuild(self) -> None:
        self._adopt()
        signal = self.store.signal()  # before the scan: what is committed during it moves the signal again
        if self._view is None or self.store.version() != self._view.snapshot.version:
            scan = self.store.scan()
            versions = [v for v in self.store.versions() if v.number <= scan.version.number]
            names = {source.source_id: source.name for source in self.store.sources()}
            owners = {document.document_id: document.source_id for document in self.store.documents()}
            sources = [(owners[key], names[owners[key]]) for key in scan.documents]
            snapshot = Snapshot.of(build(scan, versions, sources, self._view.snapshot if self._view else None))
            self._view = View(snapshot=snapshot, sources=snapshot.sources)
        self._signal = signal
