"""Pages: every question in both languages, what is shown and how, and nothing that the API does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from graph_service.api import labels
from graph_service.api.addresses import page_of, questions_about
from graph_service.api.app import create_app
from graph_service.api.forms import form_fields
from graph_service.domain.schema import LABEL_NAMES, RANKS, RELATION_TYPES
from graph_service.graph import Graph
from graph_service.questions.ask import known_parameters
from graph_service.questions.question import registry

HTML = {"Accept": "text/html"}
PHARMA = "Создание химико-фармацевтического кластера"
VOID = {"meta", "link", "input", "br", "use", "rect", "circle", "line", "path"}


class Reader(HTMLParser):
    """Text, links, ids and mistakes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.inline: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag in ("script", "style") else []

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def client(demo_graph: Graph) -> FlaskClient:
    return create_app(demo_graph).test_client()


def read(client: FlaskClient, path: str, lang: str = "en", status: int = 200) -> Reader:
    response = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}", headers=HTML)
    assert response.status_code == status, response.get_data(as_text=True)[:300]
    return Reader(response.get_data(as_text=True))


def example_page(graph: Graph, name: str) -> str:
    question = registry()[name]
    given = dict(question.example)
    if name == "evidence.claim":
        given["id"] = graph.ask("evidence.claims", id="Изопан Рус")["evidence"]["claims"][0]
    return page_of(question, given)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("name", sorted(registry()))
def test_every_question_has_a_page(client: FlaskClient, demo_graph: Graph, name: str, lang: str) -> None:
    page = read(client, example_page(demo_graph, name), lang)
    assert page.wrong == []
    assert page.open == []
    assert page.inline == [], "the policy allows no inline script or style"
    assert len(page.ids) == len(set(page.ids))
    given = (
        {"id": page_id(example_page(demo_graph, name))} if name == "evidence.claim" else dict(registry()[name].example)
    )
    assert " ".join(demo_graph.ask(name, **given, lang=lang)["summary"].split()) in page.text
    anchors = {link[1:] for link in page.links if link.startswith("#")}
    assert anchors <= set(page.ids), "a number leads to its evidence"


def page_id(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2]


def test_every_link_of_the_demo_pages_leads_somewhere(client: FlaskClient, demo_graph: Graph) -> None:
    starts = ["/plain", "/plain/ask", "/docs", *(example_page(demo_graph, name) for name in registry())]
    own: set[str] = set()
    for start in starts:
        own |= {link.partition("#")[0] for link in read(client, start).links if link.startswith("/")}
    assert len(own) > 300
    own -= set(sorted(link for link in own if link.startswith("/plain/claims/"))[40:])  # one page for all claims
    broken = {}
    for link in sorted(own):
        with client.get(link, headers=HTML) as response:
            if response.status_code >= 400:
                broken[link] = response.status_code
    assert broken == {}


def test_home_says_what_is_in_the_graph_and_what_can_be_asked(client: FlaskClient, demo_graph: Graph) -> None:
    page = read(client, "/plain", "ru")
    counts = demo_graph.ask("lookup.quality")["data"]["entities"]
    for label, number in counts.items():
        assert f"{number}{labels.word('ru', 'types', label)}" in page.text
    for question in registry().values():
        assert question.title["ru"] in page.text or question.name == "evidence.claim"


# --- the questions that must show


def test_partners_are_named_and_counted_with_the_sentence(client: FlaskClient) -> None:
    page = read(client, "/plain/ask/partners?id=Изопан Рус", "ru")
    assert "≥ 30 не названы" in page.text
    assert "названо 2 из не менее 30" in page.text
    assert "Кооперация связывает его более чем с 30 предприятиями" in page.text
    assert "Manni Group" in page.text


def test_a_project_shows_rival_costs_side_by_side_and_other_scopes_apart(client: FlaskClient) -> None:
    page = read(client, f"/plain/ask/project?id={PHARMA}", "ru")
    disputed, _, rest = page.text.partition("Источники расходятся")[2].partition("Этапы")
    assert "7 млрд ₽ выбрано" in disputed
    assert "8 млрд ₽ спор" in disputed
    assert "Волжский.ру" in disputed
    assert "лучший ранг источника" in disputed
    assert "6,1 млрд ₽" not in disputed
    assert "6,1 млрд ₽" in rest


