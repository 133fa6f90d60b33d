"""Where claims belong after merging: computed from the claims alone, so the same in both stores and any order.

Two reversible moves (``from_raw`` and ``to_raw`` keep what was said): an id of a weaker key goes to the id of the
stronger key that a description ties to it, or to the id that a person has merged it into, unless a person has said
that the two are not one; a company and a plant that have only each other by stated OPERATES
are one unit, and trade claims sit on the plant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson
import polars as pl

from graph_service.domain.identity import redirects
from graph_service.domain.schema import TIES, TRADE_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One live description that says who its entity is, or is not.

    Attributes:
        claim_id: its id.
        order: its place by the rule of chosen values.
        entity_id: the entity that it describes, before merging.
        same_as: weaker ids of the same entity.
        other_than: ids of other entities.
    """

    claim_id: str
    order: tuple[object, ...]
    entity_id: str
    same_as: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()


def is_decision(attributes: object) -> bool:
    """Whether a description says nothing but who is one, or is not: a person has decided it."""
    found = orjson.loads(attributes) if isinstance(attributes, str) else {}
    return bool(found) and found.keys() <= set(TIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where the claims of an id belong."""

    redirects: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def place(self, raw_id: str, relation_type: str) -> str:
        """The id that a claim of this type about ``raw_id`` hangs on."""
        entity = self.redirects.get(raw_id, raw_id)
        return self.units.get(entity, entity) if relation_type in TRADE_TYPES else entity

    def place_columns(self, claims: pl.DataFrame) -> pl.DataFrame:
        """``from_id`` and ``to_id`` for a frame with ``type``, ``from_raw`` and ``to_raw``."""

        def placed(raw: str) -> pl.Expr:
            entity = pl.col(raw).replace(self.redirects) if self.redirects else pl.col(raw)
            unit = entity.replace(self.units) if self.units else entity
            return pl.when(pl.col("type").is_in(sorted(TRADE_TYPES))).then(unit).otherwise(entity)

        return claims.select(from_id=placed("from_raw"), to_id=placed("to_raw"))


def one_party(ties: Iterable[Tie]) -> dict[str, str]:
    """Where each id leads that is one with a stronger id."""
    apart: list[tuple[str, str]] = []

    def stated() -> Iterator[tuple[tuple[object, ...], str, str]]:
        for tie in ties:
            apart.extend((tie.entity_id, other) for other in tie.other_than)
            for weaker in tie.same_as:
                yield tie.order, weaker, tie.entity_id

    return redirects(stated(), apart)


def settle(ties: Iterable[Tie], operates: Iterable[tuple[str, str]]) -> Placement:
    """Redirects from descriptions, units from (company, plant) pairs of live, actual OPERATES claims."""
    leads = one_party(ties)
    plants: dict[str, set[str]] = defaultdict(set)
    operators: dict[str, set[str]] = defaultdict(set)
    for company, plant in operates:
        operator, site = leads.get(company, company), leads.get(plant, plant)
        plants[operator].add(site)
        operators[site].add(operator)
    units = {
        operator: site
        for operator, sites in plants.items()
        if len(sites) == 1 and len(operators[site := next(iter(sites))]) == 1
    }
    return Placement(redirects=leads, units=units)
