"""How much of what a plant or company buys comes, at any tier, from a supplier, region, country or product."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.exposure import Cone, cone, exposures
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
from graph_service.questions.wording import noun, say

By = Literal["supplier", "product", "region", "country"]
_PLACES = {"region": "Region", "country": "Country"}
_UNKNOWN = (0.0, 1.0)


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
    """What the unit is exposed to; ``share`` is of all purchases, given only where their values are known."""

    entity: EntityItem
    share: NotRequired[list[float]]
    by_need: list[NeedShare]
    claims: list[str]


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
    found: list[tuple[int, tuple[float, float], list[tuple[float, float]]]] = []
    looked = 0
    for candidate, edges in params.in_time(candidates.items()):
        looked += 1
        hit = np.zeros(len(own.shares.edge), bool)
        hit[edges] = True
        (low, high), (unit_low, unit_high) = exposures(own, hit, params.tiers)
        if any(high[place] > 0 for place in places):
            bounds = [(float(low[place]), float(high[place])) for place in places]
            found.append((candidate, (float(unit_low[0]), float(unit_high[0])), bounds))
    is_priced = bool(own.is_priced[0]) and len(asked) == len(needs.by_buyer.of(unit))
    found.sort(key=lambda one: _order(context, one, is_priced=is_priced))
    page = found[params.shown]
    items = [_item(context, needs, own, asked, one, is_priced=is_priced) for one in page]
    left = left_out(context, unit)
    data: ExposureList = {
        "of": context.item(unit), "by": params.by, "items": items, "total": len(found),
    }  # fmt: skip
    if left:
        data["left_out"] = left
    if unplaced:
        data["unplaced"] = unplaced
    counted, claims = ("", []) if candidates else unnamed_suppliers(context, unit)
    known = sum("share" in item or any("share" in need for need in item["by_need"]) for item in items)
    return Answer(
        summary=_summary(context, params, unit, items, len(found), known)
        + counted
        + left_out_words(left, context.lang),
        data=data,
        coverage={"named": len(found), "shares_known": known},
        evidence=list(dict.fromkeys([claim for item in items for claim in item["claims"]] + claims)),
        truncated=looked < len(candidates),
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


def _order(
    context: Context, one: tuple[int, tuple[float, float], list[tuple[float, float]]], *, is_priced: bool
) -> tuple[float, float, str, str]:
    candidate, total, bounds = one
    low, high = total if is_priced else (max(b[0] for b in bounds), max(b[1] for b in bounds))
    return -round(high, 9), -round(low, 9), context.name(candidate), context.snapshot.entity_ids[candidate]


def _item(
    context: Context, needs: Needs, own: Cone, asked: list[int],
    one: tuple[int, tuple[float, float], list[tuple[float, float]]], *, is_priced: bool,
) -> ExposureItem:  # fmt: skip
    candidate, total, bounds = one
    by_need, rows = [], []
    for need, bound in zip(asked, bounds, strict=True):
        if bound[1] <= 0:
            continue
        part = NeedShare()
        if product := context.product_item(int(needs.product[need])):
            part["product"] = product
        if bound != _UNKNOWN:
            part["share"] = share_item(bound) or []
        by_need.append(part)
        rows += need_rows(context, needs, need) + edge_rows(needs, needs.by_need.of(need).tolist())
    item = ExposureItem(entity=context.item(candidate), by_need=by_need, claims=context.claim_ids(rows))
    if is_priced:
        item["share"] = share_item(total) or []
    return item


def _summary(
    context: Context, params: ExposureParams, unit: int, items: list[ExposureItem], total: int, known: int
) -> str:
    lang, name = context.lang, context.name(unit)
    if not items:
        return say(
            lang, en=f"Nothing is known that {name} depends on; that is no proof that it depends on nothing",
            ru=f"{name}: неизвестно, от чего зависит; это не значит, что ни от чего",
        )  # fmt: skip
    what = noun(params.by, total, lang)
    text = say(
        lang,
        en=f"{name} depends on {total} known {what} within {params.tiers} tiers, {items[0]['entity']['name']} first",
        ru=f"{name}: зависимость до уровня {params.tiers}: {what} — {total}, первым {items[0]['entity']['name']}",
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
