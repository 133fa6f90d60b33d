"""Words of the pages in both languages, from one table: labels.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ru")


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """The whole table by group and key."""
    return tomllib.loads(files("graph_service.api").joinpath("labels.toml").read_text(encoding="utf-8"))


def known(group: str, key: str) -> bool:
    """Whether the table has words for this key."""
    return key in table()[group]


def word(lang: str, group: str, key: object) -> str:
    """The words for a key; a key without any is shown as it is."""
    entry = table()[group].get(str(key))
    if entry is None:
        return str(key)
    return str(entry[LANGUAGES.index(lang)])


def ui(lang: str, key: str, **values: object) -> str:
    """A phrase of the pages; unlike a field, one that is missing is an error of ours."""
    phrase = str(table()["page"][key][LANGUAGES.index(lang)])
    return phrase.format(**values) if values else phrase


def russian(group: str, key: str, english: str) -> str:
    """Words that exist in Russian only in the table, because the English ones are documented at their source."""
    return str(table()[group].get(key, english))
