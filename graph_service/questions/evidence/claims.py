"""The claims about an entity, each with its document."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import LABEL_NAMES, RELATION
from graph_service.questions.answer import Answer
from graph_service.questions.checks import allowed_words
from graph_service.questions.claim_items import ClaimItem, claim_item, ordered
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.question import PageParams, ProductParams, Question, Run
from graph_service.questions.server_rows import rows_of
from graph_service.questions.wording import count, say
from graph_service.snapshot.snapshot import Ints


class ClaimsParams(ProductParams, PageParams):
    """About whom."""

    id: Annotated[str, Field(description="Id, INN, OGRN, ISO code or name.")]
    type: Annotated[str | None, Field(description="Only claims of this relation type.")] = None


class ClaimList(TypedDict):
    """Claims by type, then in the order of choice."""

    of: EntityItem
    items: list[ClaimItem]
    total: int
    by_type: dict[str, int]
    by_status: dict[str, int]


def answer(context: Context, params: ClaimsParams) -> Answer:
    """All claims that count and name the entity as subject or object."""
    snapshot = context.snapshot
    halves = context.halves(context.entity(params.id))
    touching = np.unique(
        np.concatenate([csr.of(half) for half in halves for csr in (snapshot.by_from, snapshot.by_to)])
    )
    return _listed(context, params, context.kept(touching))


def _from_server(context: Context, params: ClaimsParams, run: Run) -> Answer:
    found = rows_of(context, (row["claim_id"] for row in run(type=None)))  # claims of other types are counted too
    return _listed(context, params, np.array(found, np.int32))


def _listed(context: Context, params: ClaimsParams, rows: Ints) -> Answer:
    snapshot, asked = context.snapshot, context.entity(params.id)
    if params.type is not None:
        allowed_words([params.type.upper()], tuple(RELATION), "type")
    by_type = context.count_by("type", rows)
    if params.type is not None:
        rows = rows[snapshot.claims["type"][rows] == snapshot.code(params.type.upper())]
    found = ordered(context, rows)
    page = found[params.shown]
    documents = len(np.unique(snapshot.claims["document"][rows]))
    return Answer(
        summary=say(
            context.lang,
            en=f"{context.name(asked)}: {count(len(found), 'claim', 'en')} from {count(documents, 'document', 'en')}.",
            ru=f"{context.name(asked)}: {count(len(found), 'claim', 'ru')}, {count(documents, 'document', 'ru')}.",
        ),
        data={
            "of": context.item(asked), "items": [claim_item(context, row) for row in page], "total": len(found),
            "by_type": by_type, "by_status": context.count_by("status", rows),
        },
        evidence=[snapshot.claim_ids[row] for row in page],
        next_cursor=params.next_cursor(len(found)),
    )  # fmt: skip


def _twin(context: Context, params: ClaimsParams) -> tuple[str, dict[str, Any]]:
    kind = params.type.upper() if params.type else None
    return "claims", {"ids": context.half_ids(context.entity(params.id)), "type": kind}


QUESTION = Question(
    name="evidence.claims",
    route="/entities/{id}/claims",
    title={"en": "Claims about an entity", "ru": "Утверждения об объекте"},
    doc={
        "en": (
            "Every claim that names the entity, as its source states it, with document, rank, dates and the store "
            "versions in which it was recorded and retracted."
        ),
        "ru": "Все утверждения, в которых назван объект, с документом, рангом, датами и версиями графа.",
    },
    params=ClaimsParams,
    result=ClaimList,
    answer=answer,
    about=LABEL_NAMES,
    default_statuses=("actual", "planned", "cancelled"),
    example={"id": "Изопан Рус"},
    twin=_twin,
    from_server=_from_server,
)
