"""Loading a file that was sent: a job that is followed, survives, waits its turn and is taken up again."""

from __future__ import annotations

import fcntl
import getpass
import io
import os
import signal
import time
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient

from graph_service.graph import Graph
from graph_service.store.file_lock import is_free
from graph_service.uploads.folder import Upload
from graph_service.uploads.jobs import Jobs
from graph_service.uploads.look import look
from loaders.run import holder
from tests.api.conftest import API, INNS, PATIENCE_S, finished, loaded, sent


def test_how_a_file_is_to_be_loaded_is_kept_before_its_load_begins(
    client: FlaskClient, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = jobs.folder.find(sent(client)["id"])
    kept: list[object] = []
    monkeypatch.setattr(jobs, "_spawn", lambda upload, lock: kept.append(upload.read("said")))
    client.post(f"{API}/loads", json={"upload": upload.upload_id, "source": "Отдел закупок"})
    assert kept == [{"source": "Отдел закупок"}]
    with upload.lock.open("a+") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        refused = client.post(f"{API}/loads", json={"upload": upload.upload_id, "source": "Другой"})
    assert refused.status_code == 409
    assert upload.read("said") == {"source": "Отдел закупок"}, "it is loaded as was said at first"


def test_progress_is_told_as_events(client: FlaskClient) -> None:
    upload = sent(client)
    assert client.get(f"{API}/jobs/{upload['id']}/events").status_code == 404, "nothing was ordered yet"
    client.post(f"{API}/loads", json={"upload": upload["id"]})
    stream = client.get(f"{API}/jobs/{upload['id']}/events")
    assert stream.content_type.startswith("text/event-stream")
    told = [orjson.loads(line[6:]) for line in stream.get_data().split(b"\n\n") if line.startswith(b"data: ")]
    assert told[-1]["state"] == "done"
    assert told[-1] == client.get(f"{API}/jobs/{upload['id']}").get_json()["job"]
    assert client.get(f"{API}/jobs").get_json()["data"]["items"][0]["id"] == upload["id"]


def test_a_load_that_is_killed_is_seen_and_taken_up_again(client: FlaskClient, jobs: Jobs, graph: Graph) -> None:
    rows = "".join(f"Фирма {n};{INNS[n % 3]};Завод {n % 7};Товар {n % 5}\n" for n in range(20_000))
    upload = jobs.folder.keep("big.csv", io.BytesIO(("Поставщик;ИНН;Покупатель;Товар\n" + rows).encode()))
    upload.write("look", look(upload))
    client.post(f"{API}/loads", json={"upload": upload.upload_id})
    deadline = time.monotonic() + PATIENCE_S
    while (state := upload.read("job")) is None or state["state"] == "waiting":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.kill(_holder(upload.lock), signal.SIGKILL)
    job = finished(client, upload.upload_id)
    assert job["state"] == "cut off"
    columns = [{"name": "Поставщик", "kind": "name", "role": "firm"}]
    assert client.post(f"{API}/uploads/{upload.upload_id}/preview", json={"columns": columns}).status_code == 200
    jobs.resume()  # what a service does when it starts
    assert finished(client, upload.upload_id)["state"] == "done"
    (load,) = [load for load in graph.store.loads() if load.state == "complete"]
    assert load.claims_new > 20_000


def test_one_file_is_loaded_once_at_a_time_and_waits_for_other_writers(
    client: FlaskClient, jobs: Jobs, graph: Graph, tmp_path: Path
) -> None:
    upload = sent(client)
    with (tmp_path / "own.sqlite.lock").open("a+") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        client.post(f"{API}/loads", json={"upload": upload["id"]})
        deadline = time.monotonic() + PATIENCE_S
        while "problem" not in (job := client.get(f"{API}/jobs/{upload['id']}").get_json()["job"]):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert (job["state"], job["problem"]["code"]) == ("waiting", "writer-busy")
        for refused in (
            client.post(f"{API}/loads", json={"upload": upload["id"]}),
            client.delete(f"{API}/uploads/{upload['id']}"),
        ):
            assert (refused.status_code, refused.get_json()["code"]) == (409, "writer-busy")
    assert finished(client, upload["id"])["state"] == "done"
    again = loaded(client, upload["id"])
    assert (again["state"], again["report"]["new"]) == ("done", 0), "the same file again brings nothing new"


def test_what_fails_says_why(client: FlaskClient) -> None:
    upload = sent(client)
    job = loaded(
        client, upload["id"], mapping="name: x\nsource: {publisher: x}\nentities: {f: {label: Company, name: Нет}}"
    )
    assert (job["state"], job["problem"]["code"]) == ("failed", "bad-input")
    assert "Нет" in job["problem"]["detail"]


def test_files_are_forgotten_after_a_month(client: FlaskClient, jobs: Jobs) -> None:
    old, new = (jobs.folder.find(sent(client)["id"]) for _ in range(2))
    long_ago = time.time() - 31 * 86_400
    os.utime(old.folder, (long_ago, long_ago))
    jobs.resume()
    assert [upload.upload_id for upload in jobs.folder.all()] == [new.upload_id]


def test_one_that_is_cut_off_is_continued_as_ordered_but_not_for_ever(client: FlaskClient, jobs: Jobs) -> None:
    upload = jobs.folder.find(sent(client)["id"])
    assert client.post(f"{API}/jobs/{upload.upload_id}/continue").status_code == 404
    loaded(client, upload.upload_id, source="Отдел закупок")
    order = upload.read("order") or {}
    upload.write("job", {"state": "running", "read": 0, "total": None})  # as a machine that stops leaves it
    _ended(upload)
    assert client.post(f"{API}/jobs/{upload.upload_id}/continue").status_code == 202
    assert finished(client, upload.upload_id)["report"]["known"] > 0
    upload.write("order", order | {"tries": 3})
    upload.write("job", {"state": "running", "read": 0, "total": None})
    _ended(upload)
    jobs.resume()
    job = finished(client, upload.upload_id)
    assert (job["state"], job["problem"]["code"]) == ("failed", "internal")
    assert "3 times" in job["problem"]["detail"]


def test_a_file_that_cannot_be_taken_up_again_keeps_nobody_from_starting(client: FlaskClient, jobs: Jobs) -> None:
    upload = jobs.folder.find(sent(client)["id"])
    loaded(client, upload.upload_id)
    upload.write("job", {"state": "running", "read": 0, "total": None})
    _ended(upload)
    upload.lock.unlink()
    upload.lock.mkdir()
    jobs.resume()
    next((upload.folder / "file").iterdir()).unlink()  # somebody is removing it
    assert client.get(f"{API}/jobs/{upload.upload_id}").status_code == 404
    assert client.get(f"{API}/jobs").get_json()["data"]["total"] == 0


def test_streams_leave_threads_for_others(client: FlaskClient, tmp_path: Path) -> None:
    upload = sent(client)
    with (tmp_path / "own.sqlite.lock").open("a+") as writer:
        fcntl.flock(writer, fcntl.LOCK_EX)
        client.post(f"{API}/loads", json={"upload": upload["id"]})
        held = [client.get(f"{API}/jobs/{upload['id']}/events", buffered=False) for _ in range(2)]
        for response in held:
            next(iter(response.response))
        told = client.get(f"{API}/jobs/{upload['id']}/events").get_data()  # ends at once
        assert told.count(b"data: ") == 1
        assert b"retry: 2000" in told
        for response in held:
            response.close()
    finished(client, upload["id"])
    assert b"done" in client.get(f"{API}/jobs/{upload['id']}/events").get_data()


def test_whoever_has_no_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 10001")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert holder().startswith(f"user {os.getuid()}@")


def _holder(lock: Path) -> int:
    """The process that has the file open."""
    for process in Path("/proc").glob("[0-9]*"):
        if int(process.name) == os.getpid():
            continue
        try:
            if any(Path(handle).resolve() == lock.resolve() for handle in (process / "fd").iterdir()):
                return int(process.name)
        except OSError:
            continue
    raise AssertionError("nobody holds the lock")


def _ended(upload: Upload) -> None:
    """Wait until its process is gone: it has written how it ended a moment before."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_free(upload.lock):
        assert time.monotonic() < deadline
        time.sleep(0.02)
