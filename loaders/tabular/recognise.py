"""What the columns of a table hold, told by their values; headings only decide between equals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from graph_service.domain.names import split_name
from graph_service.domain.quantities import parse_decimal
from graph_service.errors import BadInput
from loaders.gazetteer.gazetteer import Gazetteer
from loaders.sheets import Sheet
from loaders.tabular.cells import date_text, identifier, is_empty, parse_degrees, parse_money, parse_number, parse_part
from loaders.tabular.header import told_apart
from loaders.tabular.units import is_of_one, is_percent, measure_of

_SAMPLE = 500
ENOUGH = 0.7
"""A column holds what at least this share of its filled cells are."""
_ENOUGH_CALLED_SO = 0.4  # where the heading says it too; the wrong cells become rejects, with the reason
_ENOUGH_FORMS = 0.4  # few lists spell out the legal form of every firm
_OKPD2 = re.compile(r"^\d{2}\.\d{1,2}(?:\.\d{2}(?:\.\d{3})?)?$")
_OKVED2 = re.compile(r"^\d{2}\.\d{1,2}(?:\.\d{1,2})?$")
_CODE = re.compile(r"^\d{8}(?:\d{3})?$")
_PRECISE = re.compile(r"^-?\d{1,3}[.,]\d{3,}$")
_KOPECKS = re.compile(r"[.,]\d{2}$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_PERCENTAGE = re.compile(r"\d\s*%$")
_COUNTER = re.compile(r"^(?:№|#|n)?\s*(?:п\s*/?\s*п\.?)?$", re.IGNORECASE)
"""The heading above row numbers: «№ п/п»."""

_UNIT = re.compile(r"\b(?:ед\.?\s*изм|единиц|океи|okei|units?(?![^\W_]))", re.IGNORECASE)
_SHARE = re.compile(r"(?<![^\W_])(?:дол[яию]|долей|удельный\s+вес|share)(?![^\W_])", re.IGNORECASE)
_SHARE_ALONE = re.compile(r"(?:доля|share)(?:\s*[,(]?\s*%\s*\)?)?", re.IGNORECASE)
_METRES = re.compile(r"[,;:(\[]\s*[мm]\.?\s*[)\]]?$", re.IGNORECASE)
_TONNES = re.compile(r"[,;:(\[]\s*т\.?\s*[)\]]?$", re.IGNORECASE)

_NUMBERS = {
    "inn": re.compile(r"\b(?:инн|inn)\b", re.IGNORECASE),
    "ogrn": re.compile(r"\b(?:огрн|ogrn)\b", re.IGNORECASE),
}
HINTS: dict[str, tuple[str, ...]] = {
    "money": ("сумм", "цена", "цены", "стоимост", "руб", "выручк", "sum", "price", "cost", "value", "amount",
              "revenue"),
    "quantity": ("кол-во", "количеств", "объем", "объём", "quantity", "qty", "volume"),
    "date": ("дата", "date"),
    "price": ("цена", "цены", "price", "тариф"),
    "sum": ("сумм", "стоимост", "sum", "total", "amount"),
    "bought": ("закуп", "поставк", "поставщик", "снабжен", "purchas", "procure", "suppl"),
    "market": ("рынок", "рынк", "market"),
    "sales_share": ("продаж", "сбыт", "выручк", "реализац", "sales", "revenue"),
    "name": ("наименован", "назван", "организац", "компан", "предприят", "фирм", "name", "company", "supplier",
             "customer", "поставщик", "заказчик", "покупател", "продавец", "seller", "buyer"),
    "goods": ("товар", "продукц", "номенклатур", "окпд", "okpd", "product", "goods", "item"),
    "address": ("адрес", "address"),
    "industry": ("отрасл", "industry", "sector"),
    "city": ("город", "населен", "населён", "city", "town"),
    "lat": ("lat", "широт"),
    "lon": ("lon", "lng", "долгот"),
    "oktmo": ("октмо", "oktmo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: its heading.
        example: the first filled cell.
        kind: what it seems to hold.
        fit: the share of its filled cells that are that.
        role: whom it belongs to, ``firm``, ``supplier`` or ``customer``; None for what is of the row as a whole.
        largest: the largest number in its cells, if there is one: shares above 1 are percentages.
    """

    name: str
    example: str
    kind: str
    fit: float
    role: str | None = None
    largest: float | None = None


