"""Dataclasses of arrays as one flat table of named arrays, and back: what a snapshot writes to files."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast, get_type_hints

import numpy as np

from graph_service.snapshot.texts import Texts

T = TypeVar("T")
Tables = dict[str, np.ndarray[Any, Any]]


def flatten(name: str, value: object) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
    """Every array inside ``value`` with its path: ``names.words.starts``.

    ``value`` is an array, a ``Texts``, or a dataclass of such.
    """
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Texts):
        yield f"{name}.at", value.at
        yield f"{name}.data", value.data
    else:
        for field in fields(value):  # type: ignore[arg-type]
            yield from flatten(f"{name}.{field.name}", getattr(value, field.name))


def unflatten(kind: type[T], name: str, tables: Mapping[str, np.ndarray[Any, Any]]) -> T:
    """The value that ``flatten`` took apart.

    Raises:
        KeyError: an array is missing.
    """
    hint: Any = kind
    if inspect.isclass(hint) and issubclass(hint, Texts):
        return cast("T", hint(tables[f"{name}.at"], tables[f"{name}.data"]))
    if not inspect.isclass(hint) or not is_dataclass(hint):  # an array: its hint is an alias and no class
        return cast("T", tables[name])
    hints = get_type_hints(hint)
    values = {field.name: unflatten(hints[field.name], f"{name}.{field.name}", tables) for field in fields(hint)}
    return cast("T", hint(**values))
