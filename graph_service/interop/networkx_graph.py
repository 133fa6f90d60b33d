"""The graph for networkx: entities as nodes, claims as edges, so that nothing of the evidence is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

import networkx as nx

from graph_service.interop.selection import (
    HasSnapshot,
    Selection,
    claim_values,
    entity_values,
    select,
    snapshot_of,
)
from graph_service.snapshot.snapshot import Snapshot
from graph_service.store.neo4j.observations import figure

EntityGraph: TypeAlias = "nx.MultiDiGraph[str]"
"""Entities by id, claims as edges by claim id."""


def to_networkx(
    graph: Snapshot | HasSnapshot,
    *,
    entity: str | None = None,
    hops: int = 1,
    valid_at: date | None = None,
    statuses: Sequence[str] = ("actual", "planned"),
    lang: str = "ru",
) -> EntityGraph:
    """The whole graph or the neighbourhood of an entity.

    Nodes are keyed by entity id and carry ``label``, ``name``, ``names``, ``identifiers`` and every known attribute
    (``lat`` and ``lon`` in degrees). Edges are claims, keyed by claim id: ``type`` and every stated value by its field
    name, ``document``, ``source_rank`` (1 is best), ``published_on``, ``last_seen``; what is not stated is left out.
    A figure (HAS), or a use in words, is an edge to an Observation node, whose id is the claim's. Two sources that say
    the same are two edges: count neighbours, not edges, where firms are meant.

    Args:
        graph: a snapshot, or a graph with one.
        entity: id of the entity to stay around; None for the whole graph.
        hops: how many claims away from it; a place, a product or a counted group is reached, not walked through.
        valid_at: the day it was true; today unless given.
        statuses: which claims count: actual, planned, cancelled.
        lang: language of the names.

    Raises:
        NotFound: no entity has this id.
        BadParameter: ``hops`` is negative, or a status is none.
    """
    selection = select(snapshot_of(graph), entity=entity, hops=hops, valid_at=valid_at, statuses=statuses)
    return selected_graph(selection, lang)


def selected_graph(selection: Selection, lang: str = "ru") -> EntityGraph:
    """A selection as a graph; see ``to_networkx``."""
    snapshot, rows = selection.snapshot, selection.rows
    found: EntityGraph = nx.MultiDiGraph(valid_at=selection.valid_at.isoformat(), graph_version=snapshot.version.number)
    for entity in selection.entities:
        found.add_node(snapshot.entity_ids[entity], **entity_values(snapshot, entity, lang))
    ends = zip(snapshot.claims["from"][rows].tolist(), snapshot.claims["to"][rows].tolist(), strict=True)
    for row, (source, target), values in zip(rows.tolist(), ends, claim_values(snapshot, rows, lang), strict=True):
        claim = snapshot.claim_ids[row]
        if target < 0:
            found.add_node(claim, label="Observation", name=figure(values), kind=values.get("kind", ""))
        found.add_edge(
            snapshot.entity_ids[source], claim if target < 0 else snapshot.entity_ids[target], key=claim, **values
        )
    return found
