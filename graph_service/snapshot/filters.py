"""Which claims count: the two clocks and the filters of semantics.md as one mask over the claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph_service.domain.clocks import oldest_seen
from graph_service.snapshot.snapshot import NO_START, Mask, Snapshot, to_days

_KEPT_MASKS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Everything that decides which claims count.

    Attributes:
        valid_at: the day it was true.
        known_at: the store version that we knew.
        statuses: actual, planned, cancelled.
        max_age: drop what was last seen earlier: ``5y``.
        min_confidence: 0 to 1.
        reviews: a person's word; empty = any.
        documents, without_documents: positions of documents to keep, or to leave out.
        products, without_products: entity positions; None = any.
    """

    valid_at: date
    known_at: int
    statuses: tuple[str, ...] = ("actual", "planned")
    max_age: str | None = None
    min_confidence: float = 0.0
    reviews: tuple[str, ...] = ()
    documents: frozenset[int] | None = None
    without_documents: frozenset[int] = frozenset()
    products: frozenset[int] | None = None
    without_products: frozenset[int] = frozenset()


def visible(snapshot: Snapshot, filters: Filters) -> Mask:
    """Mask of the claims that count; kept per filter set."""
    mask = snapshot.masks.get(filters)
    if mask is None:
        mask = _visible(snapshot, filters)
        if len(snapshot.masks) >= _KEPT_MASKS:
            snapshot.masks.clear()
        snapshot.masks[filters] = mask
    return mask


def oldest_day(filters: Filters) -> str | None:
    """The earliest day, ISO 8601, on which a claim may have been seen last; None: any."""
    return None if filters.max_age is None else oldest_seen(filters.max_age, filters.valid_at).isoformat()


def _visible(snapshot: Snapshot, filters: Filters) -> Mask:
    c = snapshot.claims
    day = to_days(filters.valid_at)
    mask = stated(snapshot, filters) & (c["retracted"] > filters.known_at)
    mask &= (c["valid_from"] <= day) & (c["valid_to"] > day)
    return mask


def stated(snapshot: Snapshot, filters: Filters) -> Mask:
    """Mask of the claims that were ever known by then and pass the filters, whether or not they hold."""
    c = snapshot.claims
    mask: Mask = c["recorded"] <= filters.known_at
    mask &= np.isin(c["status"], [snapshot.code(status) for status in filters.statuses])
    if filters.max_age is not None:
        oldest = to_days(oldest_seen(filters.max_age, filters.valid_at))
        mask &= (c["last_seen"] >= oldest) | (c["last_seen"] == NO_START)
    if filters.min_confidence > 0:
        mask &= c["confidence"] >= filters.min_confidence
    if filters.reviews:
        mask &= np.isin(c["review"], [snapshot.code(review) for review in filters.reviews])
    if filters.documents is not None:
        mask &= np.isin(c["document"], sorted(filters.documents))
    if filters.without_documents:
        mask &= ~np.isin(c["document"], sorted(filters.without_documents))
    if filters.products is not None:
        mask &= np.isin(c["product"], sorted(filters.products))
    if filters.without_products:
        mask &= ~np.isin(c["product"], sorted(filters.without_products))
    return mask


def inside_code(code: str, prefix: str) -> bool:
    """Whether an OKPD2 or OKVED2 code lies inside another one.

    The levels are 25, 25.1, 25.11, 25.11.2, 25.11.23, 25.11.23.110 and 25.11.23.111: after the class each digit is a
    level, and a final 0 of the last group is dropped before the test (25.11.23.110 contains 25.11.23.111).
    """
    *parents, last = prefix.split(".")
    own = code.split(".")
    if own[: len(parents)] != parents or len(own) <= len(parents):
        return False
    if not parents:
        return own[0] == last
    return own[len(parents)].startswith(last.removesuffix("0"))


def products_inside(
    snapshot: Snapshot, products: frozenset[int], okpd2: frozenset[str], hs: frozenset[str],
    among: Iterable[int] | None = None,
) -> frozenset[int]:  # fmt: skip
    """Positions of these products and of all (among some) whose code lies inside these or inside these products' codes.

    The two classifiers are kept apart: an OKPD2 code contains OKPD2 codes only, an HS code (2, 4 or 6 digits) HS codes.
    """
    okpd2 |= {str(code) for product in products if (code := snapshot.attributes[product].get("okpd2"))}
    hs |= {str(code) for product in products if (code := snapshot.attributes[product].get("hs"))}
    found = set(products)
    for entity in snapshot.products if among is None else among:
        own = snapshot.attributes[entity]
        own_okpd2, own_hs = str(own.get("okpd2", "")), str(own.get("hs", ""))
        if any(inside_code(own_okpd2, code) for code in okpd2) or any(own_hs.startswith(code) for code in hs):
            found.add(entity)
    return frozenset(found)
