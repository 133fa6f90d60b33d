"""With which regions and countries a region trades, both ways and within itself."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, cast

import numpy as np
import numpy.typing as npt
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.flows import Flow, flows, most_linked, total_values
from graph_service.analysis.link_columns import LinkColumns, link_columns
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import LeftOut, left_out_of, left_out_part, left_out_words
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.values import AmountItem, amount_item
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import NOBODY, Ints, Mask

TOP_PRODUCTS = 5
CLAIMS_SHOWN = 50
_DIRECTIONS = ("inside", "out", "in")


class FlowParams(ProductParams, PageParams):
    """Whose flows, and how finely the other side is told apart."""

    id: Annotated[str, Field(description="The region, federal district or country: id, ISO code or name.")]
    by: Annotated[
        Literal["region", "country"],
        Field(description="A row for each region of the other side where it is known, or only for each country."),
    ] = "region"


class Trade(TypedDict):
    """What links come to: a high end is left out where the value of some link is not known.

    The products are those of most links; the claims are the chosen one of each of the first links.
    """

    link_count: int
    values: list[AmountItem]
    valued: int
    products: list[EntityItem]
    claims: list[str]
    claims_left_out: NotRequired[int]


class FlowItem(Trade):
    """The links of one direction with one place; what is known of the place: a region, a country, nothing."""

    direction: str
    entity: NotRequired[EntityItem]
    known: str
    may_be_inside: NotRequired[bool]


class ExportItem(Trade):
    """What goes abroad to one country, as the exporters state it."""

    entity: EntityItem


class FlowList(TypedDict):
    """Within, out, in; each by number of links, then name; the unknown last."""

    of: EntityItem
    items: list[FlowItem]
    total: int
    by_direction: dict[str, int]
    exports: list[ExportItem]
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: FlowParams) -> Answer:
    """Group the links of a region by where the other side is; exports by country beside them."""
    snapshot = context.snapshot
    region = context.entity(params.id, types=("Region", "Country"))
    inside, places = _inside(context, region), _places(context, params)
    rows = np.flatnonzero(_touching(context, "SUPPLIES", inside))
    found = link_columns(snapshot, context.kept(rows), context.valid_at)
    every = sorted(flows(found, inside, places), key=lambda flow: _order(context, flow))
    page = every[params.shown]
    items = [_flow_item(context, region, found, flow) for flow in page]
    sold = np.flatnonzero(_touching(context, "EXPORTS_TO", inside))
    exports = _exports(context, link_columns(snapshot, context.kept(sold), context.valid_at))
    by_direction = {d: sum(len(flow.links) for flow in every if flow.direction == d) for d in _DIRECTIONS}
    missing = left_out_of(context, np.concatenate([rows, sold]))
    shown: list[Trade] = [*items, *exports]
    return Answer(
        summary=_summary(context, region, every, by_direction, exports, missing),
        data={
            "of": context.item(region), "items": items, "total": len(every),
            "by_direction": by_direction, "exports": exports, **left_out_part(missing),
        },
        evidence=list(dict.fromkeys(claim for item in shown for claim in item["claims"])),
        next_cursor=params.next_cursor(len(every)),
    )  # fmt: skip


def _inside(context: Context, region: int) -> Mask:
    """Whose home is the region or lies in it."""
    homes = context.snapshot.homes
    own = [p for p in np.unique(homes).tolist() if p >= 0 and (p == region or region in _around(context, p))]
    inside: Mask = np.isin(homes, own)
    return inside


def _around(context: Context, place: int) -> tuple[int, ...]:
    return context.snapshot.places.around(place)


def _places(context: Context, params: FlowParams) -> Ints:
    """The home of each entity; by country, the country that it lies in."""
    homes = context.snapshot.homes
    if params.by == "region":
        return homes
    places = homes.copy()
    for place in np.unique(homes[homes >= 0]).tolist():
        country = next((p for p in (place, *_around(context, place)) if context.snapshot.label(p) == "Country"), place)
        places[homes == place] = country
    return places


def _touching(context: Context, relation: str, inside: Mask) -> Mask:
    c = context.snapshot.claims
    is_one: Mask = context.snapshot.is_type(relation)
    rows = np.flatnonzero(is_one)
    is_one[rows] = inside[c["from"][rows]] | inside[c["to"][rows]]
    return is_one


def _order(context: Context, flow: Flow) -> tuple[int, bool, int, str, str]:
    name, own = (context.name(flow.place), context.snapshot.entity_ids[flow.place]) if flow.place >= 0 else ("", "")
    return _DIRECTIONS.index(flow.direction), flow.place < 0, -len(flow.links), name, own


def _flow_item(context: Context, region: int, found: LinkColumns, flow: Flow) -> FlowItem:
    place = region if flow.direction == "inside" else flow.place
    known = "nothing" if place == NOBODY else context.snapshot.label(place).lower()
    trade = _trade(context, found, flow.links)
    item = cast("FlowItem", {"direction": flow.direction, "known": known, **trade})
    if place != NOBODY:
        item["entity"] = context.item(place)
    if flow.direction != "inside" and (place == NOBODY or place in _around(context, region)):
        item["may_be_inside"] = True
    return item


def _trade(context: Context, found: LinkColumns, links: npt.NDArray[np.int64]) -> Trade:
    values, valued = total_values(context.snapshot, found, links)
    chosen = found.rows[found.offsets[links[:CLAIMS_SHOWN]]]
    trade = Trade(
        link_count=len(links),
        values=[shown for amount in values if (shown := amount_item(amount))],
        valued=valued,
        products=[context.item(product) for product in most_linked(found.product, links)[:TOP_PRODUCTS]],
        claims=context.claim_ids(chosen.tolist()),
    )
    if len(links) > CLAIMS_SHOWN:
        trade["claims_left_out"] = len(links) - CLAIMS_SHOWN
    return trade


def _exports(context: Context, found: LinkColumns) -> list[ExportItem]:
    by_country: dict[int, npt.NDArray[np.int64]] = {
        int(country): np.flatnonzero(found.target == country) for country in np.unique(found.target)
    }
    ordered = sorted(by_country, key=lambda p: (-len(by_country[p]), context.name(p), context.snapshot.entity_ids[p]))
    return [ExportItem(entity=context.item(place), **_trade(context, found, by_country[place])) for place in ordered]


def _summary(
    context: Context, region: int, every: list[Flow], numbers: dict[str, int], exports: list[ExportItem],
    missing: LeftOut,
) -> str:  # fmt: skip
    lang, name = context.lang, context.name(region)
    left = left_out_words(missing, lang)
    if not any(numbers.values()):
        text = say(
            lang, en=f"No link of {name} is known; that is no proof that there is none",
            ru=f"{name}: связи неизвестны; это не значит, что их нет",
        )  # fmt: skip
        return text + left
    unknown = sum(len(flow.links) for flow in every if flow.direction != "inside" and flow.place < 0)
    text = say(
        lang,
        en=f"{name}: {count(numbers['inside'], 'link', 'en')} within, {numbers['out']} out, {numbers['in']} in",
        ru=f"{name}: связей внутри {numbers['inside']}, наружу {numbers['out']}, извне {numbers['in']}",
    )
    if unknown:
        text += say(
            lang, en=f"; of {unknown} it is not known where the other side is",
            ru=f"; у {unknown} неизвестно, где другая сторона",
        )  # fmt: skip
    if exports:
        text += say(
            lang, en=f"; exports to {count(len(exports), 'country', 'en')}", ru=f"; стран экспорта: {len(exports)}"
        )
    return text + left


QUESTION = Question(
    name="cooperation.region_flows",
    route="/regions/{id}/cooperation",
    title={"en": "Flows of a region", "ru": "Потоки региона"},
    doc={
        "en": (
            "With which regions and countries a region trades: the links within it, out of it and into it, by where "
            "the other side is, with their number (exact), their value a year by currency, and the products with most "
            "links. Where the other side is known only to its country, or not at all, it has a row of its own and may "
            "even be inside. A sum has no upper end while the value of one of its links is unknown. Exports stated by "
            "country stand beside. Only actual links count unless `status` says otherwise."
        ),
        "ru": (
            "С какими регионами и странами торгует регион: связи внутри, наружу и извне по месту другой стороны — их "
            "число (точное), сумма за год по валютам, главные продукты. Если о другой стороне известна только страна "
            "или ничего, это отдельная строка. У суммы нет верхней границы, пока неизвестна стоимость хоть одной. "
            "Экспорт по странам — рядом. Считаются действующие связи, если не сказано иначе."
        ),
    },
    params=FlowParams,
    result=FlowList,
    answer=answer,
    default_statuses=("actual",),
    about=("Region", "Country"),
    example={"id": "RU-VGG"},
    twin=lambda context, params: (
        ("region_flows", {"id": context.snapshot.entity_ids[context.entity(params.id, types=("Region", "Country"))]})
        if params.by == "region"
        else None
    ),
)
