"""Claim ids as 16 bytes each, in ascending order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
import numpy.typing as npt

_HEX_DIGITS = 32


@dataclass(frozen=True, eq=False)
class ClaimIds(Sequence[str]):
    """The id of each row; ids that were said again have several rows, the newest last."""

    high: npt.NDArray[np.uint64]
    low: npt.NDArray[np.uint64]

    @classmethod
    def pack(cls, claim_ids: Sequence[str]) -> ClaimIds:
        """Lay ids out, which come in ascending order."""
        both = np.frombuffer(bytes.fromhex("".join(claim_ids)), dtype=">u8").astype(np.uint64).reshape(-1, 2)
        return cls(np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1]))

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(len(self)))]
        return f"{int(self.high[row]):016x}{int(self.low[row]):016x}"

    def __len__(self) -> int:
        return len(self.high)

    def __iter__(self) -> Iterator[str]:
        for high, low in zip(self.high.tolist(), self.low.tolist(), strict=True):
            yield f"{high:016x}{low:016x}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


class NewestRows(Mapping[str, int]):
    """The newest row of each claim id, found by halving."""

    def __init__(self, claim_ids: ClaimIds) -> None:
        self._ids = claim_ids

    def __getitem__(self, claim_id: str) -> int:
        found = self.get(claim_id)
        if found is None:
            raise KeyError(claim_id)
        return int(found)

    def get(self, claim_id: str, default: Any = None) -> Any:
        """The newest row of an id, or ``default``."""
        if len(claim_id) != _HEX_DIGITS:
            return default
        try:
            high, low = np.frombuffer(bytes.fromhex(claim_id), dtype=">u8").astype(np.uint64)
        except ValueError:
            return default
        first, last = (int(self._ids.high.searchsorted(high, side)) for side in ("left", "right"))
        row = first + int(self._ids.low[first:last].searchsorted(low, "right")) - 1
        return row if row >= first and self._ids.low[row] == low and self._ids[row] == claim_id else default

    def __contains__(self, claim_id: object) -> bool:
        return isinstance(claim_id, str) and self.get(claim_id) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self._ids))

    def __len__(self) -> int:
        ids = self._ids
        is_new = (ids.high[1:] != ids.high[:-1]) | (ids.low[1:] != ids.low[:-1])
        return min(1, len(ids)) + int(np.count_nonzero(is_new))
