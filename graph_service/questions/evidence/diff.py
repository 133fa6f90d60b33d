"""What changed between two days or two versions of the graph."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, NotRequired

import numpy as np
from pydantic import AliasChoices, Field
from typing_extensions import TypedDict

from graph_service.domain.schema import LABEL_NAMES
from graph_service.errors import BadParameter
from graph_service.questions.answer import Answer
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.filters import Filters, oldest_day, visible
from graph_service.snapshot.snapshot import Ints, Mask

Change = Literal["started", "ended", "learnt", "retracted"]
_CHANGES: tuple[Change, ...] = ("started", "ended", "learnt", "retracted")
_SHOWN = 20


class DiffParams(ProductParams, PageParams):
    """From when to when; of the whole graph or of one entity."""

    earlier: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("from", "earlier"),
            serialization_alias="from",
            description="The earlier state: a day (2024-01-31: what was true then), or a store version or ISO 8601 "
            "time (what was known then).",
        ),
    ]
    later: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("to", "later"),
            serialization_alias="to",
            description="The later state, written alike; now unless given.",
        ),
    ] = None
    id: Annotated[str | None, Field(description="Only what is stated of this one: id, INN, OGRN or name.")] = None

    @property
    def clock_named(self) -> Literal["valid_at", "known_at"] | None:
        """The clock of which ``to`` names the later state."""
        return None if self.later is None else "known_at" if _day(self.later) is None else "valid_at"


class ChangeItem(TypedDict):
    """A claim that counts in one state and not in the other, and why."""

    change: Change
    claim: ClaimItem


class ChangedItem(TypedDict):
    """All changes of what is stated of one entity."""

    entity: EntityItem
    changes_total: int
    changes: list[ChangeItem]
    claims: list[str]


class Side(TypedDict):
    """One state: the day it was true, and the version known."""

    valid_at: str
    known_at: int


class Diff(TypedDict):
    """Entities by number of changes, then by name."""

    earlier: Side
    later: Side
    of: NotRequired[EntityItem]
    items: list[ChangedItem]
    total: int
    by_change: dict[str, int]


def answer(context: Context, params: DiffParams) -> Answer:
    """Claims visible in one state and not in the other, by subject, each with its reason."""
    snapshot, c = context.snapshot, context.snapshot.claims
    before, after = _states(context, params)
    seen_before, seen_after = visible(snapshot, before), visible(snapshot, after)
    rows = _changed(context, seen_before, seen_after)
    asked = None if params.id is None else context.entity(params.id)
    if asked is not None:
        halves = context.halves(asked)
        rows = rows[np.isin(c["from"][rows], halves) | np.isin(c["to"][rows], halves)]
    is_by_day = before.valid_at != after.valid_at
    gained = seen_after[rows]
    reasons = np.where(gained, 0 if is_by_day else 2, 1 if is_by_day else 3)
    subjects, counts = np.unique(c["from"][rows], return_counts=True)
    totals = dict(zip(subjects.tolist(), counts.tolist(), strict=True))
    order = sorted(totals, key=lambda one: (-totals[one], context.name(one), snapshot.entity_ids[one]))
    page = order[params.shown]
    items = [_item(context, one, rows, reasons) for one in page]
    by_change = {name: int(np.count_nonzero(reasons == place)) for place, name in enumerate(_CHANGES)}
    data: Diff = {
        "earlier": _side(before), "later": _side(after), "items": items, "total": len(order),
        "by_change": {name: number for name, number in by_change.items() if number},
    }  # fmt: skip
    if asked is not None:
        data["of"] = context.item(asked)
    return Answer(
        summary=_summary(context, before, after, len(rows), len(order), by_change),
        data=data,
        evidence=list(dict.fromkeys(claim for item in items for claim in item["claims"])),
        truncated=any(item["changes_total"] > len(item["changes"]) for item in items),
        explored={"claims": len(rows)},
        next_cursor=params.next_cursor(len(order)),
    )


def _changed(context: Context, before: Mask, after: Mask) -> Ints:
    """Rows that count in one state only; a claim that was withdrawn and said again counts in both, by another row."""
    ids = context.snapshot.claim_ids
    rows = np.flatnonzero(before != after).astype(np.int32)
    # Rows are ordered by claim id, and at any version one row of a claim is live at most.
    turns = np.flatnonzero(after[rows[1:]] != after[rows[:-1]]).tolist()
    again = [place for place in turns if ids[int(rows[place])] == ids[int(rows[place + 1])]]
    changed: Ints = np.delete(rows, [*again, *(place + 1 for place in again)])
    return changed


def _twin(context: Context, params: DiffParams) -> tuple[str, dict[str, Any]]:
    states = [
        {"side": side, "valid_at": state.valid_at.isoformat(), "known_at": state.known_at,
         "oldest_seen": oldest_day(state)}
        for side, state in zip(("before", "after"), _states(context, params), strict=True)
    ]  # fmt: skip
    return "diff", {"states": states, "ids": None if params.id is None else context.half_ids(context.entity(params.id))}


def _states(context: Context, params: DiffParams) -> tuple[Filters, Filters]:
    """The filters of both states, which differ in one clock."""
    first, last = _day(params.earlier), None if params.later is None else _day(params.later)
    if params.later is not None and (first is None) != (last is None):
        raise BadParameter("from and to must both be days, or both versions or times", parameter="to")
    now = context.filters
    if first is not None:
        if context.params.valid_at is not None and last is not None:
            raise BadParameter("to and valid_at both name the later day: give one", parameter="valid_at")
        pair = replace(now, valid_at=first), replace(now, valid_at=last or context.valid_at)
    else:
        if context.params.known_at is not None and params.later is not None:
            raise BadParameter("to and known_at both name the later version: give one", parameter="known_at")
        known = context.version_of(params.earlier, "from")
        later = now.known_at if params.later is None else context.version_of(params.later, "to")
        pair = replace(now, known_at=known), replace(now, known_at=later)
    if (pair[0].valid_at, pair[0].known_at) > (pair[1].valid_at, pair[1].known_at):
        raise BadParameter("from is later than to: exchange them", parameter="from")
    return pair


def _day(text: str) -> date | None:
    """The day that a text like 2024-01-31 means; None for versions and times."""
    try:
        return date.fromisoformat(text) if len(text) == len("2024-01-31") else None
    except ValueError as problem:
        raise BadParameter(f"{text!r} is no day; write it like 2024-01-31", parameter="from") from problem


def _item(
    context: Context, entity: int, rows: Ints, reasons: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> ChangedItem:
    c = context.snapshot.claims
    own = np.flatnonzero(c["from"][rows] == entity)
    own = own[np.lexsort((c["choice"][rows[own]], c["type"][rows[own]], reasons[own]))]
    changes = [
        ChangeItem(change=_CHANGES[int(reasons[place])], claim=claim_item(context, int(rows[place])))
        for place in own[:_SHOWN].tolist()
    ]
    return ChangedItem(
        entity=context.item(entity), changes_total=len(own), changes=changes,
        claims=[change["claim"]["id"] for change in changes],
    )  # fmt: skip


def _side(state: Filters) -> Side:
    return Side(valid_at=state.valid_at.isoformat(), known_at=state.known_at)


def _summary(
    context: Context, before: Filters, after: Filters, claims: int, entities: int, by_change: dict[Change, int]
) -> str:
    lang = context.lang
    is_by_day = before.valid_at != after.valid_at
    first, last = (
        (before.valid_at.isoformat(), after.valid_at.isoformat())
        if is_by_day
        else tuple(
            say(lang, en=f"version {state.known_at}", ru=f"версия {state.known_at}") for state in (before, after)
        )
    )
    if not claims:
        return say(
            lang, en=f"Nothing that is known changed between {first} and {last}.",
            ru=f"Между {first} и {last} ничего известного не изменилось.",
        )  # fmt: skip
    more, less = (
        (by_change["started"], by_change["ended"]) if is_by_day else (by_change["learnt"], by_change["retracted"])
    )
    what = say(
        lang,
        en=f"{more} {'started' if is_by_day else 'learnt'}, {less} {'ended' if is_by_day else 'withdrawn'}",
        ru=f"{'началось' if is_by_day else 'узнано'} {more}, {'кончилось' if is_by_day else 'отозвано'} {less}",
    )
    return say(
        lang,
        en=f"Between {first} and {last} {count(claims, 'claim', 'en')} about {count(entities, 'entity', 'en')} "
        f"changed: {what}.",
        ru=f"Между {first} и {last} изменилось: {count(claims, 'claim', 'ru')}, {count(entities, 'entity', 'ru')}; "
        f"{what}.",
    )


QUESTION = Question(
    name="evidence.diff",
    route="/diff",
    title={"en": "What changed", "ru": "Что изменилось"},
    doc={
        "en": (
            "What changed between two days (what was true) or two versions or times (what was known): the claims that "
            "count in one state and not in the other, by the entity they speak of, each with the reason: started, "
            "ended, learnt or retracted. The other clock stays where it is. Of each entity the first 20 changes are "
            "shown; `changes_total` counts all."
        ),
        "ru": (
            "Что изменилось между двумя днями (что было верно) или двумя версиями или моментами (что было известно): "
            "утверждения, которые учитываются в одном состоянии и не учитываются в другом, по объектам, у каждого "
            "причина: началось, кончилось, узнано, отозвано."
        ),
    },
    params=DiffParams,
    result=Diff,
    answer=answer,
    about=LABEL_NAMES,
    example={"from": "2015-01-01"},
    twin=_twin,
)
