"""Where files that were sent are kept: each in a folder of its own, with what was ordered and what became of it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from graph_service.domain.said import said
from graph_service.errors import BadInput, NotFound, StoreUnavailable
from loaders.sheets import TEXTS, read_sheets
from loaders.workbooks import WORKBOOKS

ENDINGS = (*TEXTS, *WORKBOOKS)
KEPT_DAYS = 30
_ID = re.compile(r"^u[0-9a-f]{16}$")
_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\]")
_LONGEST_BYTES = 200  # file systems take 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file that was sent."""

    upload_id: str
    folder: Path

    @property
    def file(self) -> Path:
        """The file under the name it came with: a document is known by it.

        Raises:
            NotFound: somebody is removing it.
        """
        found = next(iter((self.folder / "file").glob("*")), None)
        if found is None:
            raise gone(self.upload_id)
        return found

    @property
    def mapping(self) -> Path:
        """How its columns are read."""
        return self.folder / "mapping.yaml"

    @property
    def rejects(self) -> Path:
        """Rows that were not loaded; missing where there are none."""
        return self.folder / f"{self.file.stem}.rejects.csv"

    def rejected_columns(self) -> set[str]:
        """The columns of the rows that were not loaded.

        Raises:
            FileNotFoundError: all were.
        """
        if not self.rejects.exists():
            raise FileNotFoundError(self.rejects)
        return {cell for sheet in read_sheets(self.rejects) for cell in sheet.rows[0]}

    @property
    def lock(self) -> Path:
        """Held by whoever loads it."""
        return self.folder / "lock"

    def read(self, name: str) -> dict[str, Any] | None:
        """What was written under a name; None where nothing was."""
        try:
            found: dict[str, Any] = orjson.loads((self.folder / f"{name}.json").read_bytes())
        except FileNotFoundError:
            return None
        return found

    def write(self, name: str, content: object) -> None:
        """Write all of it, or, if the machine stops in the midst, nothing."""
        target = self.folder / f"{name}.json"
        unfinished = target.with_name(f"{target.name}.{secrets.token_hex(4)}")
        try:
            with unfinished.open("wb") as handle:
                handle.write(orjson.dumps(content))
                handle.flush()
                os.fsync(handle.fileno())
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


class UploadFolder:
    """All files that were sent to a service."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, name: str, content: IO[bytes]) -> Upload:
        """Keep a file.

        Raises:
            BadInput: it has no name, or one of a kind that no loader reads, or it is empty.
            StoreUnavailable: the folder cannot be written to, or the disk is full.
        """
        name = _UNFIT.sub(" ", name.rpartition("/")[2].rpartition("\\")[2]).strip()
        ending = Path(name).suffix.lower()
        if ending not in ENDINGS:
            raise BadInput(
                said("no-such-kind", name=name or "—", known=", ".join(ENDINGS)),
                parameter="file",
            )
        if len(name.encode()) > _LONGEST_BYTES:
            raise BadInput(said("long-name", most=_LONGEST_BYTES), parameter="file")
        upload_id = f"u{secrets.token_hex(8)}"
        upload = Upload(upload_id=upload_id, folder=self.path / upload_id)
        target = upload.folder / "file" / name
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            upload.folder.mkdir(mode=0o700)
            target.parent.mkdir()
            with target.open("wb") as handle:
                shutil.copyfileobj(content, handle)
                handle.flush()
                os.fsync(handle.fileno())
            if target.stat().st_size == 0:
                raise BadInput(said("empty-file", name=name), parameter="file")
        except OSError as problem:
            shutil.rmtree(upload.folder, ignore_errors=True)
            raise StoreUnavailable(f"{name} cannot be kept in {self.path}: {problem.strerror}") from problem
        except BaseException:
            shutil.rmtree(upload.folder, ignore_errors=True)
            raise
        return upload

    def find(self, upload_id: str) -> Upload:
        """The file of that id.

        Raises:
            NotFound: there is none, or it was removed.
        """
        upload = Upload(upload_id=upload_id, folder=self.path / upload_id)
        if not _ID.match(upload_id) or not (upload.folder / "file").is_dir():
            raise gone(upload_id)
        return upload

    def all(self) -> Iterator[Upload]:
        """Every file, the newest first."""
        found: list[tuple[float, Path]] = []
        for path in self.path.glob("u*"):
            with suppress(FileNotFoundError):  # somebody removes it at this moment
                if _ID.match(path.name) and any((path / "file").iterdir()):
                    found.append((path.stat().st_mtime, path))
        for _, path in sorted(found, reverse=True):
            yield Upload(upload_id=path.name, folder=path)

    def remove(self, upload: Upload) -> None:
        """Forget a file; what was loaded from it stays in the graph."""
        gone = upload.folder.with_name(f"removed-{upload.upload_id}")  # at once, for whoever looks meanwhile
        with suppress(FileNotFoundError):
            upload.folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def tidy(self) -> None:
        """Remove what nobody has touched for a month."""
        oldest = time.time() - KEPT_DAYS * 86_400
        for upload in self.all():
            with suppress(FileNotFoundError):  # another worker removes it
                if upload.folder.stat().st_mtime < oldest:
                    self.remove(upload)
        for left in self.path.glob("removed-*"):
            shutil.rmtree(left, ignore_errors=True)


def gone(upload_id: str) -> NotFound:
    """What is said of a file that was removed, or never sent."""
    return NotFound(said("file-gone", id=upload_id, days=KEPT_DAYS), parameter="id")
