"""The list of documents: whose claims count, newest first, narrowed by words and by source."""

from __future__ import annotations

from pathlib import Path

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options


def test_every_document_of_the_sources_is_listed_once_newest_first(demo_graph: Graph) -> None:
    data = demo_graph.ask("evidence.documents", limit=1000)["data"]
    sources = demo_graph.ask("evidence.sources", limit=1000)["data"]["items"]
    assert data["total"] == len(data["items"]) == len({item["id"] for item in data["items"]})
    assert data["total"] == sum(source["documents"] for source in sources)
    assert sum(item["claims"] for item in data["items"]) == sum(source["claims"] for source in sources)
    days = [item.get("published_on", "") for item in data["items"]]
    assert days == sorted(days, reverse=True)
    assert days[-1] == "", "undated ones stand last"


def test_what_is_said_of_a_document_is_what_its_page_says(demo_graph: Graph) -> None:
    found = demo_graph.ask("evidence.documents", q="изопан")["data"]["items"]
    assert {item["has_text"] for item in found} == {True, False}
    for item in found:
        own = demo_graph.ask("evidence.document", id=item["id"])["data"]
        assert own["total"] == item["claims"]
        assert ("text" in own) is item["has_text"]
        assert own["document"].items() <= item.items()


def test_words_narrow_in_any_order_and_a_source_by_name_or_id(demo_graph: Graph) -> None:
    found = demo_graph.ask("evidence.documents", q="кластер ГУБЕРНАТОР")["data"]["items"]
    assert [item["key"] for item in found] == ["press-release"]
    yutong = [demo_graph.ask("evidence.documents", q=q)["data"]["items"] for q in ("партнёрстве", "партнерстве")]
    assert yutong[0] == yutong[1] != []
    assert demo_graph.ask("evidence.documents", q="губернатор-кластер")["data"]["items"] == []
    for name in (found[0]["source"], found[0]["publisher"]):
        ids = [item["id"] for item in demo_graph.ask("evidence.documents", source=name, limit=1000)["data"]["items"]]
        assert found[0]["id"] in ids
        assert len(ids) < 20


def test_pages_do_not_repeat(demo_graph: Graph) -> None:
    whole = demo_graph.ask("evidence.documents", limit=1000)["data"]["items"]
    first = demo_graph.ask("evidence.documents", limit=100)
    second = demo_graph.ask("evidence.documents", limit=100, cursor="100")
    assert first["data"]["items"] + second["data"]["items"] == whole[:200]
    assert "next" in first["links"]


def test_a_document_whose_claims_were_all_taken_back_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text("type,from,to\nSUPPLIES,Север,Маяк\n", "utf-8")
    with Graph(SqliteStore(tmp_path / "z.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="own"))
        assert graph.ask("evidence.documents")["data"]["total"] == 1
        graph.store.undo(1, "tests")
        graph.live.refresh()
        empty = graph.ask("evidence.documents", lang="en")
        assert (empty["data"], empty["summary"]) == ({"items": [], "total": 0}, "0 documents, 0 claims.")
