"""A form for every question, from its parameters: the question's own first, the ones that all share folded in."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

from graph_service.api.labels import russian, ui, word
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import Question

_LEFT_OUT = ("lang", "cursor")
"""The page has a switch for the language and links for the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One input.

    Attributes:
        name: as in an address.
        kind: text, number, date or select.
        value: what is filled in.
        hint: the default where nothing is filled in.
        choices: (value, words) of a select.
        is_main: shown at once, not folded in.
    """

    name: str
    label: str
    help: str
    kind: Literal["text", "number", "date", "select"]
    value: str
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    step: str = "any"
    is_required: bool = False
    is_main: bool = False


def form_fields(question: Question[Any], given: Mapping[str, str], lang: str) -> list[FormField]:
    """The inputs of a question, those that it alone has first."""
    own = inspect.get_annotations(question.params)
    found = []
    for name, alias in zip(question.params.model_fields, known_parameters(question), strict=True):
        if alias in _LEFT_OUT:
            continue
        field = question.params.model_fields[name]
        kinds = [kind for kind in _alternatives(field.annotation) if kind is not type(None)]
        choices = [value for kind in kinds if get_origin(kind) is Literal for value in get_args(kind)]
        english = field.description or ""
        found.append(
            FormField(
                name=alias,
                label=word(lang, "parameter", alias),
                help=english if lang == "en" else russian("help_ru", alias, english),
                kind=_kind(kinds, choices),
                value=str(given.get(alias, "")),
                hint="" if field.is_required() or field.default is None else str(field.default),
                choices=[("", ui(lang, "any")), *((str(value), _choice(lang, value)) for value in choices)],
                step="1" if int in kinds else "any",
                is_required=field.is_required(),
                is_main=name in own or field.is_required(),
            )
        )
    return sorted(found, key=lambda field: not field.is_main)


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    return (annotation,) if get_origin(annotation) is Literal else get_args(annotation) or (annotation,)


def _kind(kinds: Sequence[Any], choices: Sequence[Any]) -> Literal["text", "number", "date", "select"]:
    if choices:
        return "select"
    if int in kinds or float in kinds:
        return "number"
    return "date" if date in kinds else "text"


def _choice(lang: str, value: str) -> str:
    for group in ("type", "value"):
        if (text := word(lang, group, value)) != value:
            return text
    return value
