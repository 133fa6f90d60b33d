"""Suppliers to tier 3, a page of 50, through HTTP: this service and the usual way (`peer_app.py`), under wrk.

    .venv/bin/python bench/http_load.py [--companies N] [--supplies N] [--seconds N] [--out FILE]

Needs wrk. Loads the same network into an embedded store for the service and into a Neo4j of its own for the
peer. Both run under gunicorn with two workers of four threads; wrk holds 16 connections. `zveno` and `peer` are asked
about companies that were not asked about before, `zveno_again` about a few hundred again and again, which a service
answers from memory. Three rounds in turn; the median round is reported.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from both_stores import both_stores
from told import tell

CONNECTIONS = 16
ROUNDS = 3
AGAIN = 500
"""Companies asked about again and again: their answers fit what a worker keeps."""
OURS = ["graph_service.cli.main", "serve", "--port", "PORT", "--workers", "2", "--threads", "4"]
PEER = ["gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", "127.0.0.1:PORT", "peer_app:app"]
SCRIPT = """
local ids = {%s}
local threads, at = 0, 0
setup = function(thread) thread:set("at", threads) threads = threads + 1 end
request = function()
  at = at + 2
  return wrk.format("GET", (string.gsub("%s", "ID", ids[at %% #ids + 1])))
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %%d %%d %%f %%f %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout))
end
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served(command: list[str], port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """The service, once it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", *(part.replace("PORT", str(port)) for part in command)],
        env=os.environ | environment, cwd=Path(__file__).parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(300):
        try:
            with closing(socket.create_connection(("127.0.0.1", port), 0.2)):
                return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{command} does not start")


def pressed(port: int, path: str, ids: list[str], seconds: int, folder: Path) -> dict[str, float]:
    """One round of wrk."""
    script = folder / "ask.lua"
    script.write_text(SCRIPT % (", ".join(f'"{one}"' for one in ids), path), encoding="utf-8")
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\d+) (\d+) ([\d.]+) ([\d.]+) (\d+)", output)
    assert found, output
    requests, duration, half, most, errors = (float(value) for value in found.groups())
    return {
        "requests_per_second": round(requests / duration * 1e6, 1), "p50_ms": round(half / 1000, 1),
        "p99_ms": round(most / 1000, 1), "errors": errors,
    }  # fmt: skip


def totals(port: int, path: str, ids: list[str]) -> list[int]:
    """How many suppliers each of some companies has, to see that both answer alike."""
    found = []
    for one in ids:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path.replace('ID', one)}") as response:
            body: dict[str, Any] = json.load(response)
        found.append(body["data"]["total"] if "data" in body else body["total"])
    return found


def main() -> None:
    """Parse, load, serve, press, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=20_000)
    parser.add_argument("--supplies", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    with both_stores(given.companies, given.supplies) as loaded:
        snapshot = loaded.graph.live.view().snapshot
        companies = np.flatnonzero(snapshot.of_type("Company")).tolist()
        ids = [snapshot.entity_ids[n] for n in random.Random(1).sample(companies, len(companies))]
        again, ids = ids[:AGAIN], ids[AGAIN:]
        new = [ids[n::ROUNDS] for n in range(ROUNDS)]
        folder = loaded.database.parent
        ours, peer = "/api/v1/entities/ID/suppliers?tiers=3&limit=50", "/suppliers/ID?limit=50"
        services = {
            "zveno": (OURS, ours, {"ZVENO_STORE": f"sqlite:///{loaded.database}"}),
            "peer": (PEER, peer, {"PEER_URI": loaded.uri}),
        }  # fmt: skip
        rounds: dict[str, list[dict[str, float]]] = {"zveno": [], "zveno_again": [], "peer": []}
        running, ports = [], {}
        try:
            for engine, (command, _, environment) in services.items():
                ports[engine] = free_port()
                running.append(served(command, ports[engine], environment))
            answers = [totals(ports[engine], path, again[:20]) for engine, (_, path, _) in services.items()]
            assert answers[0] == answers[1], answers
            for number in range(ROUNDS):
                for name, port, path, own in (
                    ("zveno", ports["zveno"], ours, new[number]),
                    ("zveno_again", ports["zveno"], ours, again),
                    ("peer", ports["peer"], peer, new[number]),
                ):
                    if name == "zveno_again":
                        pressed(port, path, own, max(2, given.seconds // 2), folder)
                    rounds[name].append(pressed(port, path, own, given.seconds, folder))
        finally:
            for process in running:
                process.terminate()
                process.wait()
    medians = {
        name: sorted(own, key=lambda one: one["requests_per_second"])[ROUNDS // 2] for name, own in rounds.items()
    }
    sizes = {"companies": given.companies, "supplies": given.supplies, "connections": CONNECTIONS}
    found = {**sizes, **medians, "rounds": rounds}
    tell(found, given.out)


if __name__ == "__main__":
    main()
