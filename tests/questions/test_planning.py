"""Local partners and customers, unmet needs and who could start: drawn networks with known answers, and the demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph_service.analysis.relatedness import code_closeness, code_levels
from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

Ask = Callable[..., dict[str, Any]]
# Buyer sits at 48.0 N 44.0 E; a degree of latitude is about 111 km.
CLAIMS = (
    "type,from,from_label,to,to_label,product,status,name,lat,lon,point_precision,okpd2,capacity,quantity,unit\n"
    "DESCRIBED_IN,Buyer,Plant,,,,,Buyer,48,44,site,,,,\n"
    "DESCRIBED_IN,Near,Plant,,,,,Near,48.1,44,site,,,,\n"
    "DESCRIBED_IN,Tied,Plant,,,,,Tied,49,44,site,,,,\n"
    "DESCRIBED_IN,Far,Plant,,,,,Far,58,44,site,,,,\n"
    "DESCRIBED_IN,Full,Plant,,,,,Full,48.1,44,site,,,,\n"
    "DESCRIBED_IN,Somewhere,Plant,,,,,Somewhere,,,,,,,\n"
    "DESCRIBED_IN,gas,Product,,,,,gas,,,,20.11.11,,,\n"
    "DESCRIBED_IN,dye,Product,,,,,dye,,,,20.12.21,,,\n"
    "DESCRIBED_IN,argon,Product,,,,,argon,,,,20.11.12,,,\n"
    "DESCRIBED_IN,Oblast,Region,,,,,Oblast,,,,,,,\n"
    "DESCRIBED_IN,Elsewhere,Region,,,,,Elsewhere,,,,,,,\n"
    "PRODUCES,Near,,gas,,,,,,,,,100,,t/year\n"
    "PRODUCES,Tied,,gas,,,,,,,,,,,\n"
    "PRODUCES,Far,,gas,,,,,,,,,,,\n"
    "PRODUCES,Full,,gas,,,,,,,,,120,,t/year\n"
    "PRODUCES,Somewhere,,gas,,,,,,,,,,,\n"
    "SUPPLIES,Full,,Other,Company,gas,,,,,,,,10,t/month\n"
    "SUPPLIES,Tied,,Buyer,,gas,,,,,,,,,\n"
    "SUPPLIES,Common,Company,Buyer,,steel,,,,,,,,,\n"
    "SUPPLIES,Common,,Near,,steel,,,,,,,,,\n"
    "NEEDS,Buyer,,dye,,,,,,,,,,,\n"
    "LOCATED_IN,Buyer,,Oblast,,,,,,,,,,,\n"
    "LOCATED_IN,Near,,Oblast,,,,,,,,,,,\n"
    "LOCATED_IN,Maker,Company,Oblast,,,,,,,,,,,\n"
    "LOCATED_IN,Tied,,Elsewhere,,,,,,,,,,,\n"
    "PRODUCES,Maker,,argon,,,,,,,,,,,\n"
    "PRODUCES,Dyer,Company,dye,,,,,,,,,,,\n"
    "PRODUCES,Dyer,,soap,Product,,,,,,,,,,\n"
    "PRODUCES,Maker,,soap,,,,,,,,,,,\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("planning")
    (folder / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _names(items: list[dict[str, Any]]) -> list[str]:
    return [item["entity"]["name"] for item in items]


def _partners(graph: Graph, **given: Any) -> dict[str, dict[str, Any]]:
    answer = graph.ask("local-partners", id="Buyer", product="gas", lang="en", **given)
    return {item["entity"]["name"]: item for item in answer["data"]["items"]}


def test_reasons_add_up_to_the_score(graph: Graph) -> None:
    found = _partners(graph)
    for name, item in found.items():
        weights = graph.ask("local-partners", id="Buyer", product="gas")["data"]["weights"]
        mean = [
            sum(reason["weight"] * reason["value"][end] for reason in item["reasons"]) / sum(weights.values())
            for end in (0, 1)
        ]
        assert item["score"] == pytest.approx(mean, abs=1e-5), name
    assert list(found) == ["Near", "Tied", "Full", "Somewhere", "Far"]


def test_each_reason_can_decide(graph: Graph) -> None:
    only = "distance=0,capacity=0,tie=0,shared=0"
    assert next(iter(_partners(graph, weights=f"{only},tie=1"))) == "Tied"
    assert next(iter(_partners(graph, weights=f"{only},shared=1"))) == "Near"
    assert list(_partners(graph, weights=f"{only},distance=1"))[-1] == "Far"
    assert list(_partners(graph, weights=f"{only},capacity=1"))[-1] == "Full"
    assert list(_partners(graph, order="distance"))[:3] == ["Full", "Near", "Tied"]


def test_each_says_where_it_is_and_how_surely(graph: Graph) -> None:
    data = graph.ask("local-partners", id="Buyer", product="gas", lang="en", within_km=50)["data"]
    points = {item["entity"]["name"]: item.get("point") for item in (*data["items"], *data["rejected"])}
    assert points == {
        "Near": [48.1, 44.0], "Full": [48.1, 44.0], "Somewhere": None, "Tied": [49.0, 44.0], "Far": [58.0, 44.0],
    }  # fmt: skip
    assert {item["point_precision"] for item in data["items"] if "point" in item} == {"site"}
    assert (data["point"], data["point_precision"]) == ([48.0, 44.0], "site")
    (rejected,) = graph.ask("local-customers", id="Far", lang="en", within_km=50)["data"]["rejected"]
    assert (rejected["point"], rejected["distance_km"][0] > 1000) == ([48.0, 44.0], True)


def test_weights_that_make_no_sense_are_refused(graph: Graph) -> None:
    for weights in ("distanse=1", "distance=-1", "distance=much", "distance"):
        with pytest.raises(BadParameter, match="weights"):
            _partners(graph, weights=weights)


def test_all_needs_are_asked_where_no_product_is_named(graph: Graph) -> None:
    data = graph.ask("local-partners", id="Buyer", lang="en")["data"]
    assert {(item["need"]["name"], item["entity"]["name"]) for item in data["items"]} >= {
        ("dye", "Dyer"), ("gas", "Near"), ("gas", "Tied"),
    }  # fmt: skip
    assert {product["name"] for product in data["products"]} == {"gas", "dye", "steel"}


def test_customers_are_those_who_need_what_it_makes(graph: Graph) -> None:
    data = graph.ask("local-customers", id="Near", lang="en", within_km=50)["data"]
    (buyer,) = [item for item in data["items"] if item["certainty"] == "certain"]
    assert (buyer["entity"]["name"], buyer["product"]["name"], buyer["basis"]) == ("Buyer", "gas", "link")
    assert [supplier["name"] for supplier in buyer["suppliers"]] == ["Tied"]
    assert "served" not in buyer
    tied = graph.ask("local-customers", id="Tied", lang="en")["data"]["items"]
    assert [item["entity"]["name"] for item in tied if item.get("served")] == ["Buyer"]
    far = graph.ask("local-customers", id="Far", lang="en", within_km=50)["data"]
    assert [(item["entity"]["name"], item["product"]["name"]) for item in far["rejected"]] == [("Buyer", "gas")]


def test_unmet_is_what_nobody_there_makes_or_supplies(graph: Graph) -> None:
    data = graph.ask("unmet-needs", id="Oblast", lang="en")["data"]
    items = {item["product"]["name"]: item for item in data["items"]}
    assert set(items) == {"dye", "steel"}, "gas is made by Near"
    assert [supplier["name"] for supplier in items["steel"]["bought_from"]] == ["Common"]
    assert items["steel"]["buyers_total"] == 2
    assert items["dye"]["makers_elsewhere"] == 1
    assert data["needed"] == 3


def test_who_could_start_is_near_by_code_or_by_common_makers(graph: Graph) -> None:
    by_code = graph.ask("could-make", id="Oblast", product="gas", lang="en")["data"]
    assert [maker["name"] for maker in by_code["makers"]] == ["Near"]
    assert [(item["entity"]["name"], item["makes"]["name"]) for item in by_code["items"]] == [("Maker", "argon")]
    assert by_code["items"][0]["code_nearness"] == pytest.approx([4 / 5, 4 / 5], abs=1e-6)
    by_makers = graph.ask("could-make", id="Oblast", product="dye", lang="en")["data"]["items"]
    assert [(item["entity"]["name"], item["makes"]["name"]) for item in by_makers] == [
        ("Maker", "soap"),
        ("Near", "gas"),
    ]
    assert by_makers[0]["common_makers"] == [0.5, 0.5]


def test_levels_of_codes() -> None:
    assert code_levels("25.11.23.110") == ("25", "1", "1", "2", "3", "11")
    assert code_levels("25.11.23.111") == ("25", "1", "1", "2", "3", "11", "1")
    assert code_closeness("25.11.23", "25.11.24") == pytest.approx(4 / 5)
    assert code_closeness("25.11", "25.2") == 0.0
    assert code_closeness("25", "25.99") == 1.0


def test_the_oblast_lacks_more_than_it_makes(ask: Ask) -> None:
    answer = ask("unmet-needs", id="RU-VGG")
    names = [item["product"]["name"] for item in answer["data"]["items"]]
    assert "Coated steel sheet (metal facings)" in names
    assert "Vegetables (for processing)" not in names, "a farm of the oblast supplies them"
    assert 0 < answer["data"]["total"] < answer["data"]["needed"]


def test_a_region_switches_off_whose_home_it_is(tmp_path: Path) -> None:
    """A firm with its office in one region and its plant in another is at home where the plant is, as in flows."""
    (tmp_path / "claims.csv").write_text(
        "type,from,from_label,to,to_label\n"
        "OPERATES,Firm,Company,Works,Plant\n"
        "LOCATED_IN,Firm,Company,iso:RU-MOW,\n"
        "LOCATED_IN,Works,Plant,iso:RU-VGG,\n",
        "utf-8",
    )
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        assert graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test")).rows_rejected == 0
        off = {
            region: [item["name"] for item in graph.ask("what-if", off_region=region)["data"]["switched_off"]]
            for region in ("RU-MOW", "RU-VGG")
        }
        assert off == {"RU-MOW": [], "RU-VGG": ["Works"]}
        assert graph.ask("what-if", off_country="RU")["data"]["switched_off_total"] == 1


def test_counted_suppliers_of_unstated_products_leave_the_weights_of_needs_open(tmp_path: Path) -> None:
    header = "type,from,from_label,to,to_label,product,value,currency,count_min\n"
    need = "NEEDS,Buyer,Company,Steel,Product,,100,RUB,\nSUPPLIES,Mill,Company,Buyer,,Steel,100,RUB,\n"
    group = "UNNAMED_SUPPLIERS_OF,Many,PartnerGroup,Buyer,,,,,30\n"
    for rows, known in ((need, True), (need + group, False)):
        folder = tmp_path / str(known)
        folder.mkdir()
        (folder / "claims.csv").write_text(header + rows, "utf-8")
        with Graph(SqliteStore(folder / "x.sqlite")) as graph:
            assert graph.load("claims", [folder / "claims.csv"], Options(source="Test")).rows_rejected == 0
            (item,) = graph.ask("exposure", id="Buyer")["data"]["items"]
            assert ("share" in item) is known


def test_a_supplier_to_be_replaced_is_passed_over(ask: Ask) -> None:
    asked = {"id": "Kaustik (Volgograd)", "product": "20.11", "within_km": 40}
    names = [item["entity"]["name"] for item in ask("local-partners", **asked)["data"]["items"]]
    left = [
        item["entity"]["name"]
        for item in ask("local-partners", **asked, **{"-entity": "Praxair Volgograd"})["data"]["items"]
    ]
    assert names[0] == "Praxair Volgograd LLC"
    assert left == names[1:]
