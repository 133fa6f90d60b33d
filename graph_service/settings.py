"""What the environment decides, read once into a frozen object and handed to whoever needs it."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import unquote, urlsplit

from graph_service.errors import BadSettings

Engine = Literal["snapshot", "cypher"]
Language = Literal["ru", "en"]

SQLITE_SCHEME = "sqlite"
BOLT_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")

VARIABLES: dict[str, str] = {
    "ZVENO_STORE": "where the graph is kept: sqlite:///PATH, or neo4j://HOST:PORT and its other schemes",
    "ZVENO_ENGINE": "what computes the answers: snapshot (default), or cypher: Neo4j where it can be",
    "ZVENO_SNAPSHOT_DIR": "folder for snapshots: beside the SQLite file, or the user's cache folder, unless set",
    "ZVENO_UPLOADS_DIR": "folder for files that are sent: beside the SQLite file, or in the user's data, unless set",
    "ZVENO_LANG": "language of names and sentences where nobody asks for one: ru (default) or en",
    "ZVENO_API_KEYS": "file with the hashed API keys and their roles; needed to listen beyond this machine",
    "ZVENO_NEO4J_USER": "user for a neo4j:// store (default neo4j)",
    "ZVENO_NEO4J_PASSWORD": "password for a neo4j:// store",
    "ZVENO_NEO4J_PASSWORD_FILE": "file that holds this password, for secrets mounted into a container",
    "ZVENO_NEO4J_DATABASE": "database inside the Neo4j server (default: the server's own default)",
    "ZVENO_NEO4J_HOME": "folder of the Neo4j that `zveno neo4j start` runs: its data, logs and password",
    "ZVENO_NEO4J_CACHE": "folder for the Neo4j program files that `zveno neo4j start` fetches",
    "ZVENO_NEO4J_VERSION": "the version that `zveno neo4j start` runs",
    "ZVENO_DATA": "folder with real files that some tests read",
    "ZVENO_TEST_NEO4J": "the Neo4j version that the tests start",
    "ZVENO_REQUIRE_NEO4J": "1: tests that need a Neo4j fail without one, and never skip",
    "ZVENO_CHROMIUM": "tests: the browser to take; that of the system unless set",
    "ZVENO_REQUIRE_CHROMIUM": "1: tests that need a browser fail without one, and never skip",
    "ZVENO_PICTURES": "1: tests take the pictures of the docs anew",
    "ZVENO_TEST_MAY_EMPTY": "1: the tests may delete what the Neo4j at NEO4J_URI holds",
}
"""Every variable the program and its tests read, each with its one-line explanation."""

DEFAULT_STORE = "sqlite:///zveno.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process.

    Attributes:
        store: address of the store; `sqlite:///PATH` or a Bolt address, never with a password in it.
        engine: what computes the answers.
        lang: language used when a request names none.
        api_keys: file with hashed API keys, or None when the service is for this machine only.
        snapshot_dir: folder for snapshots; None for the store's own place.
        uploads_dir: folder for files sent to the service; None for the store's own place.
        neo4j_user: user for a Bolt store.
        neo4j_password: its password; None on a server that asks for none. Never shown by `repr`.
        neo4j_database: database on the server; None for the server's default.
    """

    store: str = DEFAULT_STORE
    engine: Engine = "snapshot"
    lang: Language = "ru"
    api_keys: Path | None = None
    snapshot_dir: Path | None = None
    uploads_dir: Path | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: str | None = field(default=None, repr=False)
    neo4j_database: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, *, store: str | None = None) -> Settings:
        """Read the settings.

        Args:
            environ: variables to read; the process's own when left out. Empty ones count as not set.
            store: a store named on the command line, which outranks ZVENO_STORE.

        Raises:
            BadSettings: a ZVENO_* variable is unknown or its value impossible; the message names the
                variable, what it may hold, and the nearest known name.
        """
        source = os.environ if environ is None else environ
        given = {name: value.strip() for name, value in source.items() if name.startswith("ZVENO_")}
        _refuse_unknown(given)
        given = {name: value for name, value in given.items() if value}
        keys = given.get("ZVENO_API_KEYS")
        if keys is not None and not Path(keys).is_file():
            raise BadSettings(f"ZVENO_API_KEYS names {keys}, and there is no such file.", parameter="ZVENO_API_KEYS")
        address, user, password = _split_credentials(store or given.get("ZVENO_STORE", DEFAULT_STORE))
        return cls(
            store=address,
            engine=_one_of(given, "ZVENO_ENGINE", get_args(Engine), "snapshot"),
            lang=_one_of(given, "ZVENO_LANG", get_args(Language), "ru"),
            api_keys=Path(keys) if keys is not None else None,
            snapshot_dir=Path(given["ZVENO_SNAPSHOT_DIR"]) if "ZVENO_SNAPSHOT_DIR" in given else None,
            uploads_dir=Path(given["ZVENO_UPLOADS_DIR"]) if "ZVENO_UPLOADS_DIR" in given else None,
            neo4j_user=user or given.get("ZVENO_NEO4J_USER", "neo4j"),
            neo4j_password=password or _password(given),
            neo4j_database=given.get("ZVENO_NEO4J_DATABASE"),
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is the embedded one."""
        return self.store.startswith(f"{SQLITE_SCHEME}:")


def _refuse_unknown(given: Mapping[str, str]) -> None:
    for name in sorted(given):
        if name not in VARIABLES:
            near = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.6)
            hint = f" Did you mean {near[0]}?" if near else f" Known are: {', '.join(VARIABLES)}."
            raise BadSettings(f"The environment sets {name}, which is not a setting.{hint}", parameter=name)


def _one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> Any:
    value = given.get(name, default)
    if value not in allowed:
        raise BadSettings(f"{name} is {value!r}; it may be {' or '.join(allowed)}.", parameter=name)
    return value


def _split_credentials(store: str) -> tuple[str, str | None, str | None]:
    """Check a store address and take user and password out of it, so that logs can show the rest."""
    parts = urlsplit(store)
    if parts.scheme == SQLITE_SCHEME:
        if not store.startswith(f"{SQLITE_SCHEME}:///") or store == f"{SQLITE_SCHEME}:///":
            raise BadSettings(
                f"The store {store!r} names no file. Write sqlite:///zveno.sqlite for a file in this folder, "
                "sqlite:////data/zveno.sqlite for an absolute path.",
                parameter="ZVENO_STORE",
            )
        return store, None, None
    if parts.scheme not in BOLT_SCHEMES or not parts.hostname:
        raise BadSettings(
            f"The store {store!r} is not an address I can open. Known are sqlite:///PATH and "
            f"{', '.join(f'{scheme}://HOST:PORT' for scheme in BOLT_SCHEMES)}.",
            parameter="ZVENO_STORE",
        )
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return (
        bare,
        unquote(parts.username) if parts.username else None,
        (unquote(parts.password) if parts.password else None),
    )


def _password(given: Mapping[str, str]) -> str | None:
    path = given.get("ZVENO_NEO4J_PASSWORD_FILE")
    if path is None:
        return given.get("ZVENO_NEO4J_PASSWORD")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSettings(
            f"ZVENO_NEO4J_PASSWORD_FILE names {path}, which cannot be read: {error.strerror}.",
            parameter="ZVENO_NEO4J_PASSWORD_FILE",
        ) from error
