"""Texts in two arrays, which a file can hold and many processes can read without copying: one of bytes, one of ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar, overload

import numpy as np
import numpy.typing as npt
import orjson

T = TypeVar("T")

_KEPT_VALUES = 65_536


class Texts(Sequence[str]):
    """Texts by position; each is decoded when it is asked for.

    Attributes:
        at: where each text begins in ``data``, and the end of the last.
        data: the texts in UTF-8, one after the other.
    """

    __slots__ = ("_at", "_data", "at", "data")

    def __init__(self, at: npt.NDArray[Any], data: npt.NDArray[np.uint8]) -> None:
        self.at, self.data = at, data
        self._at, self._data = at.data, data.data

    @classmethod
    def pack(cls, texts: Iterable[str]) -> Self:
        """Lay texts out."""
        return cls.pack_bytes([text.encode() for text in texts])

    @classmethod
    def pack_bytes(cls, encoded: Sequence[bytes]) -> Self:
        """Lay out texts that are in UTF-8 already."""
        ends = np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)))
        total = int(ends[-1]) if len(ends) else 0
        at = np.concatenate(([0], ends)).astype(np.uint32 if total < 2**32 else np.int64)
        return cls(at, np.frombuffer(b"".join(encoded), dtype=np.uint8))

    def __len__(self) -> int:
        return len(self._at) - 1

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> list[str]: ...
    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            return [self._text(at) for at in range(*position.indices(len(self)))]
        own = position + len(self) if position < 0 else position
        if not 0 <= own < len(self):
            raise IndexError(position)
        return self._text(own)

    def _text(self, position: int) -> str:
        return str(self._data[self._at[position] : self._at[position + 1]], "utf-8")

    def with_inserted(self, positions: Sequence[int], texts: Sequence[str]) -> Texts:
        """These texts with others put in, each before the one at its position; positions ascend."""
        encoded = [text.encode() for text in texts]
        lengths = np.insert(np.diff(self.at).astype(np.int64), positions, list(map(len, encoded)))
        pieces: list[bytes | memoryview] = []
        done = 0
        for position, text in zip(positions, encoded, strict=True):
            pieces += [self._data[done : self._at[position]], text]
            done = self._at[position]
        total = int(lengths.sum())
        at = np.concatenate(([0], np.cumsum(lengths))).astype(np.uint32 if total < 2**32 else np.int64)
        return Texts(at, np.frombuffer(b"".join([*pieces, self._data[done:]]), dtype=np.uint8))

    def pick(self, positions: Iterable[int]) -> list[str]:
        """The texts at these positions, which are in range."""
        at, data = self._at, self._data
        return [str(data[at[position] : at[position + 1]], "utf-8") for position in positions]

    def raw(self, position: int) -> bytes:
        """The bytes of one text."""
        return bytes(self._data[self._at[position] : self._at[position + 1]])

    def __iter__(self) -> Iterator[str]:
        return map(self._text, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


class SortedTexts(Texts):
    """Texts in ascending order, so that one is found by halving."""

    __slots__ = ()

    def find(self, text: str) -> int | None:
        """The position of a text, or None."""
        at = bisect_left(self, text)
        return at if at < len(self) and self[at] == text else None

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.find(text) is not None

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """The position of a text, as of a list.

        Raises:
            ValueError: it is not among them.
        """
        found = self.find(value)
        if found is None or found < start or (stop is not None and found >= stop):
            raise ValueError(f"{value!r} is not in the list")
        return found


class JsonTexts(Sequence[T]):
    """Values written as JSON; each is read when it is asked for, and those read last are kept."""

    __slots__ = ("_kept", "texts")

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._kept: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, position: int) -> T: ...
    @overload
    def __getitem__(self, position: slice) -> list[T]: ...
    def __getitem__(self, position: int | slice) -> T | list[T]:
        if isinstance(position, slice):
            return [self[at] for at in range(*position.indices(len(self)))]
        found = self._kept.get(position)
        if found is None:
            own = position + len(self) if position < 0 else position
            if not 0 <= own < len(self):
                raise IndexError(position)
            found = self._read(own)
            if len(self._kept) >= _KEPT_VALUES:
                self._kept.clear()
            self._kept[position] = found
        return found

    def filled(self) -> npt.NDArray[np.bool_]:
        """Mask of the values that are more than an empty object, told by their length."""
        return np.asarray(np.diff(self.texts.at.astype(np.int64)) > len("{}"))

    def _read(self, position: int) -> T:
        value: T = orjson.loads(self.texts.raw(position))
        return value

    def __iter__(self) -> Iterator[T]:
        return map(self._read, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


@dataclass(frozen=True, eq=False)
class RowTexts(Mapping[int, str]):
    """A text column that not every row states, kept as runs of rows that do.

    Run r begins at row ``starts[r]``, and its texts at position ``firsts[r]``; it ends where those of the next begin.
    """

    starts: npt.NDArray[np.int32]
    firsts: npt.NDArray[np.int32]
    texts: Texts

    @classmethod
    def pack(cls, rows: npt.NDArray[np.int32], texts: Texts) -> RowTexts:
        """Lay out the texts of these rows, which ascend."""
        firsts = np.flatnonzero(np.diff(rows, prepend=-2) != 1).astype(np.int32)
        return cls(rows[firsts], firsts, texts)

    def rows(self) -> npt.NDArray[np.int32]:
        """The rows that have a text, ascending."""
        lengths = np.diff(self.firsts, append=np.int32(len(self.texts)))
        return np.arange(len(self.texts), dtype=np.int32) + np.repeat(self.starts - self.firsts, lengths)

    def _find(self, row: object) -> int | None:
        if not isinstance(row, (int, np.integer)):
            return None
        starts, firsts = self.starts.data, self.firsts.data
        run = bisect_right(starts, row) - 1
        if run < 0:
            return None
        at = int(row) - starts[run] + firsts[run]
        return at if at < (firsts[run + 1] if run + 1 < len(firsts) else len(self.texts)) else None

    def __getitem__(self, row: int) -> str:
        at = self._find(row)
        if at is None:
            raise KeyError(row)
        return self.texts[at]

    def get(self, row: int, default: Any = None) -> Any:
        """The text of a row, or ``default``."""
        at = self._find(row)
        return default if at is None else self.texts[at]

    def __contains__(self, row: object) -> bool:
        return self._find(row) is not None

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows().tolist())

    def __len__(self) -> int:
        return len(self.texts)
