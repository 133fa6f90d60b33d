"""Where a region exports to, and which of its plants do."""

from __future__ import annotations

from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import Link, links
from graph_service.analysis.regions import inside
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.link_items import LinkItem, link_item
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.values import tally
from graph_service.questions.wording import count, noun, say

PLACES = ("Region", "Country", "City")


class RegionExportParams(ProductParams, PageParams):
    """Whose exports."""

    id: Annotated[str, Field(description="The region, country or town: ISO 3166-2 code, id or name.")]


class ExporterLink(LinkItem):
    """What one exporter sells there."""

    exporter: EntityItem


class RegionMarket(TypedDict):
    """One market and the exporters that are known."""

    country: EntityItem
    iso: NotRequired[str]
    exporters: int
    links: list[ExporterLink]


class RegionExports(TypedDict):
    """Markets by number of exporters, then by name."""

    of: EntityItem
    items: list[RegionMarket]
    total: int
    by_status: dict[str, int]
    exporters_total: int


def answer(context: Context, params: RegionExportParams) -> Answer:
    """All known export links of the units inside a place, by market."""
    snapshot, c = context.snapshot, context.snapshot.claims
    place = context.entity(params.id, types=PLACES)
    rows = context.kept(np.flatnonzero(snapshot.is_type("EXPORTS_TO")))
    rows = rows[inside(snapshot, [place])[c["from"][rows]]]
    rows = rows[c["to"][rows] != place]
    by_market: dict[int, list[Link]] = {}
    for link in links(snapshot, rows, context.valid_at):
        by_market.setdefault(link.target, []).append(link)
    exporters = {market: {link.source for link in own} for market, own in by_market.items()}
    order = sorted(by_market, key=lambda market: (-len(exporters[market]), context.name(market)))
    page = order[params.shown]
    items = [_item(context, market, by_market[market], len(exporters[market])) for market in page]
    statuses = [link.status for own in by_market.values() for link in own]
    everybody = set().union(*exporters.values()) if exporters else set()
    return Answer(
        summary=_summary(context, place, order, len(everybody)),
        data={
            "of": context.item(place), "items": items, "total": len(order),
            "by_status": tally(statuses),
            "exporters_total": len(everybody),
        },
        evidence=list(dict.fromkeys(claim for item in items for link in item["links"] for claim in link["claims"])),
        next_cursor=params.next_cursor(len(order)),
    )  # fmt: skip


def _item(context: Context, market: int, own: list[Link], exporters: int) -> RegionMarket:
    own = sorted(own, key=lambda link: (context.name(link.source), link.source, link.product))
    found: list[ExporterLink] = [{"exporter": context.item(link.source), **link_item(context, link)} for link in own]
    item = RegionMarket(country=context.item(market), exporters=exporters, links=found)
    if iso := context.snapshot.attributes[market].get("iso"):
        item["iso"] = str(iso)
    return item


def _summary(context: Context, place: int, markets: list[int], exporters: int) -> str:
    lang, where = context.lang, context.name(place)
    if not markets:
        return say(
            lang, en=f"No export of anybody in {where} is known; that is no proof that there is none.",
            ru=f"{where}: экспорт предприятий неизвестен; это не значит, что его нет.",
        )  # fmt: skip
    first = ", ".join(context.name(market) for market in markets[:5]) + ("…" if len(markets) > 5 else "")
    return say(
        lang,
        en=f"{where}: {count(len(markets), 'market', 'en')} of {exporters} known {noun('exporter', exporters, 'en')} "
        f"({first}).",
        ru=f"{where}: {count(len(markets), 'market', 'ru')}, известных экспортёров {exporters} ({first}).",
    )


QUESTION = Question(
    name="exports.region_exports",
    route="/regions/{id}/exports",
    title={"en": "Exports of a region", "ru": "Экспорт региона"},
    doc={
        "en": (
            "Where the plants and companies of a region, country or town export to, as far as sources say: market, "
            "exporters, products, status, share of sales where stated, age and evidence. Units of unknown place are "
            "not among them."
        ),
        "ru": (
            "Куда вывозят предприятия региона, страны или города, насколько известно: рынок, экспортёры, продукты, "
            "статус, доля в продажах, если названа, возраст и основание. Предприятий без известного места здесь нет."
        ),
    },
    params=RegionExportParams,
    result=RegionExports,
    answer=answer,
    about=PLACES,
    example={"id": "RU-VGG"},
)
