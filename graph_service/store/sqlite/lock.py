"""One writer at a time: a lock of the operating system, which a killed process gives back by itself."""

from __future__ import annotations

import os
from pathlib import Path

from graph_service.errors import WriterBusy
from graph_service.store.file_lock import is_free, take


class WriterLock:
    """An exclusive lock on ``<database>.lock``; the file names its holder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, holder: str) -> None:
        """Take the lock.

        Raises:
            WriterBusy: another process or thread has it.
        """
        descriptor = take(self._path)
        if descriptor is None:
            name = self._path.read_bytes()[:200].decode(errors="replace").strip() or "somebody"
            raise WriterBusy(f"{name} is writing: try again when it has finished", holder=name)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, holder.encode(), 0)
        self._descriptor = descriptor

    def is_free(self) -> bool:
        """Whether nobody has it."""
        return is_free(self._path)

    def release(self) -> None:
        """Give the lock back; nothing happens if it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
