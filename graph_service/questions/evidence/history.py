"""What was learnt and withdrawn about an entity, in the order of the store's versions."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import LABEL_NAMES, STATUSES, TIES
from graph_service.questions.answer import Answer
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.merged import decisions_about
from graph_service.questions.question import PageParams, ProductParams, Question
from graph_service.questions.wording import count, say
from graph_service.snapshot.filters import stated
from graph_service.snapshot.snapshot import NO_END


class HistoryParams(ProductParams, PageParams):
    """Whose history; the filters keep what its claims state, whenever they hold."""

    id: Annotated[str, Field(description="Id, INN, OGRN, ISO code or name.")]


class HistoryItem(TypedDict):
    """A claim was learnt or retracted, or by one two entities were merged or split."""

    version: int
    at: str
    event: str
    claim: ClaimItem


class HistoryList(TypedDict):
    """Newest first."""

    of: EntityItem
    items: list[HistoryItem]
    total: int


def answer(context: Context, params: HistoryParams) -> Answer:
    """Every recording and retraction up to ``known_at``, whatever holds today."""
    snapshot, c = context.snapshot, context.snapshot.claims
    asked = context.entity(params.id)
    halves = context.halves(asked)
    rows = np.unique(np.concatenate([csr.of(half) for half in halves for csr in (snapshot.by_from, snapshot.by_to)]))
    rows = np.union1d(rows, decisions_about(context, halves))
    rows = rows[stated(snapshot, context.filters)[rows]]
    times = {version.number: version.committed_at for version in snapshot.versions}
    events = [(int(c["recorded"][row]), "learnt", int(row)) for row in rows]
    events += [(int(c["retracted"][row]), "retracted", int(row)) for row in rows if c["retracted"][row] != NO_END]
    events = sorted(
        (event for event in events if event[0] <= context.known_at),
        key=lambda event: (-event[0], event[1], snapshot.claim_ids[event[2]]),
    )
    page = events[params.shown]
    versions = count(len({version for version, _, _ in events}), "version", context.lang)
    return Answer(
        summary=say(
            context.lang,
            en=f"{context.name(asked)}: {count(len(events), 'event', 'en')} in {versions} of the graph.",
            ru=f"{context.name(asked)}: {count(len(events), 'event', 'ru')}, {versions} графа.",
        ),
        data={
            "of": context.item(asked),
            "items": [
                _item(claim_item(context, row), version, times.get(version, ""), event) for version, event, row in page
            ],
            "total": len(events),
        },
        evidence=list(dict.fromkeys(snapshot.claim_ids[row] for _, _, row in page)),
        next_cursor=params.next_cursor(len(events)),
    )


def _item(claim: ClaimItem, version: int, at: str, event: str) -> HistoryItem:
    """A decision that is withdrawn undoes itself: what was merged is split."""
    merges = ("learnt" if "same_as" in claim["stated"] else "retracted") == event
    if not claim["stated"].keys().isdisjoint(TIES):
        event = "merged" if merges else "split"
    return HistoryItem(version=version, at=at, event=event, claim=claim)


QUESTION = Question(
    name="evidence.history",
    route="/entities/{id}/history",
    title={"en": "History of an entity", "ru": "История объекта"},
    doc={
        "en": (
            "Every claim about the entity that was learnt or withdrawn, newest first, with the version and its time; "
            "merged and split are a person's word, and stand in the history of both. "
            "The filters by status, source, product and the like hold; `valid_at` and retraction leave nothing out."
        ),
        "ru": (
            "Каждое утверждение об объекте, которое узнали или отозвали, новейшие сверху, с версией и временем; "
            "объединение и разделение вручную — в истории обоих."
        ),
    },
    params=HistoryParams,
    result=HistoryList,
    answer=answer,
    about=LABEL_NAMES,
    default_statuses=STATUSES,
    example={"id": "Изопан Рус"},
)
