"""Search by name, misspelling, Latin spelling or code, in memory and beside the snapshot.

Three ways to a name: the sorted keys (whole names and beginnings), the words (postings, rare words weighing
more), and edits counted by rapidfuzz. Words and edits work on Latin shadows (graph_service.domain.names), so
a query in either alphabet finds names in either.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from graph_service.domain.names import key_of, shadow_readings, shadow_words, split_name

Kind = Literal["exact", "code", "prefix", "words", "spelling"]
Mask = npt.NDArray[np.bool_]
_Scores = npt.NDArray[np.float64]
_Ids = npt.NDArray[np.int32]

_KINDS: tuple[Kind, ...] = ("words", "spelling", "prefix", "exact")
_AFTER_ALL = "\U0010ffff"
_CODE_QUERY = re.compile(
    r"(?:инн|огрн(?:ип)?|окпд ?2?|тн ?вэд|inn|ogrn|lei|okpd ?2?|hs)?[\s:№]*([0-9a-z][0-9a-z.\- ]*)",
    re.IGNORECASE,
)

# Scores: an exact name above its Latin spelling, that above the beginning of a name, and so on down; within
# a kind by how much of the name, or of the query, is accounted for.
_EXACT = 1.0
_SAME_SOUND = 0.95
_PREFIX, _PREFIX_SPAN = 0.80, 0.12
_CODE_PREFIX, _CODE_PREFIX_SPAN = 0.80, 0.10
_COVERED, _NAME_COVERED = 0.60, 0.25
_EDITED, _EDITED_AS_WRITTEN = 0.84, 0.06
_OTHER_FORM = 0.02
_LEAST_COVERED = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One entity found.

    Attributes:
        entity: Its index, as given to `NameIndex.build`.
        score: Between 0 and 1; to be compared within one answer only.
        matched: The name or code that matched, as it was given.
        kind: How it matched: `exact` (the whole name), `code`, `prefix`, `words` or `spelling`.
    """

    entity: int
    score: float
    matched: str
    kind: Kind


