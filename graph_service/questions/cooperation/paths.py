"""How two entities are connected: the shortest paths of stated ties between them."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from graph_service.analysis.links import witnesses
from graph_service.analysis.paths import Path, shortest_paths
from graph_service.analysis.ties import Ties
from graph_service.domain.said import said
from graph_service.domain.schema import GROUP_TYPES, RELATION
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.checks import allowed_words
from graph_service.questions.context import Context, EntityItem, words
from graph_service.questions.parties import WithoutEntityParams, passed_over
from graph_service.questions.question import Params, Question
from graph_service.questions.wording import count, say

MAX_STEPS = 50_000
"""Of the search, a few seconds at most."""

_FIGURES = ("HAS", "DESCRIBED_IN")
WALKED = tuple(name for name in RELATION if name not in (*GROUP_TYPES, *_FIGURES))
_NOT_UNLESS_ASKED = ("LOCATED_IN", "PART_OF", "BORDERS", "PRODUCES", "NEEDS", "REQUIRES", "USED_IN")
"""Being in one country or making the same thing is no link between two parties."""


class PathParams(Params, WithoutEntityParams):
    """Between whom, along what."""

    start: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("from", "start"), serialization_alias="from",
            description="Where paths begin: id, INN, OGRN or name.",
        ),
    ]  # fmt: skip
    to: Annotated[str, Field(description="Where paths end: id, INN, OGRN or name.")]
    k: Annotated[int, Field(ge=1, le=100, description="How many paths.")] = 5
    max_length: Annotated[int, Field(ge=1, le=12, description="Links on a path at most.")] = 6
    relations: Annotated[
        str | None,
        Field(
            description="Along these relation types, comma-separated; unless given, along all but "
            + ", ".join(_NOT_UNLESS_ASKED)
            + "."
        ),
    ] = None
    without_relations: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("-relations", "without_relations"), serialization_alias="-relations",
            description="Not along these relation types.",
        ),
    ] = None  # fmt: skip


HopItem = TypedDict(
    "HopItem",
    {
        "step": int, "from": EntityItem, "relation": str, "direction": str, "to": EntityItem,
        "product": NotRequired[EntityItem], "what": NotRequired[list[str]], "status": str, "witnesses": int,
        "claims": list[str],
    },
)  # fmt: skip
"""One tie of one hop; several ties of one hop have the same step. direction: out = stated from `from` to `to`."""


class PathItem(TypedDict):
    """One path: how many links, the least confidence of a hop, the entities between the ends, every tie."""

    length: int
    confidence: float
    via: list[EntityItem]
    ties: list[HopItem]


class PathList(TypedDict):
    """Paths by length, then least confidence (higher first), then ids."""

    of: EntityItem
    to: EntityItem
    items: list[PathItem]
    total: int


def answer(context: Context, params: PathParams) -> Answer:
    """Search on units; each hop shows its ties as they are stated."""
    snapshot = context.snapshot
    start = snapshot.unit(context.entity(params.start, parameter="from"))
    end = snapshot.unit(context.entity(params.to, parameter="to"))
    if start == end:
        raise BadParameter(said("same-ends", name=context.name(start)), parameter="to")
    without = passed_over(context, params)
    if {start, end} & without:
        raise BadParameter("an end of the paths is left out", parameter="-entity")
    ties = Ties.of(snapshot, context.mask, _relations(params), without)
    ties.blocked[[start, end]] = False
    found = shortest_paths(ties, start, end, k=params.k, max_length=params.max_length, max_steps=MAX_STEPS)
    items = [_item(context, ties, path) for path in found.paths]
    return Answer(
        summary=_summary(context, params, start, end, items, is_cut=found.is_cut),
        data={"of": context.item(start), "to": context.item(end), "items": items, "total": len(items)},
        evidence=list(dict.fromkeys(claim for item in items for tie in item["ties"] for claim in tie["claims"])),
        truncated=found.is_cut,
        explored={"nodes": found.nodes, "edges": found.edges},
    )


def _relations(params: PathParams) -> list[str]:
    wanted = _types(params.relations, "relations") or [name for name in WALKED if name not in _NOT_UNLESS_ASKED]
    unwanted = _types(params.without_relations, "-relations")
    kept = [name for name in wanted if name not in unwanted]
    if not kept:
        raise BadParameter("every relation type that is asked for is left out too", parameter="-relations")
    return kept


def _types(text: str | None, parameter: str) -> list[str]:
    return list(allowed_words([word.upper() for word in words(text)], WALKED, parameter))


def _item(context: Context, ties: Ties, path: Path) -> PathItem:
    hops = zip(path.units, path.units[1:], strict=False)
    return PathItem(
        length=len(path.units) - 1,
        confidence=round(path.confidence, 6),
        via=[context.item(unit) for unit in path.units[1:-1]],
        ties=[tie for step, (near, far) in enumerate(hops, start=1) for tie in _hop(context, ties, step, near, far)],
    )


def _hop(context: Context, ties: Ties, step: int, near: int, far: int) -> list[HopItem]:
    """The ties between two units, one for each relation, direction and product."""
    snapshot, c = context.snapshot, context.snapshot.claims
    found: dict[tuple[str, str, int], list[int]] = {}
    for row in ties.between(near, far).tolist():
        direction = "out" if snapshot.unit(int(c["from"][row])) == near else "in"
        found.setdefault((snapshot.term("type", row) or "", direction, int(c["product"][row])), []).append(row)
    items = []
    for (relation, direction, product), rows in sorted(found.items()):
        item: HopItem = {
            "step": step, "from": context.item(near), "relation": relation, "direction": direction,
            "to": context.item(far), "status": context.status(rows), "witnesses": witnesses(snapshot, rows),
            "claims": context.claim_ids(rows),
        }  # fmt: skip
        if product_item := context.product_item(product):
            item["product"] = product_item
        if what := sorted(
            {word for row in rows for word in (snapshot.term("kind", row), snapshot.term("role", row)) if word}
        ):
            item["what"] = what
        items.append(item)
    return items


def _summary(context: Context, params: PathParams, start: int, end: int, items: list[PathItem], *, is_cut: bool) -> str:
    lang, one, other = context.lang, context.name(start), context.name(end)
    if not items and is_cut:
        return say(
            lang, en=f"The search from {one} to {other} was stopped before it found a path; there may be some.",
            ru=f"{one} — {other}: поиск остановлен раньше, чем нашёл путь; пути могут быть.",
        )  # fmt: skip
    if not items:
        left = ""
        if not params.relations:
            left = say(
                lang,
                en=" Making or needing a product and being in one place are not counted as ties unless they are asked "
                "for.",
                ru=" «Производит», «нуждается в» и общее место связями не считаются, если о них не спросить.",
            )
        return say(
            lang,
            en=f"No path of at most {count(params.max_length, 'link', 'en')} from {one} to {other} is known; that is "
            f"no proof that there is none.{left}",
            ru=f"{one} — {other}: путь не длиннее {params.max_length} неизвестен; это не значит, что его нет.{left}",
        )
    shortest = items[0]["length"]
    if shortest == 1:
        how = say(lang, en="tied directly", ru="связаны прямо")
    else:
        names = ", ".join(entity["name"] for entity in items[0]["via"])
        how = say(
            lang, en=f"tied by {count(shortest, 'link', 'en')}, through {names}",
            ru=f"связаны, связей {shortest}, через кого: {names}",
        )  # fmt: skip
    return say(
        lang, en=f"{one} and {other} are {how}; {count(len(items), 'path', 'en')} shown.",
        ru=f"{one} и {other} {how}; показано путей: {len(items)}.",
    )  # fmt: skip


QUESTION = Question(
    name="cooperation.paths",
    route="/paths",
    title={"en": "Paths between two", "ru": "Пути между двумя"},
    doc={
        "en": (
            "How two plants, companies or other entities are connected: the `k` shortest paths of stated ties, in any "
            "direction, each hop with its ties as they are stated and their claims. Paths come by length, then by the "
            "least confidence of a hop (higher first), then by ids; nobody is passed twice. A company and a plant that "
            "are one unit are one; counted, unnamed groups are not walked through. Being in the same place, making or "
            "needing the same product is no tie unless `relations` asks for it."
        ),
        "ru": (
            "Как связаны два завода, компании или другие объекты: `k` кратчайших путей по сказанным связям в любую "
            "сторону; у каждого шага — его связи, как они сказаны, и утверждения. Сначала короткие, затем те, чей "
            "наименее достоверный шаг достовернее. Неназванные группы не проходят. Общее место или общий продукт — не "
            "связь, если их не спросили в `relations`."
        ),
    },
    params=PathParams,
    result=PathList,
    answer=answer,
    example={"from": "Изопан Рус", "to": "Каустик"},
)
