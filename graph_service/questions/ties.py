"""Ties of a unit with its partners, by kind: what the questions about partners have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NotRequired

from typing_extensions import TypedDict

from graph_service.analysis.links import witnesses
from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from graph_service.questions.context import Context, EntityItem

_DIRECT = {
    ("SUPPLIES", "in"): "supplier",
    ("SUPPLIES", "out"): "customer",
    ("COOPERATES_WITH", "in"): "cooperation",
    ("COOPERATES_WITH", "out"): "cooperation",
    ("OWNS", "in"): "owner",
    ("OWNS", "out"): "owned",
    ("OPERATES", "in"): "operator",
    ("OPERATES", "out"): "plant",
    ("SELLS_TO", "out"): "regional market",
}
_SHARED = {"MEMBER_OF": "same cluster", "PARTICIPATES_IN": "same project"}
Found = dict[tuple[str, int], list[int]]
"""Claims by kind of tie and the shared cluster or project, -1 where there is none."""

KINDS = tuple(sorted({*_DIRECT.values(), *_SHARED.values()}))


class TieItem(TypedDict):
    """One kind of tie with a partner."""

    kind: str
    via: NotRequired[EntityItem]
    what: NotRequired[list[str]]
    status: str
    witnesses: int
    claims: list[str]


def check_kind(kind: str | None) -> None:
    """Refuse a kind that no tie has.

    Raises:
        BadParameter: it names the nearest kind.
    """
    if kind is not None and kind not in KINDS:
        raise BadParameter(f"kind {kind!r} is none of {', '.join(KINDS)}{nearest(kind, KINDS)}", parameter="kind")


def ties_of(context: Context, halves: Iterable[int], kind: str | None) -> dict[int, Found]:
    """The ties of a unit, trade on the plant, ownership and membership on the company, by partner.

    Args:
        context: the question.
        halves: the unit and its operator, if the two are one.
        kind: only ties of this kind.
    """
    halves = tuple(halves)
    found: dict[int, Found] = {}
    for half in halves:
        for other, own, via, rows in _ties(context, half):
            if other not in halves and kind in (None, own):
                found.setdefault(other, {}).setdefault((own, via), []).extend(rows)
    return found


def _ties(context: Context, half: int) -> Iterator[tuple[int, str, int, list[int]]]:
    """Yields (partner, kind, via or -1, claims)."""
    snapshot, c = context.snapshot, context.snapshot.claims
    for direction, csr, end in (("out", snapshot.by_from, "to"), ("in", snapshot.by_to, "from")):
        for row in context.kept(csr.of(half)).tolist():
            kind = _DIRECT.get((snapshot.term("type", row) or "", direction))
            if kind is not None and c[end][row] >= 0:
                yield int(c[end][row]), kind, -1, [row]
    for relation, kind in _SHARED.items():
        for row in context.kept(snapshot.rows_from(half, relation)).tolist():
            venue = int(c["to"][row])
            for other in context.kept(snapshot.rows_to(venue, relation)).tolist():
                yield snapshot.unit(int(c["from"][other])), kind, venue, [row, other]


def tie_items(context: Context, found: Found) -> list[TieItem]:
    """One item for each kind of tie and shared cluster or project."""
    snapshot, c = context.snapshot, context.snapshot.claims
    ties = []
    for (kind, via), rows in sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][1])):
        rows = list(dict.fromkeys(rows))
        tie = TieItem(
            kind=kind, status=context.status(rows), witnesses=witnesses(snapshot, rows), claims=context.claim_ids(rows)
        )
        if via >= 0:
            tie["via"] = context.item(via)
        what = {context.name(int(c["product"][row])) for row in rows if c["product"][row] >= 0}
        what |= {kind_text for row in rows if (kind_text := snapshot.term("kind", row))}
        if what:
            tie["what"] = sorted(what)
        ties.append(tie)
    return ties
