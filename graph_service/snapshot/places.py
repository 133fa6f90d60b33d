"""Where things are: the tree of cities, regions, districts and countries, and points with their precision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_378_140.0
"""Neo4j's sphere, so that both engines give the same distance."""

TOWN_RADIUS_KM = 15.0
"""A firm known only to its town is within this of the town's point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """WGS 84 degrees and how far off the true site may be, in km."""

    lat: float
    lon: float
    uncertainty_km: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Positions of entities throughout.

    Attributes:
        parents: what a place is directly part of.
        located: the places an entity is stated to be in.
        points: the point of whatever has one.
    """

    parents: Mapping[int, tuple[int, ...]]
    located: Mapping[int, tuple[int, ...]]
    points: Mapping[int, Point]

    def around(self, entity: int) -> tuple[int, ...]:
        """Every place that the entity lies in, nearest first: town, region, district, country."""
        found: list[int] = []
        waiting = list(self.located.get(entity, ())) or list(self.parents.get(entity, ()))
        while waiting:
            place = waiting.pop(0)
            if place not in found and place != entity:
                found.append(place)
                waiting += self.parents.get(place, ())
        return tuple(found)

    def point(self, entity: int) -> Point | None:
        """The entity's own point, else its town's, which may be 15 km off; None if only a region is known."""
        own = self.points.get(entity)
        if own is not None:
            return own
        for place in self.located.get(entity, ()):
            town = self.points.get(place)
            if town is not None:
                return Point(lat=town.lat, lon=town.lon, uncertainty_km=TOWN_RADIUS_KM)
        return None


def distance_km(a: Point, b: Point) -> float:
    """Haversine distance in km on Neo4j's sphere."""
    phi_a, phi_b = radians(a.lat), radians(b.lat)
    half = sin((phi_b - phi_a) / 2) ** 2 + cos(phi_a) * cos(phi_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half))) / 1000


def distance_interval_km(a: Point, b: Point) -> tuple[float, float]:
    """Least and greatest distance in km, given how far off each point may be."""
    middle, slack = distance_km(a, b), a.uncertainty_km + b.uncertainty_km
    return max(0.0, middle - slack), middle + slack
