"""Documents and sources as answers show them."""

from __future__ import annotations

from typing import NotRequired

import numpy as np
import numpy.typing as npt
from typing_extensions import TypedDict

from graph_service.domain.claims import Document, Source
from graph_service.questions.context import Context
from graph_service.questions.values import day


class DocumentItem(TypedDict):
    """A document with its source."""

    id: str
    key: str
    title: NotRequired[str]
    url: NotRequired[str]
    publisher: str
    source: str
    rank: int
    published_on: NotRequired[str]
    licence: NotRequired[str]


def document_item(document: Document, source: Source) -> DocumentItem:
    """One document; what is not known of it is left out."""
    item = DocumentItem(
        id=document.document_id,
        key=document.key,
        publisher=source.name,
        source=source.source_id,
        rank=source.rank,
    )
    for name, text in (
        ("title", document.title),
        ("url", document.url),
        ("published_on", day(document.published_on)),
        ("licence", document.licence or source.licence),
    ):
        if text:
            item[name] = text  # type: ignore[literal-required]
    return item


def claims_of_documents(context: Context) -> npt.NDArray[np.int64]:
    """How many claims that count rest on each document of the snapshot."""
    snapshot = context.snapshot
    rows = np.flatnonzero(context.mask)
    return np.bincount(snapshot.claims["document"][rows], minlength=len(snapshot.documents))
