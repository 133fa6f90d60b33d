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
    """One item per group: what each claim about it states."""
    snapshot, c = context.snapshot, context.snapshot.claims
    items = []
    for row in rows:
        group = int(c["from"][row])
        relation = snapshot.term("type", row) or ""
        item = GroupItem(
            entity=context.item(group), relation=relation, status=snapshot.term("status", row) or "actual",
            claims=context.claim_ids([row]),
        )  # fmt: skip
        for name in ("count_min", "count_max"):
            if not np.isnan(value := float(c[name][row])):
                item[name] = int(value)
        if description := snapshot.attributes[group].get("description"):
            item["description"] = str(description)
        if product := context.product_item(int(c["product"][row])):
            item["product"] = product
        if quantity := stated_amount(snapshot, row, "quantity"):
            item["quantity"] = quantity
        if value_item := stated_amount(snapshot, row, "value"):
            item["value"] = value_item
        if share := share_item(
            chosen_share(snapshot, [row], "buyer_share") or chosen_share(snapshot, [row], "sales_share")
        ):
            item["share"] = share
        if seen := day(to_date(int(c["last_seen"][row]))):
            item["last_seen"] = seen
        items.append(item)
    return sorted(items, key=lambda item: (-item.get("count_min", 0), item["entity"]["name"], item["entity"]["id"]))


def counted_min(items: Iterable[GroupItem]) -> int:
    """The largest count of any group: groups of different documents are not added up."""
    return max((item.get("count_min", 0) for item in items), default=0)
