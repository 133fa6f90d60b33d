"""Whom near a plant it could serve: those who need what it makes."""

from __future__ import annotations

from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field

from graph_service.analysis import local_partners as scoring
from graph_service.analysis.needs import BASES, Needs
from graph_service.domain.schema import ACTORS
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import edge_rows, need_rows, needs_of_graph
from graph_service.questions.parties import passed_over
from graph_service.questions.placed import PlacedItem, put_point
from graph_service.questions.planning.candidates import (
    Gated,
    NearParams,
    ReasonItem,
    gate,
    order_of,
    reason_items,
    weights_of,
)
from graph_service.questions.question import PageParams, Params, PlaceParams, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import say


class LocalCustomerParams(Params, PlaceParams, PageParams, NearParams):
    """Who sells, what, how far."""

    id: Annotated[str, Field(description="The plant or company that sells: id, INN, OGRN or name.")]
    product: Annotated[
        str | None, Field(description="What it sells: names, ids or codes; all that it makes unless given.")
    ] = None


class CustomerItem(PlacedItem):
    """A unit that needs the product, near or possibly near; ``suppliers`` are those known to supply it now."""

    entity: EntityItem
    certainty: str
    product: EntityItem
    basis: str
    score: list[float]
    distance_km: NotRequired[list[float]]
    suppliers: list[EntityItem]
    served: NotRequired[bool]
    reasons: list[ReasonItem]
    why_not_certain: NotRequired[str]
    claims: list[str]


class NotServedItem(PlacedItem):
    """A unit that needs the product and was left out, and why."""

    entity: EntityItem
    product: EntityItem
    distance_km: NotRequired[list[float]]
    why_not: str
    claims: list[str]


class LocalCustomerList(PlacedItem):
    """Certain ones first, then by score. ``point`` is the middle of the circle."""

    of: EntityItem
    products: list[EntityItem]
    weights: dict[str, float]
    items: list[CustomerItem]
    total: int
    rejected: list[NotServedItem]
    rejected_total: int


def answer(context: Context, params: LocalCustomerParams) -> Answer:
    """Needs of others for what the unit makes, through the gate, scored."""
    snapshot = context.snapshot
    start = snapshot.unit(context.entity(params.id, types=ACTORS))
    if snapshot.places.point(start) is None and params.within_km is not None:
        raise BadParameter(f"no point is known for {context.name(start)}: ask by region", parameter="within_km")
    weights = weights_of(params)
    products = context.products(params.product, "product")
    if products is None:
        made = context.kept(snapshot.rows_from(start, "PRODUCES"))
        products = frozenset(snapshot.claims["to"][made].tolist())
    needs = needs_of_graph(context)
    others = [start, *passed_over(context, params, ACTORS)]
    asked = np.flatnonzero(np.isin(needs.product, sorted(products)) & ~np.isin(needs.buyer, others))
    gated = [(_gated(context, params, start, needs, need), need) for need in asked.tolist()]
    taken = [(one, need) for one, need in gated if one.why_not is None]
    left = [(one, need) for one, need in gated if one.why_not is not None]
    left.sort(key=lambda pair: (pair[0].distance is None, pair[0].distance or (0.0, 0.0), pair[1]))
    fit = _fit(context, start, [one for one, _ in taken], weights)
    middle = fit.middle.tolist()
    places = sorted(range(len(taken)), key=lambda place: (*order_of(context, taken[place][0], middle[place]), place))
    page = places[params.shown]
    items = [_item(context, needs, taken[place], start, fit, place, weights) for place in page]
    rejected = [_rejected(context, needs, one, need) for one, need in left[: params.rejected]]
    certain = sum(one.certainty == "certain" for one, _ in taken)
    data = LocalCustomerList(
        of=context.item(start), products=[context.item(product) for product in context.by_name(products)],
        weights={name: weights[name] for name in fit.low if weights[name]}, items=items, total=len(taken),
        rejected=rejected, rejected_total=len(left),
    )  # fmt: skip
    put_point(context, data, start)
    return Answer(
        summary=_summary(context, start, len(products), certain, len(taken) - certain, len(left)),
        data=data,
        bounds={"certain": certain, "possible": len(taken)},
        evidence=list(dict.fromkeys(claim for item in (*items, *rejected) for claim in item["claims"])),
        explored={"needs": len(gated)},
        next_cursor=params.next_cursor(len(taken)),
    )  # fmt: skip


