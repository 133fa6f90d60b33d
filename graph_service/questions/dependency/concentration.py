"""How concentrated the purchases of a plant or company are: the Herfindahl-Hirschman index with bounds."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.concentration import Concentration, hhi
from graph_service.analysis.exposure import cone
from graph_service.analysis.needs import Needs
from graph_service.analysis.shares import find_shares
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import (
    LeftOut,
    asked_needs,
    edge_rows,
    left_out,
    left_out_words,
    need_rows,
    needs_of_graph,
    unnamed_suppliers,
)
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import count, say

By = Literal["supplier", "region", "country", "product"]
_PLACES = {"region": "Region", "country": "Country"}
_Interval = tuple[float, float]


class ConcentrationParams(ProductParams, PageParams):
    """Whose purchases, by what."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]
    by: Annotated[By, Field(description="Between whom the purchases are divided.")] = "supplier"


class PartyItem(TypedDict):
    """One party of a need; a share that is left out is not known."""

    entity: EntityItem
    share: NotRequired[list[float]]


class ConcentrationItem(TypedDict):
    """A need and its index, 0 to 1; an index that is left out is not known."""

    product: NotRequired[EntityItem]
    hhi: NotRequired[list[float]]
    approximate: NotRequired[bool]
    parties: list[PartyItem]
    unnamed_share: list[float]
    why_unknown: NotRequired[str]
    claims: list[str]


class ConcentrationList(TypedDict):
    """Needs by the least bound of their index, the most concentrated first; those not known last."""

    of: EntityItem
    by: str
    items: list[ConcentrationItem]
    total: int
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: ConcentrationParams) -> Answer:
    """The index of each need with a known supplier, or of all purchases by product."""
    unit = context.snapshot.unit(context.entity(params.id, types=ACTORS))
    needs = needs_of_graph(context)
    asked = asked_needs(context, needs, unit)
    if params.by == "product":
        items = [_by_product(context, needs, asked, unit)] if asked else []
    else:
        items = [_by_party(context, params.by, needs, need) for need in asked if needs.named[need]]
    items.sort(key=lambda item: [-bound for bound in item.get("hhi", [-1.0, -1.0])])
    page = items[params.shown]
    left = left_out(context, unit)
    data: ConcentrationList = {"of": context.item(unit), "by": params.by, "items": page, "total": len(items)}
    if left:
        data["left_out"] = left
    known = sum("hhi" in item for item in items)
    counted, claims = ("", []) if items else unnamed_suppliers(context, unit)
    return Answer(
        summary=_summary(context, unit, len(items), known) + counted + left_out_words(left, context.lang),
        data=data,
        coverage={"named": len(items), "shares_known": known},
        evidence=list(dict.fromkeys([claim for item in page for claim in item["claims"]] + claims)),
        next_cursor=params.next_cursor(len(items)),
    )


def _by_party(context: Context, by: By, needs: Needs, need: int) -> ConcentrationItem:
    """One need, divided between its suppliers or their places."""
    shares = find_shares(needs, [need])
    rest = (float(shares.rest_low[0]), float(shares.rest_high[0]))
    bounds: dict[int, _Interval] = defaultdict(lambda: (0.0, 0.0))
    for edge, low, high in zip(shares.edge.tolist(), shares.low.tolist(), shares.high.tolist(), strict=True):
        party = _party(context, by, int(needs.edge_supplier[edge]))
        if party is None:
            rest = (rest[0] + low, min(rest[1] + high, 1.0))
        else:
            bounds[party] = (bounds[party][0] + low, min(bounds[party][1] + high, 1.0))
    edges = shares.edge.tolist()
    return _item(
        context, bounds, rest, by, product=int(needs.product[need]),
        claims=context.claim_ids([*need_rows(context, needs, need), *edge_rows(needs, edges)]),
    )  # fmt: skip


