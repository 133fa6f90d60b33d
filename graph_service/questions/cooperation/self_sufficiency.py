"""How far a cluster or region supplies itself, and what it lacks."""

from __future__ import annotations

from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.needs import Needs
from graph_service.analysis.regions import inside
from graph_service.analysis.self_sufficiency import Sufficiency, mean_bounds, sufficiency
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.cooperation.cluster import member_rows
from graph_service.questions.need_items import (
    LeftOut,
    NeedItem,
    edge_rows,
    left_out_of,
    left_out_part,
    left_out_words,
    need_item,
    needs_of_graph,
    product_order,
)
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Mask

_ABOUT = ("Cluster", "Region", "Country", "City")
_NAMED = 5
"""So many products that are lacking are named in the sentence."""


class SufficiencyParams(PageParams, Params):
    """Of what."""

    id: Annotated[str, Field(description="The cluster, region, country or town: id, ISO code or name.")]


class LackItem(NeedItem):
    """A need of a member that no member is known to supply: from whom it is bought, and who of them makes it."""

    entity: EntityItem
    bought_from: list[EntityItem]
    made_here: list[EntityItem]


class ValueShare(TypedDict):
    """By value, of the needs whose value in this currency is known: the part that members supply."""

    unit: str
    share: list[float]
    needs_total: int


class SufficiencyList(TypedDict):
    """What is lacking, by member and product; the share is that of the needs with a member as named supplier."""

    of: EntityItem
    members_total: int
    needs_total: int
    met_total: int
    share: NotRequired[list[float]]
    by_value: NotRequired[list[ValueShare]]
    items: list[LackItem]
    total: int
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: SufficiencyParams) -> Answer:
    """Pairs of a member and a need, met or not by a member."""
    snapshot = context.snapshot
    place = context.entity(params.id, types=_ABOUT)
    members, membership = _members(context, place)
    needs = needs_of_graph(context)
    found = sufficiency(needs, members)
    lacking = sorted(
        found.needs[~found.is_met].tolist(),
        key=lambda need: (context.name(int(needs.buyer[need])), int(needs.buyer[need]),
                          product_order(context, int(needs.product[need])), need),
    )  # fmt: skip
    page = lacking[params.shown]
    makers = _makers(context, members)
    evidence: list[int] = list(membership)
    items = [_item(context, needs, need, makers, evidence) for need in page]
    total, met = len(found.needs), int(np.count_nonzero(found.is_met))
    data = SufficiencyList(
        of=context.item(place), members_total=int(np.count_nonzero(members)), needs_total=total, met_total=met,
        items=items, total=len(lacking),
    )  # fmt: skip
    if total and (share := share_item((met / total, met / total))):
        data["share"] = share
    if by_value := _by_value(context, needs, found):
        data["by_value"] = by_value
    rows = np.flatnonzero(snapshot.is_type("SUPPLIES"))
    left = left_out_of(context, rows[members[snapshot.claims["to"][rows]]])
    evidence += edge_rows(needs, needs.by_need.of_all(found.needs[found.is_met]).tolist())
    claims = [*(claim for item in items for claim in item["claims"]), *context.claim_ids(evidence)]
    return Answer(
        summary=_summary(context, place, data, [int(needs.product[need]) for need in lacking])
        + left_out_words(left, context.lang),
        data={**data, **left_out_part(left)},
        evidence=list(dict.fromkeys(claims)),
        next_cursor=params.next_cursor(len(lacking)),
    )


def _members(context: Context, place: int) -> tuple[Mask, list[int]]:
    """Units of a cluster with the claims that make them members, or units that lie in a place."""
    snapshot = context.snapshot
    members = np.zeros(len(snapshot.entity_ids), bool)
    rows: list[int] = []
    if snapshot.label(place) == "Cluster":
        own = member_rows(context, place)
        members[list(own)] = True
        rows = [row for claims in own.values() for row in claims]
    else:
        located = np.flatnonzero(inside(snapshot, [place]) & snapshot.of_type(*ACTORS))
        members[snapshot.unit_positions[located]] = True
    return members, rows


