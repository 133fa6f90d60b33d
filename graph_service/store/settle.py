"""Where claims belong after merging: computed from the claims alone, so the same in both stores and any order.

Two reversible moves (``from_raw`` and ``to_raw`` keep what was said): an id of a weaker key goes to the id of the
stronger key that a description ties to it; a company and a plant that have only each other by stated OPERATES
are one unit, and trade claims sit on the plant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import polars as pl

from graph_service.domain.identity import redirects
from graph_service.domain.schema import TRADE_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One live description that ties weaker ids to its entity; ``order`` is the rule of chosen values."""

    order: tuple[object, ...]
    entity_id: str
    same_as: tuple[str, ...]


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


def settle(ties: Iterable[Tie], operates: Iterable[tuple[str, str]]) -> Placement:
    """Redirects from descriptions, units from (company, plant) pairs of live, actual OPERATES claims."""
    leads = redirects((tie.order, weaker, tie.entity_id) for tie in ties for weaker in tie.same_as)
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
