"""The ``network`` format: a folder of tables for millions of rows, CSV or Parquet (docs/network-format.md).

Columns from end to end: a chunk of 50,000 rows is cast, checked and turned into claims as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

from graph_service.domain.claims import ClaimBatch, Document, Source, document_id, source_id
from graph_service.domain.nearest import nearest
from graph_service.errors import BadInput, BadParameter
from loaders.cells import parse_day
from loaders.columnar.building import Built, ClaimBuilder, place_frame
from loaders.columnar.reading import CHUNK_ROWS, TableFile, open_table
from loaders.columnar.tables import SOURCE_COLUMNS, SOURCE_TABLE, TABLES, find_tables
from loaders.loader import UNKNOWN_RANK, Batch, Options
from loaders.resolve.places import PLACE_DOCUMENTS
from loaders.resolve.resolve import document_of, sources_of
from loaders.sheets import read_sheets


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose data the folder holds."""

    name: str
    rank: int
    licence: str | None = None
    url: str | None = None
    title: str | None = None
    published_on: date | None = None


class NetworkLoader:
    """Loads the ``network`` format."""

    name = "network"
    summary = "a folder of CSV or Parquet tables, for millions of rows"
    example = "zveno load network data/network"

    def files(self, paths: Sequence[Path], options: Options) -> list[Path]:
        """The tables of the format inside the folder."""
        return list(find_tables(paths).values())

    def dataset(self, paths: Sequence[Path], options: Options) -> str:
        """The source."""
        return publisher(find_tables(paths), paths, options).name

    def batches(self, paths: Sequence[Path], options: Options) -> Iterator[Batch]:
        """Check all headers and keys, then build claims chunk by chunk."""
        files = find_tables(paths)
        source = publisher(files, paths, options)
        opened = [open_table(table, files[name]) for name, table in TABLES.items() if name in files]
        builder = ClaimBuilder(options.namespace or source.name)
        builder.prepare(opened)
        total = sum(file.rows for file in opened)
        # The next chunk is cast and checked while the store writes this one.
        with ThreadPoolExecutor(max_workers=1) as ahead:
            made = self._make(opened, builder, source, total, options.batch_rows or CHUNK_ROWS)
            coming = ahead.submit(next, made, None)
            while (batch := coming.result()) is not None:
                coming = ahead.submit(next, made, None)
                yield batch
        if not total:
            names = ", ".join(file.file.name for file in opened)
            raise BadInput(f"no rows in {names}", file=str(opened[0].file))

    @staticmethod
    def _make(
        opened: Sequence[TableFile], builder: ClaimBuilder, source: Publisher, total: int, chunk_rows: int
    ) -> Iterator[Batch]:
        read = 0
        for file in opened:
            document = _document(file.file, source)
            for chunk in file.chunks(chunk_rows):
                read += len(chunk)
                built = builder.build(file, chunk, document.document_id)
                yield Batch(
                    claims=_claims(built, document, source), rejects=built.rejects, rows_read=read, rows_total=total
                )


def publisher(files: dict[str, Path], paths: Sequence[Path], options: Options) -> Publisher:
    """Whose data it is: the ``source`` table, else what the user says, else the folder's name.

    Raises:
        BadInput: the source table has not exactly one row, or a cell is wrong.
        BadParameter: the user says otherwise than the source table.
    """
    if SOURCE_TABLE not in files:
        folder = paths[0] if paths[0].is_dir() else paths[0].resolve().parent
        return Publisher(name=options.source or folder.resolve().name, rank=options.rank or UNKNOWN_RANK)
    file = files[SOURCE_TABLE]
    row = _source_row(file)
    rank = row.get("rank", str(options.rank or UNKNOWN_RANK))
    if "name" not in row or rank not in ("1", "2", "3", "4", "5"):
        raise BadInput(f"{file.name}: a source needs a name, and its rank is 1 to 5", file=str(file), row=2)
    for option, said, given in (("source", row["name"], options.source), ("rank", rank, options.rank)):
        if given is not None and str(given) != said:
            raise BadParameter(
                f"{file.name} says that the {option} is {said}: leave --{option} out, or change the file",
                parameter=option,
            )
    return Publisher(
        name=row["name"], rank=int(rank), licence=row.get("licence"), url=row.get("url"), title=row.get("title"),
        published_on=parse_day(row["published_on"]) if "published_on" in row else None,
    )  # fmt: skip


def _source_row(file: Path) -> dict[str, str]:
    if file.suffix.lower() == ".parquet":
        table = pl.read_parquet(file).cast(pl.String)
        header, rows = table.columns, [list(row) for row in table.iter_rows()]
    else:
        sheet = next(iter(read_sheets(file)))
        header, rows = list(sheet.rows[0]) if sheet.rows else [], [list(row) for row in sheet.rows[1:]]
    for name in header:
        if name not in SOURCE_COLUMNS:
            raise BadInput(f"{file.name}: unknown column {name!r}{nearest(name, SOURCE_COLUMNS)}", file=str(file))
    if len(rows) != 1:
        raise BadInput(f"{file.name} describes one source in one row; it has {len(rows)} rows", file=str(file))
    return {name: str(text) for name, text in zip(header, rows[0], strict=False) if text}


def _document(file: Path, source: Publisher) -> Document:
    owner = source_id(source.name)
    with file.open("rb") as handle:
        digest = sha256()
        while block := handle.read(1 << 20):
            digest.update(block)
    return Document(
        document_id=document_id(owner, file.name), source_id=owner, key=file.name,
        title=f"{source.title}: {file.name}" if source.title else file.name, url=source.url,
        published_on=source.published_on, licence=source.licence, sha256=digest.hexdigest(),
    )  # fmt: skip


def _claims(built: Built, document: Document, source: Publisher) -> ClaimBatch:
    own = Source(source_id=document.source_id, name=source.name, rank=source.rank, licence=source.licence)
    if not built.places:
        return ClaimBatch(claims=built.claims, documents=[document], sources=[own])
    used = {key for key, _ in built.places}
    infos = [info for info in PLACE_DOCUMENTS if info.key in used]
    documents = [document_of(info) for info in infos]
    ids = {info.key: made.document_id for info, made in zip(infos, documents, strict=True)}
    return ClaimBatch(
        claims=pl.concat([built.claims, place_frame(built.places, ids)], how="diagonal"),
        documents=[document, *documents],
        sources=[own, *sources_of(infos)],
    )


LOADER = NetworkLoader()
