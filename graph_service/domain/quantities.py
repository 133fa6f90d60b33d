"""Numbers and amounts: exact at the edges, comparable per year inside.

Decimal in, exact out holds to 15 significant digits, which a float64 keeps; more is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING

from graph_service.domain.said import said
from graph_service.errors import BadInput

if TYPE_CHECKING:
    import pint

SIGNIFICANT_DIGITS = 15
_LARGEST_EXPONENT = 300  # a float64 ends at 1e308, and further out even Decimal overflows
DAYS_PER_YEAR = 365.25
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_PIECES = frozenset({"pcs", "pc", "piece", "pieces", "unit", "units", "шт", "штук"})  # pint reads pcs as picoparsecs
_BASES = ("t", "m", "m2", "m3")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPerYear:
    """How a stated unit becomes an amount per year.

    ``factor`` turns one stated unit into ``base`` units, per year if ``is_rate``; a total (not a rate)
    needs the length of its period first.
    """

    factor: float
    base: str
    is_rate: bool


def parse_decimal(text: str) -> Decimal:
    """A number written with spaces, a decimal comma or a decimal point.

    Raises:
        BadInput: it is no number, or has more than 15 significant digits.
    """
    compact = _SPACES.sub("", text)
    if "," in compact and "." in compact:
        thousands = "," if compact.rfind(",") < compact.rfind(".") else "."
        compact = compact.replace(thousands, "")
    elif compact.count(",") > 1:
        compact = compact.replace(",", "")
    compact = compact.replace(",", ".")
    try:
        number = Decimal(compact)
    except InvalidOperation as problem:
        raise BadInput(said("no-number", text=text)) from problem
    return checked_decimal(number)


def checked_decimal(number: Decimal) -> Decimal:
    """The number itself, if a float64 keeps it exactly as written.

    Raises:
        BadInput: it is not finite, far too large or small, or has more than 15 significant digits.
    """
    if not number.is_finite():
        raise BadInput(said("no-finite-number", number=number))
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise BadInput(said("number-out-of-range", number=number))
    if len(number.normalize().as_tuple().digits) > SIGNIFICANT_DIGITS:
        raise BadInput(said("too-many-digits", number=number, most=SIGNIFICANT_DIGITS))
    return number


def parse_share(text: str) -> Decimal:
    """A share from 0 to 1, written as ``0.35``, ``0,35`` or ``35 %``.

    Raises:
        BadInput: it is no number or not between 0 and 1.
    """
    stripped = text.strip()
    percent = stripped.endswith("%")
    number = parse_decimal(stripped.rstrip("%"))
    share = number / 100 if percent else number
    if not 0 <= share <= 1:
        raise BadInput(said("share-out-of-range", text=stripped))
    return share


@cache
def currency_codes() -> frozenset[str]:
    """The codes of ISO 4217 that are in use."""
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


@cache
def _units() -> pint.UnitRegistry[float]:
    import pint

    return pint.UnitRegistry()


@cache
def unit_per_year(unit: str) -> UnitPerYear:
    """How amounts in ``unit`` compare per year (``t/month`` → 12 t); units that pint does not know keep their name.

    Args:
        unit: as stored, the period after the last slash: ``t/month``, ``m2/year``, ``cans/year``, ``t``.
    """
    what, _, per = unit.rpartition("/")
    years = _in("year", per) if what else None
    amount = what if years is not None else unit
    factor, base = _base(amount)
    return UnitPerYear(factor=factor / (years or 1.0), base=base, is_rate=years is not None)


def _in(target: str, text: str) -> float | None:
    try:
        return float(_units().Quantity(1, text.strip()).to(target).magnitude)
    except Exception:  # pint raises a family of unrelated errors for text that is no unit
        return None


def _base(amount: str) -> tuple[float, str]:
    if amount.strip().casefold() in _PIECES:
        return 1.0, "pcs"
    text = re.sub(r"\b([a-z]+)([23])\b", r"\1**\2", amount.strip())
    for base in _BASES:
        factor = _in(re.sub(r"([a-z])([23])", r"\1**\2", base), text)
        if factor is not None:
            return factor, base
    return 1.0, amount.strip()


def format_decimal(number: float) -> str:
    """A stored float as the decimal that was put in, without an exponent or trailing zeros."""
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
