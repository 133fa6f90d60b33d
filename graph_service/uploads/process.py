"""The process that loads one file: ``python -m graph_service.uploads.process``, told on its first line what to load."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path
from time import monotonic, sleep

import orjson

from graph_service.domain.said import Said, words
from graph_service.errors import StoreUnavailable, WriterBusy, ZvenoError
from graph_service.store.open import StoreAddress, open_store
from graph_service.store.port import GraphStore
from graph_service.uploads.folder import Upload, UploadFolder
from graph_service.uploads.jobs import JobProblem
from graph_service.uploads.look import LOADERS
from loaders.loader import Options
from loaders.run import PlainReport, plain, run

logger = logging.getLogger("graph_service.uploads.process")

_TELL_EVERY_S = 0.2
_TRY_AGAIN_AFTER_S = 1.0
_WAIT_AT_MOST_S = 900.0


def main() -> None:
    """Load, and write down how far it is and how it ended."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service: a load goes on to its end
    told = orjson.loads(sys.stdin.readline())
    upload = UploadFolder(Path(told["folder"])).find(told["upload"])
    try:
        report = _load(upload, told["store"])
    except ZvenoError as problem:
        _tell(upload, "failed", problem=_plain(problem))
    except Exception:
        logger.exception("loading %s failed", upload.file.name)
        detail = "Something went wrong in Zveno itself; the log has the details."
        _tell(upload, "failed", problem={"code": "internal", "detail": detail})
    else:
        _tell(upload, "done", report["rows_read"], report["rows_read"], report=report)


def _load(upload: Upload, address: StoreAddress) -> PlainReport:
    """Load as soon as nobody else writes and the store is there."""
    waits_until: float | None = None
    while True:
        try:
            store = open_store(**address, create=False)
            try:
                return _into(store, upload)
            finally:
                store.close()
        except (WriterBusy, StoreUnavailable) as problem:
            waits_until = waits_until or monotonic() + _WAIT_AT_MOST_S
            if monotonic() > waits_until:
                raise
            _tell(upload, "waiting", problem=_plain(problem))
            sleep(_TRY_AGAIN_AFTER_S)


def _into(store: GraphStore, upload: Upload) -> PlainReport:
    order = upload.read("order") or {}
    loader = LOADERS[order["format"]]
    if order["mapping"] is not None:
        upload.mapping.write_text(order["mapping"], encoding="utf-8")
    mapping = None if order["mapping"] is None else str(upload.mapping)
    told = 0.0

    def progress(read: int, total: int | None) -> None:
        nonlocal told
        if monotonic() - told > _TELL_EVERY_S:
            told = monotonic()
            _tell(upload, "running", read, total)

    upload.rejects.unlink(missing_ok=True)  # of an earlier try
    _tell(upload, "running")
    report = plain(
        run(
            loader, [upload.file], Options(source=order["source"], rank=order["rank"], mapping=mapping), store,
            mode=order["mode"], rejects_path=upload.rejects, progress=progress, by=order["by"],
            lang=order.get("lang", "en"),  # an order of an earlier version says none
        )
    )  # fmt: skip
    del report["rejects"]  # where it lies is nobody's business; there is an address for it
    return report


def _plain(problem: ZvenoError) -> JobProblem:
    found = JobProblem(code=problem.code, detail=str(problem.detail))
    if isinstance(problem.detail, Said):
        found["words"] = words(problem.detail)
    return found


def _tell(upload: Upload, state: str, read: int = 0, total: int | None = None, **more: object) -> None:
    upload.write("job", {"state": state, "read": read, "total": total, **more})


if __name__ == "__main__":
    main()
