"""Needs, what-if and chokepoints: hand-drawn graphs of docs/semantics.md, and brute force on random ones."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_service.analysis.chokepoints import chokepoints
from graph_service.analysis.link_columns import link_columns
from graph_service.analysis.links import Amount, links
from graph_service.analysis.needs import BASES, Needs
from graph_service.analysis.shocks import derivation, fuse, stop
from graph_service.snapshot.snapshot import Snapshot
from tests.analysis.conftest import DAY, Draw, needs, needs_of, place, supplies, vital
from tests.analysis.networks import Drawn, in_columns, networks


def _described(snapshot: Snapshot, found: Needs) -> dict[tuple[str, str], tuple[int, int, str, int]]:
    return {
        (snapshot.name(int(b)), snapshot.name(int(p)) if p >= 0 else "?"): (int(e), int(c), BASES[s], int(n))
        for b, p, e, c, s, n in zip(
            found.buyer, found.product, found.essential, found.complete, found.basis, found.named, strict=True
        )
    }


def _stops(snapshot: Snapshot, found: Needs, *off: str, certain: bool) -> set[str]:
    stopped = stop(found, fuse(found, certain=certain), [place(snapshot, name) for name in off])
    return {snapshot.name(unit) for unit in stopped.units.tolist()}


def test_where_needs_come_from(draw: Draw) -> None:
    graph = draw(
        supplies("A", "J", "steel"),
        supplies("B", "J"),
        supplies("C", "J", "coal", buyer_share="100%"),
        needs("J", "steel", essential="true"),
        needs("J", "oil", complete="false"),
        {"type": "PRODUCES", "from": "J", "to": "pipe"},
        {"type": "PRODUCES", "from": "K", "to": "pipe"},
        {"type": "PRODUCES", "from": "K", "to": "wire"},
        {"type": "REQUIRES", "from": "pipe", "to": "ore", "substitutable": "false"},
        {"type": "REQUIRES", "from": "pipe", "to": "gas", "substitutable": "true"},
        {"type": "REQUIRES", "from": "pipe", "to": "wire"},
    )
    snapshot, found = needs_of(graph)
    assert _described(snapshot, found) == {
        ("J", "steel"): (1, -1, "stated", 1),
        ("J", "?"): (-1, -1, "link", 1),
        ("J", "coal"): (-1, 1, "link", 1),  # a share of 100 % makes the need complete
        ("J", "oil"): (-1, 0, "stated", 0),
        ("J", "ore"): (1, -1, "bill of materials", 0),  # J makes nothing but pipe
        ("K", "ore"): (-1, -1, "bill of materials", 0),  # K makes wire too, without ore
        ("J", "gas"): (-1, -1, "bill of materials", 0),
        ("K", "gas"): (-1, -1, "bill of materials", 0),
        ("J", "wire"): (-1, -1, "bill of materials", 0),
        ("K", "wire"): (-1, -1, "bill of materials", 0),
    }
    made = {(snapshot.name(int(b)), snapshot.name(int(p))) for b, p in zip(
        found.buyer[found.is_made], found.product[found.is_made], strict=True)}  # fmt: skip
    assert made == {("K", "wire")}


def test_a_stated_need_keeps_what_its_materials_say(draw: Draw) -> None:
    """Stating a need without a word on essentiality takes nothing away from what follows from the recipe."""
    graph = draw(
        needs("J", "ore"),
        {"type": "PRODUCES", "from": "J", "to": "pipe"},
        {"type": "REQUIRES", "from": "pipe", "to": "ore", "substitutable": "false"},
    )
    assert _described(*needs_of(graph)) == {("J", "ore"): (1, -1, "stated", 0)}


def test_certain_needs_both_flags_and_possible_only_no_denial(draw: Draw) -> None:
    graph = draw(
        supplies("A", "certain", "steel"), vital("certain", "steel"),
        supplies("A", "open", "steel"), needs("open", "steel", essential="true"),
        supplies("A", "denied", "steel"), needs("denied", "steel", essential="false", complete="true"),
        supplies("A", "partial", "steel"), needs("partial", "steel", essential="true", complete="false"),
        supplies("A", "two", "steel"), supplies("B", "two", "steel"), vital("two", "steel"),
        vital("unsupplied", "steel"),
    )  # fmt: skip
    snapshot, found = needs_of(graph)
    assert _stops(snapshot, found, "A", certain=True) == {"certain"}
    assert _stops(snapshot, found, "A", certain=False) == {"certain", "open"}
    assert _stops(snapshot, found, "A", "B", certain=True) == {"certain", "two"}


def test_groups_and_links_without_a_product_keep_alive(draw: Draw) -> None:
    group = {"type": "UNNAMED_SUPPLIERS_OF"}
    graph = draw(
        supplies("A", "J", "steel"), vital("J", "steel"), group | {"from": "g1", "to": "J", "count_min": 5},
        supplies("A", "K", "steel"), vital("K", "steel"),
        group | {"from": "g2", "to": "K", "count_min": 5, "product": "steel"},
        supplies("A", "L", "steel"), vital("L", "steel"), supplies("B", "L"),
        supplies("A", "M", "steel"), vital("M", "steel"), group | {"from": "g3", "to": "M", "product": "steel"},
    )  # fmt: skip
    snapshot, found = needs_of(graph)
    assert _stops(snapshot, found, "A", certain=True) == set()
    assert _stops(snapshot, found, "A", certain=False) == {"J", "L", "M"}
    assert _stops(snapshot, found, "A", "B", certain=True) == {"L"}
    assert _stops(snapshot, found, "B", certain=False) == {"L"}  # what B supplies may be vital


def test_own_production_is_a_supplier(draw: Draw) -> None:
    graph = draw(supplies("A", "J", "gas"), vital("J", "gas"), {"type": "PRODUCES", "from": "J", "to": "gas"})
    snapshot, found = needs_of(graph)
    assert _stops(snapshot, found, "A", certain=False) == set()


def test_a_loop_sustains_itself_and_a_chain_falls(draw: Draw) -> None:
    chain = [row for n in range(30) for row in (supplies(f"T{n}", f"T{n + 1}", "part"), vital(f"T{n + 1}", "part"))]
    loop = [supplies("X", "Y", "gas"), vital("Y", "gas"), supplies("Y", "X", "ash"), vital("X", "ash"),
            supplies("T0", "X", "ash"), supplies("X", "X", "ash")]  # fmt: skip
    snapshot, found = needs_of(draw(*chain, *loop))
    assert _stops(snapshot, found, "T0", certain=True) == {f"T{n}" for n in range(1, 31)}
    own = fuse(found, certain=True)
    stopped = stop(found, own, [place(snapshot, "T0")])
    assert stopped.round[place(snapshot, "T30")] == 30
    why = [snapshot.name(int(found.buyer[need])) for need in derivation(found, own, stopped, place(snapshot, "T3"))]
    assert why == ["T1", "T2", "T3"]
    assert chokepoints(found, own, place(snapshot, "T30")).units == {place(snapshot, f"T{n}") for n in range(30)}
    cut = chokepoints(found, own, place(snapshot, "T30"), max_units=5)
    assert cut.is_cut
    assert cut.units == {place(snapshot, f"T{n}") for n in range(30)}, "a chain of single suppliers has no limit"


def test_an_empty_graph_needs_nothing(draw: Draw) -> None:
    _, found = needs_of(draw({"type": "COOPERATES_WITH", "from": "A", "to": "B"}))
    assert len(found) == 0
    assert stop(found, fuse(found, certain=True), [0]).units.tolist() == []


def test_planned_links_do_not_count_among_numbers(draw: Draw) -> None:
    graph = draw(supplies("A", "J", "steel", status="planned"), vital("J", "steel"))
    snapshot, found = needs_of(graph)
    assert _stops(snapshot, found, "A", certain=False) == set()


def test_columns_of_links_equal_single_links(draw: Draw) -> None:
    """The vectorised values and the ones of answers are two readings of one rule."""
    graph = draw(
        supplies("A", "J", "steel", basis="delivery", period="2026-03", value=100, currency="RUB", record="r1"),
        supplies("A", "J", "steel", basis="delivery", period="2026-03", value=100, currency="RUB", record="r1",
                 quantity=1, unit="t"),
        supplies("A", "J", "steel", basis="delivery", period="2026-05", value=50, currency="RUB", record="r2"),
        supplies("A", "J", "steel", basis="delivery", period="2019", value=999, currency="RUB"),
        supplies("B", "J", "steel", value_min=10, currency="EUR", buyer_share="20%"),
        supplies("B", "J", "steel", quantity=5, unit="t/month", period="2025"),
        supplies("C", "J", "steel", status="planned", value=7, currency="RUB"),
        supplies("C", "J", "steel", value=8, currency="RUB", buyer_share="30%"),
        supplies("D", "J", "coal", basis="delivery", period="2026-01", value=1, currency="RUB", record="r1"),
        supplies("D", "J", "coal", basis="delivery", period="2026-02", value=1, currency="EUR", record="r9"),
        supplies("E", "J"),
        supplies("F", "J", "coal", basis="delivery", period="2026-01", value=3, currency="RUB", record="r2"),
        supplies("F", "J", "coal", basis="delivery", period="2026-02", quantity=1, unit="t", record="r3"),
    )  # fmt: skip
    snapshot = graph.live.view().snapshot
    rows = np.flatnonzero(snapshot.is_type("SUPPLIES"))
    columns, single = link_columns(snapshot, rows, DAY), links(snapshot, rows.astype(np.int32), DAY)
    assert len(columns) == len(single) == 6
    (partly_known,) = [link for link in single if snapshot.name(link.source) == "F"]
    assert partly_known.value == Amount(low=3.0, high=None, unit="RUB", per_year=True)
    assert partly_known.quantity == Amount(low=1.0, high=None, unit="t", per_year=True)
    for number, link in enumerate(single):
        assert columns.rows_of(number) == list(link.rows)
        for found, amount in ((columns.value, link.value), (columns.quantity, link.quantity)):
            low, high = found.low[number], found.high[number]
            if amount is None or not amount.per_year:
                assert np.isnan(low), link
                assert np.isnan(high), link
            else:
                assert (low, high) == pytest.approx((amount.low, amount.high or np.nan), nan_ok=True), link
                assert snapshot.terms[found.unit[number]] == amount.unit
        share = (columns.buyer_share.low[number], columns.buyer_share.high[number])
        assert share == pytest.approx(link.buyer_share or (np.nan, np.nan), nan_ok=True)


def _brute_force(network: Drawn, off: set[int], *, certain: bool) -> set[int]:
    _, edges, flags = network
    dead = set(off)
    while True:
        fresh = {
            b
            for (b, p), (essential, complete) in flags.items()
            if ((essential, complete) == (1, 1) if certain else 0 not in (essential, complete))
            and all(s in dead for s, buyer, product in edges if (buyer, product) == (b, p))
        }
        if fresh <= dead:
            return dead - off
        dead |= fresh


@settings(max_examples=300, deadline=None)
@given(networks(), st.booleans(), st.data())
def test_what_stops_is_the_least_fixpoint(network: Drawn, certain: bool, data: st.DataObject) -> None:
    off = data.draw(st.sets(st.integers(0, network[0] - 1), max_size=3))
    found = in_columns(network)
    stopped = stop(found, fuse(found, certain=certain), off)
    assert set(stopped.units.tolist()) == _brute_force(network, off, certain=certain)


@settings(max_examples=300, deadline=None)
@given(networks(), st.booleans())
def test_chokepoints_are_those_whose_stop_stops(network: Drawn, certain: bool) -> None:
    found = in_columns(network)
    own = fuse(found, certain=certain)
    for target in range(network[0]):
        expected = {
            unit
            for unit in range(network[0])
            if unit != target and target in _brute_force(network, {unit}, certain=certain)
        }
        assert chokepoints(found, own, target).units == expected
        cut = chokepoints(found, own, target, max_units=0)
        assert cut.is_cut
        assert cut.units <= expected


@settings(max_examples=100, deadline=None)
@given(networks())
def test_knowing_more_never_widens(network: Drawn) -> None:
    """Whatever the unknown flags turn out to be: certain ⊆ truth ⊆ possible, and both ends are reached."""
    size, edges, flags = network
    unknown = [(key, position) for key in flags for position in (0, 1) if flags[key][position] < 0][:6]
    least = _brute_force(network, {0}, certain=True)
    most = _brute_force(network, {0}, certain=False)
    truths = []
    for choice in itertools.product((0, 1), repeat=len(unknown)):
        known = {key: list(value) for key, value in flags.items()}
        for (key, position), value in zip(unknown, choice, strict=True):
            known[key][position] = value
        told = (size, edges, {key: (value[0], value[1]) for key, value in known.items()})
        columns = in_columns(told)
        truths.append(set(stop(columns, fuse(columns, certain=True), [0]).units.tolist()))
        narrower = set(stop(columns, fuse(columns, certain=False), [0]).units.tolist())
        assert least <= truths[-1] <= narrower <= most
    if len(unknown) < 6:
        assert set.intersection(*truths) == least
        assert set.union(*truths) == most
