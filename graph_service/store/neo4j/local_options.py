"""How a local Neo4j is to run: the caller's wishes, the ports they lead to, and the configuration file."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from graph_service.errors import BadSettings
from graph_service.store.neo4j.local_jars import DEFAULT_VERSION

HOST = "127.0.0.1"
BOLT_PORT = 7687
HTTP_PORT = 7474


@dataclass(frozen=True, slots=True, kw_only=True)
class StartOptions:
    """How a server is to run.

    Attributes:
        version: one of `local_jars.VERSIONS`.
        bolt_port: port for drivers; 0 takes a free one.
        http_port: port for Neo4j Browser; 0 takes a free one, None leaves Browser out.
        with_auth: ask for a password; without it anybody on this machine may write.
        style: a `.grass` file that Browser loads when it connects.
        is_tied_to_parent: end the server when the process that started it dies, however that happens; only
            where the system can do so (Linux).
        settings: further lines of `neo4j.conf`.
    """

    version: str = DEFAULT_VERSION
    bolt_port: int = BOLT_PORT
    http_port: int | None = HTTP_PORT
    with_auth: bool = True
    style: Path | None = None
    is_tied_to_parent: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


def configuration(options: StartOptions) -> Mapping[str, str]:
    """The server's `neo4j.conf`: this machine only, within a laptop's memory, nothing told to anybody."""
    settings = {
        "server.default_listen_address": HOST,
        "server.bolt.listen_address": f"{HOST}:{options.bolt_port}",
        "server.bolt.advertised_address": f"{HOST}:{options.bolt_port}",
        "server.http.enabled": "false",
        "server.memory.pagecache.size": "512m",
        # A careless query in Browser fails by itself instead of taking the server with it.
        "db.memory.transaction.max": "256m",
        "db.transaction.timeout": "10m",
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.retention_policy": "1 days 512M",
        "dbms.security.auth_enabled": str(options.with_auth).lower(),
        "dbms.security.allow_csv_import_from_file_urls": "false",
        # Closing waits twice for latecomers, five seconds each; drivers on this machine need none of it.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        "dbms.usage_report.enabled": "false",
        "client.allow_telemetry": "false",
    }
    if options.http_port is not None:
        settings |= {
            "server.http.enabled": "true",
            "server.http.listen_address": f"{HOST}:{options.http_port}",
            "server.http.advertised_address": f"{HOST}:{options.http_port}",
        }
        if options.style is not None:
            settings |= {
                "browser.remote_content_hostname_whitelist": HOST,
                "browser.post_connect_cmd": (f"style http://{HOST}:{options.http_port}/browser/{options.style.name}"),
            }
    return {**settings, **options.settings}


def with_ports(options: StartOptions) -> StartOptions:
    """The options with every 0 replaced by a free port; a named port must be free."""
    with contextlib.ExitStack() as held:  # both are held until both are known, or they could be the same one
        bolt = _claim_port(held, options.bolt_port, "--port")
        http = None if options.http_port is None else _claim_port(held, options.http_port, "--http-port")
    return replace(options, bolt_port=bolt, http_port=http)


def _claim_port(held: contextlib.ExitStack, port: int, option: str) -> int:
    listener = held.enter_context(socket.socket())
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        raise BadSettings(
            f"Port {port} on {HOST} is in use by another program. Name another one with {option}; 0 takes a free one.",
            parameter=option,
        ) from error
    return int(listener.getsockname()[1])
