"""Who could start to make a product: makers of what its code or other makers say is near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_service.analysis.relatedness import Production, code_closeness, proximity
from graph_service.questions.context import Context
from graph_service.snapshot.snapshot import Ints, Mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A unit that makes something near.

    Attributes:
        unit: position.
        product: the nearest thing that it makes.
        code: the part of the code that the two share, 0 to 1.
        related: how often whoever makes one makes the other, 0 to 1.
        rows: its PRODUCES claims of that product.
    """

    unit: int
    product: int
    code: float
    related: float
    rows: tuple[int, ...]

    @property
    def nearness(self) -> float:
        """The greater of the two."""
        return max(self.code, self.related)


def starters(context: Context, made: Production, product: int, units: Mask) -> list[Starter]:
    """Units among those given that make something near the product but not the product, the nearest first.

    Args:
        context: the question.
        made: who makes what under the clocks of the question.
        product: position of the product.
        units: who is looked at.
    """
    snapshot, c = context.snapshot, context.snapshot.claims
    wanted = str(snapshot.attributes[product].get("okpd2") or "")
    related = proximity(made, product)
    near = {int(other): 0.0 for other in np.flatnonzero(related)}
    if wanted:
        for other in snapshot.products:
            if code := str(snapshot.attributes[other].get("okpd2") or ""):
                closeness = code_closeness(wanted, code)
                if closeness:
                    near[other] = closeness
    near.pop(product, None)
    makers = set(c["from"][_makes(context, product)].tolist())
    best: dict[int, Starter] = {}
    for other in sorted(near, key=lambda one: -max(near[one], float(related[one]))):
        rows = _makes(context, other)
        rows = rows[units[c["from"][rows]]]
        for unit in dict.fromkeys(c["from"][rows].tolist()):
            if unit not in makers and unit not in best:
                own = tuple(rows[c["from"][rows] == unit].tolist())
                best[unit] = Starter(
                    unit=unit, product=other, code=near[other], related=float(related[other]), rows=own
                )
    return sorted(best.values(), key=lambda one: (-one.nearness, context.name(one.unit), snapshot.entity_ids[one.unit]))


def _makes(context: Context, product: int) -> Ints:
    rows = context.snapshot.rows_to(product, "PRODUCES")
    kept: Ints = rows[context.clock_mask[rows]]
    return kept
