"""The usual way, to compare with: Flask, the neo4j driver and the same question in Cypher on plain links."""

from __future__ import annotations

import os

import neo4j
from flask import Flask, Response, jsonify, request

SUPPLIERS = """
MATCH p = (c:Entity {id: $id})<-[:SUPPLIES*1..3]-(s:Entity)
WHERE s <> c
WITH s, min(length(p)) AS tier ORDER BY tier, s.name, s.id
WITH collect({id: s.id, name: s.name, tier: tier}) AS found
RETURN size(found) AS total, found[$skip..$skip + $limit] AS items
"""

app = Flask(__name__)
driver = neo4j.GraphDatabase.driver(os.environ["PEER_URI"], auth=None)


@app.get("/suppliers/<entity_id>")
def suppliers(entity_id: str) -> Response:
    """A page of suppliers to tier 3."""
    limit, skip = int(request.args.get("limit", 50)), int(request.args.get("skip", 0))
    records = driver.execute_query(SUPPLIERS, id=entity_id, limit=limit, skip=skip).records
    return jsonify(records[0].data())
