"""What a heading says of its figures: «Кол-во, т», «Сумма, тыс. руб.», "Amount (t)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from loaders.tabular.cells import CURRENCIES, SCALES

_SPELT = {
    "t": ("т", "тн", "тонн", "тонна", "тонны", "тоннах", "t", "ton", "tons", "tonne", "tonnes"),
    "kg": ("кг", "килограмм", "килограммов", "килограммах", "kg", "kilograms"),
    "l": ("л", "литр", "литров", "литрах", "l", "litres", "liters"),
    "m": ("м", "метр", "метров", "метрах", "пог.м", "п.м", "m", "metres", "meters"),
    "m2": ("м2", "м²", "кв.м", "кв.метров", "m2", "m²", "sqm"),
    "m3": ("м3", "м³", "куб.м", "кубометров", "m3", "m³"),
    "pcs": ("шт", "штук", "штука", "штуки", "штуках", "pcs", "pc", "piece", "pieces", "units"),
    "kWh": ("квтч", "квт·ч", "квт*ч", "квт-ч", "kwh"),
    "MWh": ("мвтч", "мвт·ч", "мвт*ч", "мвт-ч", "mwh"),
    "Gcal": ("гкал", "gcal"),
}
_UNITS = {word: unit for unit, words in _SPELT.items() for word in words}
_PERIODS = {
    "год": "year", "г": "year", "year": "year", "yr": "year", "annum": "year", "мес": "month", "месяц": "month",
    "month": "month", "сут": "day", "сутки": "day", "день": "day", "day": "day",
}  # fmt: skip
_NUMBERED = re.compile(r"\s*\(\d+\)$")
_AT_THE_END = re.compile(r"(?:[,;:]|\bв\b|\bin\b)\s*([^,;:()\[\]]+)$|[(\[]([^()\[\]]+)[)\]]\s*$", re.IGNORECASE)
_SQUARE = re.compile(r"\b(кв|куб|пог)\.?\s*(?=м)")
_THOUSAND = re.compile(r"\bт\.?\s*(?=р\b|руб)")
_RATE = re.compile(r"\d+(?:[.,]\d+)?\s*%")
"""The rate of a tax, «НДС 20 %»."""
_PER_WORD = re.compile(r"(?:\bза\s+(?:1\s+|одну\s+|один\s+)?|\bper\s+|/\s*)([^\W\d_][^\s,;:()\[\]/]*)")
_ONE = ("единицу", "ед", "ед.", "unit", "item", "one", "each")
_WORD = re.compile(r"[^\W\d_]+|[$€£₽¥%]")
_DOTTED = re.compile(r"\b(тыс|млн|млрд)\.(?=\w)")
_A_PERIOD = re.compile(r"\s+(?:в|per|a)\s+(?=[^\s/]+$)")
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mm": 10**6, "b": 10**9}
"""Read as scales beside a currency only: "$m", "RUB k"; elsewhere they are metres and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a heading says of the figures below it.

    Attributes:
        times: by what they are multiplied, 1000 for «тыс.».
        unit: as the graph writes it, ``t``, ``t/month``; None where none is named.
        currency: its ISO 4217 code.
    """

    times: float = 1
    unit: str | None = None
    currency: str | None = None


def measure_of(heading: str) -> Measure:
    """What a heading says at its end, behind a comma or in brackets; currencies and «тыс.» also elsewhere in it."""
    plain = _RATE.sub("", _THOUSAND.sub("тыс ", _NUMBERED.sub("", heading).casefold())).strip()
    end = _AT_THE_END.search(plain)
    behind = (end[1] or end[2]).strip() if end else ""
    last = "" if is_of_one(plain) else _last_word(plain)
    unit = unit_of(_without_scale(behind)) or (unit_of(last) if len(last) > 1 else None)
    words = _WORD.findall(plain)
    beside = [word for pair in pairwise(words) if {*pair} & {*CURRENCIES} for word in pair]
    times = next((SCALES[word] for word in words if word in SCALES), 0) or next(
        (_SHORT_SCALES[word] for word in beside if word in _SHORT_SCALES), 1
    )
    # One letter is a currency only where units stand.
    named = [word for word in words if not word.isalpha() or len(word) > 1] + _WORD.findall(behind)
    currencies = {CURRENCIES[word] for word in named if word in CURRENCIES}
    return Measure(times=times, unit=unit, currency=currencies.pop() if len(currencies) == 1 else None)


def is_of_one(heading: str) -> bool:
    """Whether its figures are of one unit each and not of the whole: «Цена за кг», "Unit price", «руб./т»."""
    plain = heading.casefold()
    is_per = any(word in _ONE or unit_of(word) for word in _PER_WORD.findall(plain))
    return is_per or any(words in plain for words in ("unit price", "unit cost"))


def is_percent(heading: str) -> bool:
    """Whether its figures are percentages; «с НДС 20 %» says so of no figure."""
    plain = _RATE.sub("", heading.casefold())
    return any(word in plain for word in ("%", "процент", "percent"))


def unit_of(text: str) -> str | None:
    """The unit as the graph writes it: ``t`` for «тонн», ``t/month`` for «т/мес.»; None where it is not known."""
    what, slash, per = _SQUARE.sub(r"\1.", _A_PERIOD.sub("/", text.casefold().strip())).partition("/")
    unit = _UNITS.get(what.strip().rstrip(".").replace(" ", ""))
    if unit is None or not slash:
        return unit
    period = _PERIODS.get(per.strip().rstrip("."))
    return f"{unit}/{period}" if period else None


def _without_scale(text: str) -> str:
    return " ".join(word for word in _DOTTED.sub(r"\1. ", text).split() if word.rstrip(".") not in SCALES)


def _last_word(text: str) -> str:
    return text.rpartition(" ")[2].strip("()[],. ")
