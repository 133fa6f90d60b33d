"""The driver and its errors: every Cypher file is run through here, and what goes wrong is told in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Forbidden,
    Neo4jError,
)

from graph_service.errors import BadSettings, StoreUnavailable
from graph_service.store.cypher_files import read_cypher

FETCH_SIZE = 2_000


class Transaction:
    """Runs Cypher files inside one transaction."""

    def __init__(self, transaction: neo4j.Transaction) -> None:
        self._transaction = transaction

    def run(self, path: str, **parameters: Any) -> list[neo4j.Record]:
        """All rows that the file at ``path`` returns."""
        return list(self._transaction.run(read_cypher(path).text, parameters))


class Connection:
    """A server and one of its databases; safe to share between threads.

    Args:
        uri: any Bolt address.
        user: None where the server asks for none.
        password: its password.
        database: None for the server's own default.
    """

    def __init__(self, uri: str, *, user: str | None, password: str | None, database: str | None) -> None:
        self.uri = uri
        self._database = database
        auth = (user or "neo4j", password) if password is not None else None
        with self._told():
            self._driver = neo4j.GraphDatabase.driver(
                uri, auth=auth, notifications_min_severity="OFF", user_agent="zveno",
                connection_acquisition_timeout=10, connection_timeout=10, max_transaction_retry_time=5,
            )  # fmt: skip
        # Sessions know of each other's commits, also where they reach different members of a cluster.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def read(self, path: str, **parameters: Any) -> list[neo4j.Record]:
        """All rows of one reading file."""
        return list(self.stream(path, **parameters))

    def stream(self, path: str, **parameters: Any) -> Iterator[neo4j.Record]:
        """The rows of one reading file as they come."""
        text = read_cypher(path).text
        with self._told(), self._session(neo4j.READ_ACCESS) as session:
            yield from session.run(text, parameters)

    def write(self, path: str, **parameters: Any) -> list[neo4j.Record]:
        """Run one writing file in a transaction of its own, or in those that its text opens by itself."""
        text = read_cypher(path).text
        with self._told(), self._session(neo4j.WRITE_ACCESS) as session:
            return list(session.run(text, parameters))

    def define(self, statement: str) -> None:
        """Run one statement of a migration."""
        with self._told(), self._session(neo4j.WRITE_ACCESS) as session:
            session.run(statement).consume()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One writing transaction: committed at the end, taken back on any error."""
        with self._told(), self._session(neo4j.WRITE_ACCESS) as session, session.begin_transaction() as transaction:
            yield Transaction(transaction)
            transaction.commit()

    def bookmark(self) -> str:
        """A text that changes exactly when something was committed, by whomever."""
        with (
            self._told(),
            self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session,
        ):
            session.run(read_cypher("read/ping").text).consume()
            return ",".join(sorted(session.last_bookmarks().raw_values))

    def close(self) -> None:
        """Let go of the connections."""
        self._driver.close()

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(
            database=self._database, default_access_mode=mode, fetch_size=FETCH_SIZE, bookmark_manager=self._bookmarks
        )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (AuthError, Forbidden) as problem:
            raise BadSettings(
                f"{self.uri} refuses this user or password: set ZVENO_NEO4J_USER and ZVENO_NEO4J_PASSWORD "
                f"(or ZVENO_NEO4J_PASSWORD_FILE). The server says: {_said(problem)}"
            ) from problem
        except (ConfigurationError, ValueError) as problem:
            raise BadSettings(f"{self.uri} cannot be used as the address of a Neo4j: {problem}") from problem
        except ClientError as problem:
            if "DatabaseNotFound" in (problem.code or ""):
                raise BadSettings(f"{self.uri}: {_said(problem)}", parameter="ZVENO_NEO4J_DATABASE") from problem
            raise
        except Neo4jError as problem:
            if "MemoryPoolOutOfMemory" in (problem.code or "") or "TransactionOutOfMemory" in (problem.code or ""):
                raise StoreUnavailable(
                    f"{self.uri} has too little memory for one transaction: raise db.memory.transaction.max "
                    f"in its neo4j.conf and run the same again. The server says: {_said(problem)}"
                ) from problem
            raise StoreUnavailable(f"{self.uri} could not do this now: {_said(problem)}") from problem
        except (DriverError, OSError) as problem:
            raise StoreUnavailable(f"{self.uri} does not answer: {problem}") from problem


def _said(problem: Neo4jError) -> str:
    return problem.message or str(problem)
