"""Whatever stands in a cell: the parsers read it or refuse it with the project's own error."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.domain.clocks import oldest_seen, parse_span
from graph_service.domain.quantities import parse_decimal, parse_share
from graph_service.errors import BadInput
from loaders.cells import parse_attributes, parse_fields
from loaders.tabular.cells import date_text, parse_degrees, parse_money, parse_number, parse_part

TODAY = date(2026, 11, 24)
PARSERS: dict[str, Callable[[str], object]] = {
    "period": parse_span,
    "age": lambda text: oldest_seen(text, TODAY),
    "number": parse_decimal,
    "share": parse_share,
    "lat": lambda text: parse_attributes({"lat": text, "lon": "44.5"}),
    "revenue": lambda text: parse_attributes({"revenue": text}),
    "seq": lambda text: parse_fields({"seq": text}, None),
    "date in words": date_text,
    "money": parse_money,
    "number of a table": parse_number,
    "part": parse_part,
    "degrees": parse_degrees,
}
HARD = (
    "0000-2010", "2010-9999", "9999", "9999-12-31", "31.12.9999", "9999-H2", "9999-Q4", "0000", "/" * 3000,
    "2010/" * 1500, "1e9999999", "-1e9999999", "1e-9999999", "0e9999999", "1e400", "1e-400%", "1.1234567e99",
    "9999999d", "9999999999w", "9" * 5000 + "d", "9" * 5000, "٢٠١٧", "²", "2017-²", "nan", "snan%", "",
)  # fmt: skip
PARTS = st.sampled_from([*"0123456789-/.,eEdwmyHQ%+ №руб", "9999", "0000", "e99999", "тыс.", "\u00a0", "−", "²"])


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("text", HARD, ids=lambda text: text[:12])
def test_hard_cells_are_read_or_refused(name: str, text: str) -> None:
    with suppress(BadInput):
        PARSERS[name](text)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=30), st.lists(PARTS, max_size=12).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in PARSERS.values():
        with suppress(BadInput):
            parse(text)


def test_dates_at_both_ends_of_the_calendar() -> None:
    assert parse_span("0001-9998").end == date(9999, 1, 1)
    assert parse_span("2014-01 / 2015-H1").end == date(2015, 7, 1)
    for text in ("0000-2010", "2010-9999", "9999-12-31", "2014/2015/2016"):
        with pytest.raises(BadInput, match="date"):
            parse_span(text)


def test_an_age_beyond_all_days_leaves_nothing_out() -> None:
    assert oldest_seen("9999999d", TODAY) == oldest_seen("99999y", TODAY) == date.min
    assert oldest_seen("90d", TODAY) == date(2026, 8, 26)


@pytest.mark.parametrize("text", ["1e9999999", "1e-9999999", "1e301"])
def test_numbers_that_no_float_holds_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="too large or too small"):
        parse_decimal(text)


def test_a_whole_number_beyond_64_bits_is_refused() -> None:
    with pytest.raises(BadInput, match="seq: '1e30' is too large"):
        parse_fields({"seq": "1e30"}, None)
