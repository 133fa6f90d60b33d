"""How much of what a plant or company buys comes, at any tier, from a supplier, region, country or product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.exposure import Cone, cone, exposures, on_the_way
from graph_service.analysis.needs import Needs
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
from graph_service.questions.question import BudgetParams, PageParams, ProductParams, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import count, noun, say
from graph_service.snapshot.snapshot import Mask

By = Literal["supplier", "product", "region", "country"]
_PLACES = {"region": "Region", "country": "Country"}
_UNKNOWN, _NOTHING = (0.0, 1.0), (0.0, 0.0)
_Interval = tuple[float, float]
_Found = tuple[int, _Interval, list[_Interval]]
"""A candidate, its bounds among all purchases, and those of each need asked about."""

LINKS_SHOWN = 100
"""So many links on the way to a candidate are cited, the nearest."""


class ExposureParams(ProductParams, PageParams, BudgetParams):
    """Whose exposure, to what."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]
    by: Annotated[By, Field(description="What the exposure is to.")] = "supplier"
    tiers: Annotated[int, Field(ge=1, le=30, description="How many steps upstream.")] = 3


class NeedShare(TypedDict):
    """The exposure of one need; a share that is left out is not known."""

    product: NotRequired[EntityItem]
    share: NotRequired[list[float]]


class ExposureItem(TypedDict):
    """What the unit is exposed to; ``share`` is of all purchases, given only where their values are known.

    The claims are those of its needs, of their links, and of the nearest links on the way.
    """

    entity: EntityItem
    share: NotRequired[list[float]]
    by_need: list[NeedShare]
    claims: list[str]
    links_left_out: NotRequired[int]


class ExposureList(TypedDict):
    """By the greatest bound, then the least one, then by name."""

    of: EntityItem
    by: str
    items: list[ExposureItem]
    total: int
    unplaced: NotRequired[int]
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: ExposureParams) -> Answer:
    """Bounds of the probability that a walk along cost shares reaches each candidate."""
    unit = context.snapshot.unit(context.entity(params.id, types=ACTORS))
    needs = needs_of_graph(context)
    asked = asked_needs(context, needs, unit)
    own = cone(needs, unit, params.tiers)
    places = [int(np.flatnonzero(own.needs == need)[0]) for need in asked]
    candidates, unplaced = _candidates(context, params.by, needs, own)
    candidates.pop(unit, None)  # where supply goes in a circle it comes back to the unit, which depends on others
    found: list[_Found] = []
    looked = 0
    for candidate, edges in params.in_time(candidates.items()):
        looked += 1
        (low, high), (unit_low, unit_high) = exposures(own, _hit(own, edges), params.tiers)
        if any(high[place] > 0 for place in places):
            bounds = [(float(low[place]), float(high[place])) for place in places]
            found.append((candidate, (float(unit_low[0]), float(unit_high[0])), bounds))
    is_priced = bool(own.is_priced[0]) and len(asked) == len(needs.by_buyer.of(unit))
    found.sort(key=lambda one: _order(context, one, is_priced=is_priced))
    page = found[params.shown]
    items = [
        _item(context, needs, own, places, one, _hit(own, candidates[one[0]]), is_priced=is_priced) for one in page
    ]
    left = left_out(context, unit)
    data: ExposureList = {
        "of": context.item(unit), "by": params.by, "items": items, "total": len(found),
    }  # fmt: skip
    if left:
        data["left_out"] = left
    if unplaced:
        data["unplaced"] = unplaced
    counted, claims = ("", []) if candidates else unnamed_suppliers(context, unit)
    known = sum(_is_known(one, is_priced=is_priced) for one in found)
    is_cut = looked < len(candidates)
    first = context.name(found[0][0]) if found else ""
    return Answer(
        summary=_summary(context, params, unit, len(found), known, first, is_cut=is_cut)
        + counted
        + left_out_words(left, context.lang),
        data=data,
        coverage={"named": len(found), "shares_known": known},
        evidence=list(dict.fromkeys([claim for item in items for claim in item["claims"]] + claims)),
        truncated=is_cut,
        explored={"nodes": len(own.units), "edges": len(own.shares.edge), "candidates": looked},
        next_cursor=params.next_cursor(len(found)),
    )


def _candidates(context: Context, by: By, needs: Needs, own: Cone) -> tuple[dict[int, list[int]], int]:
    """What the unit may be exposed to, each with the edges that reach it; and suppliers of unknown place."""
    suppliers: list[int] = needs.edge_supplier[own.shares.edge].tolist()
    keys: list[int | None]
    if by == "supplier":
        keys = list(suppliers)
    elif by == "product":
        keys = [one if one >= 0 else None for one in needs.product[needs.edge_need[own.shares.edge]].tolist()]
    else:
        homes = {supplier: context.home(supplier, _PLACES[by]) for supplier in suppliers}
        keys = [homes[supplier] for supplier in suppliers]
    found: dict[int, list[int]] = {}
    for edge, key in enumerate(keys):
        if key is not None:
            found.setdefault(key, []).append(edge)
    unplaced = {supplier for supplier, key in zip(suppliers, keys, strict=True) if key is None}
    return found, len(unplaced) if by in _PLACES else 0


