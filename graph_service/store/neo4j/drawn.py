"""What a relationship drawn in Browser says, as a claim; what a node drawn there says, as a description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import polars as pl
from neo4j.time import Date, DateTime

from graph_service.domain.checks import reasons
from graph_service.domain.claims import frame
from graph_service.domain.clocks import parse_span
from graph_service.domain.identity import IDENTIFYING, best_id, checked_identifier, is_entity_id
from graph_service.domain.quantities import checked_decimal, parse_decimal, parse_share
from graph_service.domain.schema import ATTRIBUTES, FIELD, LABEL_NAMES, TIES
from graph_service.errors import BadInput

SOURCE_NAME = "by hand in Neo4j"
_NOT_SAID = ("type", "from_raw", "to_raw", "product", "product_id", "attributes", "record", "method", "row", "link")
_KEPT_BY_US = ("id", "names", "point", "known_since", "merged_into", "unit_id", "left", "stale")
_PLANNED = "PLANNED_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node at the end of a drawn relationship.

    Attributes:
        element: its element id.
        entity: its id, or the id that it gets.
        label: its label among ours, if it has exactly one.
        is_new: it is not an entity yet.
        attributes: what it says of itself where no claim speaks of it, as canonical JSON.
        note: its properties that are no attributes.
    """

    element: str
    entity: str
    label: str | None
    is_new: bool
    attributes: str | None
    note: str | None = None


def node_of(drawn: Mapping[str, Any]) -> Node:
    """The node as it was drawn; its id follows from its identifiers, else from its name."""
    labels = sorted(LABEL_NAMES & set(drawn["labels"]) - {"Observation"})
    label = labels[0] if len(labels) == 1 else None
    known = drawn["id"]
    if known is not None and is_entity_id(known) and drawn["lives"]:
        return Node(element=drawn["element"], entity=known, label=label, is_new=False, attributes=None)
    said = _attributes(drawn["properties"], label)
    keys = {name: str(said[name]) for name in IDENTIFYING if name in said}
    if known is not None and is_entity_id(known):
        entity, weaker = known, list[str]()
    else:
        own = str(known or said.get("name") or "") or (None if keys else drawn["element"])
        entity, weaker = best_id(keys, SOURCE_NAME, own)
    if weaker:
        said["same_as"] = weaker
    text = orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode() if said else None
    rest = {n: v for n, v in sorted(drawn["properties"].items()) if n not in said and n not in _KEPT_BY_US}
    return Node(
        element=drawn["element"], entity=entity, label=label, is_new=known != entity, attributes=text,
        note="; ".join(f"{name} = {value}" for name, value in rest.items()) or None,
    )  # fmt: skip


def _attributes(properties: Mapping[str, Any], label: str | None) -> dict[str, object]:
    said: dict[str, object] = {} if label is None else {"label": label}
    for name, value in properties.items():
        if name not in ATTRIBUTES or name in ("label", *TIES) or not isinstance(value, str | int | float):
            continue
        try:
            said[name] = checked_identifier(name, str(value)) if name in ("inn", "ogrn", "lei") else value
        except BadInput:  # a number with a wrong check digit identifies nobody
            continue
    point = properties.get("point")
    if point is not None and "lat" not in said:
        said |= {"lat": float(point.y), "lon": float(point.x)}
    return said


def product_of(drawn: Mapping[str, Any]) -> Node | None:
    """The product that a drawn relationship names: a known one by its name, code or id, else a new one."""
    text = str(drawn["said"].get("product") or drawn["said"].get("product_id") or "").strip()
    if not text:
        return None
    if drawn["product"] is not None:
        return Node(element="", entity=drawn["product"], label="Product", is_new=False, attributes=None)
    said = orjson.dumps({"label": "Product", "name": text}, option=orjson.OPT_SORT_KEYS).decode()
    entity, _ = best_id({}, SOURCE_NAME, text)
    return Node(element="", entity=entity, label="Product", is_new=False, attributes=said)


def claim_of(drawn: Mapping[str, Any], start: Node, end: Node, product: str | None, record: str) -> dict[str, object]:
    """The claim that a drawn relationship makes.

    Args:
        drawn: type and properties (``said``) of the relationship.
        start: where it begins.
        end: where it ends.
        product: id of the product that it names.
        record: tells this claim from an equal one that was drawn and withdrawn before.

    Raises:
        BadInput: the relationship says what no claim may say; the message says what.
    """
    relation = drawn["type"].removeprefix(_PLANNED)
    claim: dict[str, object] = {
        "type": relation, "from_raw": start.entity, "to_raw": end.entity, "product": product, "record": record,
        "method": "neo4j 1", "confidence": 1.0,
    }  # fmt: skip
    if drawn["type"] != relation:
        claim["status"] = "planned"
    notes = []
    for name, value in sorted(drawn["said"].items()):
        if name in _NOT_SAID:
            continue
        fields = _fields(name, value)
        claim |= fields
        if not fields:
            notes.append(f"{name} = {value}")
    if notes:
        claim["note"] = "; ".join([str(text) for text in (claim.get("note"), *notes) if text])
    labels = {"from_label": start.label, "to_label": end.label}
    labelled = frame([claim]).with_columns(pl.lit(v, dtype=pl.String).alias(n) for n, v in labels.items())
    broken = reasons(labelled)[0]
    if broken is not None:
        raise BadInput(f"({start.entity})-[:{drawn['type']}]->({end.entity}): {broken}")
    return claim


def _fields(name: str, value: Any) -> dict[str, object]:
    """The declared fields that a property sets; none if it is no field or cannot be read as one."""
    if isinstance(value, Date | DateTime):
        value = value.iso_format()[:10]
    try:
        if name in ("since", "until", "period"):
            span = parse_span(str(value))
            if name == "period":
                return {"period_from": span.start, "period_to": span.end}
            return {"valid_from": span.start} if name == "since" else {"valid_to": span.end}
        if f"{name}_min" in FIELD:
            number = _number(name, value)
            return {f"{name}_min": number, f"{name}_max": number}
        if name not in FIELD or FIELD[name].derived:
            return {}
        return {name: _value(name, FIELD[name].kind, value)}
    except (BadInput, ValueError, ArithmeticError):
        return {}


def _value(name: str, kind: str, value: Any) -> object:
    if kind == "number":
        return _number(name, value)
    if kind == "date":
        span = parse_span(str(value))
        return span.end if name.endswith("_to") else span.start
    if kind == "flag":
        if not isinstance(value, bool):
            raise BadInput(f"{name} is neither true nor false")
        return value
    return int(value) if kind == "integer" else str(value)


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool):
        raise BadInput(f"{name} is no number")
    if isinstance(value, str) and "share" in name:
        return float(parse_share(value))
    return float(checked_decimal(parse_decimal(str(value))))


def descriptions(nodes: Sequence[Node], document: str) -> list[dict[str, object]]:
    """Claims for what nodes say of themselves."""
    return [
        {
            "document_id": document, "type": "DESCRIBED_IN", "from_raw": node.entity, "record": node.entity,
            "method": "neo4j 1", "attributes": node.attributes, "note": node.note,
        }
        for node in nodes
        if node.attributes is not None
    ]  # fmt: skip
