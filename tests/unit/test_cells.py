"""Cells: as people write them, and a whole column exactly as one by one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import orjson
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_service.domain.clocks import parse_span
from graph_service.domain.names import fold
from graph_service.domain.quantities import parse_decimal, parse_share
from graph_service.errors import BadInput
from loaders.cells import parse_flag
from loaders.columnar.attributes import attributes_json
from loaders.columnar.casting import as_text, dates, flags, inns, numbers, shares
from loaders.columnar.registry import Registry
from loaders.resolve.resolve import canonical_attributes
from loaders.tabular.cells import date_text, identifier, is_empty, parse_money

NUMBERS = (
    "0", "1", "-1", "+2.5", "1 200 000,50", "1,234,567", "1.234,5", "1,234.5", "12,5", ".5", "7.", "1e5", "0.000001",
    "999999999999999", "1\u00a0000", "1\u202f000", "1'000", "0012", "-0", "1.50",
)  # fmt: skip
NO_NUMBERS = (
    "many", "1.2.3", "12 t", "--1", "1e", "nan", "inf", "-inf", "1/2", "9999999999999999", "1.234567890123456", "1e40", "½",
)  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_a_column_of_numbers_is_read_as_single_ones(text: str) -> None:
    cast = numbers(pl.Series("value", [text, None, " "]))
    assert cast.value.to_list() == [float(parse_decimal(text)), None, None]
    assert cast.problem.to_list() == [None, None, None]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_reported_and_never_guessed(text: str) -> None:
    cast = numbers(pl.Series("value", ["5", text]))
    assert cast.value.to_list() == [5.0, None]
    fine, problem = cast.problem.to_list()
    assert fine is None
    assert problem.startswith("value: ")
    assert text in problem


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_numbers_keep_every_digit_that_is_allowed(number: Decimal) -> None:
    text = f"{number:f}"
    cast = numbers(pl.Series("value", [text]))
    try:
        expected = float(parse_decimal(text))
    except BadInput:
        assert cast.value.to_list() == [None]
        assert "15 significant digits" in cast.problem[0]
    else:
        assert (cast.value[0], cast.problem[0]) == (expected, None)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,- e+'\u00a0%", max_size=9))
def test_no_text_is_taken_for_another_number(text: str) -> None:
    (value,) = numbers(pl.Series("value", [text])).value.to_list()
    if value is not None:
        assert value == float(parse_decimal(text))


@pytest.mark.parametrize("text", ["0.35", "0,35", "35 %", "35%", "33.3%", "0", "1", "100 %", "0.1%"])
def test_shares_are_read_as_single_ones(text: str) -> None:
    cast = shares(pl.Series("share", [text]))
    assert (cast.value[0], cast.problem[0]) == (float(parse_share(text)), None)


@pytest.mark.parametrize("text", ["140 %", "1.4", "-1%", "half", "1e2%x"])
def test_no_share_beyond_the_whole(text: str) -> None:
    cast = shares(pl.Series("share", [text]))
    assert cast.value[0] is None
    assert cast.problem[0].startswith("share: ")


def test_dates_of_any_precision_and_typed_ones() -> None:
    texts = ["2017", "2017-07", "12.07.2017", "2015-H1", "2015-Q2", "2014-01/2014-09", None]
    spans = dates(pl.Series("valid_from", texts))
    expected = [None if text is None else parse_span(text) for text in texts]
    assert spans.start.to_list() == [span and span.start for span in expected]
    assert spans.end.to_list() == [span and span.end for span in expected]
    typed = dates(pl.Series("valid_from", [date(2020, 2, 29), None]))
    assert (typed.start[0], typed.end[0]) == (date(2020, 2, 29), date(2020, 3, 1))
    assert dates(pl.Series("valid_from", [datetime(2020, 5, 1, 23, 59)])).start[0] == date(2020, 5, 1)  # noqa: DTZ001
    wrong = dates(pl.Series("valid_from", ["31.02.2020", "soon"])).problem.to_list()
    assert "no real date" in wrong[0]
    assert "no date" in wrong[1]


def test_flags_are_true_false_or_unknown() -> None:
    texts = ["true", "нет", "Да", "0", None]
    assert flags(pl.Series("essential", texts)).value.to_list() == [text and parse_flag(text) for text in texts]
    assert "neither true nor false" in flags(pl.Series("essential", ["maybe"])).problem[0]
    assert flags(pl.Series("essential", [True, None])).value.to_list() == [True, None]


def test_typed_columns_mean_what_their_text_means() -> None:
    assert as_text(pl.Series("id", [7.0, 7.5, None, 3448003962.0])).to_list() == ["7", "7.5", None, "3448003962"]
    assert as_text(pl.Series("id", [7, None])).to_list() == ["7", None]
    assert numbers(pl.Series("value", [0.1 + 0.2, float("nan")])).value.to_list() == [0.3, None]
    assert numbers(pl.Series("value", [10**15 + 1])).problem[0] is not None
    assert numbers(pl.Series("value", ["12.50"]).cast(pl.Decimal(10, 2))).value.to_list() == [12.5]
    assert inns(pl.Series("inn", [105002781, 3448003962])).value.to_list() == ["0105002781", "3448003962"]
    assert inns(pl.Series("inn", ["105002781"])).value.to_list() == [None], "only a number loses its zero by itself"
    with pytest.raises(BadInput, match="not single values"):
        as_text(pl.Series("id", [[1, 2]]))


VALUES = st.one_of(st.none(), st.text(max_size=12))


@settings(deadline=None)
@given(VALUES, VALUES, st.one_of(st.none(), st.floats(-1e15, 1e15)), st.booleans())
def test_attributes_are_the_json_of_single_rows(
    name: str | None, kind: str | None, lat: float | None, tied: bool
) -> None:
    tie = "abc" if tied else None
    frame = pl.DataFrame(
        {"name": [name], "industry": [kind], "lat": [lat], "same_as": [tie]},
        schema={"name": pl.String, "industry": pl.String, "lat": pl.Float64, "same_as": pl.String},
    ).with_columns(pl.when(pl.col("name", "industry") != "").then(pl.col("name", "industry")))
    (text,) = attributes_json(frame).to_list()
    expected = canonical_attributes({"name": name, "industry": kind, "lat": lat}, ["abc"] if tied else ())
    assert text == expected
    assert orjson.loads(text) is not None


@settings(deadline=None)
@given(st.one_of(st.from_regex(r"[a-z]*[0-9][a-z0-9]*", fullmatch=True), st.text(min_size=1, max_size=10)))
@example("ÀO:0")
def test_keys_that_fold_alike_get_one_id(key: str) -> None:
    registry = Registry("space", "Company")
    by_itself, folded = registry.own_ids(pl.Series("id", [key, fold(key) or None])).to_list()
    assert by_itself == folded
    assert (by_itself is None) == (fold(key) == "")


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1 250 000,50 руб.", "1250000.50", "RUB"),
        ("344,5 тыс. руб.", "344500", "RUB"),
        ("5 млн", "5000000", None),
        ("$ 1.2 million", "1200000", "USD"),
        ("4521", "4521", None),
        ("1,7 млрд рублей", "1700000000", "RUB"),
    ],
)
def test_money_as_people_write_it(text: str, amount: str, currency: str | None) -> None:
    money = parse_money(text)
    assert (money.amount, money.currency) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["много", "5 кг", "1 руб. 20 коп.", "", "100 руб. 5 $"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_money(text)


def test_dates_in_words_and_lost_zeros() -> None:
    assert [date_text(t) for t in ("12 июля 2017 г.", "«5» мая 2018 года", "июль 2017", "2019 г.", "12.07.2017 14:30")] == [
        "2017-07-12", "2018-05-05", "2017-07", "2019", "12.07.2017",
    ]  # fmt: skip
    with pytest.raises(BadInput, match="31 июня"):
        date_text("31 июня 2017")
    assert identifier("inn", "105002781") == "0105002781"
    assert identifier("inn", "3448003962.0") == "3448003962"
    with pytest.raises(BadInput):
        identifier("inn", "0000000000")
    assert all(map(is_empty, ("NA", "н/д", "-", "—", " ", "None")))
    assert not is_empty("0")
