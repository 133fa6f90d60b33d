"""Who in a region could start to make a product."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.regions import inside
from graph_service.analysis.relatedness import production
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.planning.starters import Starter, starters
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import share_item
from graph_service.questions.wording import quoted, say

PLACES = ("Region", "Country", "City")


class CouldMakeParams(Params, PageParams):
    """Where, what."""

    id: Annotated[str, Field(description="The region, country or town: ISO 3166-2 code, id or name.")]
    product: Annotated[str, Field(description="The product: name, id or OKPD2 code of one product.")]


class StarterItem(TypedDict):
    """A unit, the nearest thing that it makes, and how near that is: by code and by common makers, 0 to 1."""

    entity: EntityItem
    makes: EntityItem
    code_nearness: list[float]
    common_makers: list[float]
    text: str
    claims: list[str]


class CouldMake(TypedDict):
    """The nearest first; ``makers`` are those of the place that make it already."""

    of: EntityItem
    product: EntityItem
    makers: list[EntityItem]
    items: list[StarterItem]
    total: int


def answer(context: Context, params: CouldMakeParams) -> Answer:
    """Makers of near products in the place, with what makes them near."""
    snapshot = context.snapshot
    place = context.entity(params.id, types=PLACES)
    product = context.entity(params.product, types=("Product",), parameter="product")
    units = inside(snapshot, [place])
    found = starters(context, production(snapshot, context.clock_mask), product, units)
    page = found[params.shown]
    made = context.kept(snapshot.rows_to(product, "PRODUCES"))
    made = made[units[snapshot.claims["from"][made]]]
    makers = context.by_name(set(snapshot.claims["from"][made].tolist()))
    return Answer(
        summary=_summary(context, place, product, found, len(makers)),
        data={
            "of": context.item(place), "product": context.item(product),
            "makers": [context.item(maker) for maker in makers],
            "items": [starter_item(context, one) for one in page], "total": len(found),
        },
        evidence=context.claim_ids([*made.tolist(), *(row for one in page for row in one.rows)]),
        explored={"units": int(units.sum())},
        next_cursor=params.next_cursor(len(found)),
    )  # fmt: skip


def starter_item(context: Context, one: Starter) -> StarterItem:
    """One unit that could start."""
    return StarterItem(
        entity=context.item(one.unit), makes=context.item(one.product),
        code_nearness=share_item((one.code, one.code)) or [],
        common_makers=share_item((one.related, one.related)) or [],
        text=say(
            context.lang, en=f"{context.name(one.unit)} makes {context.name(one.product)}",
            ru=f"{context.name(one.unit)} делает: {context.name(one.product)}",
        ),
        claims=context.claim_ids(one.rows),
    )  # fmt: skip


def _summary(context: Context, place: int, product: int, found: list[Starter], makers: int) -> str:
    lang, where, what = context.lang, context.name(place), context.name(product)
    already = "makes" if makers == 1 else "make"
    if not found:
        return say(
            lang, en=f"Nobody in {where} is known to make anything near {what}; {makers} {already} it already.",
            ru=f"{where}: неизвестно, кто делает что-то близкое к {quoted(what)}; сам продукт делают {makers}.",
        )  # fmt: skip
    return say(
        lang,
        en=f"{len(found)} in {where} {'makes' if len(found) == 1 else 'make'} something near {what}, "
        f"{context.name(found[0].unit)} first; {makers} {already} it already.",
        ru=f"{where}: близкое к {quoted(what)} делают {len(found)}, первый — {context.name(found[0].unit)}; сам "
        f"продукт делают {makers}.",
    )


QUESTION = Question(
    name="planning.could_make",
    route="/regions/{id}/could-make",
    title={"en": "Who could make it here", "ru": "Кто здесь мог бы делать"},
    doc={
        "en": (
            "Which units of a region, country or town make something near a product and so could start to make it. "
            "Near is what shares the first levels of its OKPD2 code, from 25.1 on, or what the same firms tend to "
            "make: those who make both over the makers of the more common one (Hidalgo and others, 2007). A list of "
            "ideas to check, no statement that anybody can."
        ),
        "ru": (
            "Какие предприятия региона, страны или города делают что-то близкое к продукту и могли бы начать делать "
            "его: общие первые уровни кода ОКПД2, от 25.1, или продукты, которые часто делают вместе. Это идеи для "
            "проверки, а не утверждение, что кто-то может."
        ),
    },
    params=CouldMakeParams,
    result=CouldMake,
    answer=answer,
    about=PLACES,
    example={"id": "RU-VGG", "product": "Трубы большого диаметра"},
)
