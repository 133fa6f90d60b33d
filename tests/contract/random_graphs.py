"""Small random graphs for properties: cycles, parallel claims, groups, unknown values, plans, dates, merged parties."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.contract.material import ARTICLE, EXTRACT, UNDATED, Claim, claim, described

UNITS = ("A", "B", "C", "D", "E", "F")
PRODUCTS = ("P", "Q")
COUNTRIES = ("X", "Y", "Z")
_DOCUMENTS = (ARTICLE, ARTICLE, EXTRACT, UNDATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomGraph:
    """Claims of a first and a second load, those of them that a person withdraws, and who is merged by hand."""

    name: str
    first: list[Claim] = field(default_factory=list)
    later: list[Claim] = field(default_factory=list)
    withdrawn: list[Claim] = field(default_factory=list)

    def called(self, short: str) -> str:
        """Name of an entity of this graph."""
        return f"{self.name} {short}"


def random_graph(seed: int) -> RandomGraph:
    """A graph of its own names, so that many of them lie side by side in one store."""
    rng = random.Random(seed)
    graph = RandomGraph(name=f"g{seed}")
    graph.first.extend(_entities(rng, graph))
    facts = [*_trade(rng, graph), *_ties(rng, graph), *_figures(rng, graph)]
    for number, (relation, start, end, values) in enumerate(facts):
        said = claim(relation, graph.called(start), None if end is None else graph.called(end), **values)
        said["record"] = f"{graph.name} {number}"  # else some would be one claim said twice
        (graph.later if rng.random() < 0.2 else graph.first).append(said)
        if rng.random() < 0.1:
            graph.withdrawn.append(said)
    return graph


Fact = tuple[str, str, str | None, dict[str, Any]]


def _about(rng: random.Random, *, plan: float = 0.15) -> dict[str, Any]:
    """Where and how surely it is said, and when it holds."""
    about: dict[str, Any] = {"document": rng.choice(_DOCUMENTS)}
    if rng.random() < plan:
        about["status"] = rng.choice(("planned", "planned", "cancelled"))
    if rng.random() < 0.2:
        about["valid_from"] = date(rng.choice((2015, 2020, 2030)), 1, 1)
    if rng.random() < 0.15:
        about["valid_to"] = date(rng.choice((2018, 2028)), 1, 1)
    if rng.random() < 0.2:
        about["confidence"] = rng.choice((0.3, 0.6))
    if rng.random() < 0.2:
        about["review"] = rng.choice(("confirmed", "disputed"))
    return about


def _entities(rng: random.Random, graph: RandomGraph) -> list[Claim]:
    own = graph.called
    code = f"{10 + rng.randint(0, 79)}.11"  # few graphs share one, and Q lies inside P
    found = [described(own("P"), label="Product", okpd2=code), described(own("Q"), label="Product", okpd2=f"{code}.2")]
    found += [described(own(name), label="Country") for name in COUNTRIES]
    found += [described(own("region"), label="Region"), described(own("other region"), label="Region")]
    found += [described(own("town"), label="City", lat=48.8, lon=44.7), claim("PART_OF", own("town"), own("region"))]
    found += [claim("PART_OF", own(region), own("X")) for region in ("region", "other region")]
    found += [described(own("cluster"), label="Cluster"), described(own("project"), label="Project")]
    merged = rng.choice(UNITS) if rng.random() < 0.4 else None
    for name in UNITS:
        where: dict[str, Any] = {}
        if rng.random() < 0.5:
            where = {"lat": round(48.8 + rng.gauss(0, 0.5), 3), "lon": round(44.7 + rng.gauss(0, 0.5), 3)}
        label = "Plant" if name in "AB" else "Company"
        same = [own(f"{name} too")] if name == merged else []
        found.append(described(own(name), label=label, same_as=same, **where))
        if rng.random() < 0.8:
            found.append(claim("LOCATED_IN", own(name), own(rng.choice(("town", "region", "other region")))))
    if merged:  # said under the other key
        found.append(claim("SUPPLIES", own(f"{merged} too"), own(rng.choice(UNITS)), product=own("P")))
    return found


def _trade(rng: random.Random, graph: RandomGraph) -> list[Fact]:
    facts: list[Fact] = []
    for _ in range(rng.randint(9, 16)):
        about = _about(rng)
        if rng.random() < 0.8:
            about["product"] = graph.called(rng.choice(PRODUCTS))
        if rng.random() < 0.3:
            about |= {"buyer_share_min": 0.2, "buyer_share_max": rng.choice((0.2, 0.5, 1.0))}
        if rng.random() < 0.3:
            amount = float(rng.randint(1, 9))
            about |= {"value_min": amount, "value_max": amount, "currency": "RUB", "basis": "rate"}
        facts.append(("SUPPLIES", rng.choice(UNITS), rng.choice(UNITS), about))
    for _ in range(rng.randint(3, 6)):
        facts.append(("PRODUCES", rng.choice(UNITS), rng.choice(PRODUCTS), _about(rng)))
    for _ in range(rng.randint(1, 4)):
        flags = {"essential": rng.choice((True, False)), "complete": rng.choice((True, False))}
        facts.append(("NEEDS", rng.choice(UNITS), rng.choice(PRODUCTS), _about(rng, plan=0.05) | flags))
    for _ in range(rng.randint(3, 8)):
        about = _about(rng)
        if rng.random() < 0.4:
            about |= {"sales_share_min": 0.1, "sales_share_max": rng.choice((0.1, 0.4))}
        facts.append(("EXPORTS_TO", rng.choice(UNITS), rng.choice(COUNTRIES), about))
    if rng.random() < 0.4:
        count = rng.choice((1.0, 3.0))
        facts.append(("UNNAMED_SUPPLIERS_OF", "many", rng.choice(UNITS), _about(rng) | {"count_min": count}))
    return facts


def _ties(rng: random.Random, graph: RandomGraph) -> list[Fact]:
    facts: list[Fact] = []
    for relation, number in (("OWNS", 4), ("COOPERATES_WITH", 3)):
        for _ in range(rng.randint(1, number)):
            one, other = rng.sample(UNITS, 2)
            facts.append((relation, one, other, _about(rng)))
    for relation, venue in (("MEMBER_OF", "cluster"), ("PARTICIPATES_IN", "project")):
        facts += [(relation, rng.choice(UNITS), venue, _about(rng)) for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.5:
        facts.append(("OPERATES", rng.choice("CD"), rng.choice("AB"), {"document": EXTRACT}))
    facts.append(("SELLS_TO", rng.choice(UNITS), rng.choice(("region", "other region")), _about(rng)))
    return facts


def _figures(rng: random.Random, graph: RandomGraph) -> list[Fact]:
    facts: list[Fact] = []
    for _ in range(rng.randint(2, 5)):
        amount = float(rng.randint(1, 3))
        about = _about(rng, plan=0.1) | {"kind": "Cost", "value_min": amount, "value_max": amount, "currency": "RUB"}
        facts.append(("HAS", rng.choice(UNITS[:2]), None, about))
    return facts
