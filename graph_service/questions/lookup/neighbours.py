"""The neighbourhood of an entity: counts per relation first, then the neighbours page by page."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import LABEL_NAMES, RELATION
from graph_service.questions.answer import Answer
from graph_service.questions.checks import allowed_words
from graph_service.questions.context import Context, EntityItem, words
from graph_service.questions.question import PageParams, PlaceParams, ProductParams, Question, Run
from graph_service.questions.server_rows import positions_of, rows_of
from graph_service.questions.values import tally
from graph_service.questions.wording import count, say


class NeighbourParams(ProductParams, PlaceParams, PageParams):
    """Whose neighbours."""

    id: Annotated[str, Field(description="Id, INN, OGRN, ISO code or name.")]
    relation: Annotated[str | None, Field(description="Only these relation types, comma-separated.")] = None
    direction: Annotated[Literal["out", "in"] | None, Field(description="Only outgoing or incoming relations.")] = None


class NeighbourItem(TypedDict):
    """One neighbour by one relation in one direction."""

    entity: EntityItem
    relation: str
    direction: str
    status: str
    claims: list[str]


class NeighbourList(TypedDict):
    """Counts of all relations, whatever page is shown."""

    of: EntityItem
    relations: dict[str, dict[str, int]]
    items: list[NeighbourItem]
    total: int
    by_status: dict[str, int]


_Found = dict[tuple[str, str, int], list[int]]
"""Claims by relation, direction and neighbour."""


def answer(context: Context, params: NeighbourParams) -> Answer:
    """Group the claims that touch the entity by relation, direction and neighbour."""
    snapshot, c = context.snapshot, context.snapshot.claims
    asked = context.entity(params.id)
    found: _Found = {}
    for entity in context.halves(asked):
        for direction, csr, end in (("out", snapshot.by_from, "to"), ("in", snapshot.by_to, "from")):
            for row in context.kept(csr.of(entity)).tolist():
                other = int(c[end][row])
                if other >= 0 and other not in (asked, entity) and context.in_place(other):
                    found.setdefault((snapshot.term("type", row) or "", direction, other), []).append(row)
    return _listed(context, params, asked, found)


def _from_server(context: Context, params: NeighbourParams, run: Run) -> Answer:
    found: _Found = {}
    for row in run(relations=None, direction=None):  # relations of other kinds are counted too
        (other,) = positions_of(context, [row["id"]])
        found[row["relation"], row["direction"], other] = rows_of(context, row["claims"])
    return _listed(context, params, context.entity(params.id), found)


def _listed(context: Context, params: NeighbourParams, asked: int, found: _Found) -> Answer:
    snapshot, wanted = context.snapshot, relation_types(params.relation)
    relations: dict[str, dict[str, int]] = {}
    for relation, direction, _ in found:
        counts = relations.setdefault(relation, {})
        counts[direction] = counts.get(direction, 0) + 1
    kept = [
        key
        for key in found
        if (not wanted or key[0] in wanted) and (params.direction is None or key[1] == params.direction)
    ]
    kept.sort(key=lambda key: (key[0], key[1] == "in", context.name(key[2]), snapshot.entity_ids[key[2]]))
    page = kept[params.shown]
    items = [
        NeighbourItem(
            entity=context.item(other), relation=relation, direction=direction,
            status=context.status(found[relation, direction, other]),
            claims=context.claim_ids(found[relation, direction, other]),
        )
        for relation, direction, other in page
    ]  # fmt: skip
    kinds = len({relation for relation, _, _ in kept})
    statuses = [context.status(found[key]) for key in kept]
    return Answer(
        summary=say(
            context.lang,
            en=f"{context.name(asked)}: {count(len(kept), 'relation', 'en')} of {count(kinds, 'kind', 'en')}.",
            ru=f"{context.name(asked)}: {count(len(kept), 'relation', 'ru')}, видов: {kinds}.",
        ),
        data={
            "of": context.item(asked),
            "relations": dict(sorted(relations.items())),
            "items": items,
            "total": len(kept),
            "by_status": tally(statuses),
        },
        evidence=list(dict.fromkeys(claim for item in items for claim in item["claims"])),
        next_cursor=params.next_cursor(len(kept)),
    )


def _twin(context: Context, params: NeighbourParams) -> tuple[str, dict[str, Any]]:
    ids = context.half_ids(context.entity(params.id))
    return "neighbours", {
        "ids": ids,
        "relations": sorted(relation_types(params.relation)) or None,
        "direction": params.direction,
    }


def relation_types(text: str | None) -> set[str]:
    """The relation types that a comma-separated filter names; none where it is not given."""
    return set(allowed_words([word.upper() for word in words(text)], tuple(RELATION), "relation"))


QUESTION = Question(
    name="lookup.neighbours",
    route="/entities/{id}/neighbours",
    title={"en": "Neighbours", "ru": "Соседи"},
    doc={
        "en": (
            "Who and what is directly linked to an entity: first how many neighbours each relation has in each "
            "direction, then the neighbours by relation, direction and name, page by page."
        ),
        "ru": (
            "Кто и что прямо связано с объектом: сначала сколько соседей у каждой связи, затем соседи по страницам."
        ),
    },
    params=NeighbourParams,
    result=NeighbourList,
    answer=answer,
    about=LABEL_NAMES,
    example={"id": "Изопан Рус"},
    twin=_twin,
    from_server=_from_server,
)
