"""Figures about one subject (HAS): rivals side by side, the chosen one by the rule, other scopes apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired

from typing_extensions import TypedDict

from graph_service.analysis.contradictions import contradicts
from graph_service.questions.choice import RULE, decided
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.wording import say


class FigureItem(TypedDict):
    """One figure: the chosen claim, the claims that agree, the claims that contradict it."""

    kind: str
    status: str
    scope: NotRequired[str]
    about: NotRequired[EntityItem]
    product: NotRequired[EntityItem]
    chosen: ClaimItem
    rule: str
    decided: NotRequired[str]
    agree: list[ClaimItem]
    rivals: list[ClaimItem]


def figure_items(context: Context, rows: Iterable[int], *, about: int | None = None) -> list[FigureItem]:
    """Group HAS claims by what they are a figure of; different kinds, scopes, products or units are no rivals."""
    snapshot, c = context.snapshot, context.snapshot.claims
    groups: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        key = (
            int(c["from"][row]), int(c["kind"][row]), int(c["status"][row]), int(c["product"][row]),
            snapshot.texts["scope"].get(row), int(c["currency"][row]), int(c["base_unit"][row]),
        )  # fmt: skip
        groups.setdefault(key, []).append(row)
    items = []
    for found in groups.values():
        waiting = sorted(found, key=lambda row: int(c["choice"][row]))
        while waiting:
            chosen, rest = waiting[0], waiting[1:]
            rivals = [row for row in rest if contradicts(snapshot, chosen, row)]
            # Figures of other periods are neither rivals nor the same figure: they stand by themselves.
            agree = [row for row in rest if row not in rivals and _same_period(context, chosen, row)]
            waiting = [row for row in rest if row not in rivals and row not in agree]
            items.append(_item(context, chosen, agree, rivals, about))
    return sorted(items, key=lambda item: (item["kind"], item.get("scope", ""), item["chosen"]["id"]))


def _same_period(context: Context, a: int, b: int) -> bool:
    c = context.snapshot.claims
    return bool(max(c["period_from"][a], c["period_from"][b]) < min(c["period_to"][a], c["period_to"][b]))


def _item(context: Context, chosen: int, agree: list[int], rivals: list[int], about: int | None) -> FigureItem:
    snapshot, c = context.snapshot, context.snapshot.claims
    item = FigureItem(
        kind=snapshot.term("kind", chosen) or "",
        status=snapshot.term("status", chosen) or "actual",
        chosen=claim_item(context, chosen),
        rule=say(context.lang, **RULE),
        agree=[claim_item(context, row) for row in agree],
        rivals=[claim_item(context, row) for row in rivals],
    )
    if rivals:
        item["decided"] = decided(context, chosen, rivals)
    if scope := snapshot.texts["scope"].get(chosen):
        item["scope"] = scope
    subject = int(c["from"][chosen])
    if about is not None and subject != about:
        item["about"] = context.item(subject)
    if product := context.product_item(int(c["product"][chosen])):
        item["product"] = product
    return item


def figure_claims(items: Iterable[FigureItem]) -> list[str]:
    """Ids of all claims in these figures."""
    return [claim["id"] for item in items for claim in (item["chosen"], *item["agree"], *item["rivals"])]
