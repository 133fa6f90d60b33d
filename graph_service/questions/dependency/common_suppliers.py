"""Suppliers or owners that two or more parties have in common, at any tier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired, cast

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.common_sources import Chains, common_sources
from graph_service.analysis.links import links
from graph_service.domain.schema import STATUSES
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.link_items import LinkItem, link_item
from graph_service.questions.parties import PartiesParams, names_of, parties
from graph_service.questions.question import PageParams, PlaceParams, ProductParams, Question
from graph_service.questions.values import share_item, tally
from graph_service.questions.wording import count, say

MAX_CLAIMS = 5_000_000
TWIN_TIERS = 4
LARGEST_TIERS = 30
_RELATION = {"suppliers": "SUPPLIES", "owners": "OWNS"}


class CommonParams(PartiesParams, ProductParams, PlaceParams, PageParams):
    """Of whom, by which relation."""

    by: Annotated[Literal["suppliers", "owners"], Field(description="Common suppliers, or common owners.")] = (
        "suppliers"
    )
    tiers: Annotated[int, Field(ge=1, le=LARGEST_TIERS, description="How many tiers to walk.")] = 4


class CommonLink(LinkItem):
    """A last link: below whom, in which tier, to whom, and through whom it goes on from there."""

    of: EntityItem
    tier: int
    to: EntityItem
    via: NotRequired[list[EntityItem]]
    share: NotRequired[list[float]]


class CommonItem(TypedDict):
    """Somebody upstream of all; planned if towards any of them only planned last links are known."""

    entity: EntityItem
    tier_sum: int
    status: str
    links: list[CommonLink]


CommonList = TypedDict(
    "CommonList",
    {
        "of": EntityItem, "with": list[EntityItem], "items": list[CommonItem], "total": int,
        "by_status": dict[str, int],
    },
)  # fmt: skip
"""By the sum of the tiers, then the largest of them, then name and id; links by the party, in the order asked."""


def answer(context: Context, params: CommonParams) -> Answer:
    """Walk upstream from each, keep whom all reach, and show the last links and the way down."""
    snapshot = context.snapshot
    asked = _asked(context, params)
    found = common_sources(
        snapshot, _starts(context, params, asked), context.mask, relation=_RELATION[params.by],
        max_tier=params.tiers, max_claims=MAX_CLAIMS,
    )  # fmt: skip
    chains = [Chains.of(snapshot, own) for own in found.walks]
    tiers = dict(zip(found.entities.tolist(), found.tiers.T.tolist(), strict=True))
    kept = sorted(
        (entity for entity in tiers if context.in_place(entity)),
        key=lambda e: (sum(tiers[e]), max(tiers[e]), context.name(e), snapshot.entity_ids[e]),
    )
    # Of the last links to each of the asked the best, and of those the least certain.
    worst = np.maximum.reduce([own.best_status(snapshot) for own in found.walks])
    statuses = {entity: STATUSES[worst[entity]] for entity in tiers}
    page = kept[params.shown]
    evidence: list[int] = []
    items = [
        CommonItem(
            entity=context.item(entity), tier_sum=sum(tiers[entity]), status=statuses[entity],
            links=[
                link
                for party, chain, tier in zip(asked, chains, tiers[entity], strict=True)
                for link in _last_links(context, params, party, chain, entity, tier, evidence)
            ],
        )
        for entity in page
    ]  # fmt: skip
    words = [statuses[entity] for entity in kept]
    others: dict[str, Any] = {"with": [context.item(party) for party in asked[1:]]}
    return Answer(
        summary=_summary(context, params, asked, kept, tiers),
        data={
            "of": context.item(asked[0]), **others, "items": items, "total": len(kept),
            "by_status": tally(words),
        },
        evidence=context.claim_ids(evidence),
        truncated=found.is_cut or (params.tiers >= LARGEST_TIERS and not all(own.is_complete for own in found.walks)),
        explored={
            "nodes": sum(len(own.entities) for own in found.walks), "edges": sum(own.explored for own in found.walks),
        },
        next_cursor=params.next_cursor(len(kept)),
    )  # fmt: skip


def _asked(context: Context, params: CommonParams) -> list[int]:
    """Units in the order in which they are named."""
    if params.by == "owners" and (params.product or params.without_product):
        raise BadParameter("owning has no product: ask without the filter by product", parameter="product")
    return parties(context, params)


def _starts(context: Context, params: CommonParams, asked: Sequence[int]) -> list[list[int]]:
    """Trade sits on the unit, ownership on either half of it."""
    return [context.halves(unit) if params.by == "owners" else [unit] for unit in asked]


def _last_links(
    context: Context, params: CommonParams, party: int, chain: Chains, entity: int, tier: int, evidence: list[int]
) -> list[CommonLink]:
    c = context.snapshot.claims
    shown = []
    for link in links(context.snapshot, chain.last_steps(entity), context.valid_at):
        down = chain.down(link.target)
        evidence += (*link.rows, *down)
        own = link_item(context, link)
        item = cast("CommonLink", {"of": context.item(party), "tier": tier, "to": context.item(link.target), **own})
        if len(down) > 1:
            item["via"] = [context.item(int(c["to"][row])) for row in down[:-1]]
        if params.by == "owners" and (share := share_item(link.share)):
            item["share"] = share
        shown.append(item)
    return shown


def _summary(
    context: Context, params: CommonParams, asked: list[int], kept: list[int], tiers: dict[int, list[int]]
) -> str:
    lang = context.lang
    names = names_of(context, asked)
    kind = "supplier" if params.by == "suppliers" else "owner"
    if not kept:
        return say(
            lang,
            en=f"No common {kind} of {names} is known to tier {params.tiers}; that is no proof that there is none.",
            ru=f"{names}: общие {'поставщики' if kind == 'supplier' else 'владельцы'} до уровня {params.tiers} "
            "неизвестны; это не значит, что их нет.",
        )
    first = kept[0]
    where = ", ".join(str(tier) for tier in tiers[first])
    return say(
        lang,
        en=f"{names} have {count(len(kept), kind, 'en')} in common to tier {params.tiers}; the nearest is "
        f"{context.name(first)} (tiers {where}).",
        ru=f"{names}: общих {'поставщиков' if kind == 'supplier' else 'владельцев'} до уровня {params.tiers} — "
        f"{len(kept)}; ближе всех {context.name(first)} (уровни {where}).",
    )


def _twin(context: Context, params: CommonParams) -> tuple[str, dict[str, Any]] | None:
    """To tier 4: how deep a pattern goes is part of its text."""
    if params.tiers > TWIN_TIERS:
        return None
    ids = context.snapshot.entity_ids
    asked = [[ids[position] for position in own] for own in _starts(context, params, _asked(context, params))]
    given = {"asked": asked, "relation": f"CLAIM_{_RELATION[params.by]}", "tiers": params.tiers}
    return "common_suppliers", given


QUESTION = Question(
    name="dependency.common_suppliers",
    route="/entities/{id}/common-suppliers",
    title={"en": "Common suppliers or owners", "ru": "Общие поставщики или владельцы"},
    doc={
        "en": (
            "Who supplies two or more plants or companies alike, directly or through others: whoever is upstream of "
            "each within `tiers` and is none of them. With `by=owners` who owns them all, directly or through others. "
            "Each has its tier below every party asked about and the last links with their claims; the nearest come "
            "first, by the sum of the tiers, then the largest. Two suppliers with one owner, or two buyers with one "
            "supplier, depend on the same party though their names differ."
        ),
        "ru": (
            "Кто поставляет сразу двум или нескольким заводам или компаниям, прямо или через других: кто стоит выше "
            "каждого не дальше `tiers` уровней и сам не из их числа. С `by=owners` — кто владеет всеми. У каждого — "
            "уровень над каждым из названных и последние связи с утверждениями; ближайшие — первыми."
        ),
    },
    params=CommonParams,
    result=CommonList,
    answer=answer,
    example={"id": "Волжский трубный завод", "with": "Челябинский трубопрокатный завод", "by": "owners"},
    twin=_twin,
)
