"""Sentences say what the whole answer says: no more, no less, and the same on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.questions.question import registry
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

Draw = Callable[[str], Graph]


@pytest.fixture
def draw(tmp_path: Path) -> Iterator[Draw]:
    """A graph from the lines of a claims file."""
    with ExitStack() as stack:

        def drawn(text: str) -> Graph:
            file = tmp_path / "claims.csv"
            file.write_text(text, "utf-8")
            graph = stack.enter_context(Graph(SqliteStore(tmp_path / "x.sqlite")))
            report = graph.load("claims", [file], Options(source="Test"))
            assert report.rows_rejected == 0, report.first_rejects
            return graph

        yield drawn


PAGED = sorted(name for name, question in registry().items() if "cursor" in question.params.model_fields)


@pytest.mark.parametrize("name", PAGED)
def test_the_sentence_is_of_all_pages(name: str, ask: Ask) -> None:
    example = dict(registry()[name].example)
    whole, first, beyond = (ask(name, **example, **page) for page in ({}, {"limit": 1}, {"cursor": "99999"}))
    assert first["summary"] == whole["summary"] == beyond["summary"]
    assert first.get("coverage") == whole.get("coverage") == beyond.get("coverage")


CIRCLE = (
    "type,from,to,product\nSUPPLIES,A,Buyer,steel\nSUPPLIES,B,A,ore\nSUPPLIES,Buyer,B,wire\nSUPPLIES,C,Buyer,coal\n"
)


def test_exposure_is_to_others_and_cites_the_links_that_lead_there(draw: Draw) -> None:
    graph = draw(CIRCLE)
    items = {item["entity"]["name"]: item for item in graph.ask("exposure", id="Buyer", tiers=3)["data"]["items"]}
    assert set(items) == {"A", "B", "C"}, "a circle back to the buyer is no dependence on itself"

    def links(item: dict[str, Any]) -> set[str]:
        cited = (graph.ask("claim", id=claim)["data"]["claim"] for claim in item["claims"])
        return {f"{claim['subject']['name']} > {claim['object']['name']}" for claim in cited}

    assert links(items["B"]) == {"A > Buyer", "B > A"}
    assert "C > Buyer" in links(items["C"])


def test_an_exposure_that_ran_out_of_time_claims_no_ignorance(draw: Draw) -> None:
    answer = draw(CIRCLE).ask("exposure", id="Buyer", lang="en", time_budget_s=1e-9)
    assert answer["meta"]["truncated"]
    assert "time was over" in answer["summary"]
