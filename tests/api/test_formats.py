"""Answers as files: what a Russian Excel opens, what never becomes a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import cast

import networkx as nx
import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from graph_service.api.app import create_app
from graph_service.graph import Graph
from graph_service.questions.question import registry
from graph_service.questions.spreadsheets import to_csv
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

API = "/api/v1"
PIPES = f"{API}/entities/Волжский трубный завод/suppliers"


@pytest.fixture(scope="module")
def client(demo_graph: Graph) -> FlaskClient:
    return create_app(demo_graph).test_client()


def rows_of(text: str, delimiter: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_csv_in_russian_has_a_mark_semicolons_and_decimal_commas(client: FlaskClient) -> None:
    response = client.get(f"{API}/entities/Волжский/local-partners?product=20.11&within_km=100&format=csv&lang=ru")
    text = response.get_data(as_text=True)
    assert response.mimetype == "text/csv"
    assert "planning-local_partners.csv" in response.headers["Content-Disposition"]
    assert text.startswith("\ufeff")
    assert "\r\n" in text
    rows = rows_of(text, ";")
    assert len(rows) >= 5
    assert rows[0]["distance_km_low"].count(",") == 1
    assert "." not in rows[0]["distance_km_low"]


def test_csv_in_english_has_commas_and_points(client: FlaskClient) -> None:
    text = client.get(f"{API}/entities/Волжский/local-partners?product=20.11&format=csv&lang=en").get_data(as_text=True)
    assert "." in rows_of(text, ",")[0]["distance_km_low"]


def test_amounts_are_numbers_in_a_table(client: FlaskClient) -> None:
    envelope = {"data": {"stated": {"low": "12.03", "unit": "RUB", "per_year": True}}, "meta": {"lang": "ru"}}
    assert rows_of(to_csv(envelope), ";")[0]["stated_low"] == "12,03"
    content = client.get(f"{API}/contradictions?format=xlsx").get_data()
    sheet = CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_name("answer").to_python()
    column = sheet[0].index("chosen_stated_value_low")
    assert any(isinstance(row[column], float) for row in sheet[1:])


def test_a_table_holds_the_rejected_with_their_reason(client: FlaskClient) -> None:
    address = f"{API}/entities/Волжский/local-partners?product=20.11&within_km=2&lang=en"
    left = client.get(address).get_json()["data"]["rejected"]
    rows = rows_of(client.get(f"{address}&format=csv").get_data(as_text=True), ",")
    assert left
    assert sum(row["row"] == "rejected" for row in rows) == len(left)


def test_where_there_are_no_items_another_list_is_written(client: FlaskClient) -> None:
    address = f"{API}/what-if?close_market=Kazakhstan&lang=en"
    data = client.get(address).get_json()["data"]
    assert not data["items"]
    rows = rows_of(client.get(f"{address}&format=csv").get_data(as_text=True), ",")
    assert [(row["row"], row["exporter"]) for row in rows] == [
        ("exports", item["exporter"]["name"]) for item in data["exports"]
    ]
    assert rows[0]["product"] == "Sandwich panels"


def test_no_cell_of_any_answer_is_written_as_python_does(demo_graph: Graph) -> None:
    for question in registry().values():
        given = dict(question.example)
        if question.name == "evidence.claim":
            given["id"] = demo_graph.ask("claims", id="Изопан Рус")["evidence"]["claims"][0]
        for row in rows_of(to_csv(demo_graph.ask(question.name, **given, lang="en")), ","):
            cells = {name: cell for name, cell in row.items() if re.search(r"[{\[(]'|': |\bTrue\b|\bNone\b|\[\d", cell)}
            assert cells == {}, question.name


def test_lists_in_a_cell_can_be_read(client: FlaskClient) -> None:
    address = f"{API}/entities/Сборка автобусов Yutong ZK6128H/concentration?format=csv&lang=en"
    rows = rows_of(client.get(address).get_data(as_text=True), ",")
    assert rows[0]["parties"] == "entity Volgabus Volzhsky, share 1.0..1.0"
    address = f"{API}/projects/Создание химико-фармацевтического кластера?format=csv&lang=en"
    (row,) = rows_of(client.get(address).get_data(as_text=True), ",")
    assert row["places"] == "Volgograd Oblast; Southern Federal District; Russia"
    cost = next(figure for figure in json.loads(row["figures"]) if figure["kind"] == "Cost")
    assert cost["chosen"]["stated"]["value"].endswith(" RUB")
    assert cost["chosen"]["subject"] == "Chemical-pharmaceutical cluster"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_has_the_rows_of_the_json(client: FlaskClient, kind: str) -> None:
    body = client.get(f"{PIPES}?lang=en&tiers=2").get_json()
    links = sum(len(item["links"]) for item in body["data"]["items"])
    content = client.get(f"{PIPES}?lang=en&tiers=2&format={kind}").get_data()
    if kind == "csv":
        rows = rows_of(content.decode(), ",")
        names = {row["entity"] for row in rows}
    else:
        sheet = CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_name("answer").to_python()
        rows = [dict(zip(map(str, sheet[0]), map(str, row), strict=True)) for row in sheet[1:]]
        names = {row["entity"] for row in rows}
    assert len(rows) == links + len(body["data"]["groups"])
    assert names == {item["entity"]["name"] for item in body["data"]["items"]}


def test_xlsx_has_its_evidence_with_source_date_and_words(client: FlaskClient) -> None:
    content = client.get(f"{API}/entities/Изопан Рус/partners?format=xlsx").get_data()
    book = CalamineWorkbook.from_object(io.BytesIO(content))
    head, *rows = book.get_sheet_by_name("evidence").to_python()
    columns = [str(name) for name in head]
    assert {"claim", "source", "rank", "date", "title", "quote"} <= set(columns)
    assert any("более чем с 30 предприятиями" in str(row[columns.index("quote")]) for row in rows)
    about = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("about").to_python()[1:]}
    assert "не менее 30" in about["summary"]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+7 902", "-2+3", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path, name: str) -> None:
    table = tmp_path / "names.csv"
    table.write_text(f'type,from,to\nSUPPLIES,"{name}",Завод\n', encoding="utf-8")
    with Graph(SqliteStore(tmp_path / "own.sqlite")) as graph:
        report = graph.load("claims", [table], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        client = create_app(graph).test_client()
        route = f"{API}/entities/Завод/suppliers"
        shown = client.get(route).get_json()["data"]["items"][0]["entity"]["name"]
        assert shown == name, "JSON is not for spreadsheets and changes nothing"
        assert rows_of(client.get(f"{route}?format=csv&lang=en").get_data(as_text=True), ",")[0]["entity"] == f"'{name}"
        book = CalamineWorkbook.from_object(io.BytesIO(client.get(f"{route}?format=xlsx").get_data()))
        sheet = book.get_sheet_by_name("answer").to_python()
        assert sheet[1][sheet[0].index("entity")] == f"'{name}"


def test_cypher_is_text_that_can_be_pasted(client: FlaskClient) -> None:
    response = client.get(f"{PIPES}?format=cypher")
    assert response.content_type == "text/plain; charset=utf-8"
    text = response.get_data(as_text=True)
    assert text.startswith(":params {")
    assert "MATCH" in text


def test_graphml_is_the_answer_as_a_graph(client: FlaskClient) -> None:
    response = client.get(f"{PIPES}?tiers=2&format=graphml&lang=ru")
    assert response.mimetype == "application/graphml+xml"
    assert "dependency-suppliers.graphml" in response.headers["Content-Disposition"]
    graph = cast("nx.MultiDiGraph[str]", nx.read_graphml(io.BytesIO(response.get_data()), force_multigraph=True))
    answer = client.get(f"{PIPES}?tiers=2&lang=ru").get_json()
    assert {key for _, _, key in graph.edges(keys=True)} == set(answer["evidence"]["claims"])
    assert {item["entity"]["id"] for item in answer["data"]["items"]} <= set(graph)
    assert {values["type"] for _, _, values in graph.edges(data=True)} >= {"SUPPLIES"}


def test_geojson_shows_who_has_a_place_and_counts_the_others(client: FlaskClient) -> None:
    question = f"{API}/entities/Волжский/local-partners?product=20.11"
    response = client.get(f"{question}&format=geojson")
    assert response.mimetype == "application/geo+json"
    found = json.loads(response.get_data())
    points = {f["properties"]["id"]: f for f in found["features"] if f["geometry"]["type"] == "Point"}
    placed = [item for item in client.get(question).get_json()["data"]["items"] if "point" in item]
    assert placed
    for item in placed:
        lat, lon = item["point"]
        feature = points[item["entity"]["id"]]
        assert feature["geometry"]["coordinates"] == [lon, lat], "longitude comes first"
        assert feature["properties"]["point_precision"] == item["point_precision"]
    assert found["unplaced"] > 0
    lines = [f for f in found["features"] if f["geometry"]["type"] == "LineString"]
    assert all({f["properties"]["from"], f["properties"]["to"]} <= points.keys() for f in lines)


def test_a_supply_between_two_places_is_a_line(client: FlaskClient) -> None:
    found = json.loads(client.get(f"{API}/network?id=Каустик&format=geojson").get_data())
    kinds = {f["properties"]["type"] for f in found["features"] if f["geometry"]["type"] == "LineString"}
    assert "SUPPLIES" in kinds
