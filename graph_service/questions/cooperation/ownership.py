"""Who owns a firm and what it owns, up and down: shares, control, economic interest, the group."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.ownership import Holdings, Reached, chain, controlled, holdings, interests
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import LeftOut, left_out_of, left_out_part, left_out_words
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import share_item, tally
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Mask

MAX_CLAIMS = 200_000
MAX_OWNERS = 200
"""Of so many owners the control and interest are computed, the nearest first."""

GROUP_SHOWN = 100
_OWNERS = (*ACTORS, "Person")

Control = Literal["certain", "possible", "no"]


class OwnershipParams(PageParams, Params):
    """Whose owners and holdings."""

    id: Annotated[str, Field(description="The plant, company, organisation or person: id, INN, OGRN or name.")]


class HolderItem(TypedDict):
    """An owner or somebody owned.

    The interest is what belongs to the owner in the end, over all chains; control is more than half at each step,
    summing what controlled firms hold; the share and the claims are those of the direct holding. A share or interest
    of which nothing is known is left out; disputed: other owners are stated to have everything.
    """

    entity: EntityItem
    kind: str
    tier: int
    share: NotRequired[list[float]]
    interest: NotRequired[list[float]]
    control: Control
    status: NotRequired[str]
    disputed: NotRequired[bool]
    claims: list[str]


class GroupMember(TypedDict):
    """Somebody of the group, and whether that is certain."""

    entity: EntityItem
    control: Control


class OwnershipList(TypedDict):
    """Owners by tier and name, then the owned; who controls in the end, and whom those control."""

    of: EntityItem
    items: list[HolderItem]
    total: int
    by_kind: dict[str, int]
    ultimate: list[GroupMember]
    group: list[GroupMember]
    group_total: int
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: OwnershipParams) -> Answer:
    """Walk up and down, then read control and interest off the holdings of everybody on the way."""
    snapshot = context.snapshot
    unit = snapshot.unit(context.entity(params.id, types=_OWNERS))
    starts = np.array([unit], np.int32)
    up = chain(snapshot, context.mask, starts, upstream=True, max_claims=MAX_CLAIMS)
    down = chain(snapshot, context.mask, starts, upstream=False, max_claims=MAX_CLAIMS)
    own = holdings(snapshot, context.mask, np.union1d(up.units, down.units))
    items = [*_owners(context, own, up, unit), *_owned(context, own, down, unit)]
    ultimate = _ultimate(own, up, unit)
    group, group_cut = _group(context, ultimate or {unit: "certain"})
    page = items[params.shown]
    missing = left_out_of(context, np.concatenate([_rows(context, unit, "in"), _rows(context, unit, "out")]))
    kinds = [item["kind"] for item in items]
    tops = [GroupMember(entity=context.item(top), control=ultimate[top]) for top in context.by_name(ultimate)]
    return Answer(
        summary=_summary(context, unit, kinds, tops, len(group)) + left_out_words(missing, context.lang),
        data={
            "of": context.item(unit), "items": page, "total": len(items),
            "by_kind": tally(kinds), "ultimate": tops,
            "group": group[:GROUP_SHOWN], "group_total": len(group), **left_out_part(missing),
        },
        evidence=_evidence(context, own, up, down),
        truncated=up.is_cut or down.is_cut or group_cut or len(up.units) > MAX_OWNERS,
        explored={"nodes": len(own.units), "edges": up.edges + down.edges},
        next_cursor=params.next_cursor(len(items)),
    )  # fmt: skip


def _rows(context: Context, unit: int, direction: Literal["in", "out"]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    rows = context.snapshot.rows_to if direction == "in" else context.snapshot.rows_from
    return np.concatenate([rows(half, "OWNS") for half in context.halves(unit)])


def _by_tier(context: Context, found: Reached) -> list[tuple[int, int]]:
    """Units and tiers but the start's, by tier, name and id."""
    pairs = zip(found.units.tolist()[1:], found.tiers.tolist()[1:], strict=True)
    ids = context.snapshot.entity_ids
    return sorted(pairs, key=lambda pair: (pair[1], context.name(pair[0]), ids[pair[0]]))


def _control(certain: Mask, possible: Mask, place: int) -> Control:
    return "certain" if certain[place] else "possible" if possible[place] else "no"


def _owners(context: Context, own: Holdings, up: Reached, unit: int) -> list[HolderItem]:
    items = []
    place = own.place(unit)
    for owner, tier in _by_tier(context, up)[:MAX_OWNERS]:
        start = own.place(owner)
        low, high = interests(own, start)
        control = _control(controlled(own, start, certain=True), controlled(own, start, certain=False), place)
        items.append(_item(context, own, ("owner", owner, tier), (start, place), (low[place], high[place]), control))
    return items


def _owned(context: Context, own: Holdings, down: Reached, unit: int) -> list[HolderItem]:
    start = own.place(unit)
    low, high = interests(own, start)
    certain, possible = (controlled(own, start, certain=sure) for sure in (True, False))
    return [
        _item(
            context, own, ("owned", firm, tier), (start, place), (low[place], high[place]),
            _control(certain, possible, place),
        )
        for firm, tier in _by_tier(context, down)
        for place in [own.place(firm)]
    ]  # fmt: skip


