"""One load from files to a store: read, resolve, write, with progress; resumable, undoable, nothing lost."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import NotRequired

import orjson
from typing_extensions import TypedDict

from graph_service.domain.said import Said, Words, said, words
from graph_service.errors import BadInput, BadParameter, ZvenoError
from graph_service.store.port import GraphStore, Load, LoadMode, LoadRequest, Written
from loaders.loader import Batch, Loader, Options, Reject
from loaders.rejects import RejectFile

Progress = Callable[[int, int | None], None]
"""Called with rows read so far and rows in all, where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a load did, or, for a dry run, would do."""

    format: str
    files: tuple[str, ...]
    rows_read: int
    rows_rejected: int
    claims: int
    claims_by_type: dict[str, int]
    written: Written
    load: Load | None
    rejects: Path | None
    first_rejects: tuple[Reject, ...]
    notes: tuple[Said, ...] = ()
    repeat: bool = False


class Note(Words):
    """What else is to be said of a file; ``code`` is the kind of note (``graph_service/domain/said.toml``)."""

    code: str


class RejectedRow(TypedDict):
    """A row that was not loaded, and why: ``reason`` is the English of ``words``."""

    where: str
    sheet: str | None
    row: int | None
    reason: str
    words: Words


class PlainReport(TypedDict):
    """A report in JSON; ``load`` and ``version`` are null on a dry run, ``rejects`` is the file of rejected rows."""

    format: str
    files: tuple[str, ...]
    rows_read: int
    rows_rejected: int
    claims: int
    claims_by_type: dict[str, int]
    load: int | None
    version: int | None
    new: int
    known: int
    retracted: int
    rejects: NotRequired[str | None]
    first_rejects: list[RejectedRow]
    notes: list[Note]


def plain(report: Report) -> PlainReport:
    """A report as it is written in JSON."""
    load = report.load
    return {
        "format": report.format,
        "files": report.files,
        "rows_read": report.rows_read,
        "rows_rejected": report.rows_rejected,
        "claims": report.claims,
        "claims_by_type": report.claims_by_type,
        "load": None if load is None else load.load_id,
        "version": None if load is None else load.version,
        "new": 0 if load is None else load.claims_new,
        "known": 0 if load is None else load.claims_known,
        "retracted": 0 if load is None else load.claims_retracted,
        "rejects": str(report.rejects) if report.rejects else None,
        "first_rejects": [rejected_row(reject) for reject in report.first_rejects],
        "notes": [plain_note(note) for note in report.notes],
    }


def rejected_row(reject: Reject) -> RejectedRow:
    """A rejected row as it is written in JSON."""
    where = reject.where
    return {
        "where": str(where),
        "sheet": where.sheet,
        "row": where.row,
        "reason": str(reject.reason),
        "words": words(reject.reason),
    }


def plain_note(note: Said) -> Note:
    """A note as it is written in JSON."""
    return {"code": note.codes[0], **words(note)}


def holder() -> str:
    """Who writes: user, host and process, as others see it when they must wait."""
    return f"{user_name()}@{socket.gethostname()}, process {os.getpid()}"


def user_name() -> str:
    """Who runs this process; a container may run under a number that has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


