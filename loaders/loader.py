"""The contract of a loader: one file per format that turns files into rows or columns, and knows no store.

A row loader is dumb and lazy: ``read`` yields what each row says, in the source's words. Who is meant, which ids
and which claims follow is decided in ``loaders.resolve``. A columnar loader (millions of rows) yields batches itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from graph_service.domain.claims import ClaimBatch
from graph_service.domain.said import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in a file, as a person finds it: the header is row 1."""

    file: str
    row: int | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        parts = [
            self.file,
            *([f"sheet {self.sheet}"] if self.sheet else []),
            *([f"row {self.row}"] if self.row else []),
        ]
        return ", ".join(parts)

    @property
    def said(self) -> Said:
        """The place in both languages."""
        parts = [
            self.file,
            *([f"лист {self.sheet}"] if self.sheet else []),
            *([f"строка {self.row}"] if self.row else []),
        ]
        return Said(str(self), ", ".join(parts))


_NAMED_ROWS = 10


def named_rows(places: Sequence[Where]) -> str:
    """The first rows by their numbers, with the sheet where there is one."""
    named = [f"{where.sheet}!{where.row}" if where.sheet else str(where.row) for where in places[:_NAMED_ROWS]]
    return ", ".join(named) + (" …" if len(places) > _NAMED_ROWS else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Somebody as a row names them: ``inn:…``, ``ogrn:…``, ``lei:…``, ``iso:…``, ``city:…``, a key or a name."""

    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One claim as a row states it; ``values`` are fields of the declaration, ``attributes`` of a description."""

    where: Where
    type: str
    subject: Ref
    target: Ref | None = None
    product: Ref | None = None
    document: str | None = None
    record: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row that was not loaded, and why."""

    where: Where
    reason: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """A document that rows refer to by ``key``; ``publisher`` and ``rank`` describe its source."""

    key: str
    publisher: str
    rank: int
    title: str | None = None
    url: str | None = None
    published_on: date | None = None
    retrieved_on: date | None = None
    licence: str | None = None
    language: str | None = None
    sha256: str | None = None
    text: str | None = None


UNKNOWN_RANK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user says about the files.

    Attributes:
        source: name of the publisher or data set; the file's name where none is given.
        rank: 1 register, 2 the party itself, 3 authority or news, 4 reprint, 5 unknown; what the files or the mapping
            say where none is given, else 5.
        namespace: who issues the keys and names inside the files; the source where none is given.
        mapping: for ``table``: the mapping file, or the name of a shipped one.
        batch_rows: claims in one transaction; the format's own measure where none is given.
    """

    source: str | None = None
    rank: int | None = None
    namespace: str | None = None
    mapping: str | None = None
    batch_rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What goes to the store in one transaction, with what was left out and how far the reading is.

    ``notes`` are what else is to be said of the files; they come with the first batch.
    """

    claims: ClaimBatch
    rejects: Sequence[Reject] = ()
    notes: Sequence[Said] = ()
    rows_read: int = 0
    rows_total: int | None = None


class Loader(Protocol):
    """A format that ``zveno load`` knows."""

    name: str
    summary: str
    example: str

    def files(self, paths: Sequence[Path], options: Options) -> list[Path]:
        """The files that will be read, sorted; they make the load's fingerprint."""

    def dataset(self, paths: Sequence[Path], options: Options) -> str:
        """What a full load of these replaces."""

    def batches(self, paths: Sequence[Path], options: Options) -> Iterator[Batch]:
        """Read, resolve and yield in batches.

        Raises:
            BadInput: a file as a whole cannot be read (missing column, no table in it).
        """