def _item(
    context: Context, own: Holdings, who: tuple[str, int, int], ends: tuple[int, int], interest: tuple[float, float],
    control: Control,
) -> HolderItem:  # fmt: skip
    kind, entity, tier = who
    item = HolderItem(
        entity=context.item(entity),
        kind=kind,
        tier=tier,
        control=control,
        claims=[],
    )
    if shown := _known(interest):
        item["interest"] = shown
    held = own.by_owned.of(ends[1])
    for holding in held[own.owner[held] == ends[0]].tolist():
        bounds = float(own.low[holding]), float(own.high[holding])
        if bounds[1] <= 0:
            item["disputed"] = True  # a source names it as an owner, others leave it nothing
        elif shown := _known(bounds):
            item["share"] = shown
        item["status"] = context.status(own.rows_of(holding))
        item["claims"] = context.claim_ids(own.rows_of(holding))
    return item


def _known(share: tuple[float, float]) -> list[float] | None:
    """Bounds that say something."""
    shown = share_item(share)
    return None if shown == [0.0, 1.0] else shown


def _ultimate(own: Holdings, up: Reached, unit: int) -> dict[int, Control]:
    """Who controls the unit and is controlled by nobody who is not controlled back; for certain, else possibly."""
    tops: dict[int, Control] = {}
    owners = up.units[1 : MAX_OWNERS + 1].tolist()
    for control in ("certain", "possible"):
        reach = {owner: controlled(own, own.place(owner), certain=control == "certain") for owner in owners}
        rulers = [owner for owner in owners if reach[owner][own.place(unit)]]
        for owner in rulers:
            above = [other for other in rulers if other != owner and reach[other][own.place(owner)]]
            if all(reach[owner][own.place(other)] for other in above):
                tops.setdefault(owner, control)
    return tops


def _group(context: Context, tops: dict[int, Control]) -> tuple[list[GroupMember], bool]:
    """Whoever the tops control, themselves included."""
    snapshot = context.snapshot
    starts = np.array(sorted(tops), np.int32)
    below = chain(snapshot, context.mask, starts, upstream=False, max_claims=MAX_CLAIMS)
    own = holdings(snapshot, context.mask, below.units)
    found: dict[int, Control] = {}
    for top, control in sorted(tops.items(), key=lambda pair: pair[1] != "certain"):
        for certain in (True, False):
            word: Control = "certain" if certain and control == "certain" else "possible"
            for place in np.flatnonzero(controlled(own, own.place(top), certain=certain)).tolist():
                if found.get(int(own.units[place])) != "certain":
                    found[int(own.units[place])] = word
    members = sorted(found, key=lambda unit: (found[unit] != "certain", context.name(unit), snapshot.entity_ids[unit]))
    return [GroupMember(entity=context.item(unit), control=found[unit]) for unit in members], below.is_cut


def _evidence(context: Context, own: Holdings, up: Reached, down: Reached) -> list[str]:
    """The chosen claim of every holding in the unit, its owners and what it owns."""
    shown = {own.place(unit) for unit in (*up.units.tolist(), *down.units.tolist())}
    return context.claim_ids(
        own.rows_of(holding)[0] for holding, owned in enumerate(own.owned.tolist()) if owned in shown
    )


def _summary(context: Context, unit: int, kinds: list[str], tops: list[GroupMember], group: int) -> str:
    lang, name = context.lang, context.name(unit)
    if not kinds:
        return say(
            lang, en=f"Neither an owner of {name} nor a holding of it is known; that is no proof that there is none",
            ru=f"{name}: ни владельцы, ни доли в других неизвестны; это не значит, что их нет",
        )  # fmt: skip
    owners, owned = kinds.count("owner"), kinds.count("owned")
    text = say(
        lang,
        en=f"{name}: {count(owners, 'owner', 'en')} known, directly or through others; {owned} owned",
        ru=f"{name}: известно владельцев, прямых и через других, {owners}; во владении {owned}",
    )
    for control in ("certain", "possible"):
        named = ", ".join(top["entity"]["name"] for top in tops if top["control"] == control)
        if named:
            sure = control == "certain"
            text += say(
                lang, en=f"; {'controlled' if sure else 'possibly controlled'} in the end by {named}",
                ru=f"; {'под контролем' if sure else 'возможно, под контролем'} в итоге: {named}",
            )  # fmt: skip
    return text + say(lang, en=f"; {group} in the group, itself included", ru=f"; в группе, считая его, {group}")


QUESTION = Question(
    name="cooperation.ownership",
    route="/entities/{id}/ownership",
    title={"en": "Ownership and control", "ru": "Владение и контроль"},
    doc={
        "en": (
            "Who owns a plant, company or organisation and what it owns, at any depth. Each has its direct share, the "
            "economic interest (products of shares along all chains, summed; circles followed for ever) and control "
            "(more than half at each step, summing what controlled firms hold: another number), each as bounds, since "
            "many shares are not stated: unknown is anything that the other owners leave. Who controls in the end, and "
            "the group that they control, certain members before possible ones."
        ),
        "ru": (
            "Кому принадлежит завод, компания или организация и чем она владеет, на любую глубину: прямая доля, "
            "экономический интерес (произведения долей по всем цепочкам, с кругами) и контроль (больше половины на "
            "каждом шаге, с долями подконтрольных фирм) — всё границами, ведь многие доли не названы: неизвестное — "
            "любое, что оставляют другие. Кто контролирует в итоге и вся группа: сначала наверняка, затем возможно."
        ),
    },
    params=OwnershipParams,
    result=OwnershipList,
    answer=answer,
    default_statuses=("actual",),
    about=_OWNERS,
    example={"id": "ЛУКОЙЛ"},
)
