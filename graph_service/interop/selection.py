"""What leaves the graph: the claims that count, the whole of them or those around one entity, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np

from graph_service.domain import clocks
from graph_service.domain.schema import FIELDS, STATUSES
from graph_service.errors import BadParameter, NotFound
from graph_service.snapshot.filters import Filters, visible
from graph_service.snapshot.live import LiveSnapshot
from graph_service.snapshot.snapshot import NO_END, NO_START, Ints, Mask, Snapshot, to_date

IDENTIFIERS = ("inn", "ogrn", "lei", "iso")
"""The attributes that tell who somebody is; classifier codes do not."""

_NOT_WALKED = frozenset({"City", "Region", "Country", "Product", "PartnerGroup"})
_RAW_ENDS = {"from_raw": "from", "to_raw": "to"}


class HasSnapshot(Protocol):
    """Anything that answers from a live snapshot, as ``graph_service.graph.Graph`` does."""

    live: LiveSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A part of the graph.

    Attributes:
        snapshot: the graph that it is a part of.
        valid_at: the day it was true.
        entities: positions of its entities, ordered by id.
        rows: its claims, ordered by claim id; what documents say of an entity (DESCRIBED_IN) is in its attributes.
    """

    snapshot: Snapshot
    valid_at: date
    entities: tuple[int, ...]
    rows: Ints


def snapshot_of(graph: Snapshot | HasSnapshot) -> Snapshot:
    """The snapshot itself, or the current one of a graph."""
    return graph if isinstance(graph, Snapshot) else graph.live.view().snapshot


def select(
    snapshot: Snapshot,
    *,
    entity: str | None = None,
    hops: int = 1,
    valid_at: date | None = None,
    statuses: Sequence[str] = ("actual", "planned"),
) -> Selection:
    """The claims that count, and the entities they speak of.

    Args:
        snapshot: the graph.
        entity: id of the entity to stay around; None for the whole graph.
        hops: how many claims away from it; a place, a product or a counted group is reached, not walked through.
        valid_at: the day it was true; today unless given.
        statuses: which claims count.

    Raises:
        NotFound: no entity has this id.
        BadParameter: ``hops`` is negative, or a status is none.
    """
    if hops < 0:
        raise BadParameter(f"{hops} hops are fewer than none", parameter="hops")
    for status in statuses:
        if status not in STATUSES:
            raise BadParameter(f"status {status!r} is none of {', '.join(STATUSES)}", parameter="statuses")
    day = valid_at or clocks.today()
    filters = Filters(valid_at=day, known_at=snapshot.version.number, statuses=tuple(statuses))
    mask = visible(snapshot, filters) & ~snapshot.is_type("DESCRIBED_IN")
    if entity is None:
        rows = np.flatnonzero(mask).astype(np.int32)
        described = (position for position, own in enumerate(snapshot.attributes) if own)
        entities = {*described, *_ends(snapshot, rows)}
    else:
        depths = _reached(snapshot, _halves(snapshot, entity), hops, mask)
        rows = _between(snapshot, depths, hops, mask)
        entities = set(depths)
    return Selection(snapshot=snapshot, valid_at=day, entities=tuple(sorted(entities)), rows=rows)


def _ends(snapshot: Snapshot, rows: Ints) -> set[int]:
    ends = np.unique(np.concatenate([snapshot.claims[name][rows] for name in ("from", "to", "product")]))
    return set(ends[ends >= 0].tolist())


def _halves(snapshot: Snapshot, entity: str) -> list[int]:
    """The entity and, where a company and its plant are one unit, the other half."""
    position = snapshot.position(snapshot.redirects.get(entity, entity))
    if position is None:
        raise NotFound(f"no entity has the id {entity!r}", parameter="entity")
    unit = snapshot.unit(position)
    operator = snapshot.position(snapshot.operators.get(snapshot.entity_ids[unit], ""))
    return list(dict.fromkeys([position, unit, *([] if operator is None else [operator])]))


