"""The service under gunicorn."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from gunicorn.app.base import BaseApplication

from graph_service.api.app import create_app
from graph_service.api.key_file import Keys, read_keys
from graph_service.bootstrap import open_graph, open_jobs, snapshot_folder
from graph_service.errors import BadSettings, StoreUnavailable
from graph_service.settings import Settings


class _Server(BaseApplication):
    def __init__(self, settings: Settings, keys: Keys | None, options: dict[str, Any]) -> None:
        self._settings, self._keys, self._options = settings, keys, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        # In the worker, after the fork: connections and threads do not survive one.
        graph = open_graph(self._settings, wait=False)
        graph.live.view()
        jobs = open_jobs(self._settings)
        jobs.resume()
        return create_app(graph, keys=self._keys, lang=self._settings.lang, jobs=jobs)


def run_server(settings: Settings, *, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped.

    Raises:
        BadSettings: it would listen beyond this machine without API keys, or the port is taken.
    """
    keys = read_keys(settings.api_keys) if settings.api_keys else None
    if keys is None and not is_loopback(host):
        raise BadSettings(
            f"{host} can be reached from other machines, so API keys are needed: make one with "
            "`zveno keys add NAME --role editor --file keys.json` and set ZVENO_API_KEYS=keys.json",
            parameter="host",
        )
    _check_port(host, port)
    try:
        open_graph(settings).close()  # a wrong address or a newer database is said here, once, not by every worker
    except StoreUnavailable as problem:
        if snapshot_folder(settings).current() is None:
            raise
        print(f"{problem.detail}. The last snapshot answers until it does.", flush=True)  # noqa: T201
    print(f"Zveno is at http://{host}:{port}/  (API docs: /docs, stop with Ctrl-C)", flush=True)  # noqa: T201
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "loglevel": "warning",
        "timeout": 120,
        "graceful_timeout": 10,
    }
    _Server(settings, keys, options).run()


def _check_port(host: str, port: int) -> None:
    try:
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as found:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(address)
    except OSError as problem:
        raise BadSettings(
            f"cannot listen at {host}:{port}: {problem.strerror}; name another with --host or --port", parameter="port"
        ) from problem


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
