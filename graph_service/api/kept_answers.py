"""Answers of the present graph as bytes: the same question about the same version on the same day is answered once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

from graph_service.api.responses import json_bytes
from graph_service.domain import clocks
from graph_service.graph import Graph
from graph_service.questions.ask import find_question
from graph_service.questions.question import BudgetParams
from graph_service.snapshot.snapshot import Snapshot

MOST_BYTES = 64 << 20

Key = tuple[str, tuple[tuple[str, Any], ...]]


class KeptAnswers:
    """Asks a graph and keeps the newest answers, as JSON, until the graph or the day is another.

    An answer that is stale or cut short by its time budget is not kept: a later one may know more.

    Args:
        graph: whom to ask.
        most_bytes: how much is kept at most; what was asked for least recently goes first.
    """

    def __init__(self, graph: Graph, most_bytes: int = MOST_BYTES) -> None:
        self._graph, self._most_bytes = graph, most_bytes
        self._of: tuple[Snapshot, date] | None = None
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def answer(self, question: str, given: Mapping[str, str]) -> bytes:
        """The envelope as JSON."""
        view = self._graph.live.view()
        of, key = (view.snapshot, clocks.today()), (question, tuple(sorted(given.items())))
        if not view.stale and (found := self._find(of, key)) is not None:
            return found
        envelope = self._graph.ask(question, **given)
        body, meta = json_bytes(envelope), envelope["meta"]
        is_hurried = meta["truncated"] and issubclass(find_question(question).params, BudgetParams)
        if not (meta["stale"] or is_hurried) and meta["graph_version"] == view.snapshot.version.number:
            self._keep(of, key, body)
        return body

    def _find(self, of: tuple[Snapshot, date], key: Key) -> bytes | None:
        with self._lock:
            if self._of != of:
                self._of, self._bytes = of, 0
                self._kept.clear()
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, of: tuple[Snapshot, date], key: Key, body: bytes) -> None:
        with self._lock:
            if self._of != of or key in self._kept:
                return
            self._kept[key] = body
            self._bytes += len(body)
            while self._bytes > self._most_bytes:
                self._bytes -= len(self._kept.popitem(last=False)[1])
