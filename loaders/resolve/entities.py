"""Who a row means: identifiers first, then the keys and exact folded names of the same name space, nothing fuzzier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph_service.domain.identity import IDENTIFYING, best_id, checked_identifier, entity_id, is_entity_id
from graph_service.domain.names import fold
from graph_service.domain.said import Said, in_language, said
from graph_service.domain.schema import LABEL_NAMES, RELATION
from graph_service.errors import BadInput
from loaders.gazetteer.gazetteer import Gazetteer, Place
from loaders.loader import Ref, Row

CHECKED = ("inn", "ogrn", "lei")
PLACE_LABELS = ("Country", "Region", "City")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Who is meant: the id by the best key, ids of weaker keys, and how it is known."""

    entity_id: str
    label: str
    same_as: tuple[str, ...] = ()
    name: str | None = None
    place: Place | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)
    is_described: bool = False


def _listed(labels: Sequence[str]) -> Said:
    """Labels as they are written in a file, in Russian with their meaning."""
    ru = [in_language(said(f"label-{label}"), "ru") if label in LABEL_NAMES else label for label in labels]
    return Said(" and ".join(labels), ", ".join(ru))


def issuer(namespace: str, label: str | None) -> str:
    """Who issues keys: products have keys of their own, since a firm and its goods often share a name."""
    return f"{namespace}\x1fproduct" if label == "Product" else namespace


class Entities:
    """The entities of one load. Learn every description first, then resolve references."""

    def __init__(self, namespace: str, gazetteer: Gazetteer) -> None:
        self._namespace = namespace
        self._gazetteer = gazetteer
        self._by_key: dict[tuple[str, str], Entity] = {}
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._by_id: dict[str, Entity] = {}
        self._learned: dict[int, Entity] = {}
        self._labels: dict[str, set[str]] = defaultdict(set)
        self._identified: dict[tuple[str, str], set[str]] = defaultdict(set)

    def learn(self, row: Row) -> None:
        """Take in one description: its key, identifiers, names and label.

        Raises:
            BadInput: an identifier has a wrong check digit, or the label is missing.
        """
        text = row.subject.text
        label = row.subject.label or ("Company" if text.partition(":")[0] in CHECKED else None)
        if label is None:
            raise BadInput(said("no-label", text=text), parameter="from_label")
        keys = {
            kind: checked_identifier(kind, str(row.attributes[kind])) for kind in CHECKED if row.attributes.get(kind)
        }
        kind, _, rest = text.partition(":")
        own: str | None = fold(text)
        if kind in IDENTIFYING and rest:
            keys[kind] = checked_identifier(kind, rest)
            own = None
        space = issuer(self._namespace, label)
        identifier, weaker = best_id(keys, space, own)
        entity = Entity(
            entity_id=identifier,
            label=label,
            same_as=tuple(weaker),
            identifiers=keys,
            is_described=True,
            name=str(row.attributes.get("name") or row.attributes.get("name_ru") or text),
        )
        self._learned[id(row)] = entity
        self._by_id.setdefault(identifier, entity)
        self._labels[identifier].add(label)
        if own:
            known = self._by_key.get((space, own))
            if known is None or keys:
                self._by_key[space, own] = entity
            if keys:
                self._identified[space, own].add(identifier)
        for name in ("name", "name_ru", "name_en"):
            if row.attributes.get(name):
                self._by_name[space, fold(str(row.attributes[name]))].add(identifier)

    def described(self, row: Row) -> Entity:
        """The entity that a learnt description is about, with the identifiers that this row states.

        Raises:
            BadInput: other rows of the load call the same entity by another label, or give its key another number;
                none of them is believed.
        """
        own = self._learned[id(row)]
        space = issuer(self._namespace, own.label)
        key = fold(row.subject.text)
        if len(self._identified.get((space, key), ())) > 1:
            raise BadInput(said("different-numbers", name=row.subject.text))
        if len(self._labels[own.entity_id]) > 1:
            labels = _listed(sorted(self._labels[own.entity_id]))
            raise BadInput(said("different-labels", name=row.subject.text, labels=labels), parameter="from_label")
        found = self._by_key.get((space, key), own)
        # A row without a number speaks of the entity that another row identifies, and states no number itself.
        return own if found.entity_id == own.entity_id else replace(own, entity_id=found.entity_id, same_as=())

    def resolve(self, ref: Ref, *, default_label: str) -> Entity:
        """Who ``ref`` means.

        Args:
            ref: the reference as the row writes it.
            default_label: label of somebody whom no row of the load describes.

        Raises:
            BadInput: a wrong check digit, an unknown place, or a name that two entities of the load share.
        """
        text = " ".join(ref.text.split())
        kind, _, rest = text.partition(":")
        if kind in ("iso", "city") and rest:
            return self._place(kind, rest.strip())
        if kind in CHECKED and rest:
            value = checked_identifier(kind, rest)
            identifier = entity_id(kind, value)
            return self._by_id.get(identifier) or Entity(
                entity_id=identifier, label=ref.label or "Company", identifiers={kind: value}
            )
        if kind == "id" and is_entity_id(rest.strip()):
            return Entity(entity_id=rest.strip(), label=ref.label or default_label, is_described=True)
        label = ref.label or default_label
        space = issuer(self._namespace, label)
        folded = fold(text)
        if entity := self._by_key.get((space, folded)):
            return entity
        named = self._by_name.get((space, folded), set())
        if len(named) > 1:
            raise BadInput(said("called-alike", count=len(named), name=text))
        if named:
            return self._by_id[next(iter(named))]
        return Entity(entity_id=entity_id(space, folded), label=label, name=text)

    def _place(self, kind: str, text: str) -> Entity:
        if kind == "city":
            name, _, region = text.rpartition(",")
            place = self._gazetteer.city(name.strip(), region.strip()) if name else None
        else:
            place = self._gazetteer.region(text) if "-" in text else self._gazetteer.country(text)
        if place is None:
            raise BadInput(said("no-town" if kind == "city" else "no-place", text=f"{kind}:{text}"))
        return place_entity(place)


def place_entity(place: Place) -> Entity:
    """The entity of a place of the gazetteer."""
    return Entity(
        entity_id=entity_id("iso", place.iso) if place.iso else entity_id("gazetteer", place.key),
        label=place.label,
        name=place.name_ru,
        place=place,
    )


def default_label(relation_type: str, end: str) -> str:
    """The label of somebody nobody describes: the first that the relation allows at this end."""
    relation = RELATION[relation_type]
    return (relation.sources if end == "from" else relation.targets)[0]
