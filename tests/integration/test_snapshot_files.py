"""Snapshots in files: opened as they were built, rebuilt when damaged, never half, removed when nobody reads them."""

from __future__ import annotations

import fcntl
import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph_service.bootstrap import open_graph, snapshot_folder
from graph_service.graph import Graph
from graph_service.settings import Settings
from graph_service.snapshot import files
from graph_service.snapshot.files import SnapshotFolder
from graph_service.snapshot.making import read_and_build
from graph_service.snapshot.snapshot import Built, Snapshot
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from loaders.loader import Options

KILLS = 15


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A demo in a file of its own, with the snapshots beside it."""
    settings = Settings(store=f"sqlite:///{tmp_path}/demo.sqlite")
    with open_graph(settings) as graph:
        graph.load("demo", [], Options())
    return settings


@pytest.fixture
def folder(settings: Settings) -> SnapshotFolder:
    return snapshot_folder(settings)


def retract_one(graph: Graph, number: int = 0) -> None:
    claim_ids = graph.live.view().snapshot.claim_ids
    graph.retract_claim(claim_ids[number], Edit(editor="anna", note="wrong"))


def same(one: Built, other: Built) -> bool:
    return (
        (one.versions, one.terms, one.labels, one.sources, one.layout)
        == (other.versions, other.terms, other.labels, other.sources, other.layout)
        and one.tables.keys() == other.tables.keys()
        and all(
            (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
            for a, b in ((one.tables[name], other.tables[name]) for name in one.tables)
        )
    )


def opened(folder: SnapshotFolder) -> Snapshot:
    found = folder.open()
    assert found is not None
    return found[1]


def test_what_is_opened_is_what_was_built_and_answers_alike(settings: Settings, folder: SnapshotFolder) -> None:
    with open_graph(settings) as graph, Graph(graph.store) as in_memory:
        mapped, built = graph.live.view().snapshot, in_memory.live.view().snapshot
        assert same(mapped.built, built.built)
        assert all(not table.flags.writeable for table in mapped.built.tables.values() if table.size)
        for question, given in (
            ("suppliers", {"id": "Каустик", "tiers": 3}), ("search", {"q": "kaustik"}), ("search", {}),
            ("entity", {"id": "Каустик"}), ("quality", {}), ("contradictions", {}), ("markets", {"id": "Каустик"}),
        ):  # fmt: skip
            answers = [g.ask(question, **given) for g in (graph, in_memory)]
            assert answers[0]["data"] == answers[1]["data"]
            assert answers[0]["evidence"] == answers[1]["evidence"]


def test_an_empty_graph_has_a_snapshot_too(tmp_path: Path) -> None:
    settings = Settings(store=f"sqlite:///{tmp_path}/empty.sqlite")
    for _ in range(2):
        with open_graph(settings) as graph:
            assert graph.ask("search", q="x")["data"]["total"] == 0
    assert opened(snapshot_folder(settings)).version.number == 0


def test_the_next_command_opens_the_files_and_builds_nothing(
    settings: Settings, folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_graph(settings) as graph:
        graph.live.view()
    name = folder.current()
    monkeypatch.setattr(SqliteStore, "scan", lambda store: pytest.fail("the store was scanned"))
    with open_graph(settings) as graph:
        assert graph.ask("suppliers", id="Каустик")["data"]["items"]
    assert folder.current() == name


def _truncate(folder: Path) -> None:
    path = folder / "claims.from.npy"
    path.write_bytes(path.read_bytes()[:-100])


def _flip(folder: Path) -> None:
    path = folder / "content.by_to.rows.npy"
    raw = bytearray(path.read_bytes())
    raw[-10] ^= 1
    path.write_bytes(bytes(raw))


def _other_format(folder: Path) -> None:
    path = folder / "snapshot.json"
    path.write_bytes(path.read_bytes().replace(b"zveno snapshot ", b"zveno snapshot 9", 1))


def _half_about(folder: Path) -> None:
    path = folder / "snapshot.json"
    path.write_bytes(path.read_bytes()[:-30])


def _nothing(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


@pytest.mark.parametrize(
    "damage",
    [
        _truncate, _flip, _other_format, _half_about, _nothing,
        lambda folder: (folder / "content.names.words.starts.npy").unlink(),
        lambda folder: (folder / "in-use").unlink(),
        lambda folder: (folder / "claims.from.npy").write_bytes(b""),
        lambda folder: (folder.parent / "CURRENT").write_text("v9-gone"),
        lambda folder: (folder.parent / "CURRENT").write_bytes(b"\xff"),
        lambda folder: (folder.parent / "CURRENT").unlink(),
    ],
)  # fmt: skip
def test_damaged_files_are_built_anew(
    settings: Settings, folder: SnapshotFolder, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    with open_graph(settings) as graph:
        expected = graph.ask("suppliers", id="Каустик")["data"]
    name = folder.current()
    assert name is not None
    damage(folder.path / name)
    is_said = folder.current() is not None
    with caplog.at_level(logging.WARNING), open_graph(settings) as graph:
        assert graph.ask("suppliers", id="Каустик")["data"] == expected
    assert folder.current() not in (name, None)
    assert ("is built anew" in caplog.text) == is_said
    assert opened(folder).version.number == 1


def test_a_folder_that_refuses_leaves_the_snapshot_in_memory(
    settings: Settings, folder: SnapshotFolder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.path.write_text("a file in its place")
    for wait in (True, False):
        caplog.clear()
        with open_graph(settings, wait=wait) as graph:
            assert graph.ask("suppliers", id="Каустик")["data"]["items"]
        assert "the snapshot stays in memory" in caplog.text


def test_a_store_made_anew_is_not_answered_from_the_old_files(settings: Settings, folder: SnapshotFolder) -> None:
    database = Path(settings.store.removeprefix("sqlite:///"))
    with open_graph(settings) as graph:
        graph.live.view()
    for left in database.parent.glob(f"{database.name}*"):
        if left.is_file():
            left.unlink()
    for wait in (False, True):
        with open_graph(settings, wait=wait) as graph:
            assert graph.ask("search", q="Каустик")["data"]["items"] == []


def test_a_version_is_removed_when_nobody_reads_it(settings: Settings, folder: SnapshotFolder) -> None:
    with open_graph(settings) as graph:
        graph.live.view()
        first = folder.current()
        held = opened(folder)
        retract_one(graph)
        graph.live.refresh()
        second = folder.current()
        assert {path.name for path in folder.path.glob("v*-*")} == {first, second}
        assert held.claim_ids[0]
        del held
        folder.tidy()
        assert {path.name for path in folder.path.glob("v*-*")} == {second}


# --- the process that builds for all


def order_of(settings: Settings, folder: SnapshotFolder) -> bytes:
    return orjson.dumps({"folder": str(folder.path), "store": {"uri": settings.store}}) + b"\n"


@pytest.fixture
def keep(settings: Settings, folder: SnapshotFolder) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a keeper, which ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        keeper = subprocess.Popen([sys.executable, "-m", "graph_service.snapshot.keeper"], stdin=subprocess.PIPE)
        assert keeper.stdin is not None
        keeper.stdin.write(order_of(settings, folder))
        keeper.stdin.flush()
        started.append(keeper)
        return keeper

    yield start
    for keeper in started:
        keeper.kill()
        keeper.wait()
        if keeper.stdin is not None:
            keeper.stdin.close()


def wait_for(condition: Callable[[], Any], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)


def test_who_tidies_spares_the_version_that_is_just_being_written(
    settings: Settings, folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A keeper tidies every 50 ms, while a command line in another process writes."""
    with open_graph(settings) as graph:
        built = graph.live.view().snapshot.built
        flush = files._flush

        def tidy_then_flush(path: Path) -> None:
            SnapshotFolder(folder.path).tidy()
            flush(path)

        monkeypatch.setattr(files, "_flush", tidy_then_flush)
        name = folder.write(built)
    opened = folder.open()
    assert opened is not None
    assert opened[0] == name


