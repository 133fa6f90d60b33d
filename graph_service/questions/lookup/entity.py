"""Everything about one entity on one card: each attribute with its source, figures, counts, what is not known."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired

import numpy as np
import orjson
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import GROUP_TYPES, LABEL_NAMES, TIES
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.figures import FigureItem, figure_claims, figure_items
from graph_service.questions.groups import GroupItem, group_items, group_rows
from graph_service.questions.merged import ApartItem, MergedItem, apart_items, merged_items
from graph_service.questions.question import Params, Question
from graph_service.questions.wording import count, say, type_word
from graph_service.snapshot.snapshot import NO_END

_HIDDEN = ("label", *TIES)


class EntityParams(Params):
    """One entity."""

    id: Annotated[str, Field(description="Id, INN, OGRN, ISO code or name.")]


class AttributeItem(TypedDict):
    """One attribute: the chosen value, the claim that states it, and other values that sources state."""

    value: Any
    claim: str
    others: NotRequired[list[dict[str, Any]]]


class EntityCard(TypedDict):
    """What is known of one entity."""

    entity: EntityItem
    names: list[str]
    attributes: dict[str, AttributeItem]
    places: list[EntityItem]
    unit: NotRequired[EntityItem]
    operates: NotRequired[list[EntityItem]]
    operated_by: NotRequired[list[EntityItem]]
    merged: NotRequired[list[MergedItem]]
    apart: NotRequired[list[ApartItem]]
    relations: dict[str, dict[str, int]]
    groups: list[GroupItem]
    figures: list[FigureItem]


def answer(context: Context, params: EntityParams) -> Answer:
    """The card of an entity; of a unit both halves are shown, each fact where it was said."""
    snapshot = context.snapshot
    entity = context.entity(params.id)
    halves = context.halves(entity)
    attributes = _attributes(context, entity)
    figure_rows = [row for half in halves for row in context.kept(snapshot.rows_from(half, "HAS")).tolist()]
    figures = figure_items(context, figure_rows, about=entity)
    groups = group_items(context, [row for half in halves for row in group_rows(context, half, *GROUP_TYPES)])
    relations = _relations(context, halves)
    card = EntityCard(
        entity=context.item(entity), names=list(snapshot.all_names[entity]), attributes=attributes,
        places=[context.item(place) for place in snapshot.places.around(entity)], relations=relations,
        groups=groups, figures=figures,
    )  # fmt: skip
    others = [half for half in halves if half != entity]
    if others:
        card["unit"] = context.item(others[0])
    for name, rows, end in (
        ("operates", snapshot.rows_from(entity, "OPERATES"), "to"),
        ("operated_by", snapshot.rows_to(entity, "OPERATES"), "from"),
    ):
        ends = dict.fromkeys(snapshot.claims[end][context.kept(rows)].tolist())
        if ends:
            card[name] = [context.item(other) for other in ends]  # type: ignore[literal-required]
    merged, apart = merged_items(context, entity), apart_items(context, entity)
    if merged:
        card["merged"] = merged
    if apart:
        card["apart"] = apart
    claims = [item["claim"] for item in (*attributes.values(), *merged, *apart)] + figure_claims(figures)
    claims += [claim for group in groups for claim in group["claims"]]
    total = sum(n for counts in relations.values() for n in counts.values())
    return Answer(
        summary=_summary(context, entity, total, sum(bool(f["rivals"]) for f in figures)),
        data=card,
        evidence=list(dict.fromkeys(claims)),
    )


def _attributes(context: Context, entity: int) -> dict[str, AttributeItem]:
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = snapshot.rows_from(entity, "DESCRIBED_IN")
    rows = rows[c["retracted"][rows] == NO_END]
    found: dict[str, AttributeItem] = {}
    for row in rows[np.argsort(c["choice"][rows])].tolist():
        for name, value in orjson.loads(snapshot.texts["attributes"].get(row, "{}")).items():
            if name in _HIDDEN:
                continue
            if name not in found:
                found[name] = AttributeItem(value=value, claim=snapshot.claim_ids[row])
            elif value != found[name]["value"]:
                others = found[name].setdefault("others", [])
                if all(other["value"] != value for other in others):
                    others.append({"value": value, "claim": snapshot.claim_ids[row]})
    return dict(sorted(found.items()))


def _relations(context: Context, halves: list[int]) -> dict[str, dict[str, int]]:
    """Distinct neighbours by relation, out and in."""
    snapshot, c = context.snapshot, context.snapshot.claims
    found: dict[str, dict[str, int]] = {}
    for name, csr, end in (("out", snapshot.by_from, "to"), ("in", snapshot.by_to, "from")):
        rows = np.concatenate([context.kept(csr.of(half)) for half in halves])
        rows = rows[c[end][rows] >= 0]
        pairs = np.unique(np.stack([c["type"][rows], c[end][rows]]), axis=1)
        types, counts = np.unique(pairs[0], return_counts=True)
        for code, number in zip(types.tolist(), counts.tolist(), strict=True):
            found.setdefault(snapshot.terms[code], {})[name] = number
    return dict(sorted(found.items()))


def _summary(context: Context, entity: int, total: int, disputed: int) -> str:
    lang = context.lang
    item = context.item(entity)
    where = f", {item['place']}" if "place" in item else ""
    text = f"{item['name']} ({type_word(item['type'], lang)}{where}): {count(total, 'relation', lang)}"
    if disputed:
        text += say(
            lang,
            en=f"; sources disagree about {count(disputed, 'figure', 'en')}",
            ru=f"; источники расходятся: {count(disputed, 'figure', 'ru')}",
        )
    return text + "."


QUESTION = Question(
    name="lookup.entity",
    route="/entities/{id}",
    title={"en": "Entity card", "ru": "Карточка"},
    doc={
        "en": (
            "Everything known of one entity: names, identifiers and other attributes, each chosen alone by the stated "
            "rule and with the claim that says so, other values beside it; where it is; its figures with rivals side "
            "by side; counted partners; how many neighbours by relation. A company and a plant that have only each "
            "other are one unit and share a card."
        ),
        "ru": (
            "Всё, что известно об одном объекте: названия, коды и прочее, у каждого значения — утверждение, которое "
            "его сообщает, и другие значения рядом; где это; показатели со спорными цифрами рядом; посчитанные "
            "партнёры; сколько соседей по каждой связи."
        ),
    },
    params=EntityParams,
    result=EntityCard,
    answer=answer,
    about=LABEL_NAMES,
    example={"id": "Изопан Рус"},
    twin=lambda context, params: ("entity", {"key": context.snapshot.entity_ids[context.entity(params.id)]}),
)
