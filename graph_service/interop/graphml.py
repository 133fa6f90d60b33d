"""GraphML and GEXF: the graph for Gephi, yEd, Cytoscape, igraph, within the types that these formats have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import networkx as nx

from graph_service.interop.networkx_graph import EntityGraph

# Characters that XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: EntityGraph, path: Path | BinaryIO) -> None:
    """Write a graph of ``to_networkx`` as GraphML; each edge's id is its claim's.

    Drawing programs show ``label``: it is the name of a node here, and the node's kind is ``type``. Lists are joined by
    ``; ``, dates are ISO 8601, identifiers are attributes of their own.
    """
    nx.write_graphml_xml(flat_graph(graph), path, named_key_ids=True)


def write_gexf(graph: EntityGraph, path: Path) -> None:
    """Write a graph of ``to_networkx`` as GEXF 1.2; as in GraphML, but an edge's type is its ``label``."""
    flat = flat_graph(graph)
    for _, _, claim, values in flat.edges(keys=True, data=True):
        # GEXF keeps `type` for directed or undirected, and numbers edges that carry no id.
        values["label"] = values.pop("type")
        values["id"] = claim
    nx.write_gexf(flat, path, version="1.2draft")


def flat_graph(graph: EntityGraph) -> EntityGraph:
    """A copy whose attributes are texts, numbers, true and false."""
    flat: EntityGraph = nx.MultiDiGraph()
    flat.graph.update(_flat(graph.graph))
    for node, values in graph.nodes(data=True):
        shown = {"type": values["label"], "label": _text(values["name"])}
        flat.add_node(node, **(_flat(values) | shown))
    for source, target, claim, values in graph.edges(keys=True, data=True):
        flat.add_edge(source, target, key=claim, **_flat(values))
    return flat


def _flat(values: Mapping[str, Any]) -> dict[str, str | int | float | bool]:
    found: dict[str, str | int | float | bool] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= _flat(value)
        elif isinstance(value, bool | int | float):
            found[name] = value
        elif isinstance(value, list | tuple):
            found[name] = _text("; ".join(map(str, value)))
        elif isinstance(value, date):
            found[name] = value.isoformat()
        else:
            found[name] = _text(str(value))
    return found


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