def test_what_became_the_newest_while_others_tidied_is_spared(
    settings: Settings, folder: SnapshotFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_graph(settings) as graph:
        folder.write(graph.live.view().snapshot.built)
    newest, asked = folder.current(), []
    assert newest is not None

    def current(own: SnapshotFolder) -> str | None:
        asked.append(own)
        return "v0-00000000" if len(asked) == 1 and not is_locked(folder.path / newest / "in-use") else newest

    monkeypatch.setattr(SnapshotFolder, "current", current)
    folder.tidy()
    assert (folder.path / newest).is_dir()


def is_locked(path: Path) -> bool:
    with path.open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_what_a_killed_process_has_half_removed_is_removed(settings: Settings, folder: SnapshotFolder) -> None:
    half = folder.path / "v1-0badf00d"
    half.mkdir(parents=True)
    (half / "claims.type.npy").write_bytes(b"rest")
    folder.tidy()
    assert not half.exists()


def test_a_keeper_writes_each_version_and_ends_with_its_input(
    settings: Settings, folder: SnapshotFolder, keep: Callable[[], subprocess.Popen[bytes]]
) -> None:
    keeper = keep()
    wait_for(folder.current)
    assert folder.is_kept()
    with Graph(SqliteStore(Path(settings.store.removeprefix("sqlite:///")))) as graph:
        retract_one(graph)
        wait_for(lambda: opened(folder).version.number == 2)
        assert same(opened(folder).built, read_and_build(graph.store, None))
    second = keep()
    assert second.wait(20) == 0, "there is one already"
    assert keeper.poll() is None
    assert keeper.stdin is not None
    keeper.stdin.close()
    assert keeper.wait(20) == 0
    assert not folder.is_kept()


def test_a_keeper_killed_at_any_moment_leaves_a_whole_snapshot(
    settings: Settings, folder: SnapshotFolder, keep: Callable[[], subprocess.Popen[bytes]]
) -> None:
    chance = random.Random(7)
    with Graph(SqliteStore(Path(settings.store.removeprefix("sqlite:///")))) as graph:

        def newest() -> object:
            found = folder.open()
            return found and found[1].version

        unfinished = 0
        for kill in range(KILLS):
            keeper = keep()
            wait_for(folder.is_kept)
            retract_one(graph, kill)
            if kill % 3:  # while it writes, else at any moment
                wait_for(lambda: list(folder.path.glob("v*.tmp")) or newest() == graph.store.version())
            else:
                time.sleep(chance.random() * 0.3)
            os.kill(keeper.pid, signal.SIGKILL if kill % 2 else signal.SIGTERM)
            keeper.wait(20)
            unfinished += bool(list(folder.path.glob("*.tmp")))
            assert folder.current() is None or opened(folder).version in graph.store.versions()
        assert unfinished > 0, "no kill came while files were written"
        with open_graph(settings) as again:
            assert same(again.live.view().snapshot.built, read_and_build(graph.store, None))
        assert list(folder.path.glob("*.tmp")) == []


def test_workers_share_what_one_keeper_builds(settings: Settings, folder: SnapshotFolder) -> None:
    with open_graph(settings, wait=False) as first, open_graph(settings, wait=False) as second:
        names = []
        for graph in (first, second):
            graph.live.view()
            names.append(folder.current())
        assert names[0] == names[1] is not None
        retract_one(first)
        assert first.live.refresh().snapshot.version.number == 2
        wait_for(lambda: second.live.view().snapshot.version.number == 2)
        tables = [graph.live.view().snapshot.built.tables["claims.from"] for graph in (first, second)]
        assert all(not table.flags.owndata for table in tables)
        keepers = [graph.live._maker._keeper for graph in (first, second)]  # type: ignore[attr-defined]
        assert [keeper is not None for keeper in keepers] == [True, False]
        # The keeper dies with its worker's last word, or is killed: the other worker starts one of its own.
        keepers[0].kill()
        keepers[0].wait()
        retract_one(second, 1)
        assert second.live.refresh().snapshot.version.number == 3
        wait_for(lambda: first.live.view().snapshot.version.number == 3)


def test_a_worker_answers_from_the_old_snapshot_while_a_new_one_is_built(
    settings: Settings, folder: SnapshotFolder
) -> None:
    with open_graph(settings, wait=False) as graph:
        graph.live.view()
        with folder.building():  # nobody can build now
            retract_one(graph)
            time.sleep(0.25)
            for _ in range(3):
                answer = graph.ask("suppliers", id="Каустик")
                assert (answer["meta"]["graph_version"], answer["meta"]["stale"]) == (1, False)
                time.sleep(0.1)
        wait_for(lambda: graph.live.view().snapshot.version.number == 2)
