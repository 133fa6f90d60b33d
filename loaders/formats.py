"""The formats that ``zveno load`` knows: every module of this package that has a ``LOADER``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

import loaders
from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from loaders.loader import Loader


@cache
def formats() -> Mapping[str, Loader]:
    """All loaders by the name of their format."""
    found: dict[str, Loader] = {}
    for module in pkgutil.iter_modules(loaders.__path__, "loaders."):
        loader = getattr(importlib.import_module(module.name), "LOADER", None)
        if loader is not None:
            found[loader.name] = loader
    return found


def find_loader(name: str) -> Loader:
    """The loader of a format.

    Raises:
        BadParameter: there is none of that name.
    """
    known = formats()
    if name not in known:
        names = ", ".join(sorted(known))
        raise BadParameter(f"{name!r} is no format; known: {names}{nearest(name, known)}", parameter="format")
    return known[name]
