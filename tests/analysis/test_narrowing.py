"""A missing fact narrows by what it promises, and each bound is set by what it names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph_service.analysis.link_columns import Intervals, LinkColumns
from graph_service.analysis.narrowing import causes, missing_facts, one_need, width_if
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
            share = own.low[place] + where * (own.high[place] - own.low[place])
            narrowed = own.width - width_if(own, place, float(share))
            assert narrowed >= fact.at_least - 1e-9
            assert narrowed <= fact.at_most + 1e-9
            told_low, told_high = list(lows), list(highs)
            told_low[place] = told_high[place] = float(share)
            told = one_need(_drawn(told_low, told_high, complete), 0)
            assert told.width <= own.width - fact.at_least + 1e-9
        else:
            told = one_need(_drawn(lows, highs, 1), 0)
            assert own.width - told.width <= fact.at_most + 1e-9 or told.contradicts


@settings(max_examples=300, deadline=None)
@given(_needs())
def test_each_bound_is_set_by_what_it_names(drawn: tuple[list[float], list[float], int]) -> None:
    lows, highs, complete = drawn
    found = _drawn(lows, highs, complete)
    own = one_need(found, 0)
    assume(not own.contradicts)
    for place in range(len(lows)):
        lower, upper = causes(own, place)
        if lower == "stated":
            assert own.low[place] == pytest.approx(lows[place])
        if upper == "stated":
            assert own.high[place] == pytest.approx(highs[place])
        if lower == "unnamed":  # were nothing unnamed, the bound would be what the others leave
            assert own.rest_high > 0
        if upper == "own share":  # the share itself is the unknown: at its bound nothing contradicts
            told_low, told_high = list(lows), list(highs)
            told_low[place] = told_high[place] = float(own.high[place])
            assert one_need(_drawn(told_low, told_high, complete), 0).high[place] == pytest.approx(own.high[place])
        if upper == "others":  # the others at their least leave just this much
            others = [low if low == low else 0.0 for n, low in enumerate(lows) if n != place]
            assert own.high[place] == pytest.approx(max(1 - sum(others), own.low[place]))


def test_completeness_of_a_single_supplier_is_worth_most() -> None:
    facts = missing_facts(_drawn([float("nan")], [float("nan")], -1), 0)
    assert [(fact.kind, fact.at_least, fact.at_most) for fact in facts] == [("complete", 1.0, 2.0), ("share", 1.0, 1.0)]
    assert missing_facts(_drawn([float("nan")], [float("nan")], 1), 0) == []


def test_one_of_two_shares_tells_the_other_where_all_are_named() -> None:
    facts = missing_facts(_drawn([float("nan")] * 2, [float("nan")] * 2, 1), 0)
    assert [(fact.kind, fact.at_least) for fact in facts] == [("share", 2.0), ("share", 2.0)]
