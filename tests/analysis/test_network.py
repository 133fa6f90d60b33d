"""The network around somebody: tiers on both sides, who is walked through, what a hub shows and counts."""

from __future__ import annotations

from pathlib import Path

from graph_service.graph import Graph
from tests.questions.hard_graphs import SPOKES, hub, load


def test_tiers_are_the_shortest_ways_upstream(demo_graph: Graph) -> None:
    asked = {"id": "Волжский трубный завод", "relation": "SUPPLIES", "fan": 1000, "status": "actual,planned"}
    shown = demo_graph.ask("network", upstream=3, downstream=0, **asked)["data"]["items"]
    listed = demo_graph.ask("suppliers", id=asked["id"], tiers=3, limit=1000, status=asked["status"])["data"]["items"]
    tiers = {node["entity"]["id"]: -node["tier"] for node in shown if node["tier"]}
    assert tiers == {item["entity"]["id"]: item["tier"] for item in listed}
    assert tiers


def test_every_link_between_those_shown_is_drawn_and_no_other(demo_graph: Graph) -> None:
    data = demo_graph.ask("network", id="Каустик", upstream=2, downstream=2, fan=1000)["data"]
    ids = [node["entity"]["id"] for node in data["items"]]
    shown = set(ids)
    drawn = {(ids[edge["from"]], ids[edge["to"]], edge["relation"]) for edge in data["edges"]}
    for node in data["items"]:
        found = demo_graph.ask("neighbours", id=node["entity"]["id"], limit=1000, direction="out")["data"]["items"]
        for item in found:
            if item["entity"]["id"] in shown and item["relation"] in ("SUPPLIES", "EXPORTS_TO", "OWNS"):
                assert (node["entity"]["id"], item["entity"]["id"], item["relation"]) in drawn
    assert len(drawn) > 10


def test_what_is_needed_stands_left_of_who_needs_it(demo_graph: Graph) -> None:
    data = demo_graph.ask("network", id="Изопан Рус")["data"]
    tier = [node["tier"] for node in data["items"]]
    sides = {(edge["relation"], tier[edge["from"]], tier[edge["to"]]) for edge in data["edges"]}
    assert ("NEEDS", 0, -1) in sides
    assert ("EXPORTS_TO", 0, 1) in sides
    (group,) = [node for node in data["items"] if node.get("count_min") == 30]
    assert group["tier"] == -1


def test_a_hub_shows_the_first_and_counts_the_others(tmp_path: Path) -> None:
    with load(tmp_path / "hub", hub()) as graph:
        data = graph.ask("network", id="Company hub", relation="SUPPLIES", fan=20)["data"]
        # Everybody sells to the hub and buys from it: of the customers those are shown already who sell to it.
        assert data["total"] == 41
        assert data["neighbours_total"] == SPOKES, "each is one neighbour, however many relations lead to it"
        assert [(more["direction"], more["shown"], more["total"]) for more in data["more"]] == [
            ("upstream", 20, SPOKES), ("downstream", 40, SPOKES),
        ]  # fmt: skip
        few = graph.ask("network", id="Company hub", relation="SUPPLIES", fan=1000, most=100)
        assert (few["data"]["total"], few["meta"]["truncated"]) == (100, True)


def test_claims_are_named_unless_nobody_wants_them(demo_graph: Graph) -> None:
    told, short = (demo_graph.ask("network", id="Каустик", claims=claims) for claims in (True, False))
    assert all(edge["claims"] for edge in told["data"]["edges"])
    assert {claim for edge in told["data"]["edges"] for claim in edge["claims"]} == set(told["evidence"]["claims"])
    assert not any("claims" in edge for edge in short["data"]["edges"])
    assert short["evidence"]["claims"] == []
