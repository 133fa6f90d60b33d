"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from graph_service.domain.said import Said, said


def nearest(word: str, known: Iterable[str]) -> Said:
    """``; did you mean 'x'?`` for the known word spelt most like ``word``, or an empty text."""
    found = process.extractOne(
        word.casefold(), sorted(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return said("did-you-mean", word=found[0]) if found else Said("", "")
