"""Who near a plant or town makes what it needs: a gate, then a score whose reasons and weights are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from pydantic import Field

from graph_service.analysis import local_partners as scoring
from graph_service.analysis.link_columns import Numbers
from graph_service.domain.schema import ACTORS
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import asked_needs, needs_of_graph
from graph_service.questions.parties import passed_over
from graph_service.questions.placed import PlacedItem, put_point
from graph_service.questions.planning.candidates import (
    Gated,
    NearParams,
    ReasonItem,
    gate,
    nearest_first,
    order_of,
    reason_items,
    weights_of,
)
from graph_service.questions.question import BudgetParams, PageParams, Params, PlaceParams, Question
from graph_service.questions.values import AmountItem, share_item, stated_amount, tally
from graph_service.questions.wording import count, quoted, say

_ASKERS = (*ACTORS, "City", "Region", "Project")
_Scored = tuple[Gated, scoring.Fit, int, int]


class LocalPartnerParams(Params, PlaceParams, PageParams, NearParams, BudgetParams):
    """Near whom, what, how far."""

    id: Annotated[str, Field(description="A plant, company or town: id, INN, OGRN or name.")]
    product: Annotated[
        str | None,
        Field(
            description="What is looked for: product names, ids, OKPD2 or HS codes, comma-separated; all known needs "
            "of the plant unless given."
        ),
    ] = None
    order: Annotated[Literal["score", "distance"], Field(description="What comes first among equally certain.")] = (
        "score"
    )


class CandidateItem(PlacedItem):
    """A maker of the product, near or possibly near; ``need`` says for which need, where all are asked for."""

    entity: EntityItem
    certainty: str
    need: NotRequired[EntityItem]
    score: NotRequired[list[float]]
    distance_km: NotRequired[list[float]]
    distance_from: NotRequired[str]
    products: list[EntityItem]
    capacity: NotRequired[AmountItem]
    status: str
    reasons: list[ReasonItem]
    why_not_certain: NotRequired[str]
    claims: list[str]


class RejectedItem(PlacedItem):
    """A maker of the product that was left out, and why."""

    entity: EntityItem
    distance_km: NotRequired[list[float]]
    why_not: str
    claims: list[str]


class LocalPartnerList(PlacedItem):
    """Certain candidates first, then possible ones; best first. ``point`` is the middle of the circle."""

    of: EntityItem
    products: list[EntityItem]
    weights: dict[str, float]
    items: list[CandidateItem]
    total: int
    by_status: dict[str, int]
    rejected: list[RejectedItem]
    rejected_total: int


def answer(context: Context, params: LocalPartnerParams) -> Answer:
    """Makers of each product wanted through the gate (region, distance), scored, each with its reasons."""
    snapshot = context.snapshot
    start = snapshot.unit(context.entity(params.id, types=_ASKERS))
    if snapshot.places.point(start) is None and params.within_km is not None:
        raise BadParameter(
            f"no point is known for {context.name(start)}: ask by region, or near its town",
            parameter="within_km",
        )
    weights = weights_of(params)
    wanted = _wanted(context, params, start)
    others = {start, *passed_over(context, params, ACTORS)}
    known = scoring.acquaintance(snapshot, context.mask, start)
    found = [
        _scored(context, params, start, need, products, others, known, weights)
        for need, products in params.in_time(wanted.items())
    ]
    taken = [one for scored, _ in found for one in scored]
    left = sorted((gated for _, rejected in found for gated in rejected), key=_nearest)
    page = taken[params.shown]
    certain = sum(one[0].certainty == "certain" for one in taken)
    unknown = sum(one[0].distance is None for one in taken)
    statuses = [one[0].status for one in taken]
    items = [_item(context, one, weights) for one in page]
    rejected = [_rejected(context, gated) for gated in left[: params.rejected]]
    shown = {product for products in wanted.values() for product in products if params.product is None}
    shown |= {int(snapshot.claims["to"][row]) for one in (*(one[0] for one in taken), *left) for row in one.rows}
    data = LocalPartnerList(
        of=context.item(start),
        products=[context.item(product) for product in context.by_name(shown)],
        weights={name: weight for name, weight in weights.items() if weight},
        items=items,
        total=len(taken),
        by_status=tally(statuses),
        rejected=rejected,
        rejected_total=len(left),
    )
    put_point(context, data, start)
    return Answer(
        summary=_summary(context, params, start, certain, len(taken) - certain, unknown, len(left)),
        data=data,
        bounds={"certain": certain, "possible": len(taken)},
        evidence=list(dict.fromkeys(claim for item in (*items, *rejected) for claim in item["claims"])),
        truncated=len(found) < len(wanted),
        explored={"needs": len(found), "makers": len(taken) + len(left)},
        next_cursor=params.next_cursor(len(taken)),
    )


def _wanted(context: Context, params: LocalPartnerParams, start: int) -> dict[int, frozenset[int]]:
    """Products looked for, by need; under -1 those of the parameter."""
    if params.product is not None:
        return {-1: context.products(params.product, "product") or frozenset()}
    if context.snapshot.label(start) not in ACTORS:
        raise BadParameter(f"{context.name(start)} is no plant or company: say which product", parameter="product")
    needs = needs_of_graph(context)
    products = [int(needs.product[need]) for need in asked_needs(context, needs, start)]
    return {product: frozenset({product}) for product in products if product >= 0}


def _scored(
    context: Context, params: LocalPartnerParams, start: int, need: int, products: frozenset[int],
    others: set[int], known: scoring.Acquaintance, weights: Mapping[scoring.Reason, float],
) -> tuple[list[_Scored], list[Gated]]:  # fmt: skip
    """Candidates for one need in their order, and those that the gate has left out."""
    snapshot, c = context.snapshot, context.snapshot.claims
    makers: dict[int, list[int]] = {}
    for product in sorted(products):
        rows = context.kept(snapshot.rows_to(product, "PRODUCES"))
        for row in rows[np.argsort(c["choice"][rows])].tolist():
            makers.setdefault(int(c["from"][row]), []).append(row)
    for unit in others:
        makers.pop(unit, None)
    gated = [gate(context, params, start, maker, makers[maker]) for maker in context.by_name(makers)]
    taken = [one for one in gated if one.why_not is None]
    fit = _fit(context, known, taken, weights)
    middle = fit.middle.tolist()
    if params.order == "score":
        places = sorted(range(len(taken)), key=lambda place: order_of(context, taken[place], middle[place]))
    else:
        places = sorted(range(len(taken)), key=lambda place: nearest_first(taken[place]))
    return [(taken[place], fit, place, need) for place in places], [one for one in gated if one.why_not is not None]


def _fit(
    context: Context, known: scoring.Acquaintance, taken: list[Gated], weights: Mapping[scoring.Reason, float]
) -> scoring.Fit:
    snapshot, mask = context.snapshot, context.mask
    candidates = np.array([one.entity for one in taken], np.int64)
    claims = [one.rows for one in taken]
    reasons: dict[scoring.Reason, tuple[Numbers, Numbers]] = {
        "distance": scoring.by_distance([one.distance for one in taken]),
        "capacity": scoring.by_capacity(snapshot, mask, context.valid_at, candidates, claims),
        **known.reasons(candidates),
    }
    return scoring.fit(reasons, weights)


def _nearest(gated: Gated) -> tuple[bool, tuple[float, float]]:
    return gated.distance is None, gated.distance or (0.0, 0.0)


def _item(context: Context, one: _Scored, weights: Mapping[scoring.Reason, float]) -> CandidateItem:
    gated, fit, place, need = one
    snapshot, c, lang = context.snapshot, context.snapshot.claims, context.lang
    products = context.by_name({int(c["to"][row]) for row in gated.rows})
    made = ", ".join(context.name(product) for product in products)
    item = CandidateItem(
        entity=context.item(gated.entity), certainty=gated.certainty,
        products=[context.item(product) for product in products], status=gated.status,
        score=share_item((float(fit.score_low[place]), float(fit.score_high[place]))) or [],
        reasons=[
            ReasonItem(reason="makes", text=say(lang, en=f"makes {made}", ru=f"делает: {made}"), value=[1.0, 1.0],
                       weight=0.0),
            *reason_items(context, fit, place, gated, weights),
        ],
        claims=context.claim_ids(gated.rows),
    )  # fmt: skip
    if need >= 0:
        item["need"] = context.item(need)
    put_point(context, item, gated.entity)
    if gated.distance is not None:
        item["distance_km"] = [round(bound, 1) for bound in gated.distance]
        precise = snapshot.places.points.get(gated.entity)
        item["distance_from"] = "site" if precise is not None and precise.uncertainty_km == 0 else "town"
    if gated.doubts:
        item["why_not_certain"] = "; ".join(gated.doubts)
    for row in gated.rows:
        if capacity := (stated_amount(snapshot, row, "capacity") or stated_amount(snapshot, row, "quantity")):
            item["capacity"] = capacity
            break
    return item


def _rejected(context: Context, gated: Gated) -> RejectedItem:
    item = RejectedItem(
        entity=context.item(gated.entity), why_not=gated.why_not or "", claims=context.claim_ids(gated.rows)
    )
    put_point(context, item, gated.entity)
    if gated.distance is not None:
        item["distance_km"] = [round(bound, 1) for bound in gated.distance]
    return item


def _summary(
    context: Context, params: LocalPartnerParams, start: int, certain: int, possible: int, unknown: int, left: int
) -> str:
    lang, name = context.lang, context.name(start)
    where = (
        say(
            lang,
            en=f"within {params.within_km:g} km of {name}",
            ru=f"в пределах {params.within_km:g} км от {quoted(name)}",
        )
        if params.within_km is not None
        else say(lang, en=f"for {name}, at any distance", ru=f"для {quoted(name)} на любом расстоянии")
    )
    if context.filters_places:
        where += say(lang, en=" in the region asked for", ru=" в указанном регионе")
    if not certain and not possible:
        return say(
            lang, en=f"No known maker {where}; {left} {'was' if left == 1 else 'were'} left out, each with the reason.",
            ru=f"Известных изготовителей {where} нет; отклонено {left}, у каждого указана причина.",
        )  # fmt: skip
    of_unknown = say(lang, en=f" ({unknown} of unknown distance)", ru=f" (расстояние неизвестно: {unknown})")
    after = (of_unknown if unknown else "") + say(lang, en=f"; {left} left out.", ru=f"; отклонено {left}.")
    if not certain:
        return say(
            lang, en=f"Nobody for certain {where}; {count(possible, 'maker', 'en')} possibly",
            ru=f"Наверняка {where} никого; возможно — {count(possible, 'maker', 'ru')}",
        ) + after  # fmt: skip
    more = say(lang, en=f", {possible} more possibly", ru=f", ещё {possible} возможно") if possible else ""
    surely = say(
        lang, en=f"{count(certain, 'maker', 'en')} for certain ", ru=f"{count(certain, 'maker', 'ru')} наверняка "
    )
    return surely + where + more + after


def _twin(context: Context, params: LocalPartnerParams) -> tuple[str, dict[str, Any]] | None:
    if params.within_km is None or params.product is None or params.order != "distance" or params.without_entity:
        return None
    start = context.snapshot.unit(context.entity(params.id, types=_ASKERS))
    wanted = context.products(params.product, "product") or frozenset()
    return "local_partners", {
        "id": context.snapshot.entity_ids[start],
        "wanted": sorted(context.snapshot.entity_ids[product] for product in wanted),
        "within_km": params.within_km,
    }


QUESTION = Question(
    name="planning.local_partners",
    route="/entities/{id}/local-partners",
    title={"en": "Local partners", "ru": "Местные партнёры"},
    doc={
        "en": (
            "Who near a plant or town makes a product, or whatever the plant is known to need. A maker known only to "
            "its town is within 15 km of the town's point, so its distance is an interval: certain where all of it is "
            "within `within_km`, possible where part of it is. One known only to a region or country, or to no place "
            "at all, is possible, distance unknown. One that only plans to make the product is possible too. Left out "
            "is only whom a stated place excludes, and each is listed with the reason. Those who pass are ordered by a "
            "score, the weighted mean of reasons between 0 and 1: nearness (exp(−km / 100)), spare capacity, working "
            "together already, shared partners (Adamic–Adar). What is not known counts as 0 to 1, so the score is an "
            "interval; `weights` changes what counts how much."
        ),
        "ru": (
            "Кто рядом с заводом или городом делает продукт, или всё, что заводу нужно. Изготовитель, о котором "
            "известен только город, лежит в 15 км от точки города, поэтому расстояние — промежуток: наверняка, если "
            "он весь внутри круга, возможно — если часть. Известен только регион — возможно, расстояние неизвестно. У "
            "каждого отклонённого — причина. Порядок — по сумме причин с весами: близость, свободная мощность, "
            "нынешние связи, общие партнёры; неизвестное считается от 0 до 1."
        ),
    },
    params=LocalPartnerParams,
    result=LocalPartnerList,
    answer=answer,
    about=_ASKERS,
    example={"id": "Волжский", "product": "20.11", "within_km": 100},
    twin=_twin,
)