def test_suppliers_have_amount_age_status_and_unknown_shares(client: FlaskClient) -> None:
    page = read(client, "/plain/ask/suppliers?id=Волжский трубный завод&valid_at=2026-11-24", "ru")
    assert "19 200 т в год" in page.text
    assert "доля неизвестна" in page.text
    assert "100 % закупок покупателя" in page.text
    assert "23 года назад" in page.text
    assert "план" in page.text
    english = read(client, "/plain/ask/suppliers?id=Волжский трубный завод&valid_at=2026-11-24", "en")
    assert "19,200 t a year" in english.text
    assert "share unknown" in english.text
    assert "23 years ago" in english.text


def test_local_partners_say_how_sure_and_why_not(client: FlaskClient) -> None:
    far = read(client, "/plain/ask/local-partners?id=Волжский&product=20.11&within_km=100", "ru")
    assert "48,7858°, 44,7797°" in far.text
    assert "наверняка" in far.text
    assert re.search(r"6,2–36,2 км до точки города", far.text)
    assert "известен только регион: расстояние неизвестно" in far.text
    near = read(client, "/plain/ask/local-partners?id=Волжский&product=20.11&within_km=5", "ru")
    assert "Не подошли" in near.text
    assert "не ближе 6 км" in near.text


def test_a_count_is_shown_only_where_the_answer_has_one(client: FlaskClient) -> None:
    page = read(client, "/plain/ask/neighbours?id=Изопан Рус&relation=UNNAMED_SUPPLIERS_OF", "en")
    assert "(more than 30)" in page.text
    assert "not counted" not in page.text
    raw = client.get("/plain/ask/neighbours?id=Изопан Рус&direction=in&lang=en", headers=HTML).get_data(as_text=True)
    assert 'data-label="Link">has unnamed suppliers</td>' in raw


def test_one_chip_per_row(client: FlaskClient) -> None:
    text = client.get("/plain/ask/suppliers?id=Волжский трубный завод&lang=ru", headers=HTML).get_data(as_text=True)
    rows = re.findall(r"<tr>.*?</tr>", text, re.S)[1:]
    assert rows
    assert all(row.count('class="chip') == 1 for row in rows)


def test_quoted_words_lead_to_their_claims(client: FlaskClient, demo_graph: Graph) -> None:
    data = demo_graph.ask("evidence.document", id="press-release")["data"]
    raw = client.get("/plain/documents/press-release", headers=HTML).get_data(as_text=True)
    marked = re.findall(r'<mark><a href="/plain/claims/([0-9a-f]{32})">([^<]*)</a></mark>', raw)
    assert {claim for claim, _ in marked} <= {quote["claim"] for quote in data["quotes"]}
    page = Reader(raw)
    for quote in data["quotes"]:
        assert f"q-{quote['claim']}" in page.ids
        assert f"/plain/claims/{quote['claim']}" in page.links
    assert "21 марта 2017 года губернатор" in page.text


def test_a_claim_leads_into_its_document(client: FlaskClient, demo_graph: Graph) -> None:
    quote = demo_graph.ask("evidence.document", id="press-release")["data"]["quotes"][0]
    page = read(client, f"/plain/claims/{quote['claim']}")
    (into,) = {link for link in page.links if link.endswith(f"#q-{quote['claim']}")}
    assert f"q-{quote['claim']}" in read(client, into.partition("#")[0]).ids


def test_the_same_answer_in_other_formats_and_the_next_page(client: FlaskClient) -> None:
    page = read(client, "/plain/ask/claims?id=Isopan Rus&limit=5&type=PRODUCES", "en")
    formats = {parse_qs(urlsplit(link).query).get("format", [""])[0]: link for link in page.links}
    assert {"json", "csv", "xlsx", "cypher"} <= formats.keys()
    body = client.get(formats["json"]).get_json()
    assert body["meta"]["lang"] == "en"
    assert len(body["data"]["items"]) == 5
    listed = read(client, "/plain/ask/sources?limit=3", "en")
    assert "shown 3 of" in listed.text
    (following,) = {link for link in listed.links if link.startswith("/plain/ask/sources?") and "cursor=3" in link}
    assert "First page" in read(client, following, "en").text


# --- forms, language, wording


@pytest.mark.parametrize("name", sorted(registry()))
def test_a_form_has_every_parameter_with_its_words(name: str) -> None:
    question = registry()[name]
    for lang in ("ru", "en"):
        fields = {field.name: field for field in form_fields(question, {}, lang)}
        assert set(fields) == set(known_parameters(question)) - {"lang", "cursor"}
        assert all(field.help and field.label for field in fields.values())
        assert all(fields[path].is_main for path in question.path_parameters)


def test_a_form_that_nobody_has_filled_in_asks_nothing(client: FlaskClient) -> None:
    page = read(client, "/plain/ask/local-partners", "en")
    assert "What it rests on" not in page.text
    assert "Within, km" in page.text
    half = client.get("/plain/ask/local-partners?id=Волжский&within_km=10", headers=HTML)
    assert half.status_code == 400, "what is missing is said once something is asked"


