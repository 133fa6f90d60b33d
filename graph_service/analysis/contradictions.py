"""Claims that exclude each other (semantics.md, Contradiction), gathered into disputes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph_service.snapshot.snapshot import Ints, Mask, Rows, Snapshot

_COMPARED = (
    ("value_per_year", "currency"), ("quantity_per_year", "base_unit"), ("capacity", "unit"),
    ("buyer_share", None), ("sales_share", None), ("share", None), ("count", None),
)  # fmt: skip
CALENDAR = 0.003
"""Years have 365 or 366 days: figures per year of unlike periods may differ by so much and agree."""

_SAME = ("from", "type", "to", "product", "kind", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Claims about one thing of which each excludes another.

    Attributes:
        chosen: the claim that the rule of choice puts first.
        rivals: claims that exclude it.
        agreeing: claims that only exclude one of the rivals.
        reason: ``disjoint``, ``two towns`` or ``above 100 %``.
    """

    chosen: int
    rivals: tuple[int, ...]
    agreeing: tuple[int, ...]
    reason: str


def disputes(snapshot: Snapshot, rows: Rows) -> list[Dispute]:
    """All disputes among these claims."""
    return [*_figures(snapshot, rows), *_two_towns(snapshot, rows), *_over_owned(snapshot, rows)]


def contradicts(snapshot: Snapshot, a: int, b: int) -> bool:
    """Whether two claims about the same thing exclude each other.

    Same subject, type, object, product and kind are the caller's; this compares status, scope, basis, periods, units
    and intervals.
    """
    c = snapshot.claims
    if snapshot.term("basis", a) == "delivery" or snapshot.term("basis", b) == "delivery":
        return False
    if c["status"][a] != c["status"][b] or snapshot.texts["scope"].get(a) != snapshot.texts["scope"].get(b):
        return False
    if not _periods_overlap(snapshot, a, b):
        return False
    is_same_period = c["period_from"][a] == c["period_from"][b] and c["period_to"][a] == c["period_to"][b]
    slack = 0.0 if is_same_period else CALENDAR
    for name, unit in _COMPARED:
        if unit is not None and c[unit][a] != c[unit][b]:
            continue
        low_a, high_a, low_b, high_b = (
            float(c[f"{name}_{end}"][row]) for row, end in ((a, "min"), (a, "max"), (b, "min"), (b, "max"))
        )
        room = slack if name.endswith("per_year") else 0.0
        # An open side is nan and never more.
        if low_b - high_a > room * abs(low_b) or low_a - high_b > room * abs(low_a):
            return True
    return False


def _periods_overlap(snapshot: Snapshot, a: int, b: int) -> bool:
    c = snapshot.claims
    starts = max(int(c["period_from"][a]), int(c["period_from"][b]))
    return starts < min(int(c["period_to"][a]), int(c["period_to"][b]))


def _figures(snapshot: Snapshot, rows: Rows) -> Iterable[Dispute]:
    rows = rows[_states_a_figure(snapshot, rows)]
    for group in _runs(snapshot, rows, _SAME):
        pairs = [(a, b) for number, a in enumerate(group) for b in group[number + 1 :] if contradicts(snapshot, a, b)]
        yield from _gathered(snapshot, pairs, "disjoint")


def _states_a_figure(snapshot: Snapshot, rows: Rows) -> Mask:
    c = snapshot.claims
    states = np.zeros(len(rows), bool)
    for name, _ in _COMPARED:
        states |= ~np.isnan(c[f"{name}_min"][rows]) | ~np.isnan(c[f"{name}_max"][rows])
    is_rate: Mask = states & (c["basis"][rows] != snapshot.code("delivery"))
    return is_rate


def _runs(snapshot: Snapshot, rows: Rows, columns: tuple[str, ...]) -> Iterable[list[int]]:
    """Rows that are equal in the columns, where there are two or more, each run in the order of choice."""
    if len(rows) < 2:
        return
    c = snapshot.claims
    keys = np.stack([np.asarray(c[name][rows], np.int64) for name in columns])
    order = np.lexsort((np.asarray(c["choice"][rows]), *keys))
    keys, rows = keys[:, order], rows[order]
    starts = np.flatnonzero(np.concatenate(([True], np.any(keys[:, 1:] != keys[:, :-1], axis=0))))
    lengths = np.diff(np.append(starts, len(rows)))
    for start, length in zip(starts[lengths > 1].tolist(), lengths[lengths > 1].tolist(), strict=True):
        yield rows[start : start + length].tolist()


def _gathered(snapshot: Snapshot, pairs: list[tuple[int, int]], reason: str) -> Iterable[Dispute]:
    """One dispute for each set of claims that pairs connect."""
    graph = nx.Graph(pairs)
    choice = snapshot.claims["choice"]
    for connected in nx.connected_components(graph):
        chosen, *others = sorted(connected, key=lambda row: int(choice[row]))
        excluded = set(graph[chosen])
        yield Dispute(
            chosen=chosen,
            rivals=tuple(row for row in others if row in excluded),
            agreeing=tuple(row for row in others if row not in excluded),
            reason=reason,
        )


def _two_towns(snapshot: Snapshot, rows: Rows) -> Iterable[Dispute]:
    c = snapshot.claims
    rows = rows[snapshot.is_type("LOCATED_IN")[rows]]
    for group in _runs(snapshot, rows, ("from", "status")):
        placed = [row for row in group if snapshot.label(int(c["to"][row])) == "City"]
        if not placed or snapshot.label(int(c["from"][placed[0]])) != "Plant":
            continue
        pairs = [(a, b) for number, a in enumerate(placed) for b in placed[number + 1 :] if c["to"][a] != c["to"][b]]
        yield from _gathered(snapshot, pairs, "two towns")


def _over_owned(snapshot: Snapshot, rows: Rows) -> Iterable[Dispute]:
    c = snapshot.claims
    is_stated: Mask = ~np.isnan(np.asarray(c["share_min"], float))[rows]
    is_actual = c["status"][rows] == snapshot.code("actual")
    owns: Ints = rows[snapshot.is_type("OWNS")[rows] & is_stated & is_actual]
    for group in _runs(snapshot, owns, ("to",)):
        of_owner: dict[int, int] = {}
        for row in group:
            of_owner.setdefault(int(c["from"][row]), row)
        own = list(of_owner.values())
        if len(own) > 1 and sum(float(c["share_min"][row]) for row in own) > 1 + 1e-9:
            yield Dispute(chosen=own[0], rivals=tuple(own[1:]), agreeing=(), reason="above 100 %")
