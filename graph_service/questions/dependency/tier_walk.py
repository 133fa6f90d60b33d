"""Suppliers and customers to tier N are one walk in two directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import Link, links
from graph_service.analysis.tiers import Walk, walk
from graph_service.domain.schema import ACTORS, STATUSES
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import GroupItem, counted_min, group_items, group_rows
from graph_service.questions.levels import at_level, members
from graph_service.questions.link_items import LinkItem, link_item
from graph_service.questions.question import LevelParams, PageParams, PlaceParams, ProductParams
from graph_service.questions.wording import count, noun, say

MAX_CLAIMS = 5_000_000
TWIN_TIERS = 4
LARGEST_TIERS = 30


class TierParams(ProductParams, PlaceParams, LevelParams, PageParams):
    """A walk along SUPPLIES."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]
    tiers: Annotated[int, Field(ge=1, le=LARGEST_TIERS, description="How many tiers to walk.")] = 1


class TierItem(TypedDict):
    """One unit, the tier it was first reached in, and the links of the last step to it."""

    entity: EntityItem
    tier: int
    of: list[EntityItem]
    links: list[LinkItem]
    operator: NotRequired[EntityItem]
    members: NotRequired[list[EntityItem]]


class TierList(TypedDict):
    """Units by tier, name and id; groups are counted, not walked through."""

    of: EntityItem
    items: list[TierItem]
    total: int
    by_tier: dict[str, int]
    by_status: dict[str, int]
    groups: list[GroupItem]
    known_for_operator: NotRequired[dict[str, object]]


def tier_answer(context: Context, params: TierParams, *, upstream: bool) -> Answer:
    """Walk, filter by place, group by operator if asked to, page, and say what is not known."""
    snapshot = context.snapshot
    asked = context.entity(params.id, types=ACTORS)
    start = snapshot.unit(asked)
    found = walk(snapshot, start, context.mask, upstream=upstream, max_tier=params.tiers, max_claims=MAX_CLAIMS)
    reached = dict(zip(found.entities.tolist(), found.tiers.tolist(), strict=True))
    listed = [unit for unit in reached if context.in_place(unit)]
    units = at_level(context, params, listed, context.halves(start))
    tiers = {entity: min(reached[unit] for unit in own) for entity, own in units.items()}
    kept = sorted(tiers, key=lambda entity: (tiers[entity], context.name(entity), snapshot.entity_ids[entity]))
    page = kept[params.offset : params.offset + params.limit]
    near = [entity for entity in kept if tiers[entity] == 1]
    steps = {entity: _step_links(context, found, units[entity]) for entity in dict.fromkeys((*page, *near))}
    relation = "UNNAMED_SUPPLIERS_OF" if upstream else "UNNAMED_CUSTOMERS_OF"
    # Where the unnamed are is not said: a filter by place leaves them out.
    groups = group_items(context, [] if context.filters_places else group_rows(context, start, relation))
    known = [link for entity in near for link in steps[entity] if _share(link, upstream=upstream)]
    counted = max(len(near), counted_min(groups))
    by_unit = _statuses(context, found)
    statuses = {entity: min((by_unit[unit] for unit in own), key=STATUSES.index) for entity, own in units.items()}
    items = [_item(context, entity, tiers[entity], steps[entity], upstream=upstream) for entity in page]
    for entity, item in zip(page, items, strict=True):
        if put_together := members(context, entity, units[entity]):
            item["members"] = put_together
    data: TierList = {
        "of": context.item(start),
        "items": items,
        "total": len(kept),
        "by_tier": _counts(str(tiers[entity]) for entity in kept),
        "by_status": _counts(statuses[entity] for entity in kept),
        "groups": groups,
    }
    if hint := _operator_hint(context, start, upstream=upstream):
        data["known_for_operator"] = hint
    evidence = [row for entity in page for link in steps[entity] for row in link.rows]
    claims = context.claim_ids(evidence) + [claim for group in groups for claim in group["claims"]]
    kind = "supplier" if upstream else "customer"
    return Answer(
        summary=_summary(context, start, len(near), counted, len(kept), len(known), kind, params.tiers),
        data=data,
        evidence=list(dict.fromkeys(claims)),
        coverage={"named": len(near), "counted_min": counted, "shares_known": len(known)},
        truncated=found.is_cut or (not found.is_complete and params.tiers >= LARGEST_TIERS),
        explored={"nodes": len(reached), "edges": found.explored},
        next_cursor=str(params.offset + params.limit) if params.offset + params.limit < len(kept) else None,
    )


