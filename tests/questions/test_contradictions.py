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


DOCUMENTS = (
    "document,publisher,rank,published_on\n"
    "near,Near,2,\nfar,Far,4,\nnew,New,3,2024-03-21\nolder,Older,3,2020-01-02\nnever,Never,3,\none,One,3,\ntwo,Two,3,\n"
)
DECIDED = (
    "type,from,from_label,kind,value,currency,confidence,document\n"
    "HAS,Rank,Company,Revenue,1,RUB,1,near\nHAS,Rank,Company,Revenue,2,RUB,1,far\n"
    "HAS,Date,Company,Revenue,1,RUB,1,new\nHAS,Date,Company,Revenue,2,RUB,1,older\n"
    "HAS,Date,Company,Revenue,3,RUB,1,never\n"
    "HAS,Sure,Company,Revenue,1,RUB,1,one\nHAS,Sure,Company,Revenue,2,RUB,0.5,two\n"
    "HAS,Even,Company,Revenue,1,RUB,1,one\nHAS,Even,Company,Revenue,2,RUB,1,two\n"
)


def test_each_dispute_says_what_of_the_rule_decided_it(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(DECIDED, "utf-8")
    (tmp_path / "documents.csv").write_text(DOCUMENTS, "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        report = graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        items = graph.ask("contradictions", lang="en")["data"]["items"]
        card = graph.ask("entity", id="Rank", lang="ru")["data"]
    assert {item["subject"]["name"]: item["decided"] for item in items} == {
        "Rank": "The rank of the source decided: 2 against 4.",
        "Date": "The newer publication decided: 21 Mar 2024 against 2 Jan 2020; a date of publication decided: not "
        "all have one.",
        "Sure": "The higher confidence decided: 1 against 0.5.",
        "Even": "By the rule they are equal: the first by number was taken.",
    }
    assert card["figures"][0]["decided"] == "Решил ранг источника: 2 против 4."


OWNERS = (
    "type,from,from_label,to,to_label,share,confidence\n"
    "OWNS,P,Company,F,Company,60%,0.9\nOWNS,Q,Company,F,Company,70%,0.5\n"
)


def test_of_owners_with_more_than_the_whole_none_is_chosen(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_text(OWNERS, "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="Test"))
        (item,) = graph.ask("contradictions", lang="en")["data"]["items"]
    assert "decided" not in item
    assert "None is chosen" in item["rule"]
