"""An answer as a file of a graph or of a map: the entities that it names and the claims it rests on."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import orjson

from graph_service.interop.answer_graph import answer_graph, entities_in
from graph_service.interop.graphml import write_graphml
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context
from graph_service.questions.placed import PlacedItem, put_point
from graph_service.questions.server_rows import rows_of


def to_graphml(context: Context, envelope: Mapping[str, Any]) -> bytes:
    """GraphML: entities as nodes, claims as edges with what they state."""
    out = io.BytesIO()
    write_graphml(answer_graph(envelope["data"], _claims(context, envelope)), out)
    return out.getvalue()


def to_geojson(context: Context, envelope: Mapping[str, Any]) -> bytes:
    """GeoJSON (RFC 7946): a point for each entity whose place is known, a line for each claim between two of them.

    ``point_precision`` says whether a point is that of the site or of its town; ``unplaced`` counts whom no map shows.
    """
    claims = _claims(context, envelope)
    entities = {entity["id"]: entity for entity in entities_in([envelope["data"], claims])}
    placed: dict[str, PlacedItem] = {}
    for entity_id in entities:
        item: PlacedItem = {}
        if (position := context.snapshot.position(entity_id)) is not None:
            put_point(context, item, position)
        if "point" in item:
            placed[entity_id] = item
    features = [
        _feature(_point(item), {**entities[id], "point_precision": item["point_precision"]})
        for id, item in placed.items()
    ]
    for claim in claims:
        ends = [claim["subject"]["id"], claim["object"]["id"]] if "object" in claim else []
        if len(ends) == 2 and all(end in placed for end in ends):
            line = {"type": "LineString", "coordinates": [_point(placed[end])["coordinates"] for end in ends]}
            about = {
                "id": claim["id"],
                "type": claim["type"],
                "status": claim["status"],
                "from": ends[0],
                "to": ends[1],
            }
            features.append(_feature(line, about))
    return orjson.dumps(
        {
            "type": "FeatureCollection", "features": features, "summary": envelope["summary"],
            "unplaced": len(entities) - len(placed),
        }
    )  # fmt: skip


def _claims(context: Context, envelope: Mapping[str, Any]) -> list[ClaimItem]:
    return [claim_item(context, row) for row in rows_of(context, envelope["evidence"]["claims"])]


def _point(item: PlacedItem) -> dict[str, Any]:
    lat, lon = item["point"]
    return {"type": "Point", "coordinates": [lon, lat]}


def _feature(geometry: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
