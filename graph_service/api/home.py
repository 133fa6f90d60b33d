"""What the first page shows: what is in the graph, how fresh, what is missing, and what can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph_service.api.addresses import form_of, page_of
from graph_service.api.labels import word
from graph_service.api.rendering import render
from graph_service.api.sections import Bars
from graph_service.errors import ZvenoError
from graph_service.graph import Graph
from graph_service.questions.question import Question, registry

_TO_START_WITH = ("cooperation", "dependency", "planning", "exports")
_GROUPS = ("lookup", "cooperation", "dependency", "planning", "exports", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the list of questions shows it; ``example`` only where the graph can answer it."""

    title: str
    doc: str
    page: str
    example: str | None
    words: str
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What is in the graph and what can be asked."""

    summary: str
    numbers: Sequence[tuple[str, int]]
    documents: int
    sources: int
    freshness: Bars | None
    gaps: Bars | None
    groups: Sequence[tuple[str, Sequence[Asked]]]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been loaded."""
        return not self.numbers


def overview(graph: Graph, lang: str) -> Overview:
    """Ask for the counts of the graph, and which examples it can answer."""
    envelope = graph.ask("lookup.quality", lang=lang)
    data = envelope["data"]
    bars = {section.name: section for section in render(envelope).sections if isinstance(section, Bars)}
    return Overview(
        summary=envelope["summary"],
        numbers=sorted(data["entities"].items(), key=lambda pair: -pair[1]),
        documents=data["documents"],
        sources=data["sources"],
        freshness=bars.get("freshness"),
        gaps=bars.get("gaps"),
        groups=_groups(graph, lang),
    )


def _groups(graph: Graph, lang: str) -> list[tuple[str, list[Asked]]]:
    known: dict[Any, bool] = {}
    found: dict[str, list[Asked]] = {}
    for question in registry().values():
        if question.name == "evidence.claim":
            continue  # nobody knows an id by heart: claims are reached from what rests on them
        group = question.name.partition(".")[0]
        found.setdefault(group, []).append(
            Asked(
                title=question.title[lang],
                doc=question.doc[lang],
                page=form_of(question),
                example=page_of(question, question.example) if _has_example(graph, question, known) else None,
                is_first=group in _TO_START_WITH,
                words=", ".join(str(value) for value in question.example.values()),
            )
        )
    order = [group for group in _GROUPS if group in found] + [group for group in found if group not in _GROUPS]
    return [(word(lang, "group", group), found[group]) for group in order]


def _has_example(graph: Graph, question: Question[Any], known: dict[Any, bool]) -> bool:
    who = question.example.get("id")
    if who is None:
        return bool(question.example)
    name = "evidence.document" if question.name == "evidence.document" else "lookup.entity"
    if (name, who) not in known:
        try:
            graph.ask(name, id=who, **({"limit": 1} if name == "evidence.document" else {}))
            known[name, who] = True
        except ZvenoError:
            known[name, who] = False
    return known[name, who]
