"""Where sources disagree: rival claims side by side, the chosen one and the rule."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import contradicts
from graph_service.questions.answer import Answer
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.figures import RULE
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Rows


class ContradictionParams(ProductParams, PageParams):
    """All, or those of one entity."""

    id: Annotated[str | None, Field(description="Only contradictions about this entity.")] = None


class ContradictionItem(TypedDict):
    """The chosen claim and the claims that exclude it."""

    subject: EntityItem
    type: str
    kind: str
    reason: str
    rule: str
    chosen: ClaimItem
    rivals: list[ClaimItem]


class ContradictionList(TypedDict):
    """By the subject's name."""

    items: list[ContradictionItem]
    total: int


def answer(context: Context, params: ContradictionParams) -> Answer:
    """Compare claims about the same thing; a claim that is in two towns or above 100 % owned excludes another."""
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = np.flatnonzero(context.mask)
    if params.id is not None:
        entity = context.entity(params.id)
        halves = [entity, snapshot.unit(entity)]
        rows = rows[np.isin(c["from"][rows], halves) | np.isin(c["to"][rows], halves)]
    found = _figures(context, rows) + _two_towns(context, rows) + _over_owned(context, rows)
    found.sort(key=lambda x: (context.name(int(c["from"][x[0]])), snapshot.claim_ids[x[0]]))
    page = found[params.offset : params.offset + params.limit]
    items = [_item(context, *pair) for pair in page]
    return Answer(
        summary=say(
            context.lang,
            en=f"{count(len(found), 'contradiction', 'en')} among {count(len(rows), 'claim', 'en')}.",
            ru=f"{count(len(found), 'contradiction', 'ru')}; проверено: {count(len(rows), 'claim', 'ru')}.",
        ),
        data={"items": items, "total": len(found)},
        evidence=list(dict.fromkeys(claim["id"] for item in items for claim in (item["chosen"], *item["rivals"]))),
        explored={"claims": len(rows)},
        next_cursor=str(params.offset + params.limit) if params.offset + params.limit < len(found) else None,
    )


_Found = list[tuple[int, list[int], str]]


def _figures(context: Context, rows: Rows) -> _Found:
    snapshot, c = context.snapshot, context.snapshot.claims
    keys = np.stack([np.asarray(c[name][rows], np.int64) for name in ("from", "type", "to", "product", "kind")])
    order = np.lexsort(keys)
    keys, rows = keys[:, order], rows[order]
    if not len(rows):
        return []
    starts = np.flatnonzero(np.concatenate(([True], np.any(keys[:, 1:] != keys[:, :-1], axis=0))))
    found: _Found = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        group = sorted(rows[start:end].tolist(), key=lambda row: int(c["choice"][row]))
        for number, chosen in enumerate(group):
            rivals = [row for row in group[number + 1 :] if contradicts(snapshot, chosen, row)]
            if rivals:
                found.append((chosen, rivals, "disjoint"))
    return found


def _two_towns(context: Context, rows: Rows) -> _Found:
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = rows[snapshot.is_type("LOCATED_IN")[rows]]
    placed: dict[int, list[int]] = {}
    for row in sorted(rows.tolist(), key=lambda row: int(c["choice"][row])):
        if snapshot.label(int(c["from"][row])) == "Plant" and snapshot.label(int(c["to"][row])) == "City":
            placed.setdefault(int(c["from"][row]), []).append(row)
    return [
        (chosen, rivals, "two towns")
        for own in placed.values()
        for number, chosen in enumerate(own)
        if (rivals := [row for row in own[number + 1 :] if c["to"][row] != c["to"][chosen]])
    ]


def _over_owned(context: Context, rows: Rows) -> _Found:
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = rows[snapshot.is_type("OWNS")[rows] & ~np.isnan(np.asarray(c["share_min"], float))[rows]]
    owned: dict[int, dict[int, int]] = {}
    for row in sorted(rows.tolist(), key=lambda row: int(c["choice"][row])):
        if snapshot.term("status", row) == "actual":
            owned.setdefault(int(c["to"][row]), {}).setdefault(int(c["from"][row]), row)
    return [
        (own[0], own[1:], "above 100 %")
        for holders in owned.values()
        if len(own := list(holders.values())) > 1 and sum(float(c["share_min"][row]) for row in own) > 1 + 1e-9
    ]


def _item(context: Context, chosen: int, rivals: list[int], reason: str) -> ContradictionItem:
    snapshot = context.snapshot
    reasons = {
        "disjoint": say(context.lang, en="the figures exclude each other", ru="цифры исключают друг друга"),
        "two towns": say(context.lang, en="one plant in two towns", ru="один завод в двух городах"),
        "above 100 %": say(context.lang, en="the owners hold more than 100 %", ru="доли владельцев больше 100 %"),
    }
    return ContradictionItem(
        subject=context.item(int(snapshot.claims["from"][chosen])), type=snapshot.term("type", chosen) or "",
        kind=snapshot.term("kind", chosen) or "", reason=reasons[reason], rule=say(context.lang, **RULE),
        chosen=claim_item(context, chosen), rivals=[claim_item(context, row) for row in rivals],
    )  # fmt: skip


QUESTION = Question(
    name="evidence.contradictions",
    route="/contradictions",
    title={"en": "Contradictions", "ru": "Противоречия"},
    doc=(
        "Where sources disagree: claims about the same thing with the same unit, status and scope and overlapping "
        "periods whose intervals are disjoint; a plant in two towns; owners with more than 100 %. The chosen claim "
        "stands first with the rule that chose it, the rivals beside it. Deliveries, other scopes and "
        "plans are no rivals."
    ),
    params=ContradictionParams,
    result=ContradictionList,
    answer=answer,
    twin=lambda context, params: ("contradictions", {}),
)
