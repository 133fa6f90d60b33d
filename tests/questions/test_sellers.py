"""Who sells a product or to a market: shares only as far as amounts are known, and nobody said to be all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

SOLD = """type,from,to,to_label,product,value,currency,basis,status
SUPPLIES,Large,Buyer,Company,steel,75,RUB,rate,actual
SUPPLIES,Small,Buyer,Company,steel,25,RUB,rate,actual
SUPPLIES,Small,Other,Company,iron,9,RUB,rate,actual
SUPPLIES,Later,Buyer,Company,steel,99,RUB,rate,planned
PRODUCES,Silent,steel,Product,,,,,actual
"""
EXPORTED = """\
EXPORTS_TO,Large,Land,Country,steel,,,,actual
EXPORTS_TO,Small,Land,Country,iron,,,,actual
"""
MORE = "SUPPLIES,Third,Buyer,Company,steel,,,,actual\n"


def _sellers(folder: Path, text: str, entity: str) -> dict[str, Any]:
    file = folder / "claims.csv"
    file.write_text(text, "utf-8")
    with Graph(SqliteStore(folder / f"{len(text)}.sqlite")) as graph:
        graph.load("claims", [file], Options(source="Test"))
        return graph.ask("sellers", id=entity, lang="en")


def test_shares_are_parts_of_what_the_named_sell(tmp_path: Path) -> None:
    answer = _sellers(tmp_path, SOLD, "steel")
    items = {item["entity"]["name"]: item for item in answer["data"]["items"]}
    assert {name: item["share"] for name, item in items.items()} == {"Large": [0.75, 0.75], "Small": [0.25, 0.25]}
    assert answer["data"]["hhi"] == [0.625, 0.625]
    assert [maker["name"] for maker in answer["data"]["other_makers"]] == ["Silent"]
    assert answer["data"]["left_out"] == {"planned": 1}
    assert answer["summary"].startswith(
        "steel: 2 known sellers, 2 links; an amount is known of 2 of them, the share is bounded for 2 sellers; 1 maker without"
    )


def test_a_sale_of_unknown_size_leaves_intervals(tmp_path: Path) -> None:
    data = _sellers(tmp_path, SOLD + MORE, "steel")["data"]
    shares = {item["entity"]["name"]: item.get("share") for item in data["items"]}
    assert shares == {"Large": [0.0, 0.75], "Small": [0.0, 0.25], "Third": None}
    assert data["hhi"][0] < 0.625 < data["hhi"][1] == 1.0
    assert (data["link_count"], data["measured"]) == (3, 2)


def test_a_market_has_its_exporters_and_no_made_up_share(tmp_path: Path) -> None:
    data = _sellers(tmp_path, SOLD + EXPORTED, "Land")["data"]
    assert [item["entity"]["name"] for item in data["items"]] == ["Large", "Small"]
    assert not any("share" in item for item in data["items"])
    assert "hhi" not in data


@pytest.mark.parametrize(("relation", "label"), [("EXPORTS_TO", "Country"), ("SELLS_TO", "Region")])
def test_what_goes_to_a_place_may_hold_what_goes_to_firms(tmp_path: Path, relation: str, label: str) -> None:
    sold = SOLD + f"{relation},Silent,Land,{label},steel,100,RUB,rate,actual\n"
    sold += f"{relation},Large,Land,{label},steel,100,RUB,rate,actual\n"
    answer = _sellers(tmp_path, sold, "steel")
    items = {item["entity"]["name"]: item for item in answer["data"]["items"]}
    assert (items["Large"]["value"]["low"], items["Large"]["value"]["high"]) == ("100", "175")
    assert {name: item["share"] for name, item in items.items()} == {
        "Large": [0.444444, 0.583334], "Silent": [0.333333, 0.444445], "Small": [0.083333, 0.111112],
    }  # fmt: skip
    assert [buyer["name"] for buyer in items["Silent"]["buyers"]] == ["Land"]
    assert answer["data"]["other_makers_total"] == 0


def test_an_export_of_unknown_size_leaves_shares_open(tmp_path: Path) -> None:
    data = _sellers(tmp_path, SOLD + EXPORTED, "steel")["data"]
    shares = {item["entity"]["name"]: item.get("share") for item in data["items"]}
    assert shares == {"Large": [0.75, 1.0], "Small": [0.0, 0.25]}


def test_who_is_known_to_export_a_product_is_no_maker_without_a_sale(ask: Ask) -> None:
    answer = ask("sellers", id="Сэндвич-панели")
    assert [item["entity"]["name"] for item in answer["data"]["items"]] == ["Isopan sandwich panel plant, Volzhsky"]
    assert {buyer["name"] for buyer in answer["data"]["items"][0]["buyers"]} == {"Armenia", "Kazakhstan"}
    assert "Isopan" not in str(answer["data"]["other_makers"])


def test_a_product_that_nobody_is_known_to_sell_names_its_makers(ask: Ask) -> None:
    answer = ask("sellers", id="Технический углерод")
    assert answer["data"]["total"] == 0
    assert len(answer["data"]["other_makers"]) == 2
    assert "no proof" in answer["summary"]


HEAD = "type,from,from_label,to,to_label,product,value,currency,basis,okpd2\n"
WHOLE = HEAD + (
    "EXPORTS_TO,A,Plant,Land,Country,{whole},100,RUB,rate,\n"
    "EXPORTS_TO,A,Plant,Land,Country,steel,60,RUB,rate,\n"
    "EXPORTS_TO,B,Plant,Land,Country,{whole},100,RUB,rate,\n"
    "DESCRIBED_IN,steel,Product,,,,,,,24.10\n"
    "DESCRIBED_IN,metal,Product,,,,,,,24\n"
)


@pytest.mark.parametrize("whole", ["", "metal"])
def test_what_may_be_told_twice_is_not_added_up(tmp_path: Path, whole: str) -> None:
    data = _sellers(tmp_path, WHOLE.format(whole=whole), "Land")["data"]
    items = {item["entity"]["name"]: item for item in data["items"]}
    assert {name: item["share"] for name, item in items.items()} == {"A": [0.5, 0.615385], "B": [0.384615, 0.5]}
    assert (items["A"]["value"]["low"], items["A"]["value"]["high"]) == ("100", "160")
    assert data["hhi"][0] == 0.5
    assert data["hhi"][1] > 0.526


def test_what_goes_to_a_region_may_be_told_of_its_district_too(tmp_path: Path) -> None:
    sold = HEAD + (
        "SELLS_TO,A,Plant,Oblast,Region,steel,100,RUB,rate,\n"
        "SELLS_TO,A,Plant,District,Region,steel,100,RUB,rate,\n"
        "SELLS_TO,A,Plant,Elsewhere,Region,steel,20,RUB,rate,\n"
        "SELLS_TO,B,Plant,Oblast,Region,steel,100,RUB,rate,\n"
        "PART_OF,Oblast,Region,District,Region,,,,,\n"
    )
    items = _sellers(tmp_path, sold, "steel")["data"]["items"]
    assert {item["entity"]["name"]: item["value"]["low"] for item in items} == {"A": "120", "B": "100"}
    assert {item["entity"]["name"]: item["share"][0] for item in items} == {"A": 0.545454, "B": 0.3125}


def test_a_page_holds_the_sellers_after_the_last_and_says_what_each_list_leaves_out(tmp_path: Path) -> None:
    rows = [f"SUPPLIES,Large,Company,Buyer {n},Company,steel,1,RUB,rate,\n" for n in range(60)]
    rows += [f"SUPPLIES,Small {n},Company,Buyer,Company,steel,1,RUB,rate,\n" for n in range(3)]
    (tmp_path / "claims.csv").write_text(HEAD + "".join(rows), "utf-8")
    with Graph(SqliteStore(tmp_path / "z.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test"))
        first = graph.ask("sellers", id="steel", limit=2)
        second = graph.ask("sellers", id="steel", limit=2, cursor="2")
    names = [[item["entity"]["name"] for item in answer["data"]["items"]] for answer in (first, second)]
    assert names == [["Large", "Small 0"], ["Small 1", "Small 2"]]
    large = first["data"]["items"][0]
    assert (large["buyers_total"], len(large["buyers"]), large["products_total"]) == (60, 5, 1)
    assert (large["claims_left_out"], len(large["claims"])) == (10, 50)
    assert "claims_left_out" not in second["data"]["items"][0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("SUPPLIES,A,Company,Buyer,Company,steel,,,,\n", "steel: 1 известный продавец, 1 связь; объём не известен ни у одной."),
        ("PRODUCES,A,Company,steel,Product,,,,,\n", "steel: продавцы неизвестны; это не значит, что их нет; 1 изготовитель без известных продаж."),
    ],
)  # fmt: skip
def test_nothing_known_is_said_in_words(tmp_path: Path, rows: str, said: str) -> None:
    (tmp_path / "claims.csv").write_text(HEAD + rows, "utf-8")
    with Graph(SqliteStore(tmp_path / "z.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test"))
        assert graph.ask("sellers", id="steel", lang="ru")["summary"] == said


def test_an_amount_below_zero_is_no_part_of_a_sum(tmp_path: Path) -> None:
    sold = "SUPPLIES,{},Company,Buyer,Company,steel,{},RUB,rate,\n"
    data = _sellers(tmp_path, HEAD + sold.format("A", -50) + sold.format("B", 100), "steel")["data"]
    assert {item["entity"]["name"]: item.get("share") for item in data["items"]} == {"A": None, "B": None}
    assert (data["measured"], "hhi" in data) == (1, False)


def test_of_many_makers_the_first_are_named_with_their_claims(tmp_path: Path) -> None:
    makers = "".join(f"PRODUCES,M{number:02},Plant,steel,Product,,,,,\n" for number in range(60))
    answer = _sellers(tmp_path, HEAD + makers, "steel")
    assert [maker["name"] for maker in answer["data"]["other_makers"]] == [f"M{number:02}" for number in range(50)]
    assert answer["data"]["other_makers_total"] == 60
    assert len(answer["evidence"]["claims"]) == 50
    assert "60 makers" in answer["summary"]


@pytest.mark.parametrize(("stated", "shown"), [("0", "0"), ("", None)])
def test_a_stated_zero_is_a_bound(tmp_path: Path, stated: str, shown: str | None) -> None:
    head = "type,from,from_label,to,to_label,product,value_min,value_max,currency,basis\n"
    rows = f"SUPPLIES,A,Plant,Buyer,Plant,steel,{stated},5,RUB,rate\nSUPPLIES,B,Plant,Buyer,Plant,steel,7,7,RUB,rate\n"
    items = _sellers(tmp_path, head + rows, "steel")["data"]["items"]
    (value,) = (item["value"] for item in items if item["entity"]["name"] == "A")
    assert (value.get("low"), value["high"]) == (shown, "5")
