"""What a store refuses, and whether it says so in words a person can act on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import apsw
import neo4j
import pytest

from graph_service.errors import BadSettings, StoreNewer, StoreUnavailable, WriterBusy
from graph_service.store.neo4j.store import Neo4jStore
from graph_service.store.open import open_store as open_uri
from graph_service.store.port import GraphStore
from graph_service.store.sqlite.store import SqliteStore
from tests.contract.conftest import OpenStore
from tests.contract.material import batch, claim, live, load, request

A = claim("SUPPLIES", "a", "b")
CHECKOUT = Path(__file__).parents[2]
HOLD = """
import sys, time
from graph_service.store.open import open_store
from tests.contract.material import request
open_store(sys.argv[1]).begin(request("killed", holder="a loader that was killed"))
print("holds", flush=True)
time.sleep(600)
"""


def _write_schema_number(store: GraphStore, number: int) -> None:
    if isinstance(store, SqliteStore):
        connection = apsw.Connection(str(store.path))
        connection.execute(f"PRAGMA user_version = {number}")
        connection.close()
    else:
        with neo4j.GraphDatabase.driver(store.uri) as driver:
            driver.execute_query("MATCH (z:Zveno) SET z.schema = $number", number=number)


def test_a_newer_database_is_not_opened(open_store: OpenStore) -> None:
    store = open_store()
    load(store, "one", A)
    _write_schema_number(store, 99)
    with pytest.raises(StoreNewer, match=r"99.*install the newer Zveno"):
        open_store()
    _write_schema_number(store, 1)
    assert open_store().version().number == 1


def test_a_killed_writer_gives_the_lock_back(open_store: OpenStore) -> None:
    store = open_store()
    load(store, "one", A)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, store.uri],
        cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holds\n"
        with pytest.raises(WriterBusy, match="a loader that was killed is writing"):
            store.begin(request("killed"))
    finally:
        holder.send_signal(signal.SIGKILL)
        # Not waited for yet: a killed process that its parent has not asked after is as dead as any other.
        assert os.waitid(os.P_PID, holder.pid, os.WEXITED | os.WNOWAIT) is not None
    assert store.begin(request("killed")).resumed
    holder.communicate()


def test_a_writer_that_was_silent_too_long_changes_nothing_more(
    opener: Callable[[str], OpenStore], server_of: Callable[[str], str]
) -> None:
    open_again = opener("neo4j")
    silent, next_one = open_again(), open_again()
    running = silent.begin(request("one"))
    with neo4j.GraphDatabase.driver(silent.uri) as driver:
        driver.execute_query("MATCH (z:Zveno) SET z.lock_until = timestamp() - 1, z.lock_host = 'elsewhere'")
    resumed = next_one.begin(request("one"))
    with pytest.raises(WriterBusy, match="took over"):
        silent.write(running, batch(A))
    with pytest.raises(WriterBusy, match="took over"):
        silent.complete(running)
    silent.close()  # gives back no lock that is another's
    next_one.write(resumed, batch(A))
    next_one.complete(resumed)
    assert len(live(next_one)) == 1


def test_a_writer_on_another_machine_is_waited_for(opener: Callable[[str], OpenStore]) -> None:
    open_again = opener("neo4j")
    here, there = open_again(), open_again()
    there.begin(request("one", holder="Анна"))
    with neo4j.GraphDatabase.driver(here.uri) as driver:  # no such process here says nothing about one there
        driver.execute_query("MATCH (z:Zveno) SET z.lock_host = 'elsewhere', z.lock_pid = 2147483647")
    with pytest.raises(WriterBusy, match="Анна"):
        here.begin(request("one"))


def test_a_server_that_does_not_answer_is_said_so() -> None:
    with socket.socket() as taken:  # bound, never listening: nothing else can answer there
        taken.bind(("127.0.0.1", 0))
        uri = f"neo4j://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(StoreUnavailable, match=uri) as refused:
            Neo4jStore(uri)
    assert (refused.value.status, refused.value.is_retryable) == (503, True)


def test_a_file_that_cannot_be_opened_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="missing"):
        SqliteStore(tmp_path / "missing" / "x.sqlite")


@pytest.mark.parametrize("uri", ["mysql://x", "sqlite://", "x.sqlite"])
def test_an_address_of_no_store_is_refused(uri: str) -> None:
    with pytest.raises(BadSettings, match="sqlite:///"):
        open_uri(uri)


def test_an_unknown_database_of_the_server_is_named(server_of: Callable[[str], str]) -> None:
    with pytest.raises(BadSettings, match="nowhere"):
        Neo4jStore(server_of("neo4j"), database="nowhere")
