"""A document: its text with the words that claims quote, and every claim made from it."""

from __future__ import annotations

from typing import Annotated, NotRequired

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.said import said
from graph_service.errors import NotFound
from graph_service.questions.answer import Answer
from graph_service.questions.claim_items import ClaimItem, claim_item, ordered
from graph_service.questions.context import Context
from graph_service.questions.question import PageParams, Params, Question
from graph_service.questions.sources import DocumentItem, document_item
from graph_service.questions.wording import count, say


class DocumentParams(Params, PageParams):
    """Which document."""

    id: Annotated[str, Field(description="Id of the document, or its address or key.")]


class QuoteItem(TypedDict):
    """Words of the text that a claim rests on; offsets are in characters."""

    claim: str
    start: int
    end: int
    quote: str


class DocumentCard(TypedDict):
    """The document; claims by type."""

    document: DocumentItem
    text: NotRequired[str]
    quotes: list[QuoteItem]
    items: list[ClaimItem]
    total: int


def answer(context: Context, params: DocumentParams) -> Answer:
    """The text from the store, the quotes of all its claims that count."""
    snapshot, c = context.snapshot, context.snapshot.claims
    known = context.store.documents([params.id]) or [d for d in context.store.documents() if d.key == params.id]
    if not known:
        raise NotFound(said("no-such-document", id=params.id), parameter="id")
    document = context.store.documents([known[0].document_id])[0]
    position = (
        list(snapshot.documents).index(document.document_id) if document.document_id in snapshot.documents else -2
    )
    rows = ordered(context, np.flatnonzero(context.mask & (c["document"] == position)))
    page = rows[params.shown]
    quotes = [
        QuoteItem(
            claim=claim.claim_id, start=int(str(claim.fields["char_start"])), end=int(str(claim.fields["char_end"])),
            quote=str(claim.fields.get("quote", "")),
        )
        for claim in (context.store.claims(snapshot.claim_ids[row] for row in rows) if document.text else [])
        if "char_start" in claim.fields and "char_end" in claim.fields
    ]  # fmt: skip
    sources = {source.source_id: source for source in context.store.sources()}
    card = DocumentCard(
        document=document_item(document, sources[document.source_id]),
        quotes=sorted(quotes, key=lambda quote: (quote["start"], quote["end"], quote["claim"])),
        items=[claim_item(context, row) for row in page],
        total=len(rows),
    )
    if document.text:
        card["text"] = document.text
    return Answer(
        summary=say(
            context.lang,
            en=f"{document.title or document.key}: {count(len(rows), 'claim', 'en')}, "
            f"{count(len(quotes), 'quote', 'en')}" + ("." if document.text else "; its text is not kept here."),
            ru=f"{document.title or document.key}: {count(len(rows), 'claim', 'ru')}, "
            f"{count(len(quotes), 'quote', 'ru')}" + ("." if document.text else "; текст здесь не хранится."),
        ),
        data=card,
        evidence=[snapshot.claim_ids[row] for row in page],
        next_cursor=params.next_cursor(len(rows)),
    )


QUESTION = Question(
    name="evidence.document",
    route="/documents/{id}",
    title={"en": "Document", "ru": "Документ"},
    doc={
        "en": (
            "A document with the claims made from it. Where its text is kept, each quoted passage has its offsets in "
            "characters (W3C text position), so that the words can be marked."
        ),
        "ru": "Документ и утверждения из него. Где текст хранится, процитированные слова выделены.",
    },
    params=DocumentParams,
    result=DocumentCard,
    answer=answer,
    about=(),
    default_statuses=("actual", "planned", "cancelled"),
    example={"id": "press-release"},
)
