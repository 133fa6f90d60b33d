"""Algorithms on whole graphs against networkx and brute force: tiers, materials, sales, ties, what is made together."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from math import log, prod
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graph_service.analysis.export_dependence import find_sales
from graph_service.analysis.exposure import exposures
from graph_service.analysis.local_partners import acquaintance
from graph_service.analysis.materials import explode
from graph_service.analysis.network import Neighbours, Reach, network
from graph_service.analysis.relatedness import production, proximity
from graph_service.analysis.tiers import walk
from graph_service.graph import Graph
from graph_service.snapshot.filters import Filters, visible
from graph_service.snapshot.snapshot import Mask, Snapshot
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.analysis.conftest import DAY, place

GRAPHS = range(12)
Drawn = list[tuple[str, str, str, float]]


def _drawn(graph: int) -> Drawn:
    """Edges (relation, from, to, number) of one random graph of its own names."""
    chance = random.Random(graph)
    units, products = ([f"g{graph} {letter}{n}" for n in range(8)] for letter in "up")
    found: set[tuple[str, str, str]] = {
        (relation, chance.choice(units), chance.choice(ends))
        for relation, ends, number in (("SUPPLIES", units, 18), ("PRODUCES", products, 14))
        for _ in range(number)
    }
    found |= {("REQUIRES", chance.choice(products), chance.choice(products)) for _ in range(14)}
    found = {(relation, start, end) for relation, start, end in found if start != end}
    found |= {("EXPORTS_TO", unit, f"g{graph} land") for unit in chance.sample(units, 3)}
    edges = [(*edge, chance.randint(1, 4)) for edge in sorted(found)]
    sold = {unit: sum(share for kind, start, _, share in edges if start == unit and kind in _SOLD) for unit in units}
    return [
        (kind, start, end, share / (sold[start] + 1) if kind in _SOLD else share) for kind, start, end, share in edges
    ]


_SOLD = ("SUPPLIES", "EXPORTS_TO")
_LABELS = {
    "SUPPLIES": "Company,Company", "PRODUCES": "Company,Product", "REQUIRES": "Product,Product",
    "EXPORTS_TO": "Company,Country",
}  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Snapshot, Mask]]:
    """All graphs side by side in one store."""
    folder: Path = tmp_path_factory.mktemp("oracles")
    rows = ["from,to,from_label,to_label,type,sales_share,quantity,unit"]
    for seed in GRAPHS:
        for kind, start, end, number in _drawn(seed):
            amount = f"{number:.9f},," if kind in _SOLD else f",{number},t/t" if kind == "REQUIRES" else ",,"
            rows.append(f"{start},{end},{_LABELS[kind]},{kind},{amount}")
        # Whoever may lie in the market may be meant twice, as a customer and in what is exported there.
        rows += [f"g{seed} u{n},elsewhere,Company,Country,LOCATED_IN,,," for n in range(8)]
    (folder / "claims.csv").write_text("\n".join(rows) + "\n", "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Drawn"))
        assert report.rows_rejected == 0, report.first_rejects
        snapshot = graph.live.view().snapshot
        filters = Filters(valid_at=DAY, known_at=snapshot.version.number, statuses=("actual",))
        yield snapshot, visible(snapshot, filters)


def _graph(drawn: Drawn, *kinds: str) -> nx.DiGraph[str]:
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_weighted_edges_from((start, end, number) for kind, start, end, number in drawn if kind in kinds)
    return found


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("upstream", [True, False], ids=["upstream", "downstream"])
def test_tiers_are_lengths_of_shortest_paths(seen: tuple[Snapshot, Mask], graph: int, upstream: bool) -> None:
    snapshot, mask = seen
    drawn = _graph(_drawn(graph), "SUPPLIES")
    towards = drawn.reverse() if upstream else drawn
    for start in drawn:
        for tiers in (1, 2, 30):
            found = walk(snapshot, place(snapshot, start), mask, upstream=upstream, max_tier=tiers, max_claims=10**6)
            own = {snapshot.name(int(unit)): int(t) for unit, t in zip(found.entities, found.tiers, strict=True)}
            expected = dict(nx.single_source_shortest_path_length(towards, start, cutoff=tiers))
            assert own == {unit: tier for unit, tier in expected.items() if tier}
            beyond = nx.single_source_shortest_path_length(towards, start)
            assert found.is_complete == (len(beyond) == len(expected))


@pytest.mark.parametrize("graph", GRAPHS)
def test_materials_are_all_simple_chains_and_their_amounts_products(seen: tuple[Snapshot, Mask], graph: int) -> None:
    snapshot, mask = seen
    drawn = _graph(_drawn(graph), "REQUIRES")
    for start in drawn:
        for levels in (1, 3, 30):
            expected = []
            chains = [[start]]
            while chains:
                chain = chains.pop()
                for material in drawn.successors(chain[-1]) if len(chain) <= levels else ():
                    line = [*chain, material]
                    amount = prod(drawn.edges[pair]["weight"] for pair in pairwise(line))
                    expected.append((len(chain), chain[-1], material, float(amount), material in chain))
                    chains += [line] if material not in chain else []
            found = [
                (
                    one.level,
                    snapshot.name(one.of),
                    snapshot.name(one.product),
                    one.total and one.total.low,
                    one.is_cycle,
                )
                for one in explode(snapshot, mask, place(snapshot, start), levels)
            ]
            assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("graph", GRAPHS)
def test_what_ends_in_a_market_is_the_sum_over_all_walks(seen: tuple[Snapshot, Mask], graph: int) -> None:
    snapshot, mask = seen
    drawn = _graph(_drawn(graph), *_SOLD)
    market = f"g{graph} land"
    for tiers in (1, 2, 5):
        ends = dict.fromkeys(drawn, 0.0) | {market: 1.0}
        for _ in range(tiers):
            ends = {
                unit: sum(drawn.edges[unit, to]["weight"] * ends[to] for to in drawn.successors(unit))
                if unit != market else 1.0
                for unit in drawn
            }  # fmt: skip
        for unit in set(drawn) - {market}:
            sales = find_sales(snapshot, mask, DAY, place(snapshot, unit), tiers)
            hit = sales.links.target[sales.cone.shares.edge] == place(snapshot, market)
            low, high = exposures(sales.cone, hit, tiers)[1]
            assert (low[0], high[0]) == pytest.approx((ends[unit], ends[unit]), abs=1e-5)


@pytest.mark.parametrize("graph", GRAPHS)
def test_shared_partners_are_those_of_adamic_and_adar(seen: tuple[Snapshot, Mask], graph: int) -> None:
    snapshot, mask = seen
    drawn = _graph(_drawn(graph), "SUPPLIES").to_undirected()
    for asker in drawn:
        known = acquaintance(snapshot, mask, place(snapshot, asker))
        for other in set(drawn) - {asker}:
            score = sum(1 / log(drawn.degree(one)) for one in nx.common_neighbors(drawn, asker, other))
            at = np.array([place(snapshot, other)])
            reasons = known.reasons(at)
            assert reasons["shared"][0][0] == pytest.approx(score / (1 + score))
            assert reasons["tie"][0][0] == drawn.has_edge(asker, other)


@pytest.mark.parametrize("graph", GRAPHS)
def test_products_are_near_that_the_same_make(seen: tuple[Snapshot, Mask], graph: int) -> None:
    snapshot, mask = seen
    makers: dict[str, set[str]] = {}
    for kind, unit, product, _ in _drawn(graph):
        if kind == "PRODUCES":
            makers.setdefault(product, set()).add(unit)
    made = production(snapshot, mask)
    for product, own in makers.items():
        near = proximity(made, place(snapshot, product))
        for other, theirs in makers.items():
            expected = len(own & theirs) / max(len(own), len(theirs))
            assert near[place(snapshot, other)] == pytest.approx(expected)


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_network_is_drawn_in_the_tiers_of_networkx(seen: tuple[Snapshot, Mask], graph: int) -> None:
    snapshot, mask = seen
    drawn: nx.DiGraph[int] = nx.DiGraph()
    drawn.add_edges_from(
        (place(snapshot, start), place(snapshot, end)) for kind, start, end, _ in _drawn(graph) if kind == "SUPPLIES"
    )
    neighbours = Neighbours(snapshot, lambda rows: np.asarray(rows[mask[rows]], np.int32), lambda _: True)
    for start in list(drawn):
        for left, walked in ((3, drawn.reverse()), (0, drawn)):
            reach = Reach(left=left, right=3 - left, relations=frozenset({"SUPPLIES"}), fan=100, most=1000)
            found = network(snapshot, neighbours, [start], reach, sorted)
            assert {unit: abs(tier) for unit, tier in found.tiers.items()} == dict(
                nx.single_source_shortest_path_length(walked, start, cutoff=3)
            )
            inside = drawn.subgraph(found.tiers)
            assert set(found.links) == {(*edge, "SUPPLIES") for edge in inside.edges}
