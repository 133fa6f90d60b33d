"""The only place that wires things together: settings to a store, a store to a graph."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from graph_service.graph import Graph
from graph_service.settings import Settings
from graph_service.snapshot.files import SnapshotFolder
from graph_service.snapshot.making import InFiles, Kept
from graph_service.store.open import StoreAddress, open_store
from graph_service.uploads.folder import UploadFolder
from graph_service.uploads.jobs import Jobs


def open_graph(settings: Settings, *, wait: bool = True, create: bool = True) -> Graph:
    """The graph that the settings name.

    Args:
        settings: which store, and where its snapshots are kept.
        wait: answers see every earlier write (command line, notebooks); else a service: one process builds snapshots
            for all its workers, and a server that is down is waited for while its last snapshot answers.
        create: without it an embedded store must be there already.
    """
    address = _address(settings)
    folder = snapshot_folder(settings)
    store = open_store(**address, create=create, may_be_down=not wait and folder.current() is not None)
    maker = InFiles(store, folder) if wait else Kept(store, folder, address)
    return Graph(store, wait=wait, maker=maker, engine=settings.engine)


def open_jobs(settings: Settings) -> Jobs:
    """Loads of files that are sent to the service."""
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    path = _folder_of(settings, "uploads", settings.uploads_dir, Path(base).expanduser() / "zveno" / "uploads")
    return Jobs(UploadFolder(path), _address(settings))


def snapshot_folder(settings: Settings) -> SnapshotFolder:
    """Where the snapshots of a store are: beside an embedded one, in the user's cache for a server's."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    path = _folder_of(settings, "snapshot", settings.snapshot_dir, Path(base).expanduser() / "zveno" / "snapshots")
    return SnapshotFolder(path)


def _address(settings: Settings) -> StoreAddress:
    return {
        "uri": settings.store,
        "user": settings.neo4j_user,
        "password": settings.neo4j_password,
        "database": settings.neo4j_database,
    }


def _folder_of(settings: Settings, what: str, chosen: Path | None, usual: Path) -> Path:
    """A folder of one store: beside an embedded one unless another is chosen; every store has its own."""
    if settings.is_sqlite:
        database = Path(settings.store.removeprefix("sqlite:///")).resolve()
        if chosen is None:
            return database.with_name(f"{database.name}.{what}")
        name, identity = database.name, str(database)
    else:
        identity = f"{settings.store} {settings.neo4j_database or ''}"
        name = "neo4j"
    return (chosen or usual).expanduser() / f"{name}-{sha256(identity.encode()).hexdigest()[:12]}"