def _makers(context: Context, members: Mask) -> dict[int, list[int]]:
    """Which members make each product."""
    c = context.snapshot.claims
    rows = context.kept(np.flatnonzero(context.snapshot.is_type("PRODUCES")))
    found: dict[int, list[int]] = {}
    for row in rows[members[c["from"][rows]]].tolist():
        makers = found.setdefault(int(c["to"][row]), [])
        if int(c["from"][row]) not in makers:
            makers.append(int(c["from"][row]))
    return found


def _item(context: Context, needs: Needs, need: int, makers: dict[int, list[int]], evidence: list[int]) -> LackItem:
    edges = needs.by_need.of(need).tolist()
    evidence += edge_rows(needs, edges)
    suppliers = context.by_name({int(needs.edge_supplier[edge]) for edge in edges})
    item = LackItem(
        entity=context.item(int(needs.buyer[need])),
        bought_from=[context.item(supplier) for supplier in suppliers],
        made_here=[context.item(maker) for maker in context.by_name(makers.get(int(needs.product[need]), ()))],
        **need_item(context, needs, need),
    )
    item["claims"] = list(dict.fromkeys([*item["claims"], *context.claim_ids(edge_rows(needs, edges))]))
    return item


def _by_value(context: Context, needs: Needs, found: Sufficiency) -> list[ValueShare]:
    """By currency; a need whose value is open above cannot be weighed."""
    low, high, unit = (column[found.needs] for column in (needs.value.low, needs.value.high, needs.value.unit))
    usable = (unit >= 0) & np.isfinite(low) & np.isfinite(high) & (high > 0)
    shown = []
    for code in np.unique(unit[usable]).tolist():
        own = usable & (unit == code)
        bounds = mean_bounds(found.low[own], found.high[own], low[own], high[own])
        shown.append(
            ValueShare(
                unit=context.snapshot.terms[code],
                share=share_item(bounds) or [],
                needs_total=int(np.count_nonzero(own)),
            )
        )
    return shown


def _summary(context: Context, place: int, data: SufficiencyList, lacking: list[int]) -> str:
    lang, name = context.lang, context.name(place)
    total, met = data["needs_total"], data["met_total"]
    if not total:
        return say(
            lang, en=f"{name}: no need of its members is known, so nothing can be said",
            ru=f"{name}: потребности участников неизвестны, сказать нечего",
        )  # fmt: skip
    text = say(
        lang,
        en=f"{name}: {met} of {count(total, 'need', 'en')} known {'has' if met == 1 else 'have'} a member as supplier",
        ru=f"{name}: из известных потребностей ({total}) своими поставщиками закрыто {met}",
    )
    products = list(dict.fromkeys(product for product in lacking if product >= 0))
    if products:
        names = ", ".join(map(context.name, products[:_NAMED])) + ("…" if len(products) > _NAMED else "")
        text += say(lang, en=f"; lacking: {names}", ru=f"; не хватает: {names}")
    return text


QUESTION = Question(
    name="cooperation.self_sufficiency",
    route="/entities/{id}/self-sufficiency",
    title={"en": "Self-sufficiency", "ru": "Самообеспеченность"},
    doc={
        "en": (
            "How far a cluster, region or country supplies itself: the share of needs of its members with at least one "
            "member as a named supplier (own production is one), and by value, as bounds, where the value of needs is "
            "known. What it lacks is listed: each need without a supplier among the members, from whom it is bought "
            "instead, and which member makes the product all the same. A need without any known supplier is not met by "
            "somebody unknown: it counts as lacking, and may not be."
        ),
        "ru": (
            "Насколько кластер, регион или страна снабжает себя: доля потребностей участников с названным "
            "поставщиком из своих (своё производство — тоже), и по стоимости, границами, где она известна. Чего нет: "
            "потребность, у кого покупают вместо своих и кто из участников всё же делает этот продукт. "
            "Потребность без известных поставщиков считается незакрытой, хотя это может быть не так."
        ),
    },
    params=SufficiencyParams,
    result=SufficiencyList,
    answer=answer,
    default_statuses=("actual",),
    about=_ABOUT,
    example={"id": "Kaustik chemical park"},
)
