"""Weak points, exposure, concentration, materials and what-if on the demo: what its sources say, no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph_service.errors import BadParameter, NotFound
from graph_service.graph import Graph

Ask = Callable[..., dict[str, Any]]
ASSEMBLY = "Сборка автобусов Yutong ZK6128H"


def _names(items: list[dict[str, Any]], key: str = "entity") -> list[str]:
    return [item[key]["name"] for item in items]


def test_the_bus_assembly_stops_for_certain_when_one_of_two_plants_stops(ask: Ask) -> None:
    answer = ask("what-if", off="Волгабас Волжский")
    (stopped,) = answer["data"]["items"]
    assert stopped["entity"]["name"].startswith("Yutong ZK6128H assembly")
    assert (stopped["certainty"], stopped["round"]) == ("certain", 1)
    assert stopped["because"]["text"].endswith("only from Volgabus Volzhsky and cannot work without it")
    assert answer["bounds"] == {"certain": 1, "possible": 1}
    stated = {ask("claim", id=claim)["data"]["claim"]["type"] for claim in stopped["claims"]}
    assert stated == {"NEEDS", "SUPPLIES"}


def test_kaustik_possibly_stops_without_praxair_volgograd(ask: Ask) -> None:
    (stopped,) = ask("what-if", off="Праксайр Волгоград")["data"]["items"]
    assert (stopped["entity"]["name"], stopped["certainty"]) == ("Kaustik (Volgograd)", "possible")
    assert "as far as is known only" in stopped["because"]["text"]
    nearby = ask("local-partners", id="Каустик", product="20.11", within_km=100)["data"]["items"]
    assert "Praxair Volgograd LLC" in _names(nearby)
    assert len(nearby) > 1, "somebody nearby could replace it"


def test_what_a_closed_kazakhstan_touches(ask: Ask) -> None:
    answer = ask("what-if", close_market="KZ")
    assert answer["data"]["total"] == 0
    touched = [(item["exporter"]["name"], item["certainty"]) for item in answer["data"]["exports"]]
    assert touched == [("Isopan sandwich panel plant, Volzhsky", "certain"), ("Volzhsky Orgsynthese", "certain")]
    assert "nobody stops for that alone" in answer["summary"]


def test_a_region_off_takes_its_units_and_says_which_exports_end(ask: Ask) -> None:
    data = ask("what-if", off_region="RU-VGG")["data"]
    assert data["switched_off_total"] > 50
    assert data["by_certainty"]["certain"] == 1
    assert "Volgograd Oblast" not in _names(data["regions"], "region"), "its units were switched off, not stopped"
    assert ("Finland", "certain") in [(item["country"]["name"], item["certainty"]) for item in data["exports"]]


def test_a_product_off_is_as_its_only_supplier_off(ask: Ask) -> None:
    answer = ask("what-if", off_product="Кузов автобуса Yutong ZK6128H")
    assert [(item["entity"]["name"][:14], item["certainty"]) for item in answer["data"]["items"]] == [
        ("Yutong ZK6128H", "certain")
    ]
    product = answer["data"]["items"][0]["because"]["product"]
    assert ask("what-if", off_product=product["id"])["summary"] == answer["summary"], "called by its name, not its id"
    assert "If nobody supplies Body of Yutong ZK6128H coach, 1 more stops for certain" in answer["summary"]


def test_nothing_switched_off_is_an_error(ask: Ask) -> None:
    with pytest.raises(BadParameter, match="at least one of off, off_region"):
        ask("what-if")
    with pytest.raises(NotFound, match="nobody is called"):
        ask("what-if", off="Такого завода нет вообще")
    with pytest.raises(BadParameter, match="here a Country is asked for"):
        ask("what-if", close_market="RU-VGG")


def test_chokepoints_of_the_assembly(ask: Ask) -> None:
    answer = ask("chokepoints", id=ASSEMBLY)
    found = [(item["entity"]["name"], item["certainty"], item["steps"]) for item in answer["data"]["items"]]
    assert found == [
        ("Volgabus Volzhsky", "certain", 1),
        ("Volgabus-Vladimir plant", "certain", 1),
        ("Yuchai (engines)", "possible", 1),
    ]


def test_single_sourced_is_certain_only_where_all_suppliers_are_named(ask: Ask) -> None:
    data = ask("single-sourced", id=ASSEMBLY)["data"]
    found = {item["product"]["name"]: item for item in data["items"]}
    assert [item["certainty"] for item in data["items"]] == ["certain", "certain", "possible"]
    assert found["Body of Yutong ZK6128H coach"]["links"][0]["share"] == [1.0, 1.0]
    engine = found["Natural gas engine"]
    assert "share" not in engine["links"][0]
    assert "not known" in engine["why_not_certain"]


def test_planned_supplies_do_not_count_and_are_said(ask: Ask) -> None:
    answer = ask("single-sourced", id="Волжский трубный завод")
    assert answer["data"]["left_out"] == {"planned": 5}
    assert answer["summary"].endswith("not counted: 5 planned.")
    counted = ask("single-sourced", id="Волжский трубный завод", status="actual,planned")
    assert "left_out" not in counted["data"]
    assert counted["data"]["total"] > answer["data"]["total"]


def test_exposure_gives_no_number_where_values_are_not_known(ask: Ask) -> None:
    items = {item["entity"]["name"]: item for item in ask("exposure", id=ASSEMBLY)["data"]["items"]}
    assert "share" not in items["Volgabus Volzhsky"]
    assert [part.get("share") for part in items["Volgabus Volzhsky"]["by_need"]] == [[1.0, 1.0]]
    assert [part.get("share") for part in items["Yuchai (engines)"]["by_need"]] == [None]
    regions = ask("exposure", id=ASSEMBLY, by="region")["data"]
    assert _names(regions["items"]) == ["Vladimir Oblast", "Volgograd Oblast"], "each supplier is in one region"
    assert regions["unplaced"] == 1


def test_the_share_of_a_need_is_that_of_its_product_filter(ask: Ask) -> None:
    data = ask("exposure", id=ASSEMBLY, product="Кузов автобуса Yutong ZK6128H")["data"]
    assert _names(data["items"]) == ["Volgabus Volzhsky"]


def test_concentration_by_region_says_what_is_not_known(ask: Ask) -> None:
    items = ask("concentration", id=ASSEMBLY, by="region")["data"]["items"]
    assert [item.get("hhi") for item in items] == [[1.0, 1.0], [1.0, 1.0], None]
    assert items[2]["why_unknown"] == "no share is known"


def test_materials_multiply_where_units_meet(ask: Ask) -> None:
    items = ask("bill-of-materials", id="Алюминий и сплавы")["data"]["items"]
    by_name = {item["product"]["name"]: item for item in items}
    assert by_name["Alumina"]["amount"] == {"low": "2", "high": "2", "unit": "t/t", "per_year": False}
    assert by_name["Bauxite"]["total_amount"] == {"low": "4", "high": "4", "unit": "t/t", "per_year": False}
    assert by_name["Bauxite"]["level"] == 2
    assert "amount" not in by_name["Baked anodes"]
    cut = ask("bill-of-materials", id="Алюминий и сплавы", levels=1)
    assert cut["meta"]["truncated"]
    assert {item["level"] for item in cut["data"]["items"]} == {1}


def test_an_exhausted_time_budget_is_said(own_demo: Graph) -> None:
    answer = own_demo.ask("exposure", id=ASSEMBLY, time_budget_s=1e-9)
    assert answer["meta"]["truncated"]
    assert answer["meta"]["explored"]["candidates"] == 0


def test_what_to_find_out_about_kaustik(ask: Ask) -> None:
    data = ask("next-best-fact", id="Каустик")["data"]
    first = data["items"][0]
    assert (first["fact"], first["narrows_at_least"]) == ("complete", 1.0)
    assert first["text"].startswith("Are all suppliers of")
    gases = [bound for bound in data["bounds"] if bound["supplier"]["name"] == "Praxair Volgograd LLC"]
    assert all("not known" in bound["low_because"] or "states" in bound["low_because"] for bound in gases)
    assert gases
