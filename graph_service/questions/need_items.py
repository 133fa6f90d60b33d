"""Needs as answers show them, and what numbers about them leave out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NotRequired

import numpy as np
from typing_extensions import TypedDict

from graph_service.analysis.link_columns import Intervals
from graph_service.analysis.links import Amount
from graph_service.analysis.needs import BASES, FROM_MATERIALS, Needs, needs_at
from graph_service.domain.schema import STATUSES
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import counted_min, group_items, group_rows
from graph_service.questions.values import AmountItem, amount_item
from graph_service.questions.wording import say
from graph_service.snapshot.filters import visible
from graph_service.snapshot.snapshot import Rows


class SupplierItem(TypedDict):
    """A known supplier of a need; a share that is left out is not known."""

    supplier: EntityItem
    share: NotRequired[list[float]]
    claims: list[str]


class NeedItem(TypedDict):
    """What a unit needs; flags that are left out are not known."""

    product: NotRequired[EntityItem]
    basis: str
    essential: NotRequired[bool]
    complete: NotRequired[bool]
    value: NotRequired[AmountItem]
    quantity: NotRequired[AmountItem]
    counted_min: NotRequired[int]
    own_production: NotRequired[bool]
    claims: list[str]


LeftOut = dict[str, int]
"""Supply claims that do not count in a number, by reason: planned, cancelled, too_old."""


def needs_of_graph(context: Context) -> Needs:
    """All needs under the filters of the question; a filter by product chooses among needs, see `asked_needs`."""
    return needs_at(context.snapshot, replace(context.filters, products=None, without_products=frozenset()))


def asked_needs(context: Context, needs: Needs, unit: int) -> list[int]:
    """The needs of a unit that the product filter keeps, by name of the product, those of no product last."""
    filters = context.filters
    kept = [
        need
        for need in needs.by_buyer.of(unit).tolist()
        if (filters.products is None or int(needs.product[need]) in filters.products)
        and int(needs.product[need]) not in filters.without_products
    ]
    return sorted(kept, key=lambda need: (*product_order(context, int(needs.product[need])), need))


def product_order(context: Context, product: int) -> tuple[bool, str, str]:
    """Sorts products by name and id; what is not stated comes last."""
    if product < 0:
        return True, "", ""
    return False, context.name(product), context.snapshot.entity_ids[product]


def need_item(context: Context, needs: Needs, need: int) -> NeedItem:
    """One need with the claims that state or imply it; those of its links are the links' own."""
    item = NeedItem(basis=BASES[needs.basis[need]], claims=context.claim_ids(need_rows(context, needs, need)))
    if product := context.product_item(int(needs.product[need])):
        item["product"] = product
    if needs.essential[need] >= 0:
        item["essential"] = bool(needs.essential[need])
    if needs.complete[need] >= 0:
        item["complete"] = bool(needs.complete[need])
    if value := amount_item(_amount(context, needs.value, need)):
        item["value"] = value
    if quantity := amount_item(_amount(context, needs.quantity, need)):
        item["quantity"] = quantity
    if needs.group_min[need] >= 0:
        item["counted_min"] = max(int(needs.group_min[need]), int(needs.named[need]))
    if needs.is_made[need]:
        item["own_production"] = True
    return item


def need_rows(context: Context, needs: Needs, need: int) -> list[int]:
    """Claims that a need rests on, apart from its links: NEEDS, or the recipes of what the unit makes; its groups."""
    snapshot = context.snapshot
    c = snapshot.claims
    buyer, product = int(needs.buyer[need]), int(needs.product[need])
    if product < 0:
        return []
    counting = context.clock_mask
    stated = snapshot.rows_from(buyer, "NEEDS")
    rows = [int(row) for row in stated[(c["to"][stated] == product) & counting[stated]]]
    if needs.basis[need] == FROM_MATERIALS or (needs.essential[need] == 1 and not rows):
        makes = snapshot.rows_from(buyer, "PRODUCES")
        makes = makes[counting[makes]]
        requires = snapshot.rows_to(product, "REQUIRES")
        requires = requires[counting[requires] & np.isin(c["from"][requires], c["to"][makes])]
        rows += requires.tolist() + makes[np.isin(c["to"][makes], c["from"][requires])].tolist()
    groups = snapshot.rows_to(buyer, "UNNAMED_SUPPLIERS_OF")
    rows += groups[counting[groups] & (c["product"][groups] == product)].tolist()
    return rows


def edge_rows(needs: Needs, edges: Iterable[int]) -> list[int]:
    """Claims of the links behind these edges."""
    return [row for edge in edges for row in needs.links.rows_of(int(needs.edge_link[edge]))]


_NOT_COUNTED = {
    "en": {"actual": "actual", "planned": "planned", "cancelled": "cancelled", "too_old": "too old"},
    "ru": {"actual": "действующих", "planned": "планов", "cancelled": "отменённых", "too_old": "старых"},
}


def left_out(context: Context, unit: int) -> LeftOut:
    """How many supply claims into a unit pass every filter but the status or the age."""
    return left_out_of(context, context.snapshot.rows_to(unit, "SUPPLIES"))


def left_out_of(context: Context, rows: Rows) -> LeftOut:
    """How many of these claims pass every filter but the status or the age."""
    snapshot, filters = context.snapshot, context.filters
    found: LeftOut = {}
    others = tuple(status for status in STATUSES if status not in filters.statuses)
    if others:
        wider = rows[visible(snapshot, replace(filters, statuses=others))[rows]]
        for status in others:
            number = int(np.count_nonzero(snapshot.claims["status"][wider] == snapshot.code(status)))
            if number:
                found[status] = number
    if filters.max_age is not None:
        ageless = visible(snapshot, replace(filters, max_age=None))[rows] & ~visible(snapshot, filters)[rows]
        if ageless.any():
            found["too_old"] = int(np.count_nonzero(ageless))
    return found


def left_out_part(left: LeftOut) -> dict[str, LeftOut]:
    """The member ``left_out``, where there is anything to say."""
    return {"left_out": left} if left else {}


def unnamed_suppliers(context: Context, unit: int) -> tuple[str, list[str]]:
    """Suppliers whom sources count and do not name: the end of a sentence that finds nobody, and its claims."""
    groups = group_items(context, group_rows(context, unit, "UNNAMED_SUPPLIERS_OF"))
    counted = counted_min(groups)
    if not counted:
        return "", []
    words = say(
        context.lang,
        en=f"; sources count at least {counted} suppliers",
        ru=f"; источники насчитывают поставщиков: не менее {counted}",
    )
    return words, [claim for group in groups for claim in group["claims"]]


def left_out_words(left: LeftOut, lang: str) -> str:
    """The end of the sentence: how many claims do not count, and why, where some do not."""
    if not left:
        return "."
    words = _NOT_COUNTED[lang]
    return say(
        lang,
        en="; not counted: " + ", ".join(f"{number} {words[why]}" for why, number in left.items()) + ".",
        ru="; не учтено: " + ", ".join(f"{words[why]} — {number}" for why, number in left.items()) + ".",
    )


def _amount(context: Context, amounts: Intervals, position: int) -> Amount | None:
    if amounts.unit[position] < 0:
        return None
    low, high = float(amounts.low[position]), float(amounts.high[position])
    return Amount(
        low=None if np.isnan(low) else low, high=None if np.isnan(high) else high,
        unit=context.snapshot.terms[amounts.unit[position]], per_year=True,
    )  # fmt: skip
