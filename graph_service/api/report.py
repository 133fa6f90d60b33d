"""A report to print: what is known of one entity, chapter by chapter, with one list of evidence at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_service.api.addresses import page_of, questions_about
from graph_service.api.labels import ui
from graph_service.api.rendering import render
from graph_service.api.sections import AnswerPage, Quote
from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.questions.ask import find_question
from graph_service.questions.question import Question

CHAPTERS = (
    "cooperation.project", "dependency.suppliers", "dependency.customers", "dependency.sellers",
    "dependency.bill_of_materials", "exports.markets", "cooperation.region_flows", "cooperation.self_sufficiency",
    "exports.region_exports", "planning.unmet_needs", "cooperation.cluster", "cooperation.partners",
    "cooperation.ownership", "dependency.single_sourced", "dependency.concentration", "exports.export_dependence",
    "planning.local_partners", "lookup.neighbours", "evidence.contradictions", "evidence.next_best_fact",
)  # fmt: skip
"""Who sells and who buys first, then what follows from it, then how sure all of it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What one question says of the entity; ``left`` counts a list that is cut off."""

    name: str
    title: str
    address: str
    page: AnswerPage
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report; the numbers of the evidence run through all chapters."""

    entity: Mapping[str, Any]
    card: AnswerPage
    chapters: Sequence[Chapter]
    quotes: Sequence[Quote]
    quotes_left: int


def report_of(graph: Graph, given: Mapping[str, str]) -> Report:
    """Ask what the report tells of.

    Args:
        graph: what is asked.
        given: id and lang, and filters that all questions share.

    Raises:
        ZvenoError: as the card of the entity does: nobody is called so, it was merged, a filter is wrong.
    """
    numbers: dict[str, int] = {}
    envelope = graph.ask("lookup.entity", **given)
    entity = envelope["data"]["entity"]
    # All chapters are of the version and the day of the card: a load may end meanwhile.
    clocks = {name: str(envelope["meta"][name]) for name in ("valid_at", "known_at")}
    asked = {**given, "id": entity["id"]}
    card = render(envelope, numbers)
    known = {question.name for question in questions_about(entity["type"])}
    found = (_chapter(graph, find_question(name), asked, clocks, numbers) for name in CHAPTERS if name in known)
    chapters = [chapter for chapter in found if chapter]
    pages = [card, *(chapter.page for chapter in chapters)]
    quotes = {quoted.claim: quoted for page in pages for quoted in page.quotes}
    return Report(
        entity=entity,
        card=card,
        chapters=chapters,
        quotes=sorted(quotes.values(), key=lambda quoted: quoted.number),
        quotes_left=len(numbers) - len(quotes),
    )


def _chapter(
    graph: Graph, question: Question[Any], asked: Mapping[str, str], clocks: Mapping[str, str], numbers: dict[str, int]
) -> Chapter | None:
    lang = asked["lang"]
    try:
        envelope = graph.ask(question.name, **{**asked, **clocks})
    except BadParameter:
        if question.name != "planning.local_partners":
            raise
        return None  # who could sell to a place is asked of one product at a time
    return Chapter(
        name=question.command,
        title=question.title[lang],
        address=page_of(question, {name: value for name, value in asked.items() if name != "lang"}),
        page=render(envelope, numbers),
        left=_left(envelope["data"], lang),
    )


def _left(data: Mapping[str, Any], lang: str) -> str:
    shown, total = len(data.get("items", ())), data.get("total", 0)
    return ui(lang, "shown_of", shown=shown, total=total) if shown < total else ""
