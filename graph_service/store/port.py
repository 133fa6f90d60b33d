"""What a store does: keep claims and give them back. It answers no graph question.

Both stores implement this port with the same behaviour; one contract suite runs against each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import polars as pl

from graph_service.domain.claims import ClaimBatch, Document, Source
from graph_service.domain.clocks import Version
from graph_service.store.settle import Tie

LoadState = Literal["running", "cut off", "complete", "undone", "dropped"]
LoadMode = Literal["incremental", "full", "hand", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRequest:
    """Who wants to write what.

    ``dataset`` names what a full load replaces; ``fingerprint`` (of files and options) tells whether a load that
    was cut off is the same one.
    """

    format: str
    dataset: str
    mode: LoadMode
    fingerprint: str
    holder: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One load: its claims carry ``version``, and the store moves to it when the load completes."""

    load_id: int
    version: int
    state: LoadState
    request: LoadRequest
    started_at: str
    finished_at: str | None = None
    claims_new: int = 0
    claims_known: int = 0
    claims_retracted: int = 0
    rows_rejected: int = 0
    undoes: int | None = None
    resumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a batch changed: claims new to the store, claims that it had, claims a person has retracted for good."""

    new: int = 0
    known: int = 0
    kept_retracted: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            new=self.new + other.new,
            known=self.known + other.known,
            kept_retracted=self.kept_retracted + other.kept_retracted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """All claims of the completed versions, in columns.

    ``claims`` has ``claim_id`` (32 hex digits), ``source_rank``, ``published_on``, ``recorded``, ``retracted`` and the
    declared fields, but no ``quote`` and ``note``; ``from``/``to`` are the ends after merging. Entities, products
    and documents are int32 positions (-1: none) in ``entities`` and ``documents``; terms are positions in ``terms``.
    ``documents_about`` has ``source_rank`` and ``published_on`` of each of ``documents``, which are all documents,
    sorted.
    """

    version: Version
    claims: pl.DataFrame
    documents_about: pl.DataFrame
    entities: Sequence[str]
    documents: Sequence[str]
    terms: Sequence[str]
    redirects: Mapping[str, str]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredClaim:
    """A claim with everything about it: declared fields by name, its document, versions and loads."""

    claim_id: str
    document_id: str
    from_id: str
    to_id: str | None
    recorded: int
    retracted: int | None
    loads: tuple[int, ...]
    fields: Mapping[str, object] = field(default_factory=dict)


@runtime_checkable
class CypherServer(Protocol):
    """A store that also answers questions in Cypher."""

    def run_question(self, name: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The rows of a file under ``cypher/questions``.

        Raises:
            StoreUnavailable: the server does not answer.
        """
        ...


class GraphStore(Protocol):
    """A place that keeps claims. One writer at a time; readers see completed loads only."""

    uri: str

    def migrate(self) -> None:
        """Bring the database to this program's schema.

        Raises:
            StoreNewer: the database was written by a newer program.
        """

    def version(self) -> Version:
        """The last completed version; number 0 for an empty store."""

    def versions(self) -> list[Version]:
        """All completed versions, oldest first; their times strictly increase."""

    def signal(self) -> str:
        """A text that changes whenever anything was committed, also by other programs. Cheap."""

    def begin(self, request: LoadRequest) -> Load:
        """Take the writer's lock and reserve the next version, or continue the same load that was cut off.

        Raises:
            WriterBusy: somebody else is writing.
            UnfinishedLoad: another load was cut off and must be continued or dropped first.
        """

    def write(self, load: Load, batch: ClaimBatch) -> Written:
        """Write one batch in one transaction; a claim that is already there is noted as stated by this load too."""

    def retract(self, load: Load, claim_ids: Sequence[str]) -> int:
        """Withdraw live claims. Returns how many.

        In ``hand`` mode they stay withdrawn when their source is loaded again; in any other they may be said again.
        """

    def complete(self, load: Load, *, rows_rejected: int = 0) -> Load:
        """Make the load visible as a whole, give back the lock.

        In ``full`` mode also retracts what earlier loads of the data set stated and this one no longer does. A load
        that changed nothing leaves no version.
        """

    def release(self) -> None:
        """Give back the lock of a load that failed; it stays unfinished, to be continued or dropped."""

    def drop(self, load_id: int) -> None:
        """Remove a load that was cut off, as if it had never begun."""

    def undo(self, load_id: int, holder: str) -> Load:
        """Retract what no other live load states and bring back what the load had retracted.

        Raises:
            NotFound: there is no such completed load.
        """

    def adopt(self) -> Load | None:
        """Take in what was written past the loads, by hand in Neo4j Browser; None where there is nothing.

        Raises:
            WriterBusy: somebody is writing; what was drawn waits.
        """

    def loads(self) -> list[Load]:
        """All loads, oldest first; one that is not complete is ``cut off`` if nobody is writing, else ``running``."""

    def scan(self, since: int = 0) -> Scan:
        """Everything that a snapshot is built from.

        Args:
            since: a completed version; only the claims that were recorded or retracted after it, in all else the same.
                Nothing but ``retracted`` and where it hangs ever changes in a claim that was recorded by then.
        """

    def claims(self, claim_ids: Iterable[str], fields: Collection[str] | None = None) -> list[StoredClaim]:
        """The latest state of these claims, in the order asked, with all fields or these; unknown ids are left out."""

    def ties(self) -> list[Tie]:
        """The live descriptions that say which ids are one entity, and which are not."""

    def documents(self, document_ids: Iterable[str] | None = None) -> list[Document]:
        """These documents, or all, ordered by id; texts only where ids are given."""

    def sources(self) -> list[Source]:
        """All sources, ordered by id."""

    def close(self) -> None:
        """Let go of connections and files."""
