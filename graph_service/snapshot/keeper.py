"""The process that builds snapshots for all workers of a service: ``python -m graph_service.snapshot.keeper``.

It is told on its first line of input what to keep, watches the store and writes a snapshot whenever the version has
moved. It lives as long as its input is open, that is, as long as the worker that started it.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from time import monotonic, sleep
from typing import NoReturn

import orjson

from graph_service.errors import ZvenoError
from graph_service.snapshot.files import SnapshotFolder
from graph_service.snapshot.making import InFiles, is_of
from graph_service.snapshot.snapshot import Snapshot
from graph_service.store.open import open_store
from graph_service.store.port import GraphStore

logger = logging.getLogger("graph_service.snapshot.keeper")

_LOOK_EVERY_S = {"sqlite": 0.05}
_LOOK_AT_SERVER_EVERY_S = 0.5
_TRY_AGAIN_AFTER_S = 1.0
_BECOME_KEEPER_WITHIN_S = 0.5


def main() -> None:
    """Keep until the input ends."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, and this process ends with it
    gc.disable()  # a build makes millions of objects and no circles: looking for them takes a tenth of its time
    order = orjson.loads(sys.stdin.readline())
    folder = SnapshotFolder(Path(order["folder"]))
    if not _is_alone(folder):
        return
    awake = threading.Event()
    threading.Thread(target=_listen, args=(awake,), daemon=True).start()
    uri = str(order["store"]["uri"])
    every = _LOOK_EVERY_S.get(uri.partition("://")[0], _LOOK_AT_SERVER_EVERY_S)
    files: InFiles | None = None
    store: GraphStore | None = None
    snapshot: Snapshot | None = None
    while True:
        try:
            if store is None or files is None:
                store = open_store(**order["store"], create=False)
                files = InFiles(store, folder)
            if not is_of(snapshot, store.version()):
                snapshot = files.write(snapshot)
                gc.collect()
            folder.tidy()  # versions that the workers have let go of
            awake.wait(every)
        except ZvenoError as problem:
            logger.info("the snapshot waits: %s", problem.detail)
            awake.wait(_TRY_AGAIN_AFTER_S)
        except OSError as problem:
            logger.error("%s cannot be written: %s", folder.path, problem)
            sys.exit(1)
        awake.clear()


def _is_alone(folder: SnapshotFolder) -> bool:
    """Become the keeper; one who only asks whether there is one holds the lock for a moment, too."""
    deadline = monotonic() + _BECOME_KEEPER_WITHIN_S
    while folder.keep() is None:
        if monotonic() > deadline:
            return False
        sleep(_LOOK_EVERY_S["sqlite"] / 5)
    return True


def _listen(awake: threading.Event) -> NoReturn:
    while sys.stdin.readline():
        awake.set()
    os._exit(0)  # also in the midst of a build: what is unfinished is swept away by the next one


if __name__ == "__main__":
    main()
