"""Cells as people write them in Russian and English spreadsheets, to the exact texts of the claims format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from graph_service.domain.clocks import parse_span
from graph_service.domain.identity import checked_identifier
from graph_service.domain.quantities import checked_decimal, parse_decimal, parse_share
from graph_service.domain.said import said
from graph_service.errors import BadInput

_EMPTY = frozenset({
    "", "na", "n/a", "#n/a", "#н/д", "nan", "null", "none", "nil", "н/д", "н.д.", "нд", "нет данных", "не указано",
    "не указан", "-", "–", "—", "--", "...", "…",
})  # fmt: skip
_MONEY = re.compile(r"^(?P<before>[^\d+\-−]*)(?P<number>[+\-−]?\s*\d[\d\s\u00a0\u202f'.,]*)(?P<after>.*)$", re.DOTALL)
SCALES = {
    "тыс": 10**3, "тысяч": 10**3, "тысячах": 10**3, "thousand": 10**3, "млн": 10**6, "миллион": 10**6,
    "миллиона": 10**6, "миллионов": 10**6, "миллионах": 10**6, "million": 10**6, "mln": 10**6, "млрд": 10**9,
    "миллиард": 10**9, "миллиарда": 10**9, "миллиардов": 10**9, "billion": 10**9, "bn": 10**9,
}  # fmt: skip
CURRENCIES = {
    "руб": "RUB", "рубль": "RUB", "рубля": "RUB", "рублей": "RUB", "рублях": "RUB", "р": "RUB", "₽": "RUB",
    "rub": "RUB", "rur": "RUB", "$": "USD", "usd": "USD", "долл": "USD", "долларов": "USD", "долларах": "USD",
    "доллар": "USD", "доллара": "USD", "сша": "USD", "€": "EUR", "eur": "EUR", "евро": "EUR", "£": "GBP",
    "gbp": "GBP", "cny": "CNY", "юань": "CNY", "юаней": "CNY", "юаня": "CNY", "¥": "CNY", "kzt": "KZT",
    "тенге": "KZT", "byn": "BYN",
}  # fmt: skip
_MONTHS = {
    name: number
    for names in (
        ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    )
    for number, name in enumerate(names, start=1)
}
_WORDS = re.compile(r"^(?:«?(\d{1,2})»?\s+)?([а-яa-z]{3,9})\.?\s+(\d{4})\s*(?:г\.?|года)?$", re.IGNORECASE)
_CLOCK = re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{4})[ T]+\d{1,2}:\d{2}(?::\d{2})?$")
_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:г\.?|года?)$", re.IGNORECASE)
_WHOLE_FLOAT = re.compile(r"^(\d+)[.,]0+$")
_DEGREES = re.compile(r"^[+-]?\d{1,3}(?:\.\d+)?$")
_LENGTHS: dict[str, Sequence[int]] = {"inn": (10, 12), "ogrn": (13, 15)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An exact amount, the currency if the cell names it, and whether the cell says «тыс.» or its like itself."""

    amount: Decimal
    currency: str | None
    is_scaled: bool = False

    def amount_times(self, times: Decimal) -> Decimal:
        """The amount, multiplied unless the cell itself says by what."""
        return self.amount if self.is_scaled else self.amount * times


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, «н/д», "NA" and their like."""
    return text.strip().casefold() in _EMPTY


def parse_money(text: str) -> Money:
    """Money as written: ``1 250 000,50 руб.``, ``344,5 тыс. руб.``, ``$ 1.2 million``, ``4521``.

    Raises:
        BadInput: there is no number, a word that is neither scale nor currency, or two currencies.
    """
    match = _MONEY.match(text.strip())
    if match is None:
        raise BadInput(said("no-money", text=text))
    # A dot right after the digits belongs to the number only if a digit follows, which the pattern cannot say.
    number = match["number"].strip().rstrip(".,").replace("−", "-")
    words = re.findall(r"[^\W\d_]+|[^\s\w.,()]", f"{match['before']} {match['after']}".casefold())
    amount, currencies = parse_decimal(number), set()
    for word in words:
        if word in SCALES:
            amount *= SCALES[word]
        elif word in CURRENCIES:
            currencies.add(CURRENCIES[word])
        else:
            raise BadInput(said("no-money-word", text=text, word=word))
    if re.search(r"\d", match["after"]) or len(currencies) > 1:
        raise BadInput(said("two-amounts", text=text))
    is_scaled = any(word in SCALES for word in words)
    currency = currencies.pop() if currencies else None
    return Money(amount=checked_decimal(amount), currency=currency, is_scaled=is_scaled)


def parse_number(text: str, times: Decimal = Decimal(1)) -> Decimal:
    """A number with spaces, a decimal comma or point, multiplied by ``times``.

    Raises:
        BadInput: it is no number.
    """
    return checked_decimal(parse_decimal(text.replace("−", "-")) * times)


def parse_degrees(text: str) -> Decimal:
    """A coordinate in degrees, to nine decimals (a tenth of a millimetre): more is noise of binary fractions.

    Raises:
        BadInput: it is no number.
    """
    compact = text.strip().replace(",", ".").replace("−", "-")
    if not _DEGREES.match(compact):
        raise BadInput(said("no-coordinate", text=text))
    return round(Decimal(compact), 9)


def parse_part(text: str, times: Decimal = Decimal(1)) -> Decimal:
    """A share from 0 to 1: ``0,35``, ``35 %``; with ``times`` 0.01 also ``35``.

    Raises:
        BadInput: it is no number or not between 0 and 100 %.
    """
    if times == 1 or text.strip().endswith("%"):
        return parse_share(text)
    part = parse_number(text, times)
    if not 0 <= part <= 1:
        raise BadInput(said("share-out-of-range", text=text))
    return part


def date_text(text: str) -> str:
    """A date as the claims format writes it: ``12.07.2017``, «12 июля 2017 г.», "15 Mar 2026", time stamps.

    Raises:
        BadInput: it is no date, or no real day.
    """
    plain = " ".join(text.split())
    if clock := _CLOCK.match(plain):
        plain = clock[1]
    elif words := _WORDS.match(plain):
        month = words[2].casefold().replace("май", "мая")[:3]
        if month in _MONTHS:
            plain = f"{words[3]}-{_MONTHS[month]:02d}" + (f"-{int(words[1]):02d}" if words[1] else "")
    else:
        plain = _YEAR_WORD.sub("", plain)
    try:
        parse_span(plain)
    except BadInput as problem:
        if plain == text:
            raise
        raise BadInput(said("no-date-but", text=text, why=problem.detail)) from problem
    return plain


def identifier(kind: str, text: str) -> str:
    """An INN, OGRN or LEI with its check digits verified.

    A spreadsheet that took an INN for a number has lost its first zero: the zero is put back only if the check digits
    hold then.

    Raises:
        BadInput: the number identifies nobody.
    """
    compact = "".join(text.split()).lstrip("'")
    if whole := _WHOLE_FLOAT.match(compact):
        compact = whole[1]
    if kind in _LENGTHS and not compact.strip("0"):
        raise BadInput(said("only-zeros", kind=said(f"kind-{kind}"), text=text), parameter=kind)
    if kind in _LENGTHS and compact.isdigit() and len(compact) + 1 in _LENGTHS[kind]:
        with suppress(BadInput):  # no lost zero then: the number as written is what is wrong
            return checked_identifier(kind, "0" + compact)
    return checked_identifier(kind, compact)
