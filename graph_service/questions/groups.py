"""Counted, unnamed partners: never walked through, always said (semantics.md, Named / counted)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired

import numpy as np
from typing_extensions import TypedDict

from graph_service.analysis.links import chosen_share
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.values import AmountItem, day, share_item, stated_amount
from graph_service.snapshot.snapshot import to_date


class GroupItem(TypedDict):
    """A counted or described group of unnamed partners."""

    entity: EntityItem
    relation: str
    count_min: NotRequired[int]
    count_max: NotRequired[int]
    description: NotRequired[str]
    product: NotRequired[EntityItem]
    quantity: NotRequired[AmountItem]
    value: NotRequired[AmountItem]
    share: NotRequired[list[float]]
    status: str
    last_seen: NotRequired[str]
    claims: list[str]


def group_rows(context: Context, entity: int, *relations: str) -> list[int]:
    """Claims about groups of the entity, in the order of choice."""
    rows = context.kept(context.snapshot.rows_to(entity, *relations))
    return [int(row) for row in rows[np.argsort(context.snapshot.claims["choice"][rows])]]


def group_items(context: Context, rows: Iterable[int]) -> list[GroupItem]:
    """One item for each group, relation and product: what its claims state, the chosen claim first."""
    c = context.snapshot.claims
    found: dict[tuple[int, int, int], list[int]] = {}
    for row in sorted(rows, key=lambda row: int(c["choice"][row])):
        found.setdefault((int(c["from"][row]), int(c["type"][row]), int(c["product"][row])), []).append(row)
    items = [_item(context, own) for own in found.values()]
    return sorted(items, key=lambda item: (-item.get("count_min", 0), item["entity"]["name"], item["entity"]["id"]))


def _item(context: Context, rows: list[int]) -> GroupItem:
    snapshot, c = context.snapshot, context.snapshot.claims
    group = int(c["from"][rows[0]])
    item = GroupItem(
        entity=context.item(group),
        relation=snapshot.term("type", rows[0]) or "",
        status=context.status(rows),
        claims=context.claim_ids(rows),
    )
    for name in ("count_min", "count_max"):
        stated = [int(value) for row in rows if not np.isnan(value := float(c[name][row]))]
        if stated:
            item[name] = stated[0]
    if description := snapshot.attributes[group].get("description"):
        item["description"] = str(description)
    if product := context.product_item(int(c["product"][rows[0]])):
        item["product"] = product
    for row in rows:
        if quantity := stated_amount(snapshot, row, "quantity"):
            item.setdefault("quantity", quantity)
        if value_item := stated_amount(snapshot, row, "value"):
            item.setdefault("value", value_item)
    share = chosen_share(snapshot, rows, "buyer_share") or chosen_share(snapshot, rows, "sales_share")
    if shown := share_item(share):
        item["share"] = shown
    if seen := day(to_date(max(int(c["last_seen"][row]) for row in rows))):
        item["last_seen"] = seen
    return item


def counted_min(items: Iterable[GroupItem]) -> int:
    """The largest count of any group: groups of different documents are not added up."""
    return max((item.get("count_min", 0) for item in items), default=0)
