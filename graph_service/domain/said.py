"""What files are told: one text in both languages, from one table by code (said.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from typing_extensions import TypedDict

LANGUAGES = ("en", "ru")


class Words(TypedDict):
    """One text in both languages."""

    en: str
    ru: str


class Said(str):
    """A text in English that knows itself in Russian; it goes wherever a text goes.

    Attributes:
        ru: the same in Russian.
        codes: which entries of the table it is made of.
    """

    ru: str
    codes: tuple[str, ...]

    def __new__(cls, en: str, ru: str, codes: tuple[str, ...] = ()) -> Said:
        """Both texts, and the entries they are made of."""
        made = super().__new__(cls, en)
        made.ru, made.codes = ru, codes
        return made


@cache
def table() -> Mapping[str, list[str]]:
    """The words of each code, English and Russian."""
    return tomllib.loads(files("graph_service.domain").joinpath("said.toml").read_text(encoding="utf-8"))


def said(code: str, /, **values: object) -> Said:
    """The text of a code with its values put in; a value that is itself in both languages is so in both."""
    en, ru = table()[code]
    own = {name: in_language(value, "ru") if isinstance(value, str) else value for name, value in values.items()}
    return Said(en.format(**values), ru.format(**own), (code,))


def under(heading: str, text: str) -> Said:
    """The text with the column in front that it is about."""
    return Said(f"{heading}: {text}", f"{heading}: {in_language(text, 'ru')}", codes_of(text))


def joined(texts: Iterable[str]) -> Said:
    """Several texts as one, each once."""
    parts = list(dict.fromkeys(texts))
    ru = "; ".join(dict.fromkeys(in_language(part, "ru") for part in parts))
    return Said("; ".join(parts), ru, tuple(code for part in parts for code in codes_of(part)))


def in_language(text: str, lang: str) -> str:
    """The text in a language; what is known in English alone stays as it is."""
    return text.ru if lang == "ru" and isinstance(text, Said) else str(text)


def words(text: str) -> Words:
    """A text in both languages; what is known in English alone stands for both."""
    return {"en": str(text), "ru": in_language(text, "ru")}


def codes_of(text: str) -> tuple[str, ...]:
    """The entries of the table that a text is made of."""
    return text.codes if isinstance(text, Said) else ()
