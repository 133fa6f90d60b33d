"""Where an entity of an answer is, and how surely."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from graph_service.questions.context import Context


class PlacedItem(TypedDict):
    """Latitude and longitude, and whether they are those of the site or only of its town; left out if not known."""

    point: NotRequired[list[float]]
    point_precision: NotRequired[str]


def put_point(context: Context, item: PlacedItem, entity: int) -> None:
    """Say where the entity is, if more than its region is known."""
    point = context.snapshot.places.point(entity)
    if point is not None:
        item["point"] = [round(point.lat, 5), round(point.lon, 5)]
        is_site = point.uncertainty_km == 0 and context.snapshot.label(entity) != "City"
        item["point_precision"] = "site" if is_site else "town"
