"""Whom a plant or company feeds, to tier N downstream."""

from __future__ import annotations

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context
from graph_service.questions.dependency.tier_walk import TierList, TierParams, tier_answer, tier_twin, tiers_from_server
from graph_service.questions.question import Question


def answer(context: Context, params: TierParams) -> Answer:
    """Customers by tier, name and id, with counted groups beside them."""
    return tier_answer(context, params, upstream=False)


QUESTION = Question(
    name="dependency.customers",
    route="/entities/{id}/customers",
    title={"en": "Customers by tier", "ru": "Покупатели по уровням"},
    doc={
        "en": (
            "Whom this plant or company supplies, and whom they supply, up to `tiers` links away: the same walk as "
            "for suppliers, downstream. Shares are those of the seller's sales."
        ),
        "ru": (
            "Кому поставляет этот завод или компания и кому поставляют покупатели: тот же путь, что у поставщиков, "
            "вниз по цепи. Доли — в продажах продавца."
        ),
    },
    params=TierParams,
    result=TierList,
    answer=answer,
    example={"id": "Волжский трубный завод", "tiers": 1},
    twin=lambda context, params: tier_twin(context, params, upstream=False),
    from_server=lambda context, params, run: tiers_from_server(context, params, run, upstream=False),
)
