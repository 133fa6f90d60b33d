"""The current snapshot: made when the store moves on, swapped between two questions, kept if the store is down."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from graph_service.errors import StoreUnavailable, UnfinishedLoad, WriterBusy, ZvenoError
from graph_service.snapshot.making import InMemory, Maker, is_of
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
    """Gives the newest snapshot at hand; in a service a reader never waits for one but the first.

    Args:
        store: where claims come from.
        wait: bring the snapshot up to date before answering when the store has moved (a command line that has just
            written), instead of in the background (a service).
        maker: where snapshots come from; built in this process and kept in memory unless given.
    """

    def __init__(self, store: GraphStore, *, wait: bool = False, maker: Maker | None = None) -> None:
        self.store = store
        self._wait = wait
        self._maker = InMemory(store) if maker is None else maker
        self._view: View | None = None
        self._signal: str | None = None
        self._looked_at = float("-inf")
        self._building = threading.Lock()

    def view(self) -> View:
        """The snapshot to answer from.

        Raises:
            StoreUnavailable: the store is down and there is no snapshot of it.
        """
        if self._view is None:
            with self._building:
                if self._view is None:
                    self._begin()
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

    def close(self) -> None:
        """Let go of what helps in making snapshots; a renewal in the background is waited for."""
        with self._building:
            self._maker.close()

    def _begin(self) -> None:
        """Take what is at hand, older than the store or without it, before what must be waited for."""
        try:
            found = None if self._wait else self._maker.at_hand(None)
            if found is not None and found.version in self.store.versions():
                self._show(found)
            else:
                self._rebuild()
        except StoreUnavailable as problem:
            found = self._maker.at_hand(None)
            if found is None:
                raise
            logger.warning("answers come from version %s: %s", found.version.number, problem.detail)
            self._show(found, stale=True)

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

    def _show(self, snapshot: Snapshot, *, stale: bool = False) -> None:
        self._view = View(snapshot=snapshot, sources=snapshot.sources, stale=stale)

    def _mark(self, *, stale: bool) -> None:
        view = self._view
        if view is not None and view.stale != stale:
            self._show(view.snapshot, stale=stale)

    def _rebuild_in_background(self) -> None:
        try:
            self._rebuild()
        except ZvenoError as problem:
            logger.warning("the snapshot was not renewed: %s", problem.detail)
            self._mark(stale=True)
        finally:
            self._building.release()

    def _adopt(self) -> None:
        """The store was written to and its version did not move: somebody may have drawn links by hand."""
        if self._view is not None and not is_of(self._view.snapshot, self.store.version()):
            return
        try:
            self.store.adopt()
        except (WriterBusy, UnfinishedLoad) as reason:
            logger.info("links drawn by hand wait: %s", reason.detail)

    def _rebuild(self) -> None:
        self._adopt()
        signal = self.store.signal()  # before the scan: what is committed during it moves the signal again
        shown = self._view.snapshot if self._view is not None else None
        if shown is None or not is_of(shown, self.store.version()):
            self._show(self._maker.make(shown))
        else:
            self._mark(stale=False)
        self._signal = signal
