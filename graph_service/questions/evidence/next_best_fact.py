"""Which missing fact about the needs of a plant or company would narrow its answers most, and why they are so wide."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.narrowing import Cause, Fact, OneNeed, causes, missing_facts, one_need
from graph_service.analysis.needs import Needs
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import (
    asked_needs,
    edge_rows,
    need_rows,
    needs_of_graph,
    unnamed_suppliers,
)
from graph_service.questions.question import BudgetParams, PageParams, ProductParams, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import count, say


class NextFactParams(ProductParams, PageParams, BudgetParams):
    """About whose needs."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]


class FactItem(TypedDict):
    """A fact to find out; widths are of all shares of the need together, and 1 for whether it is single-sourced."""

    fact: str
    product: NotRequired[EntityItem]
    supplier: NotRequired[EntityItem]
    text: str
    narrows_at_least: float
    narrows_at_most: float
    claims: list[str]


class BoundItem(TypedDict):
    """The share of one supplier in one need, and what sets each of its bounds."""

    product: NotRequired[EntityItem]
    supplier: EntityItem
    share: list[float]
    low_because: str
    high_because: str
    claims: list[str]


class NextFactList(TypedDict):
    """Facts by what they narrow at least, then at most."""

    of: EntityItem
    items: list[FactItem]
    total: int
    bounds: list[BoundItem]


def answer(context: Context, params: NextFactParams) -> Answer:
    """The missing facts of all needs of a unit, ranked, and the causes of the bounds."""
    unit = context.snapshot.unit(context.entity(params.id, types=ACTORS))
    needs = needs_of_graph(context)
    own = asked_needs(context, needs, unit)
    found = {need: missing_facts(needs, need) for need in params.in_time(own)}
    facts = [(need, fact) for need, those in found.items() for fact in those if round(fact.at_most, 6) > 0]
    facts.sort(key=lambda pair: (-round(pair[1].at_least, 9), -round(pair[1].at_most, 9)))
    page = facts[params.shown]
    items = [_fact_item(context, needs, need, fact) for need, fact in page]
    shown = list(dict.fromkeys(need for need, _ in page))
    bounds = [bound for need in shown for bound in _bounds(context, needs, need)]
    counted, claims = ("", []) if facts else unnamed_suppliers(context, unit)
    return Answer(
        summary=_summary(context, unit, _text(context, needs, *facts[0]) if facts else "", len(facts), counted),
        data={"of": context.item(unit), "items": items, "total": len(facts), "bounds": bounds},
        evidence=list(dict.fromkeys([claim for part in (*items, *bounds) for claim in part["claims"]] + claims)),
        truncated=len(found) < len(own),
        explored={"needs": len(found)},
        next_cursor=params.next_cursor(len(facts)),
    )


def _fact_item(context: Context, needs: Needs, need: int, fact: Fact) -> FactItem:
    is_share = fact.kind == "share"
    rows = edge_rows(needs, [fact.edge]) if is_share else need_rows(context, needs, need)
    item = FactItem(
        fact=fact.kind,
        text=_text(context, needs, need, fact),
        narrows_at_least=round(fact.at_least, 6),
        narrows_at_most=round(fact.at_most, 6),
        claims=context.claim_ids(rows),
    )
    if product := context.product_item(int(needs.product[need])):
        item["product"] = product
    if is_share:
        item["supplier"] = context.item(int(needs.edge_supplier[fact.edge]))
    return item


def _text(context: Context, needs: Needs, need: int, fact: Fact) -> str:
    lang, product = context.lang, int(needs.product[need])
    what = say(lang, en="an unnamed product", ru="продукт без названия") if product < 0 else context.name(product)
    if fact.kind == "complete":
        return say(lang, en=f"Are all suppliers of {what} named?", ru=f"Все ли поставщики названы: {what}?")
    supplier = context.name(int(needs.edge_supplier[fact.edge]))
    return say(
        lang, en=f"Which share of {what} comes from {supplier}?", ru=f"Какая доля ({what}) приходится на: {supplier}?"
    )


def _bounds(context: Context, needs: Needs, need: int) -> list[BoundItem]:
    own = one_need(needs, need)
    found = []
    for place, edge in enumerate(own.edges):
        lower, upper = causes(own, place)
        supplier = context.item(int(needs.edge_supplier[edge]))
        item = BoundItem(
            supplier=supplier, share=share_item((float(own.low[place]), float(own.high[place]))) or [],
            low_because=_words(context, own, lower, supplier["name"], is_low=True),
            high_because=_words(context, own, upper, supplier["name"], is_low=False),
            claims=context.claim_ids(edge_rows(needs, [edge])),
        )  # fmt: skip
        if product := context.product_item(int(needs.product[need])):
            item["product"] = product
        found.append(item)
    return found


def _words(context: Context, own: OneNeed, cause: Cause, supplier: str, *, is_low: bool) -> str:
    lang = context.lang
    if own.contradicts:
        return say(
            lang, en="stated; the shares of this need contradict each other",
            ru="названо; доли этой потребности противоречат друг другу",
        )  # fmt: skip
    if cause == "stated":
        return say(
            lang, en="a source states it, or the amounts that it follows from",
            ru="источник называет её или объёмы, из которых она следует",
        )  # fmt: skip
    if cause == "own share":
        return say(lang, en=f"nobody states the share of {supplier}", ru=f"доля никем не названа: {supplier}")
    if cause == "others":
        return say(
            lang,
            en="the others cover no more than the rest" if is_low else "the others cover at least the rest",
            ru="остальные закрывают не больше остатка" if is_low else "остальные закрывают не меньше остатка",
        )
    return say(
        lang, en="whether unnamed suppliers cover a part is not known",
        ru="неизвестно, закрывают ли часть неназванные поставщики",
    )  # fmt: skip


def _summary(context: Context, unit: int, first: str, total: int, counted: str) -> str:
    lang, name = context.lang, context.name(unit)
    if not total:
        return say(
            lang, en=f"No missing fact about the suppliers of {name} is known that would narrow an answer{counted}.",
            ru=f"{name}: неизвестно, какой факт о поставщиках сузил бы ответы{counted}.",
        )  # fmt: skip
    return say(
        lang, en=f"{name}: {count(total, 'missing fact', 'en')} would narrow answers. First: {first}",
        ru=f"{name}: ответы сузили бы недостающие факты ({total}). Первый: {first}",
    )  # fmt: skip


QUESTION = Question(
    name="evidence.next_best_fact",
    route="/entities/{id}/next-best-fact",
    title={"en": "What to find out next", "ru": "Что узнать в первую очередь"},
    doc={
        "en": (
            "Which missing facts about the direct suppliers of a plant or company would narrow its answers most: "
            "whether all suppliers of a need are named, and which share one of them has. `narrows_at_least` is the "
            "width that vanishes whatever the fact turns out to be, `narrows_at_most` at best; widths of the shares "
            "of one need are added up, and not knowing whether it is single-sourced counts 1. `bounds` says of each "
            "share what keeps its lower and its upper bound where it is."
        ),
        "ru": (
            "Какие недостающие факты о прямых поставщиках завода или компании сильнее всего сузили бы ответы: все ли "
            "поставщики потребности названы и какая у кого доля. narrows_at_least — ширина, которая исчезнет в любом "
            "случае, narrows_at_most — в лучшем. bounds — что держит нижнюю и верхнюю границу каждой доли."
        ),
    },
    params=NextFactParams,
    result=NextFactList,
    answer=answer,
    default_statuses=("actual",),
    example={"id": "Каустик"},
)
