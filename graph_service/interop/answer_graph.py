"""An answer for networkx: the entities it names and the claims it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import networkx as nx

from graph_service.domain.claims import DEFAULTS
from graph_service.interop.networkx_graph import EntityGraph
from graph_service.store.neo4j.observations import figure

_AMOUNTS = {"value": "currency", "quantity": "unit", "capacity": "unit", "count": None}
_ENDS = (("min", "low"), ("max", "high"))
_SHARES = ("share", "buyer_share", "sales_share")
_DATES = ("valid_from", "published_on", "last_seen")


def answer_graph(data: Any, claims: Iterable[Mapping[str, Any]]) -> EntityGraph:
    """The entities of an answer's data as nodes, claims as edges with the field names of ``to_networkx``.

    Args:
        data: the answer's data.
        claims: the claims that it rests on, as answers show a claim.
    """
    claims = list(claims)
    found: EntityGraph = nx.MultiDiGraph()
    for entity in entities_in([data, claims]):
        rest = {name: value for name, value in entity.items() if name not in ("id", "type") and value is not None}
        found.add_node(entity["id"], label=entity["type"], **rest)
    for claim in claims:
        _add_claim(found, claim)
    return found


def claims_in(data: Any) -> Iterator[Mapping[str, Any]]:
    """Claims that the data shows whole, wherever they stand in it."""
    for value in _mappings(data):
        if {"id", "type", "subject", "stated"} <= value.keys():
            yield value


def entities_in(data: Any) -> Iterator[Mapping[str, Any]]:
    """Entities, wherever they stand in the data."""
    for value in _mappings(data):
        if {"id", "type", "name"} <= value.keys():
            yield value


def _mappings(data: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, Mapping):
        yield data
        for value in data.values():
            yield from _mappings(value)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for value in data:
            yield from _mappings(value)


def _add_claim(found: EntityGraph, claim: Mapping[str, Any]) -> None:
    if claim["type"] == "DESCRIBED_IN":
        return  # what a document says of an entity is no edge; its name and place are on the node
    values = _values(claim)
    target = claim["object"]["id"] if "object" in claim else claim["id"]
    if "object" not in claim:
        found.add_node(target, label="Observation", name=figure(values), kind=values.get("kind", ""))
    found.add_edge(claim["subject"]["id"], target, key=claim["id"], **values)


def _values(claim: Mapping[str, Any]) -> dict[str, Any]:
    # An answer leaves out what every claim says unless it says otherwise.
    values: dict[str, Any] = {"type": claim["type"], **DEFAULTS}
    values |= {name: claim[name] for name in ("status", "confidence", "document", "source_rank")}
    if "product" in claim:
        values |= {"product": claim["product"]["id"], "product_name": claim["product"]["name"]}
    values |= {name: date.fromisoformat(claim[name]) for name in _DATES if name in claim}
    if "valid_until" in claim:
        values["valid_to"] = date.fromisoformat(claim["valid_until"])
    for name, stated in claim["stated"].items():
        if name in _AMOUNTS:
            values |= {f"{name}_{end}": float(stated[key]) for end, key in _ENDS if key in stated}
            if (unit := _AMOUNTS[name]) and "unit" in stated:
                values[unit] = stated["unit"]
        elif name in _SHARES:
            values |= {f"{name}_min": stated[0], f"{name}_max": stated[1]}
        elif name == "period":
            values |= _period(stated)
        else:
            values[name] = stated
    return values


def _period(text: str) -> dict[str, date]:
    """``first/last`` as the first day and the day after the last."""
    first, _, last = text.partition("/")
    found = {} if first == ".." else {"period_from": date.fromisoformat(first)}
    if last != "..":
        found["period_to"] = date.fromisoformat(last) + timedelta(days=1)
    return found
