"""A finished list of units, grouped by who operates them (semantics.md, Who counts as one party)."""

from __future__ import annotations

from collections.abc import Iterable

from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import LevelParams
from graph_service.snapshot.filters import Filters, visible

Grouped = dict[int, list[int]]


def at_level(context: Context, params: LevelParams, units: Iterable[int], own: Iterable[int]) -> Grouped:
    """What each item of the list stands for: the unit itself, or a company and those of its units that are listed.

    Args:
        context: the question.
        params: has the level.
        units: the finished list, in its order.
        own: the asker, who is no item of its own list.
    """
    if params.level == "unit":
        return {unit: [unit] for unit in units}
    found: Grouped = {}
    for unit in units:
        found.setdefault(_operator(context, unit), []).append(unit)
    for asker in own:
        found.pop(asker, None)
    return found


def members(context: Context, shown: int, units: list[int]) -> list[EntityItem]:
    """The units that an item stands for; none where it only stands for itself."""
    return [] if units == [shown] else [context.item(unit) for unit in context.by_name(units)]


def _operator(context: Context, unit: int) -> int:
    """Who operates a unit: the company it is one with, else the only one that is stated to; else the unit itself."""
    snapshot = context.snapshot
    company = snapshot.operators.get(snapshot.entity_ids[unit])
    if company is not None and (position := snapshot.position(company)) is not None:
        return position
    # Who runs a plant is asked at the clocks alone: the product filter, say, speaks of what is supplied.
    clocks = Filters(valid_at=context.valid_at, known_at=context.known_at, statuses=("actual",))
    counting = visible(snapshot, clocks)
    rows = snapshot.rows_to(unit, "OPERATES")
    operators = set(snapshot.claims["from"][rows[counting[rows]]].tolist())
    return int(operators.pop()) if len(operators) == 1 else unit
