"""A document's text in pieces, so that the words a claim rests on can be marked, overlapping ones too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from graph_service.api.sections import Passage


def passages(text: str, quotes: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> list[Passage]:
    """Cut a text wherever a quote begins or ends.

    Args:
        text: the whole text.
        quotes: claim, start and end in characters.
        numbers: place of a claim in the list of evidence; claims without one are not numbered.

    Returns:
        Pieces that joined are the text. Each lists the claims that cover it, that of the shortest quote first.
    """
    whole = [quote for quote in quotes if 0 <= quote["start"] < quote["end"] <= len(text)]
    cuts = sorted({0, len(text), *(quote[end] for quote in whole for end in ("start", "end"))})
    found = []
    for start, end in pairwise(cuts):
        covering = sorted(
            (quote for quote in whole if quote["start"] <= start and end <= quote["end"]),
            key=lambda quote: (quote["end"] - quote["start"], quote["claim"]),
        )
        found.append(
            Passage(
                text=text[start:end],
                claims=[quote["claim"] for quote in covering],
                anchors=[quote["claim"] for quote in covering if quote["start"] == start],
                ends=sorted(
                    (
                        (quote["claim"], numbers[quote["claim"]])
                        for quote in covering
                        if quote["end"] == end and quote["claim"] in numbers
                    ),
                    key=lambda pair: pair[1],
                ),
            )
        )
    return found
