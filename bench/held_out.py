"""Where a hidden supplier stands in the answer of ``local-partners``, and where in simpler orders of the same makers.

Orders: the score as it is and without each reason in turn, the nearest first, the largest first, those with most
customers first, and by name, which stands for chance. In the simpler orders alike ones come by name, as they do in
the score's. A supplier that is not among the candidates counts as found nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from graph_service.graph import Graph

BASELINES = ("nearest", "largest", "most_connected", "by_name")
ABLATIONS = ("distance", "capacity", "tie", "shared")
_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """By entity id: how large a maker is and how many it is known to supply; 0 where nothing is known."""

    size: Mapping[str, float]
    customers: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where each hidden supplier stands by each order, from 1; infinite where it is no candidate."""

    ranks: dict[str, list[float]] = field(default_factory=dict)
    candidates: list[int] = field(default_factory=list)

    def add(self, orders: Mapping[str, list[str]], supplier: str | None) -> None:
        """One hidden supplier; None where the graph does not know it any more."""
        self.candidates.append(len(orders["score"]))
        for order, listed in orders.items():
            rank = listed.index(supplier) + 1.0 if supplier in listed else float("inf")
            self.ranks.setdefault(order, []).append(rank)

    def report(self) -> dict[str, Any]:
        """Counts, measures of each order with their standard errors, and the score less each simpler order."""
        ranks = {order: np.array(own) for order, own in self.ranks.items()}
        return {
            "asked": len(self.candidates),
            "with_candidates": int(np.count_nonzero(self.candidates)),
            "supplier_among_them": int(np.isfinite(ranks["score"]).sum()),
            "candidates_mean": round(float(np.mean(self.candidates)), 1),
            "orders": {order: _measures(own) for order, own in ranks.items()},
            "score_less": {order: _difference(ranks["score"], ranks[order]) for order in BASELINES},
        }


def pooled(places: Iterable[Places]) -> Places:
    """All together."""
    found = Places()
    for own in places:
        found.candidates.extend(own.candidates)
        for order, ranks in own.ranks.items():
            found.ranks.setdefault(order, []).extend(ranks)
    return found


def orders(
    graph: Graph, buyer: str, product: str, sizes: Sizes, known: frozenset[str] = frozenset(), **given: Any
) -> dict[str, list[str]]:
    """Ids of the candidates in each order, without those that are known to supply the product to this buyer."""

    def asked(**more: Any) -> list[dict[str, Any]]:
        return [item for item in _pages(graph, id=buyer, product=product, **given, **more)
                if item["entity"]["id"] not in known]  # fmt: skip

    items = asked()
    by_name = sorted(items, key=lambda item: (item["entity"]["name"], item["entity"]["id"]))
    found = {
        "score": items,
        "nearest": sorted(by_name, key=lambda item: item.get("distance_km", [np.inf])),
        "largest": sorted(by_name, key=lambda item: -sizes.size.get(item["entity"]["id"], 0)),
        "most_connected": sorted(by_name, key=lambda item: -sizes.customers.get(item["entity"]["id"], 0)),
        "by_name": by_name,
    } | {f"score_without_{reason}": asked(weights=f"{reason}=0") for reason in ABLATIONS}
    return {order: [item["entity"]["id"] for item in listed] for order, listed in found.items()}


def ids_by_name(graph: Graph) -> dict[str, str]:
    """The ids of all entities by their names, which must differ."""
    snapshot = graph.live.refresh().snapshot
    return {snapshot.name(entity): own for entity, own in enumerate(snapshot.entity_ids)}


def no_orders() -> dict[str, list[str]]:
    """Nobody, for a buyer or product that is not known any more."""
    return {order: [] for order in ("score", *BASELINES, *(f"score_without_{reason}" for reason in ABLATIONS))}


def _pages(graph: Graph, **given: Any) -> Iterable[dict[str, Any]]:
    first, total = 0, 1
    while first < total:
        data = graph.ask("local-partners", limit=_PAGE, cursor=str(first), rejected=0, **given)["data"]
        yield from data["items"]
        first, total = first + _PAGE, data["total"]


def _measures(ranks: npt.NDArray[np.float64]) -> dict[str, float]:
    """Hits at 1, 5, 10 and the mean reciprocal rank, with the standard errors of the first and last."""
    found = {f"hits_{k}": round(float((ranks <= k).mean()), 4) for k in (1, 5, 10)}
    return found | {
        "mrr": round(float((1 / ranks).mean()), 4), "hits_1_se": _error(ranks <= 1), "mrr_se": _error(1 / ranks),
    }  # fmt: skip


def _difference(ours: npt.NDArray[np.float64], theirs: npt.NDArray[np.float64]) -> dict[str, float]:
    """Means of the paired differences, with their standard errors."""
    hits, reciprocal = (ours <= 1).astype(float) - (theirs <= 1), 1 / ours - 1 / theirs
    return {
        "hits_1": round(float(hits.mean()), 4), "hits_1_se": _error(hits),
        "mrr": round(float(reciprocal.mean()), 4), "mrr_se": _error(reciprocal),
    }  # fmt: skip


def _error(values: npt.NDArray[Any]) -> float:
    return round(float(values.std() / np.sqrt(len(values))), 4)
