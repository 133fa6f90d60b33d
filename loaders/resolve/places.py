"""What the gazetteer says of the places that a load mentions, as claims of its own sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from loaders.gazetteer.gazetteer import Gazetteer, Place
from loaders.loader import DocumentInfo
from loaders.resolve.entities import place_entity

ISO_DOCUMENT = DocumentInfo(
    key="gazetteer:iso-3166",
    publisher="ISO 3166",
    rank=1,
    title="ISO 3166 country and subdivision codes with OKATO and OKTMO",
)
TOWN_DOCUMENT = DocumentInfo(
    key="gazetteer:geonames",
    publisher="GeoNames",
    rank=3,
    title="GeoNames towns",
    url="https://www.geonames.org/",
    licence="CC BY 4.0",
)
PLACE_DOCUMENTS = (ISO_DOCUMENT, TOWN_DOCUMENT)


def with_parents(places: Iterable[Place], gazetteer: Gazetteer) -> list[Place]:
    """The places and everything they lie in, ordered by key."""
    found: dict[str, Place] = {}
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place.key in found:
            continue
        found[place.key] = place
        waiting += [parent for key in place.parents if (parent := gazetteer.place(key)) is not None]
    return [found[key] for key in sorted(found)]


def place_rows(
    places: Iterable[Place], gazetteer: Gazetteer
) -> Iterator[tuple[str, dict[str, object], dict[str, object]]]:
    """For each place its document's key, claim fields and attributes: one description, and PART_OF upward."""
    for place in with_parents(places, gazetteer):
        document = TOWN_DOCUMENT.key if place.label == "City" else ISO_DOCUMENT.key
        entity = place_entity(place)
        attributes: dict[str, object] = {
            "label": place.label, "name": place.name_ru or place.name_en, "name_ru": place.name_ru,
            "name_en": place.name_en, "iso": place.iso, "okato": place.okato, "oktmo": place.oktmo, "kind": place.kind,
            "lat": place.lat, "lon": place.lon, "point_precision": "town" if place.lat is not None else None,
        }  # fmt: skip
        yield (
            document,
            {"type": "DESCRIBED_IN", "from_raw": entity.entity_id, "record": place.key},
            {name: value for name, value in attributes.items() if value is not None},
        )
        for key in place.parents:
            parent = gazetteer.place(key)
            if parent is not None:
                yield (
                    document,
                    {
                        "type": "PART_OF",
                        "from_raw": entity.entity_id,
                        "to_raw": place_entity(parent).entity_id,
                    },
                    {},
                )
