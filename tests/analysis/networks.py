"""Random networks, drawn straight in columns: units 0…n−1, edges (supplier, buyer, product)."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from graph_service.analysis.link_columns import Intervals
from graph_service.analysis.needs import Needs
from graph_service.snapshot.snapshot import Csr

Drawn = tuple[int, list[tuple[int, int, int]], dict[tuple[int, int], tuple[int, int]]]


@st.composite
def networks(draw: st.DrawFn) -> Drawn:
    """How many units, edges, and whether each need is (essential, complete)."""
    size = draw(st.integers(1, 9))
    edge = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.integers(0, 2))
    edges = sorted({e for e in draw(st.lists(edge, max_size=24)) if e[0] != e[1]}, key=lambda e: (e[1], e[2], e[0]))
    flags = st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1]))
    return size, edges, {(b, p): draw(flags) for _, b, p in edges}


def in_columns(network: Drawn) -> Needs:
    """The network as needs."""
    size, edges, flags = network
    keys = sorted(flags)
    buyer = np.array([b for b, _ in keys], np.int32)
    need = np.array([keys.index((b, p)) for _, b, p in edges], np.int32)
    supplier = np.array([s for s, _, _ in edges], np.int32)
    nothing = Intervals(
        low=np.full(len(keys), np.nan), high=np.full(len(keys), np.nan), unit=np.full(len(keys), -1, np.int32)
    )
    none = np.full(len(keys), -1, np.int32)
    return Needs(
        buyer=buyer, product=np.array([p for _, p in keys], np.int32), value=nothing, quantity=nothing,
        essential=np.array([flags[key][0] for key in keys], np.int8),
        complete=np.array([flags[key][1] for key in keys], np.int8), basis=np.zeros(len(keys), np.int8),
        named=np.bincount(need, minlength=len(keys)).astype(np.int32), is_made=np.zeros(len(keys), bool),
        group_min=none, any_group_min=none, edge_need=need, edge_supplier=supplier,
        edge_link=np.arange(len(edges), dtype=np.int32), by_buyer=Csr.group(buyer, size),
        by_need=Csr.group(need, len(keys)), by_supplier=Csr.group(supplier, size), links=None,  # type: ignore[arg-type]
    )  # fmt: skip
