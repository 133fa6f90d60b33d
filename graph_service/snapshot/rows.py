"""The rows of a snapshot: all of a scan, or those of an earlier snapshot with what was written since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from graph_service.domain.schema import FIELD, TRADE_TYPES
from graph_service.snapshot.claim_ids import ClaimIds
from graph_service.snapshot.snapshot import NO_END, NO_START, Column, Ints, Snapshot
from graph_service.snapshot.texts import RowTexts, Texts
from graph_service.store.port import Scan

# Free texts that few rows carry stay sparse, by row.
TEXTS = ("attributes", "record", "scope")
_ENDS = ("from", "to")
_REFERENCES = (*_ENDS, *(field.name for field in FIELD.values() if field.kind == "ref"))
_TERMS = tuple(field.name for field in FIELD.values() if field.kind == "term")
_OF_DOCUMENTS = ("source_rank", "published_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Claims in columns, in the order of claim id and version, before anything is derived from them.

    References are positions in ``entities``, terms in ``terms``; both hold what some row uses, sorted.
    """

    ids: ClaimIds
    columns: Mapping[str, Column]
    texts: Mapping[str, RowTexts]
    entities: Sequence[str]
    terms: Sequence[str]


def rows_of(scan: Scan) -> Rows:
    """The rows of a whole scan."""
    return _tidied(_as_read(scan))


def rows_since(previous: Snapshot, scan: Scan) -> Rows | None:
    """The rows of an earlier snapshot of this store with those of a scan since its version.

    Where a claim hangs follows from what was said and the placement, so it is computed anew for all.

    Returns:
        None where documents have gone, which no store does.
    """
    found, old = _as_read(scan), dict(previous.claims)
    if not set(previous.documents) <= set(scan.documents):
        return None
    places = {*scan.redirects.values(), *scan.units.values()}
    entities = list(dict.fromkeys([*previous.entity_ids, *found.entities, *sorted(places)]))
    terms = list(dict.fromkeys([*previous.terms, *found.terms]))
    new = dict(found.columns)
    _recode(new, _REFERENCES, _positions(found.entities, entities))
    _recode(new, _TERMS, _positions(found.terms, terms))
    # The old lists are the beginning of the new ones, so old codes stay; those of documents do not.
    _recode(old, ("document",), _positions(previous.documents, scan.documents))
    ids = previous.built_ids
    at, is_known = _find(ids, old["recorded"], found.ids, new["recorded"])
    columns = {}
    for name, column in new.items():
        merged = old[name].astype(column.dtype)
        merged[at[is_known]] = column[is_known]
        columns[name] = np.insert(merged, at[~is_known], column[~is_known])
    into = at[~is_known]
    for end, placed in _placed(columns, entities, terms, scan).items():
        columns[end] = placed
    return _tidied(
        Rows(
            ids=ClaimIds(
                np.insert(ids.high, into, found.ids.high[~is_known]), np.insert(ids.low, into, found.ids.low[~is_known])
            ),
            columns=columns,
            texts={name: _texts_with(previous.row_texts(name), found.texts[name], into, is_known) for name in TEXTS},
            entities=entities,
            terms=terms,
        )
    )


def _as_read(scan: Scan) -> Rows:
    columns = {
        column.name: _wide(column)
        for column in scan.claims.iter_columns()
        if column.name not in ("claim_id", *TEXTS, *_OF_DOCUMENTS)
    }
    return Rows(
        ids=ClaimIds.pack(scan.claims["claim_id"].to_list()), columns=columns, entities=scan.entities, terms=scan.terms,
        texts={name: _row_texts(scan.claims[name]) for name in TEXTS},
    )  # fmt: skip


def _wide(column: pl.Series) -> Column:
    name = column.name
    kind = FIELD[name].kind if name in FIELD else None
    if kind == "flag":
        return column.cast(pl.Int8).fill_null(-1).to_numpy()
    if kind == "number":
        return column.fill_null(np.nan).to_numpy()
    if kind == "date":
        return column.cast(pl.Int32).fill_null(NO_END if name in ("valid_to", "period_to") else NO_START).to_numpy()
    return column.fill_null(NO_END if name == "retracted" else -1).to_numpy()