def test_the_language_is_remembered(demo_graph: Graph) -> None:
    client = create_app(demo_graph).test_client()
    assert "Что вы хотите узнать?" in read_plain(client, "/plain")
    assert "What do you want to know?" in read_plain(client, "/plain?lang=en")
    assert "What do you want to know?" in read_plain(client, "/plain")
    assert "Isopan Rus" in read_plain(client, "/plain/ask/partners?id=Изопан Рус")
    assert "Что вы хотите узнать?" in read_plain(client, "/plain?lang=ru")


def read_plain(client: FlaskClient, path: str) -> str:
    return client.get(path, headers=HTML).get_data(as_text=True)


def test_every_word_has_both_languages() -> None:
    for group, entries in labels.table().items():
        for key, words in entries.items():
            if group.endswith("_ru"):
                assert words, (group, key)
            else:
                assert len(words) == 2, (group, key)
                assert all(word.strip() for word in words), (group, key)


def test_whatever_is_declared_has_words() -> None:
    assert {name for name in LABEL_NAMES if not labels.known("type", name)} == set()
    names = {relation.name for relation in RELATION_TYPES}
    assert {name for name in names if not labels.known("relation", name)} == set()
    assert {str(rank) for rank in RANKS if not labels.known("rank", str(rank))} == set()
    for question in registry().values():
        assert question.doc["ru"] != question.doc["en"]
        assert labels.known("group", question.name.partition(".")[0])
        for parameter in known_parameters(question):
            assert labels.known("parameter", parameter), parameter
            assert labels.russian("help_ru", parameter, "") != "", parameter


def test_every_member_of_every_answer_has_words(demo_graph: Graph) -> None:
    unnamed = {
        "id",
        "char_start",
        "char_end",
        "claims",
        "rule",
        "decided",
        "score",
        "age_days",
        "disputed",
        "witnesses",
        "undated",
    }
    structure = {
        "links",
        "ties",
        "quotes",
        "place",
        "text",
        "start",
        "end",
        "claim_ids",
        "counted_min",
        "count_min",
        "count_max",
    }
    found: set[str] = set()
    for name in registry():
        given = dict(registry()[name].example)
        if name == "evidence.claim":
            given["id"] = demo_graph.ask("evidence.claims", id="Изопан Рус")["evidence"]["claims"][0]
        found |= set(members(demo_graph.ask(name, **given)["data"]))
    assert {key for key in found - unnamed - structure if not labels.known("field", key)} == set()


def members(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from members(part, depth)
    elif isinstance(value, dict) and not {"low", "per_year"} & value.keys():
        for key, part in value.items():
            is_count = isinstance(part, int) and depth == 1 and not isinstance(part, bool)
            if not is_count and not re.fullmatch(r"[A-Z_]+|[0-9]+", key):
                yield key
            if not key.startswith("by_"):
                yield from members(part, depth + 1)


def test_questions_about_an_entity_fit_its_type() -> None:
    plant = {question.name for question in questions_about("Plant")}
    town = {question.name for question in questions_about("City")}
    assert {"dependency.suppliers", "exports.markets", "lookup.neighbours", "planning.local_partners"} <= plant
    assert "dependency.suppliers" not in town
    assert "planning.local_partners" in town
    assert "cooperation.project" in {question.name for question in questions_about("Project")} - plant


@pytest.mark.parametrize("name", sorted(registry()))
def test_only_distances_are_shown_in_kilometres(name: str, client: FlaskClient, demo_graph: Graph) -> None:
    page = read(client, example_page(demo_graph, name))
    given = dict(registry()[name].example)
    if name == "evidence.claim":
        given["id"] = demo_graph.ask("evidence.claims", id="Изопан Рус")["evidence"]["claims"][0]
    data = demo_graph.ask(name, **given, lang="en")["data"]
    if "distance_km" not in set(members(data)) and " km away" not in str(data):
        figures = page.text.partition("What it rests on")[0]
        assert not re.search(r"\d km", figures), re.findall(r".{30}\d km", figures)


def test_indices_and_scores_are_numbers(client: FlaskClient) -> None:
    assembly = "Сборка автобусов Yutong ZK6128H"
    page = read(client, f"/plain/ask/concentration?by=region&id={assembly}")
    assert re.search(r"HHI.*Volgograd Oblast\s*\(100%\)", page.text), page.text
    partners = read(client, "/plain/ask/local-partners?id=Каустик")
    assert re.search(r"certain\s*0\.41\d–0\.6\d", partners.text), partners.text
