"""Which firms of a file the graph knows already, and how they were told: said before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from typing_extensions import TypedDict

from graph_service.domain.identity import IDENTIFYING, entity_id
from graph_service.domain.schema import ACTORS
from graph_service.questions.context import EntityItem
from graph_service.snapshot.snapshot import Snapshot
from loaders.loader import Batch

SHOWN = 5
MOST_COMPARED = 500
"""New firms whose names are looked up: enough to see that a file lacks numbers."""


class FirmItem(TypedDict):
    """A firm of the file; ``known`` is the entity in the graph, ``by`` how it was told."""

    name: str
    known: EntityItem | None
    by: str | None


class FirmList(TypedDict):
    """How many there are, and the first."""

    total: int
    items: list[FirmItem]


class FirmsItem(TypedDict):
    """Firms of a file: ``new`` to the graph, ``known`` to it, and those of the new ones that are called as a known one.

    ``by`` is inn, ogrn, lei or, by its key or name in this source, source. Whoever is ``alike`` has no number in common
    with the one of the same name, and stands apart from it; of the new firms only the first ``compared`` are looked up.
    """

    new: FirmList
    known: FirmList
    alike: FirmList
    compared: int


class _Stated(TypedDict, total=False):
    """What a description says of who is meant."""

    label: str
    name: str
    inn: str
    ogrn: str
    lei: str
    same_as: list[str]


class Firms:
    """Gathers the firms of a file batch by batch."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._seen: set[str] = set()
        self._found: dict[str, list[FirmItem]] = {"new": [], "known": [], "alike": []}
        self._totals = dict.fromkeys(self._found, 0)

    def add(self, batch: Batch) -> None:
        """Look the firms of a batch up."""
        for identifier, stated in _described(batch):
            if identifier not in self._seen:
                self._seen.add(identifier)
                self._look_up(identifier, stated)

    def item(self) -> FirmsItem:
        """What was found."""
        new, known, alike = (FirmList(total=self._totals[name], items=items) for name, items in self._found.items())
        return FirmsItem(new=new, known=known, alike=alike, compared=min(new["total"], MOST_COMPARED))

    def _look_up(self, identifier: str, stated: _Stated) -> None:
        numbers = {kind: str(value) for kind, value in stated.items() if kind in IDENTIFYING}
        name = stated.get("name") or next(iter(numbers.values()), identifier)
        for own in (identifier, *stated.get("same_as", ())):
            position = self._position(own)
            if position is not None:
                by = next((kind for kind, number in numbers.items() if own == entity_id(kind, number)), "source")
                self._note("known", name, position, by)
                return
        self._note("new", name, None, None)
        if self._totals["new"] <= MOST_COMPARED and (position := self._namesake(name)) is not None:
            self._note("alike", name, position, None)

    def _position(self, identifier: str) -> int | None:
        position = self._snapshot.position(self._snapshot.redirects.get(identifier, identifier))
        return position if position is not None and self._snapshot.attributes[position] else None

    def _namesake(self, name: str) -> int | None:
        hits = self._snapshot.names.whole(name, limit=5)
        return next((hit.entity for hit in hits if self._snapshot.label(hit.entity) in ACTORS), None)

    def _note(self, where: str, name: str, position: int | None, by: str | None) -> None:
        self._totals[where] += 1
        if self._totals[where] <= SHOWN:
            known = None if position is None else self._item(position)
            self._found[where].append(FirmItem(name=name, known=known, by=by))

    def _item(self, position: int) -> EntityItem:
        snapshot = self._snapshot
        return EntityItem(id=snapshot.entity_ids[position], type=snapshot.label(position), name=snapshot.name(position))


def _described(batch: Batch) -> Iterator[tuple[str, _Stated]]:
    claims = batch.claims.claims
    own = claims.filter((claims["type"] == "DESCRIBED_IN") & claims["attributes"].is_not_null())
    for identifier, attributes in own.select("from_raw", "attributes").iter_rows():
        stated = orjson.loads(attributes)
        if stated.get("label") in ACTORS:
            yield identifier, stated
