"""The snapshot: all claims in numpy columns with compressed sparse rows both ways; every question reads one.

Immutable once built. Rows are claims in the order of ``claim_id`` and version, so that equal stores give equal
snapshots. Dates are days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, cast, overload

import numpy as np
import numpy.typing as npt
import orjson

from graph_service.domain.clocks import Version
from graph_service.domain.schema import STATUSES
from graph_service.snapshot.claim_ids import ClaimIds, NewestRows
from graph_service.snapshot.columns import Columns, Layout
from graph_service.snapshot.flat import Tables, unflatten
from graph_service.snapshot.names import NameIndex
from graph_service.snapshot.places import Places
from graph_service.snapshot.texts import JsonTexts, RowTexts, SortedTexts, Texts

Ints = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int32] | npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Column = npt.NDArray[Any]

EPOCH = date(1970, 1, 1)
NO_START = -(2**31)
NO_END = 2**31 - 1
NOBODY = -1
EMPTY = Version(number=0, committed_at="")
UNLABELLED = "Entity"


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


class Picked(Sequence[tuple[str, str]]):
    """One of few pairs for each position."""

    def __init__(self, values: Sequence[tuple[str, str]], codes: Ints) -> None:
        self._values, self._codes = values, codes

    @overload
    def __getitem__(self, position: int) -> tuple[str, str]: ...
    @overload
    def __getitem__(self, position: slice) -> list[tuple[str, str]]: ...
    def __getitem__(self, position: int | slice) -> tuple[str, str] | list[tuple[str, str]]:
        if isinstance(position, slice):
            return [self._values[code] for code in self._codes[position].tolist()]
        return self._values[int(self._codes[position])]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return (self._values[code] for code in self._codes.tolist())

    def __len__(self) -> int:
        return len(self._codes)


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a snapshot holds beside the columns of claims, as arrays (graph_service.snapshot.flat).

    ``attributes`` and ``all_names`` are JSON by entity, ``redirects`` and ``units`` one JSON each, ``labels`` and
    ``document_sources`` positions in lists of the ``Built``.
    """

    claim_ids: ClaimIds
    record: RowTexts
    scope: RowTexts
    stated: RowTexts
    entity_ids: SortedTexts
    attributes: Texts
    all_names: Texts
    labels: npt.NDArray[np.int8]
    rank_ru: Ints
    rank_en: Ints
    documents: SortedTexts
    document_sources: npt.NDArray[np.int32]
    redirects: Texts
    units: Texts
    by_from: Csr
    by_to: Csr
    names: NameIndex
    places: Places