def _reached(snapshot: Snapshot, starts: list[int], hops: int, mask: Mask) -> dict[int, int]:
    """Each entity within ``hops`` of the starts, with its distance."""
    depths = dict.fromkeys(starts, 0)
    frontier = list(starts)
    for hop in range(1, hops + 1):
        keys = np.array(frontier, dtype=np.int64)
        touching = np.concatenate([snapshot.by_from.of_all(keys), snapshot.by_to.of_all(keys)])
        touching = touching[mask[touching]]
        ends = np.unique(np.concatenate([snapshot.claims["from"][touching], snapshot.claims["to"][touching]]))
        found = [end for end in ends.tolist() if end >= 0 and end not in depths]
        depths |= dict.fromkeys(found, hop)
        frontier = [end for end in found if snapshot.label(end) not in _NOT_WALKED]
    return depths


def _between(snapshot: Snapshot, depths: dict[int, int], hops: int, mask: Mask) -> Ints:
    """The claims between reached entities, and the figures of those that were walked through."""
    reached = np.array(sorted(depths), dtype=np.int64)
    rows = np.sort(snapshot.by_from.of_all(reached))
    rows = rows[mask[rows]]
    is_walked = {
        entity: depth < hops and (depth == 0 or snapshot.label(entity) not in _NOT_WALKED)
        for entity, depth in depths.items()
    }
    has_figure = np.array([is_walked[source] for source in snapshot.claims["from"][rows].tolist()], dtype=np.bool_)
    targets = snapshot.claims["to"][rows]
    return np.asarray(rows[np.where(targets < 0, has_figure, np.isin(targets, reached))], np.int32)


def entity_values(snapshot: Snapshot, entity: int, lang: str = "ru") -> dict[str, Any]:
    """An entity as plain values: label, name, all names, identifiers, and every other attribute that is known."""
    own = snapshot.attributes[entity]
    values: dict[str, Any] = {
        "label": snapshot.label(entity),
        "name": snapshot.name(entity, lang),
        "names": list(snapshot.all_names[entity]),
        "identifiers": {name: own[name] for name in IDENTIFIERS if name in own},
    }
    return values | {name: value for name, value in own.items() if name not in values and name not in IDENTIFIERS}


def claim_values(snapshot: Snapshot, rows: Ints, lang: str = "ru") -> list[dict[str, Any]]:
    """Claims as plain values: what each states by field name, then its document and its rank and dates.

    What a claim does not state is left out. ``product`` is an id and comes with ``product_name``; ``from_raw`` and
    ``to_raw`` appear where a claim was stated of somebody else than the entity it hangs on now.
    """
    found: list[dict[str, Any]] = [{} for _ in range(len(rows))]
    kinds: list[tuple[str, str]] = [(field.name, field.kind) for field in FIELDS if not field.derived]
    kinds += [("source_rank", "integer"), ("published_on", "date"), ("last_seen", "date")]
    for name, kind in kinds:
        for position, value in _stated(snapshot, rows, name, kind):
            found[position][name] = value
    documents = snapshot.claims["document"][rows].tolist()
    products = snapshot.claims["product"][rows].tolist()
    for values, document, product in zip(found, documents, products, strict=True):
        values["document"] = snapshot.documents[document]
        if product >= 0:
            values["product_name"] = snapshot.name(product, lang)
    return found


def _stated(snapshot: Snapshot, rows: Ints, name: str, kind: str) -> Iterable[tuple[int, Any]]:
    """Position among the rows and value, of those that state the field."""
    if kind == "text":
        texts = snapshot.texts.get(name, {})
        return [(p, texts[row]) for p, row in enumerate(rows.tolist()) if row in texts]
    if name not in snapshot.claims:
        return []
    column = snapshot.claims[name][rows]
    if name in _RAW_ENDS:
        column = np.where(column == snapshot.claims[_RAW_ENDS[name]][rows], -1, column)
    if kind == "number":
        is_stated = ~np.isnan(column)
    elif kind == "date":
        is_stated = (column != NO_START) & (column != NO_END)
    else:
        is_stated = column >= 0
    positions = np.flatnonzero(is_stated)
    read = {"term": snapshot.terms, "ref": snapshot.entity_ids}.get(kind)
    values = column[positions].tolist()
    if read is not None:
        values = [read[value] for value in values]
    elif kind == "date":
        values = [to_date(value) for value in values]
    elif kind == "flag":
        values = [bool(value) for value in values]
    return zip(positions.tolist(), values, strict=True)