def _by_product(context: Context, needs: Needs, asked: list[int], unit: int) -> ConcentrationItem:
    """All purchases, divided between products by value, where the values of all needs are known."""
    own = cone(needs, unit, 1)
    bounds: dict[int, _Interval] = {}
    for place, need in enumerate(own.needs.tolist()):
        if need in asked and needs.product[need] >= 0:
            bounds[int(needs.product[need])] = (float(own.weight_low[place]), float(own.weight_high[place]))
    is_closed = bool(own.is_priced[0]) and len(bounds) == len(own.needs)
    rows = [row for need in asked for row in need_rows(context, needs, need)]
    return _item(
        context, bounds, (0.0, 0.0 if is_closed else 1.0), "product", product=-1, claims=context.claim_ids(rows)
    )


def _party(context: Context, by: By, supplier: int) -> int | None:
    return supplier if by == "supplier" else context.home(supplier, _PLACES[by])


def _item(
    context: Context, bounds: dict[int, _Interval], rest: _Interval, by: By, *, product: int, claims: list[str]
) -> ConcentrationItem:
    lang = context.lang
    parties = context.by_name(bounds)
    low, high = (np.array([bounds[party][end] for party in parties]) for end in (0, 1))
    found = hhi(low, high, rest, rest_may_join=by != "supplier")
    if found is not None:  # what is left beside the others, however wide a statement of the rest may be
        rest = (max(rest[0], 1 - float(high.sum())), min(rest[1], 1 - float(low.sum())))
    item = ConcentrationItem(
        parties=[_party_item(context, party, bounds[party]) for party in parties],
        unnamed_share=share_item(rest) or [],
        claims=claims,
    )
    if shown := context.product_item(product):
        item["product"] = shown
    if found is None:
        item["why_unknown"] = say(
            lang, en="the shares that sources state cannot all be true: see contradictions",
            ru="доли, названные источниками, не могут быть верны вместе: см. противоречия",
        )  # fmt: skip
    elif _says_nothing(found):
        item["why_unknown"] = say(lang, en="no share is known", ru="доли неизвестны")
    else:
        item["hhi"] = share_item((found.low, found.high)) or []
        if found.is_approximate:
            item["approximate"] = True
    return item


def _says_nothing(found: Concentration) -> bool:
    return found.low < 1e-6 and found.high > 1 - 1e-6


def _party_item(context: Context, party: int, bounds: _Interval) -> PartyItem:
    item = PartyItem(entity=context.item(party))
    if bounds != (0.0, 1.0):
        item["share"] = share_item(bounds) or []
    return item


def _summary(context: Context, unit: int, total: int, known: int) -> str:
    lang, name = context.lang, context.name(unit)
    if not total:
        return say(
            lang, en=f"No supplier of {name} is known; that is no proof that there are none",
            ru=f"{name}: поставщики неизвестны; это не значит, что их нет",
        )  # fmt: skip
    return say(
        lang, en=f"{name}: concentration is known of {known or 'none'} of {count(total, 'need', 'en')}",
        ru=f"{name}: потребностей {total}, с известной концентрацией — {known or 'ни одной'}",
    )  # fmt: skip


QUESTION = Question(
    name="dependency.concentration",
    route="/entities/{id}/concentration",
    title={"en": "Concentration of purchases", "ru": "Концентрация закупок"},
    doc={
        "en": (
            "How concentrated the supply of each need is: the Herfindahl-Hirschman index, the sum of squared shares, "
            "from near 0 (many small parties) to 1 (one party), by supplier, region or country of the supplier; by "
            "product it is one index of all purchases. Shares that are not known make it an interval: its least and "
            "greatest value over all shares that fit what is known. An unnamed supplier may lie in a named region, so "
            "there the bounds are wider. With more than 20 unknown shares the upper bound is `approximate`."
        ),
        "ru": (
            "Насколько сосредоточено снабжение по каждой потребности: индекс Херфиндаля — Хиршмана, сумма квадратов "
            "долей, от 0 до 1, по поставщикам, их регионам или странам; по продуктам — один индекс всех закупок. "
            "Неизвестные доли делают его промежутком: наименьшее и наибольшее значение по всем возможным долям."
        ),
    },
    params=ConcentrationParams,
    result=ConcentrationList,
    answer=answer,
    default_statuses=("actual",),
    example={"id": "Сборка автобусов Yutong ZK6128H"},
)
