"""Find entities by name, INN, OGRN, ISO or product code; a firm and its plants in one row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.questions.answer import Answer
from graph_service.questions.checks import allowed_words
from graph_service.questions.context import Context, EntityItem, words
from graph_service.questions.facets import Facet, FacetList, Rows, facets, having
from graph_service.questions.question import PageParams, Params, PlaceParams, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Ints, Mask

_SEARCHED = 200
_HAS = {"needs": "NEEDS", "products": "PRODUCES"}
"""What may be known of somebody, and the relation that says it."""
_POINT = "point"
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
    makes: Annotated[
        str | None,
        Field(description="Only who makes this product or what lies inside it: name, id, OKPD2 or HS code."),
    ] = None
    exports_to: Annotated[
        str | None, Field(description="Only who exports to this country (ISO 3166-1 or name), comma-separated.")
    ] = None
    facets: Annotated[bool, Field(description="Count by what the list can be narrowed: region, makes, exports_to.")] = (
        False
    )
    has: Annotated[
        str | None,
        Field(description="Only those of whom all of this is known, comma-separated: point, needs, products."),
    ] = None


class SearchItem(TypedDict):
    """One row: an entity, and the plants it operates."""

    entity: EntityItem
    matched: NotRequired[str]
    score: NotRequired[float]
    identifiers: NotRequired[dict[str, str]]
    plants: NotRequired[list[EntityItem]]


class SearchList(TypedDict):
    """Best first; without a query by name. ``by_type`` counts what all filters but the type leave.

    ``by_region``, ``by_product`` and ``by_market`` count what each value would leave, where facets are asked for.
    """

    items: list[SearchItem]
    total: int
    by_type: dict[str, int]
    by_region: NotRequired[FacetList]
    by_product: NotRequired[FacetList]
    by_market: NotRequired[FacetList]


def answer(context: Context, params: SearchParams) -> Answer:
    """Search the names of all entities, or list them all."""
    masks = _masks(context, params)
    hits = _hits(context, params.q, _all_of(masks))
    of_all_types = _hits(context, params.q, _all_of(masks, but="type")) if params.type is not None else hits
    by_type = Counter(context.snapshot.label(entity) for entity, _, _ in of_all_types)
    if params.type is not None:
        by_type[params.type] = len(hits)  # others may have crowded it out of the hits of all types
    rows = _in_one_row(context, params, hits)
    data = SearchList(
        items=[_item(context, *hit) for hit in rows[params.shown]],
        total=len(rows),
        by_type=dict(sorted((+by_type).items())),
    )

    def found(facet: Facet) -> Rows:
        own = _hits(context, params.q, _all_of(masks, but=facet)) if facet in masks else hits
        return Rows(entities=_positions(own), rows=_positions(_shown_in(context, params, own)))

    return Answer(
        summary=_summary(context, params.q, len(rows), _all_of(masks)),
        data={**data, **(facets(context, found) if params.facets else {})},
        evidence=[],
        truncated=bool(params.q) and len(hits) == _SEARCHED,
        next_cursor=params.next_cursor(len(rows)),
    )


def _masks(context: Context, params: SearchParams) -> dict[str, Mask]:
    """What each filter that is given keeps, by its name; region and country are one."""
    snapshot = context.snapshot
    everybody = np.arange(len(snapshot.entity_ids))
    masks: dict[str, Mask] = {}
    if params.type is not None:
        masks["type"] = snapshot.of_type(params.type)
    if context.filters_places:
        masks["region"] = np.fromiter(map(context.in_place, everybody.tolist()), bool, len(everybody))
    if (products := context.products(params.makes, "makes")) is not None:
        masks["makes"] = having(context, "PRODUCES", products)
    if params.exports_to is not None:
        countries = context.entities(params.exports_to, types=("Country",), parameter="exports_to")
        masks["exports_to"] = having(context, "EXPORTS_TO", countries)
    asked = set(allowed_words(words(params.has), (*_HAS, _POINT), "has"))
    for word in asked - {_POINT}:
        rows = context.kept(np.flatnonzero(snapshot.is_type(_HAS[word])))
        masks[word] = np.isin(everybody, snapshot.claims["from"][rows])
    if _POINT in asked:  # points are looked up one by one, so of as few as possible
        left = everybody if (among := _all_of(masks)) is None else np.flatnonzero(among)
        masks[_POINT] = np.isin(everybody, [one for one in left.tolist() if snapshot.places.point(one) is not None])
    return masks


def _all_of(masks: Mapping[str, Mask], but: str | None = None) -> Mask | None:
    """What all filters, or all but one, keep; None where there is none."""
    left = [mask for name, mask in masks.items() if name != but]
    return np.logical_and.reduce(left) if left else None


def _hits(context: Context, query: str | None, among: Mask | None) -> list[_Found]:
    snapshot = context.snapshot
    if query:
        return [(hit.entity, hit.matched, hit.score) for hit in snapshot.names.search(query, _SEARCHED, among)]
    described = snapshot.attributes.filled()
    shown = np.flatnonzero(described if among is None else described & among)
    return [(entity, None, None) for entity in context.by_name(shown.tolist())]


def _positions(found: Iterable[_Found]) -> Ints:
    return np.fromiter((entity for entity, _, _ in found), np.int32)


def _in_one_row(context: Context, params: SearchParams, hits: list[_Found]) -> list[_Found]:
    """One row for a plant and its operator, at the better place of the two."""
    kept: dict[int, _Found] = {}
    for hit in _shown_in(context, params, hits):
        kept.setdefault(hit[0], hit)
    return list(kept.values())


def _shown_in(context: Context, params: SearchParams, hits: list[_Found]) -> list[_Found]:
    """Of each hit the row it stands in: in a search of all types a plant whose operator is known gives it its row."""
    if params.type is not None or not params.q:
        return hits
    snapshot, shown = context.snapshot, []
    for entity, matched, score in hits:
        operators = context.kept(snapshot.rows_to(entity, "OPERATES"))
        row = int(snapshot.claims["from"][operators[0]]) if len(operators) else entity
        shown.append((row, matched, score))
    return shown


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
                lang, en=f"Nothing that the filters let through is called {query!r}.",
                ru=f"Среди того, что пропускают фильтры, ничего с названием «{query}» нет.",
            ) + hint  # fmt: skip
        return say(lang, en=f"Nothing is called {query!r}.", ru=f"Ничего с названием «{query}» нет.") + hint
    if query:
        return count(total, "match", lang) + say(lang, en=f" for {query!r}.", ru=f" по запросу «{query}».")
    if not total and among is None:
        return say(
            lang, en="The graph is empty: load something, e.g. zveno load demo.",
            ru="Граф пуст: загрузите данные, например zveno load demo.",
        )  # fmt: skip
    if among is not None:
        return say(lang, en=f"{count(total, 'entity', 'en')} found.", ru=f"Найдено: {count(total, 'entity', 'ru')}.")
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
