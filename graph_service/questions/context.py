"""What a question works with: the snapshot, the claims that count, and who a reference means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import NotRequired, cast

import numpy as np
from typing_extensions import TypedDict

from graph_service.domain.identity import entity_id, is_entity_id
from graph_service.domain.nearest import nearest
from graph_service.domain.schema import REVIEWS, STATUSES
from graph_service.errors import BadParameter, Merged, NotFound
from graph_service.questions.checks import allowed_words, refuse_excluded, refuse_places
from graph_service.questions.named import named
from graph_service.questions.question import Params, PlaceParams, ProductParams
from graph_service.questions.withdrawn import said_last
from graph_service.snapshot.filters import Filters, products_inside, visible
from graph_service.snapshot.snapshot import UNLABELLED, Ints, Mask, Rows, Snapshot, shown_name
from graph_service.store.port import GraphStore

_PLACES = ("Country", "Region", "City")
_KEPT_ITEMS = 100_000
_VERSION = re.compile(r"[0-9]{1,18}")
_CODE = re.compile(r"[0-9]{2,}(\.[0-9]+)*")
_HS = re.compile(r"(?:HS|ТН ?ВЭД)\s*([0-9]{2,10})", re.IGNORECASE)


class EntityItem(TypedDict):
    """An entity in an answer."""

    id: str
    type: str
    name: str
    place: NotRequired[str]


@dataclass(frozen=True, kw_only=True)
class Context:
    """One question being answered.

    Attributes:
        snapshot: the graph.
        params: the question's parameters.
        store: where the words of claims and documents are.
        sources: (source id, name) of each document position, for the source filter.
        statuses: statuses that count unless the parameters say otherwise.
        today: what "today" is.
    """

    snapshot: Snapshot
    params: Params
    store: GraphStore
    sources: Sequence[tuple[str, str]]
    statuses: tuple[str, ...]
    today: date

    @property
    def lang(self) -> str:
        """Language of names and sentences."""
        return self.params.lang

    @cached_property
    def valid_at(self) -> date:
        """The day it was true."""
        return self.params.valid_at or self.today

    @cached_property
    def known_at(self) -> int:
        """The last store version not later than the time asked."""
        asked = self.params.known_at
        return self.snapshot.version.number if asked is None else self.version_of(asked, "known_at")

    def version_of(self, text: str, parameter: str) -> int:
        """The store version that a number or an ISO 8601 time means: the last one not later.

        Raises:
            BadParameter: it is neither, or a version that there is not yet.
            StoreUnavailable: nobody can say whether there is such a version.
        """
        if _VERSION.fullmatch(text):
            asked, newest = int(text), self.snapshot.version.number
            # A page turned may be of a version that another process of the service has read already.
            if asked > newest and asked > (newest := self.store.version().number):
                raise BadParameter(
                    f"there is no version {asked} yet: the newest version of the graph is {newest}", parameter=parameter
                )
            return min(asked, self.snapshot.version.number)
        try:
            moment = datetime.fromisoformat(text.replace(" ", "+")).astimezone()
        except ValueError as problem:
            raise BadParameter(
                f"{shorten(text)!r} is neither a store version nor a time like 2026-11-24T12:00Z",
                parameter=parameter,
            ) from problem
        return max(
            (v.number for v in self.snapshot.versions if datetime.fromisoformat(v.committed_at) <= moment),
            default=0,
        )

    @cached_property
    def filters(self) -> Filters:
        """What the parameters let count."""
        params = self.params
        products = without = None
        if isinstance(params, ProductParams):
            products = self.products(params.product, "product")
            without = self.products(params.without_product, "-product")
            refuse_excluded(products, without or frozenset(), "product")
        documents = self._documents(params.source, "source")
        no_documents = self._documents(params.without_source, "-source") or frozenset()
        refuse_excluded(documents, no_documents, "source")
        return Filters(
            valid_at=self.valid_at,
            known_at=self.known_at,
            statuses=allowed_words(words(params.status), STATUSES, "status") or self.statuses,
            max_age=params.max_age,
            min_confidence=params.min_confidence,
            reviews=allowed_words(words(params.review), REVIEWS, "review"),
            documents=documents,
            without_documents=no_documents,
            products=products,
            without_products=without or frozenset(),
        )

    @cached_property
    def mask(self) -> Mask:
        """The claims that count, with the product filter."""
        return visible(self.snapshot, self.filters)

    @cached_property
    def clock_mask(self) -> Mask:
        """The claims that count, without the product filter: a need or a recipe names its product otherwise."""
        return visible(self.snapshot, replace(self.filters, products=None, without_products=frozenset()))

    def kept(self, rows: Rows) -> Ints:
        """Those of the rows that count."""
        return np.asarray(rows[self.mask[rows]], np.int32)

    def products(self, text: str | None, parameter: str) -> frozenset[int] | None:
        """Positions of the products that a filter names: codes by what lies inside, others by name or id."""
        if text is None:
            return None
        found: set[int] = set()
        for word in words(text):
            found |= self._products(word, parameter)
        return frozenset(found)

    def product_words(self, text: str | None, parameter: str) -> list[str]:
        """What a filter of products says to a reader: codes as they stand, others by name."""
        return [
            word if _HS.fullmatch(word) or _CODE.fullmatch(word)
            else self.name(self.entity(word, types=("Product",), parameter=parameter))
            for word in words(text)
        ]  # fmt: skip

    def _products(self, word: str, parameter: str) -> frozenset[int]:
        nothing: frozenset[int] = frozenset()
        if hs := _HS.fullmatch(word):
            found = products_inside(self.snapshot, nothing, frozenset(), frozenset({hs[1]}))
        elif _CODE.fullmatch(word):
            found = products_inside(self.snapshot, nothing, frozenset({word}), frozenset())
            if not found and "." not in word:
                found = products_inside(self.snapshot, nothing, frozenset(), frozenset({word}))
        else:
            named = frozenset({self.entity(word, types=("Product",), parameter=parameter)})
            return products_inside(self.snapshot, named, frozenset(), frozenset())
        if not found:
            raise NotFound(f"no product of the graph has a code inside {word}", parameter=parameter)
        return found

    def _documents(self, text: str | None, parameter: str) -> frozenset[int] | None:
        if text is None:
            return None
        found: set[int] = set()
        names = {name for _, name in self.sources}
        for word in words(text):
            own = {p for p, (source, name) in enumerate(self.sources) if word in (source, name)}
            if not own:
                raise NotFound(f"no source is called {word!r}{nearest(word, names)}", parameter=parameter)
            found |= own
        return frozenset(found)

    def entity(self, text: str, *, types: tuple[str, ...] = (), parameter: str = "id") -> int:
        """Position of whom a reference means: an id, an INN or OGRN (spaces allowed), an ISO code or a name.

        Raises:
            NotFound: nobody; ``near`` has the names spelt most like it.
            Ambiguous: several; ``candidates`` lists them.
            Merged: the id has become another one.
            BadParameter: somebody of another type.
        """
        entity = self._anybody(text, types, parameter)
        label = self.snapshot.label(entity)
        if types and label not in types:
            raise BadParameter(
                f"{self.name(entity)} is {_a(label)}; here {_a(' or '.join(types))} is asked for", parameter=parameter
            )
        return entity

    def entities(self, text: str | None, *, types: tuple[str, ...] = (), parameter: str) -> list[int]:
        """Positions of several, comma-separated, each once; a name with a comma in it is given as id."""
        return list(dict.fromkeys(self.entity(word, types=types, parameter=parameter) for word in words(text)))

    def _anybody(self, text: str, types: tuple[str, ...], parameter: str) -> int:
        snapshot = self.snapshot
        text = text.strip()
        if is_entity_id(text):
            if text in snapshot.redirects:
                raise Merged(f"{text} is now {snapshot.redirects[text]}", location=snapshot.redirects[text], id=text)
            position = snapshot.position(text)
            if position is not None and snapshot.attributes[position]:
                return position
        for issuer, key in (
            ("inn", "".join(text.split())),
            ("ogrn", "".join(text.split())),
            ("iso", text.upper()),
        ):
            identifier = entity_id(issuer, key)
            position = snapshot.position(snapshot.redirects.get(identifier, identifier))
            if position is not None and snapshot.attributes[position]:
                return position
        return named(self, text, types, parameter)

    def halves(self, entity: int) -> list[int]:
        """The entity and, where a company and a plant are one unit, the other half."""
        snapshot = self.snapshot
        unit = snapshot.unit(entity)
        operator = snapshot.operators.get(snapshot.entity_ids[unit])
        position = snapshot.position(operator) if operator else None
        return list(dict.fromkeys([entity, unit, *([position] if position is not None else [])]))

    def half_ids(self, entity: int) -> list[str]:
        """Ids of the halves, the entity's own first."""
        return [self.snapshot.entity_ids[half] for half in self.halves(entity)]

    def name(self, entity: int) -> str:
        """Name in the language asked for; of whom nothing is said any more, the last one."""
        known = self.snapshot.attributes[entity] or said_last(self.snapshot, entity)
        return shown_name(known, self.snapshot.entity_ids[entity], self.lang)

    def _label(self, entity: int) -> str:
        label = self.snapshot.label(entity)
        return str(said_last(self.snapshot, entity).get("label", label)) if label == UNLABELLED else label

    def item(self, entity: int) -> EntityItem:
        """An entity as answers show it, with the nearest place it lies in; kept for the next answer."""
        kept, key = self.snapshot.items, (entity, self.lang)
        found = kept.get(key)
        if found is None:
            own = {"id": self.snapshot.entity_ids[entity], "type": self._label(entity), "name": self.name(entity)}
            if own["type"] not in _PLACES and (around := self.snapshot.places.around(entity)):
                own["place"] = self.name(around[0])
            if len(kept) >= _KEPT_ITEMS:
                kept.clear()
            found = kept[key] = own
        return cast("EntityItem", dict(found))

    def product_item(self, product: int) -> EntityItem | None:
        """A product as answers show it; None where none is stated."""
        return None if product < 0 else self.item(product)

    def claim_ids(self, rows: Iterable[int]) -> list[str]:
        """Ids of claims, each once, in the order of choice."""
        choice = self.snapshot.claims["choice"]
        ordered = sorted({int(row) for row in rows}, key=lambda row: int(choice[row]))
        return [self.snapshot.claim_ids[row] for row in ordered]

    def status(self, rows: Iterable[int]) -> str:
        """Of several claims together: actual if any is, else planned, else cancelled."""
        statuses = {self.snapshot.term("status", row) for row in rows}
        return next((status for status in STATUSES if status in statuses), STATUSES[0])

    def by_name(self, entities: Iterable[int]) -> list[int]:
        """Entities ordered by name, then id."""
        found = np.fromiter(entities, np.int64)
        ordered: list[int] = found[np.argsort(self.snapshot.name_ranks[self.lang][found])].tolist()
        return ordered

    @property
    def filters_places(self) -> bool:
        """Whether the parameters keep or leave out places."""
        wanted, unwanted = self._place_filter
        return bool(wanted or unwanted)

    def is_place_open(self, entity: int) -> bool:
        """Whether what is known does not decide if the region and country filters keep it.

        So it is where nobody says where it is, or only names something larger than a place of the filters.
        """
        wanted, unwanted = self._place_filter
        if not wanted and not unwanted:
            return False
        around = {entity, *self.snapshot.places.around(entity)}
        known = set(self.known_places(entity))

        def may_be_in(places: set[int]) -> bool:
            return not known or any(known & set(self.snapshot.places.around(place)) for place in places)

        if around & unwanted or not all(around & places or may_be_in(places) for places in wanted):
            return False
        return not all(around & places for places in wanted) or (bool(unwanted) and may_be_in(unwanted))

    def known_places(self, entity: int) -> Iterator[int]:
        """The smallest places above a town in which somebody is stated to be."""
        places = self.snapshot.places
        for place in places.located.get(entity, ()):
            if self.snapshot.label(place) == "City":
                yield from places.parents.get(place, ())
            else:
                yield place

    def home(self, entity: int, label: str) -> int | None:
        """The one region or country that an entity counts in (docs/semantics.md); None where it is not known."""
        place = int(self.snapshot.homes[entity])
        found = (place, *self.snapshot.places.around(place)) if place >= 0 else ()
        return next((one for one in found if self.snapshot.label(one) == label), None)

    def in_place(self, entity: int) -> bool:
        """Whether the region and country filters keep this entity."""
        wanted, unwanted = self._place_filter
        if not wanted and not unwanted:
            return True
        around = {entity, *self.snapshot.places.around(entity)}
        return all(around & places for places in wanted) and not around & unwanted

    @cached_property
    def _place_filter(self) -> tuple[list[set[int]], set[int]]:
        """Sets of places of which each must be around, and places of which none may."""
        params = self.params
        if not isinstance(params, PlaceParams):
            return [], set()

        def places(text: str | None, parameter: str, types: tuple[str, ...]) -> set[int]:
            return set(self.entities(text, types=types, parameter=parameter))

        kinds = ("Region", "City"), ("Country",)
        regions, countries = (places(params.region, "region", kinds[0]), places(params.country, "country", kinds[1]))
        unwanted = places(params.without_region, "-region", kinds[0])
        unwanted |= places(params.without_country, "-country", kinds[1])
        every_country = np.flatnonzero(self.snapshot.of_type("Country")).tolist() if regions and countries else ()
        refuse_places(regions, countries, unwanted, self.snapshot.places.around, every_country)
        wanted = [found for found in (regions, countries) if found]
        return wanted, unwanted

    def count_by(self, column: str, rows: Rows) -> dict[str, int]:
        """How many claims have each term of a column, ordered by term."""
        codes, counts = np.unique(self.snapshot.claims[column][rows], return_counts=True)
        found = {self.snapshot.terms[c]: int(n) for c, n in zip(codes.tolist(), counts.tolist(), strict=True) if c >= 0}
        return dict(sorted(found.items()))


def shorten(text: str, length: int = 40) -> str:
    """What somebody wrote, short enough for a message."""
    return text if len(text) <= length else text[:length] + "…"


def words(text: str | None) -> list[str]:
    """Comma-separated words; a name with a comma in it is asked for by id."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def _a(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[0] in 'AEIO' else 'a'} {noun}"
