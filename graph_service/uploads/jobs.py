"""Loading a file that was sent, by a process of its own: it goes on when the service stops, and is taken up again."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping
from contextlib import suppress
from time import monotonic, sleep
from typing import Literal, NotRequired, cast

import orjson
from typing_extensions import TypedDict

from graph_service.domain.said import Words
from graph_service.errors import NotFound, WriterBusy, ZvenoError
from graph_service.store.file_lock import is_free, take
from graph_service.store.open import StoreAddress
from graph_service.uploads.folder import Upload, UploadFolder, gone
from loaders.run import PlainReport

logger = logging.getLogger(__name__)

JobState = Literal["waiting", "running", "done", "failed", "cut off"]
UNFINISHED = ("waiting", "running")
_LOOK_EVERY_S = 0.02
_MOST_TRIES = 3
"""A file that ends its loader each time is not tried for ever."""
_ENDS_WITHIN_S = 5.0
"""A process that has written how it ended is gone within this time."""


class Order(TypedDict):
    """What is to be loaded, how, and in whose name; ``mapping`` is text, and None for the claims format.

    ``lang`` is the language of the reasons in the file of rejected rows.
    """

    format: str
    mapping: str | None
    source: str | None
    rank: int | None
    mode: str
    by: str
    tries: int
    lang: str


class JobProblem(TypedDict):
    """Why a job failed or waits: ``detail`` is the English of ``words``."""

    code: str
    detail: str
    words: NotRequired[Words]


class JobItem(TypedDict):
    """One job: how far it is, and, once it is done, the report of the load; ``id`` is that of the file."""

    id: str
    name: str
    state: JobState
    by: str
    read: int
    total: int | None
    problem: NotRequired[JobProblem]
    report: NotRequired[PlainReport]


class Jobs:
    """Loads of files that were sent.

    Args:
        folder: where the files are.
        address: of the store.
    """

    def __init__(self, folder: UploadFolder, address: StoreAddress) -> None:
        self.folder, self._address = folder, address

    def start(self, upload: Upload, order: Order, said: Mapping[str, object] | None = None) -> None:
        """Have a file loaded.

        Args:
            upload: the file.
            order: how.
            said: the same in the words of whoever orders it; what was said before stays unless given.

        Raises:
            WriterBusy: it is being loaded already.
            NotFound: somebody is removing it.
        """
        lock = self._lock(upload)
        try:
            if said is not None:
                upload.write("said", said)
            upload.write("order", order)
            upload.write("job", {"state": "waiting", "read": 0, "total": None})
            self._spawn(upload, lock)
        except FileNotFoundError as problem:
            raise gone(upload.upload_id) from problem
        finally:
            os.close(lock)  # the process has it now, and gives it back by ending, however it ends

    def go_on(self, upload: Upload) -> None:
        """Go on with a load that was cut off, as it was ordered.

        Raises:
            WriterBusy: it is being loaded.
            NotFound: nothing was ordered, or somebody is removing it.
        """
        order = upload.read("order")
        if order is None:
            raise NotFound(f"{upload.file.name} was sent but not loaded", parameter="id")
        self.start(upload, cast("Order", order | {"tries": order["tries"] + 1}))

    def state(self, upload: Upload) -> JobItem | None:
        """How far a job is; None where nothing was ordered yet."""
        is_held = not is_free(upload.lock)  # asked first: one who ends between the two looks has written how
        found, order = upload.read("job"), upload.read("order")
        if found is None or order is None:
            return None
        if found["state"] in UNFINISHED and not is_held:
            found["state"] = "cut off"
        return cast("JobItem", {"id": upload.upload_id, "name": upload.file.name, "by": order["by"], **found})

    def order_of(self, names: Collection[str], columns: Collection[str]) -> Order | None:
        """How the file was loaded whose rejected rows are sent again; None where several may be meant.

        Args:
            names: of the files that the rows are from.
            columns: that the rows have.
        """
        found: dict[tuple[object, ...], Order] = {}
        for upload in self.folder.all():
            with suppress(NotFound, FileNotFoundError):
                if upload.file.name not in names or not set(columns) <= upload.rejected_columns():
                    continue
                if (order := cast("Order | None", upload.read("order"))) is not None:
                    found.setdefault((order["format"], order["mapping"], order["source"], order["rank"]), order)
        return next(iter(found.values())) if len(found) == 1 else None

    def all(self) -> list[JobItem]:
        """All jobs, the newest first."""
        found = []
        for upload in self.folder.all():
            with suppress(NotFound):  # it is removed at this moment
                found.append(self.state(upload))
        return [state for state in found if state is not None]

    def remove(self, upload: Upload) -> None:
        """Forget a file; what was loaded from it stays in the graph.

        Raises:
            WriterBusy: it is being loaded.
        """
        lock = self._lock(upload)
        try:
            self.folder.remove(upload)
        finally:
            os.close(lock)

    def resume(self) -> None:
        """Go on with what was cut off when the machine stopped, and forget old files."""
        self.folder.tidy()
        for upload in self.folder.all():
            try:
                self._resume(upload)
            except (OSError, ZvenoError) as problem:  # one file must not keep the service from starting
                logger.warning("the load of %s is not taken up again: %s", upload.folder, problem)

    def _resume(self, upload: Upload) -> None:
        state, order = self.state(upload), upload.read("order")
        if state is None or order is None or state["state"] != "cut off":
            return
        if order["tries"] >= _MOST_TRIES:
            detail = f"it was cut off {order['tries']} times: the log of the service may say why"
            upload.write("job", {**state, "state": "failed", "problem": {"code": "internal", "detail": detail}})
        else:
            self.go_on(upload)

    def _lock(self, upload: Upload) -> int:
        deadline = monotonic() + _ENDS_WITHIN_S
        try:
            while (lock := take(upload.lock, 0o600)) is None and self._has_ended(upload) and monotonic() < deadline:
                sleep(_LOOK_EVERY_S)
        except FileNotFoundError as problem:
            raise gone(upload.upload_id) from problem
        if lock is None:
            raise WriterBusy(f"{upload.file.name} is being loaded: wait until it is done", holder="its load")
        return lock

    def _has_ended(self, upload: Upload) -> bool:
        found = upload.read("job")
        return found is not None and found["state"] not in UNFINISHED

    def _spawn(self, upload: Upload, lock: int) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "graph_service.uploads.process"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, pass_fds=(lock,),
        )  # fmt: skip
        order = {"folder": str(self.folder.path.absolute()), "upload": upload.upload_id, "store": self._address}
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended already; its lock is free, so the job is seen as cut off
            process.stdin.write(orjson.dumps(order) + b"\n")
            process.stdin.close()
        threading.Thread(target=process.wait, daemon=True).start()
