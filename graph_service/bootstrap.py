"""The only place that wires things together: settings to a store, a store to a graph."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from graph_service.graph import Graph
from graph_service.settings import Settings
from graph_service.snapshot.files import SnapshotFolder
from graph_service.snapshot.making import InFiles, Kept
from graph_service.store.open import open_store


def open_graph(settings: Settings, *, wait: bool = True, create: bool = True) -> Graph:
    """The graph that the settings name.

    Args:
        settings: which store, and where its snapshots are kept.
        wait: answers see every earlier write (command line, notebooks); else a service: one process builds snapshots
            for all its workers, and a server that is down is waited for while its last snapshot answers.
        create: without it an embedded store must be there already.
    """
    address = {
        "uri": settings.store,
        "user": settings.neo4j_user,
        "password": settings.neo4j_password,
        "database": settings.neo4j_database,
    }
    folder = snapshot_folder(settings)
    store = open_store(
        settings.store,
        user=settings.neo4j_user,
        password=settings.neo4j_password,
        database=settings.neo4j_database,
        create=create,
        may_be_down=not wait and folder.current() is not None,
    )
    maker = InFiles(store, folder) if wait else Kept(store, folder, address)
    return Graph(store, wait=wait, maker=maker, engine=settings.engine)


def snapshot_folder(settings: Settings) -> SnapshotFolder:
    """Where the snapshots of a store are: beside an embedded one, in the user's cache for a server's."""
    if settings.is_sqlite:
        database = Path(settings.store.removeprefix("sqlite:///")).resolve()
        if settings.snapshot_dir is None:
            return SnapshotFolder(database.with_name(database.name + ".snapshot"))
        name, identity = database.name, str(database)
    else:
        identity = f"{settings.store} {settings.neo4j_database or ''}"
        name = "neo4j"
    base = settings.snapshot_dir
    if base is None:
        base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "zveno" / "snapshots"
    return SnapshotFolder(base.expanduser() / f"{name}-{sha256(identity.encode()).hexdigest()[:12]}")
