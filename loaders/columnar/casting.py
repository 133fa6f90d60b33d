"""Columns of text to numbers, shares, dates and flags, each cell that does not fit reported and never guessed.

The rules are those of single cells (``domain.quantities``, ``domain.clocks``, ``loaders.cells``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from graph_service.domain.clocks import Span, parse_span
from graph_service.domain.quantities import SIGNIFICANT_DIGITS
from graph_service.errors import BadInput
from loaders.cells import parse_flag

_SIMPLE = r"^-?[0-9]{1,15}(\.[0-9]{1,14})?$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$"
_LARGEST = 1e18
_INN_WEIGHTS_10 = np.array([2, 4, 10, 3, 5, 9, 4, 6, 8])
_INN_WEIGHTS_11 = np.array([7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
_INN_WEIGHTS_12 = np.array([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A column after casting; ``problem`` says per row what is wrong with the cell, or is null."""

    value: pl.Series
    problem: pl.Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """A column of dates of any precision: first day, the day after the last, and what is wrong."""

    start: pl.Series
    end: pl.Series
    problem: pl.Series


def as_text(column: pl.Series) -> pl.Series:
    """The cells as text without surrounding spaces; empty ones are null.

    Raises:
        BadInput: the column holds lists or structures.
    """
    if column.dtype.is_nested():
        raise BadInput(f"column {column.name!r} holds {column.dtype}, not single values", parameter=column.name)
    return column.to_frame().select(text_of(column.name, column.dtype)).to_series()


