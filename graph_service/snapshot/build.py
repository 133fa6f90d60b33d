"""From a scan of the store to a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from graph_service.domain.clocks import Version
from graph_service.domain.quantities import unit_per_year
from graph_service.domain.schema import RELATION_TYPES, TIES
from graph_service.snapshot.columns import lay_out, narrow
from graph_service.snapshot.flat import flatten
from graph_service.snapshot.names import NameIndex
from graph_service.snapshot.places import TOWN_RADIUS_KM, Groups, Places, Point, Points
from graph_service.snapshot.rows import Rows
from graph_service.snapshot.snapshot import NO_END, NO_START, Built, Column, Content, Csr, Ints, Snapshot, shown_name
from graph_service.snapshot.texts import RowTexts, SortedTexts, Texts
from graph_service.store.port import Scan

V = TypeVar("V", str, tuple[str, str])

_REVIEW_ORDER = {"confirmed": 0, "asserted": 1, "disputed": 2}
_IDENTIFIERS = ("inn", "ogrn", "lei", "iso")
_PRODUCT_CODES = ("okpd2", "hs")
_UNCERTAINTY_KM = {"site": 0.0, "town": TOWN_RADIUS_KM}
_PLACES = ("City", "Region", "Country")
_SYMMETRIC = tuple(relation.name for relation in RELATION_TYPES if relation.symmetric)


def build(
    rows: Rows,
    scan: Scan,
    versions: Sequence[Version],
    document_sources: Sequence[tuple[str, str]],
    previous: Snapshot | None,
) -> Built:
    """Derive all else from the rows.

    Args:
        rows: all claims.
        scan: documents and placement.
        versions: the store's versions up to the scan's.
        document_sources: (id, name) of the source of each of the scan's documents.
        previous: an earlier snapshot of the same store; its names are not taken apart again.
    """
    columns = dict(rows.columns)
    columns |= _of_documents(columns["document"], scan.documents_about)
    columns["last_seen"] = _last_seen(columns)
    size = len(rows.entities)
    stated = rows.texts["attributes"]
    codes = {term: code for code, term in enumerate(rows.terms)}
    columns |= _turned(columns, codes)
    columns["choice"] = _choice_order(columns, rows.terms)
    live = columns["retracted"] == NO_END
    described = np.flatnonzero(live & (columns["type"] == codes.get("DESCRIBED_IN", -2)))
    attributes, names = _describe(described, columns, stated, size)
    labels, label_codes = _coded([str(own["label"]) if own.get("label") else None for own in attributes])
    sources, source_codes = _coded(document_sources)
    packed = _as_json(attributes), _as_json(names)
    content = Content(
        claim_ids=rows.ids,
        record=rows.texts["record"],
        scope=rows.texts["scope"],
        stated=stated,
        entity_ids=SortedTexts.pack(rows.entities),
        attributes=packed[0],
        all_names=packed[1],
        labels=label_codes.astype(np.int8),
        rank_ru=_name_ranks(attributes, rows.entities, "ru"),
        rank_en=_name_ranks(attributes, rows.entities, "en"),
        documents=SortedTexts.pack(scan.documents),
        document_sources=source_codes,
        redirects=Texts.pack([orjson.dumps(dict(sorted(scan.redirects.items()))).decode()]),
        units=Texts.pack([orjson.dumps(dict(sorted(scan.units.items()))).decode()]),
        by_from=Csr.group(np.asarray(columns["from"], np.int32), size),
        by_to=Csr.group(np.asarray(columns["to"], np.int32), size),
        names=_index(attributes, names, packed, previous),
        places=_places(columns, codes, live, attributes),
    )
    narrowed = {name: narrow(name, columns[name], len(rows.terms)) for name in columns}
    layout, tables = lay_out(narrowed, _products(rows.terms))
    return Built(
        tables={**tables, **dict(flatten("content", content))},
        versions=tuple(versions),
        terms=tuple(rows.terms),
        labels=tuple(labels),
        sources=tuple(sources),
        layout=layout,
    )


def _products(terms: Sequence[str]) -> dict[str, tuple[str, str, Column]]:
    """Amounts per year are mostly the amount times a factor of its unit."""
    factors = np.array([*map(_factor, terms), np.nan])
    return {f"quantity_per_year_{end}": (f"quantity_{end}", "unit", factors) for end in ("min", "max")}


def _factor(unit: str) -> float:
    return unit_per_year(unit).factor


def _as_json(values: Iterable[object]) -> Texts:
    return Texts.pack_bytes(list(map(orjson.dumps, values)))


def _turned(columns: Mapping[str, Column], codes: Mapping[str, int]) -> dict[str, Column]:
    """Both ends of the claims; a symmetric relation begins at the smaller id, as in Neo4j, whoever is named first."""
    start, end = columns["from"], columns["to"]
    is_turned = np.isin(columns["type"], [codes.get(name, -2) for name in _SYMMETRIC]) & (start > end) & (end >= 0)
    return {"from": np.where(is_turned, end, start), "to": np.where(is_turned, start, end)}


def _of_documents(documents: Column, about: pl.DataFrame) -> dict[str, Column]:
    """What each claim has from its document."""
    days = about["published_on"].cast(pl.Int32).fill_null(NO_START).to_numpy()
    ranks = about["source_rank"].cast(pl.Int8).to_numpy()
    return {"published_on": days[documents], "source_rank": ranks[documents]}


def _last_seen(columns: Mapping[str, Column]) -> Column:
    period_end = columns["period_to"].astype(np.int64)
    seen = np.maximum(columns["valid_from"], columns["published_on"]).astype(np.int64)
    return np.maximum(seen, np.where(period_end == NO_END, NO_START, period_end - 1)).astype(np.int32)


def _coded(values: Sequence[V | None]) -> tuple[list[V], npt.NDArray[np.int32]]:
    """The distinct values, sorted, and the position of each; -1 for None."""
    distinct = sorted({value for value in values if value is not None})
    code: dict[V | None, int] = {value: at for at, value in enumerate(distinct)} | {None: -1}
    return distinct, np.fromiter((code[value] for value in values), dtype=np.int32, count=len(values))


def _choice_order(columns: Mapping[str, Column], terms: Sequence[str]) -> npt.NDArray[np.int32]:
    """Rank of each claim by the rule of chosen values: a smaller number is chosen first.

    Confirmed before asserted before disputed, then the source's rank, the newest publication (undated last), the
    higher confidence, the claim_id (rows are in that order). What only follows from a mention of somebody, a key as
    the name above all, comes after every description.
    """
    codes = {term: code for code, term in enumerate(terms)}
    is_mention = (columns["type"] == codes.get("DESCRIBED_IN", -2)) & (columns["how"] == codes.get("implied", -2))
    reviews = np.array([*(_REVIEW_ORDER.get(term, 1) for term in terms), 1], dtype=np.int8)
    keys = (
        -columns["confidence"],
        -columns["published_on"].astype(np.int64),
        columns["source_rank"],
        reviews[columns["review"]],
        is_mention,
    )
    rank = np.arange(len(is_mention), dtype=np.int32)
    if telling := [key for key in keys if len(key) and key.min() != key.max()]:
        rank[np.lexsort(telling)] = np.arange(len(rank), dtype=np.int32)  # the sort is stable: then by row
    return rank


def _describe(
    rows: npt.NDArray[np.int64],
    columns: Mapping[str, Column],
    stated_texts: RowTexts,
    size: int,
) -> tuple[list[dict[str, object]], list[list[str]]]:
    """Each attribute is chosen alone, among the descriptions that state it."""
    chosen: list[dict[str, object]] = [{} for _ in range(size)]
    names: list[list[str]] = [[] for _ in range(size)]
    texts = stated_texts.texts
    rows = rows[np.argsort(columns["choice"][rows])]
    stating = stated_texts.rows()
    at = np.searchsorted(stating, rows.astype(np.int32))
    has_any = np.append(stating, -1)[at] == rows
    for entity, text_at in zip(columns["from"][rows[has_any]].tolist(), at[has_any].tolist(), strict=True):
        stated = orjson.loads(texts.raw(text_at))
        own = chosen[entity]
        for name, value in stated.items():
            if name not in TIES:
                own.setdefault(name, value)
        for name in ("name_ru", "name", "name_en"):
            if (text := stated.get(name)) and text not in names[entity]:
                names[entity].append(text)
    return chosen, names


def _name_ranks(attributes: Sequence[Mapping[str, object]], entities: Sequence[str], lang: str) -> Ints:
    """The place of each entity in the order of names, then ids; entities are in the order of ids."""
    names = [shown_name(own, entity, lang) for own, entity in zip(attributes, entities, strict=True)]
    ranks = np.empty(len(names), np.int32)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names), dtype=np.int32)
    return ranks


def _index(
    attributes: Sequence[Mapping[str, object]],
    names: Sequence[Sequence[str]],
    found: tuple[Texts, Texts],
    previous: Snapshot | None,
) -> NameIndex:
    """The index of names and codes; the previous one where all attributes and names are as they were."""
    if previous is not None:
        tables = previous.built.tables
        kept = [tables[f"content.{name}.{part}"] for name in ("attributes", "all_names") for part in ("at", "data")]
        if all(np.array_equal(a, b) for a, b in zip(kept, (t for x in found for t in (x.at, x.data)), strict=True)):
            return previous.names
    entries = [(entity, name) for entity, own in enumerate(names) for name in own]

    def codes(kinds: Sequence[str]) -> list[tuple[int, str]]:
        return [(entity, str(own[kind])) for entity, own in enumerate(attributes) for kind in kinds if own.get(kind)]

    known = previous.names if previous is not None else None
    return NameIndex.build(entries, codes(_IDENTIFIERS), codes(_PRODUCT_CODES), known)


def _places(
    columns: Mapping[str, Column],
    codes: dict[str, int],
    live: npt.NDArray[np.bool_],
    attributes: Sequence[dict[str, object]],
) -> Places:
    is_place = np.fromiter((own.get("label") in _PLACES for own in attributes), dtype=bool, count=len(attributes))

    def pairs(relation: str) -> Groups:
        rows = np.flatnonzero(live & (columns["type"] == codes.get(relation, -2)))
        rows = rows[np.argsort(columns["choice"][rows])]
        subjects, targets = columns["from"][rows], columns["to"][rows]
        if relation == "PART_OF":
            subjects, targets = subjects[is_place[subjects]], targets[is_place[subjects]]
        # Each pair once, where it is chosen first; then by subject, in the order of choice.
        _, first = np.unique(subjects.astype(np.int64) * len(attributes) + targets, return_index=True)
        first = np.sort(first)
        first = first[np.argsort(subjects[first], kind="stable")]
        counts = np.bincount(subjects[first], minlength=len(attributes))
        return Groups(np.concatenate(([0], np.cumsum(counts))).astype(np.int32), targets[first])

    points = {}
    for entity, own in enumerate(attributes):
        if isinstance(lat := own.get("lat"), (int, float)) and isinstance(lon := own.get("lon"), (int, float)):
            precision = str(own.get("point_precision", "site"))
            if own.get("label") == "City" or precision in _UNCERTAINTY_KM:
                slack = 0.0 if own.get("label") == "City" else _UNCERTAINTY_KM[precision]
                points[entity] = Point(lat=float(lat), lon=float(lon), uncertainty_km=slack)
    size = len(attributes)
    return Places(
        parents=pairs("PART_OF"),
        located=pairs("LOCATED_IN"),
        points=Points.pack(points, size),
    )
