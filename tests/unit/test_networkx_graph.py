"""The graph for networkx: what the store holds, no more and no less."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graph_service.errors import BadParameter, NotFound
from graph_service.graph import Graph
from graph_service.interop.networkx_graph import EntityGraph, to_networkx
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def whole(demo_graph: Graph) -> EntityGraph:
    return to_networkx(demo_graph, valid_at=DAY)


@pytest.fixture(scope="module")
def isopan(demo_graph: Graph) -> str:
    return demo_graph.find_id("Изопан Рус")


def test_edges_are_the_claims_that_count(demo_graph: Graph, whole: EntityGraph) -> None:
    snapshot = demo_graph.live.view().snapshot
    quality = demo_graph.ask("quality", valid_at=DAY.isoformat())["data"]
    expected = sum(count for name, count in quality["claims"].items() if name != "DESCRIBED_IN")
    assert whole.number_of_edges() == expected > 1000
    assert isinstance(whole, nx.MultiDiGraph)
    for source, target, claim, values in whole.edges(keys=True, data=True):
        row = snapshot.claim_positions[claim]
        assert snapshot.entity_ids[snapshot.claims["from"][row]] == source
        to = int(snapshot.claims["to"][row])
        assert target == (claim if to < 0 else snapshot.entity_ids[to])
        assert values["type"] == snapshot.term("type", row)


def test_nodes_are_the_entities_and_one_observation_for_each_figure(demo_graph: Graph, whole: EntityGraph) -> None:
    labels = nx.get_node_attributes(whole, "label")
    quality = demo_graph.ask("quality", valid_at=DAY.isoformat())["data"]
    assert sum(label != "Observation" for label in labels.values()) == sum(quality["entities"].values())
    figures = [values["type"] for _, target, values in whole.edges(data=True) if labels[target] == "Observation"]
    assert figures.count("HAS") == quality["claims"]["HAS"] > 200
    assert set(figures) == {"HAS", "USED_IN"}  # a use in words has no other entity at its end either
    assert len(figures) == sum(label == "Observation" for label in labels.values())
    assert "PartnerGroup" in labels.values()


def test_an_edge_carries_what_its_source_states(demo_graph: Graph, whole: EntityGraph) -> None:
    for _, _, values in whole.edges(data=True):
        assert None not in values.values()
        assert not any(isinstance(value, np.generic) for value in values.values())
        assert values["source_rank"] in range(1, 6)
    stored = {claim.claim_id: claim for claim in demo_graph.store.claims(k for _, _, k in whole.edges(keys=True))}
    kept_out = {"quote", "note", "row", "dates", "method", "char_start", "char_end"}
    raw_ends = {"from_raw", "to_raw"}
    for _, _, claim, values in whole.edges(keys=True, data=True):
        stated = {name: value for name, value in stored[claim].fields.items() if name not in kept_out | raw_ends}
        assert {name: values[name] for name in stated} == stated
        assert values.keys() - stated.keys() <= {
            "document", "source_rank", "published_on", "last_seen", "product_name", *raw_ends
        }  # fmt: skip
        assert values["document"] == stored[claim].document_id


def test_a_node_carries_who_it_is(demo_graph: Graph, whole: EntityGraph, isopan: str) -> None:
    node = whole.nodes[isopan]
    assert node["label"] == "Company"
    assert node["name"] == "ООО «Изопан Рус»"
    assert "Isopan Rus" in node["names"]
    assert node["lat"] == pytest.approx(48.798, abs=0.001)
    assert node["lon"] == pytest.approx(44.746, abs=0.001)
    assert whole.nodes[demo_graph.find_id("AM")]["identifiers"] == {"iso": "AM"}
    assert to_networkx(demo_graph, lang="en").nodes[isopan]["name"] == "Isopan Rus"


def test_a_neighbourhood_is_what_one_hop_reaches(demo_graph: Graph, whole: EntityGraph, isopan: str) -> None:
    near = to_networkx(demo_graph, entity=isopan, valid_at=DAY)
    plant = demo_graph.find_id("Завод сэндвич-панелей «Изопан» (Волжский)")
    around = {isopan, plant}
    for end in (isopan, plant):  # they are one unit
        around |= set(whole.successors(end)) | set(whole.predecessors(end))
    assert set(near) == around
    edges = set(near.edges(keys=True))
    assert edges == {
        (source, target, claim)
        for source, target, claim in whole.edges(keys=True)
        if source in around and target in around
    }
    assert set(to_networkx(demo_graph, entity=isopan, hops=0, valid_at=DAY)) == {isopan, plant}


def test_places_and_products_are_reached_but_not_walked_through(demo_graph: Graph, isopan: str) -> None:
    far = to_networkx(demo_graph, entity=isopan, hops=30, valid_at=DAY)
    hubs = {"City", "Region", "Country", "Product", "PartnerGroup"}
    labels = nx.get_node_attributes(far, "label")
    assert hubs <= set(labels.values())
    walked = far.subgraph([node for node, label in labels.items() if label not in hubs])
    assert nx.is_weakly_connected(walked)
    town = to_networkx(demo_graph, entity=demo_graph.find_id("Волжский"), valid_at=DAY)
    assert town.number_of_nodes() > 20  # asked for, a place shows what lies in it


def test_clock_and_statuses_decide_what_counts(tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        edit = Edit(editor="tester", note="for the test")
        ends = {"type": "SUPPLIES", "from": "new:Seller", "to": "new:Buyer"}
        labels = {"from_label": "Company", "to_label": "Company"}
        _, ended = graph.add_claim({**ends, **labels, "valid_from": "2019", "valid_to": "2020"}, edit)
        known = {"type": "SUPPLIES", "from": "Seller", "to": "Buyer"}
        _, planned = graph.add_claim({**known, "status": "planned"}, edit)
        _, wrong = graph.add_claim({**known, "status": "actual"}, edit)
        graph.retract_claim(wrong, edit)
        graph.live.refresh()

        def claims(**options: object) -> set[str]:
            return {claim for _, _, claim in to_networkx(graph, **options).edges(keys=True)}  # type: ignore[arg-type]

        assert claims(valid_at=DAY) == {planned}
        assert claims(valid_at=date(2020, 6, 1)) == {planned, ended}
        assert claims(valid_at=date(2020, 6, 1), statuses=("actual",)) == {ended}


def test_what_does_not_fit_is_said(demo_graph: Graph, isopan: str) -> None:
    with pytest.raises(NotFound, match="nobody"):
        to_networkx(demo_graph, entity="nobody")
    with pytest.raises(BadParameter, match="hops"):
        to_networkx(demo_graph, entity=isopan, hops=-1)
    with pytest.raises(BadParameter, match="aktual"):
        to_networkx(demo_graph, statuses=("aktual",))
