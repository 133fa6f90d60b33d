"""With whom a plant or company works, named and counted, grouped by kind of tie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import witnesses
from graph_service.domain.nearest import nearest
from graph_service.domain.schema import ACTORS
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import GroupItem, counted_min, group_items, group_rows
from graph_service.questions.levels import at_level, members
from graph_service.questions.question import LevelParams, PageParams, PlaceParams, ProductParams, Question
from graph_service.questions.wording import count, say

_DIRECT = {
    ("SUPPLIES", "in"): "supplier",
    ("SUPPLIES", "out"): "customer",
    ("COOPERATES_WITH", "in"): "cooperation",
    ("COOPERATES_WITH", "out"): "cooperation",
    ("OWNS", "in"): "owner",
    ("OWNS", "out"): "owned",
    ("OPERATES", "in"): "operator",
    ("OPERATES", "out"): "plant",
    ("SELLS_TO", "out"): "regional market",
}
_SHARED = {"MEMBER_OF": "same cluster", "PARTICIPATES_IN": "same project"}
_Found = dict[tuple[str, int], list[int]]
KINDS = tuple(sorted({*_DIRECT.values(), *_SHARED.values()}))
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


class TieItem(TypedDict):
    """One kind of tie with a partner."""

    kind: str
    via: NotRequired[EntityItem]
    what: NotRequired[list[str]]
    status: str
    witnesses: int
    claims: list[str]


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
    if params.kind is not None and params.kind not in KINDS:
        raise BadParameter(
            f"kind {params.kind!r} is none of {', '.join(KINDS)}{nearest(params.kind, KINDS)}", parameter="kind"
        )
    unit = _unit(context, params)
    halves = context.halves(unit)
    found: dict[int, _Found] = {}
    for half in halves:
        for other, kind, via, rows in _ties(context, half):
            if other not in halves and context.in_place(other) and params.kind in (None, kind):
                found.setdefault(other, {}).setdefault((kind, via), []).extend(rows)
    units = at_level(context, params, found, halves)
    ties = {partner: _joined(found[unit] for unit in own) for partner, own in units.items()}
    partners = context.by_name(ties)
    page = partners[params.offset : params.offset + params.limit]
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
            "by_kind": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
            "by_status": {status: statuses.count(status) for status in sorted(set(statuses))}, "groups": groups,
        },
        evidence=list(dict.fromkeys(claims)),
        coverage={"named": len(partners), "counted_min": counted},
        next_cursor=str(params.offset + params.limit) if params.offset + params.limit < len(partners) else None,
    )  # fmt: skip


def _unit(context: Context, params: PartnerParams) -> int:
    return context.snapshot.unit(context.entity(params.id, types=ACTORS))


def _ties(context: Context, half: int) -> Iterator[tuple[int, str, int, list[int]]]:
    """Yields (partner, kind, via or -1, claims)."""
    snapshot, c = context.snapshot, context.snapshot.claims
    for direction, csr, end in (("out", snapshot.by_from, "to"), ("in", snapshot.by_to, "from")):
        for row in context.kept(csr.of(half)).tolist():
            kind = _DIRECT.get((snapshot.term("type", row) or "", direction))
            if kind is not None and c[end][row] >= 0:
                yield int(c[end][row]), kind, -1, [row]
    for relation, kind in _SHARED.items():
        for row in context.kept(snapshot.rows_from(half, relation)).tolist():
            venue = int(c["to"][row])
            for other in context.kept(snapshot.rows_to(venue, relation)).tolist():
                yield snapshot.unit(int(c["from"][other])), kind, venue, [row, other]


def _joined(found: Iterable[_Found]) -> _Found:
    joined: _Found = {}
    for own in found:
        for tie, rows in own.items():
            joined.setdefault(tie, []).extend(rows)
    return joined


def _item(context: Context, partner: int, units: list[int], found: _Found) -> PartnerItem:
    snapshot, c = context.snapshot, context.snapshot.claims
    ties = []
    for (kind, via), rows in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1])):
        rows = list(dict.fromkeys(rows))
        tie = TieItem(
            kind=kind, status=context.status(rows), witnesses=witnesses(snapshot, rows), claims=context.claim_ids(rows)
        )
        if via >= 0:
            tie["via"] = context.item(via)
        what = {context.name(int(c["product"][row])) for row in rows if c["product"][row] >= 0}
        what |= {kind_text for row in rows if (kind_text := snapshot.term("kind", row))}
        if what:
            tie["what"] = sorted(what)
        ties.append(tie)
    status = context.status(row for rows in found.values() for row in rows)
    item = PartnerItem(entity=context.item(partner), status=status, ties=ties)
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
)
