"""Who an entity is said to be as well, and who it is said not to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import orjson
from typing_extensions import TypedDict

from graph_service.domain.schema import TIES
from graph_service.errors import Ambiguous, BadInput
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.values import day
from graph_service.snapshot.snapshot import NO_END, UNLABELLED, Ints, to_date
from graph_service.store.settle import is_decision


class MergedItem(TypedDict):
    """An id of claims that leads to the entity: who says so, since which day, by which claim."""

    old: EntityItem
    said_by: str
    published_on: str
    by_hand: bool
    claim: str


class ApartItem(TypedDict):
    """Somebody whom a person has said not to be this entity."""

    entity: EntityItem
    said_by: str
    published_on: str
    claim: str


def merged_items(context: Context, entity: int) -> list[MergedItem]:
    """The ids that lead to the entity and that claims speak of, each with the first statement by the rule of choice."""
    snapshot = context.snapshot
    own, leads = snapshot.entity_ids[entity], snapshot.redirects
    spoken = spoken_ids(context, entity)
    found: dict[str, MergedItem] = {}
    for row, said in _ties(context, entity):
        for old in said.get("same_as", ()):
            if old not in found and leads.get(old) == own and old in spoken:
                by, published_on = _author(context, row)
                found[old] = MergedItem(
                    old=old_item(context, old), said_by=by, published_on=published_on,
                    by_hand=said.keys() <= set(TIES), claim=snapshot.claim_ids[row],
                )  # fmt: skip
    return [found[old] for old in sorted(found)]


def apart_items(context: Context, entity: int) -> list[ApartItem]:
    """Those whom a person has said not to be the entity."""
    snapshot = context.snapshot
    found = []
    for row, said in _ties(context, entity):
        for other in said.get("other_than", ()):
            by, published_on = _author(context, row)
            found.append(
                ApartItem(
                    entity=old_item(context, other),
                    said_by=by,
                    published_on=published_on,
                    claim=snapshot.claim_ids[row],
                )
            )
    return sorted(found, key=lambda item: (item["entity"]["id"], item["claim"]))


def old_item(context: Context, entity_id: str) -> EntityItem:
    """An entity by an id that may lead to another one, under the name that its own descriptions give it."""
    snapshot = context.snapshot
    position = snapshot.position(entity_id)
    lead = snapshot.position(snapshot.redirects.get(entity_id, entity_id))
    if lead is None:
        return EntityItem(id=entity_id, type="Entity", name=entity_id)
    item = context.item(lead)
    if position is None or position == lead:
        return item
    own: dict[str, Any] = {}
    for row in _live_descriptions(context, lead).tolist():
        if snapshot.claims["from_raw"][row] == position:
            own = orjson.loads(snapshot.texts["attributes"].get(row, "{}")) | own
    order = ("name_ru", "name", "name_en") if context.lang == "ru" else ("name_en", "name", "name_ru")
    name = next((str(own[key]) for key in order if own.get(key)), item["name"])
    return EntityItem(id=entity_id, type=item["type"], name=name)


def check_alike(context: Context, one: int, other: int) -> None:
    """Refuse two entities that cannot be one.

    Raises:
        BadInput: they are of different types, or products.
    """
    snapshot = context.snapshot
    names = f"{context.name(one)} ({snapshot.entity_ids[one]}) and {context.name(other)} ({snapshot.entity_ids[other]})"
    labels = [snapshot.label(entity) for entity in (one, other)]
    if "Product" in labels:
        raise BadInput(
            f"{names}: products are not merged; state PART_OF where one contains the other", parameter="with"
        )
    if labels[0] != labels[1] and UNLABELLED not in labels:
        kinds = f"{names} are of different types, {labels[0]} and {labels[1]}"
        hint = "; state OPERATES to make them one unit" if {*labels} == {"Company", "Plant"} else ""
        raise BadInput(f"{kinds}: they cannot be one{hint}", parameter="with")


def merged_id(context: Context, text: str) -> str:
    """The old id that a split is about.

    Args:
        context: the graph.
        text: that id, or a reference to the entity that it leads to.

    Raises:
        Ambiguous: several ids lead there; those merged by hand count alone if there are any.
        BadInput: none does, or no claim speaks of the id.
    """
    snapshot = context.snapshot
    old = text.strip()
    if old in snapshot.redirects:
        lead = snapshot.position(snapshot.redirects[old])
        if lead is not None and old in spoken_ids(context, lead):
            return old
        raise BadInput(f"no claim speaks of {old} by itself: there is nothing to split off", parameter="id")
    entity = context.entity(text)
    items = merged_items(context, entity)
    items = [item for item in items if item["by_hand"]] or items
    if not items:
        raise BadInput(f"nothing was merged into {context.name(entity)}", parameter="id")
    if len(items) > 1:
        raise Ambiguous(
            f"{len(items)} ids were merged into {context.name(entity)}: say which one to split off",
            parameter="id",
            candidates=[item["old"] for item in items],
        )
    return items[0]["old"]["id"]


def decided(context: Context, row: int) -> dict[str, list[EntityItem]]:
    """What a claim by which a person says who is one states; nothing for any other claim."""
    text = context.snapshot.texts["attributes"].get(row)
    if not is_decision(text):
        return {}
    return {name: [old_item(context, each) for each in ids] for name, ids in orjson.loads(str(text)).items()}


def decisions_about(context: Context, entities: Iterable[int]) -> Ints:
    """Rows, live or not, by which a person says that one of the entities is another one, or is not."""
    snapshot, c = context.snapshot, context.snapshot.claims
    ids = {snapshot.entity_ids[entity] for entity in entities}
    is_confirmed = (c["type"] == snapshot.code("DESCRIBED_IN")) & (c["review"] == snapshot.code("confirmed"))
    texts = snapshot.texts["attributes"]
    found = [
        row
        for row in np.flatnonzero(is_confirmed).tolist()
        if is_decision(text := texts.get(row))
        and any(not ids.isdisjoint(said) for said in orjson.loads(str(text)).values())
    ]
    return np.array(found, np.int32)


def _ties(context: Context, entity: int) -> list[tuple[int, dict[str, Any]]]:
    texts = context.snapshot.texts["attributes"]
    said = [(row, orjson.loads(texts.get(row, "{}"))) for row in _live_descriptions(context, entity).tolist()]
    return [(row, own) for row, own in said if not own.keys().isdisjoint(TIES)]


def _live_descriptions(context: Context, entity: int) -> Ints:
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = snapshot.rows_from(entity, "DESCRIBED_IN")
    rows = rows[c["retracted"][rows] == NO_END]
    return np.asarray(rows[np.argsort(c["choice"][rows])], np.int32)


def spoken_ids(context: Context, entity: int) -> set[str]:
    """The ids under which live claims speak of the entity."""
    snapshot, c = context.snapshot, context.snapshot.claims
    found: set[int] = set()
    for half in context.halves(entity):
        for csr, end in ((snapshot.by_from, "from_raw"), (snapshot.by_to, "to_raw")):
            rows = csr.of(half)
            found |= set(np.unique(c[end][rows[c["retracted"][rows] == NO_END]]).tolist())
    return {snapshot.entity_ids[position] for position in found}


def _author(context: Context, row: int) -> tuple[str, str]:
    c = context.snapshot.claims
    return context.sources[int(c["document"][row])][1], day(to_date(int(c["published_on"][row]))) or ""
