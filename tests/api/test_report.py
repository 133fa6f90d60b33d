"""The report to print: every chapter says what its question says, with one list of evidence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from graph_service.api.app import create_app
from graph_service.api.report import CHAPTERS, report_of
from graph_service.domain.schema import LABEL_NAMES
from graph_service.graph import Graph
from graph_service.questions.question import registry
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from loaders.loader import Options
from tests.api.test_pages import HTML, PHARMA, Reader, read

CLAIMS = "type,from,to,from_label,product\nSUPPLIES,Север,Маяк,Plant,Соль\nSUPPLIES,Юг,Маяк,Plant,Соль\n"


@pytest.fixture(scope="module")
def client(demo_graph: Graph) -> FlaskClient:
    return create_app(demo_graph).test_client()


@pytest.fixture
def own_graph(tmp_path: Path) -> Iterator[Graph]:
    (tmp_path / "claims.csv").write_text(CLAIMS, "utf-8")
    with Graph(SqliteStore(tmp_path / "z.sqlite")) as graph:
        graph.load("claims", [tmp_path / "claims.csv"], Options(source="own"))
        yield graph


ACTORS = (
    "suppliers", "customers", "markets", "partners", "ownership", "single-sourced", "concentration",
    "export-dependence", "local-partners", "neighbours", "contradictions", "next-best-fact",
)  # fmt: skip
PLACES = ("region-flows", "self-sufficiency", "region-exports", "unmet-needs", "neighbours", "contradictions")


@pytest.mark.parametrize(
    ("name", "chapters"),
    [
        ("Изопан Рус", ACTORS), ("Каустик", ACTORS), ("RU-VGG", PLACES), ("RU", ("sellers", *PLACES)),
        ("Сэндвич-панели", ("sellers", "bill-of-materials", "neighbours", "contradictions")),
    ],
)  # fmt: skip
def test_each_type_has_its_chapters(demo_graph: Graph, name: str, chapters: tuple[str, ...]) -> None:
    found = report_of(demo_graph, {"id": name, "lang": "en"})
    assert tuple(chapter.name for chapter in found.chapters) == chapters


def test_all_chapters_are_of_one_version(own_graph: Graph, tmp_path: Path) -> None:
    """A load that ends while the report is made changes nothing in it."""

    class Meanwhile:
        def ask(self, name: str, **given: str) -> Any:
            answer = own_graph.ask(name, **given)
            if name == "lookup.entity":
                (tmp_path / "more.csv").write_text(CLAIMS.replace("Юг", "Запад"), "utf-8")
                own_graph.load("claims", [tmp_path / "more.csv"], Options(source="more", namespace="own"))
            return answer

    report = report_of(cast("Graph", Meanwhile()), {"id": "Маяк", "lang": "en"})
    assert "Запад" not in str(report)
    assert "Север" in str(report)
    assert "Запад" in str(report_of(own_graph, {"id": "Маяк", "lang": "en"}))


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("name", ["Изопан Рус", "Каустик", "Сэндвич-панели", "RU-VGG", "RU", PHARMA])
def test_each_chapter_says_what_its_question_says(client: FlaskClient, demo_graph: Graph, name: str, lang: str) -> None:
    page = read(client, f"/plain/report/{name}", lang)
    assert (page.wrong, page.open, page.inline) == ([], [], [])
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids), "a number leads to its evidence"
    chapters = [registry()[question] for question in CHAPTERS if registry()[question].command in page.ids]
    assert len(chapters) >= 3
    for question in chapters:
        said = demo_graph.ask(question.name, id=name, lang=lang)["summary"]
        assert " ".join(said.split()) in page.text, question.name
        assert question.title[lang] in page.text


def test_the_report_names_the_neighbours_and_every_claim_has_one_number(client: FlaskClient, demo_graph: Graph) -> None:
    page = read(client, "/plain/report/Изопан Рус")
    for item in demo_graph.ask("lookup.neighbours", id="Изопан Рус", lang="en")["data"]["items"]:
        assert item["entity"]["name"] in page.text
    text = client.get("/plain/report/Изопан Рус", headers=HTML).get_data(as_text=True)
    numbers = [int(part.partition('"')[0]) for part in text.split(' value="')[1:] if part[0].isdigit()]
    assert len(numbers) > 20
    assert numbers == sorted(set(numbers))


def test_a_russian_report_says_in_russian_by_what_shares_are_divided(client: FlaskClient) -> None:
    page = client.get("/plain/report/Изопан Рус?lang=ru", headers=HTML).get_data(as_text=True)
    assert "<dt>По</dt><dd>поставщик" in page


def test_a_list_that_is_cut_off_says_so(client: FlaskClient, demo_graph: Graph) -> None:
    total = demo_graph.ask("lookup.neighbours", id="RU-VGG")["data"]["total"]
    assert total > 50
    assert f"shown 50 of {total}" in read(client, "/plain/report/RU-VGG").text


def test_every_chapter_is_of_some_type() -> None:
    assert set(CHAPTERS) <= registry().keys()
    assert {name for name in CHAPTERS if not set(registry()[name].about) & set(LABEL_NAMES)} == set()


def test_filters_hold_in_all_chapters_and_wrong_ones_are_refused(client: FlaskClient) -> None:
    assert "Armenia" in read(client, "/plain/report/Изопан Рус").text
    early = read(client, "/plain/report/Изопан Рус?known_at=0")
    assert "Armenia" not in early.text
    assert "min_confidence" in read(client, "/plain/report/Изопан Рус?min_confidence=7", status=400).text
    read(client, "/plain/report/никто такой", status=404)


def test_a_merged_entity_leads_to_the_report_of_the_other(own_graph: Graph) -> None:
    client = create_app(own_graph).test_client()
    first, second = (own_graph.ask("lookup.entity", id=name)["data"]["entity"]["id"] for name in ("Север", "Юг"))
    own_graph.merge(first, second, Edit(editor="tests", note="one plant"))
    asked = client.get(f"/plain/report/{second}?lang=en&status=actual", headers=HTML)
    if asked.status_code == 200:  # the other of the two is the one that stays
        asked = client.get(f"/plain/report/{first}?lang=en&status=actual", headers=HTML)
    assert asked.status_code == 308
    page = client.get(asked.headers["Location"], headers=HTML)
    assert page.status_code == 200
    assert "status=actual" in asked.headers["Location"]
    assert Reader(page.get_data(as_text=True)).wrong == []
