"""What the explorer shows, as files: other programs read them, and they hold what is shown."""

from __future__ import annotations

import json
import re
import struct
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Opened
from tests.browser.test_explorer import counts, explorer

SVG = "{http://www.w3.org/2000/svg}"
CLAIMS_OF_A_LINK = 3  # as many as an answer about a network names


def export(page: Page, name: str) -> bytes:
    page.locator(".exports summary").click()
    with page.expect_download() as download:
        page.locator(".exports").get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_bytes()


def drawing(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - written by the page under test


def test_svg_is_the_picture(opened: Opened) -> None:
    page = explorer(opened)
    nodes, _, edges = map(int, counts(page))
    root = drawing(export(page, "SVG"))
    assert len(root.findall(f"{SVG}g")) == nodes
    assert len(root.findall(f"{SVG}path[@marker-end]")) == edges
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert any(str(text).startswith("Завод сэндвич") for text in texts)
    assert "Изопан" in str(root.findtext(f"{SVG}title"))
    assert root.findtext(f"{SVG}desc") == f"Узлов: {nodes}, связей: {edges}"


def test_pictures_say_over_themselves_what_they_show_and_when(opened: Opened) -> None:
    page = explorer(opened)
    page.get_by_label("Верно на").first.fill("2025-03-09")
    expect(page).to_have_url(re.compile("at=2025-03-09"))
    expect(page.locator("#shown")).to_have_attribute("aria-busy", "false")
    words = " ".join(str(text.text) for text in drawing(export(page, "SVG")).findall(f"{SVG}text"))
    assert re.search(r"Граф: Завод .*Изопан.* · верно на 09\.03\.2025 · сохранено \d\d\.\d\d\.20\d\d", words)
    canvas = page.locator(".graph .canvas").bounding_box()
    assert canvas is not None
    _, high = struct.unpack(">II", export(page, "PNG")[16:24])
    assert 2 * canvas["height"] + 32 < high < 2 * canvas["height"] + 128


def test_graphml_is_read_by_networkx(opened: Opened) -> None:
    page = explorer(opened)
    nodes, _, edges = map(int, counts(page))
    graph = nx.read_graphml(BytesIO(export(page, "GraphML")))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, edges)
    assert graph.is_directed()
    (plant,) = [data for _, data in graph.nodes(data=True) if "Изопан" in data["name"] and data["type"] == "Plant"]
    assert plant["tier"] == 0
    assert isinstance(plant["lat"], float)


def test_geojson_has_who_is_placed_longitude_first(opened: Opened) -> None:
    page = explorer(opened)
    _, placed, _ = map(int, counts(page))
    features = json.loads(export(page, "GeoJSON"))["features"]
    points = [one for one in features if one["geometry"]["type"] == "Point"]
    assert len(points) == placed
    ids = {one["id"] for one in points}
    lines = [one for one in features if one["geometry"]["type"] == "LineString"]
    assert all({one["properties"]["from"], one["properties"]["to"]} <= ids for one in lines)
    (plant,) = [one for one in points if "Изопан" in one["properties"]["name"] and one["properties"]["type"] == "Plant"]
    lon, lat = plant["geometry"]["coordinates"]
    assert 44 < lon < 46
    assert 48 < lat < 50
    assert plant["properties"]["point_precision"] in ("town", "site")


def test_a_workbook_has_entities_and_links(opened: Opened) -> None:
    page = explorer(opened)
    nodes, _, edges = map(int, counts(page))
    book = CalamineWorkbook.from_object(BytesIO(export(page, "XLSX")))
    assert book.sheet_names == ["entities", "links"]
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [len(rows) for rows in sheets] == [nodes + 1, edges + 1]
    assert {type(cell) for rows in sheets for row in rows for cell in row} == {str, float}


def test_pictures_are_exported_from_the_graph_alone_and_cypher_cites_its_claims(opened: Opened) -> None:
    page = explorer(opened)
    cypher = export(page, "Cypher").decode()
    said, params = cypher.splitlines()[:2]
    assert re.match(r':params \{claims: \["[0-9a-f]{32}"', params)
    total, named = map(int, re.findall(r"\d+", said))
    assert said.startswith("// Показанные связи стоят на утверждениях")
    assert total > named == len(claims(page)), "a link of more than three claims is said to be cut"
    page.get_by_role("button", name="Таблица").click()
    page.locator(".exports summary").click()
    names = page.locator(".exports .item").all_inner_texts()
    assert names == ["CSV", "XLSX", "JSON", "GraphML", "GeoJSON", "Cypher", "Свидетельство"]


def test_cypher_holds_the_claims_of_what_is_shown_alone(opened: Opened) -> None:
    page = explorer(opened)
    whole = claims(page)
    page.get_by_label("продукты").uncheck()
    links = {one["id"]: one["claims"] for one in json.loads(export(page, "JSON"))["edges"]}
    left = claims(page)
    assert left < whole
    assert len(left) == sum(min(count, CLAIMS_OF_A_LINK) for count in links.values())
    page.keyboard.press("Control+z")
    assert claims(page) == whole


def claims(page: Page) -> set[str]:
    return set(re.findall(r"[0-9a-f]{32}", export(page, "Cypher").decode()))


def test_the_map_is_saved_with_its_scale_and_source(opened: Opened) -> None:
    page = explorer(opened)
    page.get_by_role("button", name="Карта").click()
    made = {}
    for name in ("SVG", "PNG"):
        page.get_by_label("Сохранить карту").click()
        with page.expect_download() as download:
            page.locator(".mapsave").get_by_role("button", name=name).click()
        made[name] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.endswith(f".{name.lower()}")
    assert made["PNG"].startswith(b"\x89PNG")
    root = drawing(made["SVG"])
    texts = " ".join(str(text.text) for text in root.iter(f"{SVG}text"))
    assert "Natural Earth, границы не показаны" in texts
    assert re.search(r"\d км", texts)
    assert "Изопан" in texts
    assert len(list(root.iter(f"{SVG}path"))) > 5


def test_a_certificate_is_kept_and_checked_again(opened: Opened, tmp_path: Path) -> None:
    page = explorer(opened)
    page.locator(".exports summary").click()
    page.get_by_role("button", name="Свидетельство").click()
    panel = page.get_by_role("region", name="Свидетельство")
    expect(panel.get_by_role("heading")).to_be_focused()
    with page.expect_download() as download:
        panel.get_by_role("button", name="Сохранить файлом").click()
    kept = tmp_path / "kept.json"
    download.value.save_as(kept)
    panel.get_by_role("button", name="Проверить ещё раз").click()
    expect(panel.get_by_role("status")).to_contain_text("Воспроизведено: ответ тот же.")
    content = json.loads(kept.read_text("utf-8"))
    content["data"]["certificate"] = re.sub(r"hash=\w{64}", f"hash={'0' * 64}", content["data"]["certificate"])
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(content), "utf-8")
    panel.get_by_label("Проверить сохранённое").set_input_files(changed)
    expect(panel.get_by_role("status")).to_contain_text("Не воспроизведено.")
    panel.get_by_label("Проверить сохранённое").set_input_files(kept)
    expect(panel.get_by_role("status")).to_contain_text("Воспроизведено")
    (tmp_path / "none.json").write_text("[]", "utf-8")
    panel.get_by_label("Проверить сохранённое").set_input_files(tmp_path / "none.json")
    expect(panel.get_by_role("status")).to_contain_text("это не свидетельство")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
