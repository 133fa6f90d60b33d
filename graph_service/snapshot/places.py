"""Where things are: the tree of cities, regions, districts and countries, and points with their precision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import asin, cos, isnan, radians, sin, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

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


@dataclass(frozen=True, eq=False)
class Groups(Mapping[int, tuple[int, ...]]):
    """Positions by position, for all entities; who has none is no key.

    Those of entity e are ``members[offsets[e]:offsets[e + 1]]``.
    """

    offsets: npt.NDArray[np.int32]
    members: npt.NDArray[np.int32]

    def get(self, entity: int, default: Any = None) -> Any:
        """The members of an entity, or ``default``."""
        first, last = self.offsets[entity], self.offsets[entity + 1]
        return tuple(self.members[first:last].tolist()) if first < last else default

    def __getitem__(self, entity: int) -> tuple[int, ...]:
        found = self.get(entity) if 0 <= entity < len(self.offsets) - 1 else None
        if found is None:
            raise KeyError(entity)
        return tuple(found)

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(np.diff(self.offsets)).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self.offsets)))


@dataclass(frozen=True, eq=False)
class Points(Mapping[int, Point]):
    """The points of those who have one; the arrays go over all entities, with nan for the others."""

    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    uncertainty_km: npt.NDArray[np.float64]

    @classmethod
    def pack(cls, points: Mapping[int, Point], size: int) -> Points:
        """Lay points out for ``size`` entities."""
        at = np.fromiter(points, dtype=np.int64, count=len(points))
        columns = []
        for name in ("lat", "lon", "uncertainty_km"):
            column = np.full(size, np.nan)
            column[at] = [getattr(point, name) for point in points.values()]
            columns.append(column)
        return cls(*columns)

    def get(self, entity: int, default: Any = None) -> Any:
        """The point of an entity, or ``default``."""
        lat = float(self.lat[entity])
        if isnan(lat):
            return default
        return Point(lat=lat, lon=float(self.lon[entity]), uncertainty_km=float(self.uncertainty_km[entity]))

    def __getitem__(self, entity: int) -> Point:
        found = self.get(entity) if 0 <= entity < len(self.lat) else None
        if found is None:
            raise KeyError(entity)
        return Point(lat=found.lat, lon=found.lon, uncertainty_km=found.uncertainty_km)

    def __contains__(self, entity: object) -> bool:
        return isinstance(entity, int) and 0 <= entity < len(self.lat) and not isnan(self.lat[entity])

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(~np.isnan(self.lat)).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(~np.isnan(self.lat)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Positions of entities throughout.

    Attributes:
        parents: what a place is directly part of.
        located: the places an entity is stated to be in.
        points: the point of whatever has one.
    """

    parents: Groups
    located: Groups
    points: Points

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
        own: Point | None = self.points.get(entity)
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
    """Least and greatest distance in km, given how far off each point may be.

    To the millimetre: two engines differ behind that, and equally far ones would come in another order.
    """
    middle, slack = round(distance_km(a, b), 6), a.uncertainty_km + b.uncertainty_km
    return max(0.0, middle - slack), middle + slack
