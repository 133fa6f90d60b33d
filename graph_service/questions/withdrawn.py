"""Whoever nothing is said of any more: history still calls them by their names."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from graph_service.snapshot.snapshot import Snapshot


def said_last(snapshot: Snapshot, entity: int) -> Mapping[str, object]:
    """What the newest description of an entity stated, withdrawn or not; empty where there never was one."""
    recorded = snapshot.claims["recorded"]
    rows = sorted(snapshot.rows_from(entity, "DESCRIBED_IN").tolist(), key=lambda row: (int(recorded[row]), row))
    texts = [text for row in rows if (text := snapshot.texts["attributes"].get(row))]
    found: Mapping[str, object] = orjson.loads(texts[-1]) if texts else {}
    return found
