"""From a scan of the store to a snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import orjson
import polars as pl

from graph_service.domain.clocks import Version
from graph_service.domain.schema import FIELD
from graph_service.snapshot.names import NameIndex
from graph_service.snapshot.places import TOWN_RADIUS_KM, Places, Point
from graph_service.snapshot.snapshot import NO_END, NO_START, Column, Csr, Snapshot
from graph_service.store.port import Scan

_REVIEW_ORDER = {"confirmed": 0, "asserted": 1, "disputed": 2}
_IDENTIFIERS = ("inn", "ogrn", "lei", "iso")
_PRODUCT_CODES = ("okpd2", "hs")
_UNCERTAINTY_KM = {"site": 0.0, "town": TOWN_RADIUS_KM}
_PLACES = ("City", "Region", "Country")
# Free texts that few rows carry stay sparse, by row.
_SPARSE = ("attributes", "record", "scope")


def build(scan: Scan, versions: Sequence[Version], previous: Snapshot | None = None) -> Snapshot:
    """Build the snapshot of one scan; the names of ``previous`` are indexed again only if they have changed."""
    columns = _columns(scan.claims)
    size = len(scan.entities)
    texts = {name: _sparse(scan.claims[name]) for name in _SPARSE}
    codes = {term: code for code, term in enumerate(scan.terms)}
    columns["choice"] = _choice_order(columns, scan)
    live = np.asarray(columns["retracted"]) == NO_END
    described = np.flatnonzero(live & (columns["type"] == codes.get("DESCRIBED_IN", -2)))
    attributes, names = _describe(described, columns, texts["attributes"], size)
    places = _places(columns, codes, live, attributes)
    is_same = previous is not None and previous.entity_ids == scan.entities and previous.attributes == attributes
    index = previous.names if previous is not None and is_same else _index(attributes, names)
    return Snapshot(
        version=scan.version, versions=tuple(versions), claims=columns, claim_ids=scan.claims["claim_id"].to_list(),
        texts={"record": texts["record"], "scope": texts["scope"], "attributes": texts["attributes"]},
        terms=scan.terms, entity_ids=scan.entities, attributes=attributes, all_names=names, documents=scan.documents,
        redirects=scan.redirects, units=scan.units, by_from=Csr.group(np.asarray(columns["from"], np.int32), size),
        by_to=Csr.group(np.asarray(columns["to"], np.int32), size), names=index, places=places,
    )  # fmt: skip


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


def _sparse(column: pl.Series) -> dict[int, str]:
    rows = column.is_not_null().arg_true()
    return dict(zip(rows.to_list(), column.gather(rows).to_list(), strict=True))


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
    attributes: dict[int, str],
    size: int,
) -> tuple[list[dict[str, object]], list[list[str]]]:
    """Each attribute is chosen alone, among the descriptions that state it."""
    chosen: list[dict[str, object]] = [{} for _ in range(size)]
    names: list[list[str]] = [[] for _ in range(size)]
    subjects = columns["from"]
    for row in rows[np.argsort(columns["choice"][rows])]:
        entity = int(subjects[row])
        stated = orjson.loads(attributes.get(int(row), "{}"))
        own = chosen[entity]
        for name, value in stated.items():
            if name != "same_as":
                own.setdefault(name, value)
        for name in ("name_ru", "name", "name_en"):
            if (text := stated.get(name)) and text not in names[entity]:
                names[entity].append(text)
    return chosen, names


def _index(attributes: Sequence[dict[str, object]], names: Sequence[Sequence[str]]) -> NameIndex:
    entries = [(entity, name) for entity, own in enumerate(names) for name in own]

    def codes(kinds: Sequence[str]) -> list[tuple[int, str]]:
        return [(entity, str(own[kind])) for entity, own in enumerate(attributes) for kind in kinds if own.get(kind)]

    return NameIndex.build(entries, codes(_IDENTIFIERS), codes(_PRODUCT_CODES))


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
    return Places(parents=pairs("PART_OF"), located=pairs("LOCATED_IN"), points=points)
