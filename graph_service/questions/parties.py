"""Questions about several parties at once: one as `id`, the others as `with`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import AliasChoices, BaseModel, Field

from graph_service.domain.schema import ACTORS
from graph_service.errors import BadParameter
from graph_service.questions.context import Context
from graph_service.questions.wording import say

MAX_PARTIES = 10


class PartiesParams(BaseModel):
    """Two or more plants or companies."""

    id: Annotated[str, Field(description="The plant or company: id, INN, OGRN or name.")]
    others: Annotated[
        str,
        Field(
            validation_alias=AliasChoices("with", "others"), serialization_alias="with",
            description="One or more others, comma-separated.",
        ),
    ]  # fmt: skip


class WithoutEntityParams(BaseModel):
    """Adds the filter that passes entities over."""

    without_entity: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("-entity", "without_entity"), serialization_alias="-entity",
            description="Not these entities, comma-separated: not through them, or not them as candidates.",
        ),
    ] = None  # fmt: skip


def passed_over(context: Context, params: WithoutEntityParams, types: tuple[str, ...] = ()) -> set[int]:
    """Units of the entities that are passed over."""
    named = context.entities(params.without_entity, types=types, parameter="-entity")
    return {context.snapshot.unit(entity) for entity in named}


def parties(context: Context, params: PartiesParams) -> list[int]:
    """The units asked about, in the order in which they are named.

    Raises:
        BadParameter: only one is named, or too many.
    """
    named = [context.entity(params.id, types=ACTORS), *context.entities(params.others, types=ACTORS, parameter="with")]
    asked = list(dict.fromkeys(context.snapshot.unit(entity) for entity in named))
    if len(asked) < 2:
        raise BadParameter(f"`with` names nobody but {context.name(asked[0])}: name others", parameter="with")
    if len(asked) > MAX_PARTIES:
        raise BadParameter(f"{len(asked)} are named; ask about {MAX_PARTIES} at most", parameter="with")
    return asked


def names_of(context: Context, asked: Sequence[int]) -> str:
    """``A, B and C``."""
    *first, last = (context.name(unit) for unit in asked)
    return ", ".join(first) + say(context.lang, en=" and ", ru=" и ") + last
