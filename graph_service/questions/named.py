"""Whom a name means: the one called so, the one whose name is clearly the most like it, or an offer of candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph_service.domain.said import Said, in_language, said
from graph_service.domain.schema import ACTORS
from graph_service.errors import Ambiguous, NotFound
from graph_service.snapshot.names import Hit

if TYPE_CHECKING:
    from graph_service.questions.context import Context

_SEARCHED = 50
_CANDIDATES = 10
_MEANT = 0.7
"""A name that matches less is only offered as a near one."""

_CLEARLY_BETTER = 0.2
"""A name that matches so much better than the next one is meant; scores run to 1."""

_NOUNS = {"City": "town", "Organization": "organisation"}


def named(context: Context, text: str, types: tuple[str, ...], parameter: str) -> int:
    """Position of the entity that a name means.

    Raises:
        NotFound: nobody; ``near`` has the names spelt most like it.
        Ambiguous: several, or one that only has the word in its name; ``candidates`` lists them, best first.
    """
    names = context.snapshot.names
    among = context.snapshot.of_type(*types) if types else None
    hits = [hit for hit in names.whole(text, _SEARCHED, among) if hit.score >= _MEANT]
    hits = hits or names.search(text, _SEARCHED, among)
    exact = [hit for hit in hits if hit.kind in ("exact", "code") and hit.score >= _MEANT]
    whole = exact or [hit for hit in hits if hit.is_whole]
    elsewhere = [hit for hit in names.search(text, _SEARCHED) if hit.is_whole] if types and not whole else []
    if elsewhere and not hits:
        return elsewhere[0].entity  # somebody of another type, and the error says so
    if whole or any(hit.kind != "spelling" and hit.score >= _MEANT for hit in hits):
        found = _alike(context, whole or hits)
        # A name with the word in it is not meant where the word is the whole name of somebody else.
        if len(found) == 1 and not (elsewhere and hits[0].kind == "words") and (whole or hits[0].kind != "spelling"):
            return found[0]
        raise _ambiguous(context, text, found if whole else _alike(context, hits, _MEANT), parameter)
    near = [hit.entity for hit in names.near(text, 3, among)]
    hint = said("is-it", names=", ".join(f"«{context.name(entity)}»" for entity in near)) if near else ""
    raise NotFound(
        said("nobody-called", nobody=_nobody(types), text=text, hint=hint),
        parameter=parameter,
        near=[context.item(entity) for entity in near],
    )


def _alike(context: Context, hits: Sequence[Hit], meant: float = 1.0) -> list[int]:
    """Those that match about as well as the first one, or well enough, each unit once, in the order of the hits."""
    found: dict[int, int] = {}
    for hit in hits:
        if hits[0].score - hit.score < _CLEARLY_BETTER or hit.score >= meant:
            found.setdefault(context.snapshot.unit(hit.entity), hit.entity)
    return list(found.values())


def _ambiguous(context: Context, text: str, found: Sequence[int], parameter: str) -> Ambiguous:
    shown = found[:_CANDIDATES]
    cut = f", of which the first {_CANDIDATES} are listed" if len(found) > len(shown) else ""
    means = f"{len(found)} entities{cut}" if len(found) > 1 else f"«{context.name(found[0])}»"
    return Ambiguous(
        f"{text!r} may mean {means}: ask by id or by the whole name",
        parameter=parameter,
        candidates=[context.item(entity) for entity in shown],
    )


def _nobody(types: tuple[str, ...]) -> Said:
    """``nobody``, or ``no product`` where something else than a party is looked for."""
    if not types or set(types) & set(ACTORS):
        return said("nobody-at-all")
    nouns = " or ".join(_NOUNS.get(label, label.lower()) for label in types)
    return Said(f"no {nouns}", in_language(said("nobody-at-all"), "ru"))
