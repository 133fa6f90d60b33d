"""Where sources disagree: rival claims side by side, the chosen one and the rule."""

from __future__ import annotations

from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.contradictions import Dispute, disputes
from graph_service.domain.schema import LABEL_NAMES
from graph_service.questions.answer import Answer
from graph_service.questions.choice import RULE, decided
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.wording import count, say


class ContradictionParams(ProductParams, PageParams):
    """All, or those of one entity."""

    id: Annotated[str | None, Field(description="Only contradictions about this entity.")] = None


class ContradictionItem(TypedDict):
    """One dispute: the chosen claim, the claims that exclude it, and those that only exclude its rivals."""

    subject: EntityItem
    type: str
    kind: str
    reason: str
    rule: str
    decided: NotRequired[str]
    chosen: ClaimItem
    rivals: list[ClaimItem]
    agree: NotRequired[list[ClaimItem]]


class ContradictionList(TypedDict):
    """By the subject's name."""

    items: list[ContradictionItem]
    total: int


def answer(context: Context, params: ContradictionParams) -> Answer:
    """Disputes by the name of their subject."""
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = np.flatnonzero(context.mask)
    if params.id is not None:
        halves = context.halves(context.entity(params.id))
        rows = rows[np.isin(c["from"][rows], halves) | np.isin(c["to"][rows], halves)]
    found = disputes(snapshot, rows)
    found.sort(key=lambda dispute: (context.name(int(c["from"][dispute.chosen])), snapshot.claim_ids[dispute.chosen]))
    page = found[params.shown]
    items = [_item(context, dispute) for dispute in page]
    return Answer(
        summary=say(
            context.lang,
            en=f"{count(len(found), 'contradiction', 'en')} among {count(len(rows), 'claim', 'en')}.",
            ru=f"{count(len(found), 'contradiction', 'ru')}; проверено: {count(len(rows), 'claim', 'ru')}.",
        ),
        data={"items": items, "total": len(found)},
        evidence=list(dict.fromkeys(claim["id"] for item in items for claim in _claims(item))),
        explored={"claims": len(rows)},
        next_cursor=params.next_cursor(len(found)),
    )


def _claims(item: ContradictionItem) -> list[ClaimItem]:
    return [item["chosen"], *item["rivals"], *item.get("agree", [])]


def _item(context: Context, dispute: Dispute) -> ContradictionItem:
    snapshot = context.snapshot
    reasons = {
        "disjoint": say(context.lang, en="the figures exclude each other", ru="цифры исключают друг друга"),
        "two towns": say(context.lang, en="one plant in two towns", ru="один завод в двух городах"),
        "above 100 %": say(context.lang, en="the owners hold more than 100 %", ru="доли владельцев больше 100 %"),
    }
    chosen = dispute.chosen
    item = ContradictionItem(
        subject=context.item(int(snapshot.claims["from"][chosen])), type=snapshot.term("type", chosen) or "",
        kind=snapshot.term("kind", chosen) or "", reason=reasons[dispute.reason], rule=say(context.lang, **RULE),
        chosen=claim_item(context, chosen), rivals=[claim_item(context, row) for row in dispute.rivals],
    )  # fmt: skip
    if dispute.reason == "above 100 %":
        item["rule"] = say(
            context.lang,
            en="None is chosen: owners stand side by side, and their least shares are cut down in proportion to 100 %.",
            ru="Ничего не выбрано: владельцы стоят рядом, а их наименьшие доли уменьшены пропорционально до 100 %.",
        )
    else:
        item["decided"] = decided(context, chosen, dispute.rivals)
    if dispute.agreeing:
        item["agree"] = [claim_item(context, row) for row in dispute.agreeing]
    return item


QUESTION = Question(
    name="evidence.contradictions",
    route="/contradictions",
    title={"en": "Contradictions", "ru": "Противоречия"},
    doc={
        "en": (
            "Where sources disagree: claims about the same thing with the same unit, status and scope and overlapping "
            "periods whose intervals are disjoint; a plant in two towns; owners with more than 100 %. The chosen "
            "claim stands first with the rule that chose it, the rivals beside it, then claims that agree with it. "
            "Deliveries, other scopes and plans are no rivals."
        ),
        "ru": (
            "Где источники расходятся: утверждения об одном и том же с непересекающимися цифрами; завод в двух "
            "городах; владельцы с более чем 100 %. Первой стоит выбранная цифра и правило, остальные — рядом."
        ),
    },
    params=ContradictionParams,
    result=ContradictionList,
    answer=answer,
    about=LABEL_NAMES,
    twin=lambda context, params: ("contradictions", {}) if params.id is None else None,
)
