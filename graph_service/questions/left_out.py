"""Links that a number does not count: planned, cancelled, or last seen too long ago."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from graph_service.domain.schema import STATUSES
from graph_service.questions.context import Context
from graph_service.snapshot.filters import visible
from graph_service.snapshot.snapshot import Rows


def left_out(context: Context, rows: Rows) -> dict[str, int]:
    """How many links among these claims do not count by their status or age: planned, cancelled, too_old.

    A link is what has the same subject, type, object and product; it is left out if none of its claims counts.
    """
    snapshot, c = context.snapshot, context.snapshot.claims
    wide = visible(snapshot, replace(context.filters, statuses=STATUSES, max_age=None))
    rows = rows[wide[rows]]
    keys = np.stack([np.asarray(c[name][rows], np.int64) for name in ("from", "type", "to", "product")])
    _, link = np.unique(keys, axis=1, return_inverse=True)
    link = link.reshape(-1)
    size = int(link.max(initial=-1)) + 1
    counts = np.zeros(size, bool)
    counts[link[context.mask[rows]]] = True
    found: dict[str, int] = {}
    asked = set(context.filters.statuses)
    for status in STATUSES:
        has_it = np.zeros(size, bool)
        has_it[link[c["status"][rows] == snapshot.code(status)]] = True
        number = int(np.count_nonzero(has_it & ~counts))
        counts |= has_it
        name = "too_old" if status in asked else status
        if number:
            found[name] = found.get(name, 0) + number
    return found
