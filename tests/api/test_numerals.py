"""Figures, dates and ages as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest

from graph_service.api import numerals
from graph_service.api.passages import passages

NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "ru", "en"),
    [
        ({"low": "7000000000", "high": "7000000000", "unit": "RUB"}, "7 млрд ₽", "RUB 7 bn"),
        ({"low": "1000000000", "high": "1500000000", "unit": "RUB"}, "1–1,5 млрд ₽", "RUB 1–1.5 bn"),
        ({"low": "800000000", "unit": "RUB"}, "≥ 800 млн ₽", "RUB ≥ 800 m"),
        # A scale at which digits would be lost is not taken.
        ({"low": "1234567890", "high": "1234567890", "unit": "USD"}, "1 234 567 890 $", "USD 1,234,567,890"),
        ({"low": "1600", "high": "1600", "unit": "t/month"}, "1 600 т в месяц", "1,600 t a month"),
        ({"low": "19200", "high": "19200", "unit": "t", "per_year": True}, "19 200 т в год", "19,200 t a year"),
        ({"low": "0.5", "high": "0.7", "unit": "t/t"}, "0,5–0,7 т/т", "0.5–0.7 t/t"),
        ({"high": "3000000", "unit": "m2/year"}, "≤ 3 000 000 м² в год", "≤ 3,000,000 m² a year"),
        ({"low": "30"}, "≥ 30", "≥ 30"),
        ({"low": "5", "high": "5", "unit": "furlong"}, "5 furlong", "5 furlong"),
    ],
)
def test_amounts(value: dict[str, Any], ru: str, en: str) -> None:
    assert (plain(numerals.amount(value, "ru")), plain(numerals.amount(value, "en"))) == (ru, en)


def test_the_exact_amount_has_every_digit() -> None:
    value = {"low": "7000000000", "high": "7000000000", "unit": "RUB"}
    assert plain(numerals.exact_amount(value, "ru")) == "7 000 000 000 RUB"


@pytest.mark.parametrize(
    ("bounds", "ru"),
    [
        ([0.4, 0.4], "40 %"),
        ([0.15, 0.163333], "15–16,4 %"),
        ([0.38, 1.0], "≥ 38 %"),
        ([0.0, 0.2], "≤ 20 %"),
        ([1.0, 1.0], "100 %"),
        ([0.0, 0.0], "0 %"),
        ([0.0, 1.0], "доля неизвестна"),
        (None, "доля неизвестна"),
    ],
)
def test_shares_are_rounded_outward_and_unknown_ones_said(bounds: list[float] | None, ru: str) -> None:
    assert plain(numerals.share(bounds, "ru")) == ru


@pytest.mark.parametrize(
    ("days", "ru", "en"),
    [
        (0, "сегодня", "today"),
        (1, "1 день назад", "1 day ago"),
        (20, "2 недели назад", "2 weeks ago"),
        (330, "11 месяцев назад", "11 months ago"),
        (365, "1 год назад", "1 year ago"),
        (3535, "9 лет назад", "9 years ago"),  # nine years and eight months are not ten
        (-5, "", ""),
    ],
)
def test_ages_count_what_has_passed(days: int, ru: str, en: str) -> None:
    assert (numerals.age(days, "ru"), numerals.age(days, "en")) == (ru, en)


def test_days_and_periods() -> None:
    assert (numerals.day("2017-03-21", "ru"), numerals.day("2017-03-21", "en")) == ("21.03.2017", "21 Mar 2017")
    assert numerals.day("soon", "ru") == "soon"
    assert numerals.period("2016-01-01/2016-12-31", "ru") == "2016"
    assert numerals.period("2016-01-01/2017-12-31", "ru") == "01.01.2016 – 31.12.2017"
    assert numerals.period("../2016-05-05", "ru") == "… – 05.05.2016"
    assert plain(numerals.moment("2026-11-24T14:46:58+03:00", "ru")) == "24.11.2026, 11:46 UTC"


def test_counts_of_groups() -> None:
    assert plain(numerals.count(30, None, "ru")) == "≥ 30"
    assert plain(numerals.count(30, 40, "ru")) == "30–40"
    assert plain(numerals.count(3, 3, "ru")) == "3"
    assert plain(numerals.count(None, None, "ru")) == "число не названо"


def test_overlapping_quotes_cut_a_text_without_losing_a_letter() -> None:
    text = "Завод берёт сырьё у соседей, прокат — издалека."
    quotes = [
        {"claim": "a", "start": 0, "end": 27},
        {"claim": "b", "start": 12, "end": 17},
        {"claim": "c", "start": 12, "end": 35},
        {"claim": "beyond", "start": 40, "end": 400},
    ]
    found = passages(text, quotes, {"a": 1, "b": 2, "c": 3})
    assert "".join(piece.text for piece in found) == text
    by_text = {piece.text: piece for piece in found}
    assert by_text["сырьё"].claims == ["b", "c", "a"] or by_text["сырьё"].claims == ["b", "a", "c"]
    assert set(by_text["сырьё"].anchors) == {"b", "c"}
    assert by_text["сырьё"].ends == [("b", 2)]
    assert by_text[" у соседей"].ends == [("a", 1)]
    assert not any("beyond" in piece.claims for piece in found)
