"""The graph in Python: one object over a store and over a running service."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import polars as pl
import pytest
from werkzeug.serving import make_server

import graph_service
from graph_service.api.app import create_app
from graph_service.errors import Ambiguous, BadParameter, BadSettings, NotFound, StoreUnavailable, ZvenoError
from graph_service.graph import Graph
from graph_service.notebook.opened import OpenGraph
from graph_service.questions.question import registry
from graph_service.remote_graph import RemoteGraph
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

PIPE_PLANT = "Волжский трубный завод"


@pytest.fixture(scope="session")
def opened(demo_graph: Graph) -> Iterator[OpenGraph]:
    with graph_service.open(demo_graph.store.uri) as graph:
        yield graph


@contextmanager
def _running(application: WSGIApplication) -> Iterator[str]:
    """The address of a server with this application, for as long as it is needed."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def service_uri(demo_graph: Graph) -> Iterator[str]:
    with _running(create_app(demo_graph)) as uri:
        yield uri


@pytest.fixture
def service(service_uri: str) -> Iterator[OpenGraph]:
    with graph_service.open(service_uri, lang="ru") as graph:
        yield graph


def test_importing_the_package_imports_no_question() -> None:
    code = (
        "import sys, graph_service; "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'polars', 'pydantic', 'numpy', 'networkx'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_answer_has_all_that_its_envelope_has(opened: OpenGraph, demo_graph: Graph) -> None:
    answer = opened.ask("suppliers", entity=PIPE_PLANT, tiers=2, valid_at=date(2026, 11, 24))
    envelope = demo_graph.ask("dependency.suppliers", id=PIPE_PLANT, tiers=2, valid_at="2026-11-24", lang="ru")
    assert answer.summary == envelope["summary"]
    assert answer.data == envelope["data"]
    assert answer.data["total"] > 0
    assert answer.coverage == envelope["coverage"]
    assert answer.evidence == envelope["evidence"]
    assert answer.links == envelope["links"]
    assert answer.meta["valid_at"] == "2026-11-24"
    assert answer.bounds is None
    assert answer.cypher == demo_graph.cypher("suppliers", id=PIPE_PLANT, tiers=2, valid_at="2026-11-24")


def test_underscores_and_lists_reach_the_question(opened: OpenGraph) -> None:
    every = opened.ask("suppliers", entity=PIPE_PLANT)
    products = {link["product"]["name"] for item in every.data["items"] for link in item["links"]}
    unwanted = sorted(products)[0]
    fewer = opened.ask("suppliers", entity=PIPE_PLANT, without_product=[unwanted], max_age=None)
    assert fewer.data["total"] == every.data["total"] - 1
    planned = opened.ask("suppliers", entity=PIPE_PLANT, status=["planned", "cancelled"])
    assert set(planned.data["by_status"]) == {"planned"}


def test_an_empty_parameter_is_as_if_it_were_not_given(opened: OpenGraph, demo_graph: Graph) -> None:
    plain = opened.ask("suppliers", entity=PIPE_PLANT)
    empties: tuple[object, ...] = ("", [], ())
    for empty in empties:
        assert opened.ask("suppliers", entity=PIPE_PLANT, product=empty, source=empty).data == plain.data
        assert demo_graph.ask("suppliers", id=PIPE_PLANT, product=empty, source=empty, lang="en")["data"]["total"]
        with pytest.raises(BadParameter, match="id: "):
            opened.ask("suppliers", entity=empty)


def test_a_frame_has_amounts_as_numbers_with_their_unit(opened: OpenGraph) -> None:
    frame = opened.ask("suppliers", entity=PIPE_PLANT).to_frame()
    row = frame.filter(pl.col("entity").str.contains("Красный Октябрь"))
    assert row.select("quantity_low", "quantity_high", "quantity_unit", "quantity_per_year").rows() == [
        (19200.0, 19200.0, "t", True)
    ]
    assert frame.schema["quantity_low"] == pl.Float64


def test_a_frame_counts_groups_apart(opened: OpenGraph) -> None:
    frame = opened.ask("partners", entity="Изопан Рус").to_frame()
    assert frame.filter(pl.col("row") == "counted")["count_min"].max() == 30
    assert "Manni Group" in frame.filter(pl.col("row") == "named")["entity"].to_list()


def test_the_graph_of_an_answer_is_part_of_the_whole_graph(opened: OpenGraph) -> None:
    answer = opened.ask("suppliers", entity=PIPE_PLANT)
    part, whole = answer.to_networkx(), opened.to_networkx()
    claims = {claim for _, _, claim in part.edges(keys=True)}
    assert claims == set(answer.evidence["claims"])
    for source, target, claim, values in part.edges(keys=True, data=True):
        stated = dict(whole.edges[source, target, claim])
        stated.pop("record", None)  # the row's key at its source is no part of an answer
        assert values == stated


def test_the_graph_of_figures_has_an_observation_for_each(opened: OpenGraph) -> None:
    graph = opened.ask("project", entity="Создание химико-фармацевтического кластера").to_networkx()
    costs = [data for _, _, data in graph.edges(data=True) if data.get("kind") == "Cost"]
    assert {data["value_min"] for data in costs if data.get("scope") is None} >= {7e9, 8e9}
    assert {graph.nodes[target]["label"] for _, target, data in graph.edges(data=True) if data["type"] == "HAS"} == {
        "Observation"
    }


def test_every_question_shows_itself(opened: OpenGraph) -> None:
    for name, question in registry().items():
        example = dict(question.example)
        if not example and question.path_parameters:
            example = {"id": opened.ask("partners", id="Изопан Рус").evidence["claims"][0]}
        answer = opened.ask(name, **example)
        frame = answer.to_frame()
        assert frame.height >= 1, name
        assert repr(answer).startswith(answer.summary), name
        assert len(repr(answer).splitlines()) >= 3, name
        assert answer._repr_html_().count("<tr>") >= 1, name
        assert answer.to_networkx().number_of_nodes() >= 0, name


def test_the_table_on_a_terminal_says_what_it_leaves_out(opened: OpenGraph) -> None:
    text = repr(opened.ask("sources", limit=30))
    assert text.splitlines()[2].split() == ["id", "name", "rank", "documents", "last_published"]
    assert "10 more rows" in text.splitlines()[-1]
    assert "30 of" in text.splitlines()[-1]


def test_the_reason_is_shown_whole_in_jupyter_and_without_ids(opened: OpenGraph) -> None:
    answer = opened.ask("what-if", off="Волгабас Волжский", lang="en")
    page = answer._repr_html_()
    assert "only from Volgabus Volzhsky and cannot work without it</td>" in page
    assert "<th>because_product</th>" in page
    assert "_claims" not in page
    assert max(map(len, repr(answer).splitlines()[2:])) < 300


def test_html_is_escaped(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/hostile.sqlite"
    SqliteStore(tmp_path / "hostile.sqlite").close()
    with graph_service.open(uri, lang="en") as opened:
        cells = {
            "type": "SUPPLIES", "from": "new:<script>alert(1)</script> & Co", "from_label": "Company",
            "to": 'new:Plant "<b>X</b>"', "to_label": "Plant",
        }  # fmt: skip
        assert isinstance(opened._graph, Graph)
        opened._graph.add_claim(cells, Edit(editor="tester", note="hostile names"))
        html = opened.ask("suppliers", entity='Plant "<b>X</b>"')._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("name", sorted(registry()))
def test_a_service_answers_as_the_store_does(name: str, opened: OpenGraph, service: OpenGraph) -> None:
    example = dict(registry()[name].example)
    if not example and registry()[name].path_parameters:
        example = {"id": opened.ask("partners", id="Изопан Рус").evidence["claims"][0]}
    here, there = opened.ask(name, **example), service.ask(name, **example)
    assert there.summary == here.summary
    assert there.to_frame().equals(here.to_frame())
    assert there.cypher == here.cypher
    assert nx.utils.graphs_equal(there.to_networkx(), here.to_networkx())


@pytest.mark.parametrize(
    ("question", "parameters", "kind"),
    [
        ("supliers", {"entity": PIPE_PLANT}, NotFound),
        ("suppliers", {"entity": "xyzzy"}, NotFound),
        ("suppliers", {"entity": "завод"}, Ambiguous),
        ("suppliers", {"entity": PIPE_PLANT, "teirs": 2}, BadParameter),
        ("suppliers", {"entity": PIPE_PLANT, "tiers": "many"}, BadParameter),
        ("suppliers", {"entity": PIPE_PLANT, "id": PIPE_PLANT}, BadParameter),
        ("suppliers", {}, BadParameter),
    ],
)
def test_a_service_fails_as_the_store_does(
    question: str, parameters: dict[str, object], kind: type[ZvenoError], opened: OpenGraph, service: OpenGraph
) -> None:
    raised = []
    for graph in (opened, service):
        with pytest.raises(kind) as caught:
            graph.ask(question, **parameters)
        assert type(caught.value) is kind
        raised.append(caught.value)
    here, there = raised
    assert (there.parameter, there.extra.keys()) == (here.parameter, here.extra.keys())
    assert there.extra.get("candidates") == here.extra.get("candidates")


def test_a_service_has_no_whole_graph_to_give(service: OpenGraph) -> None:
    with pytest.raises(BadParameter, match="its store"):
        service.to_networkx()


def test_who_does_not_answer_is_said(tmp_path: Path) -> None:
    with graph_service.open("http://127.0.0.1:1") as nobody, pytest.raises(StoreUnavailable, match="does not answer"):
        nobody.ask("quality")
    with pytest.raises(BadSettings, match="sqlite:///"):
        graph_service.open("ftp://host")
    with pytest.raises(BadSettings, match="zveno load demo makes one there"):
        graph_service.open(f"sqlite:///{tmp_path}/nofile.sqlite")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(BadSettings, match="key"):
        graph_service.open(f"sqlite:///{tmp_path}/x.sqlite", key="secret")


def test_a_server_that_is_no_service_is_named(tmp_path: Path) -> None:
    def other(environ: object, start_response: StartResponse) -> list[bytes]:
        start_response("404 Not Found", [("Content-Type", "text/html")])
        return [b"<html>another server</html>"]

    with (
        _running(other) as uri,
        graph_service.open(uri) as graph,
        pytest.raises(StoreUnavailable, match="no Zveno service"),
    ):
        graph.ask("quality")


def test_a_resting_connection_is_opened_again(demo_graph: Graph) -> None:
    with _running(create_app(demo_graph)) as uri, graph_service.open(uri) as graph:
        first = graph.ask("quality")
        assert isinstance(graph._graph, RemoteGraph)
        sock = graph._graph._connection.sock
        if sock is not None:  # a server that keeps connections
            sock.shutdown(socket.SHUT_RDWR)
        assert graph.ask("quality").data == first.data


def test_questions_are_listed_with_their_titles(opened: OpenGraph) -> None:
    assert opened.questions().keys() == registry().keys()
    assert ".questions()" in repr(opened)
