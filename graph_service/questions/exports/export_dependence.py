"""How much of a plant's sales ends in each export market, directly and through its customers."""

from __future__ import annotations

from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.concentration import hhi
from graph_service.analysis.export_dependence import Sales, find_sales
from graph_service.analysis.exposure import exposures
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import count, say

_UNKNOWN = (0.0, 1.0)


class ExportDependenceParams(Params, PageParams):
    """Whose sales, how far downstream."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]
    tiers: Annotated[int, Field(ge=1, le=30, description="How many steps downstream.")] = 3


class MarketShare(TypedDict):
    """One market; ``direct`` is the unit's own export share, ``share`` what ends there in all; left out = not known."""

    country: EntityItem
    direct: NotRequired[list[float]]
    share: NotRequired[list[float]]
    is_direct: bool
    claims: list[str]


class ExportDependence(TypedDict):
    """Markets by the greatest bound of their share; those without a known share last, by name."""

    of: EntityItem
    items: list[MarketShare]
    total: int
    hhi: NotRequired[list[float]]
    approximate: NotRequired[bool]


def answer(context: Context, params: ExportDependenceParams) -> Answer:
    """Bounds of the probability that a walk along sales shares ends in each market."""
    snapshot = context.snapshot
    unit = snapshot.unit(context.entity(params.id, types=ACTORS))
    sales = find_sales(snapshot, context.clock_mask, context.valid_at, unit, params.tiers)
    own = sales.cone
    target = sales.links.target[own.shares.edge]
    is_country = snapshot.of_type("Country")[target]
    found: list[tuple[int, tuple[float, float], tuple[float, float]]] = []
    for market in np.unique(target[is_country]).tolist():
        _, (low, high) = exposures(own, target == market, params.tiers)
        mine = (target == market) & (own.shares.need == 0)
        direct = (min(float(own.shares.low[mine].sum()), 1.0), min(float(own.shares.high[mine].sum()), 1.0))
        if high[0] > 0:
            found.append((market, direct, (float(low[0]), float(high[0]))))
    found.sort(key=lambda one: (one[2] == _UNKNOWN, -one[2][1], -one[2][0], context.name(one[0])))
    page = found[params.shown]
    items = [_item(context, sales, own.shares.edge[(target == one[0]) & (own.shares.need == 0)], one) for one in page]
    data: ExportDependence = {"of": context.item(unit), "items": items, "total": len(found)}
    own_shares = [bounds for _, bounds, _ in found if bounds[1] > 0]
    if any(bounds != _UNKNOWN for bounds in own_shares):
        # The index is of exports alone; what is sold at home is no market and only widens the unnamed rest.
        lows, highs = (np.array([bounds[end] for bounds in own_shares]) for end in (0, 1))
        index = hhi(lows, highs, (max(0.0, 1 - float(highs.sum())), 1 - float(lows.sum())), rest_may_join=True)
        if index is not None:
            data["hhi"] = share_item((index.low, index.high)) or []
            if index.is_approximate:
                data["approximate"] = True
    known = sum(total != _UNKNOWN for _, _, total in found)
    return Answer(
        summary=_summary(context, unit, len(found), known),
        data=data,
        coverage={"named": len(found), "shares_known": known},
        evidence=list(dict.fromkeys(claim for item in items for claim in item["claims"])),
        explored={"nodes": len(own.units), "edges": len(own.shares.edge)},
        next_cursor=params.next_cursor(len(found)),
    )


def _item(
    context: Context, sales: Sales, edges: np.ndarray[tuple[int], np.dtype[np.int64]],
    one: tuple[int, tuple[float, float], tuple[float, float]],
) -> MarketShare:  # fmt: skip
    market, direct, total = one
    rows = [row for edge in edges.tolist() for row in sales.links.rows_of(edge)]
    item = MarketShare(country=context.item(market), is_direct=bool(rows), claims=context.claim_ids(rows))
    if rows and direct != _UNKNOWN:
        item["direct"] = share_item(direct) or []
    if total != _UNKNOWN:
        item["share"] = share_item(total) or []
    return item


def _summary(context: Context, unit: int, total: int, known: int) -> str:
    lang, name = context.lang, context.name(unit)
    if not total:
        return say(
            lang, en=f"No export of {name}, direct or through its customers, is known; that is no proof of none.",
            ru=f"{name}: экспорт, прямой и через покупателей, неизвестен; это не значит, что его нет.",
        )  # fmt: skip
    return say(
        lang,
        en=f"{name} is known to depend on {count(total, 'market', 'en')}; a share is known of {known or 'none'}.",
        ru=f"{name}: известная зависимость — {count(total, 'market', 'ru')}; "
        f"с известной долей — {known or 'ни одного'}.",
    )


QUESTION = Question(
    name="exports.export_dependence",
    route="/entities/{id}/export-dependence",
    title={"en": "Dependence on export markets", "ru": "Зависимость от экспорта"},
    doc={
        "en": (
            "Which part of a unit's sales ends in each export market: its own export share, and in `share` also what "
            "its customers export, within `tiers` steps downstream. Shares are stated, else value over revenue, else "
            "not known, and then no number is given. `hhi` is the concentration of its own exports. What is not known "
            "to be sold to anybody named ends nowhere."
        ),
        "ru": (
            "Какая часть продаж доходит до каждого рынка экспорта: собственная доля экспорта, а в общей доле — и то, "
            "что вывозят покупатели, в пределах выбранного числа уровней. Доли названы в источнике, или стоимость к "
            "выручке, иначе неизвестны, и тогда число не даётся."
        ),
    },
    params=ExportDependenceParams,
    result=ExportDependence,
    answer=answer,
    default_statuses=("actual",),
    example={"id": "Изопан Рус"},
)
