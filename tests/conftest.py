"""What all tests share: a real Neo4j of either version, and the folder with real data."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import psutil
import pytest

from graph_service.api.browser_app import BUILT
from graph_service.errors import StoreUnavailable
from graph_service.graph import Graph
from graph_service.settings import VARIABLES
from graph_service.store.neo4j.local_jars import DEFAULT_VERSION, fetch_jars
from graph_service.store.neo4j.local_options import StartOptions
from graph_service.store.neo4j.local_server import LocalNeo4j, ServerRecord
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

CHECKOUT = Path(__file__).parents[1]
LONG_TERM_VERSION = "5.26.30"
SERVER = {  # every test empties the graph, and planning each query anew after that would take most of the time
    "dbms.cypher.min_replan_interval": "1h",
    "dbms.cypher.statistics_divergence_threshold": "1.0",
}

# Most servers of the tests do little and not for long: a second compiler takes more there than it ever gives back.
ONE_COMPILER, BOTH_COMPILERS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", "-XX:+UseSerialGC"
os.environ.setdefault("JDK_JAVA_OPTIONS", ONE_COMPILER)

# The tests say themselves which store and settings they mean; the developer's own must not leak in.
_OF_THE_TESTS = {
    "ZVENO_DATA", "ZVENO_TEST_NEO4J", "ZVENO_TEST_MAY_EMPTY", "ZVENO_REQUIRE_NEO4J", "ZVENO_REQUIRE_CHROMIUM",
    "ZVENO_CHROMIUM", "ZVENO_PICTURES", "ZVENO_NEO4J_CACHE",
}  # fmt: skip
for _name in VARIABLES.keys() - _OF_THE_TESTS:
    os.environ.pop(_name, None)
os.environ["ZVENO_SNAPSHOT_DIR"] = tempfile.mkdtemp(prefix="zveno-snapshots-")
atexit.register(shutil.rmtree, os.environ["ZVENO_SNAPSHOT_DIR"], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a Neo4j, by its fixtures or its parameter, so that `-m neo4j` finds all of it.

    Tests on one version run in one process, which has the server; the others file by file.
    """
    for item in items:
        names = " ".join((*getattr(item, "fixturenames", ()), item.name.partition("[")[2]))
        group = item.path.as_posix()
        if "neo4j" in names:
            item.add_marker(pytest.mark.neo4j)
        if "local_server" not in group and "neo4j" in names:
            # Those of the twins take as long as all others, and have a server of their own in the other process.
            twins = "twins" if item.path.name.startswith(("test_twins", "test_engine")) else ""
            group = "5.26" if "526" in names else f"2026 {twins}"
        item.add_marker(pytest.mark.xdist_group(group))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the tests measured stands under their result, met or missed."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    for report in reports:
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}: {name} {value}")


@pytest.fixture(scope="session")
def built_app() -> Path:
    """The first page of the built application; CI builds it, elsewhere a test without it is skipped."""
    index = BUILT / "index.html"
    if not index.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "the application in the browser is not built: make ui"
        )
    return index


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder with real files: ZVENO_DATA, or `../shared/data` beside the checkout."""
    folder = Path(os.environ.get("ZVENO_DATA") or CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; name a folder with ZVENO_DATA")
    return folder


@pytest.fixture(scope="module")
def demo_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """The demo on SQLite; read only."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("demo") / "demo.sqlite")) as graph:
        report = graph.load("demo", [], Options())
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


@pytest.fixture(scope="session")
def neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the Neo4j under test: the one at NEO4J_URI, else a server of this run's own.

    ZVENO_TEST_NEO4J chooses the version of the latter. It asks for no password.
    """
    yield from _server_under_test(tmp_path_factory.mktemp("neo4j"), ONE_COMPILER)


@pytest.fixture(scope="session")
def busy_neo4j_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """As ``neo4j_uri``, for tests that ask it thousands of questions: the second compiler halves their time."""
    yield from _server_under_test(tmp_path_factory.mktemp("neo4j-busy"), BOTH_COMPILERS)


def _server_under_test(home: Path, java_options: str) -> Iterator[str]:
    if given := os.environ.get("NEO4J_URI"):
        _prove_it_answers(given)
        yield given
        return
    version = os.environ.get("ZVENO_TEST_NEO4J") or DEFAULT_VERSION
    yield from _own_server(version, home, java_options)


@pytest.fixture(scope="session")
def neo4j_526_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Neo4j of the long-term version, started for this run."""
    yield from _own_server(LONG_TERM_VERSION, tmp_path_factory.mktemp("neo4j-5"), ONE_COMPILER)


