"""A missing fact narrows by what it promises, and each bound is set by what it names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph_service.analysis.link_columns import Intervals, LinkColumns
from graph_service.analysis.narrowing import OneNeed, causes, missing_facts, one_need, widths_if
from graph_service.analysis.needs import Needs
from tests.analysis.networks import in_columns


def _drawn(lows: list[float], highs: list[float], complete: int) -> Needs:
    """One need of unit 0 with these stated shares; nan = not stated."""
    size = len(lows)
    found = in_columns((size + 1, [(n + 1, 0, 0) for n in range(size)], {(0, 0): (1, complete)}))
    unknown = np.full(size, np.nan)
    nothing = Intervals(low=unknown, high=unknown, unit=np.full(size, -1, np.int32))
    stated = Intervals(low=np.array(lows), high=np.array(highs), unit=np.zeros(size, np.int32))
    links = LinkColumns(
        source=found.edge_supplier, target=np.zeros(size, np.int32), product=np.zeros(size, np.int32),
        rows=np.arange(size, dtype=np.int32), offsets=np.arange(size + 1), status=np.zeros(size, np.int8),
        value=nothing, quantity=nothing, buyer_share=stated, sales_share=nothing,
    )  # fmt: skip
    return replace(found, links=links)


@st.composite
def _needs(draw: st.DrawFn) -> tuple[list[float], list[float], int]:
    size = draw(st.integers(1, 5))
    lows, highs = [], []
    for _ in range(size):
        if draw(st.booleans()):
            lows.append(float("nan"))
            highs.append(float("nan"))
        else:
            lows.append(draw(st.floats(0, 0.5)))
            highs.append(min(1.0, lows[-1] + draw(st.floats(0, 0.6))))
    return lows, highs, draw(st.sampled_from([-1, 0, 1]))


def _open_width(found: Needs, own: OneNeed) -> float:
    """What facts narrow: the widths of the shares, and 1 while nobody knows whether the need is single-sourced."""
    return own.width + float(found.complete[0] < 0 and found.named[0] == 1)


@settings(max_examples=300, deadline=None)
@given(_needs(), st.floats(0, 1))
def test_a_fact_narrows_by_at_least_what_it_promises(drawn: tuple[list[float], list[float], int], where: float) -> None:
    lows, highs, complete = drawn
    found = _drawn(lows, highs, complete)
    own = one_need(found, 0)
    assume(not own.contradicts)
    for fact in missing_facts(found, 0):
        if fact.kind == "share":
            place = own.edges.index(fact.edge)
            share = float(own.low[place] + where * (own.high[place] - own.low[place]))
            told = one_need(_drawn(*_told(drawn, place, share), complete), 0)
            assert widths_if(own, place, np.array([share])) == pytest.approx(told.width, abs=1e-9)
            assert fact.at_least - 1e-9 <= own.width - told.width <= fact.at_most + 1e-9
            continue
        for said in (0, 1):
            answered = _drawn(lows, highs, said)
            told = one_need(answered, 0)
            narrowed = _open_width(found, own) - _open_width(answered, told)
            assert told.contradicts or fact.at_least - 1e-9 <= narrowed <= fact.at_most + 1e-9


def _told(drawn: tuple[list[float], list[float], int], place: int, share: float) -> tuple[list[float], list[float]]:
    lows, highs = list(drawn[0]), list(drawn[1])
    lows[place] = highs[place] = share
    return lows, highs


@settings(max_examples=300, deadline=None)
@given(_needs())
def test_fixing_what_a_bound_names_reproduces_the_bound(drawn: tuple[list[float], list[float], int]) -> None:
    lows, highs, complete = drawn
    own = one_need(_drawn(lows, highs, complete), 0)
    assume(not own.contradicts)
    least, most = own.stated_low.tolist(), own.stated_high.tolist()

    def fixed(place: int, others: list[float]) -> OneNeed:
        """The others at these values, the share itself as open as it was."""
        told = [(least[n], most[n]) if n == place else (value, value) for n, value in enumerate(others)]
        return one_need(_drawn([low for low, _ in told], [high for _, high in told], complete), 0)

    for place in range(len(lows)):
        lower, upper = causes(own, place)
        low, high = float(own.low[place]), float(own.high[place])
        for bound, cause in ((low, lower), (high, upper)):
            if cause in ("stated", "own share"):  # the share is the unknown: at its bound it stays, and all agrees
                told = one_need(_drawn(*_told(drawn, place, bound), complete), 0)
                assert (told.contradicts, told.low[place], told.high[place]) == (False, bound, bound)
                assert not np.isnan(lows[place]) if cause == "stated" else min(bound, 1 - bound) < 1e-6
        if lower == "others":
            assert fixed(place, most).low[place] == pytest.approx(low)
        if upper == "others":
            assert fixed(place, least).high[place] == pytest.approx(high)
        if lower == "unnamed":  # one more supplier, known to cover all that the others need not
            rest = 1 - sum(least)
            told = one_need(_drawn([*least, rest], [*most, rest], 1), 0)
            assert (told.low[place], told.high[place]) == pytest.approx((low, low))


@settings(max_examples=300, deadline=None)
@given(_needs())
def test_bounds_of_shares_hold_every_completion_and_are_touched(drawn: tuple[list[float], list[float], int]) -> None:
    """A share is possible if the others and the unnamed rest can make it up to one."""
    own = one_need(_drawn(*drawn), 0)
    assume(not own.contradicts)

    def is_possible(place: int, share: float, slack: float) -> bool:
        least = float(np.delete(own.stated_low, place).sum()) + share
        most = float(np.delete(own.stated_high, place).sum()) + share + own.rest_high
        is_stated = own.stated_low[place] - slack <= share <= own.stated_high[place] + slack
        return bool(is_stated and least <= 1 + slack and most >= 1 - slack)

    for place, (low, high) in enumerate(zip(own.low.tolist(), own.high.tolist(), strict=True)):
        assert is_possible(place, low, 1e-9)
        assert is_possible(place, high, 1e-9)
        assert not is_possible(place, low - 1e-5, 1e-9)
        assert not is_possible(place, high + 1e-5, 1e-9)


@settings(max_examples=200, deadline=None)
@given(_needs(), st.data())
def test_a_narrower_statement_never_widens_a_share(
    drawn: tuple[list[float], list[float], int], data: st.DataObject
) -> None:
    own = one_need(_drawn(*drawn), 0)
    assume(not own.contradicts)
    place = data.draw(st.integers(0, len(own.low) - 1))
    ends = sorted(data.draw(st.tuples(st.floats(0, 1), st.floats(0, 1))))
    low, high = (float(own.low[place] + end * (own.high[place] - own.low[place])) for end in ends)
    lows, highs = list(drawn[0]), list(drawn[1])
    lows[place], highs[place] = low, high
    told = one_need(_drawn(lows, highs, drawn[2]), 0)
    assert not told.contradicts
    assert np.all(told.low >= own.low - 1e-9)
    assert np.all(told.high <= own.high + 1e-9)


def test_completeness_of_a_single_supplier_is_worth_most() -> None:
    facts = missing_facts(_drawn([float("nan")], [float("nan")], -1), 0)
    assert [(fact.kind, fact.at_least, fact.at_most) for fact in facts] == [("complete", 1.0, 2.0), ("share", 1.0, 1.0)]
    assert missing_facts(_drawn([float("nan")], [float("nan")], 1), 0) == []


def test_one_of_two_shares_tells_the_other_where_all_are_named() -> None:
    facts = missing_facts(_drawn([float("nan")] * 2, [float("nan")] * 2, 1), 0)
    assert [(fact.kind, fact.at_least) for fact in facts] == [("share", 2.0), ("share", 2.0)]
