"""Amounts, shares, distances, dates and ages as a person reads them; nothing is rounded away unsaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any

from babel.dates import format_timedelta

from graph_service.api.labels import ui, word
from graph_service.questions.wording import day_words, number

NBSP = "\N{NO-BREAK SPACE}"
_SCALES = (
    (Decimal(10) ** 12, {"en": "tn", "ru": "трлн"}),
    (Decimal(10) ** 9, {"en": "bn", "ru": "млрд"}),
    (Decimal(10) ** 6, {"en": "m", "ru": "млн"}),
)
_CURRENCY_LETTERS = 3
_MAX_DECIMALS = 3
_AGES = (365, 30, 7)


def amount(value: Mapping[str, Any], lang: str) -> str:
    """An amount or sum: ``≥ 30``, ``1 600 т/мес.``, ``7 млрд ₽``."""
    unit = value.get("unit")
    if is_money(unit):
        text = _money(value, str(unit), lang)
    else:
        text = _interval(value, lambda bound: number(bound, lang))
        if unit is not None:
            text = f"{text}{NBSP}{unit_text(unit, lang)}"
    return f"{text} {word(lang, 'unit', 'a_year')}" if value.get("per_year") else text


def exact_amount(value: Mapping[str, Any], lang: str) -> str:
    """The same with every digit and the unit as the graph keeps it."""
    text = _interval(value, lambda bound: number(bound, lang))
    return f"{text}{NBSP}{value['unit']}" if value.get("unit") else text


def is_money(unit: object) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return isinstance(unit, str) and len(unit) == _CURRENCY_LETTERS and unit.isascii() and unit.isupper()


def unit_text(unit: str, lang: str) -> str:
    """``t/month`` → ``т/мес.``; ``m2/year`` → ``м² в год``."""
    top, *below = unit.split("/")
    text = word(lang, "unit", top)
    for part in below:
        text = (
            f"{text} {word(lang, 'unit', f'per_{part}')}"
            if part in ("year", "month", "day")
            else f"{text}/{word(lang, 'unit', part)}"
        )
    return text


def _money(value: Mapping[str, Any], currency: str, lang: str) -> str:
    bounds = [Decimal(value[end]) for end in ("low", "high") if end in value]
    scale, name = _scale(bounds)
    text = _interval(value, lambda bound: number(str(_plain(Decimal(bound) / scale)), lang))
    text = f"{text}{NBSP}{name[lang]}" if name else text
    sign = word(lang, "unit", currency)
    return f"{sign}{NBSP}{text}" if lang == "en" else f"{text}{NBSP}{sign}"


def _scale(bounds: Sequence[Decimal]) -> tuple[Decimal, Mapping[str, str]]:
    """The largest scale at which every bound keeps all its digits within three decimals."""
    for scale, name in _SCALES:
        if bounds and all(
            abs(bound) >= scale and -_plain(bound / scale).as_tuple().exponent <= _MAX_DECIMALS  # type: ignore[operator]
            for bound in bounds
        ):
            return scale, name
    return Decimal(1), {}


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _interval(value: Mapping[str, Any], shown: Any) -> str:
    low, high = (shown(value[end]) if end in value else None for end in ("low", "high"))
    return _between(low, high)


def _between(low: str | None, high: str | None) -> str:
    if high is None:
        return f"≥{NBSP}{low}"
    if low is None:
        return f"≤{NBSP}{high}"
    return low if low == high else f"{low}–{high}"


def count(low: object, high: object, lang: str) -> str:
    """How many of a group: ``≥ 30``; said too where nobody has counted."""
    if low is None and high is None:
        return ui(lang, "not_counted")
    return _between(*(None if bound is None else number(str(bound), lang) for bound in (low, high)))


def index(bounds: Sequence[float], lang: str) -> str:
    """An index from 0 to 1, to a thousandth and rounded outward: ``0.38``, ``0.34–0.58``."""
    low, high = (Decimal(str(bound)) for bound in bounds)
    rounding = (ROUND_HALF_EVEN, ROUND_HALF_EVEN) if low == high else (ROUND_FLOOR, ROUND_CEILING)
    return _between(
        *(
            number(str(_plain(bound.quantize(Decimal("0.001"), rounding=way))), lang)
            for bound, way in zip((low, high), rounding, strict=True)
        )
    )


def share(bounds: Sequence[float] | None, lang: str) -> str:
    """A share in percent, to a tenth and rounded outward: ``40 %``, ``15–16 %``, ``≥ 38 %``, or that it is unknown."""
    if bounds is None or (bounds[0] <= 0 and bounds[1] >= 1):
        return ui(lang, "share_unknown")
    low, high = (Decimal(str(bound)) * 100 for bound in bounds)
    tenth = Decimal("0.1")
    rounding = (ROUND_HALF_EVEN, ROUND_HALF_EVEN) if low == high else (ROUND_FLOOR, ROUND_CEILING)
    texts = [
        number(str(_plain(bound.quantize(tenth, rounding=way))), lang)
        for bound, way in zip((low, high), rounding, strict=True)
    ]
    text = _between(None if low <= 0 < high else texts[0], None if high >= 100 > low else texts[1])
    return text + ("%" if lang == "en" else f"{NBSP}%")


def exact_share(bounds: Sequence[float], lang: str) -> str:
    """Both bounds with all their digits."""
    return "[" + "; ".join(number(str(bound), lang) for bound in bounds) + "]"


def kilometres(bounds: Sequence[float], lang: str) -> str:
    """A distance: ``20 км``, ``6–36 км``."""
    low, high = (number(str(bound), lang) for bound in bounds)
    return f"{_between(low, high)}{NBSP}{word(lang, 'unit', 'km')}"


def day(text: str, lang: str) -> str:
    """An ISO date as the language writes it; anything else as it is."""
    try:
        value = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return day_words(value, lang)


def moment(text: str, lang: str) -> str:
    """An ISO time to the minute, in UTC."""
    try:
        value = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return text
    return f"{day(value.date().isoformat(), lang)}, {value:%H:%M}{NBSP}UTC"


def period(text: str, lang: str) -> str:
    """``2016-01-01/2016-12-31`` → ``2016``; other periods by their days."""
    first, _, last = text.partition("/")
    if first[:4] == last[:4] and first[4:] == "-01-01" and last[4:] == "-12-31":
        return first[:4]
    if first == last:
        return day(first, lang)
    return f"{'…' if first == '..' else day(first, lang)} – {'…' if last == '..' else day(last, lang)}"


def age(days: int, lang: str) -> str:
    """``9 лет назад``; of what is yet to come nothing is said."""
    if days < 0:
        return ""
    if days == 0:
        return ui(lang, "today")
    # Whole years, months or weeks that have passed: nine years and ten months are not ten years.
    unit = next((unit for unit in _AGES if days >= unit), 1)
    passed = timedelta(days=days // unit * unit)
    return str(format_timedelta(-passed, granularity="day", threshold=1, add_direction=True, locale=lang))


def age_of(text: str, valid_at: str, lang: str) -> str:
    """How long before ``valid_at`` a day was."""
    try:
        return age((date.fromisoformat(valid_at) - date.fromisoformat(text)).days, lang)
    except ValueError:
        return ""
