"""The snapshot: all claims in numpy columns with compressed sparse rows both ways; every question reads one.

Immutable once built. Rows are claims in the order of ``claim_id`` and version, so that equal stores give equal
snapshots. Dates are days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from graph_service.domain.clocks import Version
from graph_service.snapshot.names import NameIndex
from graph_service.snapshot.places import Places

Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]

EPOCH = date(1970, 1, 1)
NO_START = -(2**31)
NO_END = 2**31 - 1
NOBODY = -1


def to_days(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def to_date(days: int) -> date | None:
    """The date of a day number; None for the marks of an unknown date."""
    return None if days in (NO_START, NO_END) else EPOCH + timedelta(days=int(days))


@dataclass(frozen=True, slots=True)
class Csr:
    """Rows grouped by a key: those of key k are ``rows[offsets[k]:offsets[k + 1]]``."""

    offsets: npt.NDArray[np.int64]
    rows: Ints

    @classmethod
    def group(cls, keys: Ints, size: int) -> Csr:
        """Group row numbers by key; negative keys are left out."""
        order = np.argsort(keys, kind="stable").astype(np.int32)
        counts = np.bincount(keys[keys >= 0], minlength=size)
        offsets = np.concatenate(([0], np.cumsum(counts)))
        return cls(offsets, order[len(keys) - int(offsets[-1]) :])

    def of(self, key: int) -> Ints:
        """Rows of one key."""
        return self.rows[self.offsets[key] : self.offsets[key + 1]]

    def of_all(self, keys: Rows) -> Ints:
        """Rows of many keys, in the order of the keys."""
        starts, ends = self.offsets[keys], self.offsets[np.asarray(keys) + 1]
        lengths = ends - starts
        total = int(lengths.sum())
        if total == 0:
            return np.empty(0, dtype=np.int32)
        positions = np.arange(total) + np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        return self.rows[positions]


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The graph at one version of its store.

    Attributes:
        version: the store's version that this is.
        versions: all versions up to it, oldest first.
        claims: the columns by name; ``type`` and other terms are positions in ``terms`` (-1: not stated), numbers
            float64 (nan: not stated), flags int8 (-1: unknown), dates int32 with ``NO_START``/``NO_END`` for open
            ends and ``NO_START`` for an unknown day.
        entity_ids: id of each entity, sorted.
        attributes: the chosen attributes of each entity (semantics.md, chosen value); empty if nobody describes it.
        all_names: every name of each entity, the chosen first.
        documents: id of each document.
        redirects: ids of merged entities and where they lead.
        units: operator → plant, where the two are one unit.
        by_from, by_to: claims by subject and by object, all types.
        names: the search index.
        places: what lies in what, and where everything is.
    """

    version: Version
    versions: Sequence[Version]
    claims: Mapping[str, Column]
    claim_ids: Sequence[str]
    texts: Mapping[str, Mapping[int, str]]
    terms: Sequence[str]
    entity_ids: Sequence[str]
    attributes: Sequence[Mapping[str, object]]
    all_names: Sequence[Sequence[str]]
    documents: Sequence[str]
    redirects: Mapping[str, str]
    units: Mapping[str, str]
    by_from: Csr
    by_to: Csr
    names: NameIndex
    places: Places
    masks: dict[object, Mask] = field(default_factory=dict)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {entity_id: position for position, entity_id in enumerate(self.entity_ids)}

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {term: code for code, term in enumerate(self.terms)}

    @cached_property
    def _labels(self) -> npt.NDArray[np.str_]:
        return np.array([str(own.get("label", "Entity")) for own in self.attributes], dtype=np.str_)

    @cached_property
    def claim_positions(self) -> dict[str, int]:
        """The newest row of each claim id."""
        return {claim_id: row for row, claim_id in enumerate(self.claim_ids)}

    @cached_property
    def products(self) -> tuple[int, ...]:
        """Positions of all products."""
        return tuple(entity for entity, own in enumerate(self.attributes) if own.get("label") == "Product")

    @cached_property
    def operators(self) -> dict[str, str]:
        """Plant → operator, where the two are one unit."""
        return {plant: operator for operator, plant in self.units.items()}

    @cached_property
    def unit_positions(self) -> Ints:
        """The unit of each entity, as `unit` says it."""
        found: Ints = np.arange(len(self.entity_ids), dtype=np.int32)
        for operator, plant in self.units.items():
            if operator in self._positions and plant in self._positions:
                found[self._positions[operator]] = self._positions[plant]
        return found

    @cached_property
    def operator_positions(self) -> Ints:
        """The company that each unit is one with; `NOBODY` where it stands alone."""
        found: Ints = np.full(len(self.entity_ids), NOBODY, dtype=np.int32)
        joined = np.flatnonzero(self.unit_positions != np.arange(len(found)))
        found[self.unit_positions[joined]] = joined
        return found

    @cached_property
    def homes(self) -> Ints:
        """The region in which each entity is, else the country; `NOBODY` where neither is known.

        Of several stated places the one chosen first that names a region, a federal district being none. What is not
        known of a plant is taken from the company that it is one unit with.
        """
        found: Ints = np.full(len(self.entity_ids), NOBODY, dtype=np.int32)
        regions: dict[int, int] = {}
        countries: dict[int, int] = {}
        for entity, stated in self.places.located.items():
            for place in stated:
                for around in (place, *self.places.around(place)):
                    if self.label(around) == "Country":
                        countries.setdefault(entity, around)
                    elif self.label(around) == "Region" and self.attributes[around].get("kind") != "district":
                        regions.setdefault(entity, around)
        for entity in regions.keys() | countries.keys():
            unit = int(self.unit_positions[entity])
            for own in (entity, unit) if unit != entity else (entity,):
                halves = (own, int(self.operator_positions[own]))
                known = [
                    place for by in (regions, countries) for half in halves if (place := by.get(half, NOBODY)) >= 0
                ]
                found[own] = known[0]
        return found

    def position(self, entity_id: str) -> int | None:
        """Position of an entity, or None."""
        return self._positions.get(entity_id)

    def code(self, term: str) -> int:
        """Code of a term; -2 (equal to no row's) if no claim uses it."""
        return self._codes.get(term, -2)

    def term(self, column: str, row: int) -> str | None:
        """The text of a term column in one row."""
        code = int(self.claims[column][row])
        return None if code < 0 else self.terms[code]

    def is_type(self, *types: str) -> Mask:
        """Mask of the claims of these types."""
        return np.isin(self.claims["type"], [self.code(name) for name in types])

    def rows_from(self, entity: int, *types: str) -> Ints:
        """Claims of these types (all if none named) whose subject is the entity."""
        return self._typed(self.by_from.of(entity), types)

    def rows_to(self, entity: int, *types: str) -> Ints:
        """Claims of these types (all if none named) whose object is the entity."""
        return self._typed(self.by_to.of(entity), types)

    def _typed(self, rows: Ints, types: tuple[str, ...]) -> Ints:
        if not types:
            return rows
        return rows[np.isin(self.claims["type"][rows], [self.code(name) for name in types])]

    def label(self, entity: int) -> str:
        """Label of an entity."""
        return str(self.attributes[entity].get("label", "Entity"))

    def of_type(self, *labels: str) -> Mask:
        """Mask of the entities with one of these labels."""
        return np.isin(self._labels, labels)

    def name(self, entity: int, lang: str = "ru") -> str:
        """Name of an entity in a language: that one, else as written, else the other, else its number or id."""
        chosen = self.attributes[entity]
        order = ("name_ru", "name", "name_en") if lang == "ru" else ("name_en", "name", "name_ru")
        for key in order:
            if chosen.get(key):
                return str(chosen[key])
        for key, title in (
            ("inn", "ИНН" if lang == "ru" else "INN"),
            ("ogrn", "ОГРН" if lang == "ru" else "OGRN"),
        ):
            if chosen.get(key):
                return f"{title} {chosen[key]}"
        return self.entity_ids[entity]

    def unit(self, entity: int) -> int:
        """The unit that an entity's trade claims sit on: its plant where the two are one, else itself."""
        plant = self.units.get(self.entity_ids[entity])
        position = self._positions.get(plant) if plant else None
        return entity if position is None else position
