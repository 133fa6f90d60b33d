"""Tables of any size in chunks of columns: CSV as text, Parquet as typed; row numbers, repeated rows, repeated keys."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from graph_service.errors import BadInput
from loaders.columnar.casting import text_of
from loaders.columnar.tables import Table, check_header
from loaders.decoding import decode

CHUNK_ROWS = 50_000
ROW = "_row"
"""The row number as a person finds it: the header is row 1."""
SURPLUS = "_surplus"
_SPARE = ("_spare_1", "_spare_2", "_spare_3")  # where cells land that no column of the header takes
_DELIMITERS = ",;\t|"
_BLOCK = _LONGEST_HEADER = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A file of the folder, checked and counted.

    Attributes:
        problems: ``_row`` and ``problem`` of rows whose key stands there twice with different content.
        repeats: ``_row`` and ``occurrence`` (2, 3 …) of rows that are equal to an earlier one.
    """

    table: Table
    file: Path
    columns: tuple[str, ...]
    rows: int
    problems: pl.DataFrame
    repeats: pl.DataFrame
    _frame: pl.LazyFrame = field(repr=False)

    def chunks(self, rows: int) -> Iterator[pl.DataFrame]:
        """All rows in order, so many at a time; rows without any cell are left out."""
        for chunk in self._frame.collect_batches(chunk_size=rows, maintain_order=True):
            yield chunk.filter(~pl.all_horizontal(_is_empty(chunk, name) for name in self.columns))

    def keys(self, column: str) -> pl.Series:
        """The distinct keys in a column."""
        text = text_of(column, self._frame.collect_schema()[column])
        return self._frame.select(text).drop_nulls().unique().collect().to_series()


def open_table(table: Table, file: Path) -> TableFile:
    """Check the header, count the rows, find repeated rows and keys.

    Raises:
        BadInput: the file cannot be read, or its columns are not those of the table.
    """
    try:
        frame, columns = _parquet(table, file) if file.suffix.lower() == ".parquet" else _csv(table, file)
        schema = frame.collect_schema()
        named = [name for name in table.record_columns if name in columns]
        key = text_of(named[0], schema[named[0]]) if named else pl.lit(None, dtype=pl.String)
        content = cells_text(schema, columns)
        seen = frame.select(ROW, key=key, content=pl.when(content != "").then(content.hash())).collect()
    except (pl.exceptions.PolarsError, OSError) as problem:
        raise BadInput(f"{file.name} cannot be read: {problem}", file=str(file)) from problem
    seen = seen.drop_nulls("content")
    return TableFile(
        table=table, file=file, columns=columns, rows=len(seen), problems=_contested(seen), repeats=_repeats(seen),
        _frame=frame,
    )  # fmt: skip


def cells_text(schema: pl.Schema, columns: tuple[str, ...]) -> pl.Expr:
    """The filled cells of a row as one text, whatever the order of the columns."""
    cells = [pl.lit(f"{name}\x1e") + text_of(name, schema[name]) for name in sorted(columns)]
    return pl.concat_str(cells, separator="\x1f", ignore_nulls=True)


def _contested(seen: pl.DataFrame) -> pl.DataFrame:
    keyed = seen.filter(pl.col("key").is_not_null())
    contested = keyed.filter(pl.col("content").n_unique().over("key") > 1) if len(keyed) else keyed
    rows = pl.col(ROW).sort().cast(pl.String).head(5).str.join(", ").over("key")
    text = pl.format("the key '{}' stands in rows {} with different content: none of them is taken", "key", rows)
    return contested.select(ROW, problem=text)


def _repeats(seen: pl.DataFrame) -> pl.DataFrame:
    nth = pl.col("content").cum_count().over("content")
    return seen.select(ROW, occurrence=nth).filter(pl.col("occurrence") > 1)


def _is_empty(chunk: pl.DataFrame, name: str) -> pl.Expr:
    empty = pl.col(name).is_null()
    return empty | (pl.col(name).str.strip_chars() == "") if chunk.schema[name] == pl.String else empty


def _parquet(table: Table, file: Path) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    frame = pl.scan_parquet(file, glob=False)
    header = frame.collect_schema().names()
    check_header(table, file, header)
    return frame.with_columns(pl.lit(False).alias(SURPLUS)).with_row_index(ROW, offset=2), tuple(header)


def _csv(table: Table, file: Path) -> tuple[pl.LazyFrame, tuple[str, ...]]:
    source: Path | io.BytesIO = file
    if not _is_utf8(file):
        source = io.BytesIO(decode(file.read_bytes()).encode())
    delimiter, header = _header(source, file)
    check_header(table, file, header)
    # The header is read apart, since only a schema by position has room for cells beyond it.
    frame = pl.scan_csv(
        source, glob=False, has_header=False, skip_lines=1, separator=delimiter, row_index_name=ROW, row_index_offset=2,
        schema=dict.fromkeys((*header, *_SPARE), pl.String), missing_columns="insert", truncate_ragged_lines=True,
    )  # fmt: skip
    surplus = pl.any_horizontal(pl.col(name).str.strip_chars() != "" for name in _SPARE).fill_null(False)
    return frame.with_columns(surplus.alias(SURPLUS)).drop(_SPARE), tuple(header)


def _is_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with file.open("rb") as handle:
            while block := handle.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _header(source: Path | io.BytesIO, file: Path) -> tuple[str, list[str]]:
    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source.getvalue()) as handle:
        line = handle.readline(_LONGEST_HEADER).decode("utf-8-sig", errors="replace")
    if not line.strip():
        raise BadInput(f"{file.name} has no header row", file=str(file), row=1)
    if len(line) >= csv.field_size_limit():
        raise BadInput(f"{file.name}: the header row is longer than any table's", file=str(file), row=1)
    split = {delimiter: next(csv.reader([line], delimiter=delimiter)) for delimiter in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda each: len(split[each]))
    return delimiter, [name.strip() for name in split[delimiter]]
