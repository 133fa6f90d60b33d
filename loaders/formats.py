"""The formats that ``zveno load`` knows; a new loader is added to this list."""

from __future__ import annotations

from graph_service.domain.nearest import nearest
from graph_service.errors import BadParameter
from loaders.claims_csv import ClaimsLoader
from loaders.demo_facts import DemoLoader
from loaders.loader import Loader
from loaders.network_folder import NetworkLoader
from loaders.table import TableLoader

LOADERS: dict[str, Loader] = {
    loader.name: loader for loader in (ClaimsLoader(), NetworkLoader(), TableLoader(), DemoLoader())
}


def find_loader(name: str) -> Loader:
    """The loader of a format.

    Raises:
        BadParameter: there is none of that name.
    """
    if name not in LOADERS:
        known = ", ".join(sorted(LOADERS))
        raise BadParameter(f"{name!r} is no format; known: {known}{nearest(name, LOADERS)}", parameter="format")
    return LOADERS[name]
