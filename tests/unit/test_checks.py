"""What no store takes: one list of rules for rows and columns."""

from __future__ import annotations

from typing import Any

import pytest

from graph_service.domain.checks import reasons
from graph_service.domain.claims import frame, identify

GOOD: dict[str, Any] = {"document_id": "d1", "type": "SUPPLIES", "from_raw": "a", "to_raw": "b", "currency": "RUB"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "SUPPLES"}, "no relation type"),
        ({"to_raw": None}, "needs an object"),
        ({"from_raw": None}, "subject"),
        ({"buyer_share_min": 1.4, "buyer_share_max": 1.4}, "140"),
        ({"value_min": 2.0, "value_max": 1.0}, "above"),
        ({"value_min": 1e40, "value_max": 1e40}, "too large"),
        ({"value_min": float("inf")}, "finite"),
        ({"quantity_min": -1.0}, "negative"),
        ({"confidence": 1.5}, "confidence"),
        ({"status": "maybe"}, "status"),
        ({"char_start": 5, "char_end": 5}, "not before"),
        ({"currency": "рубли?"}, "currency рубли? is no ISO 4217 code"),
        ({"currency": "50"}, "ISO 4217"),
        ({"note": "a\x07b"}, "control"),
    ],
)
def test_a_broken_claim_is_refused_with_the_reason(change: dict[str, Any], reason: str) -> None:
    good, bad = reasons(frame([GOOD, {**GOOD, **change}])).to_list()
    assert good is None
    assert reason in bad


def test_the_largest_number_that_is_let_through_has_an_id() -> None:
    claims = frame([{**GOOD, "value_min": 9.99e17, "value_max": 9.99e17}])
    assert reasons(claims).to_list() == [None]
    assert len(identify(claims)["claim_id"][0]) == 32
