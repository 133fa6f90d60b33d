"""Cells of the claims format: text to the declared fields, exact and with the reason where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from graph_service.domain.checks import LARGEST
from graph_service.domain.clocks import parse_span
from graph_service.domain.quantities import currency_codes, parse_decimal, parse_share
from graph_service.domain.said import said, under
from graph_service.domain.schema import ATTRIBUTES, FIELD, TIES
from graph_service.errors import BadInput

_SHARES = {"buyer_share", "sales_share", "share"}
_INTERVALS = {"quantity", "capacity", "value", "count", *_SHARES}
_ALIASES = {"output": "quantity", "output_min": "quantity_min", "output_max": "quantity_max"}
_TRUE = {"true", "yes", "1", "да", "истина"}
_FALSE = {"false", "no", "0", "нет", "ложь"}
_NUMBER_ATTRIBUTES = {"lat", "lon", "revenue", "population"}

REFERENCES = ("type", "from", "from_label", "to", "to_label", "product", "document", "record")
"""Columns of the claims format that say who and where; the others are fields and attributes."""


def known_columns() -> tuple[str, ...]:
    """Every column the claims format knows."""
    fields = [name for name, field in FIELD.items() if name not in ("from_raw", "to_raw") and not field.derived]
    return tuple(dict.fromkeys([*REFERENCES, *fields, *_INTERVALS, *_ALIASES, "period", *ATTRIBUTES]))


def parse_fields(cells: Mapping[str, str], basis: str | None) -> dict[str, object]:
    """Field values of one row; empty cells are left out.

    A value column may be exact (``quantity``) or a bound (``quantity_min``). End dates are inclusive as written and
    stored as the next day. A delivery without a period covers the precision of its ``valid_from``.

    Raises:
        BadInput: a cell is not what its column holds; ``parameter`` names the column.
    """
    values: dict[str, object] = {}
    for column, text in cells.items():
        name = _ALIASES.get(column, column)
        try:
            if name in _INTERVALS:
                values[f"{name}_min"] = values[f"{name}_max"] = _number(name, text)
            elif name == "period":
                span = parse_span(text)
                values["period_from"], values["period_to"] = span.start, span.end
            elif name in FIELD:
                values[name] = _field(name, text)
        except BadInput as problem:
            raise BadInput(under(column, problem.detail), parameter=column) from problem
    if basis == "delivery" and "valid_from" in values and "period_from" not in values:
        span = parse_span(cells["valid_from"])
        values["period_from"], values["period_to"] = span.start, span.end
    dates = {c: cells[c] for c in ("valid_from", "valid_to", "period", "period_from", "period_to") if c in cells}
    if dates and "dates" not in values:
        values["dates"] = "; ".join(f"{column} {text}" for column, text in dates.items())
    return values


def _number(name: str, text: str) -> float:
    return float(
        parse_share(text) if name.removesuffix("_min").removesuffix("_max") in _SHARES else parse_decimal(text)
    )


def _field(name: str, text: str) -> object:
    kind = FIELD[name].kind
    if kind == "number":
        return _number(name, text)
    if kind == "integer":
        number = parse_decimal(text)
        if number != number.to_integral_value():
            raise BadInput(said("no-whole-number", text=text))
        if abs(number) >= LARGEST:
            raise BadInput(said("too-large", text=text))
        return int(number)
    if kind == "flag":
        return parse_flag(text)
    if kind == "date":
        span = parse_span(text)
        return span.end if name.endswith("_to") else span.start
    return text


def parse_flag(text: str) -> bool:
    """True or false as people write it in English or Russian.

    Raises:
        BadInput: it is neither.
    """
    if text.casefold() in _TRUE:
        return True
    if text.casefold() in _FALSE:
        return False
    raise BadInput(said("no-flag", text=text))


def parse_attributes(cells: Mapping[str, str]) -> dict[str, object]:
    """Attributes of a DESCRIBED_IN row, numbers as Decimal.

    Raises:
        BadInput: a number or currency is none, or a point is not on Earth.
    """
    found: dict[str, object] = {}
    for name, text in cells.items():
        if name not in ATTRIBUTES or name in TIES:
            continue
        if name == "currency" and text not in currency_codes():
            raise BadInput(said("no-currency", text=text), parameter=name)
        if name in _NUMBER_ATTRIBUTES:
            try:
                found[name] = _degrees(text) if name in ("lat", "lon") else parse_decimal(text)
            except BadInput as problem:
                raise BadInput(under(name, problem.detail), parameter=name) from problem
        else:
            found[name] = text
    check_point(found.get("lat"), found.get("lon"))
    return found


def _degrees(text: str) -> Decimal:
    """Degrees to seven decimals, about a centimetre: geocoders write the noise of binary fractions behind it."""
    compact = text.strip().replace(",", ".")
    whole, point, decimals = compact.partition(".")
    if len(decimals) <= 7:
        return parse_decimal(compact)
    try:
        return round(parse_decimal(f"{whole}{point}{decimals[:12]}"), 7)
    except InvalidOperation as problem:
        raise BadInput(said("no-coordinate", text=text)) from problem


def check_point(lat: object, lon: object) -> None:
    """Both coordinates or none, on Earth.

    Raises:
        BadInput: one is missing or out of range.
    """
    if (lat is None) != (lon is None):
        raise BadInput(said("half-a-point"), parameter="lat")
    if isinstance(lat, Decimal) and isinstance(lon, Decimal) and not (abs(lat) <= 90 and abs(lon) <= 180):
        raise BadInput(said("no-point", lat=lat, lon=lon), parameter="lat")


def parse_day(text: str) -> date:
    """The first day of a date of any precision."""
    return parse_span(text).start