@dataclass(frozen=True, kw_only=True)
class Built:
    """A snapshot as it is kept: named arrays, in memory or in files, and what is no array.

    Attributes:
        tables: the arrays of ``Content`` and of the columns.
        versions: all versions, oldest first.
        terms: texts of the term columns.
        labels: texts of ``Content.labels``.
        sources: (id, name) of the sources that ``Content.document_sources`` points to.
        layout: how each column of claims is kept.
        lease: keeps the files behind the arrays from being removed while this lives.
    """

    tables: Tables
    versions: tuple[Version, ...]
    terms: tuple[str, ...]
    labels: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    layout: Layout
    lease: object = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The graph at one version of its store.

    Attributes:
        version: the store's version that this is.
        versions: all versions up to it, oldest first.
        claims: the columns by name; ``type`` and other terms are positions in ``terms`` (-1: not stated), numbers
            float64 (nan: not stated), flags int8 (-1: unknown), dates int32 with ``NO_START``/``NO_END`` for open
            ends and ``NO_START`` for an unknown day. Terms, documents and versions are in the narrowest type that
            holds them all: widen before computing with them. Nothing may be written to.
        claim_ids: id of each row.
        texts: free texts by row: record, scope, attributes (as stated, JSON).
        entity_ids: id of each entity, sorted.
        attributes: the chosen attributes of each entity (semantics.md, chosen value); empty if nobody describes it.
        all_names: every name of each entity, the chosen first.
        labels: code of each entity's label, -1 for none; ``label_names`` has the texts.
        name_ranks: by language the place of each entity in the order of names, then ids.
        documents: id of each document.
        sources: (id, name) of each document's source.
        by_from, by_to: claims by subject and by object, all types.
        names: the search index.
        places: what lies in what, and where everything is.
        masks: which claims count, by filters that were asked for.
        items: entities as answers have shown them, by position and language.
        built: what it was made from.
    """

    version: Version
    versions: Sequence[Version]
    claims: Mapping[str, Column]
    claim_ids: Sequence[str]
    texts: Mapping[str, Mapping[int, str]]
    terms: Sequence[str]
    entity_ids: SortedTexts
    attributes: JsonTexts[Mapping[str, object]]
    all_names: Sequence[Sequence[str]]
    labels: npt.NDArray[np.int8]
    label_names: Sequence[str]
    name_ranks: Mapping[str, Ints]
    documents: SortedTexts
    sources: Sequence[tuple[str, str]]
    by_from: Csr
    by_to: Csr
    names: NameIndex
    places: Places
    built: Built
    masks: dict[object, Mask] = field(default_factory=dict)
    items: dict[tuple[int, str], Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, built: Built) -> Snapshot:
        """The snapshot over these arrays; nothing is copied or read before it is asked for.

        Raises:
            KeyError: an array is missing.
        """
        content = unflatten(Content, "content", built.tables)
        return cls(
            version=built.versions[-1] if built.versions else EMPTY,
            versions=built.versions,
            claims=Columns(built.layout, built.tables, len(content.claim_ids)),
            claim_ids=content.claim_ids,
            texts={"record": content.record, "scope": content.scope, "attributes": content.stated},
            terms=built.terms, entity_ids=content.entity_ids, attributes=JsonTexts(content.attributes),
            all_names=JsonTexts(content.all_names), labels=content.labels, label_names=built.labels,
            name_ranks={"ru": content.rank_ru, "en": content.rank_en},
            documents=content.documents, sources=Picked(built.sources, content.document_sources),
            by_from=content.by_from, by_to=content.by_to, names=content.names, places=content.places, built=built,
        )  # fmt: skip

    @property
    def built_ids(self) -> ClaimIds:
        """The claim ids as arrays."""
        return cast("ClaimIds", self.claim_ids)

    def row_texts(self, name: str) -> RowTexts:
        """One of ``texts`` as arrays."""
        return cast("RowTexts", self.texts[name])

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Ids of merged entities and where they lead."""
        return self._mapping("redirects")

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Operator → plant, where the two are one unit."""
        return self._mapping("units")

    def _mapping(self, name: str) -> Mapping[str, str]:
        found: Mapping[str, str] = orjson.loads(self.built.tables[f"content.{name}.data"].tobytes())
        return found

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {term: code for code, term in enumerate(self.terms)}

    @cached_property
    def claim_positions(self) -> Mapping[str, int]:
        """The newest row of each claim id."""
        return NewestRows(self.built_ids)

    @cached_property
    def products(self) -> tuple[int, ...]:
        """Positions of all products."""
        return tuple(np.flatnonzero(self.of_type("Product")).tolist())

    @cached_property
    def operators(self) -> dict[str, str]:
        """Plant → operator, where the two are one unit."""
        return {plant: operator for operator, plant in self.units.items()}

    @cached_property
    def unit_positions(self) -> Ints:
        """The unit of each entity, as `unit` says it."""
        found: Ints = np.arange(len(self.entity_ids), dtype=np.int32)
        for operator, plant in self.units.items():
            company, site = self.position(operator), self.position(plant)
            if company is not None and site is not None:
                found[company] = site
        return found

    @cached_property
    def operator_positions(self) -> Ints:
        """The company that each unit is one with; `NOBODY` where it stands alone."""
        found: Ints = np.full(len(self.entity_ids), NOBODY, dtype=np.int32)
        joined = np.flatnonzero(self.unit_positions != np.arange(len(found)))
        found[self.unit_positions[joined]] = joined
        return found

    def halves_of(self, units: Rows) -> Ints:
        """These units and the companies that they are one with."""
        operators = self.operator_positions[units]
        halves: Ints = np.concatenate([np.asarray(units, np.int32), operators[operators != NOBODY]])
        return halves

    @cached_property
    def _status_places(self) -> npt.NDArray[np.int8]:
        found = np.zeros(len(self.terms) + 1, np.int8)
        for place, name in enumerate(STATUSES):
            found[self._codes.get(name, -1)] = place
        found[-1] = 0
        return found

    def status_places(self, rows: Rows) -> npt.NDArray[np.int8]:
        """The place of each claim's status in `STATUSES`, the best one first; one that is not stated is actual."""
        return self._status_places[self.claims["status"][rows]]

    @cached_property
    def homes(self) -> Ints:
        """The region in which each entity is, else the country; `NOBODY` where neither is known.

        Of several stated places the one chosen first that names a region, a federal district being none. What is not
        known of a plant is taken from the company that it is one unit with.
        """
        found: Ints = np.full(len(self.entity_ids), NOBODY, dtype=np.int32)
        regions: dict[int, int] = {}
        countries: dict[int, int] = {}
        around: dict[int, tuple[list[int], list[int]]] = {}
        for entity, stated in self.places.located.items():
            for place in stated:
                if place not in around:
                    around[place] = self._regions_and_countries(place)
                for named, by in zip(around[place], (regions, countries), strict=True):
                    if named:
                        by.setdefault(entity, named[0])
        for entity in regions.keys() | countries.keys():
            unit = int(self.unit_positions[entity])
            for own in (entity, unit) if unit != entity else (entity,):
                halves = (own, int(self.operator_positions[own]))
                known = [
                    place for by in (regions, countries) for half in halves if (place := by.get(half, NOBODY)) >= 0
                ]
                found[own] = known[0]
        return found

    def _regions_and_countries(self, place: int) -> tuple[list[int], list[int]]:
        """Those that a place is or lies in, nearest first; a federal district is no region."""
        places = (place, *self.places.around(place))
        regions = [p for p in places if self.label(p) == "Region" and self.attributes[p].get("kind") != "district"]
        return regions, [p for p in places if self.label(p) == "Country"]

    def position(self, entity_id: str) -> int | None:
        """Position of an entity, or None."""
        return self.entity_ids.find(entity_id)

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
        code = self.labels[entity]
        return UNLABELLED if code < 0 else self.label_names[code]

    def of_type(self, *labels: str) -> Mask:
        """Mask of the entities with one of these labels."""
        codes = [code for code, name in enumerate(self.label_names) if name in labels]
        return np.isin(self.labels, [*codes, -1] if UNLABELLED in labels else codes)

    def name(self, entity: int, lang: str = "ru") -> str:
        """Name of an entity in a language: that one, else as written, else the other, else its number or id."""
        return shown_name(self.attributes[entity], self.entity_ids[entity], lang)

    def unit(self, entity: int) -> int:
        """The unit that an entity's trade claims sit on: its plant where the two are one, else itself."""
        plant = self.units.get(self.entity_ids[entity])
        position = self.position(plant) if plant else None
        return entity if position is None else position


def shown_name(chosen: Mapping[str, object], entity_id: str, lang: str) -> str:
    """The name to show for these chosen attributes, see `Snapshot.name`."""
    order = ("name_ru", "name", "name_en") if lang == "ru" else ("name_en", "name", "name_ru")
    for key in order:
        if chosen.get(key):
            return str(chosen[key])
    for key, title in (("inn", "ИНН" if lang == "ru" else "INN"), ("ogrn", "ОГРН" if lang == "ru" else "OGRN")):
        if chosen.get(key):
            return f"{title} {chosen[key]}"
    return entity_id
