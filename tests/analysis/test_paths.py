"""The k shortest simple paths against networkx, which spells out all of them, on random multigraphs."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from graph_service.analysis.paths import Paths, shortest_paths
from graph_service.analysis.ties import Ties
from graph_service.graph import Graph
from graph_service.snapshot.snapshot import Mask, Snapshot
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

RELATIONS = ("SUPPLIES", "COOPERATES_WITH", "OWNS")
GRAPHS = 40
HUB = 12_000


def _random_rows() -> Iterator[str]:
    """Graphs of eight firms with parallel ties, self-loops, cycles and four confidences."""
    chance = random.Random(7)
    for graph in range(GRAPHS):
        for number in range(chance.randint(6, 24)):
            one, other = chance.randrange(8), chance.randrange(8)
            relation, sure = chance.choice(RELATIONS), chance.choice(("", "0.9", "0.5", "0"))
            yield f"{relation},g{graph} n{one},Company,g{graph} n{other},Company,{sure},{number}"


def _large_rows() -> Iterator[str]:
    for number in range(HUB):
        yield f"SUPPLIES,leaf {number},Company,hub,Company,,"
    yield "SUPPLIES,hub,Company,far side,Company,,"
    for number in range(30):
        yield f"SUPPLIES,chain {number},Company,chain {number + 1},Company,,"


@dataclass(frozen=True, kw_only=True)
class Small:
    """A snapshot, all of its claims, and who is called what."""

    snapshot: Snapshot
    mask: Mask
    names: dict[str, int]

    def ties(self, without: Iterable[int] = ()) -> Ties:
        return Ties.of(self.snapshot, self.mask, RELATIONS, without)


def _loaded(folder: Path, rows: Iterable[str]) -> Small:
    (folder / "claims.csv").write_text(
        "\n".join(("type,from,from_label,to,to_label,confidence,record", *rows)), "utf-8"
    )
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        snapshot = graph.live.view().snapshot
    names = {snapshot.name(entity): entity for entity in range(len(snapshot.entity_ids))}
    return Small(snapshot=snapshot, mask=np.ones(len(snapshot.claim_ids), bool), names=names)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return _loaded(tmp_path_factory.mktemp("paths"), _random_rows())


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return _loaded(tmp_path_factory.mktemp("large"), _large_rows())


def _expected(snapshot: Snapshot, start: int, end: int, longest: int, without: set[int]) -> list[tuple[Any, ...]]:
    """All simple paths in the order of semantics.md: length, then least confidence (higher first), then ids."""
    graph: nx.Graph[int] = nx.Graph()
    c = snapshot.claims
    for row in np.flatnonzero(snapshot.is_type(*RELATIONS)).tolist():
        one, other, sure = int(c["from"][row]), int(c["to"][row]), float(c["confidence"][row])
        if not {one, other} & without:
            best = graph.edges[one, other]["sure"] if graph.has_edge(one, other) else -1.0
            graph.add_edge(one, other, sure=max(sure, best))
    if start not in graph or end not in graph:
        return []
    found = []
    for path in nx.all_simple_paths(graph, start, end, cutoff=longest):
        sure = min(graph.edges[hop]["sure"] for hop in pairwise(path))
        found.append((len(path) - 1, -sure, [snapshot.entity_ids[unit] for unit in path], sure))
    return [(ids, sure) for _, _, ids, sure in sorted(found)]


@pytest.mark.parametrize("graph", range(GRAPHS))
def test_paths_are_those_of_networkx_in_our_order(small: Small, graph: int) -> None:
    units = [small.names[name] for number in range(8) if (name := f"g{graph} n{number}") in small.names]
    chance = random.Random(graph)
    for start, end in combinations(units, 2):
        without = {chance.choice(units)} - {start, end} if chance.random() < 0.3 else set()
        longest = chance.randint(1, 7)
        expected = _expected(small.snapshot, start, end, longest, without)
        for k in (1, 3, 1000):
            found = shortest_paths(small.ties(without), start, end, k=k, max_length=longest, max_steps=100_000)
            assert not found.is_cut
            assert [
                ([small.snapshot.entity_ids[unit] for unit in path.units], path.confidence) for path in found.paths
            ] == expected[:k]


def _ends(small: Small) -> list[tuple[int, int]]:
    named = [(small.names.get(f"g{graph} n0", -1), small.names.get(f"g{graph} n1", -1)) for graph in range(GRAPHS)]
    return [pair for pair in named if -1 not in pair]


def test_random_graphs_have_enough_to_compare(small: Small) -> None:
    many = [len(_expected(small.snapshot, *pair, 7, set())) for pair in _ends(small)]
    assert max(many) > 50
    assert sum(number > 3 for number in many) > 15


def test_a_hub_of_twelve_thousand_is_no_dead_end(large: Small) -> None:
    leaf, hub, far = (large.names[name] for name in ("leaf 5", "hub", "far side"))
    found = shortest_paths(large.ties(), leaf, far, k=5, max_length=10, max_steps=100)
    assert [path.units for path in found.paths] == [(leaf, hub, far)]
    assert not found.is_cut


def test_a_chain_is_followed_as_far_as_asked(large: Small) -> None:
    ends = large.names["chain 0"], large.names["chain 30"]
    assert not shortest_paths(large.ties(), *ends, k=1, max_length=29, max_steps=100).paths
    (path,) = shortest_paths(large.ties(), *ends, k=1, max_length=30, max_steps=100).paths
    assert path.units == tuple(large.names[f"chain {number}"] for number in range(31))


def test_what_is_found_before_the_limit_is_the_first(small: Small) -> None:
    def found(pair: tuple[int, int], steps: int) -> Paths:
        return shortest_paths(small.ties(), *pair, k=1000, max_length=7, max_steps=steps)

    most = max(_ends(small), key=lambda pair: len(found(pair, 100_000).paths))
    whole, cut = found(most, 100_000), found(most, 20)
    assert cut.is_cut
    assert not whole.is_cut
    assert 0 < len(cut.paths) < len(whole.paths)
    assert cut.paths == whole.paths[: len(cut.paths)]
