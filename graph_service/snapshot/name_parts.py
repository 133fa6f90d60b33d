"""What the search index keeps of names: their keys in order, and which names hold which word."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from graph_service.domain.names import key_of, shadow_words, split_name
from graph_service.snapshot.spelling import ByLength, Ids
from graph_service.snapshot.texts import Texts

Scores = npt.NDArray[np.float64]

_AFTER_ALL = "\U0010ffff"
_OTHER_FORM = 0.02
_SHORTEST_MISSPELT = 3
_SHORTEST_STEM = 4
_BEGINNING_OF_WORD = 0.92
_BETWEEN_FORMS = "\x1f"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenApart:
    """A name's key, its legal forms and the Latin shadows of its words."""

    key: str
    forms: tuple[str, ...]
    shadow: tuple[str, ...]


def take_apart(text: str) -> TakenApart:
    """Take a name apart."""
    parts = split_name(text)
    return TakenApart(key=key_of(parts), forms=parts.forms, shadow=shadow_words(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names in the order given, the order of their keys, and what is needed to order hits."""

    texts: Texts
    keys: Texts
    entity: Ids
    key_length: Ids
    by_key: Ids
    rank: Ids
    form_sets: Texts
    form_set: Ids

    @classmethod
    def build(cls, entries: Sequence[tuple[int, str]], parts: Sequence[TakenApart]) -> Names:
        """Index names that have been taken apart."""
        entities, texts = [entity for entity, _ in entries], [text for _, text in entries]
        keys = [part.key for part in parts]
        folded = [text.casefold() for text in texts]
        by_text = sorted(range(len(texts)), key=entities.__getitem__)
        by_text.sort(key=folded.__getitem__)  # stable: names alike stay in the order of their entities
        rank = np.empty(len(texts), dtype=np.int32)
        rank[by_text] = np.arange(len(texts), dtype=np.int32)
        number = {forms: at for at, forms in enumerate(dict.fromkeys(part.forms for part in parts))}
        return cls(
            texts=Texts.pack(texts),
            keys=Texts.pack(keys),
            entity=np.array(entities, dtype=np.int32),
            key_length=np.array([max(1, len(key)) for key in keys], dtype=np.int32),
            by_key=np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int32),
            rank=rank,
            form_sets=Texts.pack(map(_BETWEEN_FORMS.join, number)),
            form_set=np.array([number[part.forms] for part in parts], dtype=np.int32),
        )

    def form_sets_split(self) -> list[tuple[str, ...]]:
        """Each set of legal forms that any name has."""
        return [tuple(text.split(_BETWEEN_FORMS)) if text else () for text in self.form_sets]

    def beginning_with(self, key: str) -> tuple[Ids, Ids]:
        """Return the names whose key is this one, and those whose key goes on after it."""
        first = bisect_left(self.by_key, key, key=self.keys.__getitem__)
        after = bisect_right(self.by_key, key, lo=first, key=self.keys.__getitem__)
        last = bisect_left(self.by_key, key + _AFTER_ALL, lo=after, key=self.keys.__getitem__)
        return self.by_key[first:after], self.by_key[after:last]

    def best(
        self, scores: Scores, kinds: npt.NDArray[np.int8], forms: tuple[str, ...], limit: int
    ) -> list[tuple[int, float, str, int]]:
        """Return entity, score, name and kind of the best names, enough of them for `limit` entities.

        The asked legal form comes before others.
        """
        if forms:
            other = np.array([not set(forms) & set(form_set) for form_set in self.form_sets_split()], bool)
            scores = np.where((scores > 0) & other[self.form_set], scores - _OTHER_FORM, scores)
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
        order = top[np.lexsort((self.rank[top], -scores[top]))]
        best: dict[int, tuple[int, float, str, int]] = {}
        for name in order.tolist():
            entity = int(self.entity[name])
            if entity not in best:
                best[entity] = (entity, float(scores[name]), self.texts[name], int(kinds[name]))
            if len(best) == limit:
                break
        return list(best.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Which names hold which word (as a shadow), words sorted, so that a beginning of a word is a slice.

    Those of word w are ``names[starts[w]:starts[w + 1]]``; those of name n ``word_of[word_starts[n]:…]``, in order.
    """

    length: Ids
    words: Texts
    by_length: ByLength
    names: Ids
    starts: npt.NDArray[np.int64]
    word_of: Ids
    word_starts: npt.NDArray[np.int64]

    @classmethod
    def build(cls, shadows: Sequence[tuple[str, ...]]) -> Words:
        """Index the words of each name."""
        words = sorted(set(chain.from_iterable(shadows)))
        place = {word: at for at, word in enumerate(words)}
        counts = np.fromiter(map(len, shadows), dtype=np.int64, count=len(shadows))
        word_of = np.fromiter((place[word] for own in shadows for word in own), np.int32, int(counts.sum()))
        name_of = np.repeat(np.arange(len(shadows), dtype=np.int32), counts)
        return cls(
            length=np.array([max(1, sum(map(len, own))) for own in shadows], dtype=np.int32),
            words=Texts.pack(words),
            by_length=ByLength.build(words),
            names=name_of[np.argsort(word_of, kind="stable")],
            starts=np.concatenate(([0], np.cumsum(np.bincount(word_of, minlength=len(words))))),
            word_of=word_of,
            word_starts=np.concatenate(([0], np.cumsum(counts))),
        )

    def covered(self, query: Sequence[str]) -> Scores:
        """Return for each name the share of the query found among its words, rare words weighing more."""
        total = np.zeros(len(self.length))
        weights = 0.0
        for at, word in enumerate(query):
            matches = self._matches(word, is_last=at == len(query) - 1)
            quality = np.zeros(len(total))
            for first, last, likeness in matches:
                names = self.names[self.starts[first] : self.starts[last]]
                quality[names] = np.maximum(quality[names], likeness)
            weight = math.log1p(len(total) / max(1, int(np.count_nonzero(quality))))
            total += weight * quality
            weights += weight
        return total / weights if weights else total

    def _matches(self, word: str, *, is_last: bool) -> list[tuple[int, int, float]]:
        """Return slices of the vocabulary that a word of a query may mean, with their likeness."""
        matches: list[tuple[int, int, float]] = []
        if len(word) >= _SHORTEST_MISSPELT and not word.isdigit():
            matches += [(at, at + 1, likeness) for at, likeness in self.by_length.like(word, self.words)]
        first = bisect_left(self.words, word)
        if is_last or len(word) >= _SHORTEST_STEM:
            last = bisect_left(self.words, word + _AFTER_ALL, lo=first)
            matches.append((first, last, _BEGINNING_OF_WORD))
        if first < len(self.words) and self.words[first] == word:
            matches.append((first, first + 1, 1.0))
        return matches