class NameIndex:
    """Names and codes of entities, searchable; immutable once built. Build with `NameIndex.build`."""

    def __init__(self, names: _Names, words: _Words, written: _Spelt, shadows: _Spelt, codes: _Codes) -> None:
        self._names = names
        self._words = words
        # Whole names without spaces, for slips that also join or split words. As written is the sharper
        # comparison (a shadow levels letters in which a slip may show); shadows join two alphabets.
        self._written = written
        self._shadows = shadows
        self._codes = codes

    @classmethod
    def build(
        cls,
        entries: Iterable[tuple[int, str]],
        codes: Iterable[tuple[int, str]] = (),
        product_codes: Iterable[tuple[int, str]] = (),
    ) -> NameIndex:
        """Build the index.

        Args:
            entries: Pairs of an entity index and one of its names; an entity may have many.
            codes: Pairs of an entity index and a code that is found only whole: INN, OGRN, LEI, ISO.
            product_codes: Pairs of an entity index and a classifier code (OKPD2, HS), found by its
                beginning too.
        """
        names, shadows = _Names.build(entries)
        written = _Spelt(key.replace(" ", "") for key in names.keys)
        sounding = _Spelt(map("".join, shadows))
        return cls(names, _Words(shadows), written, sounding, _Codes(codes, product_codes))

    def search(self, query: str, limit: int = 10, among: Mask | None = None) -> list[Hit]:
        """Return the best entities for a query, each once, ordered by score, then name, then entity index.

        Args:
            query: A name or part of it in Russian or Latin letters, misspelt or not, or a code.
            limit: At most so many hits.
            among: Only these entities, as a mask over all; everybody if None.
        """
        hits = self._codes.search(query)
        asked = _Asked.read(query)
        if asked.key:
            scores, kinds = self._score_words(asked)
            self._score_spelling(asked, scores, kinds, near=False)
            self._score_beginnings(asked, scores, kinds)
            hits += self._names.best(self._kept(scores, among), kinds, asked.forms, limit)
        return _each_once((hit for hit in hits if among is None or among[hit.entity]), limit)

    def near(self, query: str, limit: int = 3, among: Mask | None = None) -> list[Hit]:
        """Return the entities whose names are spelt most like the query, for a "did you mean".

        Ordered as by `search`, which accepts no spelling so distant.
        """
        asked = _Asked.read(query)
        if not asked.key:
            return []
        scores, kinds = self._score_words(asked)
        self._score_spelling(asked, scores, kinds, near=True)
        return _each_once(self._names.best(self._kept(scores, among), kinds, asked.forms, limit), limit)

    def _kept(self, scores: _Scores, among: Mask | None) -> _Scores:
        return scores if among is None else np.where(among[self._names.entity], scores, 0.0)

    def _score_words(self, asked: _Asked) -> tuple[_Scores, npt.NDArray[np.int8]]:
        covered = np.zeros(len(self._names.texts))
        for reading in asked.readings:
            np.maximum(covered, self._words.covered(reading), out=covered)
        asked_length = len("".join(asked.readings[0])) if asked.readings else 0
        share_of_name = np.minimum(1.0, asked_length / self._words.length)
        scores = covered * (_COVERED + _NAME_COVERED * share_of_name)
        scores[covered < _LEAST_COVERED] = 0.0
        return scores, np.zeros(len(scores), dtype=np.int8)

    def _score_spelling(self, asked: _Asked, scores: _Scores, kinds: npt.NDArray[np.int8], *, near: bool) -> None:
        found = [self._written.like(asked.key.replace(" ", ""), near=near)]
        found += [self._shadows.like("".join(reading), near=near) for reading in asked.readings]
        for name, likeness in chain.from_iterable(found):
            if likeness == 1.0:
                score = _SAME_SOUND
            else:
                as_written = Indel.normalized_similarity(asked.key, self._names.keys[name])
                score = _EDITED * likeness + _EDITED_AS_WRITTEN * as_written
            if score > scores[name]:
                scores[name], kinds[name] = score, _KINDS.index("spelling")

    def _score_beginnings(self, asked: _Asked, scores: _Scores, kinds: npt.NDArray[np.int8]) -> None:
        exact, longer = self._names.beginning_with(asked.key)
        prefix_scores = _PREFIX + _PREFIX_SPAN * len(asked.key) / self._names.key_length[longer]
        better = longer[prefix_scores > scores[longer]]
        kinds[better] = _KINDS.index("prefix")
        scores[longer] = np.maximum(scores[longer], prefix_scores)
        scores[exact], kinds[exact] = _EXACT, _KINDS.index("exact")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A query, taken apart."""

    key: str
    forms: tuple[str, ...]
    readings: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, query: str) -> _Asked:
        parts = split_name(query)
        readings = tuple(filter(None, shadow_readings(parts)))
        return cls(key=key_of(parts), forms=parts.forms, readings=readings)


class _Names:
    """The names in the order given, their keys sorted, and what is needed to order hits."""

    def __init__(self, texts: list[str], keys: list[str], entities: list[int], forms: list[tuple[str, ...]]) -> None:
        self.texts = texts
        self.keys = keys
        self.entity: _Ids = np.array(entities, dtype=np.int32)
        self.key_length: _Scores = np.array([max(1, len(key)) for key in keys], dtype=np.float64)
        by_key = sorted(range(len(keys)), key=keys.__getitem__)
        self._sorted_keys = [keys[name] for name in by_key]
        self._by_key: _Ids = np.array(by_key, dtype=np.int32)
        by_text = sorted(range(len(texts)), key=lambda name: (texts[name].casefold(), entities[name]))
        self._rank: _Ids = np.empty(len(texts), dtype=np.int32)
        self._rank[by_text] = np.arange(len(texts), dtype=np.int32)
        self._form_sets = list(dict.fromkeys(forms))
        number = {form_set: at for at, form_set in enumerate(self._form_sets)}
        self._form_set: _Ids = np.array([number[form_set] for form_set in forms], dtype=np.int32)

    @classmethod
    def build(cls, entries: Iterable[tuple[int, str]]) -> tuple[_Names, list[tuple[str, ...]]]:
        """Take the names apart; return them with the shadows of the words of each."""
        texts, keys, entities, forms, shadows = [], [], [], [], []
        for entity, text in entries:
            parts = split_name(text)
            texts.append(text)
            keys.append(key_of(parts))
            entities.append(entity)
            forms.append(parts.forms)
            shadows.append(shadow_words(parts))
        return cls(texts, keys, entities, forms), shadows

    def beginning_with(self, key: str) -> tuple[_Ids, _Ids]:
        """Return the names whose key is this one, and those whose key goes on after it."""
        first = bisect_left(self._sorted_keys, key)
        after = bisect_right(self._sorted_keys, key, lo=first)
        last = bisect_left(self._sorted_keys, key + _AFTER_ALL, lo=after)
        return self._by_key[first:after], self._by_key[after:last]

    def best(self, scores: _Scores, kinds: npt.NDArray[np.int8], forms: tuple[str, ...], limit: int) -> list[Hit]:
        """Return the best names, enough of them for `limit` entities, the asked legal form before others."""
        if forms:
            other = np.array([not set(forms) & set(form_set) for form_set in self._form_sets])
            scores = np.where((scores > 0) & other[self._form_set], scores - _OTHER_FORM, scores)
        scores = np.round(scores, 6)
        found = np.flatnonzero(scores > 0)
        wanted = max(1, limit) * 4
        while True:
            top = found
            if len(found) > wanted:
                # All that tie with the last one stay in: the name decides which of them is shown.
                least = np.partition(scores[found], len(found) - wanted)[len(found) - wanted]
                top = found[scores[found] >= least]
            if len(top) == len(found) or len(np.unique(self.entity[top])) >= limit:
                break
            wanted *= 4
        order = top[np.lexsort((self._rank[top], -scores[top]))]
        best: dict[int, Hit] = {}
        for name in order.tolist():
            entity = int(self.entity[name])
            score, kind = float(scores[name]), _KINDS[kinds[name]]
            best.setdefault(entity, Hit(entity=entity, score=score, matched=self.texts[name], kind=kind))
            if len(best) == limit:
                break
        return list(best.values())


class _Words:
    """Which names hold which word (as a shadow), words sorted, so that a beginning of a word is a slice."""

    def __init__(self, shadows: Sequence[tuple[str, ...]]) -> None:
        self.length: _Scores = np.array([max(1, sum(map(len, words))) for words in shadows], dtype=np.float64)
        self._words = sorted({word for words in shadows for word in words})
        self._place = {word: at for at, word in enumerate(self._words)}
        self._by_length = _ByLength(self._words)
        word_of = np.array(array("i", (self._place[word] for words in shadows for word in words)))
        name_of = np.repeat(np.arange(len(shadows), dtype=np.int32), list(map(len, shadows)))
        self._names: _Ids = name_of[np.argsort(word_of, kind="stable")]
        counts = np.bincount(word_of, minlength=len(self._words))
        self._starts = [0, *accumulate(counts.tolist())]

    def covered(self, query: Sequence[str]) -> _Scores:
        """Return for each name the share of the query found among its words, rare words weighing more."""
        total = np.zeros(len(self.length))
        weights = 0.0
        for at, word in enumerate(query):
            matches = self._matches(word, is_last=at == len(query) - 1)
            quality = np.zeros(len(total))
            for first, last, likeness in matches:
                names = self._names[self._starts[first] : self._starts[last]]
                quality[names] = np.maximum(quality[names], likeness)
            weight = math.log1p(len(total) / max(1, int(np.count_nonzero(quality))))
            total += weight * quality
            weights += weight
        return total / weights if weights else total

    def _matches(self, word: str, *, is_last: bool) -> list[tuple[int, int, float]]:
        """Return slices of the vocabulary that a word of a query may mean, with their likeness."""
        matches: list[tuple[int, int, float]] = []
        if len(word) >= _SHORTEST_MISSPELT and not word.isdigit():
            matches += [(at, at + 1, likeness) for at, likeness in self._by_length.like(word)]
        if is_last or len(word) >= _SHORTEST_STEM:
            first = bisect_left(self._words, word)
            last = bisect_left(self._words, word + _AFTER_ALL, lo=first)
            matches.append((first, last, _BEGINNING_OF_WORD))
        if (at := self._place.get(word)) is not None:
            matches.append((at, at + 1, 1.0))
        return matches


_SHORTEST_MISSPELT = 3
_SHORTEST_STEM = 4
_BEGINNING_OF_WORD = 0.92


class _Spelt:
    """Distinct spellings and the names that have them."""

    def __init__(self, spellings: Iterable[str]) -> None:
        names: dict[str, list[int]] = {}
        for name, spelling in enumerate(spellings):
            names.setdefault(spelling, []).append(name)
        names.pop("", None)
        self._names = list(names.values())
        self._by_length = _ByLength(list(names))

    def like(self, spelling: str, *, near: bool) -> Iterator[tuple[int, float]]:
        found = self._by_length.nearest(spelling) if near else self._by_length.like(spelling)
        return ((name, likeness) for at, likeness in found for name in self._names[at])


class _ByLength:
    """Strings in order of length with the set of letters of each as bits.

    An edit changes the length by at most one and the set of letters by at most two, so most strings are
    ruled out by arithmetic on arrays before any distance is computed.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._order = sorted(range(len(strings)), key=lambda at: len(strings[at]))
        self._strings = [strings[at] for at in self._order]
        self._letters = _letters(self._strings)
        longest = len(self._strings[-1]) if self._strings else 0
        counts = np.bincount([len(string) for string in strings] or [0], minlength=longest + 1)
        self._starts = [0, *accumulate(counts.tolist())]

    def like(self, string: str) -> list[tuple[int, float]]:
        """Return the strings within the edits that a slip of the keyboard makes, with their likeness."""
        return self._within(string, _edits(len(string)))

    def nearest(self, string: str) -> list[tuple[int, float]]:
        """Return the strings at least half alike."""
        found = self._within(string, max(2, len(string) // 2))
        return [(at, likeness) for at, likeness in found if likeness >= 1 / 2]

    def _within(self, string: str, edits: int) -> list[tuple[int, float]]:
        last_length = len(self._starts) - 2
        first = self._starts[min(max(0, len(string) - edits), last_length + 1)]
        last = self._starts[min(len(string) + edits, last_length) + 1]
        differing = np.bitwise_count(self._letters[first:last] ^ _letters([string]))
        possible = (np.flatnonzero(differing <= 2 * edits) + first).tolist()
        texts = [self._strings[at] for at in possible]
        found = process.extract(string, texts, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return [(self._order[possible[at]], 1 - distance / max(len(string), len(text))) for text, distance, at in found]


def _letters(strings: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Return the set of letters of each string as 64 bits; letters that share a bit only make it coarser."""
    points = np.frombuffer("".join(strings).encode("utf-32-le"), dtype=np.uint32)
    bits = np.uint64(1) << (points & 63).astype(np.uint64)
    starts = np.fromiter(accumulate(map(len, strings[:-1]), initial=0), dtype=np.int64)
    return np.bitwise_or.reduceat(bits, starts) if len(bits) else np.zeros(0, dtype=np.uint64)


def _edits(length: int) -> int:
    """Return how many edits still mean the same word: one in a short word, three in a long name."""
    return 1 if length <= 4 else 2 if length <= 12 else 3


class _Codes:
    """Codes found whole, and classifier codes found by their beginning too."""

    def __init__(self, codes: Iterable[tuple[int, str]], product_codes: Iterable[tuple[int, str]]) -> None:
        self._product_codes = sorted((_bare_code(code), entity, code) for entity, code in product_codes)
        self._whole: dict[str, list[tuple[int, str]]] = {}
        for entity, code in codes:
            self._whole.setdefault(_bare_code(code), []).append((entity, code))
        for bare, entity, code in self._product_codes:
            self._whole.setdefault(bare, []).append((entity, code))

    def search(self, query: str) -> list[Hit]:
        """Return the codes that a query means; one written with dots (OKPD2) never means one without (HS)."""
        found = _CODE_QUERY.fullmatch(query.strip())
        if found is None:
            return []
        asked = found.group(1)
        bare = _bare_code(asked)
        codes = [(_EXACT, entity, code) for entity, code in self._whole.get(bare, ())]
        if bare[:2].isdigit():
            first = bisect_right(self._product_codes, (bare, math.inf))
            last = bisect_left(self._product_codes, (bare + _AFTER_ALL,))
            for longer, entity, code in self._product_codes[first:last]:
                codes.append((_CODE_PREFIX + _CODE_PREFIX_SPAN * len(bare) / len(longer), entity, code))
        return [
            Hit(entity=entity, score=round(score, 6), matched=code, kind="code")
            for score, entity, code in codes
            if "." in code or "." not in asked
        ]


def _bare_code(code: str) -> str:
    return re.sub(r"[\s.\-]", "", code).upper()


def _each_once(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """Order hits and keep the best of each entity."""
    best: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.matched.casefold(), hit.entity)):
        best.setdefault(hit.entity, hit)
    return list(best.values())[:limit]
