"""A loader that is killed at any moment loses nothing and leaves nothing half: run again, it gives the same graph."""

from __future__ import annotations

import csv
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import neo4j
import pytest

from graph_service.store.dump import dump_hash
from graph_service.store.open import open_store
from graph_service.store.port import GraphStore
from loaders.formats import find_loader
from loaders.loader import Options
from loaders.run import run

KILLS = 12
ROWS = 800
BATCH_ROWS = 50
WARM_UPS = 4


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Supplies with evidence; two keys of one firm, so that claims also move at the end."""
    path = tmp_path_factory.mktemp("kill") / "supplies.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["type", "from", "from_label", "to", "product", "value", "currency", "name", "inn", "quote"])
        writer.writerow(["DESCRIBED_IN", "firm 1", "Company", "", "", "", "", "Каустик", "3448003962", ""])
        for number in range(ROWS):
            writer.writerow(
                ["SUPPLIES", f"firm {number % 97}", "", f"firm {number % 89 + 100}", f"goods {number % 7}", number + 1,
                 "RUB", "", "", f"договор {number}"]
            )  # fmt: skip
    return path


def _start(table: Path, uri: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "graph_service.cli.main", "load", "claims", str(table)]
    command += ["--batch-rows", str(BATCH_ROWS), "--store", uri, "--rejects", str(table.with_suffix(".rejects.csv"))]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZVENO_")}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_for_first_commit(store: GraphStore, process: subprocess.Popen[bytes], empty: str) -> None:
    deadline = time.monotonic() + 60
    while store.signal() == empty and not store.loads():
        assert process.poll() is None, "the loader ended before its first commit was seen"
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_an_interrupted_load_says_how_to_go_on(tmp_path: Path, table: Path) -> None:
    uri = f"sqlite:///{tmp_path / 'own store.sqlite'}"
    load = ["load", "claims", str(table), "--store", uri, "--rejects", str(tmp_path / "rejects.csv")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ZVENO_")}
    command = [sys.executable, "-m", "graph_service.cli.main"]
    process = subprocess.Popen([*command, *load, "--batch-rows", "1"], env=environment, stderr=subprocess.PIPE)
    store = open_store(uri)
    _wait_for_first_commit(store, process, store.signal())
    assert [each.state for each in store.loads()] == ["running"]
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.decode().splitlines() == [
        "interrupted: what load 1 has written is kept, and nobody sees any of it yet",
        f"continue it with: {shlex.join(['zveno', *load, '--batch-rows', '1'])}",
        f"take it back with: zveno load drop 1 --store '{uri}'",
    ]
    assert [each.state for each in store.loads()] == ["cut off"]
    done = subprocess.run([*command, *load], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("load 1 (continued): ")
    at_once = open_store(f"sqlite:///{tmp_path / 'at once.sqlite'}")
    run(find_loader("claims"), [table], Options(), at_once)
    assert dump_hash(store) == dump_hash(at_once)
    at_once.close()
    store.close()


def _check(
    open_again: Callable[[], GraphStore], clear: Callable[[], None], table: Path, uri: str, shown: Callable[[], object]
) -> None:
    lasted = float("inf")
    for _ in range(WARM_UPS):  # a server is slow until it has planned its queries and compiled its code
        clear()
        store = open_again()
        process = _start(table, uri)
        _wait_for_first_commit(store, process, store.signal())
        began = time.monotonic()
        while store.version().number == 0:
            time.sleep(0.005)
        lasted = min(lasted, time.monotonic() - began)
        assert process.wait(120) == 0
        store.close()
    store = open_again()
    whole, links = dump_hash(store), shown()
    store.close()
    unfinished = 0
    for kill in range(KILLS):
        clear()
        store = open_again()
        process = _start(table, uri)
        _wait_for_first_commit(store, process, store.signal())
        moment = lasted * kill / KILLS
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        if store.version().number == 0:
            unfinished += 1
            assert store.scan().claims.is_empty(), "a half-finished load can be seen"
        else:
            lasted = moment  # a machine that has come to rest loads faster than it did in the warm-ups
        assert _start(table, uri).wait(120) == 0
        assert dump_hash(store) == whole, f"kill {kill} of {KILLS} at {moment:.2f} s"
        assert shown() == links, f"kill {kill}: the plain links differ"
        assert store.version().number == 1
        store.close()
    assert unfinished >= KILLS // 2, f"only {unfinished} kills came before the load was complete"


@pytest.mark.timeout(600)
def test_sqlite_survives_being_killed(tmp_path: Path, table: Path) -> None:
    path = tmp_path / "killed.sqlite"

    def clear() -> None:
        for file in tmp_path.glob("killed.sqlite*"):
            file.unlink()

    _check(lambda: open_store(f"sqlite:///{path}"), clear, table, f"sqlite:///{path}", lambda: None)


@pytest.mark.timeout(600)
def test_neo4j_survives_being_killed(neo4j_uri: str, empty_neo4j: Callable[[str], None], table: Path) -> None:
    empty_neo4j(neo4j_uri)
    with neo4j.GraphDatabase.driver(neo4j_uri) as driver:

        def clear() -> None:  # constraints stay, so that the server keeps its query plans
            driver.execute_query("MATCH (n) DETACH DELETE n")

        def links() -> object:
            found = driver.execute_query(
                "MATCH (a)-[r]->(b) WHERE r.link IS NOT NULL AND r.claim_id IS NULL "
                "RETURN a.name, type(r), b.name, properties(r) AS p ORDER BY r.link, type(r)"
            )
            assert found.records
            return [record.data() for record in found.records]

        _check(lambda: open_store(neo4j_uri), clear, table, neo4j_uri, links)
    empty_neo4j(neo4j_uri)
