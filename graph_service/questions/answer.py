"""The envelope of every answer (docs/api.md): the sentence first, then data, what is not known, and the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question found.

    Attributes:
        summary: one sentence that a person could read aloud: the answer first, then what is not known.
        data: ``items`` and ``total`` for a list, else the thing itself.
        evidence: claim ids that the answer rests on, the smallest set that reproduces it.
        bounds: ``certain``, how many for certain, and ``possible``, how many at most, those included.
        coverage: named against counted, known shares.
        truncated: a limit was reached.
        explored: how much was looked at.
        next_cursor: where the next page begins.
    """

    summary: str
    data: Mapping[str, Any]
    evidence: Sequence[str] = ()
    bounds: Mapping[str, Any] | None = None
    coverage: Mapping[str, Any] | None = None
    truncated: bool = False
    explored: Mapping[str, int] = field(default_factory=dict)
    next_cursor: str | None = None
