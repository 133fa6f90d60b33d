"""Who supplies a plant or company, to tier N, with the evidence of each link."""

from __future__ import annotations

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context
from graph_service.questions.dependency.tier_walk import TierList, TierParams, tier_answer, tier_twin, tiers_from_server
from graph_service.questions.question import Question


def answer(context: Context, params: TierParams) -> Answer:
    """Suppliers by tier, name and id, with counted groups beside them."""
    return tier_answer(context, params, upstream=True)


QUESTION = Question(
    name="dependency.suppliers",
    route="/entities/{id}/suppliers",
    title={"en": "Suppliers by tier", "ru": "Поставщики по уровням"},
    doc={
        "en": (
            "Who supplies this plant or company, and who supplies them, up to `tiers` links away. Each supplier has "
            "the tier in which it is first reached and the links of the last step: product, status, share of the "
            "buyer's need, age. Counted but unnamed suppliers are listed as groups and never walked through. A walk "
            "follows stated SUPPLIES only; nothing is passed between a company and its plants."
        ),
        "ru": (
            "Кто поставляет этому заводу или компании и кто поставляет поставщикам, до выбранного уровня. У каждого — "
            "уровень, на котором он встретился, и связи последнего шага: продукт, статус, доля в закупках, возраст. "
            "Неназванные поставщики — группами."
        ),
    },
    params=TierParams,
    result=TierList,
    answer=answer,
    example={"id": "Волжский трубный завод", "tiers": 2},
    twin=lambda context, params: tier_twin(context, params, upstream=True),
    from_server=lambda context, params, run: tiers_from_server(context, params, run, upstream=True),
)
