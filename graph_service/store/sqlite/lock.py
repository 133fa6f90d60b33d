"""One writer at a time: a lock of the operating system, which a killed process gives back by itself."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from graph_service.errors import WriterBusy


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
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            name = os.pread(descriptor, 200, 0).decode(errors="replace").strip() or "somebody"
            os.close(descriptor)
            raise WriterBusy(f"{name} is writing: try again when it has finished", holder=name) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, holder.encode(), 0)
        self._descriptor = descriptor

    def is_free(self) -> bool:
        """Whether nobody has it."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    def release(self) -> None:
        """Give the lock back; nothing happens if it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
