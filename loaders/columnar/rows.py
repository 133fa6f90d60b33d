"""The rows of one chunk: their cells as columns, and per row what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

import polars as pl

from loaders.columnar.casting import as_text, dates, flags, inns, numbers, shares
from loaders.columnar.reading import ROW, SURPLUS, TableFile, cells_text
from loaders.loader import Reject, Where

_END_OF = "_end_of_"
_ISO_DAY = r"^\d{4}-\d{2}-\d{2}$"


class ChunkRows:
    """A chunk with the problems found so far."""

    def __init__(self, opened: TableFile, chunk: pl.DataFrame) -> None:
        self._opened = opened
        self._chunk = chunk
        self.numbers = chunk[ROW]
        problems = pl.DataFrame({ROW: self.numbers}).join(opened.problems, on=ROW, how="left", maintain_order="left")
        self._problems = [problems["problem"]]
        surplus = chunk.select(pl.when(SURPLUS).then(pl.lit("the row has more cells than the header")))
        self._problems.append(surplus.to_series())
        for name in opened.table.required:
            empty = self.text(name).is_null()
            self._problems.append(chosen(repeated(f"{name} is empty", len(chunk)), empty))

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self._opened.columns

    def blame(self, problem: pl.Series) -> None:
        """Note what is wrong; null where nothing is."""
        self._problems.append(problem)

    def text(self, column: str) -> pl.Series:
        """The cells without surrounding spaces; empty ones are null."""
        return as_text(self._chunk[column])

    def attributes(self, label: str) -> dict[str, pl.Series]:
        """What the rows say of their entities; a row without a name is called by its key."""
        keys = self.text("id")
        found = {
            "label": repeated(label, len(keys)),
            "name": self.text("name").fill_null(keys) if self.has("name") else keys,
        }
        for name, kind in self._opened.table.columns.items():
            if not self.has(name) or name in ("id", "name") or kind in ("actor", "place"):
                continue
            if kind == "text":
                found[name] = self.text(name)
            else:
                cast = (inns if kind == "inn" else numbers)(self._chunk[name])
                self.blame(cast.problem)
                found[name] = cast.value
        if "lat" in found or "lon" in found:
            found["point_precision"] = self._point_precision(found)
        return found

    def _point_precision(self, attributes: Mapping[str, pl.Series]) -> pl.Series:
        """Both coordinates or none, on Earth; the point is that of the thing itself."""
        size = len(self._chunk)
        nothing = pl.Series([None], dtype=pl.Float64).new_from_index(0, size)
        lat, lon = attributes.get("lat", nothing), attributes.get("lon", nothing)
        one = lat.is_null() != lon.is_null()
        beyond = ((lat.abs() > 90) | (lon.abs() > 180)).fill_null(False)
        self.blame(chosen(repeated("a point needs both lat and lon", size), one))
        self.blame(chosen(repeated("lat and lon are no point on Earth: are they swapped?", size), beyond))
        return chosen(repeated("site", size), lat.is_not_null() & lon.is_not_null())

    def record(self) -> pl.Series:
        """The row's own key, else a hash of its cells and the number of its occurrence."""
        columns = self._opened.columns
        named = [name for name in self._opened.table.record_columns if name in columns]
        own = self.text(named[0]) if named else repeated(None, len(self._chunk))
        if not own.null_count():
            return own.rename("record")
        texts = self._chunk.select(text=cells_text(self._chunk.schema, columns))["text"]
        hashes = [blake2b(text.encode(), digest_size=8).hexdigest() for text in texts.fill_null("").to_list()]
        repeats = pl.DataFrame({ROW: self.numbers, "own": own, "hash": hashes}).join(
            self._opened.repeats, on=ROW, how="left", maintain_order="left"
        )
        counted = (
            pl.when(pl.col("occurrence").is_null()).then("hash").otherwise(pl.format("{}#{}", "hash", "occurrence"))
        )
        return repeats.select(record=pl.coalesce("own", counted))["record"]

    def fields(self, columns: Mapping[str, str]) -> list[pl.Series]:
        """The value columns as declared fields; exact values are intervals of one point."""
        found: list[pl.Series] = []
        written: list[pl.Series] = []
        for name, kind in columns.items():
            if not self.has(name):
                continue
            column = self._chunk[name]
            if kind in ("number", "share"):
                cast = shares(column) if kind == "share" else numbers(column)
                self.blame(cast.problem)
                found += [cast.value.alias(f"{name}_min"), cast.value.alias(f"{name}_max")]
            elif kind == "flag":
                cast = flags(column)
                self.blame(cast.problem)
                found.append(cast.value.alias(name))
            elif kind == "date":
                spans = dates(column)
                self.blame(spans.problem)
                found.append((spans.end if name.endswith("_to") else spans.start).alias(name))
                if name == "valid_from":
                    found.append(spans.end.alias(_END_OF + name))
                if column.dtype == pl.String:
                    written.append(_written(self.text(name)))
            elif kind == "text" and name not in ("record", "id"):
                found.append(self.text(name).alias(name))
        if written:
            said = pl.DataFrame(written).select(dates=pl.concat_str(pl.all(), separator="; ", ignore_nulls=True))
            found.append(said.select(pl.when(pl.col("dates") != "").then("dates"))["dates"])
        return found

    @staticmethod
    def delivery_periods(claims: pl.DataFrame) -> pl.DataFrame:
        """A delivery without a period covers the precision of its ``valid_from``."""
        end = _END_OF + "valid_from"
        if "basis" not in claims.columns or end not in claims.columns:
            return claims
        missing = [n for n in ("period_from", "period_to") if n not in claims.columns]
        claims = claims.with_columns(pl.lit(None, dtype=pl.Date).alias(name) for name in missing)
        open_delivery = (
            (pl.col("basis") == "delivery") & pl.col("period_from").is_null() & pl.col("period_to").is_null()
        )
        return claims.with_columns(
            period_from=pl.when(open_delivery).then("valid_from").otherwise("period_from"),
            period_to=pl.when(open_delivery).then(end).otherwise("period_to"),
        )

    def problems(self, broken: pl.DataFrame) -> pl.DataFrame:
        """``_row`` and ``problem`` for each row: what its cells, then what its claims are refused for."""
        cells = pl.DataFrame([problem.alias(f"{n}") for n, problem in enumerate(self._problems)])
        own = cells.select(problem=pl.concat_str(pl.all(), separator="; ", ignore_nulls=True))["problem"]
        cut = pl.DataFrame({ROW: self.numbers, "cells": own})
        claims = broken.drop_nulls().group_by(ROW).agg(claims=pl.col("problem").unique().sort().str.join("; "))
        return cut.join(claims, on=ROW, how="left", maintain_order="left").select(
            ROW, problem=pl.when(pl.col("cells") != "").then("cells").otherwise("claims")
        )

    def rejects(self, refused: pl.DataFrame) -> list[Reject]:
        """The refused rows (``_row``, ``problem``) with their cells."""
        rows = refused.join(self._chunk, on=ROW, how="left", maintain_order="left")
        return [
            Reject(
                where=Where(file=self._opened.file.name, row=row[ROW]),
                reason=row["problem"],
                cells={name: str(row[name]) for name in self._opened.columns if row[name] is not None},
            )
            for row in rows.iter_rows(named=True)
        ]


def _written(text: pl.Series) -> pl.Series:
    """A date as the source writes it, where it is not simply a day."""
    return pl.DataFrame(text).select(
        pl.when(~pl.col(text.name).str.contains(_ISO_DAY))
        .then(pl.format("{} {}", pl.lit(text.name), text.name))
        .alias(text.name)
    )[text.name]


def chosen(values: pl.Series, condition: pl.Series) -> pl.Series:
    """The values where the condition holds, else null."""
    return (
        pl.DataFrame({"values": values, "condition": condition})
        .select(pl.when("condition").then("values").alias(values.name or "values"))
        .to_series()
    )


def repeated(text: str | None, size: int) -> pl.Series:
    """The text in every row."""
    return pl.Series([text], dtype=pl.String).new_from_index(0, size)
