"""One claim with its words, its document, the loads that state it and what becomes of it."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.errors import NotFound
from graph_service.questions.answer import Answer
from graph_service.questions.claim_items import ClaimItem, claim_item
from graph_service.questions.context import Context
from graph_service.questions.question import Params, Question
from graph_service.questions.sources import DocumentItem, document_item
from graph_service.questions.wording import relation_word, say


class ClaimParams(Params):
    """Which claim."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="Id of the claim, 32 hex digits.")]


class ClaimCard(TypedDict):
    """A claim and where it comes from."""

    claim: ClaimItem
    document: DocumentItem
    quote: NotRequired[str]
    char_start: NotRequired[int]
    char_end: NotRequired[int]
    note: NotRequired[str]
    dates: NotRequired[str]
    read_from: NotRequired[str]
    method: NotRequired[str]
    loads: list[int]
    visible: bool


def answer(context: Context, params: ClaimParams) -> Answer:
    """The claim, whether it counts at the two clocks or not."""
    snapshot = context.snapshot
    row = snapshot.claim_positions.get(params.id)
    stored = context.store.claims([params.id])
    if row is None or not stored:
        raise NotFound(f"there is no claim {params.id}", parameter="id")
    document = context.store.documents([stored[0].document_id])[0]
    source = next(s for s in context.store.sources() if s.source_id == document.source_id)
    fields = stored[0].fields
    visible = bool(context.mask[row])
    card = ClaimCard(
        claim=claim_item(context, row), document=document_item(document, source), loads=list(stored[0].loads),
        visible=visible,
    )  # fmt: skip
    for name, field in (
        ("quote", "quote"), ("char_start", "char_start"), ("char_end", "char_end"), ("note", "note"),
        ("dates", "dates"),
        ("read_from", "row"), ("method", "method"),
    ):  # fmt: skip
        if field in fields:
            card[name] = fields[field]  # type: ignore[literal-required]
    item = card["claim"]
    parties = [item["subject"]["name"], *([item["object"]["name"]] if "object" in item else [])]
    said = relation_word(item["type"], context.lang).capitalize()
    gone = "" if visible else say(context.lang, en=" It does not count at this time.", ru=" Сейчас не учитывается.")
    return Answer(
        summary=f"{said}: {' → '.join(parties)} ({document.title or document.key}).{gone}",
        data=card,
        evidence=[params.id],
    )


QUESTION = Question(
    name="evidence.claim",
    route="/claims/{id}",
    title={"en": "Claim", "ru": "Утверждение"},
    doc={
        "en": (
            "One claim as its source states it: values, words with their offsets, document, the row it was read from, "
            "the loads that state it, the versions in which it was recorded and withdrawn."
        ),
        "ru": (
            "Одно утверждение, как его сообщает источник: значения, слова с их местом в тексте, документ, строка, "
            "загрузки, версии, в которых оно записано и отозвано."
        ),
    },
    params=ClaimParams,
    result=ClaimCard,
    answer=answer,
    about=(),
    default_statuses=("actual", "planned", "cancelled"),
)
