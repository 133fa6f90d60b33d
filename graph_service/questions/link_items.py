"""A link as answers show it."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from graph_service.analysis.links import Link
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.values import AmountItem, amount_item, day, share_item


class LinkItem(TypedDict):
    """What holds between two parties about one product; what is left out is not known."""

    product: NotRequired[EntityItem]
    status: str
    basis: str
    value: NotRequired[AmountItem]
    quantity: NotRequired[AmountItem]
    buyer_share: NotRequired[list[float]]
    sales_share: NotRequired[list[float]]
    last_seen: NotRequired[str]
    age_days: NotRequired[int]
    undated: NotRequired[bool]
    witnesses: int
    disputed: NotRequired[bool]
    rivals: NotRequired[list[str]]
    claims: list[str]


def link_item(context: Context, link: Link) -> LinkItem:
    """The link with its age at ``valid_at`` and the claims it rests on."""
    item = LinkItem(status=link.status, basis=link.basis, witnesses=link.witnesses, claims=context.claim_ids(link.rows))
    if product := context.product_item(link.product):
        item["product"] = product
    if value := amount_item(link.value):
        item["value"] = value
    if quantity := amount_item(link.quantity):
        item["quantity"] = quantity
    if share := share_item(link.buyer_share):
        item["buyer_share"] = share
    if share := share_item(link.sales_share):
        item["sales_share"] = share
    if link.last_seen is not None:
        item["last_seen"] = day(link.last_seen) or ""
    if link.last_seen is not None and link.last_seen <= context.valid_at:
        item["age_days"] = (context.valid_at - link.last_seen).days
    if link.is_undated:
        item["undated"] = True
    if link.is_disputed:
        item["disputed"] = True
    if link.rivals:
        item["rivals"] = context.claim_ids(link.rivals)
    return item
