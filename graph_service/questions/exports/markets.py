"""Where a plant or company exports to."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import links
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.groups import GroupItem, counted_min, group_items, group_rows
from graph_service.questions.link_items import LinkItem, link_item
from graph_service.questions.question import PageParams, ProductParams, Question, Run
from graph_service.questions.server_rows import rows_of
from graph_service.questions.values import tally
from graph_service.questions.wording import count, say


class ExportParams(ProductParams, PageParams):
    """Whose exports."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]


class MarketItem(TypedDict):
    """One country with what goes there."""

    country: EntityItem
    iso: NotRequired[str]
    status: str
    links: list[LinkItem]


class MarketList(TypedDict):
    """Countries by name."""

    of: EntityItem
    items: list[MarketItem]
    total: int
    by_status: dict[str, int]
    groups: list[GroupItem]


def answer(context: Context, params: ExportParams) -> Answer:
    """Export markets with products, shares and age; counted markets beside them."""
    unit = _unit(context, params)
    return _listed(context, params, context.kept(context.snapshot.rows_from(unit, "EXPORTS_TO")).tolist())


def _from_server(context: Context, params: ExportParams, run: Run) -> Answer:
    return _listed(context, params, rows_of(context, (claim for row in run() for claim in row["claims"])))


def _unit(context: Context, params: ExportParams) -> int:
    return context.snapshot.unit(context.entity(params.id, types=ACTORS))


def _listed(context: Context, params: ExportParams, rows: list[int]) -> Answer:
    unit = _unit(context, params)
    found: dict[int, list[LinkItem]] = {}
    for link in links(context.snapshot, rows, context.valid_at):
        found.setdefault(link.target, []).append(link_item(context, link))
    countries = context.by_name(found)
    items = [_item(context, country, found[country]) for country in countries]
    groups = group_items(context, group_rows(context, unit, "UNNAMED_MARKETS_OF"))
    counted = max(len(items), counted_min(groups))
    page = items[params.shown]
    claims = [claim for item in page for link in item["links"] for claim in link["claims"]]
    claims += [claim for group in groups for claim in group["claims"]]
    shares = sum("sales_share" in link for item in items for link in item["links"])
    statuses = [item["status"] for item in items]
    return Answer(
        summary=_summary(context, unit, items, counted, shares),
        data={
            "of": context.item(unit), "items": page, "total": len(items),
            "by_status": tally(statuses), "groups": groups,
        },
        evidence=list(dict.fromkeys(claims)),
        coverage={"named": len(items), "counted_min": counted, "shares_known": shares},
        next_cursor=params.next_cursor(len(items)),
    )  # fmt: skip


def _item(context: Context, country: int, found: list[LinkItem]) -> MarketItem:
    actual = any(link["status"] == "actual" for link in found)
    item = MarketItem(country=context.item(country), status="actual" if actual else found[0]["status"], links=found)
    if iso := context.snapshot.attributes[country].get("iso"):
        item["iso"] = str(iso)
    return item


def _summary(context: Context, unit: int, items: list[MarketItem], counted: int, shares: int) -> str:
    lang, name = context.lang, context.name(unit)
    if not items:
        if counted:
            return say(
                lang, en=f"{name} exports to at least {count(counted, 'country', 'en')}; none is named.",
                ru=f"{name}: экспорт не менее чем в {counted} стран, ни одна не названа.",
            )  # fmt: skip
        return say(
            lang, en=f"No export market of {name} is known; that is no proof that there are none.",
            ru=f"{name}: рынки экспорта неизвестны; это не значит, что их нет.",
        )  # fmt: skip
    names = ", ".join(item["country"]["name"] for item in items[:8]) + ("…" if len(items) > 8 else "")
    more = say(lang, en=f" of at least {counted}", ru=f" из не менее чем {counted}") if counted > len(items) else ""
    known = say(
        lang,
        en="no share of sales is known"
        if not shares
        else f"{count(shares, 'share', 'en')} of sales {'is' if shares == 1 else 'are'} known",
        ru="доли продаж неизвестны" if not shares else f"известных долей продаж: {shares}",
    )
    return f"{name}: {count(len(items), 'market', lang)}{more} ({names}); {known}."


QUESTION = Question(
    name="exports.markets",
    route="/entities/{id}/exports",
    title={"en": "Export markets", "ru": "Рынки экспорта"},
    doc={
        "en": (
            "Where a plant or company sells abroad: country, products, status, share of sales where stated, age and "
            "evidence. Markets that a source only counts (“40 countries”) are groups."
        ),
        "ru": (
            "Куда завод или компания продаёт за рубеж: страна, продукты, статус, доля в продажах, если названа, "
            "возраст и основание. Рынки, которые только посчитаны («40 стран»), — группами."
        ),
    },
    params=ExportParams,
    result=MarketList,
    answer=answer,
    example={"id": "Изопан Рус"},
    twin=lambda context, params: (
        "markets",
        {"id": context.snapshot.entity_ids[_unit(context, params)]},
    ),
    from_server=_from_server,
)