def hinted(heading: str, kind: str) -> bool:
    """Whether a heading speaks of such a kind."""
    return any(word in heading.casefold() for word in HINTS[kind])


def header_index(sheet: Sheet) -> int | None:
    """The heading: the first row as wide as most, all of it words and most of them different, with rows below."""
    widths = sorted(sum(map(bool, row)) for row in sheet.rows[:100])
    usual = widths[len(widths) // 2] if widths else 0
    for index, row in enumerate(sheet.rows[:100]):
        filled = [cell for cell in row if cell]
        if (
            len(filled) >= max(2, usual - 1)
            and len({cell.casefold() for cell in filled}) * 2 > len(filled)
            and all(_is_heading(cell) for cell in filled)
            and index + 1 < len(sheet.rows)
        ):
            return index
    return None


def _is_heading(cell: str) -> bool:
    return bool(_LETTERS.search(cell) or _COUNTER.match(cell)) and not _PERCENTAGE.search(cell)


def recognise(sheet: Sheet, header: int) -> list[Column]:
    """What each column with a heading holds; columns without a value are left out."""
    tests = _tests(Gazetteer())
    found = []
    for position, heading in enumerate(told_apart(sheet.rows[header])):
        cells = [row[position] for row in sheet.rows[header + 1 :][:_SAMPLE] if position < len(row)]
        filled = [cell for cell in cells if not is_empty(cell)]
        if heading and filled:
            kind, fit = _kind(heading, filled, tests)
            found.append(Column(name=heading, example=filled[0], kind=kind, fit=fit, largest=_largest(filled)))
    return found


def _largest(cells: Sequence[str]) -> float | None:
    numbers = []
    for cell in cells:
        with suppress(BadInput):
            numbers.append(float(parse_decimal(cell)))
    return max(numbers, default=None)


_LONG_NUMBER = re.compile(r"\s*\d[\d\s]{7,16}$")


def _kind(heading: str, cells: Sequence[str], tests: Mapping[str, Callable[[str], bool]]) -> tuple[str, float]:
    fits = {kind: sum(map(test, cells)) / len(cells) for kind, test in tests.items()}
    for kind, word in _NUMBERS.items():
        if word.search(heading) and (fits[kind] > 0 or any(map(_LONG_NUMBER.match, cells))):
            return kind, fits[kind]  # the wrong ones among them become rejects, with the reason
    if not hinted(heading, "oktmo"):
        fits["oktmo"] = 0.0  # eight digits are as well any other number
    amounts = max(fits["number"], fits["money"])
    is_part = _SHARE.search(heading) or is_percent(heading)
    if fits["share"] >= ENOUGH or (is_part and max(fits["part"], amounts) >= _ENOUGH_CALLED_SO):
        return _share(heading, fits)
    if fits["name"] >= _ENOUGH_FORMS:
        fits |= dict.fromkeys(("city", "region", "country"), 0.0)  # ООО «Москва» is no town
    if hinted(heading, "city") and fits["city"] >= ENOUGH:
        return "city", fits["city"]
    if _UNIT.search(heading) and not is_of_one(heading) and not hinted(heading, "money") and amounts < ENOUGH:
        return "unit", 1.0
    if amounts >= _ENOUGH_CALLED_SO and (is_of_one(heading) or _may_be_else(heading)):
        return "number", amounts
    if hinted(heading, "money") or hinted(heading, "quantity"):
        fits["okved2"] = 0.0  # 12.5 is a number there
    measure = measure_of(heading)
    if measure.unit and not measure.currency and amounts >= _ENOUGH_CALLED_SO:
        return "quantity", amounts
    if measure.currency and amounts >= _ENOUGH_CALLED_SO:
        return "money", amounts
    if hinted(heading, "date") and fits["date"] >= _ENOUGH_CALLED_SO:
        return "date", fits["date"]
    for kind in ("inn", "ogrn", "oktmo", "okpd2", "okved2", "date", "country", "region", "city", "point"):
        if fits[kind] >= ENOUGH and not (kind == "okved2" and hinted(heading, "goods")):
            axis = next((axis for axis in ("lat", "lon") if hinted(heading, axis)), kind)
            return (axis if kind == "point" else kind), fits[kind]
    if hinted(heading, "money") and fits["money"] >= ENOUGH:
        return "money", fits["money"]
    if fits["number"] >= ENOUGH:
        return ("quantity" if hinted(heading, "quantity") else "number"), fits["number"]
    if fits["money"] >= ENOUGH:
        return "money", fits["money"]
    return _words(heading, fits)


def _share(heading: str, fits: Mapping[str, float]) -> tuple[str, float]:
    """Of sales or of purchases where the heading says so; «Доля рынка», «НДС, %» and their like are left out."""
    fit = max(fits["share"], fits["part"])
    if fit >= _ENOUGH_CALLED_SO and _SHARE.search(heading) and not hinted(heading, "market"):
        if hinted(heading, "sales_share"):
            return "sales_share", fit
        if hinted(heading, "bought") or (_SHARE_ALONE.fullmatch(heading) and fits["share"] >= ENOUGH):
            return "share", fit
    return "number", 1.0


def _may_be_else(heading: str) -> bool:
    """«м» is as well months or millions, and «т» behind a sum thousands: no figure is better than a wrong one."""
    is_unclear = _METRES.search(heading) or (_TONNES.search(heading) and hinted(heading, "money"))
    return bool(is_unclear) and not hinted(heading, "quantity")


def _words(heading: str, fits: Mapping[str, float]) -> tuple[str, float]:
    for kind in ("address", "industry", "goods"):
        if hinted(heading, kind) and fits["words"] >= ENOUGH:
            return kind, fits["words"]
    if fits["name"] >= (_ENOUGH_FORMS if not hinted(heading, "name") else 0) and fits["words"] >= ENOUGH:
        return "name", fits["name"] if fits["name"] >= _ENOUGH_FORMS else fits["words"]
    return "text", 1.0


def _tests(gazetteer: Gazetteer) -> dict[str, Callable[[str], bool]]:
    return {
        "inn": lambda text: _holds(lambda: identifier("inn", text)),
        "ogrn": lambda text: _holds(lambda: identifier("ogrn", text)),
        "oktmo": lambda text: bool(_CODE.match(text)) and gazetteer.region_of_oktmo(text) is not None,
        "okpd2": lambda text: text.count(".") > 1 and bool(_OKPD2.match(text)),
        "okved2": lambda text: "." in text and bool(_OKVED2.match(text)) and int(text[:2]) > 0,
        "date": lambda text: not text.strip().isdigit() and _holds(lambda: date_text(text)),
        "share": lambda text: text.endswith("%") and _holds(lambda: parse_part(text)),
        "part": lambda text: _holds(lambda: parse_part(text, Decimal("0.01"))),
        "country": lambda text: gazetteer.find_country(text) is not None,
        "region": lambda text: bool(_LETTERS.search(text)) and gazetteer.find_region(text) is not None,
        "city": lambda text: bool(_LETTERS.search(text)) and gazetteer.city(text) is not None,
        "point": lambda text: bool(_PRECISE.match(text)) and _holds(lambda: parse_degrees(text)) and _on_earth(text),
        "money": lambda text: _holds(lambda: parse_money(text)),
        "number": lambda text: not _KOPECKS.search(text) and _holds(lambda: parse_number(text)),
        "name": lambda text: bool(split_name(text).forms),
        "words": lambda text: bool(_LETTERS.search(text)),
    }


def _on_earth(text: str) -> bool:
    return abs(parse_degrees(text)) <= 180


def _holds(parse: Callable[[], object]) -> bool:
    with suppress(BadInput):
        parse()
        return True
    return False
