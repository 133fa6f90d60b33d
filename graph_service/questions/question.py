"""A question is one object: REST route, command, Python call, page, OpenAPI and docs all derive from it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from graph_service.domain.schema import ACTORS
from graph_service.questions.answer import Answer

if TYPE_CHECKING:
    from graph_service.questions.context import Context

MAX_LIMIT = 1000

T = TypeVar("T")

Run = Callable[..., Sequence[Mapping[str, Any]]]
"""Runs a question's twin on the server and gives its rows; keywords replace parameters of the twin."""


class Params(BaseModel):
    """What every question takes: the clocks, what counts, and the language."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)

    valid_at: Annotated[date | None, Field(description="The day it was true; today unless given.")] = None
    known_at: Annotated[
        str | None,
        Field(description="What we knew then: a store version or an ISO 8601 time; now unless given."),
    ] = None
    max_age: Annotated[str | None, Field(description="Leave out what was last seen earlier: 90d, 6m, 5y.")] = None
    status: Annotated[
        str | None, Field(description="Which statuses count, comma-separated: actual, planned, cancelled.")
    ] = None
    review: Annotated[
        str | None,
        Field(description="Only these review states, comma-separated: confirmed, asserted, disputed."),
    ] = None
    min_confidence: Annotated[float, Field(ge=0, le=1, description="Leave out claims with less confidence.")] = 0.0
    source: Annotated[str | None, Field(description="Only this source (name or id), comma-separated.")] = None
    without_source: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("-source", "without_source"),
            serialization_alias="-source",
            description="None of these sources.",
        ),
    ] = None
    lang: Annotated[Literal["ru", "en"], Field(description="Language of names and sentences.")] = "ru"

    @property
    def clock_named(self) -> Literal["valid_at", "known_at"] | None:
        """The clock that another parameter of this question sets, so that it may not be given as well."""
        return None


class ProductParams(Params):
    """Adds the product filter."""

    product: Annotated[
        str | None,
        Field(
            description="Only this product or what lies inside it: name, id, OKPD2 or HS code; comma-separated. A bare "
            "code is an OKPD2 code, and an HS code if no product has it as OKPD2; `HS 2007` is always an HS code."
        ),
    ] = None
    without_product: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("-product", "without_product"),
            serialization_alias="-product",
            description="None of these products.",
        ),
    ] = None


class PlaceParams(BaseModel):
    """Adds the filter by place to the items of a list."""

    region: Annotated[
        str | None, Field(description="Only items in this region (ISO 3166-2 or name), comma-separated.")
    ] = None
    without_region: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("-region", "without_region"),
            serialization_alias="-region",
            description="No items in these regions.",
        ),
    ] = None
    country: Annotated[
        str | None, Field(description="Only items in this country (ISO 3166-1 or name), comma-separated.")
    ] = None
    without_country: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("-country", "without_country"),
            serialization_alias="-country",
            description="No items in these countries.",
        ),
    ] = None


class LevelParams(BaseModel):
    """Adds the level to a list of units."""

    level: Annotated[
        Literal["unit", "company"],
        Field(
            description="What an item is: unit = a plant or company as it was stated; company = plants are put "
            "together under the company that operates them, and counted once."
        ),
    ] = "unit"


class PageParams(BaseModel):
    """Adds paging."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="Items on one page.")] = 50
    cursor: Annotated[str | None, Field(pattern=r"^\d{1,9}$", description="From `links.next` of the page before.")] = (
        None
    )

    @property
    def shown(self) -> slice:
        """The items of this page among all."""
        first = int(self.cursor or 0)
        return slice(first, first + self.limit)

    def next_cursor(self, total: int) -> str | None:
        """Where the next page begins; None after the last."""
        return str(self.shown.stop) if self.shown.stop < total else None


class BudgetParams(BaseModel):
    """Adds the time that a question may take."""

    time_budget_s: Annotated[
        float, Field(gt=0, le=60, description="Seconds to work at most; what was found by then is a partial answer.")
    ] = 5.0

    def in_time(self, things: Iterable[T]) -> Iterator[T]:
        """The things one by one, until the time is up."""
        ends = monotonic() + self.time_budget_s
        for thing in things:
            if monotonic() > ends:
                return
            yield thing


P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Generic[P]):
    """One named question.

    Attributes:
        name: ``group.question``; the command is the second part with dashes.
        route: below ``/api/v1``; parameters in braces are the positional arguments of the command.
        title: one line per language.
        doc: what it answers, what it leaves open; one text per language.
        params: the parameters.
        result: the type of ``data``, for OpenAPI and the check of answers in tests.
        answer: from a context and parameters to the answer.
        default_statuses: lists hold actual and planned, numbers only actual.
        example: parameters that give a non-empty answer on the demo.
        twin: from a context and parameters to the name of its Cypher twin and the twin's own parameters; None for
            parameters that the twin does not take.
        from_server: the same answer from the rows of its twin, with ``ZVENO_ENGINE=cypher``; None: the snapshot
            answers.
        about: types of entity that the parameter ``id`` may name.
        needs_any: parameters of which at least one must be given.
        takes_body: may be asked by POST too, with the parameters as a JSON object.
    """

    name: str
    route: str
    title: Mapping[str, str]
    doc: Mapping[str, str]
    params: type[P]
    result: Any
    answer: Callable[[Context, P], Answer]
    default_statuses: tuple[str, ...] = ("actual", "planned")
    example: Mapping[str, Any] = field(default_factory=dict)
    twin: Callable[[Context, P], tuple[str, dict[str, Any]] | None] | None = None
    from_server: Callable[[Context, P, Run], Answer] | None = None
    about: Collection[str] = ACTORS
    needs_any: tuple[str, ...] = ()
    takes_body: bool = False

    @property
    def command(self) -> str:
        """The command's name: ``local-partners``."""
        return self.name.partition(".")[2].replace("_", "-")

    @property
    def path_parameters(self) -> tuple[str, ...]:
        """Names of the parameters in the route."""
        return tuple(re.findall(r"\{(\w+)\}", self.route))


@cache
def registry() -> Mapping[str, Question[Any]]:
    """All questions by name: every module below ``graph_service.questions`` that has a ``QUESTION``."""
    import graph_service.questions as package

    found: dict[str, Question[Any]] = {}
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        question = getattr(importlib.import_module(module.name), "QUESTION", None)
        if isinstance(question, Question):
            found[question.name] = question
    return dict(sorted(found.items()))
