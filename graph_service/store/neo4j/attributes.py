"""What a description says, as properties of its claim, and back to the same canonical JSON."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from graph_service.domain.schema import ATTRIBUTES, FIELD

_CLASHING = frozenset(ATTRIBUTES) & frozenset(FIELD)


def flatten(text: str | None, stated: Mapping[str, object]) -> dict[str, object]:
    """Properties for the attributes in ``text``.

    The text itself is kept as ``attributes`` only where the properties could not give it back: a nested value, an
    attribute that is not declared, other spacing, or a claim that states a field of the same name.

    Args:
        text: the attributes as JSON.
        stated: the declared fields that the claim states besides.
    """
    if text is None:
        return {"attributes": ""} if _CLASHING & stated.keys() else {}
    found = orjson.loads(text)
    properties = {
        name: value for name, value in found.items() if name in ATTRIBUTES and name not in stated and _fits(value)
    }
    if restore(properties) != text or _CLASHING & stated.keys():
        properties["attributes"] = text
    return properties


def restore(properties: Mapping[str, object]) -> str | None:
    """The attributes of a claim with these properties, as canonical JSON; None where it states none."""
    kept = properties.get("attributes")
    if isinstance(kept, str):
        return kept or None
    found = {name: properties[name] for name in ATTRIBUTES if properties.get(name) is not None}
    return orjson.dumps(found, option=orjson.OPT_SORT_KEYS).decode() if found else None


def field_names(properties: Mapping[str, object]) -> set[str]:
    """The names in ``properties`` that are fields of the claim, not attributes."""
    return set(FIELD) & set(properties) - (set() if "attributes" in properties else _CLASHING)


def _fits(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str | int | float) and not isinstance(value, bool)
