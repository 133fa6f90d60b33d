"""The ``table`` format: any CSV or XLSX through a mapping from its columns to claims (docs/table-format.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from graph_service.errors import BadInput
from loaders.cells import parse_day
from loaders.decoding import refuse_unreadable
from loaders.loader import UNKNOWN_RANK, Batch, DocumentInfo, Options, Reject, Row
from loaders.rejects import ENDING
from loaders.resolve.resolve import Resolver
from loaders.sheets import TEXTS, origin_stem
from loaders.tabular.header import TableFile, TableRow, read_table
from loaders.tabular.keys import keyed
from loaders.tabular.mapping import Mapping, mapping_path, read_mapping
from loaders.tabular.reading import RowReader
from loaders.tabular.totals import without_totals
from loaders.workbooks import WORKBOOKS


class TableLoader:
    """Loads the ``table`` format."""

    name = "table"
    summary = "any CSV or XLSX through a mapping; --guess proposes one"
    example = "zveno load table contracts.csv --mapping 44fz"
    method = "table 1"

    def files(self, paths: Sequence[Path], options: Options) -> list[Path]:
        """The tables given or inside the folders given, and the mapping: another mapping is another load."""
        return [*_tables(paths), mapping_path(options.mapping)]

    def dataset(self, paths: Sequence[Path], options: Options) -> str:
        """The source or name space given, else the mapping's name and the first file's."""
        if named := options.source or options.namespace:
            return named
        return f"{read_mapping(options.mapping).name}: {origin_stem(paths[0])}"

    def batches(self, paths: Sequence[Path], options: Options) -> Iterator[Batch]:
        """Read all tables and resolve them together."""
        mapping = read_mapping(options.mapping)
        tables = _tables(paths)
        publisher = options.source or mapping.source.publisher
        rank = options.rank or (UNKNOWN_RANK if options.source else mapping.source.rank)
        day = mapping.document.published_on
        columns = mapping.columns()
        found = (read_table(path, columns, mapping.optional_columns, mapping.sheet) for path in tables)
        files = [without_totals(file, mapping) for file in found]
        items = list(read(files, mapping))
        digests = {path.name: sha256(path.read_bytes()).hexdigest() for path in tables}
        # Corrected rows of a reject file are still of the file they were written in.
        origins = {row.document for row in items if isinstance(row, Row) and row.document}
        documents = [
            DocumentInfo(
                key=name, publisher=publisher, rank=rank, licence=mapping.source.licence,
                title=mapping.document.title or name, language=mapping.document.language,
                published_on=parse_day(day) if day else None, sha256=digests.get(name),
            )
            for name in (*digests, *sorted(origins - digests.keys()))
        ]  # fmt: skip
        namespace = options.namespace or mapping.namespace or publisher
        resolver = Resolver(namespace, documents, documents[0], self.method, options.batch_rows)
        yield from resolver.batches(items, [note for file in files for note in file.notes])


def read(files: Sequence[TableFile], mapping: Mapping) -> Iterator[Row | Reject]:
    """What the rows of some files state, in their own words."""
    reader = RowReader(mapping, (row for file in files for row in file.rows))
    for file in files:
        for item in keyed(file.rows, mapping.record, are_lines=mapping.lines):
            yield from [item] if isinstance(item, Reject) else _claims(reader, *item)


def _claims(reader: RowReader, row: TableRow, record: str) -> list[Row] | list[Reject]:
    try:
        refuse_unreadable(row.cells)
        return reader.claims(row, record)
    except BadInput as problem:
        return [Reject(where=row.where, reason=problem.detail, cells=row.cells)]


def _tables(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".tsv", *WORKBOOKS))
            found += [p for p in inside if not p.name.endswith(ENDING)]
        elif path.is_file() and path.suffix.lower() in (*TEXTS, *WORKBOOKS):
            found.append(path)
        else:
            raise BadInput(f"there is no table {path}", file=str(path))
    if not found:
        raise BadInput(f"no table in {', '.join(map(str, paths))}: expected CSV, XLSX, XLS or ODS files")
    names = [path.name for path in found]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"two files are called {name}: each file is a document known by its name, so rename one")
    return found


LOADER = TableLoader()
