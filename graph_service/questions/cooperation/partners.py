"""With whom a plant or company works, named and counted, grouped by kind of tie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import GroupItem, counted_min, group_items, group_rows
from graph_service.questions.levels import at_level, members
from graph_service.questions.question import LevelParams, PageParams, PlaceParams, ProductParams, Question, Run
from graph_service.questions.server_rows import positions_of, rows_of
from graph_service.questions.ties import Found, TieItem, check_kind, tie_items, ties_of
from graph_service.questions.values import tally
from graph_service.questions.wording import count, say

_COUNTED = {
    "supplier": "UNNAMED_SUPPLIERS_OF",
    "customer": "UNNAMED_CUSTOMERS_OF",
    "cooperation": "UNNAMED_PARTNERS_OF",
}


class PartnerParams(ProductParams, PlaceParams, LevelParams, PageParams):
    """Whose partners."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]
    kind: Annotated[
        str | None, Field(description="Only ties of this kind, e.g. supplier, customer, cooperation, owner.")
    ] = None


class PartnerItem(TypedDict):
    """A named partner and every tie with it."""

    entity: EntityItem
    status: str
    ties: list[TieItem]
    members: NotRequired[list[EntityItem]]


class PartnerList(TypedDict):
    """Named partners by name; counted, unnamed ones as groups."""

    of: EntityItem
    items: list[PartnerItem]
    total: int
    by_kind: dict[str, int]
    by_status: dict[str, int]
    groups: list[GroupItem]


def answer(context: Context, params: PartnerParams) -> Answer:
    """Collect the ties of both halves of a unit, trade on the plant, ownership and membership on the company."""
    check_kind(params.kind)
    return _listed(context, params, ties_of(context, context.halves(_unit(context, params)), params.kind))


def _from_server(context: Context, params: PartnerParams, run: Run) -> Answer:
    found: dict[int, Found] = {}
    for row in run():
        partner, *via = positions_of(context, [row["id"], *([row["via"]] if row["via"] else [])])
        found.setdefault(partner, {})[row["kind"], via[0] if via else -1] = rows_of(context, row["claims"])
    return _listed(context, params, found)


def _listed(context: Context, params: PartnerParams, found: dict[int, Found]) -> Answer:
    unit = _unit(context, params)
    halves = context.halves(unit)
    units = at_level(context, params, [partner for partner in found if context.in_place(partner)], halves)
    ties = {partner: _joined(found[unit] for unit in own) for partner, own in units.items()}
    partners = context.by_name(ties)
    page = partners[params.shown]
    counted_as = [relation for kind, relation in _COUNTED.items() if params.kind in (None, kind)]
    # Where the unnamed are is not said: a filter by place leaves them out.
    grouped = [] if context.filters_places or not counted_as else halves
    groups = group_items(context, [row for half in grouped for row in group_rows(context, half, *counted_as)])
    counted = max(len(partners), counted_min(groups))
    kinds = [kind for own in ties.values() for kind in {kind for kind, _ in own}]
    items = {partner: _item(context, partner, units[partner], ties[partner]) for partner in partners}
    statuses = [item["status"] for item in items.values()]
    shown = [items[partner] for partner in page]
    claims = [claim for group in groups for claim in group["claims"]]
    claims += [claim for item in shown for tie in item["ties"] for claim in tie["claims"]]
    return Answer(
        summary=_summary(context, unit, len(partners), counted, groups),
        data={
            "of": context.item(unit), "items": shown, "total": len(partners),
            "by_kind": tally(kinds),
            "by_status": tally(statuses), "groups": groups,
        },
        evidence=list(dict.fromkeys(claims)),
        coverage={"named": len(partners), "counted_min": counted},
        next_cursor=params.next_cursor(len(partners)),
    )  # fmt: skip


def _unit(context: Context, params: PartnerParams) -> int:
    return context.snapshot.unit(context.entity(params.id, types=ACTORS))


def _joined(found: Iterable[Found]) -> Found:
    joined: Found = {}
    for own in found:
        for tie, rows in own.items():
            joined.setdefault(tie, []).extend(rows)
    return joined


def _item(context: Context, partner: int, units: list[int], found: Found) -> PartnerItem:
    status = context.status(row for rows in found.values() for row in rows)
    item = PartnerItem(entity=context.item(partner), status=status, ties=tie_items(context, found))
    if put_together := members(context, partner, units):
        item["members"] = put_together
    return item


def _summary(context: Context, unit: int, named: int, counted: int, groups: list[GroupItem]) -> str:
    lang, name = context.lang, context.name(unit)
    if not named and not groups:
        return say(
            lang, en=f"No partner of {name} is known; that is no proof that there are none.",
            ru=f"{name}: партнёры неизвестны; это не значит, что их нет.",
        )  # fmt: skip
    are_named = f"{count(named, 'partner', 'en')} {'is' if named == 1 else 'are'} named"
    if counted > named:
        return say(
            lang,
            en=f"{name}: {are_named}; its sources count at least {counted}.",
            ru=f"{name}: названо партнёров {named}, источники насчитывают не менее {counted}.",
        )
    return say(lang, en=f"{name}: {are_named}.", ru=f"{name}: названо партнёров {named}.")


QUESTION = Question(
    name="cooperation.partners",
    route="/entities/{id}/partners",
    title={"en": "Partners", "ru": "Партнёры"},
    doc={
        "en": (
            "With whom a plant or company works: suppliers, customers, cooperation, owners and owned, the same "
            "cluster or project. Each partner lists its ties with their claims and witnesses. Partners that a source "
            "only counts (“more than 30 enterprises”) are groups with the sentence that counts them; nobody is "
            "invented."
        ),
        "ru": (
            "С кем работает завод или компания: поставщики, покупатели, сотрудничество, владельцы, общий кластер или "
            "проект. Тех, кого источник только посчитал («более 30 предприятий»), показывают группой с её фразой; "
            "никого не придумывают."
        ),
    },
    params=PartnerParams,
    result=PartnerList,
    answer=answer,
    example={"id": "Изопан Рус"},
    twin=lambda context, params: (
        ("partners", {"ids": context.half_ids(_unit(context, params))})
        if params.kind is None and params.level == "unit"
        else None
    ),
    from_server=_from_server,
)
