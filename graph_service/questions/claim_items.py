"""A claim as answers show it, from the snapshot's columns; its words come from the store afterwards."""

from __future__ import annotations

from typing import Any, NotRequired

from typing_extensions import TypedDict

from graph_service.questions.context import Context, EntityItem
from graph_service.questions.merged import decided
from graph_service.questions.values import AmountItem, day, stated_amount, stated_period, stated_share
from graph_service.snapshot.snapshot import NO_END, Rows, to_date

_PLAIN = ("kind", "role", "basis", "how", "review")
_FLAGS = ("essential", "complete", "substitutable")


class ClaimItem(TypedDict):
    """What one source states; what is left out it does not state."""

    id: str
    type: str
    subject: EntityItem
    object: NotRequired[EntityItem]
    product: NotRequired[EntityItem]
    stated: dict[str, Any]
    status: str
    confidence: float
    source_rank: int
    document: str
    published_on: NotRequired[str]
    last_seen: NotRequired[str]
    valid_from: NotRequired[str]
    valid_until: NotRequired[str]
    recorded: int
    retracted: NotRequired[int]


def claim_item(context: Context, row: int) -> ClaimItem:
    """One claim with everything its source states."""
    snapshot, c = context.snapshot, context.snapshot.claims
    item = ClaimItem(
        id=snapshot.claim_ids[row],
        type=snapshot.term("type", row) or "",
        subject=context.item(int(c["from"][row])),
        stated=stated(context, row),
        status=snapshot.term("status", row) or "actual",
        confidence=round(float(c["confidence"][row]), 6),
        source_rank=int(c["source_rank"][row]),
        document=snapshot.documents[int(c["document"][row])],
        recorded=int(c["recorded"][row]),
    )
    if c["to"][row] >= 0:
        item["object"] = context.item(int(c["to"][row]))
    if c["product"][row] >= 0:
        item["product"] = context.item(int(c["product"][row]))
    for name, column in (
        ("published_on", "published_on"),
        ("last_seen", "last_seen"),
        ("valid_from", "valid_from"),
    ):
        if text := day(to_date(int(c[column][row]))):
            item[name] = text  # type: ignore[literal-required]
    if text := day(to_date(int(c["valid_to"][row]))):
        item["valid_until"] = text
    if c["retracted"][row] != NO_END:
        item["retracted"] = int(c["retracted"][row])
    return item


def stated(context: Context, row: int) -> dict[str, Any]:
    """The values of a claim as its source gives them."""
    snapshot, c = context.snapshot, context.snapshot.claims
    found: dict[str, Any] = {}
    amounts: dict[str, AmountItem | None] = {
        name: stated_amount(snapshot, row, name) for name in ("value", "quantity", "capacity", "count")
    }
    shares = {name: stated_share(snapshot, row, name) for name in ("share", "buyer_share", "sales_share")}
    for name, value in (*amounts.items(), *shares.items()):
        if value is not None:
            found[name] = value
    for name in _PLAIN:
        if (text := snapshot.term(name, row)) and text not in ("explicit", "coref", "asserted"):
            found[name] = text
    for name in _FLAGS:
        if (flag := int(c[name][row])) >= 0:
            found[name] = bool(flag)
    if c["seq"][row] >= 0:
        found["seq"] = int(c["seq"][row])
    if scope := snapshot.texts["scope"].get(row):
        found["scope"] = scope
    if period := stated_period(snapshot, row):
        found["period"] = period
    return found | decided(context, row)


def ordered(context: Context, rows: Rows) -> list[int]:
    """Rows by type, then in the order of choice."""
    c = context.snapshot.claims
    return sorted(rows.tolist(), key=lambda row: (context.snapshot.term("type", row) or "", int(c["choice"][row])))
