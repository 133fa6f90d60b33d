"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'x'?`` for the known word spelt most like ``word``, or an empty text."""
    found = process.extractOne(
        word.casefold(), sorted(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60
    )
    return f"; did you mean {found[0]!r}?" if found else ""
