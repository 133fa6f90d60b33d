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

import orjson
import polars as pl

from graph_service.domain.claims import identify
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
    repeat: bool = False


def holder() -> str:
    """Who writes: user, host and process, as others see it when they must wait."""
    return f"{getpass.getuser()}@{socket.gethostname()}, process {os.getpid()}"


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
    progress: Progress = lambda read, total: None,
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
        progress: told how far the reading is.

    Raises:
        BadInput: a file as a whole is wrong, or ``strict`` and a row is.
        BadParameter: the rejected rows would go into a file that is read.
    """
    files = loader.files(paths, options)
    if rejects_path and any(rejects_path.resolve() == file.resolve() for file in files):
        raise BadParameter(f"{rejects_path} is read itself: name another file for rejected rows", parameter="rejects")
    rejects = RejectFile(rejects_path) if rejects_path else None
    if strict:
        _check_all(loader, paths, options, rejects)
    first: list[Reject] = []
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
                        holder=holder(),
                        files=tuple(path.name for path in files),
                    )
                )
            rejected += len(batch.rejects)
            first += batch.rejects[: 5 - len(first)]
            if rejects:
                rejects.add(batch.rejects)
            read = batch.rows_read
            claims += len(batch.claims.claims)
            _count(by_type, batch)
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
        if rejects:
            rejects.close()
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


def _count(by_type: dict[str, int], batch: Batch) -> None:
    for name, count in batch.claims.claims.group_by("type").len().iter_rows():
        by_type[name] = by_type.get(name, 0) + count


def preview(batch: Batch, rows: int = 10) -> pl.DataFrame:
    """The first claims of a batch, only the columns that say something."""
    claims = identify(batch.claims.claims.head(rows))
    return claims.select(column.name for column in claims if column.null_count() < len(claims))
