"""The documents of the graph: who published them and when, how much rests on each, whether its text is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.claims import Document
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.sources import DocumentItem, claims_of_documents, document_item
from graph_service.questions.wording import count, say


class DocumentsParams(Params, PageParams):
    """Which documents."""

    q: Annotated[
        str | None, Field(description="Only those with these words in their title or address, in any order.")
    ] = None


class DocumentRow(DocumentItem):
    """A document, how many claims rest on it, and whether its text is kept, so that their words can be shown."""

    claims: int
    has_text: bool


class DocumentList(TypedDict):
    """The newest first, undated ones last, then by title."""

    items: list[DocumentRow]
    total: int


def answer(context: Context, params: DocumentsParams) -> Answer:
    """Those that claims that count rest on."""
    claims = zip(context.snapshot.documents, claims_of_documents(context).tolist(), strict=True)
    of_id = {document_id: number for document_id, number in claims if number}
    words = _levelled(params.q or "").split()
    found = [
        document for document in context.store.documents() if document.document_id in of_id and _tells(document, words)
    ]
    found.sort(key=lambda document: (document.title or document.key).casefold())
    found.sort(key=lambda document: document.published_on.toordinal() if document.published_on else 0, reverse=True)
    sources = {source.source_id: source for source in context.store.sources()}
    page = found[params.shown]
    texts = {document.document_id for document in context.store.documents(d.document_id for d in page) if document.text}
    items: list[DocumentRow] = [
        {
            **document_item(document, sources[document.source_id]),
            "claims": of_id[document.document_id],
            "has_text": document.document_id in texts,
        }
        for document in page
    ]
    rests = sum(of_id[document.document_id] for document in found)
    return Answer(
        summary=say(
            context.lang,
            en=f"{count(len(found), 'document', 'en')}, {count(rests, 'claim', 'en')}.",
            ru=f"{count(len(found), 'document', 'ru')}, {count(rests, 'claim', 'ru')}.",
        ),
        data={"items": items, "total": len(found)},
        next_cursor=params.next_cursor(len(found)),
    )


def _tells(document: Document, words: Sequence[str]) -> bool:
    told = _levelled(" ".join(filter(None, (document.title, document.url, document.key)))) if words else ""
    return all(word in told for word in words)


def _levelled(text: str) -> str:
    return text.casefold().replace("ё", "е")


QUESTION = Question(
    name="evidence.documents",
    route="/documents",
    title={"en": "Documents", "ru": "Документы"},
    doc={
        "en": (
            "Every document whose claims count: title, publisher, date, how many claims rest on it, and whether its "
            "text is kept. Narrowed by source or by words of the title."
        ),
        "ru": (
            "Все документы, чьи утверждения учитываются: название, издатель, дата, сколько утверждений на них стоит "
            "и хранится ли текст. Сужается источником или словами названия."
        ),
    },
    params=DocumentsParams,
    result=DocumentList,
    answer=answer,
    about=(),
    default_statuses=("actual", "planned", "cancelled"),
    example={"q": "Изопан"},
)
