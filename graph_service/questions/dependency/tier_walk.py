"""Suppliers and customers to tier N are one walk in two directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NotRequired

import numpy as np
import numpy.typing as npt
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.link_columns import link_columns
from graph_service.analysis.links import Link, links
from graph_service.analysis.tiers import Walk, walk, walk_to
from graph_service.domain.schema import ACTORS, STATUSES
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import GroupItem, counted_min, group_items, group_rows
from graph_service.questions.levels import Grouped, at_level, members
from graph_service.questions.link_items import LinkItem, link_item
from graph_service.questions.question import LevelParams, PageParams, PlaceParams, ProductParams, Run
from graph_service.questions.server_rows import positions_of
from graph_service.questions.wording import noun, say
from graph_service.snapshot.snapshot import Ints

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
    start = _start(context, params)
    found = walk(context.snapshot, start, context.mask, upstream=upstream, max_tier=params.tiers, max_claims=MAX_CLAIMS)
    return _answer(context, params, start, found, upstream=upstream)


def tiers_from_server(context: Context, params: TierParams, run: Run, *, upstream: bool) -> Answer:
    """The same answer, the tiers found by a server; the closure's twin goes further than it may be asked."""
    reached = {row["id"]: row["tier"] for row in run()}
    near = [entity_id for entity_id, tier in reached.items() if tier <= params.tiers]
    start = _start(context, params)
    found = walk_to(
        context.snapshot, start, np.array(positions_of(context, near), np.int32),
        np.array([reached[entity_id] for entity_id in near], np.int32), context.mask, upstream=upstream,
        max_tier=params.tiers, is_complete=len(near) == len(reached),
    )  # fmt: skip
    return _answer(context, params, start, found, upstream=upstream)


def _start(context: Context, params: TierParams) -> int:
    return context.snapshot.unit(context.entity(params.id, types=ACTORS))


