"""Strings near to one: edits counted by rapidfuzz among those that arithmetic on arrays has not ruled out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from graph_service.snapshot.texts import Texts

Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLength:
    """The order of strings by length, and the set of letters of each as bits.

    An edit changes the length by at most one and the set of letters by at most two, so most strings are
    ruled out by arithmetic on arrays before any distance is computed.
    """

    order: Ids
    letters: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.int64]

    @classmethod
    def build(cls, strings: Sequence[str]) -> ByLength:
        """Index strings; ``like`` and ``nearest`` want the same ones."""
        lengths = np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
        order = np.argsort(lengths, kind="stable").astype(np.int32)
        counts = np.bincount(lengths, minlength=1)
        starts = np.concatenate(([0], np.cumsum(counts)))
        return cls(order=order, letters=_letters([strings[at] for at in order.tolist()]), starts=starts)

    def like(self, string: str, strings: Texts) -> list[tuple[int, float]]:
        """Return the strings within the edits that a slip of the keyboard makes, with their likeness."""
        return self._within(string, strings, _edits(len(string)))

    def nearest(self, string: str, strings: Texts) -> list[tuple[int, float]]:
        """Return the strings at least half alike."""
        found = self._within(string, strings, max(2, len(string) // 2))
        return [(at, likeness) for at, likeness in found if likeness >= 1 / 2]

    def _within(self, string: str, strings: Texts, edits: int) -> list[tuple[int, float]]:
        last_length = len(self.starts) - 2
        first = int(self.starts[min(max(0, len(string) - edits), last_length + 1)])
        last = int(self.starts[min(len(string) + edits, last_length) + 1])
        differing = np.bitwise_count(self.letters[first:last] ^ _letters([string]))
        possible = self.order[first:last][differing <= 2 * edits].tolist()
        texts = strings.pick(possible)
        found = process.extract(string, texts, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(possible[at], 1 - distance / max(len(string), len(text))) for text, distance, at in found]


def _letters(strings: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Return the set of letters of each string as 64 bits; letters that share a bit only make it coarser."""
    points = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
    bits = np.uint64(1) << (points & 63).astype(np.uint64)
    starts = np.fromiter(accumulate(map(len, strings[:-1]), initial=0), dtype=np.int64)
    return np.bitwise_or.reduceat(bits, starts) if len(bits) else np.zeros(0, dtype=np.uint64)


def _edits(length: int) -> int:
    """Return how many edits still mean the same word: one in a short word, three in a long name."""
    return 1 if length <= 4 else 2 if length <= 12 else 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelt:
    """Distinct spellings and the names that have them: those of spelling s are ``names[starts[s]:starts[s + 1]]``."""

    spellings: Texts
    starts: npt.NDArray[np.int64]
    names: Ids
    by_length: ByLength

    @classmethod
    def build(cls, spellings: Iterable[str]) -> Spelt:
        """Group the names by their spelling, given in their order; who has an empty one is left out."""
        number: dict[str, int] = {"": 0}
        of_name = np.fromiter((number.setdefault(text, len(number)) for text in spellings), dtype=np.int32)
        counts = np.bincount(of_name, minlength=len(number))
        names = np.argsort(of_name, kind="stable").astype(np.int32)[counts[0] :]
        distinct = list(number)[1:]
        return cls(
            spellings=Texts.pack(distinct),
            starts=np.concatenate(([0], np.cumsum(counts[1:]))),
            names=names,
            by_length=ByLength.build(distinct),
        )

    def like(self, spelling: str, *, near: bool) -> Iterator[tuple[int, float]]:
        """The names whose spelling is within a slip, or half alike."""
        search = self.by_length.nearest if near else self.by_length.like
        found = search(spelling, self.spellings)
        return (
            (name, likeness)
            for at, likeness in found
            for name in self.names[self.starts[at] : self.starts[at + 1]].tolist()
        )