def _gated(context: Context, params: LocalCustomerParams, start: int, needs: Needs, need: int) -> Gated:
    rows = need_rows(context, needs, need) + edge_rows(needs, needs.by_need.of(need).tolist())
    return gate(context, params, start, int(needs.buyer[need]), rows)


def _fit(context: Context, start: int, taken: list[Gated], weights: dict[scoring.Reason, float]) -> scoring.Fit:
    candidates = np.array([one.entity for one in taken], np.int64)
    return scoring.fit(
        {
            "distance": scoring.by_distance([one.distance for one in taken]),
            **scoring.acquaintance(context.snapshot, context.mask, start).reasons(candidates),
        },
        weights,
    )


def _item(
    context: Context, needs: Needs, one: tuple[Gated, int], start: int, fit: scoring.Fit, place: int,
    weights: dict[scoring.Reason, float],
) -> CustomerItem:  # fmt: skip
    gated, need = one
    suppliers = {int(needs.edge_supplier[edge]) for edge in needs.by_need.of(need).tolist()}
    item = CustomerItem(
        entity=context.item(gated.entity), certainty=gated.certainty, product=context.item(int(needs.product[need])),
        basis=BASES[needs.basis[need]],
        score=share_item((float(fit.score_low[place]), float(fit.score_high[place]))) or [],
        suppliers=[context.item(supplier) for supplier in context.by_name(suppliers)],
        reasons=reason_items(context, fit, place, gated, weights), claims=context.claim_ids(gated.rows),
    )  # fmt: skip
    if start in suppliers:
        item["served"] = True
    put_point(context, item, gated.entity)
    if gated.distance is not None:
        item["distance_km"] = [round(bound, 1) for bound in gated.distance]
    if gated.doubts:
        item["why_not_certain"] = "; ".join(gated.doubts)
    return item


def _rejected(context: Context, needs: Needs, gated: Gated, need: int) -> NotServedItem:
    item = NotServedItem(
        entity=context.item(gated.entity), product=context.item(int(needs.product[need])),
        why_not=gated.why_not or "", claims=context.claim_ids(gated.rows),
    )  # fmt: skip
    put_point(context, item, gated.entity)
    if gated.distance is not None:
        item["distance_km"] = [round(bound, 1) for bound in gated.distance]
    return item


def _summary(context: Context, start: int, products: int, certain: int, possible: int, left: int) -> str:
    lang, name = context.lang, context.name(start)
    if not products:
        return say(lang, en=f"What {name} makes is not known.", ru=f"{name}: что производит, неизвестно.")
    if not certain and not possible and not left:
        return say(
            lang, en=f"Nobody is known to need what {name} makes; that is no proof that nobody does.",
            ru=f"{name}: неизвестно, кому нужна продукция; это не значит, что никому.",
        )  # fmt: skip
    if not certain and not possible:
        return say(
            lang, en=f"Nobody near enough is known to need what {name} makes; {left} left out, each with the reason.",
            ru=f"{name}: из тех, кому нужна продукция, никто не подходит по месту; отклонено {left}, у каждого указана "
            "причина.",
        )  # fmt: skip
    return say(
        lang,
        en=f"{certain} for certain and {possible} possibly need what {name} makes and are near enough; {left} left "
        "out.",
        ru=f"{name}: продукция нужна и подходит по месту — наверняка {certain}, возможно ещё {possible}; отклонено "
        f"{left}.",
    )


QUESTION = Question(
    name="planning.local_customers",
    route="/entities/{id}/local-customers",
    title={"en": "Local customers", "ru": "Местные покупатели"},
    doc={
        "en": (
            "Whom a plant or company could serve: units that need what it makes, stated or implied by what they buy or "
            "make, through the same gate and score as local partners. Each shows who supplies it now (`served`: this "
            "unit is among them); a need that nobody is known to meet has no suppliers."
        ),
        "ru": (
            "Кого завод или компания могли бы снабжать: предприятия, которым нужна их продукция — названо или следует "
            "из того, что они покупают и делают, — с теми же условиями и оценкой, что у местных партнёров. У каждого "
            "видно, кто поставляет сейчас."
        ),
    },
    params=LocalCustomerParams,
    result=LocalCustomerList,
    answer=answer,
    example={"id": "Волгоградский кислородный завод"},
)
