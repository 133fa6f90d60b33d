"""The ``claims`` format: a spreadsheet with one claim a row, which anyone can write by hand (docs/claims-format.md).

A folder is read as all its tables; ``documents.csv`` beside them describes the documents that rows name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from graph_service.domain.nearest import nearest
from graph_service.domain.said import said
from graph_service.domain.schema import ATTRIBUTES, RELATION
from graph_service.errors import BadInput
from loaders.cells import known_columns, parse_attributes, parse_fields
from loaders.decoding import refuse_unreadable
from loaders.documents import DOCUMENTS, read_documents
from loaders.loader import UNKNOWN_RANK, Batch, DocumentInfo, Options, Ref, Reject, Row, Where
from loaders.quotes import checked_quotes
from loaders.records import checked_records
from loaders.rejects import ENDING
from loaders.resolve.resolve import Resolver
from loaders.sheets import TEXTS, Sheet, origin_stem, read_sheets
from loaders.workbooks import WORKBOOKS

_UNNAMED = re.compile(r"^column \d+$")  # how a file of rejected rows heads cells that had no heading


class ClaimsLoader:
    """Loads the ``claims`` format."""

    name = "claims"
    summary = "CSV or XLSX, one claim a row: the format to write by hand"
    example = "zveno load claims suppliers.csv --source 'Purchasing department' --rank 2"
    method = "claims 1"

    def files(self, paths: Sequence[Path], options: Options) -> list[Path]:
        """Tables given or inside the folders given, with ``documents.csv`` and the texts it names."""
        return [*self._tables(paths), *self._beside(paths)]

    def dataset(self, paths: Sequence[Path], options: Options) -> str:
        """The source, or the first file's name."""
        return options.source or options.namespace or origin_stem(paths[0])

    def batches(self, paths: Sequence[Path], options: Options) -> Iterator[Batch]:
        """Read all tables and resolve them together."""
        tables = self._tables(paths)
        if not tables:
            raise BadInput(f"no table in {', '.join(map(str, paths))}: the claims format is a CSV or XLSX file")
        source = self.dataset(paths, options)
        rank = options.rank or UNKNOWN_RANK
        beside = [path for path in self._beside(paths) if path.name == DOCUMENTS]
        documents = [info for path in beside for info in read_documents(path, options)]
        own = [
            DocumentInfo(
                key=path.name,
                publisher=source,
                rank=rank,
                title=path.name,
                sha256=sha256(path.read_bytes()).hexdigest(),
            )
            for path in tables
        ]
        sheets = [(path, sheet) for path in tables for sheet in read_sheets(path) if sheet.rows]
        # Corrected rows are still of the file they were written in: loading that again adds nothing then.
        origins = sorted({name for _, sheet in sheets for name in sheet.origins if name})
        earlier = [DocumentInfo(key=name, publisher=source, rank=rank, title=name) for name in origins]
        described = {info.key for info in documents}
        documents += {info.key: info for info in (*earlier, *own) if info.key not in described}.values()
        resolver = Resolver(options.namespace or source, documents, own[0], self.method, options.batch_rows)
        read = (item for path, sheet in sheets for item in _rows(path, sheet))
        texts = {info.key: info.text for info in documents if info.text is not None}
        yield from resolver.batches(checked_records(checked_quotes(read, texts)))

    def _tables(self, paths: Sequence[Path]) -> list[Path]:
        found: list[Path] = []
        for path in paths:
            if path.is_dir():
                inside = sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".tsv", *WORKBOOKS))
                found += [p for p in inside if p.name != DOCUMENTS and not p.name.endswith(ENDING)]
            elif path.suffix.lower() in (*TEXTS, *WORKBOOKS) and path.exists():
                found.append(path)
            else:
                raise BadInput(f"there is no table {path}", file=str(path))
        return found

    def _beside(self, paths: Sequence[Path]) -> list[Path]:
        folders = sorted({path if path.is_dir() else path.parent for path in paths})
        documents = [folder / DOCUMENTS for folder in folders if (folder / DOCUMENTS).is_file()]
        texts = [p for path in documents for p in sorted(path.parent.glob("*.txt"))]
        return [*documents, *texts]


def _rows(path: Path, sheet: Sheet) -> Iterator[Row | Reject]:
    header = [name.strip().casefold() for name in sheet.rows[0]]
    if sheet.origins:
        header = ["" if _UNNAMED.match(name) else name for name in header]
    _check_header(path, sheet, header)
    for index, cells in enumerate(sheet.rows[1:], start=1):
        names = [*header, *[""] * (len(cells) - len(header))]
        # Cells without a heading keep a place of their own, so that the file of rejected rows shows them.
        filled = {
            name or f"column {n}": text
            for n, (name, text) in enumerate(zip(names, cells, strict=False), start=1)
            if text
        }
        where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[index])
        try:
            refuse_unreadable(filled)
            _refuse_unnamed([text for name, text in zip(names, cells, strict=False) if text and not name])
            yield row_of(where, {"document": sheet.origin(index, path), **filled})
        except BadInput as problem:
            yield Reject(where=where, reason=problem.detail, cells=filled)


def _refuse_unnamed(texts: Sequence[str]) -> None:
    if texts:
        raise BadInput(said("no-heading", texts=", ".join(map(repr, texts))))


def _check_header(path: Path, sheet: Sheet, header: Sequence[str]) -> None:
    known = known_columns()
    where = Where(file=path.name, sheet=sheet.name, row=sheet.numbers[0])
    for name in header:
        if name and name not in known:
            close = nearest(name, known)
            raise BadInput(f"{where}: unknown column {name!r}{close}", file=str(path), parameter=name)
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    if repeated:
        raise BadInput(f"{where}: column {repeated[0]!r} stands there twice", file=str(path), parameter=repeated[0])
    for name in ("type", "from"):
        if name not in header and not sheet.origins:
            raise BadInput(f"{where}: the column {name!r} is missing", file=str(path), parameter=name)


def row_of(where: Where, cells: dict[str, str]) -> Row:
    """One row from its filled cells.

    Raises:
        BadInput: the type is unknown, the subject missing, or a cell is not what its column holds.
    """
    kind = cells.get("type", "").upper()
    if kind not in RELATION:
        wrong = said("no-relation", text=cells.get("type", ""), near=nearest(kind, RELATION))
        raise BadInput(wrong, parameter="type")
    if "from" not in cells:
        raise BadInput(said("no-subject"), parameter="from")
    described = kind == "DESCRIBED_IN"
    stated = {name: text for name, text in cells.items() if not (described and name in ATTRIBUTES)}
    return Row(
        where=where,
        type=kind,
        subject=Ref(text=cells["from"], label=cells.get("from_label")),
        target=Ref(text=cells["to"], label=cells.get("to_label")) if "to" in cells and not described else None,
        product=Ref(text=cells["product"], label="Product") if "product" in cells else None,
        document=cells.get("document"),
        record=cells.get("record"),
        values={
            name: value
            for name, value in parse_fields(stated, cells.get("basis")).items()
            if name not in ("type", "product", "record")
        },
        attributes=parse_attributes(cells) if described else {},
        cells=cells,
    )


LOADER = ClaimsLoader()
