"""Sentences say what the whole answer says: no more, no less, and the same on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.questions.cooperation import paths
from graph_service.questions.question import registry
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

Draw = Callable[[str], Graph]


@pytest.fixture
def draw(tmp_path: Path) -> Iterator[Draw]:
    """A graph from the lines of a claims file."""
    with ExitStack() as stack:

        def drawn(text: str) -> Graph:
            file = tmp_path / "claims.csv"
            file.write_text(text, "utf-8")
            graph = stack.enter_context(Graph(SqliteStore(tmp_path / "x.sqlite")))
            report = graph.load("claims", [file], Options(source="Test"))
            assert report.rows_rejected == 0, report.first_rejects
            return graph

        yield drawn


PAGED = sorted(name for name, question in registry().items() if "cursor" in question.params.model_fields)


@pytest.mark.parametrize("name", PAGED)
def test_the_sentence_is_of_all_pages(name: str, ask: Ask) -> None:
    example = dict(registry()[name].example)
    whole, first, beyond = (ask(name, **example, **page) for page in ({}, {"limit": 1}, {"cursor": "99999"}))
    assert first["summary"] == whole["summary"] == beyond["summary"]
    assert first.get("coverage") == whole.get("coverage") == beyond.get("coverage")


CIRCLE = (
    "type,from,to,product\nSUPPLIES,A,Buyer,steel\nSUPPLIES,B,A,ore\nSUPPLIES,Buyer,B,wire\nSUPPLIES,C,Buyer,coal\n"
)


def test_exposure_is_to_others_and_cites_the_links_that_lead_there(draw: Draw) -> None:
    graph = draw(CIRCLE)
    items = {item["entity"]["name"]: item for item in graph.ask("exposure", id="Buyer", tiers=3)["data"]["items"]}
    assert set(items) == {"A", "B", "C"}, "a circle back to the buyer is no dependence on itself"

    def links(item: dict[str, Any]) -> set[str]:
        cited = (graph.ask("claim", id=claim)["data"]["claim"] for claim in item["claims"])
        return {f"{claim['subject']['name']} > {claim['object']['name']}" for claim in cited}

    assert links(items["B"]) == {"A > Buyer", "B > A"}
    assert "C > Buyer" in links(items["C"])


def test_an_exposure_that_ran_out_of_time_claims_no_ignorance(draw: Draw) -> None:
    answer = draw(CIRCLE).ask("exposure", id="Buyer", lang="en", time_budget_s=1e-9)
    assert answer["meta"]["truncated"]
    assert "time was over" in answer["summary"]


def test_a_supplier_of_a_supplier_in_the_region_is_not_denied(draw: Draw) -> None:
    graph = draw("type,from,to\nSUPPLIES,A,Buyer\nSUPPLIES,B,A\nLOCATED_IN,A,iso:RU-SAM\nLOCATED_IN,B,iso:RU-VGG\n")
    asked = {"id": "Buyer", "region": "RU-VGG", "lang": "en"}
    assert graph.ask("suppliers", tiers=2, **asked)["summary"] == "Buyer: 0 direct suppliers named, 1 to tier 2."
    assert graph.ask("suppliers", **asked)["summary"].startswith("No supplier of Buyer is known there;")


NEAR = (
    'type,from,from_label,to,product\nLOCATED_IN,Maker,Company,"city:Волжский, RU-VGG",\n'
    'LOCATED_IN,Far,Company,"city:Самара, RU-SAM",\nPRODUCES,Maker,,steel,\nNEEDS,Far,,steel,\nPRODUCES,Far,,wire,\n'
)


def test_whoever_was_left_out_is_not_said_to_be_unknown(draw: Draw) -> None:
    graph = draw(NEAR)
    customers = graph.ask("local-customers", id="Maker", within_km=50, lang="en")
    assert customers["summary"].startswith("Nobody near enough is known to need what Maker makes; 1 left out")
    assert "никто не подходит по месту" in graph.ask("local-customers", id="Maker", within_km=50)["summary"]
    nobody = graph.ask("local-customers", id="Far", within_km=50, lang="en")
    assert nobody["summary"] == "Nobody is known to need what Far makes; that is no proof that nobody does."
    partners = graph.ask("local-partners", id="Maker", product="wire", region="RU-VGG", lang="en")
    assert partners["summary"].startswith("No known maker for Maker, at any distance in the region asked for; 1 was")


def test_what_is_left_beside_named_suppliers_is_the_most_of_the_others(draw: Draw) -> None:
    graph = draw("type,from,from_label,to,product,buyer_share\nSUPPLIES,A,Company,B,steel,14%\n")
    (item,) = graph.ask("concentration", id="B")["data"]["items"]
    assert (item["unnamed_share"], item["hhi"][1]) == ([0.86, 0.86], 0.7592)


def test_a_market_closed_beside_a_plant_is_named(draw: Draw) -> None:
    graph = draw("type,from,from_label,to\nSUPPLIES,A,Company,B\nEXPORTS_TO,B,Company,iso:KZ\nEXPORTS_TO,A,,iso:BY\n")
    both = graph.ask("what-if", off="A", close_market="KZ", lang="en")["summary"]
    assert both.startswith("If A stops and exports to Kazakhstan end, 1 more may stop")
    markets = graph.ask("what-if", close_market="KZ,BY", lang="en")["summary"]
    assert markets.startswith("If exports to Belarus and Kazakhstan end, 2 export links are touched")


def test_what_if_says_what_is_off_and_who_stops(ask: Ask) -> None:
    def said(lang: str, **off: str) -> str:
        return (
            str(ask("what-if", lang=lang, **off)["summary"]).partition("; не учтено")[0].partition("; not counted")[0]
        )

    both = "Волгабас Волжский,Праксайр Волгоград"
    assert said("ru", off=both) == (
        "Если остановятся ООО «Волгабас Волжский» и ООО «Праксайр Волгоград», наверняка остановится ещё 1 предприятие, "
        "возможно — ещё 1"
    )
    assert said("en", off=both).endswith("stop, 1 more stops for certain and 1 more may stop")
    assert said("ru", off="Праксайр Волгоград").endswith("возможно, остановится ещё 1 предприятие, наверняка — никто")
    assert said("ru", off_region="RU-VGG") == (
        "Если в регионе «Волгоградская область» остановятся все известные предприятия (99), наверняка остановится ещё "
        "1 предприятие, возможно — ещё 14; это затронет 15 связей экспорта"
    )
    assert said("en", off_country="CN") == (
        "If all 2 known plants and companies of China stop, nobody else is known to stop, which is no proof that nobody "
        "does"
    )
    assert said("en", off="Волгабас Волжский", off_region="RU-VGG", off_country="CN").startswith(
        "If Volgabus Volzhsky stops and all 101 known plants and companies of Volgograd Oblast and China stop, "
    )
    assert said("ru", off_region="RU-VGG", off_country="CN").startswith(
        "Если в регионе «Волгоградская область» и стране «Китай» остановятся все известные предприятия (101), "
    )
    assert said("ru", close_market="KZ,AM") == (
        "Если закроются рынки: Армения и Казахстан, это затронет 3 связи экспорта; само по себе это никого не "
        "останавливает."
    )


@pytest.mark.parametrize(("number", "start"), [(21, "остановится 21 предприятие"), (22, "остановятся 22 предприятия")])
def test_verbs_agree_with_how_many_stop(draw: Draw, number: int, start: str) -> None:
    names = [f"A{one}" for one in range(number)]
    graph = draw("type,from,from_label,to\n" + "".join(f"SUPPLIES,{name},Company,B\n" for name in names))
    assert str(graph.ask("what-if", off=",".join(names))["summary"]).startswith(f"Если {start}, ")


def test_one_is_no_plural(draw: Draw) -> None:
    graph = draw(
        "type,from,from_label,to,product,sales_share\nEXPORTS_TO,A,Company,iso:KZ,,10%\nLOCATED_IN,A,,iso:RU-VGG,,\n"
        "REQUIRES,pipe,Product,steel,,\nSUPPLIES,A,,B,gas,\nNEEDS,A,,coal,,\n"
    )

    def said(question: str, entity: str, lang: str = "en") -> str:
        return str(graph.ask(question, id=entity, lang=lang)["summary"])

    assert "1 share of sales is known" in said("markets", "A")
    assert "1 export market of 1 known exporter (" in said("region-exports", "RU-VGG")
    assert said("region-flows", "RU-VGG").endswith("exports to 1 country.")
    assert said("bill-of-materials", "pipe").startswith("pipe: 1 material on 1 level; the amount per unit is known of")
    assert "none of 1 line;" in said("bill-of-materials", "pipe")
    assert said("unmet-needs", "RU-VGG").endswith("1 has no known maker or supplier there (coal).")
    assert said("concentration", "B", "ru") == "B: потребностей 1, с известной концентрацией — ни одной."


def test_a_certain_stop_names_and_cites_who_supplies_something_unnamed_too(draw: Draw) -> None:
    graph = draw(
        "type,from,to,product,essential,complete\nSUPPLIES,A,T,steel,,\nNEEDS,T,steel,,true,true\nSUPPLIES,B,T,,,\n"
        "SUPPLIES,R,A,ore,,\nNEEDS,A,ore,,true,true\nSUPPLIES,R,B,gas,,\nNEEDS,B,gas,,true,true\n"
    )
    answer = graph.ask("chokepoints", id="T", lang="en")
    (root,) = [item for item in answer["data"]["items"] if item["certainty"] == "certain"]
    assert root["entity"]["name"] == "R"
    assert {cause["unit"]["name"] for cause in root["because"]} == {"A", "B", "T"}
    assert len(root["claims"]) == 7, "that B stops too is what makes it certain"
    (stopped,) = graph.ask("what-if", off="A,B", lang="en")["data"]["items"]
    assert [supplier["name"] for supplier in stopped["because"]["suppliers"]] == ["A", "B"]
    assert "only from A or B, of whom it is not stated what they supply" in stopped["because"]["text"]


def test_a_search_that_was_stopped_denies_no_path(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "MAX_STEPS", 0)
    answer = ask("paths", **registry()["cooperation.paths"].example)
    assert answer["meta"]["truncated"]
    assert "was stopped before it found a path" in answer["summary"]


def test_a_doubt_says_whose_place_is_not_known(draw: Draw) -> None:
    graph = draw(
        "type,from,from_label,to,product,lat,lon,point_precision\n"
        'LOCATED_IN,Town firm,Company,"city:Волжский, RU-VGG",,,,\nPRODUCES,Maker,Company,steel,,,,\n'
        "DESCRIBED_IN,Maker,Company,,,48.79,44.9,site\n"
    )
    (maker,) = graph.ask("local-partners", id="Town firm", product="steel", within_km=20, lang="en")["data"]["items"]
    assert maker["why_not_certain"].startswith("the asker is known only to its town: may be as far as")


def test_a_group_of_unstated_size_leaves_no_single_source_certain(draw: Draw) -> None:
    graph = draw(
        "type,from,to,product,complete,buyer_share\nSUPPLIES,A,T,steel,,\nNEEDS,T,steel,,true,\n"
        "UNNAMED_SUPPLIERS_OF,Others,T,steel,,\nSUPPLIES,A,T,ore,,100%\nUNNAMED_SUPPLIERS_OF,Others,T,ore,,\n"
    )
    answer = graph.ask("single-sourced", id="T", lang="en")
    found = {item["product"]["name"]: item["certainty"] for item in answer["data"]["items"]}
    assert found == {"ore": "certain", "steel": "possible"}
    assert answer["bounds"] == {"certain": 1, "possible": 2}