def fingerprint(loader: Loader, files: Sequence[Path], options: Options, mode: LoadMode) -> str:
    """Hash of what is loaded and how: the same load that was cut off is known by it.

    The size of batches is no part of it: a load continues from its beginning, and passes over what is written already.
    """
    digest = sha256(orjson.dumps([loader.name, mode, asdict(options) | {"batch_rows": None}]))
    for path in files:
        with path.open("rb") as handle:
            digest.update(path.name.encode())
            while block := handle.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def run(
    loader: Loader,
    paths: Sequence[Path],
    options: Options,
    store: GraphStore | None,
    *,
    mode: LoadMode = "incremental",
    strict: bool = False,
    rejects_path: Path | None = None,
    lang: str = "en",
    progress: Progress = lambda read, total: None,
    by: str | None = None,
) -> Report:
    """Load files into a store.

    Args:
        loader: the format.
        paths: files or folders as the user gave them.
        options: what the user says about them.
        store: where to; None for a dry run, which writes nothing.
        mode: ``full`` retracts what the data set no longer states.
        strict: load nothing at all if any row is rejected.
        rejects_path: where rejected rows go.
        lang: the language of the reasons in it.
        progress: told how far the reading is.
        by: who has it loaded, where that is not the user of this process.

    Raises:
        BadInput: a file as a whole is wrong, or ``strict`` and a row is.
        BadParameter: the rejected rows would go into a file that is read.
    """
    files = loader.files(paths, options)
    if rejects_path and any(rejects_path.resolve() == file.resolve() for file in files):
        raise BadParameter(f"{rejects_path} is read itself: name another file for rejected rows", parameter="rejects")
    rejects = RejectFile(rejects_path, lang) if rejects_path else None
    if strict:
        _check_all(loader, paths, options, rejects)
    first: list[Reject] = []
    notes: list[Said] = []
    rejected = read = claims = 0
    by_type: dict[str, int] = {}
    written = Written()
    load: Load | None = None
    try:
        for batch in loader.batches(paths, options):
            if store is not None and load is None:
                load = store.begin(
                    LoadRequest(
                        format=loader.name,
                        dataset=loader.dataset(paths, options),
                        mode=mode,
                        fingerprint=fingerprint(loader, files, options, mode),
                        holder=holder() if by is None else f"{by} ({holder()})",
                        files=tuple(path.name for path in files),
                    )
                )
            rejected += len(batch.rejects)
            first += batch.rejects[: 5 - len(first)]
            notes += batch.notes
            if rejects:
                rejects.add(batch.rejects)
            read = batch.rows_read
            claims += len(batch.claims.claims)
            count_types(by_type, batch)
            if store is not None and load is not None:
                written += store.write(load, batch.claims)
            progress(batch.rows_read, batch.rows_total)
        finished = store.complete(load, rows_rejected=rejected) if store is not None and load is not None else None
    except BaseException:
        if store is not None and load is not None:
            with suppress(ZvenoError):  # a store that is down says so by the first error
                store.release()
        raise
    finally:
        if rejects and (kept := rejects.close()):
            notes.append(said("rejects-kept", name=kept.name))
    return Report(
        format=loader.name,
        files=tuple(path.name for path in files),
        rows_read=read,
        rows_rejected=rejected,
        claims=claims,
        claims_by_type=dict(sorted(by_type.items())),
        written=written,
        load=finished,
        rejects=rejects_path if rejects and rejects.count else None,
        first_rejects=tuple(first),
        notes=tuple(notes),
    )


@contextmanager
def whole(store: GraphStore, request: LoadRequest) -> Iterator[Load]:
    """A load that is completed inside or, on any error, as if it had never begun."""
    load = store.begin(request)
    try:
        yield load
    except BaseException:
        with suppress(ZvenoError):  # completed after all, or the store is down: zveno loads tells
            store.release()
            store.drop(load.load_id)
        raise


def _check_all(loader: Loader, paths: Sequence[Path], options: Options, rejects: RejectFile | None) -> None:
    found = [reject for batch in loader.batches(paths, options) for reject in batch.rejects]
    if not found:
        return
    if rejects:
        rejects.add(found)
        rejects.close()
    raise BadInput(
        f"{len(found)} rows are wrong and --strict loads nothing then; the first: {found[0].where}: {found[0].reason}",
        file=found[0].where.file,
        row=found[0].where.row,
    )


def count_types(by_type: dict[str, int], batch: Batch) -> None:
    """Add the claims of a batch to how many there are of each type."""
    for name, count in batch.claims.claims.group_by("type").len().iter_rows():
        by_type[name] = by_type.get(name, 0) + count
