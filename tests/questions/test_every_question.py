"""Every question of what is hard on it: nothing at all, thirty tiers in a ring, hubs, counted parties, bad input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter

from graph_service.errors import Ambiguous, BadParameter, Merged, NotFound
from graph_service.graph import Graph
from graph_service.questions.question import PageParams, registry
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from tests.questions.hard_graphs import ABOUT, COUNTED, LABELS, SPOKES, TIERS, WHOLE, given, hub, load, small

QUESTIONS = sorted(registry())
BUDGETED = [name for name in QUESTIONS if "time_budget_s" in registry()[name].params.model_fields]
WHO = [name for name in QUESTIONS if name not in (*WHOLE, "evidence.claim", "evidence.document", "lookup.search")]
"""Questions that look for somebody by name."""

ROUND_THE_RING = {
    "cooperation.cluster": TIERS + 1, "cooperation.ownership": 2 * TIERS, "cooperation.partners": TIERS,
    "cooperation.region_flows": 1, "cooperation.self_sufficiency": TIERS, "cooperation.shared_partners": TIERS - 1,
    "dependency.bill_of_materials": TIERS, "dependency.common_suppliers": TIERS - 1,
    "dependency.customers": TIERS, "dependency.exposure": TIERS, "dependency.suppliers": TIERS,
    "exports.export_dependence": 1, "exports.region_exports": 1, "planning.local_customers": TIERS,
    "planning.what_if": TIERS,
}  # fmt: skip
"""How many things each question finds: everybody once, however the ring closes."""

OF_THE_HUB = {
    "cooperation.cluster": SPOKES, "cooperation.ownership": SPOKES, "cooperation.partners": SPOKES,
    "cooperation.region_flows": 1, "cooperation.self_sufficiency": SPOKES, "cooperation.shared_partners": SPOKES - 1,
    "dependency.bill_of_materials": 10_000, "dependency.common_suppliers": SPOKES - 1,
    "dependency.customers": SPOKES, "dependency.suppliers": SPOKES, "evidence.claims": 3 * SPOKES + 4,
    "evidence.next_best_fact": 50, "exports.region_exports": 1, "lookup.neighbours": 3 * SPOKES + 3,
    "planning.local_customers": SPOKES, "planning.local_partners": SPOKES, "planning.unmet_needs": SPOKES,
    "planning.what_if": SPOKES,
}  # fmt: skip
CUT = ("cooperation.cluster", "dependency.bill_of_materials", "dependency.chokepoints", "dependency.exposure",
       "evidence.diff")  # fmt: skip
"""Questions that reach a limit at the hub, and say so."""
ASK_FOR_SUPPLIERS = ("dependency.chokepoints", "dependency.concentration", "dependency.exposure",
                     "dependency.single_sourced", "evidence.next_best_fact")  # fmt: skip
LONGEST_S = 30
PAGE = 50


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with load(tmp_path_factory.mktemp("hard") / "ring", small()) as graph:
        yield graph


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with load(tmp_path_factory.mktemp("hard") / "hub", hub()) as graph:
        yield graph


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with Graph(SqliteStore(tmp_path_factory.mktemp("hard") / "x.sqlite")) as graph:
        yield graph


def _ask(graph: Graph, name: str, parameters: dict[str, Any]) -> dict[str, Any]:
    """The answer, which is of the type that the question promises, and can be written as JSON."""
    answer = graph.ask(name, lang="en", **parameters)
    TypeAdapter(registry()[name].result).validate_python(answer["data"])
    assert orjson.loads(orjson.dumps(answer)) == answer
    assert answer["summary"].endswith((".", "?", "…")), answer["summary"]
    return answer


def _of_the_ring(graph: Graph, name: str, who: str = "ring 0") -> dict[str, Any]:
    question = registry()[name]
    found = given(graph, question, who, other="Company ring 15", product="Product ring 3")
    far = {name: TIERS for name in ("tiers", "levels") if name in question.params.model_fields}
    return found | far


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_ring_of_thirty_tiers_with_loops(ring: Graph, name: str) -> None:
    answer = _ask(ring, name, _of_the_ring(ring, name))
    total = answer["data"].get("total")
    assert total == ROUND_THE_RING.get(name, total)
    assert answer["meta"]["truncated"] == (name == "dependency.bill_of_materials"), "its ring has one level more"
    if name in ("dependency.suppliers", "dependency.customers"):
        assert answer["data"]["by_tier"] == {str(tier): 1 for tier in range(1, TIERS + 1)}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_entity_with_only_counted_partners(ring: Graph, name: str) -> None:
    answer = _ask(ring, name, _of_the_ring(ring, name, "alone"))
    counted = answer.get("coverage", {}).get("counted_min")
    sides = ("cooperation.partners", "dependency.customers", "dependency.suppliers", "exports.markets")
    assert counted == (COUNTED if name in sides else None)
    if name in sides:
        assert f"at least {COUNTED}" in answer["summary"]
        assert [group["count_min"] for group in answer["data"]["groups"]][:1] == [COUNTED]
        assert answer["data"]["items"] == [], "a group is nobody"
    elif name.startswith(("dependency", "exports", "planning")):
        assert answer["data"]["total"] == 0
        assert "known" in answer["summary"], "nobody found is no proof"
    if name in ASK_FOR_SUPPLIERS:
        assert f"sources count at least {COUNTED} suppliers" in answer["summary"]
        assert len(answer["evidence"]["claims"]) == 1


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_hub_of_twelve_thousand(big: Graph, name: str) -> None:
    question = registry()[name]
    asked = given(big, question, "hub", other="spoke 1", product="part")
    if name in BUDGETED:  # the exposure to each of 12,000 takes minutes, the others seconds
        asked["time_budget_s"] = 0.5 if name in CUT else LONGEST_S
    answer = _ask(big, name, asked)
    assert answer["meta"]["truncated"] == (name in CUT)
    total = answer["data"].get("total")
    assert total == OF_THE_HUB.get(name, total)
    if answer["meta"]["truncated"] and name not in ("cooperation.cluster", "evidence.diff"):
        assert min(answer["meta"]["explored"].values()) > 0
    if issubclass(question.params, PageParams):
        assert len(answer["data"]["items"]) == min(PAGE, total)
        assert ("next" in answer["links"]) == (total > PAGE)
    if issubclass(question.params, PageParams) and total > PAGE and not answer["meta"]["truncated"]:
        following = big.ask(name, lang="en", **asked, cursor=str(PAGE))["data"]["items"]
        both = [orjson.dumps(item) for item in (*answer["data"]["items"], *following)]
        assert len(set(both)) == len(both) == min(2 * PAGE, total)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_empty_graph(empty: Graph, ring: Graph, name: str) -> None:
    asked = _of_the_ring(ring, name)
    if name in (*WHOLE, "lookup.search"):
        answer = _ask(empty, name, asked)
        assert (answer["data"].get("total", 0), answer["meta"]["graph_version"]) == (0, 0)
        return
    with pytest.raises(NotFound) as nobody:
        empty.ask(name, **asked)
    assert not nobody.value.extra.get("near")


@pytest.mark.parametrize("name", ["ООО Ромашка", "Ромашка", "7704753869"])
def test_an_empty_graph_knows_nobody(empty: Graph, name: str) -> None:
    with pytest.raises(NotFound):
        empty.ask("dependency.suppliers", id=name)


def test_an_empty_graph_has_no_contradictions(empty: Graph) -> None:
    assert _ask(empty, "evidence.contradictions", {})["data"]["total"] == 0


def _instead(ring: Graph, name: str, wanted: str) -> dict[str, Any]:
    """The parameters with another word wherever they name the one asked about."""
    own = f"{ABOUT.get(name, 'Company')} ring 0"
    asked = _of_the_ring(ring, name)
    found = {key: value.replace(own, wanted) if isinstance(value, str) else value for key, value in asked.items()}
    assert found != asked
    return found


@pytest.mark.parametrize("name", WHO)
def test_an_unknown_name_has_near_ones(ring: Graph, name: str) -> None:
    label = ABOUT.get(name, "Company")
    with pytest.raises(NotFound) as unknown:
        ring.ask(name, **_instead(ring, name, f"{label} rinng 0"))
    assert unknown.value.extra["near"][0]["name"] == f"{label} ring 0"
    with pytest.raises(NotFound):
        ring.ask(name, **_instead(ring, name, "a" * 13))


@pytest.mark.parametrize("name", WHO)
def test_an_ambiguous_name_has_candidates_that_answer(ring: Graph, name: str) -> None:
    label = ABOUT.get(name, "Company")
    with pytest.raises(Ambiguous) as several:
        ring.ask(name, **_instead(ring, name, label))
    candidates = several.value.extra["candidates"]
    assert 2 <= len(candidates) <= 10
    assert {item["type"] for item in candidates} == {label}
    last = next(item for item in reversed(candidates) if item["name"] != "Company ring 15")
    _ask(ring, name, _instead(ring, name, last["id"]))


@pytest.mark.parametrize("label", [label for label in LABELS if label != "Product"])
def test_a_merged_id_leads_on_whatever_is_asked(tmp_path: Path, label: str) -> None:
    with load(tmp_path / "own", small()) as graph:
        done = graph.merge(f"{label} old", f"{label} ring 0", Edit(editor="anna", note="one"))
        for name in WHO:
            if ABOUT.get(name, "Company") == label:
                with pytest.raises(Merged) as moved:
                    graph.ask(name, **_instead(graph, name, done.old))
                assert moved.value.extra["location"] == done.entity, name


CONTRADICTORY = (
    {"product": "Product ring 3", "-product": "Product ring 3"},
    {"source": "Drawn", "-source": "Drawn"},
    {"region": "Region alone", "-region": "Region alone"},
    {"country": "Land", "-country": "Land"},
    {"region": "Region alone", "-country": "Land"},
    {"region": "Region alone", "country": "Far land"},
)
_CASES = [
    (name, filters)
    for name in QUESTIONS
    for filters in CONTRADICTORY
    if name != "evidence.certificate"  # it has its own parameters in another one
    and all(key.replace("-", "without_") in registry()[name].params.model_fields for key in filters)
]


@pytest.mark.parametrize(
    ("name", "filters"), _CASES, ids=lambda case: case if isinstance(case, str) else " ".join(case)
)
def test_filters_that_contradict_each_other(ring: Graph, name: str, filters: dict[str, str]) -> None:
    with pytest.raises(BadParameter, match=r"asked for"):
        ring.ask(name, **{**_of_the_ring(ring, name), **filters})


def test_a_filter_that_leaves_something_is_none(ring: Graph) -> None:
    for filters in (
        {"region": "Region alone,Region ring 3", "-region": "Region alone"},
        {"region": "Region alone", "country": "Land,Far land"},
        {"region": "Region ring 3", "country": "Land"},  # of a region whose country is not known nothing is excluded
        {"product": "Product ring 0,Product ring 3", "-product": "Product ring 3"},
    ):
        assert ring.ask("partners", id="Company ring 0", **filters)["summary"]


@pytest.mark.parametrize("name", BUDGETED)
def test_a_budget_that_is_used_up_is_said(ring: Graph, name: str) -> None:
    asked = _of_the_ring(ring, name)
    whole, cut = _ask(ring, name, asked), _ask(ring, name, asked | {"time_budget_s": 1e-9})
    assert (whole["meta"]["truncated"], cut["meta"]["truncated"]) == (False, True)
    assert cut["data"]["total"] == 0 < whole["data"]["total"]
    assert any(cut["meta"]["explored"][key] < number for key, number in whole["meta"]["explored"].items())
    with pytest.raises(BadParameter):
        ring.ask(name, **asked, time_budget_s=0)
    assert registry()[name].params.model_fields["time_budget_s"].default == 5