def tier_twin(context: Context, params: TierParams, *, upstream: bool) -> tuple[str, dict[str, Any]] | None:
    """The twin to tier 4, or the closure, which goes as far as there are links; both list units."""
    if params.level != "unit":
        return None
    unit = context.snapshot.unit(context.entity(params.id, types=ACTORS))
    name = "suppliers" if upstream else "customers"
    given: dict[str, Any] = {"id": context.snapshot.entity_ids[unit], "tiers": params.tiers}
    return (name, given) if params.tiers <= TWIN_TIERS else (f"{name}_closure", given)


def _step_links(context: Context, found: Walk, units: list[int]) -> list[Link]:
    return [link for unit in units for link in links(context.snapshot, found.last_steps(unit), context.valid_at)]


def _statuses(context: Context, found: Walk) -> dict[int, str]:
    """As `Context.status` of the last steps to each unit, for all units at once."""
    codes = context.snapshot.claims["status"][found.rows]
    statuses: dict[int, str] = {}
    for status in reversed(STATUSES):  # what comes first in STATUSES has the last word
        statuses |= dict.fromkeys(found.ends[codes == context.snapshot.code(status)].tolist(), status)
    return statuses


def _share(link: Link, *, upstream: bool) -> tuple[float, float] | None:
    return link.buyer_share if upstream else link.sales_share


def _item(context: Context, entity: int, tier: int, step: list[Link], *, upstream: bool) -> TierItem:
    snapshot = context.snapshot
    neighbours = dict.fromkeys(link.target if upstream else link.source for link in step)
    item = TierItem(
        entity=context.item(entity),
        tier=tier,
        of=[context.item(neighbour) for neighbour in neighbours],
        links=[link_item(context, link) for link in step],
    )
    operator = snapshot.operators.get(snapshot.entity_ids[entity])
    if operator is not None and (position := snapshot.position(operator)) is not None:
        item["operator"] = context.item(position)
    return item


def _operator_hint(context: Context, start: int, *, upstream: bool) -> dict[str, object] | None:
    """What is known for the operator of one of several plants is said, never passed on."""
    snapshot = context.snapshot
    operators = context.kept(snapshot.rows_to(start, "OPERATES"))
    for row in operators.tolist():
        operator = int(snapshot.claims["from"][row])
        rows = snapshot.rows_to(operator, "SUPPLIES") if upstream else snapshot.rows_from(operator, "SUPPLIES")
        rows = context.kept(rows)
        if operator != start and len(rows):
            ends = snapshot.claims["from" if upstream else "to"][rows]
            return {"operator": context.item(operator), "count": len(np.unique(ends))}
    return None


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (len(pair[0]), pair[0])))


def _summary(
    context: Context, start: int, near: int, counted: int, total: int, known: int, kind: str, tiers: int
) -> str:
    lang, name = context.lang, context.name(start)
    if not near and not counted:
        return say(
            lang,
            en=f"No {kind} of {name} is known; that is no proof that there are none.",
            ru=f"{name}: {count(0, kind, 'ru')} известно; это не значит, что их нет.",
        )
    named = (
        f"{near} of at least {counted}" if counted > near else str(near),
        f"{near} из не менее чем {counted}" if counted > near else str(near),
    )
    text = say(
        lang,
        en=f"{name}: {named[0]} direct {noun(kind, max(near, counted), 'en')} named",
        ru=f"{name}: названо прямых {'поставщиков' if kind == 'supplier' else 'покупателей'} {named[1]}",
    )
    if tiers > 1:
        text += say(lang, en=f", {total} to tier {tiers}", ru=f", до уровня {tiers} всего {total}")
    if near:
        whose = say(lang, en="its" if near == 1 else "their", ru="его" if near == 1 else "их")
        text += say(
            lang,
            en=f"; {known or 'none'} of {whose} shares {'are' if known > 1 else 'is'} known",
            ru=f"; {whose} доли неизвестны" if not known else f"; известных долей: {known}",
        )
    return text + "."
