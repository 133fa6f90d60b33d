"""Snapshots in files: a folder for each version with a ``.npy`` for each array, mapped into memory by all processes.

::

    CURRENT            the name of the newest folder
    v12-5f0c…/         snapshot.json (what is no array, with the checksum of each file), *.npy, in-use
    build.lock         held while a snapshot is built and written
    keeper.lock        held by the process that builds for all workers

A folder is written under another name, flushed to the disk and renamed, and only then CURRENT is replaced, so that a
process killed at any moment leaves the snapshot before it. A reader holds a shared lock on ``in-use``; a version that
is not the newest is removed once nobody does. All locks are the operating system's and end with their process.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import orjson

from graph_service.domain.clocks import Version
from graph_service.snapshot.flat import Tables
from graph_service.snapshot.snapshot import Built, Snapshot
from graph_service.store.file_lock import take

logger = logging.getLogger(__name__)

FORMAT = 4
"""Raised whenever a snapshot of the same store would be other files: older ones are then built anew."""

_CURRENT, _ABOUT, _IN_USE, _UNFINISHED = "CURRENT", "snapshot.json", "in-use", ".tmp"
_TRIES = 5


class Damaged(Exception):
    """Files that are no snapshot of this format; they are built anew."""


class _Lease:
    """A shared lock on a snapshot's folder, for as long as anything refers to it."""

    def __init__(self, folder: Path) -> None:
        path = folder / _IN_USE
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if os.fstat(self._descriptor).st_nlink == 0:
                raise FileNotFoundError(path)  # it was removed between opening and locking
        except BaseException:
            os.close(self._descriptor)
            raise

    def __del__(self) -> None:
        with suppress(AttributeError, OSError):
            os.close(self._descriptor)


class SnapshotFolder:
    """The folder that holds the snapshots of one store."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> str | None:
        """The name of the newest snapshot, or None."""
        try:
            return (self.path / _CURRENT).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def open(self) -> tuple[str, Snapshot] | None:
        """The newest snapshot and its name; None where there is none that this program can read."""
        for _ in range(_TRIES):
            name = self.current()
            if name is None:
                return None
            try:
                return name, Snapshot.of(_read(self.path / name))
            except (Damaged, EOFError, KeyError, TypeError, ValueError) as problem:
                logger.warning("the snapshot in %s is built anew: %s", self.path / name, problem)
                return None
            except OSError as problem:
                if self.current() == name:  # not replaced under our hands: it is really gone
                    logger.warning("the snapshot in %s is built anew: %s", self.path / name, problem)
                    return None
        return None

    def write(self, built: Built) -> str:
        """Write a snapshot, make it the newest, remove what nobody reads; returns its name.

        Call it with the lock of ``building``.

        Raises:
            OSError: the folder cannot be written to.
        """
        for left in self.path.glob(f"*{_UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        number = built.versions[-1].number if built.versions else 0
        name = f"v{number}-{secrets.token_hex(4)}"
        unfinished = self.path / (name + _UNFINISHED)
        unfinished.mkdir()
        try:
            _write(unfinished, built)
            lease = _Lease(unfinished)  # else another process that tidies removes it before CURRENT names it
            unfinished.rename(self.path / name)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        _flush(self.path)
        pointer = self.path / f"{_CURRENT}{_UNFINISHED}"
        _write_flushed(pointer, name.encode())
        pointer.replace(self.path / _CURRENT)
        del lease
        _flush(self.path)
        self.tidy()
        return name

    def tidy(self) -> None:
        """Remove the versions that are not the newest and that nobody reads."""
        for folder in self.path.glob("v*-*"):
            if folder.suffix == _UNFINISHED:
                continue
            try:
                with (folder / _IN_USE).open("rb") as handle:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    # Asked with the lock held: whoever writes lets go of a version only after CURRENT names it. A
                    # reader that comes now finds the lock taken, or the file gone, and asks for the newest again.
                    if folder.name != self.current():
                        shutil.rmtree(folder)
            except FileNotFoundError:  # whoever removed it was killed in the midst of it
                if folder.name != self.current():
                    shutil.rmtree(folder, ignore_errors=True)
            except OSError:
                continue  # somebody reads it

    @contextmanager
    def building(self) -> Iterator[None]:
        """Build alone; waits for whoever is building.

        Raises:
            OSError: the folder cannot be made or written to.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "build.lock").open("ab") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def keep(self) -> int | None:
        """Become the one process that builds: a descriptor to hold on to, or None if there is one.

        Raises:
            OSError: the folder cannot be made or written to.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        return take(self.path / "keeper.lock")

    def is_kept(self) -> bool:
        """Whether some process builds for all.

        Raises:
            OSError: the folder cannot be made or written to.
        """
        descriptor = self.keep()
        if descriptor is None:
            return True
        os.close(descriptor)
        return False


def _write(folder: Path, built: Built) -> None:
    files = {}
    for name, table in built.tables.items():
        array = np.ascontiguousarray(table)
        with (folder / f"{name}.npy").open("wb") as handle:
            np.save(handle, array, allow_pickle=False)
            handle.flush()
            os.fsync(handle.fileno())
        files[name] = crc32(array.data) if array.size else 0
    (folder / _IN_USE).touch()
    about = {
        "versions": [[version.number, version.committed_at] for version in built.versions],
        "terms": built.terms, "labels": built.labels, "sources": built.sources, "layout": built.layout, "files": files,
    }  # fmt: skip
    text = orjson.dumps(about)
    # Format and checksum come first and outside, so that another format is known before it is read.
    _write_flushed(folder / _ABOUT, f"zveno snapshot {FORMAT} {crc32(text)}\n".encode() + text)
    _flush(folder)


def _read(folder: Path) -> Built:
    lease = _Lease(folder)
    head, _, text = (folder / _ABOUT).read_bytes().partition(b"\n")
    if head != f"zveno snapshot {FORMAT} {crc32(text)}".encode():
        raise Damaged(f"{_ABOUT} is damaged or of another format")
    about: dict[str, Any] = orjson.loads(text)
    tables: Tables = {}
    for name, checksum in about["files"].items():
        # A plain array over the mapping: a memmap's own class makes every access slower.
        table = np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
        if table.size and crc32(table.data) != checksum:
            raise Damaged(f"{name}.npy is damaged")
        tables[name] = table
    return Built(
        tables=tables,
        versions=tuple(Version(number=number, committed_at=time) for number, time in about["versions"]),
        terms=tuple(about["terms"]),
        labels=tuple(about["labels"]),
        sources=tuple((key, name) for key, name in about["sources"]),
        layout=about["layout"],
        lease=lease,
    )


def _write_flushed(path: Path, text: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())


def _flush(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
