"""A service that takes files, and what is sent to it."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graph_service.api.app import create_app
from graph_service.graph import Graph
from graph_service.store.open import StoreAddress
from graph_service.store.sqlite.store import SqliteStore
from graph_service.uploads.folder import UploadFolder
from graph_service.uploads.jobs import Jobs

API = "/api/v1"
INNS = ("7707083893", "7736050003", "7728168971")
TABLE = (
    "Поставщик;ИНН поставщика;Покупатель;ИНН покупателя;Товар;Сумма, тыс. руб.;Дата\n"
    f"ООО «Ромашка»;{INNS[0]};АО «Завод»;{INNS[1]};Цемент;1500;12.03.2026\n"
    f"ООО «Василёк»;{INNS[2]};АО «Завод»;{INNS[1]};Песок;20;13.03.2026\n"
    f"ООО «Репей»;7707083894;АО «Завод»;{INNS[1]};Щебень;7;14.03.2026\n"
)
PATIENCE_S = 60


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    """Jobs of a store in a folder of the test."""
    uri = f"sqlite:///{tmp_path / 'own.sqlite'}"
    address: StoreAddress = {"uri": uri, "user": None, "password": None, "database": None}
    return Jobs(UploadFolder(tmp_path / "uploads"), address)


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    """An empty graph."""
    with Graph(SqliteStore(tmp_path / "own.sqlite"), wait=False) as graph:
        yield graph


@pytest.fixture
def client(graph: Graph, jobs: Jobs) -> FlaskClient:
    """A service that takes files."""
    return create_app(graph, jobs=jobs).test_client()


def send(client: FlaskClient, name: str, text: str | bytes) -> TestResponse:
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(f"{API}/uploads", data={"file": (io.BytesIO(content), name)})


def sent(client: FlaskClient, name: str = "поставки.csv", text: str = TABLE) -> dict[str, Any]:
    response = send(client, name, text)
    assert response.status_code == 201, response.get_data(as_text=True)
    found: dict[str, Any] = response.get_json()["upload"]
    assert client.get(response.headers["Location"]).get_json()["upload"] == found
    return found


def finished(client: FlaskClient, id: str) -> dict[str, Any]:
    """The job when it has ended."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        job: dict[str, Any] = client.get(f"{API}/jobs/{id}").get_json()["job"]
        if job["state"] not in ("waiting", "running"):
            return job
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def loaded(client: FlaskClient, id: str, **body: object) -> dict[str, Any]:
    response = client.post(f"{API}/loads", json={"upload": id, **body})
    assert response.status_code == 202, response.get_data(as_text=True)
    assert response.headers["Location"] == f"{API}/jobs/{id}"
    return finished(client, id)
