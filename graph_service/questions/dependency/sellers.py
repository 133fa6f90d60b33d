"""Who sells a product, or sells to a market, and which part of what is known each of them has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NotRequired

import numpy as np
import numpy.typing as npt
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.concentration import hhi
from graph_service.analysis.export_dependence import SALES
from graph_service.analysis.flows import most_linked
from graph_service.analysis.link_columns import Intervals, LinkColumns, Numbers, link_columns
from graph_service.analysis.links import Amount
from graph_service.analysis.parts import least_together, parts_of_sum, with_what_lies_inside
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import LeftOut, left_out_of, left_out_part, left_out_words
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import AmountItem, amount_item, share_item
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Ints, Mask, Snapshot

_ABOUT = ("Product", "Country")
_SHOWN = 5
"""So many products and buyers of a seller are named, those of most links."""
CLAIMS_SHOWN = 50
MAKERS_SHOWN = 50

_PLACES = ("City", "Region", "Country")

Measure = Literal["value", "quantity"]


class SellerParams(Params, PageParams):
    """Of what, or to where."""

    id: Annotated[str, Field(description="The product or the country: id, ISO code or name.")]


class SellerItem(TypedDict):
    """One seller; the share is of all that several named sellers sell, and left out where it is not known.

    Of the products and the buyers those of most links are named, five at most.
    """

    entity: EntityItem
    share: NotRequired[list[float]]
    value: NotRequired[AmountItem]
    quantity: NotRequired[AmountItem]
    link_count: int
    products: list[EntityItem]
    products_total: int
    buyers: list[EntityItem]
    buyers_total: int
    claims: list[str]
    claims_left_out: NotRequired[int]


class SellerList(TypedDict):
    """By what they sell, then by number of links, then by name; makers without a known sale stand beside them."""

    of: EntityItem
    items: list[SellerItem]
    total: int
    link_count: int
    measured: int
    hhi: NotRequired[list[float]]
    approximate: NotRequired[bool]
    other_makers: list[EntityItem]
    other_makers_total: int
    left_out: NotRequired[LeftOut]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sold:
    """What each seller is known to sell, in the unit of most links (inf = not bounded), which so many links have.

    Where no link states how much at least, ``has_low`` is false and ``low`` is 0.
    """

    measure: Measure
    unit: int
    low: Numbers
    high: Numbers
    has_low: Mask
    links: int


def answer(context: Context, params: SellerParams) -> Answer:
    """Group the sales of a product, or the exports to a country, by who sells."""
    snapshot = context.snapshot
    entity = context.entity(params.id, types=_ABOUT)
    rows = _rows(context, entity)
    found = link_columns(snapshot, context.kept(rows), context.valid_at)
    sellers, party = np.unique(found.source, return_inverse=True)
    sold = _sold(snapshot, found, party, len(sellers))
    low, high = (
        parts_of_sum(sold.low, sold.high)
        if sold and len(sellers) > 1
        else (np.zeros(len(sellers)), np.ones(len(sellers)))
    )
    makers, made_by = _makers(context, entity, sellers)
    number = np.bincount(party, minlength=len(sellers))
    least = sold.low if sold else np.zeros(len(sellers))
    names = snapshot.name_ranks[context.lang][sellers]
    order = np.lexsort((names, -number, -least))
    items = [
        _item(context, found, np.flatnonzero(party == seller), sold, seller, (float(low[seller]), float(high[seller])))
        for seller in order[params.shown].tolist()
    ]
    data = SellerList(
        of=context.item(entity), items=items, total=len(sellers), link_count=len(found),
        measured=sold.links if sold else 0, other_makers=[context.item(maker) for maker in makers[:MAKERS_SHOWN]],
        other_makers_total=len(makers),
    )  # fmt: skip
    known = int(np.count_nonzero((low > 0) | (high < 1))) if sold else 0
    if known and (index := hhi(low, high, (0.0, 0.0), rest_may_join=False)):
        data["hhi"] = share_item((index.low, index.high)) or []
        if index.is_approximate:
            data["approximate"] = True
    left = left_out_of(context, rows)
    made = made_by[np.isin(snapshot.claims["from"][made_by], makers[:MAKERS_SHOWN])]
    claims = [*(claim for item in items for claim in item["claims"]), *context.claim_ids(made.tolist())]
    return Answer(
        summary=_summary(context, entity, data, known) + left_out_words(left, context.lang),
        data={**data, **left_out_part(left)},
        coverage={"named": len(sellers), "shares_known": known},
        evidence=list(dict.fromkeys(claims)),
        next_cursor=params.next_cursor(len(sellers)),
    )


def _rows(context: Context, entity: int) -> Ints:
    """Sales of the product and of what lies inside it, whoever or wherever buys; or exports to the country."""
    snapshot, c = context.snapshot, context.snapshot.claims
    if snapshot.label(entity) == "Country":
        rows = np.flatnonzero(snapshot.is_type("EXPORTS_TO"))
        return np.asarray(rows[c["to"][rows] == entity], np.int32)
    rows = np.flatnonzero(snapshot.is_type(*SALES))
    rows = rows[np.isin(c["product"][rows], _inside(context, entity))]
    return np.asarray(rows[c["from"][rows] != c["to"][rows]], np.int32)


def _inside(context: Context, product: int) -> list[int]:
    return sorted(context.products(context.snapshot.entity_ids[product], "id") or ())


def _sold(snapshot: Snapshot, found: LinkColumns, party: npt.NDArray[np.int64], sellers: int) -> _Sold | None:
    """Amounts in the unit that most links have; a link without one in it, or with one below 0, may be of any size."""
    best: tuple[int, Measure, int] | None = None
    for measure in ("value", "quantity"):
        own = getattr(found, measure)
        units, counts = np.unique(own.unit[_is_amount(own)], return_counts=True)
        for unit, links in zip(units.tolist(), counts.tolist(), strict=True):
            if best is None or links > best[0]:
                best = (links, measure, unit)
    if best is None:
        return None
    links, measure, unit = best
    own = found.value if measure == "value" else found.quantity
    is_own = _is_amount(own) & (own.unit == unit)
    low = np.where(is_own, np.nan_to_num(own.low), 0.0)
    high = np.where(is_own & ~np.isnan(own.high), own.high, np.inf)
    return _Sold(
        measure=measure, unit=unit, links=links, low=_least(snapshot, found, low, party, sellers),
        high=np.bincount(party, high, sellers).astype(np.float64),
        has_low=np.bincount(party[is_own & ~np.isnan(own.low)], minlength=sellers) > 0,
    )  # fmt: skip


def _is_amount(own: Intervals) -> Mask:
    """Where an amount in a unit is known that may be a part of a sum."""
    found: Mask = own.is_known & (own.unit >= 0) & ~(own.low < 0) & ~(own.high < 0)
    return found


def _least(
    snapshot: Snapshot, found: LinkColumns, low: Numbers, party: npt.NDArray[np.int64], sellers: int
) -> Numbers:  # fmt: skip
    """The least that each seller sells.

    Of sales to one buyer one may be a part of another, so may what goes to a region of what goes to one around it, and
    what goes to firms of what goes to their towns, regions or countries.
    """
    starts = np.flatnonzero(np.append(True, (np.diff(found.source) != 0) | (np.diff(found.target) != 0)))
    least = low[starts]
    ends = np.append(starts[1:], len(found))
    for place in np.flatnonzero(ends - starts > 1).tolist():
        links = slice(starts[place], ends[place])
        wholes = with_what_lies_inside(snapshot, found.product[links].tolist())
        least[place] = least_together(low[links].tolist(), wholes)
    kinds = [snapshot.of_type(label)[found.target[starts]] for label in _PLACES]
    kinds.append(~np.logical_or.reduce(kinds))
    sums: list[Numbers] = [np.bincount(party[starts[own]], least[own], sellers).astype(float) for own in kinds]
    sums[_PLACES.index("Region")] = _least_of_regions(
        snapshot, party[starts], found.target[starts], least, kinds[_PLACES.index("Region")], sellers
    )
    return np.asarray(np.maximum.reduce(sums), np.float64)


def _least_of_regions(
    snapshot: Snapshot, party: npt.NDArray[np.int64], target: Ints, least: Numbers, is_region: Mask, sellers: int
) -> Numbers:
    """What each seller sells into regions at least: a district may be said to buy what its regions buy."""
    of_seller: dict[int, list[int]] = {}
    for place in np.flatnonzero(is_region).tolist():
        of_seller.setdefault(int(party[place]), []).append(place)
    total = np.zeros(sellers)
    for seller, places in of_seller.items():
        regions = target[places].tolist()
        around = {region: set(snapshot.places.around(region)) for region in regions}
        wholes = [{region, *(other for other in regions if region in around[other])} for region in regions]
        total[seller] = least_together(least[places].tolist(), wholes)
    return total


def _item(
    context: Context, found: LinkColumns, links: npt.NDArray[np.int64], sold: _Sold | None, seller: int,
    share: tuple[float, float],
) -> SellerItem:  # fmt: skip
    chosen = found.rows[found.offsets[links[:CLAIMS_SHOWN]]]
    products, buyers = most_linked(found.product, links), most_linked(found.target, links)
    item = SellerItem(
        entity=context.item(int(found.source[links[0]])), link_count=len(links),
        products=[context.item(product) for product in products[:_SHOWN]], products_total=len(products),
        buyers=[context.item(buyer) for buyer in buyers[:_SHOWN]], buyers_total=len(buyers),
        claims=context.claim_ids(chosen.tolist()),
    )  # fmt: skip
    if len(links) > CLAIMS_SHOWN:
        item["claims_left_out"] = len(links) - CLAIMS_SHOWN
    if sold is None:
        return item
    if share != (0.0, 1.0):
        item["share"] = share_item(share) or []
    low, high = float(sold.low[seller]), float(sold.high[seller])
    amount = Amount(
        low=low if sold.has_low[seller] else None,
        high=None if np.isinf(high) else high,
        unit=context.snapshot.terms[sold.unit],
        per_year=True,
    )
    if (amount.low, amount.high) != (None, None) and (shown := amount_item(amount)):
        item[sold.measure] = shown
    return item


def _makers(context: Context, entity: int, sellers: Ints) -> tuple[list[int], Ints]:
    """Who makes the product and is not known to sell it to anybody named, by name; and the claims that say so."""
    snapshot, c = context.snapshot, context.snapshot.claims
    if snapshot.label(entity) == "Country":
        return [], np.zeros(0, np.int32)
    rows = context.kept(np.flatnonzero(snapshot.is_type("PRODUCES")))
    rows = rows[np.isin(c["to"][rows], _inside(context, entity)) & ~np.isin(c["from"][rows], sellers)]
    return context.by_name(np.unique(c["from"][rows]).tolist()), np.asarray(rows, np.int32)


def _summary(context: Context, entity: int, data: SellerList, known: int) -> str:
    lang, name, total = context.lang, context.name(entity), data["total"]
    makers, bounded = data["other_makers_total"], count(known, "seller", "en")
    if not total:
        text = say(
            lang, en=f"No seller of {name} is known; that is no proof that there is none",
            ru=f"{name}: продавцы неизвестны; это не значит, что их нет",
        )  # fmt: skip
        if context.snapshot.label(entity) == "Country":
            text = say(
                lang, en=f"No exporter to {name} is known; that is no proof that there is none",
                ru=f"{name}: кто сюда экспортирует, неизвестно; это не значит, что никто",
            )  # fmt: skip
    else:
        text = f"{name}: {count(total, 'known seller', lang)}, {count(data['link_count'], 'link', lang)}; " + say(
            lang,
            en=f"an amount is known of {data['measured']} of them, the share is bounded for {bounded}"
            if data["measured"] and total > 1 else f"an amount is known of {data['measured'] or 'none'}",
            ru=f"объём известен у {data['measured']} из них, границы доли — у {known} из {total}"
            if data["measured"] and total > 1 else f"объём известен у {data['measured']}"
            if data["measured"] else "объём не известен ни у одной",
        )  # fmt: skip
    if makers:
        text += say(
            lang, en=f"; {count(makers, 'maker', 'en')} without a known sale",
            ru=f"; {'ещё ' if total else ''}{count(makers, 'maker', 'ru')} без известных продаж",
        )  # fmt: skip
    return text


QUESTION = Question(
    name="dependency.sellers",
    route="/entities/{id}/sellers",
    title={"en": "Who sells it", "ru": "Кто продаёт"},
    doc={
        "en": (
            "Who sells a product, to firms, into regions or abroad, or who exports to a country, and which part each "
            "has of all that the named sellers sell: by value or quantity a year, in the unit that most links have. A "
            "link without an amount in it may be of any size, and what is sold to firms may be a part of what goes to "
            "their places, so shares are intervals; a share that nothing bounds is left out. `hhi` is the "
            "concentration among the named sellers, from near 0 (many small ones) to 1 (one). Nobody says that the "
            "named ones are all: of the others nothing is known. `other_makers` make the product and are not known to "
            "sell it to anybody named: the first 50 by name, and `other_makers_total` how many in all."
        ),
        "ru": (
            "Кто продаёт продукт предприятиям, в регионы или за рубеж либо экспортирует в страну и какая часть у "
            "каждого во всём, что продают названные: по стоимости или количеству за год, в той единице, которая есть "
            "у большинства связей. Связь без объёма может быть любой, а проданное предприятиям — частью проданного в "
            "их регион или страну, поэтому доли — промежутки, а ничем не ограниченная доля не даётся. Индекс "
            "концентрации считается среди названных; о прочих продавцах ничего не известно. Отдельно — кто делает "
            "этот продукт, но продаж его не известно: первые 50 по названию и сколько их всего."
        ),
    },
    params=SellerParams,
    result=SellerList,
    answer=answer,
    default_statuses=("actual",),
    about=_ABOUT,
    example={"id": "Трубы большого диаметра"},
)
