"""What the plants of a region need and nobody there is known to make or supply."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.needs import Needs
from graph_service.analysis.regions import inside
from graph_service.analysis.relatedness import Production, production
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import edge_rows, need_rows, needs_of_graph
from graph_service.questions.planning.could_make import PLACES, StarterItem, starter_item
from graph_service.questions.planning.starters import starters
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Mask

_SHOWN = 5
_NAMED = 3


class UnmetNeedParams(ProductParams, PageParams):
    """Where."""

    id: Annotated[str, Field(description="The region, country or town: ISO 3166-2 code, id or name.")]


class UnmetNeedItem(TypedDict):
    """A product that is needed and not made there; nobody in ``bought_from`` = who supplies it is not known."""

    product: EntityItem
    buyers: list[EntityItem]
    buyers_total: int
    bought_from: list[EntityItem]
    makers_elsewhere: int
    could_make: list[StarterItem]
    could_make_total: int
    claims: list[str]


class UnmetNeedList(TypedDict):
    """By number of buyers, then by name."""

    of: EntityItem
    items: list[UnmetNeedItem]
    total: int
    needed: int
    units: int
    product_unknown: NotRequired[int]


def answer(context: Context, params: UnmetNeedParams) -> Answer:
    """Products needed in the place without a known maker or supplier in it."""
    snapshot = context.snapshot
    place = context.entity(params.id, types=PLACES)
    units = inside(snapshot, [place]) & snapshot.of_type(*ACTORS)
    needs = needs_of_graph(context)
    by_product: dict[int, list[int]] = defaultdict(list)
    filters = context.filters
    for need in np.flatnonzero(units[needs.buyer]).tolist():
        product = int(needs.product[need])
        if (filters.products is None or product in filters.products) and product not in filters.without_products:
            by_product[product].append(need)
    unknown = len(by_product.pop(-1, ()))
    made = production(snapshot, context.clock_mask)
    made_here = set(made.product[units[made.unit]].tolist())
    local = units[needs.edge_supplier] & units[needs.buyer[needs.edge_need]]
    met_here = made_here | set(needs.product[needs.edge_need[local]].tolist())
    unmet = [product for product in by_product if product not in met_here]
    unmet.sort(key=lambda product: (-len(_buyers(needs, by_product[product])), context.name(product)))
    page = unmet[params.shown]
    items = [_item(context, needs, made, product, by_product[product], units) for product in page]
    data: UnmetNeedList = {
        "of": context.item(place), "items": items, "total": len(unmet), "needed": len(by_product),
        "units": int(units.sum()),
    }  # fmt: skip
    if unknown:
        data["product_unknown"] = unknown
    return Answer(
        summary=_summary(context, place, len(by_product), unmet),
        data=data,
        evidence=list(dict.fromkeys(claim for item in items for claim in item["claims"])),
        explored={"needs": sum(map(len, by_product.values()))},
        next_cursor=params.next_cursor(len(unmet)),
    )


def _buyers(needs: Needs, own: list[int]) -> set[int]:
    return set(needs.buyer[own].tolist())


def _item(context: Context, needs: Needs, made: Production, product: int, own: list[int], units: Mask) -> UnmetNeedItem:
    buyers = context.by_name(_buyers(needs, own))
    edges = [edge for need in own for edge in needs.by_need.of(need).tolist()]
    suppliers = context.by_name({int(needs.edge_supplier[edge]) for edge in edges})
    found = starters(context, made, product, units)
    rows = [row for need in own for row in need_rows(context, needs, need)] + edge_rows(needs, edges)
    return UnmetNeedItem(
        product=context.item(product), buyers=[context.item(buyer) for buyer in buyers[:_SHOWN]],
        buyers_total=len(buyers), bought_from=[context.item(supplier) for supplier in suppliers[:_SHOWN]],
        makers_elsewhere=int(made.makers[product]),
        could_make=[starter_item(context, one) for one in found[:_SHOWN]], could_make_total=len(found),
        claims=context.claim_ids([*rows, *(row for one in found[:_SHOWN] for row in one.rows)]),
    )  # fmt: skip


def _summary(context: Context, place: int, needed: int, unmet: list[int]) -> str:
    lang, where = context.lang, context.name(place)
    if not needed:
        asked = context.filters.products is not None or context.filters.without_products
        return say(
            lang,
            en=f"No need of anybody in {where}{' for these products' if asked else ''} is known; that is no proof that "
            "there are none.",
            ru=f"{where}: потребности предприятий{' в этих продуктах' if asked else ''} неизвестны; это не значит, что "
            "их нет.",
        )
    names = ", ".join(context.name(product) for product in unmet[:_NAMED]) + ("…" if len(unmet) > _NAMED else "")
    first = f" ({names})" if unmet else ""
    return say(
        lang,
        en=f"{where}: of {count(needed, 'product', 'en')} known to be needed {len(unmet)} "
        f"{'has' if len(unmet) == 1 else 'have'} no known maker or "
        f"supplier there{first}.",
        ru=f"{where}: из известных потребностей ({count(needed, 'product', 'ru')}) на месте неизвестен ни "
        f"изготовитель, ни поставщик у {len(unmet)}{first}.",
    )


QUESTION = Question(
    name="planning.unmet_needs",
    route="/regions/{id}/unmet-needs",
    title={"en": "Unmet needs", "ru": "Чего не делают на месте"},
    doc={
        "en": (
            "Which products the plants and companies of a region, country or town need, stated or implied, and "
            "nobody there is known to make or supply: who needs them, from whom they are bought instead, how many "
            "makers are known elsewhere, and who there makes something near and could start. Not known to be made is "
            "no proof that it is not made."
        ),
        "ru": (
            "Какие продукты нужны предприятиям региона, страны или города — названо или следует из поставок и "
            "состава, — и никто там, насколько известно, их не делает и не поставляет: кому нужны, у кого их берут, "
            "сколько известно изготовителей в других местах и кто на месте делает близкое. Неизвестно — не значит, "
            "что не делают."
        ),
    },
    params=UnmetNeedParams,
    result=UnmetNeedList,
    answer=answer,
    about=PLACES,
    example={"id": "RU-VGG"},
)
