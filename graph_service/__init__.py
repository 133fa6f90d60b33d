"""Zveno: a supply-chain knowledge graph with its evidence, its uncertainty and its two clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_service.notebook.opened import OpenGraph

__all__ = ["open"]


def open(uri: str | None = None, *, key: str | None = None, lang: str | None = None) -> OpenGraph:
    """A graph to ask from Python.

    Example: ``graph_service.open("sqlite:///zveno.sqlite").ask("suppliers", entity="Каустик", tiers=2).to_frame()``

    Args:
        uri: ``sqlite:///FILE``, ``neo4j://HOST`` and the other Bolt schemes, or a running service,
            ``http://HOST:PORT``; the store that ZVENO_STORE names unless given.
        key: API key of a service.
        lang: language of names and sentences, ru or en; ZVENO_LANG, or what the service speaks, unless given.

    Raises:
        BadSettings: the address is none that can be opened, or there is no graph.
        StoreUnavailable: nobody answers there.
    """
    from graph_service.notebook.opened import open_uri  # what a question needs takes longer to import than the rest

    return open_uri(uri, key=key, lang=lang)
