"""Files that leave the graph, read back by the programs they are for."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from graph_service.cli.main import app
from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.interop.exports import FORMATS, export, format_of
from graph_service.interop.graphml import flat_graph
from graph_service.interop.networkx_graph import EntityGraph, to_networkx
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit

DAY = date(2026, 11, 24)
HOSTILE = '=HYPERLINK("http://evil";"click")'


@pytest.fixture(scope="module")
def whole(demo_graph: Graph) -> EntityGraph:
    return to_networkx(demo_graph, valid_at=DAY)


def test_graphml_gives_the_graph_back(demo_graph: Graph, whole: EntityGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.graphml"
    written = export(demo_graph, path, "graphml", valid_at=DAY)
    back = nx.read_graphml(path, edge_key_type=str, force_multigraph=True)
    assert _differences(back, flat_graph(whole)) == []
    assert written["claims"] == back.number_of_edges() == whole.number_of_edges() > 1000
    node = back.nodes[demo_graph.find_id("Армения")]
    assert (node["type"], node["label"], node["iso"]) == ("Country", "Армения", "AM")
    assert list(tmp_path.iterdir()) == [path]


def _differences(back: Any, flat: EntityGraph) -> list[object]:
    nodes = [(node, dict(back.nodes[node]), values) for node, values in flat.nodes(data=True)]
    edges = [((s, t, k), dict(back.edges[s, t, k]), values) for s, t, k, values in flat.edges(keys=True, data=True)]
    return [(key, read, values) for key, read, values in [*nodes, *edges] if read != values]


def test_gexf_gives_the_graph_back(demo_graph: Graph, whole: EntityGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.gexf"
    export(demo_graph, path, "gexf", valid_at=DAY)
    back = nx.read_gexf(path)
    assert set(back) == set(whole)
    claims = {data["id"]: data["label"] for _, _, data in back.edges(data=True)}
    assert claims == {claim: values["type"] for _, _, claim, values in whole.edges(keys=True, data=True)}


def test_xlsx_has_entities_claims_and_documents(demo_graph: Graph, whole: EntityGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.xlsx"
    export(demo_graph, path, "xlsx", valid_at=DAY)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["entities", "claims", "documents"]
    entities, claims, documents = (_records(book, name) for name in book.sheet_names)
    assert len(claims) == whole.number_of_edges()
    labels = nx.get_node_attributes(whole, "label")
    assert {row["id"] for row in entities} == {node for node, label in labels.items() if label != "Observation"}
    assert {row["document"] for row in claims} == {row["id"] for row in documents}
    by_id = {row["claim_id"]: row for row in claims}
    for source, target, claim, values in whole.edges(keys=True, data=True):
        row = by_id[claim]
        assert (row["from"], row["type"]) == (source, values["type"])
        assert row["to"] == ("" if target == claim else target)
        for name in ("value_min", "quantity_max", "buyer_share_min", "source_rank"):
            assert row[name] == values.get(name, "")
        assert row.get("period_to") == (values["period_to"].isoformat() if "period_to" in values else "")
    assert any("30 предприятиями" in row["quote"] for row in claims)
    assert all(row["publisher"] and row["rank"] in range(1, 6) for row in documents)


def _records(book: CalamineWorkbook, name: str) -> list[dict[str, Any]]:
    head, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_csv_opens_in_a_russian_and_in_an_english_excel(demo_graph: Graph, tmp_path: Path) -> None:
    for lang, separator, latitude in (("ru", ";", "48,79"), ("en", ",", "48.79")):
        folder = tmp_path / lang
        export(demo_graph, folder, "csv", lang=lang)
        assert {path.name for path in folder.iterdir()} == {"entities.csv", "claims.csv", "documents.csv"}
        content = (folder / "entities.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=separator))
        isopan = next(row for row in rows if "Isopan Rus" in row["names"].split("; "))
        assert isopan["lat"].startswith(latitude)


def test_json_is_the_same_tables(demo_graph: Graph, whole: EntityGraph, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    export(demo_graph, path, "json", valid_at=DAY)
    tables = json.loads(path.read_bytes())
    assert [row["claim_id"] for row in tables["claims"]] == sorted(k for _, _, k in whole.edges(keys=True))
    assert tables["entities"][0]["names"] == whole.nodes[tables["entities"][0]["id"]]["names"]


def test_a_neighbourhood_is_exported_alone(demo_graph: Graph, tmp_path: Path) -> None:
    isopan = demo_graph.find_id("Изопан Рус")
    path = tmp_path / "near.graphml"
    export(demo_graph, path, "graphml", entity=isopan, hops=1, valid_at=DAY)
    assert set(nx.read_graphml(path)) == set(to_networkx(demo_graph, entity=isopan, valid_at=DAY))


@pytest.fixture
def hostile(tmp_path: Path) -> Graph:
    graph = Graph(SqliteStore(tmp_path / "hostile.sqlite"))
    cells = {"type": "SUPPLIES", "from": f"new:{HOSTILE}", "to": "new:Buyer & <b>Sons</b>\u0001"}
    labels = {"from_label": "Company", "to_label": "Company"}
    graph.add_claim(cells | labels, Edit(editor="tester", note="@SUM(A1)"))
    return graph


def test_no_cell_is_a_formula(hostile: Graph, tmp_path: Path) -> None:
    export(hostile, tmp_path / "h.xlsx", "xlsx")
    export(hostile, tmp_path / "h", "csv", lang="en")
    book = CalamineWorkbook.from_path(tmp_path / "h.xlsx")
    names = [row["name"] for row in _records(book, "entities")]
    assert f"'{HOSTILE}" in names
    assert [row["note"] for row in _records(book, "claims")] == ["'@SUM(A1)"]
    with (tmp_path / "h" / "entities.csv").open(encoding="utf-8-sig", newline="") as file:
        assert f"'{HOSTILE}" in [row["name"] for row in csv.DictReader(file)]


def test_xml_stays_well_formed_whatever_the_names_are(hostile: Graph, tmp_path: Path) -> None:
    for name, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        path = tmp_path / f"h.{name}"
        export(hostile, path, name)
        assert "Buyer &amp; &lt;b&gt;Sons" in path.read_text("utf-8")
        assert len(read(path)) == 2


def test_the_format_is_said_or_follows_from_the_name(tmp_path: Path) -> None:
    assert format_of(tmp_path / "a.GraphML", None) == "graphml"
    assert format_of(tmp_path / "a.txt", "json") == "json"
    for path, name, message in (
        (tmp_path / "a.graphm", None, "did you mean 'graphml'"),
        (tmp_path / "a", None, "--format"),
        (tmp_path / "a.csv", None, "folder"),
        (tmp_path / "nowhere" / "a.json", None, "no folder"),
    ):
        with pytest.raises(BadParameter, match=message):
            format_of(path, name)


def test_where_there_is_no_graph_nothing_is_written(tmp_path: Path) -> None:
    uri = f"sqlite:///{tmp_path}/zveno.sqlite"
    done = CliRunner().invoke(app, ["export", str(tmp_path / "g.graphml"), "--store", uri])
    assert done.exit_code == 1
    assert f"zveno: there is no graph at {uri}: zveno load demo makes one there" in done.output
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_each_format(demo_graph: Graph, tmp_path: Path) -> None:
    for name in FORMATS:
        path = tmp_path / ("tables" if name == "csv" else f"out.{name}")
        arguments = ["export", str(path), "--store", demo_graph.store.uri, "--entity", "Изопан Рус", "--hops", "1"]
        done = CliRunner().invoke(app, [*arguments, *(["--format", "csv"] if name == "csv" else [])])
        assert done.exit_code == 0, done.output
        assert path.exists()
    wrong = CliRunner().invoke(app, ["export", str(tmp_path / "x.csv"), "--store", demo_graph.store.uri])
    assert wrong.exit_code == 1