def _answer(context: Context, params: TierParams, start: int, found: Walk, *, upstream: bool) -> Answer:
    listed = _listed(context, params, found, start)
    total, page = len(listed.entities), listed.entities[params.shown].tolist()
    near = listed.entities[listed.tiers == 1].tolist()
    known = _shares_known(context, found, listed.units_of(near), upstream=upstream)
    relation = "UNNAMED_SUPPLIERS_OF" if upstream else "UNNAMED_CUSTOMERS_OF"
    # Where the unnamed are is not said: a filter by place leaves them out.
    groups = group_items(context, [] if context.filters_places else group_rows(context, start, relation))
    counted = max(len(near), counted_min(groups))
    steps = _last_steps(context, found, listed, page, upstream=upstream)
    items = [
        _item(context, entity, tier, steps[entity], upstream=upstream)
        for entity, tier in zip(page, listed.tiers[params.shown].tolist(), strict=True)
    ]
    for entity, item in zip(page, items, strict=True):
        if put_together := members(context, entity, listed.units_of([entity])):
            item["members"] = put_together
    data: TierList = {
        "of": context.item(start),
        "items": items,
        "total": total,
        "by_tier": {str(tier): number for tier, number in enumerate(np.bincount(listed.tiers).tolist()) if number},
        "by_status": {STATUSES[code]: n for code, n in enumerate(np.bincount(listed.statuses).tolist()) if n},
        "groups": groups,
    }
    if hint := _operator_hint(context, start, upstream=upstream):
        data["known_for_operator"] = hint
    evidence = [row for entity in page for link in steps[entity] for row in link.rows]
    claims = context.claim_ids(evidence) + [claim for group in groups for claim in group["claims"]]
    kind = "supplier" if upstream else "customer"
    return Answer(
        summary=_summary(context, start, len(near), counted, total, known, kind, params.tiers),
        data=data,
        evidence=list(dict.fromkeys(claims)),
        coverage={"named": len(near), "counted_min": counted, "shares_known": known},
        truncated=found.is_cut or (not found.is_complete and params.tiers >= LARGEST_TIERS),
        explored={"nodes": len(found.entities), "edges": found.explored},
        next_cursor=params.next_cursor(total),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Listed:
    """Who is listed, in order: positions, tiers, places in STATUSES; and the units that each company stands for."""

    entities: Ints
    tiers: Ints
    statuses: npt.NDArray[np.int8]
    grouped: Grouped | None

    def units_of(self, entities: list[int]) -> list[int]:
        """The units that these stand for."""
        if self.grouped is None:
            return entities
        return [unit for entity in entities for unit in self.grouped[entity]]


def _listed(context: Context, params: TierParams, found: Walk, start: int) -> _Listed:
    """Those whom the filters keep, by tier, name and id."""
    snapshot = context.snapshot
    entities, tiers = found.entities, found.tiers
    if context.filters_places:
        kept = [place for place, unit in enumerate(entities.tolist()) if context.in_place(unit)]
        entities, tiers = entities[kept], tiers[kept]
    by_unit = found.best_status(snapshot)
    statuses, grouped = by_unit[entities], None
    if params.level != "unit":
        reached = dict(zip(entities.tolist(), tiers.tolist(), strict=True))
        grouped = at_level(context, params, reached, context.halves(start))
        entities = np.array(list(grouped), np.int32)
        tiers = np.array([min(reached[unit] for unit in own) for own in grouped.values()], np.int32)
        statuses = np.array([min(by_unit[unit] for unit in own) for own in grouped.values()], np.int8)
    order = np.lexsort((snapshot.name_ranks[context.lang][entities], tiers))
    return _Listed(entities=entities[order], tiers=tiers[order], statuses=statuses[order], grouped=grouped)


def tier_twin(context: Context, params: TierParams, *, upstream: bool) -> tuple[str, dict[str, Any]] | None:
    """The twin to tier 4, or the closure, which goes as far as there are links; both list units."""
    if params.level != "unit":
        return None
    unit = _start(context, params)
    name = "suppliers" if upstream else "customers"
    given: dict[str, Any] = {"id": context.snapshot.entity_ids[unit], "tiers": params.tiers}
    return (name, given) if params.tiers <= TWIN_TIERS else (f"{name}_closure", given)


def _last_steps(
    context: Context, found: Walk, listed: _Listed, page: list[int], *, upstream: bool
) -> dict[int, list[Link]]:
    """The links of the last step to each entity of a page."""
    units = {entity: listed.units_of([entity]) for entity in page}
    shown = np.zeros(len(context.snapshot.entity_ids), bool)
    shown[[unit for own in units.values() for unit in own]] = True
    by_unit: dict[int, list[Link]] = {}
    for link in links(context.snapshot, found.rows[shown[found.ends]], context.valid_at):
        by_unit.setdefault(link.source if upstream else link.target, []).append(link)
    return {entity: [link for unit in own for link in by_unit[unit]] for entity, own in units.items()}


def _shares_known(context: Context, found: Walk, units: list[int], *, upstream: bool) -> int:
    """How many links of the last step to these units have a known share."""
    near = np.zeros(len(context.snapshot.entity_ids), bool)
    near[units] = True
    rows = found.rows[near[found.ends]]
    own = link_columns(context.snapshot, rows, context.valid_at)
    return int(np.count_nonzero((own.buyer_share if upstream else own.sales_share).is_known))


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


def _summary(
    context: Context, start: int, near: int, counted: int, total: int, known: int, kind: str, tiers: int
) -> str:
    lang, name = context.lang, context.name(start)
    nominative, genitive = ("поставщики", "поставщиков") if kind == "supplier" else ("покупатели", "покупателей")
    if not total and not counted:
        there = say(lang, en=" there", ru=" там") if context.filters_places else ""
        return say(
            lang,
            en=f"No {kind} of {name} is known{there}; that is no proof that there are none.",
            ru=f"{name}: {nominative}{there} неизвестны; это не значит, что их нет.",
        )
    named = (
        f"{near} of at least {counted}" if counted > near else str(near),
        f"{near} из не менее чем {counted}" if counted > near else str(near),
    )
    text = say(
        lang,
        en=f"{name}: {named[0]} direct {noun(kind, max(near, counted), 'en')} named",
        ru=f"{name}: названо прямых {genitive} {named[1]}",
    )
    if tiers > 1:
        text += say(lang, en=f", {total} to tier {tiers}", ru=f", до уровня {tiers} всего {total}")
    if near:
        whose = "its" if near == 1 else "their"
        text += say(
            lang,
            en=f"; {known} of {whose} shares {'are' if known > 1 else 'is'} stated"
            if known
            else f"; no source states {whose} share{'s' if near > 1 else ''}",
            ru=f"; названо долей: {known}" if known else "; доли не названы",
        )
    return text + "."
