"""From a scan of the store to a snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from graph_service.domain.clocks import Version
from graph_service.domain.schema import FIELD
from graph_service.snapshot.claim_ids import ClaimIds
from graph_service.snapshot.columns import lay_out, narrow
from graph_service.snapshot.flat import flatten
from graph_service.snapshot.names import NameIndex
from graph_service.snapshot.places import TOWN_RADIUS_KM, Groups, Places, Point, Points
from graph_service.snapshot.snapshot import NO_END, NO_START, Built, Column, Content, Csr, Snapshot
from graph_service.snapshot.texts import RowTexts, SortedTexts, Texts
from graph_service.store.port import Scan

V = TypeVar("V", str, tuple[str, str])

_REVIEW_ORDER = {"confirmed": 0, "asserted": 1, "disputed": 2}
_IDENTIFIERS = ("inn", "ogrn", "lei", "iso")
_PRODUCT_CODES = ("okpd2", "hs")
_UNCERTAINTY_KM = {"site": 0.0, "town": TOWN_RADIUS_KM}
_PLACES = ("City", "Region", "Country")
# Free texts that few rows carry stay sparse, by row.
_SPARSE = ("attributes", "record", "scope")


def build(
    scan: Scan,
    versions: Sequence[Version],
    document_sources: Sequence[tuple[str, str]],
    previous: Snapshot | None = None,
) -> Built:
    """Build the snapshot of one scan.

    Args:
        scan: all claims.
        versions: the store's versions up to the scan's.
        document_sources: (id, name) of the source of each of the scan's documents.
        previous: an earlier snapshot of the same store; its names are not taken apart again.
    """
    columns = _columns(scan.claims)
    size = len(scan.entities)
    stated = _row_texts(scan.claims["attributes"])
    codes = {term: code for code, term in enumerate(scan.terms)}
    columns["choice"] = _choice_order(columns, scan)
    live = np.asarray(columns["retracted"]) == NO_END
    described = np.flatnonzero(live & (columns["type"] == codes.get("DESCRIBED_IN", -2)))
    attributes, names = _describe(described, columns, stated, size)
    labels, label_codes = _coded([str(own["label"]) if own.get("label") else None for own in attributes])
    sources, source_codes = _coded(document_sources)
    content = Content(
        claim_ids=ClaimIds.pack(scan.claims["claim_id"].to_list()),
        record=_row_texts(scan.claims["record"]),
        scope=_row_texts(scan.claims["scope"]),
        stated=stated,
        entity_ids=SortedTexts.pack(scan.entities),
        attributes=Texts.pack(orjson.dumps(own).decode() for own in attributes),
        all_names=Texts.pack(orjson.dumps(own).decode() for own in names),
        labels=label_codes.astype(np.int8),
        documents=SortedTexts.pack(scan.documents),
        document_sources=source_codes,
        redirects=Texts.pack([orjson.dumps(dict(sorted(scan.redirects.items()))).decode()]),
        units=Texts.pack([orjson.dumps(dict(sorted(scan.units.items()))).decode()]),
        by_from=Csr.group(np.asarray(columns["from"], np.int32), size),
        by_to=Csr.group(np.asarray(columns["to"], np.int32), size),
        names=_index(attributes, names, previous),
        places=_places(columns, codes, live, attributes),
    )
    narrowed = {name: narrow(name, column, len(scan.terms)) for name, column in columns.items()}
    layout, tables = lay_out(narrowed)
    return Built(
        tables={**tables, **dict(flatten("content", content))},
        versions=tuple(versions),
        terms=tuple(scan.terms),
        labels=tuple(labels),
        sources=tuple(sources),
        layout=layout,
    )


def _coded(values: Sequence[V | None]) -> tuple[list[V], npt.NDArray[np.int32]]:
    """The distinct values, sorted, and the position of each; -1 for None."""
    distinct = sorted({value for value in values if value is not None})
    code: dict[V | None, int] = {value: at for at, value in enumerate(distinct)} | {None: -1}
    return distinct, np.fromiter((code[value] for value in values), dtype=np.int32, count=len(values))


def _columns(claims: pl.DataFrame) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in claims.iter_columns():
        name = column.name
        kind = FIELD[name].kind if name in FIELD else None
        if name == "claim_id" or name in _SPARSE:
            continue
        if kind == "flag":
            found[name] = column.cast(pl.Int8).fill_null(-1).to_numpy()
        elif kind == "number":
            found[name] = column.fill_null(np.nan).to_numpy()
        elif column.dtype == pl.Date:
            open_end = NO_END if name in ("valid_to", "period_to") else NO_START
            found[name] = column.cast(pl.Int32).fill_null(open_end).to_numpy()
        elif name == "retracted":
            found[name] = column.fill_null(NO_END).to_numpy()
        else:
            found[name] = column.fill_null(-1).to_numpy()
    period_end = np.asarray(found["period_to"], np.int64)
    seen = np.maximum(np.asarray(found["valid_from"], np.int64), np.asarray(found["published_on"], np.int64))
    found["last_seen"] = np.maximum(seen, np.where(period_end == NO_END, NO_START, period_end - 1)).astype(np.int32)
    return found


def _row_texts(column: pl.Series) -> RowTexts:
    rows = column.is_not_null().arg_true()
    return RowTexts(rows.cast(pl.Int32).to_numpy(), Texts.pack(column.gather(rows).to_list()))


def _choice_order(columns: dict[str, Column], scan: Scan) -> npt.NDArray[np.int32]:
    """Rank of each claim by the rule of chosen values: a smaller number is chosen first.

    Confirmed before asserted before disputed, then the source's rank, the newest publication (undated last), the
    higher confidence, the claim_id (rows are in that order). What only follows from a mention of somebody, a key as
    the name above all, comes after every description.
    """
    terms = {term: code for code, term in enumerate(scan.terms)}
    is_mention = (np.asarray(columns["type"]) == terms.get("DESCRIBED_IN", -2)) & (
        np.asarray(columns["how"]) == terms.get("implied", -2)
    )
    reviews = np.array([_REVIEW_ORDER.get(term, 1) for term in scan.terms] or [1])
    review = reviews[np.asarray(columns["review"], np.int64)] if len(scan.claims) else np.empty(0, int)
    order = np.lexsort(
        (
            np.arange(len(scan.claims)),
            -np.asarray(columns["confidence"], float),
            -np.asarray(columns["published_on"], np.int64),
            columns["source_rank"],
            review,
            is_mention,
        )
    )
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank


def _describe(
    rows: npt.NDArray[np.int64],
    columns: dict[str, Column],
    stated_texts: RowTexts,
    size: int,
) -> tuple[list[dict[str, object]], list[list[str]]]:
    """Each attribute is chosen alone, among the descriptions that state it."""
    chosen: list[dict[str, object]] = [{} for _ in range(size)]
    names: list[list[str]] = [[] for _ in range(size)]
    texts = stated_texts.texts
    rows = rows[np.argsort(columns["choice"][rows])]
    at = np.searchsorted(stated_texts.rows, rows.astype(np.int32))
    has_any = np.append(stated_texts.rows, -1)[at] == rows
    for entity, text_at in zip(columns["from"][rows[has_any]].tolist(), at[has_any].tolist(), strict=True):
        stated = orjson.loads(texts.raw(text_at))
        own = chosen[entity]
        for name, value in stated.items():
            if name != "same_as":
                own.setdefault(name, value)
        for name in ("name_ru", "name", "name_en"):
            if (text := stated.get(name)) and text not in names[entity]:
                names[entity].append(text)
    return chosen, names


def _index(
    attributes: Sequence[dict[str, object]], names: Sequence[Sequence[str]], previous: Snapshot | None
) -> NameIndex:
    entries = [(entity, name) for entity, own in enumerate(names) for name in own]

    def codes(kinds: Sequence[str]) -> list[tuple[int, str]]:
        return [(entity, str(own[kind])) for entity, own in enumerate(attributes) for kind in kinds if own.get(kind)]

    known = previous.names if previous is not None else None
    return NameIndex.build(entries, codes(_IDENTIFIERS), codes(_PRODUCT_CODES), known)


def _places(
    columns: dict[str, Column],
    codes: dict[str, int],
    live: npt.NDArray[np.bool_],
    attributes: Sequence[dict[str, object]],
) -> Places:
    def pairs(relation: str) -> dict[int, tuple[int, ...]]:
        rows = np.flatnonzero(live & (columns["type"] == codes.get(relation, -2)))
        rows = rows[np.argsort(columns["choice"][rows])]
        found: dict[int, list[int]] = defaultdict(list)
        for subject, target in zip(columns["from"][rows].tolist(), columns["to"][rows].tolist(), strict=True):
            if target not in found[subject] and (
                relation == "LOCATED_IN" or attributes[subject].get("label") in _PLACES
            ):
                found[subject].append(target)
        return {subject: tuple(targets) for subject, targets in found.items() if targets}

    points = {}
    for entity, own in enumerate(attributes):
        if isinstance(lat := own.get("lat"), (int, float)) and isinstance(lon := own.get("lon"), (int, float)):
            precision = str(own.get("point_precision", "site"))
            if own.get("label") == "City" or precision in _UNCERTAINTY_KM:
                slack = 0.0 if own.get("label") == "City" else _UNCERTAINTY_KM[precision]
                points[entity] = Point(lat=float(lat), lon=float(lon), uncertainty_km=slack)
    size = len(attributes)
    return Places(
        parents=Groups.pack(pairs("PART_OF"), size),
        located=Groups.pack(pairs("LOCATED_IN"), size),
        points=Points.pack(points, size),
    )
