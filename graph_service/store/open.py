"""From a URI to a store."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from graph_service.errors import BadSettings
from graph_service.settings import BOLT_SCHEMES
from graph_service.store.port import GraphStore


class StoreAddress(TypedDict):
    """Where a store is and who opens it."""

    uri: str
    user: str | None
    password: str | None
    database: str | None


def open_store(
    uri: str,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    create: bool = True,
    may_be_down: bool = False,
) -> GraphStore:
    """Open ``sqlite:///file`` or any Bolt URI; the schema is brought up to date.

    With ``may_be_down`` a server that does not answer is given time until it is needed.

    Raises:
        BadSettings: the URI has another scheme, or without ``create`` names a file that is not there.
        StoreUnavailable: the store does not answer.
    """
    scheme, _, rest = uri.partition("://")
    if scheme == "sqlite":
        from graph_service.store.sqlite.store import SqliteStore

        if not rest.startswith("/") or not rest[1:]:
            raise BadSettings(f"{uri!r} names no file: write sqlite:///zveno.sqlite or sqlite:////var/lib/zveno.sqlite")
        path = Path(rest[1:])
        if not create and not path.exists():
            raise BadSettings(
                f"there is no graph at {uri}: zveno load demo makes one there; --store or ZVENO_STORE names another"
            )
        return SqliteStore(path)
    if scheme in BOLT_SCHEMES:
        from graph_service.store.neo4j.store import Neo4jStore

        return Neo4jStore(uri, user=user, password=password, database=database, may_be_down=may_be_down)
    raise BadSettings(f"{uri!r} is no store: write sqlite:///zveno.sqlite or neo4j://host:7687")
