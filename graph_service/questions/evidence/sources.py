"""The sources of the graph: rank, documents, claims, how new."""

from __future__ import annotations

from typing import NotRequired

import numpy as np
from typing_extensions import TypedDict

from graph_service.questions.answer import Answer
from graph_service.questions.context import Context
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.sources import claims_of_documents
from graph_service.questions.values import day
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import NO_START, to_date


class SourceParams(Params, PageParams):
    """Paging only."""


class SourceItem(TypedDict):
    """One source."""

    id: str
    name: str
    rank: int
    licence: NotRequired[str]
    documents: int
    claims: int
    last_published: NotRequired[str]


class SourceList(TypedDict):
    """Best rank first, then by the number of claims."""

    items: list[SourceItem]
    total: int


def answer(context: Context, params: SourceParams) -> Answer:
    """Count documents and claims of each source among those that count."""
    c = context.snapshot.claims
    claims = claims_of_documents(context)
    published = np.full(len(context.snapshot.documents), NO_START, np.int64)
    published[c["document"]] = c["published_on"]
    own: dict[str, list[int]] = {}
    for position, (source_id, _) in enumerate(context.sources):
        own.setdefault(source_id, []).append(position)
    items = []
    for source in context.store.sources():
        documents = [position for position in own.get(source.source_id, []) if claims[position]]
        if not documents:
            continue
        item = SourceItem(
            id=source.source_id, name=source.name, rank=source.rank, documents=len(documents),
            claims=int(claims[documents].sum()),
        )  # fmt: skip
        if source.licence:
            item["licence"] = source.licence
        if newest := day(to_date(int(published[documents].max()))):
            item["last_published"] = newest
        items.append(item)
    items.sort(key=lambda item: (item["rank"], -item["claims"], item["name"]))
    return Answer(
        summary=say(
            context.lang,
            en=f"{count(len(items), 'source', 'en')}, {count(int(claims.sum()), 'claim', 'en')}.",
            ru=f"{count(len(items), 'source', 'ru')}, {count(int(claims.sum()), 'claim', 'ru')}.",
        ),
        data={"items": items[params.shown], "total": len(items)},
        next_cursor=params.next_cursor(len(items)),
    )


QUESTION = Question(
    name="evidence.sources",
    route="/sources",
    title={"en": "Sources", "ru": "Источники"},
    doc={
        "en": (
            "Every publisher and data set whose claims count: rank (1 register … 5 unknown), documents, newest date."
        ),
        "ru": (
            "Все издатели и наборы данных, чьи утверждения учитываются: ранг (1 реестр … 5 неизвестный), документы, "
            "новейшая дата."
        ),
    },
    params=SourceParams,
    result=SourceList,
    answer=answer,
)
