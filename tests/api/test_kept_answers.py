"""An answer is kept until the graph or the day is another, and no longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest

from graph_service.api.kept_answers import KeptAnswers
from graph_service.domain import clocks
from graph_service.errors import StoreUnavailable
from graph_service.graph import Graph
from graph_service.snapshot.live import LiveSnapshot
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from loaders.loader import Options

MARKETS = "exports.markets"
ISOPAN = {"id": "Изопан Рус"}


class Asked(Graph):
    """A graph that counts what it is asked."""

    count = 0

    def ask(self, question: str, /, **parameters: Any) -> dict[str, Any]:
        self.count += 1
        return super().ask(question, **parameters)


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Asked]:
    with Asked(SqliteStore(tmp_path / "demo.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield graph


def test_the_same_question_is_answered_once(asked: Asked) -> None:
    kept = KeptAnswers(asked)
    first = kept.answer(MARKETS, ISOPAN)
    assert kept.answer(MARKETS, ISOPAN) == first
    assert asked.count == 1
    assert kept.answer(MARKETS, ISOPAN | {"lang": "en"}) != first
    assert kept.answer("evidence.claims", ISOPAN) != first
    assert asked.count == 3


def test_a_write_is_seen(asked: Asked) -> None:
    kept = KeptAnswers(asked)
    before = orjson.loads(kept.answer(MARKETS, ISOPAN))
    claim = before["evidence"]["claims"][0]
    asked.retract_claim(claim, Edit(editor="test", note="wrong"))
    after = orjson.loads(kept.answer(MARKETS, ISOPAN))
    assert after["meta"]["graph_version"] == before["meta"]["graph_version"] + 1
    assert claim not in after["evidence"]["claims"]


def test_another_day_is_another_answer(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptAnswers(asked)
    kept.answer(MARKETS, ISOPAN)
    monkeypatch.setattr(clocks, "today", lambda: date(2030, 1, 1))
    assert orjson.loads(kept.answer(MARKETS, ISOPAN))["meta"]["valid_at"] == "2030-01-01"


def test_what_was_not_asked_for_lately_goes_first(asked: Asked) -> None:
    size = len(KeptAnswers(asked).answer(MARKETS, ISOPAN))
    kept = KeptAnswers(asked, most_bytes=int(size * 2.5))
    one, two, three = ({**ISOPAN, "limit": str(limit)} for limit in (10, 11, 12))
    for given in (one, two, one, three):
        kept.answer(MARKETS, given)
    count = asked.count
    kept.answer(MARKETS, one)
    assert asked.count == count
    kept.answer(MARKETS, two)
    assert asked.count == count + 1


def test_a_stale_answer_is_not_kept(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = KeptAnswers(asked)
    fresh = kept.answer(MARKETS, ISOPAN)

    def down() -> str:
        raise StoreUnavailable("down")

    asked.live = LiveSnapshot(asked.store)  # a service's view: it does not wait for the store
    asked.live.view()
    monkeypatch.setattr("graph_service.snapshot.live.LOOK_EVERY_S", -1)
    with monkeypatch.context() as patched:
        patched.setattr(asked.store, "signal", down)
        stale = orjson.loads(kept.answer(MARKETS, ISOPAN))
        assert stale["meta"]["stale"] is True
        assert orjson.loads(kept.answer(MARKETS, ISOPAN))["meta"]["stale"] is True
    again = orjson.loads(kept.answer(MARKETS, ISOPAN))
    assert again["meta"]["stale"] is False
    assert again["data"] == orjson.loads(fresh)["data"]


def test_what_is_cut_by_a_limit_is_kept_and_what_is_cut_by_time_is_not(asked: Asked) -> None:
    kept = KeptAnswers(asked)
    for question, given, times in (
        ("lookup.network", {**ISOPAN, "most": "3"}, 1),
        ("planning.local_partners", {**ISOPAN, "time_budget_s": "0.000001"}, 2),
    ):
        asked.count = 0
        assert all(orjson.loads(kept.answer(question, given))["meta"]["truncated"] for _ in range(2))
        assert asked.count == times
