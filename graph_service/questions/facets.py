"""By what a list of entities can be narrowed: where they are, what they make, to where they export."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

import numpy as np
from typing_extensions import TypedDict

from graph_service.questions.context import Context, EntityItem
from graph_service.snapshot.snapshot import Ints, Mask

_SHOWN = 50
Facet = Literal["region", "makes", "exports_to"]


class FacetItem(TypedDict):
    """A value to narrow by, and how many rows of the list it leaves."""

    entity: EntityItem
    count: int


class FacetList(TypedDict):
    """The 50 values with most entities or claims, by what they leave, then by name; there are so many in all."""

    items: list[FacetItem]
    total: int


class Rows(TypedDict):
    """The entities that were found, and in which row of the list each stands."""

    entities: Ints
    rows: Ints


def facets(context: Context, found: Callable[[Facet], Rows]) -> dict[str, FacetList]:
    """For each facet the values that narrow a list, each with what it leaves of it.

    Args:
        context: of the question.
        found: what all filters but that of one facet leave.
    """
    return {
        "by_region": _of_regions(context, found("region")),
        "by_product": _of_claims(context, found("makes"), "PRODUCES"),
        "by_market": _of_claims(context, found("exports_to"), "EXPORTS_TO"),
    }


def having(context: Context, type: str, targets: Iterable[int]) -> Mask:
    """Mask of the entities with a claim of the type to one of the targets, or whose plant or operator has one."""
    snapshot, c = context.snapshot, context.snapshot.claims
    rows = context.kept(np.flatnonzero(snapshot.is_type(type)))
    units = np.unique(snapshot.unit_positions[c["from"][rows[np.isin(c["to"][rows], list(targets))]]])
    return np.isin(snapshot.unit_positions, units)


def _of_regions(context: Context, found: Rows) -> FacetList:
    """As the filter of places keeps whatever is a region or lies in it."""
    snapshot = context.snapshot
    is_region = snapshot.of_type("Region")
    located = snapshot.places.located
    around: dict[tuple[int, ...], list[int]] = {}  # many stand in the same place
    inside: dict[int, set[int]] = {}
    for entity, row in zip(found["entities"].tolist(), found["rows"].tolist(), strict=True):
        places = located.get(entity) or (entity,)
        if places not in around:
            around[places] = [p for p in {entity, *snapshot.places.around(entity)} if is_region[p]]
        for place in around[places]:
            inside.setdefault(place, set()).add(row)
    return _list(context, {place: len(rows) for place, rows in inside.items()}, len(inside))


def _of_claims(context: Context, found: Rows, type: str) -> FacetList:
    """To whom claims of the type lead from the rows; a product counts for what it lies in too."""
    snapshot, c = context.snapshot, context.snapshot.claims
    units = snapshot.unit_positions[found["entities"]]
    rows = context.kept(np.flatnonzero(snapshot.is_type(type)))
    sources = snapshot.unit_positions[c["from"][rows]]
    rows, sources = (own[np.isin(sources, units)] for own in (rows, sources))
    stated, claims = np.unique(c["to"][rows], return_counts=True)
    counts = {}
    for target in stated[np.argsort(-claims, kind="stable")][:_SHOWN].tolist():
        wanted = context.products(snapshot.entity_ids[target], "makes") if type == "PRODUCES" else {target}
        own = np.isin(units, sources[np.isin(c["to"][rows], list(wanted or ()))])
        counts[target] = len(np.unique(found["rows"][own]))
    return _list(context, counts, len(stated))


def _list(context: Context, counts: dict[int, int], total: int) -> FacetList:
    values = np.fromiter(counts, np.int64, len(counts))
    sizes = np.fromiter(counts.values(), np.int64, len(counts))
    order = np.lexsort((context.snapshot.name_ranks[context.lang][values], -sizes))[:_SHOWN]
    items = [FacetItem(entity=context.item(int(values[at])), count=int(sizes[at])) for at in order]
    return FacetList(items=items, total=total)
