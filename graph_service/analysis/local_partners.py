"""How well a maker fits a buyer, by reasons between 0 and 1 that each have a visible weight.

Distance decay as in gravity models of trade; shared neighbours by Adamic and Adar, Friends and neighbors on the Web,
Social Networks 25 (2003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Numbers, link_columns
from graph_service.domain.quantities import unit_per_year
from graph_service.snapshot.snapshot import Mask, Rows, Snapshot

Reason = Literal["distance", "capacity", "tie", "shared"]
REASONS: tuple[Reason, ...] = ("distance", "capacity", "tie", "shared")
WEIGHTS: Mapping[Reason, float] = {"distance": 1.0, "capacity": 0.5, "tie": 0.5, "shared": 1.0}
"""Set before anything was measured with them."""

DECAY_KM = 100.0
"""A maker so far away counts 1/e of one next door."""

_TIES = ("SUPPLIES", "COOPERATES_WITH", "SELLS_TO")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """Each candidate's reasons as intervals (what is not known is 0 to 1), and the score: their weighted mean.

    Attributes:
        low, high: bounds of each reason, shape (number of candidates,).
        score_low, score_high: 0 to 1.
    """

    low: Mapping[Reason, Numbers]
    high: Mapping[Reason, Numbers]
    score_low: Numbers
    score_high: Numbers

    @property
    def middle(self) -> Numbers:
        """What candidates are ordered by."""
        mean: Numbers = (self.score_low + self.score_high) / 2
        return mean


def fit(reasons: Mapping[Reason, tuple[Numbers, Numbers]], weights: Mapping[Reason, float]) -> Fit:
    """Put reasons together; one of weight 0 plays no part."""
    low = {name: bounds[0] for name, bounds in reasons.items()}
    high = {name: bounds[1] for name, bounds in reasons.items()}
    total = sum(weights[name] for name in reasons) or 1.0
    return Fit(
        low=low, high=high,
        score_low=np.asarray(sum(weights[name] * low[name] for name in reasons)) / total,
        score_high=np.asarray(sum(weights[name] * high[name] for name in reasons)) / total,
    )  # fmt: skip


def by_distance(distances_km: Sequence[tuple[float, float] | None]) -> tuple[Numbers, Numbers]:
    """exp(−d / d0) of each interval in km; None = nothing is known of the distance."""
    low = [0.0 if found is None else float(np.exp(-found[1] / DECAY_KM)) for found in distances_km]
    high = [1.0 if found is None else float(np.exp(-found[0] / DECAY_KM)) for found in distances_km]
    return np.array(low), np.array(high)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Acquaintance:
    """What an asker's ties say of everybody, by entity position.

    Attributes:
        tie: 1 where the two have a supply or cooperation tie already; nobody known to have none.
        shared: Adamic–Adar, Σ 1 / ln(ties of z) over shared neighbours z, as a / (1 + a).
    """

    tie: Numbers
    shared: Numbers

    def reasons(self, candidates: npt.NDArray[np.int64]) -> dict[Reason, tuple[Numbers, Numbers]]:
        """Both reasons for each candidate; they are known, so their bounds are one."""
        return {"tie": (self.tie[candidates],) * 2, "shared": (self.shared[candidates],) * 2}


def acquaintance(snapshot: Snapshot, mask: Mask, asker: int) -> Acquaintance:
    """The ties of the asker, and of those it has ties with."""
    tie, shared = np.zeros(len(snapshot.entity_ids)), np.zeros(len(snapshot.entity_ids))
    near = np.unique(_neighbours(snapshot, mask, np.array([asker]))[1])
    tie[near] = 1.0
    near = near[near != asker]
    owners, ends = _neighbours(snapshot, mask, near)
    pairs = np.unique(np.stack([owners, ends]), axis=1)
    degrees = np.bincount(pairs[0], minlength=len(near))
    np.add.at(shared, pairs[1], 1 / np.log(np.maximum(degrees[pairs[0]], 2)))
    return Acquaintance(tie=tie, shared=shared / (1 + shared))


def by_capacity(
    snapshot: Snapshot,
    mask: Mask,
    valid_at: date,
    candidates: npt.NDArray[np.int64],
    claims: Sequence[Sequence[int]],
) -> tuple[Numbers, Numbers]:
    """The part of the stated capacity that no known link takes; 0 to 1 where it is not known.

    Args:
        snapshot: the graph.
        mask: the claims that count.
        valid_at: the day of the links' quantities.
        candidates: positions of the makers.
        claims: the PRODUCES claims of each, chosen first; the first that states a capacity per time counts.
    """
    low, high = np.zeros(len(candidates)), np.ones(len(candidates))
    stated = {
        place: found for place, rows in enumerate(claims) if (found := _capacity_per_year(snapshot, rows)) is not None
    }
    if not stated:
        return low, high
    rows = snapshot.by_from.of_all(candidates[list(stated)])
    is_supply = snapshot.claims["type"][rows] == snapshot.code("SUPPLIES")
    sold = link_columns(snapshot, rows[mask[rows] & is_supply], valid_at)
    amounts = sold.quantity.low
    known = np.flatnonzero(~np.isnan(amounts))
    keys = zip(*(column[known].tolist() for column in (sold.source, sold.product, sold.quantity.unit)), strict=True)
    taken: dict[tuple[int, int, int], float] = {}
    for key, amount in zip(keys, amounts[known].tolist(), strict=True):
        taken[key] = taken.get(key, 0.0) + amount
    for place, (capacity, product, unit) in stated.items():
        high[place] = max(0.0, 1 - taken.get((int(candidates[place]), product, unit), 0.0) / capacity)
    return low, high


def _capacity_per_year(snapshot: Snapshot, rows: Sequence[int]) -> tuple[float, int, int] | None:
    """The first capacity that is a rate: its upper bound per year, of which product, the term of its unit."""
    c = snapshot.claims
    for row in rows:
        stated, unit = float(c["capacity_max"][row]), snapshot.term("unit", row)
        per_year = unit_per_year(unit) if unit is not None else None
        if stated > 0 and per_year is not None and per_year.is_rate:
            return stated * per_year.factor, int(c["to"][row]), snapshot.code(per_year.base)
    return None


def _neighbours(
    snapshot: Snapshot, mask: Mask, units: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Ties of units, either way: positions in ``units`` and who is at the other end."""
    c = snapshot.claims
    codes = [snapshot.code(name) for name in _TIES]
    owners, ends = [], []
    for csr, end in ((snapshot.by_to, "from"), (snapshot.by_from, "to")):
        rows: Rows = csr.of_all(units)
        owner = np.repeat(np.arange(len(units)), np.diff(csr.offsets)[units])
        kept = mask[rows] & np.isin(c["type"][rows], codes)
        owners.append(owner[kept])
        ends.append(np.asarray(c[end][rows[kept]], np.int64))
    return np.concatenate(owners), np.concatenate(ends)
