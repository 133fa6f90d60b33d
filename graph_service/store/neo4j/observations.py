"""The node of a figure: a name that reads well in Neo4j Browser, its kind as a label, its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from graph_service.domain.quantities import format_decimal
from graph_service.domain.schema import LABEL_NAMES

_LABEL = re.compile(r"^[A-Z][A-Za-z0-9]*$")
_SHOWN = (
    "kind", "product", "quantity_min", "quantity_max", "unit", "value_min", "value_max", "currency", "share_min",
    "share_max", "count_min", "count_max", "period_from", "period_to", "scope", "status",
)  # fmt: skip


def observation(claim: Mapping[str, object]) -> dict[str, object]:
    """Id, labels and properties of the node for a claim that has no other object."""
    kind = claim.get("kind")
    labels = ["Observation"]
    if isinstance(kind, str) and _LABEL.match(kind) and kind not in LABEL_NAMES:
        labels.append(kind)
    shown = {name: claim[name] for name in _SHOWN if claim.get(name) is not None}
    for name in ("period_from", "period_to"):
        if name in shown:
            shown[name] = str(shown[name])
    return {"id": claim["claim_id"], "labels": labels, "properties": {**shown, "name": figure(claim)}}


def figure(claim: Mapping[str, object]) -> str:
    """The figure in words: ``3 000 000 m2/year, 2017``; the kind where there is no figure."""
    parts = [
        _range(claim, "value", str(claim.get("currency") or "")),
        _range(claim, "quantity", str(claim.get("unit") or "")),
        _range(claim, "count", ""),
        _range(claim, "share", "%", 100),
    ]
    said = "; ".join(part for part in parts if part) or str(claim.get("kind") or "")
    period = _period(claim.get("period_from"), claim.get("period_to"))
    return f"{said}, {period}" if period else said


def _range(claim: Mapping[str, object], name: str, unit: str, factor: float = 1) -> str:
    low, high = claim.get(f"{name}_min"), claim.get(f"{name}_max")
    if low is None and high is None:
        return ""
    if low is None:
        text = f"≤ {_number(high, factor)}"
    elif high is None:
        text = f"≥ {_number(low, factor)}"
    elif low == high:
        text = _number(low, factor)
    else:
        text = f"{_number(low, factor)}–{_number(high, factor)}"
    return f"{text} {unit}".strip()


def _number(value: object, factor: float) -> str:
    assert isinstance(value, int | float)
    whole, point, rest = format_decimal(round(float(value) * factor, 9)).partition(".")
    digits = whole.lstrip("-")
    grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u00a0", digits)
    return ("-" if whole.startswith("-") else "") + grouped + point + rest


def _period(start: object, end: object) -> str:
    if not isinstance(start, date) or not isinstance(end, date):
        return str(start) if isinstance(start, date) else ""
    last = end - timedelta(days=1)
    if (start.month, start.day, last.month, last.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == last.year else f"{start.year}–{last.year}"
    if start.day == 1 and end.day == 1:
        months = f"{start:%Y-%m}", f"{last:%Y-%m}"
        return months[0] if months[0] == months[1] else f"{months[0]}–{months[1]}"
    return str(start) if start == last else f"{start}–{last}"