@pytest.fixture(scope="session")
def empty_neo4j() -> Callable[[str], None]:
    """Deletes everything in a database that belongs to the tests: data, constraints, indexes."""
    return _empty


@pytest.fixture
def clean_neo4j(neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> str:
    """Address of the Neo4j under test, emptied of data, constraints and indexes."""
    empty_neo4j(neo4j_uri)
    return neo4j_uri


@pytest.fixture
def clean_neo4j_526(neo4j_526_uri: str, empty_neo4j: Callable[[str], None]) -> str:
    """Address of the long-term Neo4j, emptied likewise."""
    empty_neo4j(neo4j_526_uri)
    return neo4j_526_uri


def _empty(uri: str) -> None:
    with neo4j.GraphDatabase.driver(uri, auth=None) as driver, driver.session() as session:
        for record in list(session.run("SHOW CONSTRAINTS YIELD name")):
            session.run(f"DROP CONSTRAINT `{record['name']}` IF EXISTS").consume()
        for record in list(session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")):
            session.run(f"DROP INDEX `{record['name']}` IF EXISTS").consume()
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def _own_server(version: str, home: Path, java_options: str) -> Iterator[str]:
    try:
        fetch_jars(version)
    except StoreUnavailable as error:
        if os.environ.get("ZVENO_REQUIRE_NEO4J") == "1" or os.environ.get("CI") == "true":
            pytest.fail(f"a Neo4j is required and cannot be had: {error}")
        pytest.skip(f"Neo4j {version} cannot be had: {error}")
    server = LocalNeo4j(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", java_options)
        record = server.start(
            StartOptions(
                version=version, bolt_port=0, http_port=None, with_auth=False, is_tied_to_parent=True, settings=SERVER
            )
        )
    atexit.register(server.stop)  # an interrupted run may never come back into this generator
    try:
        _prove_it_is(record, home)
        yield record.uri
    finally:
        server.stop()


def _prove_it_is(record: ServerRecord, home: Path) -> None:
    """The server that answers must be the process that was started here, writing to this run's folder."""
    token = secrets.token_hex(8)
    with neo4j.GraphDatabase.driver(record.uri, auth=None) as driver:
        assert driver.get_server_info().agent == f"Neo4j/{record.version}"
        shown = driver.execute_query(
            "SHOW SETTINGS 'server.directories.neo4j_home', 'server.bolt.listen_address' YIELD name, value"
        ).records
        assert {row["name"]: row["value"] for row in shown} == {
            "server.directories.neo4j_home": str(home.resolve()),
            "server.bolt.listen_address": f"127.0.0.1:{record.bolt_port}",
        }
        driver.execute_query("CREATE (:Probe {token: $token})", token=token)
        found = driver.execute_query("MATCH (p:Probe) WITH p, p.token AS token DELETE p RETURN token").records
        assert [row["token"] for row in found] == [token]
    assert any(str(home.resolve()) in file.path for file in psutil.Process(record.pid).open_files())


def _prove_it_answers(uri: str) -> None:
    """A given server must answer, and hold nothing that the tests would destroy."""
    with neo4j.GraphDatabase.driver(uri, auth=None) as driver:
        driver.verify_connectivity()
        rows = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records
    if rows[0]["nodes"] and os.environ.get("ZVENO_TEST_MAY_EMPTY") != "1":
        pytest.fail(
            f"the Neo4j at {uri} holds {rows[0]['nodes']} nodes, and the tests would delete them; "
            "if that is meant, set ZVENO_TEST_MAY_EMPTY=1"
        )
