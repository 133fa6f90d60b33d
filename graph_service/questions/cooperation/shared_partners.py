"""With whom two or more parties all work."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from typing_extensions import TypedDict

from graph_service.domain.schema import STATUSES
from graph_service.questions.answer import Answer
from graph_service.questions.context import Context, EntityItem
from graph_service.questions.parties import PartiesParams, names_of, parties
from graph_service.questions.question import PageParams, PlaceParams, ProductParams, Question
from graph_service.questions.ties import Found, TieItem, check_kind, tie_items, ties_of
from graph_service.questions.values import tally
from graph_service.questions.wording import count, say


class SharedParams(PartiesParams, ProductParams, PlaceParams, PageParams):
    """Whose partners, and with whom they are to be shared."""

    kind: Annotated[
        str | None, Field(description="Only ties of this kind, e.g. supplier, customer, cooperation, owner.")
    ] = None


class SharedTie(TieItem):
    """A tie, with which of the parties that were asked about."""

    of: EntityItem


class SharedItem(TypedDict):
    """A partner of all; planned if with any of them only planned ties are known."""

    entity: EntityItem
    status: str
    ties: list[SharedTie]


SharedList = TypedDict(
    "SharedList",
    {
        "of": EntityItem, "with": list[EntityItem], "items": list[SharedItem], "total": int,
        "by_status": dict[str, int],
    },
)  # fmt: skip
"""By name; the ties of each in the order in which the parties are named."""


def answer(context: Context, params: SharedParams) -> Answer:
    """The partners of each, as units, and whom all have."""
    check_kind(params.kind)
    asked = parties(context, params)
    partners = [_partners(context, unit, params.kind) for unit in asked]
    # A party that was asked about is no partner that the others share with it.
    common = set.intersection(*(set(own) for own in partners)) - set(asked)
    kept = context.by_name(partner for partner in common if context.in_place(partner))
    items = [_item(context, partner, asked, [own[partner] for own in partners]) for partner in kept]
    page = items[params.shown]
    statuses = [item["status"] for item in items]
    others: dict[str, Any] = {"with": [context.item(unit) for unit in asked[1:]]}
    return Answer(
        summary=_summary(context, asked, kept),
        data={
            "of": context.item(asked[0]), **others, "items": page, "total": len(kept),
            "by_status": tally(statuses),
        },
        evidence=list(dict.fromkeys(claim for item in page for tie in item["ties"] for claim in tie["claims"])),
        next_cursor=params.next_cursor(len(kept)),
    )  # fmt: skip


def _partners(context: Context, unit: int, kind: str | None) -> dict[int, Found]:
    """By unit: one party may be tied by its plant, another by the company that it is one with."""
    found: dict[int, Found] = {}
    for other, ties in ties_of(context, context.halves(unit), kind).items():
        own = found.setdefault(context.snapshot.unit(other), {})
        for tie, rows in ties.items():
            own.setdefault(tie, []).extend(rows)
    return found


def _item(context: Context, partner: int, asked: list[int], ties: list[Found]) -> SharedItem:
    statuses = [context.status(row for rows in own.values() for row in rows) for own in ties]
    return SharedItem(
        entity=context.item(partner),
        status=max(statuses, key=STATUSES.index),
        ties=[
            SharedTie(of=context.item(unit), **tie)
            for unit, own in zip(asked, ties, strict=True)
            for tie in tie_items(context, own)
        ],
    )


def _summary(context: Context, asked: list[int], kept: list[int]) -> str:
    lang = context.lang
    names = names_of(context, asked)
    if not kept:
        return say(
            lang, en=f"No shared partner of {names} is known; that is no proof that there is none.",
            ru=f"{names}: общие партнёры неизвестны; это не значит, что их нет.",
        )  # fmt: skip
    listed = ", ".join(context.name(partner) for partner in kept[:5]) + ("…" if len(kept) > 5 else ".")
    return say(
        lang, en=f"{names} share {count(len(kept), 'partner', 'en')}: {listed}",
        ru=f"{names}: общих партнёров {len(kept)} — {listed}",
    )  # fmt: skip


QUESTION = Question(
    name="cooperation.shared_partners",
    route="/entities/{id}/shared-partners",
    title={"en": "Shared partners", "ru": "Общие партнёры"},
    doc={
        "en": (
            "With whom two or more plants or companies all work: suppliers, customers, cooperation, owners, the same "
            "cluster or project. Each partner lists its ties with every party asked about, with their claims; with "
            "`kind` all must have a tie of that kind. Only named partners can be shared: the unnamed ones that a "
            "source counts may hide more."
        ),
        "ru": (
            "С кем работают сразу два или несколько заводов или компаний: поставщики, покупатели, сотрудничество, "
            "владельцы, общий кластер или проект. У каждого партнёра — его связи с каждым из названных и утверждения; "
            "с `kind` связь такого вида должна быть у всех. Среди неназванных партнёров могут быть ещё общие."
        ),
    },
    params=SharedParams,
    result=SharedList,
    answer=answer,
    example={"id": "Каустик", "with": "Никомаг"},
)
