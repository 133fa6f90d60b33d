"""Search by name, misspelling, Latin spelling or code, in memory and beside the snapshot.

Three ways to a name: the sorted keys (whole names and beginnings), the words (postings, rare words weighing
more), and edits counted by rapidfuzz. Words and edits work on Latin shadows (graph_service.domain.names), so
a query in either alphabet finds names in either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from graph_service.domain.names import is_cyrillic, key_of, shadow_readings, split_name
from graph_service.snapshot.codes import Codes
from graph_service.snapshot.name_parts import Names, Scores, TakenApart, Words, take_apart
from graph_service.snapshot.spelling import Spelt

Kind = Literal["exact", "code", "prefix", "words", "spelling"]
Mask = npt.NDArray[np.bool_]

_KINDS: tuple[Kind, ...] = ("words", "spelling", "prefix", "exact")

# Scores: an exact name above its spelling in the other alphabet, that above the beginning of a name, and so on down;
# within a kind by how much of the name, or of the query, is accounted for. The same sound in one alphabet is a slip.
_EXACT = 1.0
_SAME_SOUND, _SAME_SOUND_MISSPELT = 0.95, 0.91
_PREFIX, _PREFIX_SPAN = 0.80, 0.12
_COVERED, _NAME_COVERED = 0.60, 0.25
_EDITED, _EDITED_AS_WRITTEN = 0.84, 0.06
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

    @property
    def is_whole(self) -> bool:
        """Whether the query is a code or a whole name, be it in the other alphabet or with other spaces."""
        return self.kind in ("exact", "code") or (self.kind == "spelling" and self.score > _SAME_SOUND_MISSPELT)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameIndex:
    """Names and codes of entities, searchable; immutable once built. Build with `NameIndex.build`."""

    names: Names
    words: Words
    # Whole names without spaces, for slips that also join or split words. As written is the sharper
    # comparison (a shadow levels letters in which a slip may show); shadows join two alphabets.
    written: Spelt
    shadows: Spelt
    codes: Codes

    @classmethod
    def build(
        cls,
        entries: Iterable[tuple[int, str]],
        codes: Iterable[tuple[int, str]] = (),
        product_codes: Iterable[tuple[int, str]] = (),
        previous: NameIndex | None = None,
    ) -> NameIndex:
        """Build the index.

        Args:
            entries: Pairs of an entity index and one of its names; an entity may have many.
            codes: Pairs of an entity index and a code that is found only whole: INN, OGRN, LEI, ISO.
            product_codes: Pairs of an entity index and a classifier code (OKPD2, HS), found by its
                beginning too.
            previous: An index that may know many of these names: those are not taken apart again.
        """
        entries = list(entries)
        known = previous.taken_apart() if previous is not None else {}
        parts = [known.get(text) or take_apart(text) for _, text in entries]
        words = Words.build([part.shadow for part in parts])
        return cls(
            names=Names.build(entries, parts),
            words=words,
            written=Spelt.build(part.key.replace(" ", "") for part in parts),
            shadows=Spelt.build("".join(part.shadow) for part in parts),
            codes=Codes.build(codes, product_codes),
        )

    def taken_apart(self) -> dict[str, TakenApart]:
        """What is known of each name's text."""
        texts, keys = list(self.names.texts), list(self.names.keys)
        forms = self.names.form_sets_split()
        sets, vocabulary = self.names.form_set.tolist(), list(self.words.words)
        starts, of_names = self.words.word_starts.tolist(), self.words.word_of.tolist()
        return {
            text: TakenApart(
                key=keys[at],
                forms=forms[sets[at]],
                shadow=tuple(vocabulary[word] for word in of_names[starts[at] : starts[at + 1]]),
            )
            for at, text in enumerate(texts)
        }

    def search(self, query: str, limit: int = 10, among: Mask | None = None) -> list[Hit]:
        """Return the best entities for a query, each once, ordered by score, then name, then entity index.

        Args:
            query: A name or part of it in Russian or Latin letters, misspelt or not, or a code.
            limit: At most so many hits.
            among: Only these entities, as a mask over all; everybody if None.
        """
        hits = self._with_code(query)
        asked = _Asked.read(query)
        if asked.key:
            scores, kinds = self._score_words(asked)
            self._score_spelling(asked, scores, kinds, near=False)
            self._score_beginnings(asked, scores, kinds)
            hits += self._best(self._kept(scores, among), kinds, asked.forms, limit)
        return _each_once((hit for hit in hits if among is None or among[hit.entity]), limit)

    def whole(self, query: str, limit: int = 10, among: Mask | None = None) -> list[Hit]:
        """Return what `search` returns of the kinds `exact` and `code`, without looking for anything else."""
        hits = self._with_code(query)
        asked = _Asked.read(query)
        exact = self.names.beginning_with(asked.key)[0] if asked.key else ()
        if len(exact):
            scores = np.zeros(len(self.names.texts))
            scores[exact] = _EXACT
            kinds = np.full(len(scores), _KINDS.index("exact"), dtype=np.int8)
            hits += self._best(self._kept(scores, among), kinds, asked.forms, limit)
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
        return _each_once(self._best(self._kept(scores, among), kinds, asked.forms, limit), limit)

    def _with_code(self, query: str) -> list[Hit]:
        return [
            Hit(entity=entity, score=round(score, 6), matched=code, kind="code")
            for score, entity, code in self.codes.search(query)
        ]

    def _best(self, scores: Scores, kinds: npt.NDArray[np.int8], forms: tuple[str, ...], limit: int) -> list[Hit]:
        return [
            Hit(entity=entity, score=score, matched=matched, kind=_KINDS[kind])
            for entity, score, matched, kind in self.names.best(scores, kinds, forms, limit)
        ]

    def _kept(self, scores: Scores, among: Mask | None) -> Scores:
        return scores if among is None else np.where(among[self.names.entity], scores, 0.0)

    def _score_words(self, asked: _Asked) -> tuple[Scores, npt.NDArray[np.int8]]:
        covered = np.zeros(len(self.names.texts))
        for reading in asked.readings:
            np.maximum(covered, self.words.covered(reading), out=covered)
        asked_length = len("".join(asked.readings[0])) if asked.readings else 0
        share_of_name = np.minimum(1.0, asked_length / self.words.length)
        scores = covered * (_COVERED + _NAME_COVERED * share_of_name)
        scores[covered < _LEAST_COVERED] = 0.0
        return scores, np.zeros(len(scores), dtype=np.int8)

    def _score_spelling(self, asked: _Asked, scores: Scores, kinds: npt.NDArray[np.int8], *, near: bool) -> None:
        written = self.written.like(asked.key.replace(" ", ""), near=near)
        sounds = [self.shadows.like("".join(reading), near=near) for reading in asked.readings]
        found = chain(((*one, True) for one in written), ((*one, False) for one in chain.from_iterable(sounds)))
        for name, likeness, is_written in found:
            if likeness == 1.0:
                is_slip = not is_written and is_cyrillic(self.names.keys[name]) == is_cyrillic(asked.key)
                score = _SAME_SOUND_MISSPELT if is_slip else _SAME_SOUND
            else:
                as_written = Indel.normalized_similarity(asked.key, self.names.keys[name])
                score = _EDITED * likeness + _EDITED_AS_WRITTEN * as_written
            if score > scores[name]:
                scores[name], kinds[name] = score, _KINDS.index("spelling")

    def _score_beginnings(self, asked: _Asked, scores: Scores, kinds: npt.NDArray[np.int8]) -> None:
        exact, longer = self.names.beginning_with(asked.key)
        prefix_scores = _PREFIX + _PREFIX_SPAN * len(asked.key) / self.names.key_length[longer]
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
        key = key_of(parts)
        # A shadow levels doubled letters: what is left of "ыыыыы" is one letter, in which half of all names begin.
        least = min(2, len(key))
        readings = tuple(reading for reading in shadow_readings(parts) if len("".join(reading)) >= least)
        return cls(key=key, forms=parts.forms, readings=readings)


def _each_once(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """Order hits and keep the best of each entity."""
    best: dict[int, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.matched.casefold(), hit.entity)):
        best.setdefault(hit.entity, hit)
    return list(best.values())[:limit]
