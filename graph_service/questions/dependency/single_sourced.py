"""Needs of a plant or company that only one known supplier meets."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, cast

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.needs import Needs
from graph_service.analysis.shares import find_shares
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import (
    LeftOut,
    NeedItem,
    SupplierItem,
    asked_needs,
    edge_rows,
    left_out,
    left_out_part,
    left_out_words,
    need_item,
    needs_of_graph,
    unnamed_suppliers,
)
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import noun, say


class SingleSourcedParams(ProductParams, PageParams):
    """Whose needs."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]


class SingleSourcedItem(NeedItem):
    """A need with one known supplier."""

    certainty: Literal["certain", "possible"]
    why_not_certain: NotRequired[str]
    links: list[SupplierItem]


class SingleSourcedList(TypedDict):
    """Needs, certain first, then by product."""

    of: EntityItem
    items: list[SingleSourcedItem]
    total: int
    needs_known: int
    supply_unknown: int
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: SingleSourcedParams) -> Answer:
    """Needs with exactly one named supplier and no group that counts two or more."""
    unit = _unit(context, params)
    needs = needs_of_graph(context)
    own = asked_needs(context, needs, unit)
    single = [need for need in own if _is_single(needs, need)]
    single.sort(key=lambda need: not _is_certain(needs, need))
    unknown = sum(int(needs.named[need] == 0 and not needs.is_made[need]) for need in own)
    page = single[params.shown]
    items = [_item(context, needs, need) for need in page]
    certain = sum(_is_certain(needs, need) for need in single)
    left = left_out(context, unit)
    counted, claims = ("", []) if any(needs.named[need] for need in own) else unnamed_suppliers(context, unit)
    evidence = [claim for item in items for claim in (*item["claims"], *item["links"][0]["claims"])] + claims
    return Answer(
        summary=_summary(context, unit, len(own), len(single), certain, unknown)
        + counted
        + left_out_words(left, context.lang),
        data={
            "of": context.item(unit), "items": items, "total": len(single), "needs_known": len(own),
            "supply_unknown": unknown, **left_out_part(left),
        },
        bounds={"certain": certain, "possible": len(single)},
        evidence=list(dict.fromkeys(evidence)),
        next_cursor=params.next_cursor(len(single)),
    )  # fmt: skip


def _unit(context: Context, params: SingleSourcedParams) -> int:
    return context.snapshot.unit(context.entity(params.id, types=ACTORS))


def _is_single(needs: Needs, need: int) -> bool:
    return bool(needs.named[need] == 1 and not needs.is_made[need] and needs.group_min[need] < 2)


def _is_certain(needs: Needs, need: int) -> bool:
    """A group of unstated size may be other suppliers, whoever is said to be all; a share of the whole leaves none."""
    (edge,) = needs.by_need.of(need).tolist()
    has_all = needs.links.buyer_share.low[needs.edge_link[edge]] >= 1
    return bool(needs.complete[need] == 1 and (needs.group_min[need] != 0 or has_all))


def _item(context: Context, needs: Needs, need: int) -> SingleSourcedItem:
    shares = find_shares(needs, [need])
    edge = int(shares.edge[0])
    supplier = SupplierItem(
        supplier=context.item(int(needs.edge_supplier[edge])),
        claims=context.claim_ids(edge_rows(needs, [edge])),
    )
    if shares.is_known[0] or shares.low[0] > 0 or shares.high[0] < 1:
        supplier["share"] = share_item((float(shares.low[0]), float(shares.high[0]))) or []
    is_certain = _is_certain(needs, need)
    own = {"certainty": "certain" if is_certain else "possible", "links": [supplier]}
    item = cast("SingleSourcedItem", {**need_item(context, needs, need), **own})
    if not is_certain:
        item["why_not_certain"] = say(
            context.lang,
            en="the only one among known suppliers: whether there are others is not known",
            ru="единственный из известных поставщиков: есть ли другие, неизвестно",
        )
    return item


def _summary(context: Context, unit: int, known: int, single: int, certain: int, unknown: int) -> str:
    lang, name = context.lang, context.name(unit)
    if not known:
        return say(
            lang, en=f"No need of {name} is known; that is no proof that it has none",
            ru=f"{name}: потребности неизвестны; это не значит, что их нет",
        )  # fmt: skip
    text = say(
        lang,
        en=f"{name}: {single or 'none'} of {known} known {noun('need', known, 'en')} "
        f"{'has' if single <= 1 else 'have'} one known supplier"
        + (f", {certain or 'none'} of them for certain" if single else ""),
        ru=f"{name}: один известный поставщик у {single} из известных потребностей ({known}), наверняка у {certain}",
    )
    if unknown:
        text += say(lang, en=f"; who supplies {unknown} is not known", ru=f"; кто поставляет, неизвестно у {unknown}")
    return text


QUESTION = Question(
    name="dependency.single_sourced",
    route="/entities/{id}/single-sourced",
    title={"en": "Single-sourced needs", "ru": "Единственный поставщик"},
    doc={
        "en": (
            "Which needs of a plant or company only one known supplier meets. A need is stated, or follows from a "
            "supply link or from the recipe of what the unit makes. It is single-sourced for certain only where a "
            "source says that all suppliers are named; else the supplier is the only one among the known. Needs that "
            "the unit also makes itself, or whose unnamed suppliers are counted as two or more, are left out. Planned "
            "supplies do not count and are said."
        ),
        "ru": (
            "Какие потребности завода или компании закрывает один известный поставщик. Потребность названа, или "
            "следует из поставки, или из состава того, что делает предприятие. Наверняка — только там, где источник "
            "говорит, что названы все поставщики; иначе это единственный среди известных. Планы не учитываются."
        ),
    },
    params=SingleSourcedParams,
    result=SingleSourcedList,
    answer=answer,
    default_statuses=("actual",),
    example={"id": "Сборка автобусов ZK6128H"},
    twin=lambda context, params: (
        "single_sourced",
        {"id": context.snapshot.entity_ids[_unit(context, params)]},
    ),
)