def _row_texts(column: pl.Series) -> RowTexts:
    rows = column.is_not_null().arg_true()
    return RowTexts.pack(rows.cast(pl.Int32).to_numpy(), Texts.pack(column.gather(rows).to_list()))


def _tidied(rows: Rows) -> Rows:
    """Entities and terms that some row uses, in order: equal claims give equal snapshots, whatever came before."""
    columns = dict(rows.columns)
    entities = _used(columns, _REFERENCES, rows.entities)
    terms = _used(columns, _TERMS, rows.terms)
    return replace(rows, columns=columns, entities=entities, terms=terms)


def _used(columns: dict[str, Column], names: Iterable[str], texts: Sequence[str]) -> list[str]:
    is_used = np.zeros(len(texts) + 1, dtype=bool)
    for name in names:
        if name in columns:  # some fields are not scanned
            is_used[columns[name]] = True
    positions = np.flatnonzero(is_used[:-1])
    kept = sorted(map(texts.__getitem__, positions.tolist()))
    if kept != list(texts):
        _recode(columns, names, _positions(texts, kept))
    return kept


def _positions(texts: Sequence[str], among: Sequence[str]) -> Ints:
    """Where each text is in another list; -1 where it is not."""
    at = {text: position for position, text in enumerate(among)}
    return np.fromiter((at.get(text, -1) for text in texts), dtype=np.int32, count=len(texts))


def _recode(columns: dict[str, Column], names: Iterable[str], positions: Ints) -> None:
    codes = np.append(positions, np.int32(-1))  # -1, nothing, stays -1
    for name in names:
        if name in columns:  # some fields are not scanned
            columns[name] = codes[columns[name]]


def _find(
    ids: ClaimIds, recorded: Column, found: ClaimIds, found_recorded: Column
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """For each row found the row that it is, or else the one before which it belongs."""
    at = ids.high.searchsorted(found.high, "left")
    last = ids.high.searchsorted(found.high, "right")
    is_known = np.zeros(len(at), dtype=bool)
    for row in np.flatnonzero(at < last).tolist():
        own = (int(found.low[row]), int(found_recorded[row]))
        while at[row] < last[row] and (int(ids.low[at[row]]), int(recorded[at[row]])) < own:
            at[row] += 1
        is_known[row] = at[row] < last[row] and (int(ids.low[at[row]]), int(recorded[at[row]])) == own
    return at, is_known


def _placed(
    columns: Mapping[str, Column], entities: Sequence[str], terms: Sequence[str], scan: Scan
) -> dict[str, Column]:
    """Both ends as ``store.settle.Placement`` places them."""
    at = {entity: position for position, entity in enumerate(entities)}

    def leads(mapping: Mapping[str, str]) -> Ints:
        found = np.append(np.arange(len(entities), dtype=np.int32), np.int32(-1))
        for entity, target in mapping.items():
            if entity in at:
                found[at[entity]] = at[target]
        return found

    merged, unit = leads(scan.redirects), leads(scan.units)
    is_trade = np.isin(columns["type"], [code for code, term in enumerate(terms) if term in TRADE_TYPES])
    placed = {}
    for end in _ENDS:
        entity = merged[columns[f"{end}_raw"]]
        placed[end] = np.where(is_trade, unit[entity], entity)
    return placed


def _texts_with(
    old: RowTexts, found: RowTexts, into: npt.NDArray[np.int64], is_known: npt.NDArray[np.bool_]
) -> RowTexts:
    """The texts of all rows after some were put in; those of rows that were known are there already."""
    old_rows, found_rows = old.rows(), found.rows()
    moved = old_rows + np.searchsorted(into, old_rows, "right").astype(np.int32)
    inserted = into + np.arange(len(into))  # the row that each inserted one has become
    number = np.cumsum(~is_known) - 1
    has_new = ~is_known[found_rows]
    new_rows = inserted[number[found_rows[has_new]]].astype(np.int32)
    new_texts = found.texts.pick(np.flatnonzero(has_new).tolist())
    before = np.searchsorted(moved, new_rows)
    return RowTexts.pack(np.insert(moved, before, new_rows), old.texts.with_inserted(before.tolist(), new_texts))