def text_of(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column as text: see ``as_text``. Other programs keep whole numbers with gaps as floats: 7.0 is 7."""
    text = pl.col(name).round_sig_figs(SIGNIFICANT_DIGITS) if dtype.is_float() else pl.col(name)
    stripped = text.cast(pl.String).str.strip_chars()
    if dtype.is_float():
        stripped = stripped.str.replace(r"\.0$", "")
    return pl.when(stripped != "").then(stripped).alias(name)


def numbers(column: pl.Series) -> Cast:
    """Exact numbers of up to 15 significant digits; floats of a typed file are rounded to those."""
    name = column.name
    if column.dtype.is_float():
        return _typed_numbers(column.cast(pl.Float64).round_sig_figs(SIGNIFICANT_DIGITS))
    if column.dtype.is_integer() and (column.abs().max() or 0) < 10**SIGNIFICANT_DIGITS:
        return _typed_numbers(column.cast(pl.Float64))
    text = as_text(column)
    # Machine-made files need none of the care that files made by hand do, which takes five times as long.
    if (text.str.contains(_SIMPLE) & (text.str.len_bytes() <= SIGNIFICANT_DIGITS)).all():
        return Cast(value=text.cast(pl.Float64), problem=_nothing(pl.String, len(text)))
    return _cast_plain(text.rename("text").to_frame().with_columns(plain=_plain(pl.col("text"))), name)


def shares(column: pl.Series) -> Cast:
    """Shares from 0 to 1, written as ``0.35``, ``0,35`` or ``35 %``."""
    name = column.name
    if column.dtype.is_numeric():
        cast = numbers(column)
        frame = pl.DataFrame({"text": column.cast(pl.String), "value": cast.value, "problem": cast.problem})
    else:
        text = as_text(column).rename("text").to_frame()
        percent = pl.col("text").str.ends_with("%")
        bare = _plain(pl.col("text").str.strip_suffix("%"))
        cast = _cast_plain(text.with_columns(plain=pl.when(percent).then(bare + "e-2").otherwise(bare)), name)
        frame = text.with_columns(value=cast.value, problem=cast.problem)
    outside = ~pl.col("value").is_between(0, 1)
    said = pl.format("{}: a share of {} is not between 0 and 100 %", pl.lit(name), pl.col("text"))
    checked = frame.select(
        value=pl.when(~outside).then("value"),
        problem=pl.when(outside).then(said).otherwise("problem"),
    )
    return Cast(value=checked["value"], problem=checked["problem"])


def dates(column: pl.Series) -> Spans:
    """Dates of any precision; a typed file's dates are days."""
    if column.dtype in (pl.Date, pl.Datetime):
        days = column.cast(pl.Date)
        return Spans(
            start=days,
            end=days.dt.offset_by("1d"),
            problem=pl.Series([None], dtype=pl.String).new_from_index(0, len(days)),
        )
    text = as_text(column)
    starts, ends, problems = {}, {}, {}
    for cell in text.drop_nulls().unique().to_list():  # a million rows hold a few thousand dates
        try:
            span = _span(cell)
            starts[cell], ends[cell] = span.start, span.end
        except BadInput as problem:
            problems[cell] = f"{column.name}: {problem.detail}"
    return Spans(
        start=_mapped(text, starts, pl.Date),
        end=_mapped(text, ends, pl.Date),
        problem=_mapped(text, problems, pl.String),
    )


def flags(column: pl.Series) -> Cast:
    """True and false as people write them; empty stays unknown."""
    if column.dtype == pl.Boolean:
        return Cast(value=column, problem=_nothing(pl.String, len(column)))
    return _by_unique(column, parse_flag, pl.Boolean)


def inns(column: pl.Series) -> Cast:
    """Russian tax numbers, checked: 10 digits with one check digit, 12 digits with two.

    A typed file that keeps them as numbers has lost a first zero, which is put back.
    """
    frame = pl.DataFrame({"inn": as_text(column).str.replace_all(r"\s", "")})
    if column.dtype.is_numeric():
        odd = pl.col("inn").str.len_bytes().is_in([9, 11])
        frame = frame.with_columns(inn=pl.when(odd).then(pl.lit("0") + pl.col("inn")).otherwise("inn"))
    frame = frame.with_columns(valid=valid_inns(frame["inn"]))
    reason = pl.format("INN '{}' is wrong: length or check digit, so it identifies nobody", pl.col("inn"))
    checked = frame.select(
        value=pl.when("valid").then("inn"),
        problem=pl.when(~pl.col("valid") & pl.col("inn").is_not_null()).then(reason),
    )
    return Cast(value=checked["value"], problem=checked["problem"])


def valid_inns(column: pl.Series) -> pl.Series:
    """Whether each text is an INN with correct check digits (FNS order ММВ-7-6/435@); null is not."""
    valid = np.zeros(len(column), dtype=bool)
    for length in (10, 12):
        fits = column.str.contains(rf"^[0-9]{{{length}}}$").fill_null(False).to_numpy()
        if not fits.any():
            continue
        text = "".join(column.filter(pl.Series(fits)).to_list()).encode()
        digits = np.frombuffer(text, dtype=np.uint8).reshape(-1, length).astype(np.int64) - ord("0")
        if length == 10:
            valid[fits] = _check(digits, _INN_WEIGHTS_10) == digits[:, 9]
        else:
            valid[fits] = (_check(digits, _INN_WEIGHTS_11) == digits[:, 10]) & (
                _check(digits, _INN_WEIGHTS_12) == digits[:, 11]
            )
    return pl.Series(column.name, valid)


def _check(digits: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return np.asarray(digits[:, : len(weights)] @ weights % 11 % 10)


def _plain(text: pl.Expr) -> pl.Expr:
    """A number without spaces, thousands marks and decimal comma, as ``domain.quantities.parse_decimal`` reads it."""
    compact = text.str.replace_all(r"[\s\x{a0}\x{202f}']", "")
    comma, point = compact.str.contains(",", literal=True), compact.str.contains(".", literal=True)
    comma_is_last = compact.str.contains(r",[^.]*$")
    commas = compact.str.count_matches(",", literal=True)
    return (
        pl.when(comma & point & comma_is_last)
        .then(compact.str.replace_all(".", "", literal=True))
        .when(comma & point)
        .then(compact.str.replace_all(",", "", literal=True))
        .when(commas > 1)
        .then(compact.str.replace_all(",", "", literal=True))
        .otherwise(compact)
        .str.replace_all(",", ".", literal=True)
    )


def _cast_plain(frame: pl.DataFrame, name: str) -> Cast:
    """Numbers from the column ``plain``; messages quote the column ``text``."""
    text, plain = pl.col("text"), pl.col("plain")
    is_number = plain.str.contains(_NUMBER)
    digits = plain.str.replace(r"[eE].*$", "").str.replace_all(r"[^0-9]", "").str.strip_chars("0")
    value = plain.cast(pl.Float64, strict=False)
    checked = frame.select(
        value=pl.when(is_number & (digits.str.len_bytes() <= SIGNIFICANT_DIGITS) & (value.abs() < _LARGEST)).then(
            value
        ),
        problem=pl.when(~is_number)
        .then(pl.format("{}: '{}' is no number", pl.lit(name), text))
        .when(digits.str.len_bytes() > SIGNIFICANT_DIGITS)
        .then(pl.format("{}: {} has more than 15 significant digits: round it at the source", pl.lit(name), text))
        .when(value.abs() >= _LARGEST)
        .then(pl.format("{}: {} is too large", pl.lit(name), text)),
    )
    return Cast(value=checked["value"], problem=checked["problem"])


def _typed_numbers(column: pl.Series) -> Cast:
    name = column.name
    fits = column.is_finite() & (column.abs() < _LARGEST)
    checked = pl.DataFrame({"value": column, "fits": fits}).select(
        value=pl.when("fits").then("value"),
        problem=pl.when(~pl.col("fits")).then(pl.format("{}: {} is no finite number", pl.lit(name), pl.col("value"))),
    )
    return Cast(value=checked["value"], problem=checked["problem"])


def _by_unique(column: pl.Series, parse: Callable[[str], object], dtype: type[pl.DataType]) -> Cast:
    text = as_text(column)
    values: dict[str, object] = {}
    problems: dict[str, object] = {}
    for cell in text.drop_nulls().unique().to_list():
        try:
            values[cell] = parse(cell)
        except BadInput as problem:
            problems[cell] = f"{column.name}: {problem.detail}"
    return Cast(value=_mapped(text, values, dtype), problem=_mapped(text, problems, pl.String))


@lru_cache(maxsize=100_000)
def _span(text: str) -> Span:
    return parse_span(text)


def _nothing(dtype: type[pl.DataType], size: int) -> pl.Series:
    return pl.Series([None], dtype=dtype).new_from_index(0, size)


def _mapped(text: pl.Series, mapping: Mapping[str, object], dtype: type[pl.DataType]) -> pl.Series:
    if not mapping:
        return _nothing(dtype, len(text)).alias(text.name)
    return text.replace_strict(mapping, default=None, return_dtype=dtype)
