"""Units anywhere upstream whose stop alone stops a plant or company."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.analysis.chokepoints import Chokepoints, chokepoints
from graph_service.analysis.needs import Needs
from graph_service.analysis.shocks import Fuse, derivation, fuse, stop
from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.need_items import (
    LeftOut,
    left_out,
    left_out_part,
    left_out_words,
    needs_of_graph,
    unnamed_suppliers,
)
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.stop_items import CauseItem, cause_item
from graph_service.questions.wording import quoted, say

Certainty = Literal["certain", "possible"]
_NAMED = 5
"""So many certain ones are named in the sentence."""


class ChokepointParams(Params, PageParams):
    """Whose chokepoints."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]


class ChokepointItem(TypedDict):
    """A unit whose stop stops the one asked about, and by which needs."""

    entity: EntityItem
    certainty: Certainty
    steps: int
    because: list[CauseItem]
    claims: list[str]


class ChokepointList(TypedDict):
    """Certain ones first, then the nearest, then by name."""

    of: EntityItem
    items: list[ChokepointItem]
    total: int
    by_certainty: dict[str, int]
    left_out: NotRequired[LeftOut]


def answer(context: Context, params: ChokepointParams) -> Answer:
    """All chokepoints by the AND-OR fixpoint; the derivation of each one shown."""
    snapshot = context.snapshot
    unit = snapshot.unit(context.entity(params.id, types=ACTORS))
    needs = needs_of_graph(context)
    fuses: dict[Certainty, Fuse] = {"certain": fuse(needs, certain=True), "possible": fuse(needs, certain=False)}
    found = {certainty: chokepoints(needs, own, unit) for certainty, own in fuses.items()}
    certainties: dict[int, Certainty] = dict.fromkeys(found["possible"].units, "possible")
    certainties |= dict.fromkeys(found["certain"].units, "certain")
    ranks = snapshot.name_ranks[context.lang]
    order = sorted(certainties, key=lambda point: (certainties[point] != "certain", int(ranks[point])))
    page = order[params.shown]
    items = [
        _item(context, needs, point, unit, certainties[point], fuses[certainties[point]], found[certainties[point]])
        for point in page
    ]
    counts = {certainty: sum(own == certainty for own in certainties.values()) for certainty in fuses}
    left = left_out(context, unit)
    counted, claims = ("", []) if order else unnamed_suppliers(context, unit)
    return Answer(
        summary=_summary(context, unit, counts, order[: counts["certain"]])
        + counted
        + left_out_words(left, context.lang),
        data={
            "of": context.item(unit), "items": items, "total": len(order),
            "by_certainty": {key: number for key, number in counts.items() if number}, **left_out_part(left),
        },
        bounds={"certain": counts["certain"], "possible": len(order)},
        evidence=list(dict.fromkeys([claim for item in items for claim in item["claims"]] + claims)),
        truncated=any(own.is_cut for own in found.values()),
        explored={"nodes": max(int(own.cone.sum()) for own in found.values())},
        next_cursor=params.next_cursor(len(order)),
    )  # fmt: skip


def _item(
    context: Context, needs: Needs, point: int, unit: int, certainty: Certainty, own: Fuse, found: Chokepoints
) -> ChokepointItem:
    stopped = stop(needs, own, [point], within=found.cone, until=unit)
    causes = [cause_item(context, needs, own, need) for need in derivation(needs, own, stopped, unit)]
    return ChokepointItem(
        entity=context.item(point), certainty=certainty, steps=int(stopped.round[unit]), because=causes,
        claims=list(dict.fromkeys(claim for cause in causes for claim in cause["claims"])),
    )  # fmt: skip


def _summary(context: Context, unit: int, counts: dict[Certainty, int], certain: list[int]) -> str:
    lang, name = context.lang, context.name(unit)
    if not any(counts.values()):
        return say(
            lang,
            en=f"Nobody is known whose stop alone would stop {name}; that is no proof that there is nobody",
            ru=f"Не известно никого, чья остановка одна остановила бы {quoted(name)}; это не значит, что таких нет",
        )
    if not counts["certain"]:
        return say(
            lang,
            en=f"{name}: nobody is known to stop it alone for certain; possibly any of {counts['possible']} does",
            ru=f"{name}: наверняка не останавливает никто; возможно — любой из {counts['possible']}",
        )
    first = ", ".join(context.name(point) for point in certain[:_NAMED]) + ("…" if len(certain) > _NAMED else "")
    return say(
        lang,
        en=f"{name} stops for certain with any of {counts['certain']} ({first}), "
        f"possibly with any of {counts['possible']} more",
        ru=f"{name}: наверняка останавливает любой из {counts['certain']} ({first}), "
        f"возможно — ещё любой из {counts['possible']}",
    )


QUESTION = Question(
    name="dependency.chokepoints",
    route="/entities/{id}/chokepoints",
    title={"en": "Chokepoints", "ru": "Узкие места"},
    doc={
        "en": (
            "Every unit, however far upstream, whose stop alone stops this plant or company. For certain: along needs "
            "that a source calls essential and whose suppliers are all named. Possibly: where a source says neither "
            "yes nor no, the need is taken to be both. Each one comes with the needs that fail one after another. "
            "Planned supplies do not count and are said. Where more than 2,000 units lie upstream only needs with one "
            "supplier are followed, and the answer is `truncated`."
        ),
        "ru": (
            "Все, чья остановка одна останавливает этот завод или компанию, как бы далеко они ни были. Наверняка — по "
            "потребностям, которые источник называет незаменимыми и у которых названы все поставщики. Возможно — где "
            "об этом ничего не сказано. У каждого — цепочка потребностей, которые перестают закрываться."
        ),
    },
    params=ChokepointParams,
    result=ChokepointList,
    answer=answer,
    default_statuses=("actual",),
    example={"id": "Сборка автобусов Yutong ZK6128H"},
)
