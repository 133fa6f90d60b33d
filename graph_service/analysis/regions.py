"""Which entities lie inside a place."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from graph_service.snapshot.snapshot import Mask, Snapshot


def inside(snapshot: Snapshot, places: Collection[int]) -> Mask:
    """Mask of the entities that are stated to lie in one of these places, or in a part of one."""
    found = np.zeros(len(snapshot.entity_ids), bool)
    wanted, known = set(places), dict.fromkeys(places, True)
    around = snapshot.places.around
    for entity, located in snapshot.places.located.items():
        for place in located:
            if place not in known:
                known[place] = bool(wanted & set(around(place)))
            if known[place]:
                found[entity] = True
    return found
