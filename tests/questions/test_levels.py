"""``level=company`` groups a finished list by operator, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph_service.graph import Graph
from graph_service.questions.ask import context_of, find_question
from graph_service.questions.twins import twin_of
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

CLAIMS = (
    "type,from,from_label,to,to_label,product,status,count_min\n"
    "OPERATES,Firm,Company,North,Plant,,,\n"
    "OPERATES,Firm,Company,South,Plant,,,\n"
    "OPERATES,Whole,Company,Works,Plant,,,\n"
    "OPERATES,One,Company,Shared,Plant,,,\n"
    "OPERATES,Two,Company,Shared,Plant,,,\n"
    "SUPPLIES,North,,Buyer,Company,gas,planned,\n"
    "SUPPLIES,South,,North,,gas,,\n"
    "SUPPLIES,Works,,Buyer,,coal,,\n"
    "SUPPLIES,Shared,,Buyer,,coal,,\n"
    "SUPPLIES,Zinc,Company,Buyer,,zinc,,\n"
    "SUPPLIES,Zinc,Company,South,,zinc,,\n"
    "COOPERATES_WITH,South,,Buyer,,,,\n"
    "UNNAMED_SUPPLIERS_OF,Many,PartnerGroup,Buyer,,,,9\n"
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("levels")
    (folder / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _listed(answer: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [
        (item["entity"]["name"], [member["name"] for member in item.get("members", [])])
        for item in answer["data"]["items"]
    ]


def test_plants_of_a_company_are_one_supplier(graph: Graph) -> None:
    units = graph.ask("suppliers", id="Buyer", tiers=2)
    assert [name for name, _ in _listed(units)] == ["North", "Shared", "Works", "Zinc", "South"]
    answer = graph.ask("suppliers", id="Buyer", tiers=2, level="company")
    assert _listed(answer) == [
        ("Firm", ["North", "South"]), ("Shared", []), ("Whole", ["Works"]), ("Zinc", []),
    ]  # fmt: skip
    firm = answer["data"]["items"][0]
    assert (firm["tier"], len(firm["links"])) == (1, 2)
    assert (answer["data"]["total"], answer["data"]["by_tier"]) == (4, {"1": 4})
    assert units["data"]["by_status"] == {"actual": 4, "planned": 1}
    assert answer["data"]["by_status"] == {"actual": 4}
    assert answer["coverage"] == {"named": 4, "counted_min": 9, "shares_known": 0}
    assert answer["evidence"]["claims"]


def test_counts_are_those_of_all_pages(graph: Graph) -> None:
    pages = [
        graph.ask("suppliers", id="Buyer", tiers=2, level="company", limit=2, **cursor)["data"]
        for cursor in ({}, {"cursor": "2"})
    ]
    assert [item["entity"]["name"] for page in pages for item in page["items"]] == ["Firm", "Shared", "Whole", "Zinc"]
    assert [page["total"] for page in pages] == [4, 4]


def test_who_operates_does_not_depend_on_the_product(graph: Graph) -> None:
    answer = graph.ask("suppliers", id="Buyer", product="gas", tiers=2, level="company")
    assert _listed(answer) == [("Firm", ["North", "South"])]


def test_plants_of_a_company_are_one_customer_and_one_partner(graph: Graph) -> None:
    assert _listed(graph.ask("customers", id="Zinc", level="company")) == [("Buyer", []), ("Firm", ["South"])]
    answer = graph.ask("partners", id="Buyer", level="company")
    assert _listed(answer)[0] == ("Firm", ["North", "South"])
    assert [tie["kind"] for tie in answer["data"]["items"][0]["ties"]] == ["cooperation", "supplier"]
    assert answer["data"]["by_kind"] == {"cooperation": 1, "supplier": 4}
    assert answer["data"]["total"] == 4


def test_a_company_is_no_partner_of_its_own(graph: Graph) -> None:
    assert _listed(graph.ask("partners", id="Firm"))
    assert not _listed(graph.ask("partners", id="Firm", level="company"))


@pytest.mark.parametrize("name", ["suppliers", "customers", "partners"])
def test_a_list_of_companies_has_no_twin(graph: Graph, name: str) -> None:
    question = find_question(name)
    assert twin_of(question, context_of(graph.live, question, {"id": "Buyer"}))
    assert twin_of(question, context_of(graph.live, question, {"id": "Buyer", "level": "company"})) is None
