"""`zveno neo4j`: real servers of both versions, started and stopped as a person would."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from jgo.maven import MavenContext

from graph_service.errors import BadSettings, StoreUnavailable
from graph_service.store.neo4j import local_jars
from graph_service.store.neo4j.local_jars import DEFAULT_VERSION, VERSIONS, LockedJar, read_lock
from graph_service.store.neo4j.local_options import StartOptions
from graph_service.store.neo4j.local_server import LocalNeo4j

ZVENO = Path(sys.executable).with_name("zveno")
STYLE = "node { diameter: 50px; }\n"

neo4j_marked = pytest.mark.neo4j


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    LocalNeo4j(folder).stop()


def free_options(version: str = DEFAULT_VERSION, *, style: Path | None = None, with_auth: bool = True) -> StartOptions:
    return StartOptions(
        version=version,
        bolt_port=0,
        http_port=0 if style else None,
        with_auth=with_auth,
        style=style,
        is_tied_to_parent=True,
    )


@neo4j_marked
@pytest.mark.parametrize("version", VERSIONS)
def test_a_server_starts_answers_only_with_its_password_shows_browser_and_stops(
    version: str, home: Path, tmp_path: Path
) -> None:
    style = tmp_path / "zveno.grass"
    style.write_text(STYLE)
    steps: list[str] = []
    server = LocalNeo4j(home)

    record = server.start(free_options(version, style=style), on_progress=steps.append)

    assert server.password is not None
    assert len(server.password) >= 12
    assert server.password_file.stat().st_mode & 0o777 == 0o600
    assert server.password_file.read_text().isalnum()  # with a dash at its beginning it would be read as an option
    assert any(step.startswith(f"Starting Neo4j {version}") for step in steps)
    with neo4j.GraphDatabase.driver(record.uri, auth=("neo4j", server.password)) as driver:
        assert driver.get_server_info().agent == f"Neo4j/{version}"
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1
    with (
        pytest.raises(neo4j.exceptions.AuthError),
        neo4j.GraphDatabase.driver(record.uri, auth=("neo4j", "neo4j")) as driver,
    ):
        driver.verify_connectivity()
    assert record.browser_url is not None
    assert "<title>Neo4j Browser</title>" in fetch(record.browser_url)
    assert fetch(f"{record.browser_url}zveno.grass") == STYLE
    listening = [
        each.laddr.ip.removeprefix("::ffff:")
        for each in psutil.Process(record.pid).net_connections(kind="tcp")
        if each.status == psutil.CONN_LISTEN
    ]
    assert len(listening) >= 2
    assert set(listening) == {"127.0.0.1"}
    assert LocalNeo4j(home).status() == record
    assert server.start(free_options(version)) == record  # it runs: no second process

    assert server.stop()

    assert server.status() is None
    assert not psutil.pid_exists(record.pid)
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", record.bolt_port), 1):
        pass
    assert not server.stop()


@neo4j_marked
def test_the_command_line_starts_a_server_whose_data_outlive_it(home: Path) -> None:
    start = ("start", "--home", str(home), "--port", "0", "--no-browser")
    shown = zveno(*start).stdout
    uri = next(word for word in shown.split() if word.startswith("neo4j://"))
    password = (home / "password").read_text()
    assert f"password {password}" in shown
    assert f"ZVENO_STORE={uri} ZVENO_NEO4J_PASSWORD_FILE={home / 'password'}" in shown
    with neo4j.GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
        driver.execute_query("CREATE (:Kept {name: 'Волжский'})")
    assert "runs already" in zveno(*start).stdout
    assert uri in zveno("status", "--home", str(home)).stdout

    assert "is stopped" in zveno("stop", "--home", str(home)).stdout
    idle = zveno("status", "--home", str(home), expected=1)
    assert "No Neo4j runs" in idle.stdout
    assert "was not running" in zveno("stop", "--home", str(home)).stdout

    uri = next(word for word in zveno(*start).stdout.split() if word.startswith("neo4j://"))
    with neo4j.GraphDatabase.driver(uri, auth=("neo4j", password)) as driver:
        assert driver.execute_query("MATCH (kept:Kept) RETURN kept.name").records[0][0] == "Волжский"


@neo4j_marked
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="only Linux can tie a process to its parent")
def test_a_server_tied_to_its_parent_ends_when_the_parent_is_killed(home: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from graph_service.store.neo4j.local_options import StartOptions\n"
        "from graph_service.store.neo4j.local_server import LocalNeo4j\n"
        "options = StartOptions(bolt_port=0, http_port=None, with_auth=False, is_tied_to_parent=True)\n"
        "print(LocalNeo4j(Path(sys.argv[1])).start(options).pid, flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program, home], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        server = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
    server.wait(60)
    assert LocalNeo4j(home).status() is None


@neo4j_marked
def test_when_java_ends_the_error_shows_the_log(home: Path) -> None:
    home.mkdir()
    (home / "data").write_text("a file where Neo4j needs a folder")
    with pytest.raises(StoreUnavailable, match="ended while starting") as caught:
        LocalNeo4j(home).start(free_options(with_auth=False))
    assert "console.log" in caught.value.detail
    assert "ERROR" in caught.value.detail or "Exception" in caught.value.detail
    assert LocalNeo4j(home).status() is None
    assert not (home / "server.json").exists()


@neo4j_marked
def test_a_port_in_use_is_named_before_anything_starts(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadSettings, match=rf"Port {port} .* --port"):
            LocalNeo4j(home).start(StartOptions(bolt_port=port, http_port=None))
    assert not (home / "server.json").exists()


def test_stop_leaves_a_process_alone_that_is_not_its_own(home: Path) -> None:
    home.mkdir()
    with subprocess.Popen(["sleep", "600"]) as stranger:
        try:
            record = {
                "pid": stranger.pid,
                "created": psutil.Process(stranger.pid).create_time(),
                "version": DEFAULT_VERSION,
                "bolt_port": 7687,
                "http_port": None,
                "with_auth": True,
            }
            (home / "server.json").write_text(json.dumps(record))
            assert LocalNeo4j(home).status() is None
            assert not LocalNeo4j(home).stop()
            assert stranger.poll() is None
        finally:
            stranger.kill()


def test_a_record_of_another_life_of_the_same_pid_is_not_believed(home: Path) -> None:
    home.mkdir()
    # This process has the folder on its command line and the right pid, but it began at another time.
    code = "import sys; print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, f"--home-dir={home}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        # Until it has spoken, its command line may still be empty: the kernel fills it in late.
        assert other.stdout is not None and other.stdout.readline()
        created = psutil.Process(other.pid).create_time()
        record = {
            "version": DEFAULT_VERSION,
            "bolt_port": 1,
            "http_port": None,
            "with_auth": True,
            "pid": other.pid,
        }
        (home / "server.json").write_text(json.dumps({**record, "created": created - 60}))
        assert LocalNeo4j(home).status() is None
        (home / "server.json").write_text(json.dumps({**record, "created": created}))
        assert LocalNeo4j(home).status() is not None
        (home / "server.json").unlink()
        other.kill()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}'])
def test_a_damaged_record_means_no_server(home: Path, content: str) -> None:
    home.mkdir()
    (home / "server.json").write_text(content)
    assert LocalNeo4j(home).status() is None


def test_data_of_a_newer_neo4j_are_refused(home: Path) -> None:
    home.mkdir()
    (home / "data-version").write_text("2026.08.1")
    with pytest.raises(BadSettings, match=r"written by Neo4j 2026\.08\.1, which 5\.26\.30 cannot read"):
        LocalNeo4j(home).start(free_options("5.26.30"))


def test_an_unknown_version_is_refused_with_the_known_ones(home: Path) -> None:
    with pytest.raises(BadSettings, match=r"4\.4\.0 .* 2026\.08\.1 or 5\.26\.30"):
        LocalNeo4j(home).start(free_options("4.4.0"))
    assert not home.exists()


@pytest.mark.parametrize("version", VERSIONS)
def test_the_lock_names_the_server_and_each_file_once(version: str) -> None:
    jars = read_lock(version)
    coordinates = {jar.coordinates for jar in jars}
    assert {f"org.neo4j:neo4j:{version}", f"org.neo4j.app:neo4j-server:{version}"} <= coordinates
    assert f"org.neo4j.client:neo4j-browser:{local_jars.BROWSER_VERSION}" in coordinates
    assert len({jar.filename for jar in jars}) == len(jars)
    assert all(len(bytes.fromhex(jar.sha256)) == 32 for jar in jars)


@pytest.mark.parametrize("is_genuine", [True, False])
def test_only_the_locked_bytes_become_a_program_file(tmp_path: Path, is_genuine: bool) -> None:
    content = b"a jar"
    served = tmp_path / "served" / "org" / "example" / "thing" / "1.0"
    served.mkdir(parents=True)
    (served / "thing-1.0.jar").write_bytes(content if is_genuine else b"another jar")
    jar = LockedJar(coordinates="org.example:thing:1.0", sha256=hashlib.sha256(content).hexdigest())
    folder = tmp_path / "jars"
    folder.mkdir()
    with repository(tmp_path / "served") as url:
        context = MavenContext(repo_cache=tmp_path / "incoming", remote_repos={"here": url})
        if is_genuine:
            local_jars._fetch_one(context, jar, folder)
            assert (folder / "thing-1.0.jar").read_bytes() == content
        else:
            with pytest.raises(StoreUnavailable, match=r"org\.example:thing:1\.0 .* SHA-256"):
                local_jars._fetch_one(context, jar, folder)
            assert list(folder.iterdir()) == []


def test_a_lock_file_is_fetched_once_and_strays_are_removed(tmp_path: Path) -> None:
    version = DEFAULT_VERSION
    folder = tmp_path / version
    folder.mkdir()
    for jar in read_lock(version):
        (folder / jar.filename).touch()
    (folder / "left-by-an-older-lock-1.0.jar").touch()
    before = time.time_ns()
    assert local_jars.fetch_jars(version, cache=tmp_path) == folder
    assert {path.name for path in folder.glob("*.jar")} == {jar.filename for jar in read_lock(version)}
    assert all(path.stat().st_mtime_ns <= before for path in folder.glob("*.jar"))


class repository:  # noqa: N801 - reads as a verb phrase in `with`
    """A Maven repository on this machine that serves one folder."""

    def __init__(self, folder: Path) -> None:
        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(
                self, request: socket.socket, address: tuple[str, int], server: http.server.HTTPServer
            ) -> None:
                super().__init__(request, address, server, directory=str(folder))

            def log_message(self, format: str, *args: object) -> None:
                return

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def zveno(*arguments: str, expected: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [ZVENO, "neo4j", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == expected, done.stderr
    return done


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return str(response.read(), encoding="utf-8")


@neo4j_marked
@pytest.mark.parametrize("fixture", ["clean_neo4j", "clean_neo4j_526"])
def test_the_tests_own_server_can_be_emptied(
    fixture: str, request: pytest.FixtureRequest, empty_neo4j: Callable[[str], None]
) -> None:
    uri = request.getfixturevalue(fixture)
    with neo4j.GraphDatabase.driver(uri, auth=None) as driver:
        driver.execute_query("CREATE CONSTRAINT left_over FOR (n:Left) REQUIRE n.id IS UNIQUE")
        driver.execute_query("CREATE FULLTEXT INDEX left_text FOR (n:Left) ON EACH [n.name]")
        driver.execute_query("UNWIND range(1, 25000) AS id CREATE (:Left {id: id})-[:LEFT]->(:Other)")
        empty_neo4j(uri)
        assert driver.execute_query("MATCH (n) RETURN count(n)").records[0][0] == 0
        assert driver.execute_query("SHOW CONSTRAINTS").records == []
        kinds = driver.execute_query("SHOW INDEXES YIELD type RETURN DISTINCT type").records
        assert [row["type"] for row in kinds] == ["LOOKUP"]
