"""Dates as sources write them, and the two clocks: when it was true and when we knew it."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from graph_service.domain.said import said
from graph_service.errors import BadInput

_DATE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_HALF = re.compile(r"^(\d{4})-?H([1-4])$", re.IGNORECASE)
_QUARTER = re.compile(r"^(\d{4})-?Q([1-4])$", re.IGNORECASE)
_RUSSIAN = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_YEARS = re.compile(r"^\d{4}\s*[-–]\s*\d{4}$")
_TIMESTAMP = re.compile(r"^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}")
_AGE = re.compile(r"^(\d{1,9})\s*([dwmy])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from ``start`` to before ``end``."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A state of the store and the moment (UTC, ISO 8601) it was completed."""

    number: int
    committed_at: str


def today() -> date:
    """The day it is here."""
    return datetime.now().astimezone().date()


def _month_after(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1)


def parse_span(text: str) -> Span:
    """The days that a date of any precision covers.

    Accepts ``2017``, ``2017-07``, ``2017-07-12``, ``12.07.2017``, ``2015-H1``, ``2015-Q1``, a time stamp,
    and two of them joined by ``/``, or two years joined by ``-``.

    Raises:
        BadInput: the text is none of these or names no real day.
    """
    first, slash, last = text.partition("/")
    return Span(start=_span(first).start, end=_span(last).end) if slash else _span(text)


def _span(text: str) -> Span:
    text = text.strip()
    try:
        if _YEARS.match(text):
            return Span(start=date(int(text[:4]), 1, 1), end=date(int(text[-4:]) + 1, 1, 1))
        if stamp := _TIMESTAMP.match(text):
            text = stamp[1]
        if match := _RUSSIAN.match(text):
            day = date(int(match[3]), int(match[2]), int(match[1]))
            return Span(start=day, end=day + timedelta(days=1))
        if match := _QUARTER.match(text):
            year, quarter = int(match[1]), int(match[2])
            return Span(start=date(year, 3 * quarter - 2, 1), end=_month_after(year, 3 * quarter))
        if (match := _HALF.match(text)) and int(match[2]) <= 2:
            year, half = int(match[1]), int(match[2])
            return Span(start=date(year, 6 * half - 5, 1), end=_month_after(year, 6 * half))
        if match := _DATE.match(text):
            year = int(match[1])
            if match[2] is None:
                return Span(start=date(year, 1, 1), end=date(year + 1, 1, 1))
            if match[3] is None:
                return Span(start=date(year, int(match[2]), 1), end=_month_after(year, int(match[2])))
            day = date(year, int(match[2]), int(match[3]))
            return Span(start=day, end=day + timedelta(days=1))
    except (ValueError, OverflowError) as problem:
        raise BadInput(said("no-real-date", text=text, why=problem)) from problem
    raise BadInput(said("no-date", text=text))


def oldest_seen(max_age: str, today: date) -> date:
    """The earliest ``last_seen`` that ``max_age`` (``90d``, ``6m``, ``5y``) allows at ``today``.

    An age from before all days allows every day.

    Raises:
        BadInput: the text is no age.
    """
    match = _AGE.match(max_age.strip())
    if not match:
        raise BadInput(f"{max_age!r} is no age: write 90d, 12w, 6m or 5y", parameter="max_age")
    amount, unit = int(match[1]), match[2].lower()
    if unit in "dw":
        days = amount * (7 if unit == "w" else 1)
        return today - timedelta(days=days) if days < today.toordinal() else date.min
    return months_before(today, amount * (12 if unit == "y" else 1))


def months_before(day: date, months: int) -> date:
    """The same day ``months`` earlier, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        return date.min
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
