"""Cells as people write them: what is read, what is refused, and that nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from graph_service.errors import BadInput
from loaders.tabular.cells import (
    date_text,
    identifier,
    is_empty,
    parse_degrees,
    parse_money,
    parse_number,
    parse_part,
)


@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "н/д", "Н/Д", "нет данных", "-", "—", "#N/A"])
def test_what_says_nothing_is_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize("text", ["0", "нет", "-5", "Нд-завод"])
def test_what_says_something_is_not_empty(text: str) -> None:
    assert not is_empty(text)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("344484.59", "344484.59", None),
        ("1\u00a0250\u202f000,50 руб.", "1250000.50", "RUB"),
        ("1 200,50 тыс. руб.", "1200500", "RUB"),
        ("5 млн", "5000000", None),
        ("1,5 млрд ₽", "1500000000", "RUB"),
        ("2 284 384 553,82 р.", "2284384553.82", "RUB"),
        ("$ 1.2 million", "1200000", "USD"),
        ("12 тыс. долл. США", "12000", "USD"),
        ("1.234.567,89 €", "1234567.89", "EUR"),
        ("−15 руб.", "-15", "RUB"),
    ],
)
def test_money(text: str, amount: str, currency: str | None) -> None:
    found = parse_money(text)
    assert (found.amount, found.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["много", "5 шт", "5 руб. или 6 руб.", "5 руб. $", "12 млн тонн", "1234567890123456,78 руб."]
)
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_money(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12.07.2017", "12.07.2017"),
        ("12 июля 2017 г.", "2017-07-12"),
        ("15 Mar 2026", "2026-03-15"),
        ("September 2026", "2026-09"),
        ("«1» мая 2017 года", "2017-05-01"),
        ("июль 2017", "2017-07"),
        ("май 2017 г.", "2017-05"),
        ("2017 г.", "2017"),
        ("12.07.2017 10:15", "12.07.2017"),
        ("2018-01-09T17:04:38.763+03:00", "2018-01-09T17:04:38.763+03:00"),
    ],
)
def test_dates(text: str, said: str) -> None:
    assert date_text(text) == said


@pytest.mark.parametrize("text", ["31.02.2019", "31 февраля 2019 г.", "12 мюля 2017 г.", "12.07.17", "скоро", "13"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        date_text(text)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("inn", "0105056025", "0105056025"),
        ("inn", "105056025", "0105056025"),  # a spreadsheet took it for a number
        ("inn", "105056025.0", "0105056025"),
        ("inn", " 3448 003962 ", "3448003962"),
        ("inn", "550100667957", "550100667957"),
        ("ogrn", "1027700132195", "1027700132195"),
    ],
)
def test_numbers_of_firms(kind: str, text: str, number: str) -> None:
    assert identifier(kind, text) == number


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("inn", "3448003963"),
        ("inn", "105056026"),  # with the zero put back the check digit is wrong too
        ("inn", "0000000000"),
        ("inn", "000000000"),
        ("inn", "3,44800E+09"),
        ("inn", "5056025"),  # two zeros are never lost: no region is 00
        ("ogrn", "1027700132196"),
    ],
)
def test_a_wrong_number_identifies_nobody(kind: str, text: str) -> None:
    with pytest.raises(BadInput, match=kind.upper()):
        identifier(kind, text)


@pytest.mark.parametrize(
    ("text", "times", "part"), [("40 %", "1", "0.4"), ("0,35", "1", "0.35"), ("35", "0.01", "0.35")]
)
def test_shares(text: str, times: str, part: str) -> None:
    assert parse_part(text, Decimal(times)) == Decimal(part)


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (parse_part, "140 %"),
        (parse_part, "35"),
        (lambda text: parse_part(text, Decimal("0.01")), "140"),
        (parse_number, "5 шт"),
        (parse_degrees, "48°47'"),
        (parse_degrees, "1e1"),
    ],
)
def test_numbers_that_are_refused(parse: Callable[[str], object], text: str) -> None:
    with pytest.raises(BadInput):
        parse(text)


def test_coordinates_lose_the_noise_of_binary_fractions() -> None:
    assert parse_degrees("75.23040379999999") == Decimal("75.2304038")
    assert parse_degrees("-3,3615643") == Decimal("-3.3615643")
