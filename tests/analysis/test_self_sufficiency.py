"""Self-sufficiency of a set: brute force over what is not known, and a hand-drawn cluster."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.analysis.self_sufficiency import mean_bounds, sufficiency
from tests.analysis.conftest import Draw, needs, needs_of, place, supplies

_bounds = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(sorted)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_bounds, _bounds), min_size=1, max_size=5))
def test_a_mean_is_extreme_at_the_ends_of_values_and_weights(drawn: list[tuple[list[int], list[int]]]) -> None:
    values, weights = ([pair[end] for pair in drawn] for end in (0, 1))
    if all(high == 0 for _, high in weights):
        return
    corners = [
        sum(v * w for v, w in zip(value, weight, strict=True)) / sum(weight)
        for value in product(*values) for weight in product(*weights) if sum(weight)
    ]  # fmt: skip
    low, high = (np.array([value[end] for value in values], float) for end in (0, 1))
    least, most = (np.array([weight[end] for weight in weights], float) for end in (0, 1))
    assert mean_bounds(low, high, least, most) == pytest.approx((min(corners), max(corners)))


def test_a_need_is_met_by_a_member_or_by_the_buyer_itself(draw: Draw) -> None:
    graph = draw(
        supplies("A", "B", "gas", buyer_share="40%"), supplies("Out", "B", "gas", buyer_share="50%"),
        supplies("Out", "B", "ore"), supplies("Out", "B", "oil"), needs("B", "oil", complete="true"), needs("A", "salt"), {"type": "PRODUCES", "from": "A", "to": "salt"},
        needs("A", "clay"), {"type": "UNNAMED_SUPPLIERS_OF", "from": "Few", "to": "A", "product": "clay", "count_min": 3},
        supplies("A", "Out", "tar"),
    )  # fmt: skip
    snapshot, found = needs_of(graph)
    members = np.zeros(len(snapshot.entity_ids), bool)
    members[[place(snapshot, "A"), place(snapshot, "B")]] = True
    own = sufficiency(found, members)
    named = {
        snapshot.name(int(found.product[need])): (bool(met), round(low, 6), round(high, 6))
        for need, met, low, high in zip(own.needs, own.is_met, own.low.tolist(), own.high.tolist(), strict=True)
    }
    # Whether unnamed suppliers are members is not known.
    assert named == {
        "gas": (True, 0.4, 0.5), "ore": (False, 0.0, 1.0), "oil": (False, 0.0, 0.0), "salt": (True, 0.0, 1.0),
        "clay": (False, 0.0, 1.0),
    }  # fmt: skip
