"""Find entities by name, INN, OGRN, ISO or product code; a firm and its plants in one row."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, Params, PlaceParams, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Mask

_SEARCHED = 200
_Found = tuple[int, str | None, float | None]


class SearchParams(Params, PlaceParams, PageParams):
    """What to look for."""

    q: Annotated[str | None, Field(description="Name in any spelling, INN, OGRN, ISO or product code.")] = None
    type: Annotated[
        Literal[
            "Company", "Plant", "Organization", "Person", "Product", "City", "Region", "Country", "PartnerGroup",
            "Cluster", "Project", "Stage",
        ]
        | None,
        Field(description="Only entities of this type."),
    ] = None  # fmt: skip


class SearchItem(TypedDict):
    """One row: an entity, and the plants it operates."""

    entity: EntityItem
    matched: NotRequired[str]
    score: NotRequired[float]
    identifiers: NotRequired[dict[str, str]]
    plants: NotRequired[list[EntityItem]]


class SearchList(TypedDict):
    """Best first; without a query by name."""

    items: list[SearchItem]
    total: int
    by_type: dict[str, int]


def answer(context: Context, params: SearchParams) -> Answer:
    """Search the names of all entities, or list them all."""
    snapshot = context.snapshot
    placed = _in_place(context)
    hits = _hits(context, params.q, placed)
    by_type = Counter(snapshot.label(entity) for entity, _, _ in hits)
    rows, among = hits, placed
    if params.type is not None:
        typed = snapshot.of_type(params.type)
        among = typed if placed is None else typed & placed
        rows = _hits(context, params.q, among)
        by_type[params.type] = len(rows)  # others may have crowded it out of the hits of all types
    is_cut = bool(params.q) and len(rows) == _SEARCHED
    if params.type is None and params.q:
        rows = _in_one_row(context, rows)
    page = rows[params.shown]
    return Answer(
        summary=_summary(context, params.q, len(rows), among),
        data={
            "items": [_item(context, *hit) for hit in page],
            "total": len(rows),
            "by_type": dict(sorted((+by_type).items())),
        },
        evidence=[],
        truncated=is_cut,
        next_cursor=params.next_cursor(len(rows)),
    )


def _in_place(context: Context) -> Mask | None:
    """Mask of the entities that the place filters keep; None without such a filter."""
    if not context.filters_places:
        return None
    size = len(context.snapshot.entity_ids)
    return np.fromiter(map(context.in_place, range(size)), bool, size)


def _hits(context: Context, query: str | None, among: Mask | None) -> list[_Found]:
    snapshot = context.snapshot
    if query:
        return [(hit.entity, hit.matched, hit.score) for hit in snapshot.names.search(query, _SEARCHED, among)]
    shown = (e for e, own in enumerate(snapshot.attributes) if own and (among is None or among[e]))
    return [(entity, None, None) for entity in context.by_name(shown)]


def _in_one_row(context: Context, rows: list[_Found]) -> list[_Found]:
    """A plant whose operator is known gives its row to the operator, at the better place of the two."""
    kept: dict[int, _Found] = {}
    for entity, matched, score in rows:
        operators = context.snapshot.rows_to(entity, "OPERATES")
        operators = context.kept(operators)
        shown = int(context.snapshot.claims["from"][operators[0]]) if len(operators) else entity
        kept.setdefault(shown, (shown, matched, score))
    return list(kept.values())


def _item(context: Context, entity: int, matched: str | None, score: float | None) -> SearchItem:
    snapshot = context.snapshot
    item = SearchItem(entity=context.item(entity))
    if matched is not None and score is not None:
        item["matched"], item["score"] = matched, round(score, 3)
    own = snapshot.attributes[entity]
    if identifiers := {key: str(own[key]) for key in ("inn", "ogrn", "lei", "iso", "okpd2", "hs") if own.get(key)}:
        item["identifiers"] = identifiers
    plants = dict.fromkeys(snapshot.claims["to"][context.kept(snapshot.rows_from(entity, "OPERATES"))].tolist())
    if plants:
        item["plants"] = [context.item(plant) for plant in plants]
    return item


def _summary(context: Context, query: str | None, total: int, among: Mask | None) -> str:
    lang = context.lang
    if query and not total:
        near = [context.name(hit.entity) for hit in context.snapshot.names.near(query, 3, among)]
        hint = say(lang, en=" Spelt alike: ", ru=" Похоже пишется: ") + ", ".join(near) + "." if near else ""
        if among is not None:
            return say(
                lang, en=f"Nothing of that type or place is called {query!r}.",
                ru=f"Такого типа или в таком месте ничего с названием «{query}» нет.",
            ) + hint  # fmt: skip
        return say(lang, en=f"Nothing is called {query!r}.", ru=f"Ничего с названием «{query}» нет.") + hint
    if query:
        return count(total, "match", lang) + say(lang, en=f" for {query!r}.", ru=f" по запросу «{query}».")
    if not total and among is None:
        return say(
            lang, en="The graph is empty: load something, e.g. zveno load demo.",
            ru="Граф пуст: загрузите данные, например zveno load demo.",
        )  # fmt: skip
    return say(
        lang,
        en=f"{count(total, 'entity', 'en')} in the graph.",
        ru=f"В графе {count(total, 'entity', 'ru')}.",
    )


QUESTION = Question(
    name="lookup.search",
    route="/entities",
    title={"en": "Search", "ru": "Поиск"},
    doc={
        "en": (
            "Find plants, companies, products, places and projects by name in any spelling (typing errors, Latin "
            "letters, ё for е, with or without the legal form), by INN, OGRN, LEI or ISO code, and products by OKPD2 "
            "or HS code. A firm and its plants share one row. Without `q` everything is listed by name."
        ),
        "ru": (
            "Заводы, компании, продукты, места и проекты по названию в любом написании (с опечаткой, латиницей, е "
            "вместо ё, без правовой формы), по ИНН, ОГРН, LEI, коду ISO, продукты — по коду ОКПД2 или ТН ВЭД. Фирма и "
            "её заводы — в одной строке. Без запроса — весь список по названию."
        ),
    },
    params=SearchParams,
    result=SearchList,
    answer=answer,
    example={"q": "Isopan"},
)