def _hit(own: Cone, edges: Sequence[int]) -> Mask:
    hit = np.zeros(len(own.shares.edge), bool)
    hit[edges] = True
    return hit


def _is_known(one: _Found, *, is_priced: bool) -> bool:
    _, total, bounds = one
    return (is_priced and total != _UNKNOWN) or any(bound not in (_UNKNOWN, _NOTHING) for bound in bounds)


def _order(context: Context, one: _Found, *, is_priced: bool) -> tuple[float, float, str, str]:
    candidate, total, bounds = one
    low, high = total if is_priced else (max(b[0] for b in bounds), max(b[1] for b in bounds))
    return -round(high, 9), -round(low, 9), context.name(candidate), context.snapshot.entity_ids[candidate]


def _item(
    context: Context, needs: Needs, own: Cone, places: list[int], one: _Found, hit: Mask, *, is_priced: bool
) -> ExposureItem:
    candidate, total, bounds = one
    by_need, through, rows = [], [], []
    for place, bound in zip(places, bounds, strict=True):
        if bound[1] <= 0:
            continue
        need = int(own.needs[place])
        part = NeedShare()
        if product := context.product_item(int(needs.product[need])):
            part["product"] = product
        if bound != _UNKNOWN:
            part["share"] = share_item(bound) or []
        by_need.append(part)
        through.append(place)
        rows += edge_rows(needs, needs.by_need.of(need).tolist())
    way = on_the_way(own, np.array(through), hit)
    shown = way[:LINKS_SHOWN]
    for need in dict.fromkeys([*own.needs[through].tolist(), *own.needs[own.shares.need[shown]].tolist()]):
        rows += need_rows(context, needs, need)
    rows += edge_rows(needs, own.shares.edge[shown].tolist())
    item = ExposureItem(entity=context.item(candidate), by_need=by_need, claims=context.claim_ids(rows))
    if len(way) > LINKS_SHOWN:
        item["links_left_out"] = len(way) - LINKS_SHOWN
    if is_priced and total != _UNKNOWN:
        item["share"] = share_item(total) or []
    return item


def _summary(
    context: Context, params: ExposureParams, unit: int, total: int, known: int, first: str, *, is_cut: bool
) -> str:
    lang, name = context.lang, context.name(unit)
    if not total and is_cut:
        return say(
            lang, en=f"{name}: the time was over before anything was found", ru=f"{name}: время вышло раньше ответа"
        )
    if not total:
        return say(
            lang, en=f"Nothing is known that {name} depends on; that is no proof that it depends on nothing",
            ru=f"{name}: неизвестно, от чего зависит; это не значит, что ни от чего",
        )  # fmt: skip
    what = noun(params.by, total, lang)
    text = say(
        lang,
        en=f"{name} depends on {'at least ' if is_cut else ''}{total} known {what} within "
        f"{count(params.tiers, 'tier', 'en')}, {first} first",
        ru=f"{name}: зависимость до уровня {params.tiers}: {what} — {'не менее ' if is_cut else ''}{total}, первым "
        f"{first}",
    )
    if not known:
        return text + say(lang, en="; none of the shares is known", ru="; доли неизвестны")
    return text + say(lang, en=f"; shares are known of {known}", ru=f"; доли известны у {known}")


QUESTION = Question(
    name="dependency.exposure",
    route="/entities/{id}/exposure",
    title={"en": "Exposure", "ru": "Зависимость"},
    doc={
        "en": (
            "Which part of what a plant or company buys leads, within `tiers` steps upstream, to a supplier, region, "
            "country or product: the probability that a walk along cost shares gets there, so nothing is counted twice "
            "and cycles do no harm. Shares are intervals: stated, else value or quantity over the need, else unknown. "
            "One number for all purchases is given only where the values of all needs are known; else one for each "
            "need. What is bought from unknown parties, or made by the unit itself, leads nowhere."
        ),
        "ru": (
            "Какая часть закупок завода или компании в пределах выбранного числа уровней ведёт к поставщику, региону, "
            "стране или продукту: вероятность дойти туда по долям затрат, поэтому ничто не считается дважды. Доли — "
            "промежутки. Одно число по всем закупкам — только если известна стоимость всех потребностей, иначе по "
            "каждой отдельно."
        ),
    },
    params=ExposureParams,
    result=ExposureList,
    answer=answer,
    default_statuses=("actual",),
    example={"id": "Сборка автобусов Yutong ZK6128H", "by": "supplier"},
)
