"""How near one product is to another: by their codes, and by who makes both.

Proximity of products by co-occurrence: Hidalgo, Klinger, Barabási, Hausmann, The product space conditions the
development of nations, Science 317 (2007), with firms in the place of nations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from graph_service.analysis.link_columns import Numbers
from graph_service.snapshot.snapshot import Ints, Mask, Snapshot

FEWEST_LEVELS = 2
"""Products that only share a class (20) are not called near; 20.1 is the first level that counts."""


@lru_cache(maxsize=100_000)
def code_levels(code: str) -> tuple[str, ...]:
    """The levels of an OKPD2 code: 25.11.23.111 → 25, 1, 1, 2, 3, 11, 1; a final 0 of the last group is none."""
    first, *groups = code.split(".")
    levels = [first]
    for number, group in enumerate(groups):
        if number == 2:
            levels += [group[:2], *group[2:].rstrip("0")]
        else:
            levels += list(group)
    return tuple(levels)


def code_closeness(wanted: str, other: str) -> float:
    """The part of the levels of a wanted OKPD2 code that another code shares, 0 to 1; 0 below `FEWEST_LEVELS`."""
    levels, own = code_levels(wanted), code_levels(other)
    shared = 0
    for a, b in zip(levels, own, strict=False):
        if a != b:
            break
        shared += 1
    return shared / len(levels) if shared >= min(FEWEST_LEVELS, len(levels)) else 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Production:
    """Who makes what: pairs of unit and product, each once, and how many make each product."""

    unit: Ints
    product: Ints
    makers: npt.NDArray[np.int64]


def production(snapshot: Snapshot, mask: Mask) -> Production:
    """All production that counts."""
    c, size = snapshot.claims, len(snapshot.entity_ids)
    rows = np.flatnonzero(mask & snapshot.is_type("PRODUCES"))
    unit, product = np.divmod(np.unique(c["from"][rows].astype(np.int64) * size + c["to"][rows]), size)
    return Production(
        unit=unit.astype(np.int32), product=product.astype(np.int32), makers=np.bincount(product, minlength=size)
    )


def proximity(made: Production, product: int) -> Numbers:
    """For each entity, as a product, how often whoever makes it makes this one too: φ = both / max(either)."""
    size = len(made.makers)
    is_maker = np.zeros(size, bool)
    is_maker[made.unit[made.product == product]] = True
    both = np.bincount(made.product[is_maker[made.unit]], minlength=size)
    most = np.maximum(made.makers, made.makers[product])
    return np.where(most > 0, both / np.maximum(most, 1), 0.0)
