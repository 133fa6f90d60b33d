"""A Neo4j that stops and starts again under a running service: the last snapshot answers, writes wait, it heals."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from graph_service.api.app import create_app
from graph_service.bootstrap import open_graph
from graph_service.errors import StoreUnavailable
from graph_service.settings import Settings
from graph_service.store.neo4j.local_options import StartOptions
from graph_service.store.neo4j.local_server import LocalNeo4j, ServerRecord
from loaders.loader import Options

VERSION = os.environ.get("ZVENO_TEST_NEO4J") or "2026.08.1"
CLAIM = {"note": "a call", "claim": {"type": "SUPPLIES", "from": "Каустик", "to": "Изопан Рус"}}


class Server:
    """A Neo4j of this test's own, at one port through its stops and starts."""

    def __init__(self, home: Path) -> None:
        self._server = LocalNeo4j(home)
        self.record = self.start(0)

    def start(self, port: int | None = None) -> ServerRecord:
        self.record = self._server.start(
            StartOptions(
                version=VERSION,
                bolt_port=self.record.bolt_port if port is None else port,
                http_port=None,
                with_auth=False,
                is_tied_to_parent=True,
            )
        )
        return self.record

    def stop(self) -> None:
        self._server.stop()


@pytest.fixture
def own_neo4j(neo4j_uri: str, tmp_path: Path) -> Iterator[Server]:
    """A server that the test may stop; the shared one proves that one can be had."""
    server = Server(tmp_path / "neo4j")
    yield server
    server.stop()


def wait_for(condition: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def asked(client: FlaskClient, **given: str) -> dict[str, Any]:
    response = client.get("/api/v1/entities/Каустик/suppliers", query_string=given)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


def test_the_last_snapshot_answers_while_the_server_is_down(own_neo4j: Server, tmp_path: Path) -> None:
    settings = Settings(store=own_neo4j.record.uri, snapshot_dir=tmp_path / "snapshots")
    with open_graph(settings) as loading:
        loading.load("demo", [], Options())
    with open_graph(settings, wait=False) as graph:
        client = create_app(graph).test_client()
        fresh = asked(client)
        assert (fresh["meta"]["stale"], bool(fresh["evidence"]["quotes"])) == (False, True)

        own_neo4j.stop()
        time.sleep(0.3)
        stale = asked(client)
        assert stale["data"] == fresh["data"]
        assert stale["meta"]["stale"] is True
        assert client.get("/readyz").get_json()["stale"] is True
        refused = client.post("/api/v1/claims", json=CLAIM)
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert refused.get_json()["code"] == "store-unavailable"

        # A worker that starts now has the files and nothing else.
        with open_graph(settings, wait=False) as restarted:
            answer = asked(create_app(restarted).test_client())
            assert (answer["data"], answer["meta"]["stale"]) == (fresh["data"], True)
            with pytest.raises(StoreUnavailable):
                open_graph(settings)

            own_neo4j.start()
            for healed in (client, create_app(restarted).test_client()):
                wait_for(lambda client=healed: not asked(client)["meta"]["stale"])  # type: ignore[misc]
                assert asked(healed)["evidence"]["quotes"] == fresh["evidence"]["quotes"]
            written = client.post("/api/v1/claims", json=CLAIM)
            assert written.status_code == 201, written.text
            wait_for(lambda: asked(create_app(restarted).test_client())["meta"]["graph_version"] == 2)

        # It goes down again, and this time nobody looks before the evidence is fetched.
        kept = asked(client)
        graph.live._looked_at = float("inf")
        own_neo4j.stop()
        assert asked(client) == kept  # whole, with its evidence: nothing in it is stale
        unseen = asked(client, limit="7")
        assert unseen["data"]["items"]
        assert (unseen["meta"]["stale"], unseen["evidence"]["documents"]) == (True, [])
