"""A graph to ask, load and correct: a store with its snapshot, under the questions and the loaders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph_service.domain.clocks import today
from graph_service.errors import BadSettings
from graph_service.questions.answer_files import to_geojson, to_graphml
from graph_service.questions.ask import ask, context_of, cypher, find_question
from graph_service.questions.context import Context
from graph_service.questions.merged import check_alike, merged_id
from graph_service.questions.question import Params
from graph_service.settings import Engine
from graph_service.snapshot.live import LiveSnapshot
from graph_service.snapshot.making import Maker
from graph_service.store.port import CypherServer, GraphStore, Load, LoadMode
from loaders import by_hand, one_party
from loaders.by_hand import Edit
from loaders.formats import find_loader
from loaders.loader import Options
from loaders.one_party import Decision
from loaders.run import Progress, Report, run


class Graph:
    """A graph to ask, load and correct.

    Args:
        store: where it is kept.
        wait: answers see every earlier write (command line, notebooks); a service renews in the background.
        maker: where snapshots come from; built in this process and kept in memory unless given.
        engine: ``cypher`` lets a Neo4j compute what it can.

    Raises:
        BadSettings: ``cypher`` is asked for and the store is no Neo4j.
    """

    def __init__(
        self, store: GraphStore, *, wait: bool = True, maker: Maker | None = None, engine: Engine = "snapshot"
    ) -> None:
        self.store = store
        self._server: CypherServer | None = None
        if engine == "cypher":
            if not isinstance(store, CypherServer):
                raise BadSettings(
                    "ZVENO_ENGINE=cypher needs a Neo4j to compute on: set ZVENO_STORE=neo4j://HOST:7687, or leave "
                    "ZVENO_ENGINE out",
                    parameter="ZVENO_ENGINE",
                )
            self._server = store
        self.live = LiveSnapshot(store, wait=wait, maker=maker)

    def ask(self, question: str, /, **parameters: Any) -> dict[str, Any]:
        """The answer to a question as the envelope of docs/api.md."""
        return ask(self.live, question, parameters, self._server)

    def cypher(self, question: str, /, **parameters: Any) -> str:
        """The Cypher that reproduces the answer, ready for Neo4j Browser."""
        return cypher(self.live, question, parameters)

    def answer_file(self, question: str, format: str, /, **parameters: Any) -> bytes:
        """The answer as a file of a graph or a map.

        Args:
            question: its name.
            format: ``graphml`` or ``geojson``.
            parameters: its parameters.
        """
        envelope = self.ask(question, **parameters)
        context = context_of(self.live, find_question(question), parameters)
        return (to_graphml if format == "graphml" else to_geojson)(context, envelope)

    def load(
        self,
        name: str,
        paths: Sequence[Path],
        options: Options,
        *,
        mode: LoadMode = "incremental",
        strict: bool = False,
        dry_run: bool = False,
        rejects_path: Path | None = None,
        lang: str = "en",
        progress: Progress = lambda read, total: None,
    ) -> Report:
        """Load files; see ``loaders.run.run``."""
        return run(
            find_loader(name), paths, options, None if dry_run else self.store, mode=mode, strict=strict,
            rejects_path=rejects_path, lang=lang, progress=progress,
        )  # fmt: skip

    def find_id(self, text: str) -> str:
        """The id of whom a reference means: id, INN, OGRN, ISO code or name."""
        context = self._context()
        return context.snapshot.entity_ids[context.entity(text)]

    def _context(self) -> Context:
        view = self.live.refresh()
        return Context(
            snapshot=view.snapshot,
            params=Params(),
            store=self.store,
            sources=view.sources,
            statuses=(),
            today=today(),
        )

    def add_claim(self, cells: Mapping[str, str], edit: Edit) -> tuple[Load, str]:
        """State a fact by hand; ``cells`` are columns of the claims format."""
        return by_hand.add(self.store, cells, edit, self.find_id)

    def correct_claim(self, claim_id: str, changes: Mapping[str, str], edit: Edit) -> tuple[Load, str]:
        """Withdraw a claim and state it anew with some cells changed."""
        return by_hand.correct(self.store, claim_id, changes, edit, self.find_id)

    def retract_claim(self, claim_id: str, edit: Edit) -> Load:
        """Withdraw a claim."""
        return by_hand.retract(self.store, claim_id, edit)

    def merge(self, old: str, into: str, edit: Edit) -> Decision:
        """Say that two entities are one.

        Args:
            old: who is no longer one of its own: id, INN, OGRN or name.
            into: who stays.
            edit: who says so and why.

        Raises:
            Merged: one of the ids leads to another already.
            BadInput: they are one already, of different types, or products; or no reason is given.
        """
        context = self._context()
        leaves, stays = context.entity(old), context.entity(into)
        check_alike(context, leaves, stays)
        ids = context.snapshot.entity_ids
        return one_party.merge(self.store, ids[leaves], ids[stays], edit)

    def split(self, who: str, edit: Edit) -> Decision:
        """Let an entity that was merged stand for itself again.

        Args:
            who: its old id, or the entity that it leads to if there is only one such id.
            edit: who says so and why.

        Raises:
            Ambiguous: several ids lead to that entity; ``candidates`` lists them.
            BadInput: nothing was merged, or no claim speaks of the old id; or no reason is given.
        """
        return one_party.split(self.store, merged_id(self._context(), who), edit)

    def close(self) -> None:
        """Let go of the store and of whoever builds snapshots."""
        self.live.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
