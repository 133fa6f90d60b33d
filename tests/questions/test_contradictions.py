"""What is a contradiction and what is none."""

from __future__ import annotations

from pathlib import Path

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

CLAIMS = (
    "type,from,from_label,to,to_label,kind,value,currency,period,status\n"
    "HAS,Fund,Company,,,Revenue,12,RUB,2023/2024,\n"
    "HAS,Fund,Company,,,Revenue,6,RUB,2023,\n"
    "HAS,Mill,Company,,,Revenue,12,RUB,2023,\n"
    "HAS,Mill,Company,,,Revenue,6,RUB,2023,\n"
    "LOCATED_IN,Works,Plant,\"city:Волжский, RU-VGG\",,,,,,\n"
    "LOCATED_IN,Works,Plant,\"city:Волгоград, RU-VGG\",,,,,,planned\n"
)  # fmt: skip


def test_totals_of_unlike_periods_and_plans_are_no_rivals(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test"))
        items = graph.ask("contradictions")["data"]["items"]
    assert [item["subject"]["name"] for item in items] == ["Mill"]
