"""An opened graph: a store or a running service, asked in the same way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from graph_service.bootstrap import open_graph
from graph_service.domain.clocks import parse_span
from graph_service.errors import BadParameter, BadSettings
from graph_service.graph import Graph
from graph_service.notebook.answer_view import AnswerView
from graph_service.questions.ask import find_question, known_parameters
from graph_service.questions.question import registry
from graph_service.remote_graph import RemoteGraph
from graph_service.settings import Settings

if TYPE_CHECKING:
    from graph_service.interop.networkx_graph import EntityGraph

_SERVICE_SCHEMES = ("http://", "https://")


def open_uri(uri: str | None, *, key: str | None = None, lang: str | None = None) -> OpenGraph:
    """See ``graph_service.open``."""
    if lang not in (None, "ru", "en"):
        raise BadParameter(f"lang {lang!r} is neither ru nor en", parameter="lang")
    if uri is not None and uri.startswith(_SERVICE_SCHEMES):
        return OpenGraph(uri, RemoteGraph(uri, key=key), lang=lang)
    if key is not None:
        raise BadSettings("a key is for a service, http://…; a store is opened without one", parameter="key")
    settings = Settings.from_environment(store=uri)
    return OpenGraph(settings.store, open_graph(settings, create=False), lang=lang or settings.lang)


class OpenGraph:
    """A graph to ask; made by ``graph_service.open``.

    Attributes:
        uri: where it is.
        lang: language of names and sentences unless a question says otherwise; None: what the service speaks.
    """

    def __init__(self, uri: str, graph: Graph | RemoteGraph, *, lang: str | None) -> None:
        self.uri = uri
        self.lang = lang
        self._graph = graph

    def questions(self) -> dict[str, str]:
        """What can be asked: each question's name and title."""
        return {name: question.title[self.lang or "ru"] for name, question in registry().items()}

    def ask(self, question: str, /, **parameters: Any) -> AnswerView:
        """Ask a question.

        Args:
            question: its name, ``dependency.suppliers``, or short ``suppliers``.
            parameters: as in the API; ``entity`` may stand for ``id``, ``without_product`` for ``-product``; a list
                for what is comma-separated; dates as dates or text; None for what is not given.

        Raises:
            NotFound: there is no such question, or nobody of that name.
            Ambiguous: the name means several; ``extra["candidates"]`` lists them.
            BadParameter: a parameter is unknown or does not fit.
        """
        asked = find_question(question)
        fields = asked.params.model_fields
        written = dict(zip(fields, known_parameters(asked), strict=True))
        if "id" in fields and "entity" not in fields and "entity" in parameters:
            if "id" in parameters:
                raise BadParameter("entity and id say the same: give one of them", parameter="entity")
            parameters["id"] = parameters.pop("entity")
        if self.lang is not None:
            parameters.setdefault("lang", self.lang)
        given = {written.get(name, name): _word(value) for name, value in parameters.items() if value is not None}
        return AnswerView(self._graph.ask(asked.name, **given), self._graph, given)

    def to_networkx(
        self,
        *,
        entity: str | None = None,
        hops: int = 1,
        valid_at: date | str | None = None,
        statuses: Sequence[str] = ("actual", "planned"),
    ) -> EntityGraph:
        """The whole graph or the neighbourhood of an entity; see ``graph_service.interop.networkx_graph``.

        Args:
            entity: id, INN, OGRN or name; None for the whole graph.
            hops: how many claims away from it.
            valid_at: the day it was true; today unless given.
            statuses: which claims count.

        Raises:
            BadParameter: this is a service, which gives answers only, or a parameter does not fit.
        """
        from graph_service.interop.networkx_graph import to_networkx

        if isinstance(self._graph, RemoteGraph):
            raise BadParameter(
                f"{self.uri} is a service and gives answers, each with its own to_networkx(); the whole graph is in "
                "its store: graph_service.open('sqlite:///FILE'), or zveno export there",
                parameter="uri",
            )
        return to_networkx(
            self._graph, entity=None if entity is None else self._graph.find_id(entity), hops=hops,
            valid_at=parse_span(valid_at).start if isinstance(valid_at, str) else valid_at, statuses=statuses,
            lang=self.lang or "ru",
        )  # fmt: skip

    def close(self) -> None:
        """Let go of the store or the connection."""
        self._graph.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<graph at {self.uri}: .questions() lists what it can be asked>"


def _word(value: Any) -> str:
    """A parameter as an address carries it, so that a store and a service read it in the same way."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(_word(part) for part in (sorted(value) if isinstance(value, set | frozenset) else value))
    return value.isoformat() if isinstance(value, date) else str(value)
