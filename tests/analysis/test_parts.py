"""Parts of a sum of which only bounds are known hold whatever the amounts are, and are reached by some."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_service.analysis.parts import least_together, parts_of_sum

BOUNDS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)


@given(st.lists(BOUNDS, min_size=2, max_size=5))
def test_parts_are_the_least_and_greatest_that_the_bounds_allow(bounds: list[list[int]]) -> None:
    low, high = (np.array([pair[end] for pair in bounds], float) for end in (0, 1))
    least, most = parts_of_sum(low, high)
    found = [np.array(ends, float) for ends in itertools.product(*bounds) if sum(ends) > 0]
    for part in (ends / ends.sum() for ends in found):
        assert np.all(least <= part + 1e-12)
        assert np.all(part <= most + 1e-12)
    if all(pair[0] > 0 for pair in bounds):
        assert np.allclose(least, np.min([ends / ends.sum() for ends in found], axis=0))
        assert np.allclose(most, np.max([ends / ends.sum() for ends in found], axis=0))


def test_an_amount_without_an_upper_bound_leaves_the_others_no_least_part() -> None:
    least, most = parts_of_sum(np.array([30.0, 10.0, 0.0]), np.array([30.0, 10.0, np.inf]))
    assert least.tolist() == [0.0, 0.0, 0.0]
    assert most.tolist() == pytest.approx([0.75, 0.25, 1.0])


PRODUCTS = st.sampled_from([None, {1, 2, 3}, {2}, {3}, {3, 4}, {5}])


@given(st.lists(st.tuples(st.integers(0, 9), PRODUCTS), min_size=1, max_size=4))
def test_amounts_that_may_be_told_twice_are_not_added_up(sales: list[tuple[int, set[int] | None]]) -> None:
    apart = [
        chosen
        for size in range(1, len(sales) + 1)
        for chosen in itertools.combinations(sales, size)
        if size == 1 or all(a and b and a.isdisjoint(b) for (_, a), (_, b) in itertools.combinations(chosen, 2))
    ]
    least = least_together([amount for amount, _ in sales], [products for _, products in sales])
    assert max(amount for amount, _ in sales) <= least
    assert least <= max(sum(amount for amount, _ in chosen) for chosen in apart)


def test_products_that_lie_apart_are_added_up() -> None:
    assert least_together([40, 60, 70], [{1, 2, 3}, {2}, {3}]) == 130
    assert least_together([140, 60, 70], [None, {2}, {3}]) == 140
    assert least_together([100, 10, 100, 10], [{1, 2}, {2}, {3, 4}, {4}]) == 200
