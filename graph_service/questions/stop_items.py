"""Why a unit stops: the needs that fire one after another, as answers show them."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from graph_service.analysis.needs import Needs
from graph_service.analysis.shocks import Fuse, Stopped
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import edge_rows, need_rows
from graph_service.questions.wording import say


class CauseItem(TypedDict):
    """One need that is no longer met: its buyer stops because all its known suppliers have stopped."""

    unit: EntityItem
    product: NotRequired[EntityItem]
    suppliers: list[EntityItem]
    text: str
    claims: list[str]


def cause_item(context: Context, needs: Needs, own: Fuse, need: int) -> CauseItem:
    """A need that fired, with the claims it and its links rest on, those of no stated product too where they count."""
    edges = own.link[own.by_need.of(need)].tolist()
    suppliers = context.by_name({int(needs.edge_supplier[edge]) for edge in edges})
    named = {int(needs.edge_supplier[edge]) for edge in needs.by_need.of(need).tolist()}
    item = CauseItem(
        unit=context.item(int(needs.buyer[need])),
        suppliers=[context.item(supplier) for supplier in suppliers],
        text=_text(context, needs, need, suppliers, named),
        claims=context.claim_ids([*need_rows(context, needs, need), *edge_rows(needs, edges)]),
    )
    if product := context.product_item(int(needs.product[need])):
        item["product"] = product
    return item


def cause_of(context: Context, needs: Needs, own: Fuse, stopped: Stopped, unit: int) -> CauseItem | None:
    """The need that fired for a unit; None where it was switched off itself."""
    need = int(stopped.need[unit])
    return None if need < 0 else cause_item(context, needs, own, need)


def _text(context: Context, needs: Needs, need: int, suppliers: list[int], named: set[int]) -> str:
    lang, product = context.lang, int(needs.product[need])
    own = [context.name(supplier) for supplier in suppliers if supplier in named]
    others = [context.name(supplier) for supplier in suppliers if supplier not in named]
    what = say(lang, en="something", ru="что-то") if product < 0 else context.name(product)
    whole = needs.complete[need] == 1
    vital = needs.essential[need] == 1
    buyer = context.name(int(needs.buyer[need]))
    if lang == "ru":
        only = "единственный" if len(own) == 1 else "все"
        known = "" if whole else "известный " if len(own) == 1 else "известные "
        supplier = "поставщик" if len(own) == 1 else "поставщики"
        also = f"; может быть, и {', '.join(others)}: что поставляет, не сказано" if others else ""
        end = "без этого не работает" if vital else "может ли работать без этого, неизвестно"
        return f"{buyer}: {what} — {only} {known}{supplier}: {', '.join(own)}{also}; {end}"
    also = f" or {', '.join(others)}, of whom it is not stated what they supply" if others else ""
    only = "only from" if whole else "as far as is known only from"
    end = " and cannot work without it" if vital else "; whether it can work without it is not known"
    return f"{buyer} gets {what} {only} {', '.join(own)}{also}{end}"
