"""What goes into a product, level by level, and how many units are known to make each material."""

from __future__ import annotations

from itertools import islice
from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.links import Amount
from graph_service.analysis.materials import Material, PerUnit, explode
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.values import AmountItem, amount_item
from graph_service.questions.wording import count, quoted, say

MAX_LINES = 10_000


class MaterialParams(Params, PageParams):
    """Of which product, how deep."""

    id: Annotated[str, Field(description="The product: id, name or OKPD2 code.")]
    levels: Annotated[int, Field(ge=1, le=30, description="How many levels deep.")] = 10


class MaterialItem(TypedDict):
    """A material; ``amount`` per unit of what it goes into, ``total`` per unit of the product asked about."""

    level: int
    product: EntityItem
    goes_into: EntityItem
    amount: NotRequired[AmountItem]
    total_amount: NotRequired[AmountItem]
    substitutable: NotRequired[bool]
    cycle: NotRequired[bool]
    makers: int
    claims: list[str]


class MaterialList(TypedDict):
    """Each material below what it goes into."""

    of: EntityItem
    items: list[MaterialItem]
    total: int


def answer(context: Context, params: MaterialParams) -> Answer:
    """The exploded bill of materials."""
    snapshot = context.snapshot
    product = context.entity(params.id, types=("Product",))
    lines = list(islice(explode(snapshot, context.mask, product, params.levels), MAX_LINES + 1))
    is_cut = len(lines) > MAX_LINES
    lines = lines[:MAX_LINES]
    page = lines[params.shown]
    items = [_item(context, line) for line in page]
    distinct = {line.product for line in lines}
    unmade = sum(_makers(context, material) == 0 for material in distinct)
    amounts = sum(line.total is not None for line in lines)
    return Answer(
        summary=_summary(context, product, lines, len(distinct), amounts, unmade),
        data={"of": context.item(product), "items": items, "total": len(lines)},
        coverage={"named": len(distinct), "amounts_known": amounts},
        evidence=context.claim_ids(row for line in page for row in line.rows),
        truncated=is_cut or any(line.level == params.levels and _goes_on(context, line) for line in lines),
        explored={"edges": len(lines)},
        next_cursor=params.next_cursor(len(lines)),
    )


def _goes_on(context: Context, line: Material) -> bool:
    """Whether there is more below a line of the last level."""
    return not line.is_cycle and len(context.kept(context.snapshot.rows_from(line.product, "REQUIRES"))) > 0


def _makers(context: Context, product: int) -> int:
    rows = context.kept(context.snapshot.rows_to(product, "PRODUCES"))
    return len(np.unique(context.snapshot.claims["from"][rows]))


def _item(context: Context, line: Material) -> MaterialItem:
    item = MaterialItem(
        level=line.level, product=context.item(line.product), goes_into=context.item(line.of),
        makers=_makers(context, line.product), claims=context.claim_ids(line.rows),
    )  # fmt: skip
    if amount := _per_unit(line.amount):
        item["amount"] = amount
    if total := _per_unit(line.total):
        item["total_amount"] = total
    if line.is_substitutable is not None:
        item["substitutable"] = line.is_substitutable
    if line.is_cycle:
        item["cycle"] = True
    return item


def _per_unit(amount: PerUnit | None) -> AmountItem | None:
    if amount is None:
        return None
    return amount_item(Amount(low=amount.low, high=amount.high, unit=amount.unit, per_year=False))


def _summary(context: Context, product: int, lines: list[Material], distinct: int, amounts: int, unmade: int) -> str:
    lang, name = context.lang, context.name(product)
    if not lines:
        return say(
            lang, en=f"What goes into {name} is not known.", ru=f"Из чего делают {quoted(name)}, неизвестно."
        )  # fmt: skip
    deepest = max(line.level for line in lines)
    return say(
        lang,
        en=f"{name}: {count(distinct, 'material', 'en')} on {count(deepest, 'level', 'en')}; the amount per "
        f"unit is known of {amounts or 'none'} of {count(len(lines), 'line', 'en')}; of {unmade or 'none'} no maker is "
        "known.",
        ru=f"{name}: материалов {distinct}, уровней {deepest}; строк с известным количеством на единицу {amounts} из "
        f"{len(lines)}; изготовитель неизвестен у {unmade}.",
    )


QUESTION = Question(
    name="dependency.bill_of_materials",
    route="/entities/{id}/bill-of-materials",
    title={"en": "Bill of materials", "ru": "Состав изделия"},
    doc={
        "en": (
            "What goes into a product, what goes into that, and so on, as far as sources say. `amount` is per unit of "
            "what the material goes into, `total_amount` per unit of the product asked about; it is given where the "
            "units of the steps meet. A material that contains itself is shown and not followed. `makers` counts the "
            "units known to make it: none known is no proof that nobody does."
        ),
        "ru": (
            "Из чего делают продукт, из чего делают то, и так далее, насколько сказано в источниках. Количество — на "
            "единицу того, куда материал идёт, и на единицу самого продукта, если единицы измерения стыкуются. "
            "Показано, сколько известно изготовителей каждого материала."
        ),
    },
    params=MaterialParams,
    result=MaterialList,
    answer=answer,
    about=("Product",),
    example={"id": "Алюминий и сплавы"},
)
