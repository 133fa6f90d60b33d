"""A filter speaks of everything that it is asked about, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from graph_service.domain.schema import LABELS, RELATION
from graph_service.errors import Ambiguous, BadParameter, NotFound
from graph_service.graph import Graph
from graph_service.questions.dependency import tier_walk
from graph_service.questions.wording import relation_word, type_word
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from tests.questions.conftest import Ask

HEAD = "type,from,from_label,to,to_label,product,name,okpd2,hs,status\n"
CLAIMS = (
    "DESCRIBED_IN,chem,Product,,,,Химия,20,,\n"
    "DESCRIBED_IN,acid,Product,,,,Кислота,20.13.24,,\n"
    "DESCRIBED_IN,jam,Product,,,,Джем,10.39.22,200799,\n"
    "DESCRIBED_IN,puree,Product,,,,Пюре,,2005,\n"
    "DESCRIBED_IN,home,Plant,,,,Дом,,,\n"
    "LOCATED_IN,home,Plant,\"city:Волжский, RU-VGG\",,,,,,\n"
    "LOCATED_IN,far,Company,iso:RU,,,,,,\n"
    "LOCATED_IN,near,Company,iso:RU-VGG,,,,,,\n"
    "LOCATED_IN,neighbour,Company,iso:RU-SAR,,,,,,\n"
    "LOCATED_IN,planner,Company,\"city:Волжский, RU-VGG\",,,,,,\n"
    "PRODUCES,far,Company,acid,Product,,,,,\n"
    "PRODUCES,near,Company,acid,Product,,,,,\n"
    "PRODUCES,neighbour,Company,acid,Product,,,,,\n"
    "PRODUCES,planner,Company,acid,Product,,,,,planned\n"
    "PRODUCES,nowhere,Company,acid,Product,,,,,\n"
    "PRODUCES,dropped,Company,acid,Product,,,,,cancelled\n"
    "SUPPLIES,far,,home,,jam,,,,\n"
    "SUPPLIES,near,,home,,acid,,,,\n"
    "SUPPLIES,neighbour,,home,,puree,,,,cancelled\n"
    "SUPPLIES,planner,,near,,acid,,,,\n"
    "OWNS,neighbour,,home,,,,,,\n"
    "HAS_STAGE,Стройка,Project,Этап,Stage,,,,,planned\n"
    "HAS_STAGE,Стройка,Project,Этап,Stage,,,,,actual\n"
    "PARTICIPATES_IN,far,,Этап,Stage,,,,,planned\n"
    "PARTICIPATES_IN,far,,Этап,Stage,,,,,actual\n"
    "UNNAMED_SUPPLIERS_OF,many,PartnerGroup,home,,,,,,\n"
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    folder = tmp_path_factory.mktemp("types")
    crowd = "".join(f"DESCRIBED_IN,t{n},Company,,,,Труба {n},,,\n" for n in range(260))
    crowd += "DESCRIBED_IN,tp,Product,,,,Труба,24.20,,\nDESCRIBED_IN,tm,Person,,,,Труба Иван,,,\n"
    (folder / "claims.csv").write_text(HEAD + CLAIMS + crowd, "utf-8")
    with Graph(SqliteStore(folder / "x.sqlite")) as graph:
        report = graph.load("claims", [folder / "claims.csv"], Options(source="Test"))
        assert report.rows_rejected == 0, report.first_rejects
        yield graph


def _names(answer: dict[str, Any], part: str = "items") -> list[str]:
    return [item["entity"]["name"] for item in answer["data"][part]]


@pytest.mark.parametrize(("kind", "name"), [("Product", "Труба"), ("Person", "Труба Иван")])
def test_a_type_is_found_behind_a_crowd_of_others(graph: Graph, kind: str, name: str) -> None:
    found = graph.ask("search", q="Труба", type=kind)
    assert _names(found) == [name]
    assert found["data"]["by_type"][kind] == 1
    assert graph.ask("search", q="Труба")["meta"]["truncated"]
    assert not graph.ask("search", q="Труба", type=kind)["meta"]["truncated"]


def test_what_is_not_found_is_said_of_the_filter(graph: Graph) -> None:
    nothing = graph.ask("search", q="Труба", region="RU-VGG", lang="en")["summary"]
    assert nothing == "Nothing that the filters let through is called 'Труба'."
    assert "empty" not in graph.ask("search", type="Stage", lang="en")["summary"]


def test_a_product_is_found_behind_a_crowd_of_firms(graph: Graph) -> None:
    assert graph.ask("suppliers", id="Дом", product="Труба")["data"]["total"] == 0


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("suppliers", {"id": "RU"}), ("suppliers", {"id": "Кислота"}), ("markets", {"id": "Россия"}),
        ("project", {"id": "Дом"}), ("partners", {"id": "Дом", "region": "Кислота"}),
    ],
)  # fmt: skip
def test_somebody_of_another_type_is_said_so(graph: Graph, question: str, given: dict[str, str]) -> None:
    with pytest.raises(BadParameter, match=r"is a (Country|Product|Plant); here a .* is asked for"):
        graph.ask(question, **given)
    with pytest.raises(BadParameter, match="is asked for"):
        graph.ask(question, **{**given, next(reversed(given)): graph.find_id(next(reversed(given.values())))})


@pytest.mark.parametrize("known_at", ["²", "9" * 5000, "yesterday"])
def test_a_version_is_a_number_or_a_time(graph: Graph, known_at: str) -> None:
    with pytest.raises(BadParameter, match="neither a store version nor a time") as refused:
        graph.ask("suppliers", id="Дом", known_at=known_at)
    assert len(str(refused.value)) < 200


def test_a_version_that_is_not_yet_is_refused(graph: Graph) -> None:
    newest = graph.ask("suppliers", id="Дом")["meta"]["graph_version"]
    for question, given in (
        ("suppliers", {"id": "Дом", "known_at": str(newest + 1)}),
        ("diff", {"from": "0", "to": "99"}),
        ("diff", {"from": "99"}),
    ):
        with pytest.raises(BadParameter, match=f"the newest version of the graph is {newest}"):
            graph.ask(question, **given)
    assert graph.ask("suppliers", id="Дом", known_at="2999-01-01")["meta"]["known_at"] == newest


def test_what_was_seen_later_has_no_age(ask: Ask) -> None:
    def ages(valid_at: str) -> set[bool]:
        items = ask("suppliers", id="Каустик", valid_at=valid_at)["data"]["items"]
        return {"age_days" in link for item in items for link in item["links"] if "last_seen" in link}

    assert (ages("1900-01-01"), ages("2026-11-24")) == ({False}, {True})


def test_classifiers_are_kept_apart(graph: Graph) -> None:
    def kept(product: str) -> list[str]:
        return _names(graph.ask("suppliers", id="Дом", product=product, status="actual,cancelled"))

    assert kept("Химия") == kept("20") == ["near"]
    assert kept("HS 20") == ["far", "neighbour"]
    assert kept("2007") == ["far"]
    with pytest.raises(NotFound, match="inside 77"):
        kept("77")


def test_a_long_number_that_is_no_code_is_refused_at_once(graph: Graph) -> None:
    started = perf_counter()
    with pytest.raises(NotFound):
        graph.ask("suppliers", id="Дом", product="2" * 60 + "x")
    assert perf_counter() - started < 5


def test_a_place_that_is_not_known_is_no_other_place(graph: Graph) -> None:
    def asked(**given: Any) -> dict[str, Any]:
        return graph.ask("local-partners", id="Дом", product="Кислота", lang="en", **given)

    def certainty(answer: dict[str, Any]) -> dict[str, str]:
        return {item["entity"]["name"]: item["certainty"] for item in answer["data"]["items"]}

    answer = asked(within_km=10)
    assert _names(answer) == ["planner", "far", "near", "neighbour", "nowhere"]  # from near and known to not known
    assert set(certainty(answer).values()) == {"possible"}
    assert not answer["data"]["rejected"]
    doubts = {item["entity"]["name"]: item["why_not_certain"] for item in answer["data"]["items"]}
    assert "town" in doubts["planner"]
    assert "planned" in doubts["planner"]
    assert "another region" in doubts["neighbour"]
    assert "5 makers possibly (4 of unknown distance); 0 left out." in answer["summary"]
    within = asked(region="RU-VGG")
    assert certainty(within) == {"near": "certain", "planner": "possible", "far": "possible", "nowhere": "possible"}
    assert _names(within, "rejected") == ["neighbour"]
    without = asked(**{"-region": "RU-VGG"})
    assert certainty(without) == {"neighbour": "certain", "far": "possible", "nowhere": "possible"}
    assert sorted(_names(without, "rejected")) == ["near", "planner"]
    (dropped,) = asked(status="cancelled")["data"]["items"]
    assert (dropped["certainty"], dropped["why_not_certain"]) == ("possible", "cancelled")


def test_cancelled_is_not_planned(graph: Graph) -> None:
    (item,) = graph.ask("partners", id="Дом", status="cancelled")["data"]["items"]
    assert graph.ask("suppliers", id="Дом", status="cancelled,planned")["data"]["by_status"] == {"cancelled": 1}
    assert item["status"] == item["ties"][0]["status"] == "cancelled"


def test_one_actual_claim_makes_a_stage_actual(graph: Graph) -> None:
    (stage,) = graph.ask("project", id="Стройка")["data"]["stages"]
    assert stage["status"] == "actual"
    assert [item["status"] for item in stage["participants"]] == ["actual"]


def test_a_filter_leaves_out_groups_that_it_does_not_speak_of(graph: Graph) -> None:
    assert graph.ask("partners", id="Дом")["data"]["groups"]
    assert not graph.ask("partners", id="Дом", kind="owner")["data"]["groups"]
    assert graph.ask("partners", id="Дом", kind="supplier")["data"]["groups"]
    assert not graph.ask("suppliers", id="Дом", region="RU-VGG")["data"]["groups"]
    with pytest.raises(BadParameter, match="supplier"):
        graph.ask("partners", id="Дом", kind="suplier")


def test_history_calls_whom_an_undo_took_away_by_name(tmp_path: Path) -> None:
    with Graph(SqliteStore(tmp_path / "z.sqlite")) as own:
        (tmp_path / "claims.csv").write_text("type,from,from_label,to,to_label\nLOCATED_IN,Стройка,Plant,Тверь,City\n")
        own.load("claims", [tmp_path / "claims.csv"], Options(source="first"))
        (tmp_path / "claims.csv").write_text(
            "type,from,from_label,to,to_label\nLOCATED_IN,ИП Сидоров,Company,Тверь,City\n"
        )
        second = own.load("claims", [tmp_path / "claims.csv"], Options(source="second", namespace="first"))
        assert second.load is not None
        own.store.undo(second.load.load_id, "tests")
        own.live.refresh()
        events = own.ask("history", id="Тверь", lang="ru")["data"]["items"]
    gone = [item["claim"]["subject"] for item in events if item["event"] == "retracted" and "LOCATED" in str(item)]
    assert [(entity["type"], entity["name"]) for entity in gone] == [("Company", "ИП Сидоров")]


def test_history_keeps_to_its_filters(graph: Graph) -> None:
    everything = graph.ask("history", id="Дом")["data"]["total"]
    assert 0 < graph.ask("history", id="Дом", status="cancelled")["data"]["total"] < everything
    with pytest.raises(NotFound):
        graph.ask("history", id="Дом", source="nobody")
    with pytest.raises(BadParameter):
        graph.ask("history", id="Дом", status="foo")


def test_quality_counts_the_entities_of_the_claims_that_count(graph: Graph) -> None:
    assert graph.ask("quality", known_at="0")["data"]["entities"] == {}
    assert graph.ask("quality", status="cancelled")["data"]["entities"] == {"Company": 2, "Plant": 1, "Product": 2}
    assert graph.ask("quality")["data"]["entities"]["Company"] > 260


def test_sentences_are_said_as_people_say_them(graph: Graph) -> None:
    def said(question: str, lang: str = "en", **given: Any) -> str:
        return str(graph.ask(question, lang=lang, **given)["summary"])

    assert "1 direct supplier named; no source states its share." in said("suppliers", id="Дом", product="Кислота")
    assert "названо прямых поставщиков 1; доли не названы." in said("suppliers", "ru", id="Дом", product="Кислота")
    assert "1 partner is named" in said("partners", id="Дом", kind="owner")
    assert "1 relation of 1 kind." in said("neighbours", id="Дом", relation="OWNS")
    assert said("history", id="Стройка").endswith("in 1 version of the graph.")
    owned = graph.ask("neighbours", id="Дом", relation="OWNS")["evidence"]["claims"][0]
    assert said("claim", "ru", id=owned).startswith("Владеет: neighbour → Дом (")
    assert said("entity", "ru", id="Дом").startswith("Дом (завод, ")


@pytest.mark.parametrize("label", [label.name for label in LABELS])
def test_every_type_has_a_word(label: str) -> None:
    for lang in ("ru", "en"):
        assert type_word(label, lang) != label


@pytest.mark.parametrize("relation", list(RELATION))
def test_every_relation_has_words(relation: str) -> None:
    for lang in ("ru", "en"):
        assert relation_word(relation, lang) != relation


def test_a_walk_that_stops_early_says_so(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not graph.ask("suppliers", id="Дом", tiers=3)["meta"]["truncated"]
    monkeypatch.setattr(tier_walk, "MAX_CLAIMS", 1)
    assert graph.ask("suppliers", id="Дом", tiers=3)["meta"]["truncated"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ТМК", "TMK"),
        ("Kaustic", "Kaustik (Volgograd)"),
        ("Изопан", "Isopan sandwich panel plant, Volzhsky"),
        ("Волжский трубный", "Volzhsky Pipe Plant (VTZ)"),
    ],
)
def test_a_whole_name_in_the_other_alphabet_comes_before_a_word_of_another(ask: Ask, text: str, name: str) -> None:
    assert ask("suppliers", id=text)["data"]["of"]["name"] == name


@pytest.mark.parametrize(
    ("question", "given", "offered"),
    [
        ("suppliers", {"id": "Severstahl"}, ["Severstal", "Severstal-Metiz", "Severstal Kanaty JSC"]),
        ("self-sufficiency", {"id": "Каустик"}, ["Kaustik chemical park"]),
        (
            "suppliers",
            {"id": "Каустик", "product": "кислород"},
            ["Medical oxygen", "Industrial gases (oxygen, nitrogen)"],
        ),
    ],
)
def test_who_is_not_clearly_meant_is_offered(
    ask: Ask, question: str, given: dict[str, str], offered: list[str]
) -> None:
    with pytest.raises(Ambiguous) as several:
        ask(question, **given)
    assert [item["name"] for item in several.value.extra["candidates"]][:3] == offered


def test_what_was_looked_for_and_how_many_are_offered_is_said(ask: Ask) -> None:
    for given, said in (
        ({"id": "Каустик", "product": "qqqqqqqq"}, "no product is called 'qqqqqqqq'"),
        ({"id": "Каустик", "region": "qqqqqqqq"}, "no region or town is called"),
        ({"id": "Каустик", "country": "qqqqqqqq"}, "no country is called"),
        ({"id": "qqqqqqqq"}, "nobody is called"),
    ):
        with pytest.raises(NotFound, match=said):
            ask("suppliers", **given)
    with pytest.raises(Ambiguous, match=r"may mean \d+ entities, of which the first 10 are listed"):
        ask("suppliers", id="волг")


@pytest.mark.parametrize("query", ["zzz", "zzzzqqq", "ззззз", "qqqq"])
def test_a_run_of_one_letter_is_no_beginning_of_a_name(ask: Ask, query: str) -> None:
    answer = ask("search", q=query)
    assert (answer["data"]["items"], answer["summary"].startswith("Nothing is called")) == ([], True)


@pytest.mark.parametrize(
    ("question", "given", "said"),
    [
        (
            "suppliers",
            {"id": "Каустик", "valid_at": "24.11.2026"},
            "valid_at: '24.11.2026' is no day; write it like 2026-",
        ),
        ("suppliers", {"id": "Каустик", "cursor": "abc"}, "cursor: 'abc' is not what belongs here: From `links.next`"),
        ("claim", {"id": "zzz"}, "id: 'zzz' is not what belongs here: .*32 hex digits"),
        (
            "certificate",
            {"question": "suppliers", "hash": "abc"},
            "hash: 'abc' is not what belongs here: .*64 hex digits",
        ),
        (
            "paths",
            {"from": "Каустик", "to": "ТМК", "relations": "FOO"},
            "relations 'FOO' is none of SUPPLIES, OPERATES,",
        ),
        ("claims", {"id": "Каустик", "type": "supplys"}, "is none of SUPPLIES, .*; did you mean 'SUPPLIES'"),
        ("neighbours", {"id": "Каустик", "relation": "foo"}, "relation 'FOO' is none of SUPPLIES, OPERATES,"),
        (
            "local-partners",
            {"id": "Каустик", "weights": "foo=1"},
            "weights 'foo' is none of distance, capacity, tie, shared",
        ),
        ("diff", {"from": "24.11.2025"}, "'24.11.2025' is no day; write it like 2024-01-31"),
    ],
)
def test_a_value_that_does_not_fit_is_told_what_would(
    ask: Ask, question: str, given: dict[str, str], said: str
) -> None:
    with pytest.raises(BadParameter, match=said):
        ask(question, **given)


def test_an_unlike_question_is_told_where_all_are(ask: Ask) -> None:
    with pytest.raises(NotFound, match=r"no question 'foo'; zveno ask --help and docs/questions\.md list all"):
        ask("certificate", question="foo")


def test_stated_shares_are_counted_and_others_said_not_to_be_stated(ask: Ask) -> None:
    assert ask("suppliers", id="Каустик")["summary"].endswith(
        "2 direct suppliers named; no source states their shares."
    )
    said = {"en": "; 1 of their shares is stated.", "ru": "; названо долей: 1."}
    for lang, end in said.items():
        assert ask("suppliers", id="Волжский трубный завод", lang=lang)["summary"].endswith(end)


@pytest.mark.parametrize("given", [{"type": "Plant"}, {"q": "завод"}, {"type": "Company", "region": "RU-VGG"}, {}])
def test_a_value_leaves_as_many_as_its_facet_says(ask: Ask, given: dict[str, str]) -> None:
    found = ask("search", facets=True, **given)["data"]
    for facet, parameter in (("by_region", "region"), ("by_product", "makes"), ("by_market", "exports_to")):
        assert 0 < len(found[facet]["items"]) <= found[facet]["total"]
        for value in found[facet]["items"]:
            narrowed = ask("search", **{**given, parameter: value["entity"]["id"]})
            assert narrowed["data"]["total"] == value["count"], value["entity"]["name"]


def test_what_is_left_out_by_its_own_filter_is_counted_still(ask: Ask) -> None:
    here, everywhere = (
        ask("search", type="Plant", facets=True, **place)["data"] for place in ({"region": "RU-VGG"}, {})
    )
    assert here["by_region"] == everywhere["by_region"]
    assert here["total"] < everywhere["total"]
    assert "by_region" not in ask("search", type="Plant")["data"]
    both = ask("search", q="Изопан", exports_to="Армения")["data"]
    assert {item["entity"]["name"] for item in both["items"]} == {"Isopan Rus"}
    assert ask("search", makes="01.11", exports_to="Армения")["data"]["total"] == 0


def test_a_list_keeps_those_of_whom_something_is_known(ask: Ask) -> None:
    def listed(**given: str) -> set[str]:
        return {item["entity"]["name"] for item in ask("search", type="Plant", limit=200, **given)["data"]["items"]}

    both = listed(has="needs,point")
    assert both == listed(has="point") & listed(has="needs") < listed()
    assert "Kaustik (Volgograd)" in both
    with pytest.raises(BadParameter, match="'pints' is none of needs, products, point; did you mean 'point'"):
        ask("search", has="pints")
