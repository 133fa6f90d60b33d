"""An answer of the snapshot and the rows of its twin, both as lists that must be equal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx

Row = tuple[Any, ...]


def _ids(items: list[dict[str, Any]]) -> list[Row]:
    return [(item["entity"]["id"], item["tier"]) for item in items]


def _ties(items: list[dict[str, Any]]) -> list[Row]:
    # Within one partner the order of ties of one kind is free.
    return [
        (
            item["entity"]["id"],
            sorted((t["kind"], t.get("via", {}).get("id", ""), *sorted(t["claims"])) for t in item["ties"]),
        )
        for item in items
    ]


def _partner_rows(rows: list[dict[str, Any]]) -> list[Row]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append((row["kind"], row["via"] or "", *row["claims"]))
    return [(partner, sorted(ties)) for partner, ties in found.items()]


def _candidates(items: list[dict[str, Any]]) -> list[Row]:
    return [
        (i["entity"]["id"], i["certainty"], *(i.get("distance_km") or [None, None]), sorted(i["claims"])) for i in items
    ]


def _candidate_rows(rows: list[dict[str, Any]]) -> list[Row]:
    def km(value: float | None) -> float | None:
        return None if value is None else round(value, 1)

    return [(r["id"], r["certainty"], km(r["low_km"]), km(r["high_km"]), r["claims"]) for r in rows]


def _disputes(items: list[dict[str, Any]]) -> list[Row]:
    wanted = [item for item in items if "hold more" not in item["reason"] and "больше 100" not in item["reason"]]
    return sorted(
        (item["chosen"]["id"], *sorted(c["id"] for c in (*item["rivals"], *item.get("agree", [])))) for item in wanted
    )


def _dispute_rows(rows: list[dict[str, Any]]) -> list[Row]:
    """The twin gives pairs in the order of choice; those that share a claim for one reason are one dispute."""
    found: list[Row] = []
    for reason in {row["reason"] for row in rows}:
        pairs = [(row["chosen"], row["rival"]) for row in rows if row["reason"] == reason]
        found += [("stated both ways", *pair) for pair in pairs if pair[::-1] in pairs]
        for claims in nx.connected_components(nx.Graph(pairs)):
            chosen = next(first for first, _ in pairs if first in claims)
            found.append((chosen, *sorted(claims - {chosen})))
    return sorted(found)


def _tiers_of(items: list[dict[str, Any]]) -> list[Row]:
    return [(i["entity"]["id"], list({link["of"]["id"]: link["tier"] for link in i["links"]}.values())) for i in items]


def _changes(items: list[dict[str, Any]]) -> list[Row]:
    """Of many changes of one entity the answer shows some and counts all."""
    return [
        (
            item["entity"]["id"],
            item["changes_total"],
            sorted((c["change"] in ("started", "learnt"), c["claim"]["id"]) for c in item["changes"])
            if item["changes_total"] == len(item["changes"])
            else None,
        )
        for item in items
    ]


def _change_rows(rows: list[dict[str, Any]]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        changes = sorted([*((True, claim) for claim in row["gained"]), *((False, claim) for claim in row["lost"])])
        found.append((row["id"], len(changes), changes if len(changes) <= 20 else None))
    return found


Compare = tuple[Callable[[dict[str, Any]], list[Row]], Callable[[list[dict[str, Any]]], list[Row]]]
TIERS: Compare = (lambda data: _ids(data["items"]), lambda rows: [(row["id"], row["tier"]) for row in rows])
COMPARE: dict[str, Compare] = {
    "dependency.suppliers": TIERS,
    "dependency.customers": TIERS,
    "dependency.common_suppliers": (
        lambda data: _tiers_of(data["items"]),
        lambda rows: [(row["id"], row["tiers"]) for row in rows],
    ),
    "dependency.single_sourced": (
        lambda data: [
            (i.get("product", {}).get("id"), i["links"][0]["supplier"]["id"], i["certainty"]) for i in data["items"]
        ],
        lambda rows: [(row["product"], row["supplier"], row["certainty"]) for row in rows],
    ),
    "evidence.diff": (lambda data: _changes(data["items"]), _change_rows),
    "lookup.neighbours": (
        lambda data: [(i["entity"]["id"], i["relation"], i["direction"], sorted(i["claims"])) for i in data["items"]],
        lambda rows: [(row["id"], row["relation"], row["direction"], row["claims"]) for row in rows],
    ),
    "evidence.claims": (
        lambda data: [(item["id"], item["type"]) for item in data["items"]],
        lambda rows: [(row["claim_id"], row["type"]) for row in rows],
    ),
    "exports.markets": (
        lambda data: [
            (i["country"]["id"], i.get("iso"), sorted(c for link in i["links"] for c in link["claims"]))
            for i in data["items"]
        ],
        lambda rows: [(row["id"], row["iso"], row["claims"]) for row in rows],
    ),
    "cooperation.region_flows": (
        lambda data: [(i["direction"], i.get("entity", {}).get("id"), i["link_count"]) for i in data["items"]],
        lambda rows: [(row["direction"], row["id"], row["link_count"]) for row in rows],
    ),
    "cooperation.partners": (lambda data: _ties(data["items"]), _partner_rows),
    "planning.local_partners": (lambda data: _candidates(data["items"]), _candidate_rows),
    "evidence.contradictions": (
        lambda data: _disputes(data["items"]),
        _dispute_rows,
    ),
    "lookup.entity": (
        lambda data: [(data["entity"]["id"], data["entity"]["type"], data["entity"]["name"])],
        lambda rows: [(row["id"], row["type"], row["name"]) for row in rows],
    ),
}
