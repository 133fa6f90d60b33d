"""Bill of materials: what goes into a product, and into that, level by level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph_service.snapshot.snapshot import Mask, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUnit:
    """An amount of a material per unit of a product, ``unit`` like ``t/t``; None = not bounded on that side."""

    low: float | None
    high: float | None
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One line of an exploded bill of materials.

    Attributes:
        level: 1 for what goes straight into the product.
        of, product: positions of what it goes into and of itself.
        amount: per unit of ``of``; None = not known.
        total: per unit of the product asked about, along this line; None = not known.
        is_substitutable: None = not known.
        is_cycle: it is among what it goes into itself, and is not followed.
        rows: the claims of this step, chosen first.
    """

    level: int
    of: int
    product: int
    amount: PerUnit | None
    total: PerUnit | None
    is_substitutable: bool | None
    is_cycle: bool
    rows: tuple[int, ...]


def explode(snapshot: Snapshot, mask: Mask, product: int, max_level: int) -> Iterator[Material]:
    """Materials depth first, each under what it goes into, in the order of names' ids.

    Amounts multiply along a line where the units meet: 2 t/t of alumina per aluminium and 2 t/t of bauxite per
    alumina are 4 t/t.
    """
    yield from _below(snapshot, mask, product, (product,), None, max_level)


def _below(
    snapshot: Snapshot, mask: Mask, product: int, line: tuple[int, ...], so_far: PerUnit | None, max_level: int
) -> Iterator[Material]:
    if len(line) > max_level:
        return
    c = snapshot.claims
    rows = snapshot.rows_from(product, "REQUIRES")
    rows = rows[mask[rows]]
    rows = rows[np.lexsort((c["choice"][rows], c["to"][rows]))]
    for material in dict.fromkeys(c["to"][rows].tolist()):
        own = rows[c["to"][rows] == material].tolist()
        amount = _amount(snapshot, own)
        total = amount if len(line) == 1 else _times(so_far, amount)
        is_cycle = material in line
        yield Material(
            level=len(line), of=product, product=material, amount=amount, total=total,
            is_substitutable=_flag(snapshot, own), is_cycle=is_cycle, rows=tuple(own),
        )  # fmt: skip
        if not is_cycle:
            yield from _below(snapshot, mask, material, (*line, material), total, max_level)


def _amount(snapshot: Snapshot, rows: list[int]) -> PerUnit | None:
    c = snapshot.claims
    for row in rows:
        low, high = float(c["quantity_min"][row]), float(c["quantity_max"][row])
        if not (np.isnan(low) and np.isnan(high)):
            return PerUnit(
                low=None if np.isnan(low) else low, high=None if np.isnan(high) else high,
                unit=snapshot.term("unit", row),
            )  # fmt: skip
    return None


def _flag(snapshot: Snapshot, rows: list[int]) -> bool | None:
    flags = snapshot.claims["substitutable"][rows]
    return next((bool(flag) for flag in flags.tolist() if flag >= 0), None)


def _times(whole: PerUnit | None, part: PerUnit | None) -> PerUnit | None:
    """Per unit of the product asked about, where the material of one step is the product of the next in its unit."""
    if whole is None or part is None or whole.unit is None or part.unit is None:
        return None
    above, _, asked = whole.unit.rpartition("/")
    own, _, below = part.unit.rpartition("/")
    if not above or not own or above != below:
        return None
    return PerUnit(
        low=None if whole.low is None or part.low is None else whole.low * part.low,
        high=None if whole.high is None or part.high is None else whole.high * part.high,
        unit=f"{own}/{asked}",
    )
