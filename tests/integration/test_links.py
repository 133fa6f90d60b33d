"""The links that people see in Neo4j: drawn from the claims of today, only where something changed, and removed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import neo4j
import pytest
from typer.testing import CliRunner

from graph_service.cli.main import app
from graph_service.domain.clocks import today
from graph_service.graph import Graph
from graph_service.store.neo4j.links import Links
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options
from tests.contract.material import ARTICLE, EXTRACT, batch, claim, described, key, load, request, retract

Run = Callable[..., list[dict[str, Any]]]
Drawn = dict[str, dict[str, Any]]

ALL_LINKS = (
    "MATCH (a)-[r]->(b) WHERE r.link IS NOT NULL AND r.claim_id IS NULL "
    "RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS said, elementId(r) AS element ORDER BY said.link, type"
)
ALL_LABELS = (
    "MATCH (n:Entity) WHERE NOT n:Document AND NOT n:Source "
    "RETURN n.id AS id, COLLECT { UNWIND labels(n) AS label RETURN label ORDER BY label } AS labels, "
    "properties(n) AS said ORDER BY id"
)


@pytest.fixture(scope="module")
def server(neo4j_uri: str, empty_neo4j: Callable[[str], None]) -> str:
    """Address of a Neo4j whose schema is made once; tests remove data only, so that query plans are kept."""
    empty_neo4j(neo4j_uri)
    return neo4j_uri


@pytest.fixture(scope="module")
def browser(server: str) -> Iterator[Run]:
    """Runs Cypher as a person in Browser does."""
    with neo4j.GraphDatabase.driver(server, notifications_min_severity="OFF") as driver:
        yield lambda text, **given: driver.execute_query(text, given, result_transformer_=lambda result: result.data())


@pytest.fixture
def store(server: str, browser: Run) -> Iterator[Neo4jStore]:
    """An empty store."""
    browser("MATCH (n) DETACH DELETE n")
    store = Neo4jStore(server)
    yield store
    store.close()


def _links(browser: Run, relation: str) -> list[tuple[str, dict[str, Any]]]:
    """Type and properties of the links of a relation type, planned ones too."""
    return [(r["type"], r["said"]) for r in browser(ALL_LINKS) if r["type"].removeprefix("PLANNED_") == relation]


# --- what a link says


def test_a_link_is_actual_if_any_claim_is_and_only_such_claims_speak(store: Neo4jStore, browser: Run) -> None:
    plan = claim("SUPPLIES", "a", "b", product="p", status="planned", buyer_share_min=0.9, buyer_share_max=0.9)
    fact = claim("SUPPLIES", "a", "b", product="p", document=EXTRACT, buyer_share_min=0.2, buyer_share_max=0.3)
    load(store, "plan", plan)
    ((kind, said),) = _links(browser, "SUPPLIES")
    assert (kind, said["claims"], said["buyer_share_min"]) == ("PLANNED_SUPPLIES", 1, 0.9)
    load(store, "fact", fact)
    ((kind, said),) = _links(browser, "SUPPLIES")
    assert (kind, said["claims"], said["buyer_share_min"], said["buyer_share_max"]) == ("SUPPLIES", 1, 0.2, 0.3)
    assert (said["source"], said["url"], said["last_seen"]) == ("Реестр", EXTRACT.url, "2024-03-01")
    retract(store, "hand", fact)
    ((kind, said),) = _links(browser, "SUPPLIES")
    assert (kind, said["buyer_share_min"]) == ("PLANNED_SUPPLIES", 0.9)


def test_a_link_counts_its_claims_and_shows_the_best_source_and_the_latest_sight(
    store: Neo4jStore, browser: Run
) -> None:
    load(
        store, "one",
        claim("OWNS", "a", "b", document=EXTRACT, share_min=0.6, share_max=0.6),
        claim("OWNS", "a", "b", document=ARTICLE, share_min=0.5, share_max=0.5, review="disputed"),
        described("a", label="Company"), described("b", label="Company"),
    )  # fmt: skip
    ((kind, said),) = _links(browser, "OWNS")
    assert (kind, said["claims"], said["share_min"], said["source"]) == ("OWNS", 2, 0.6, "Реестр")
    assert (said["last_seen"], said["disputed"]) == (str(ARTICLE.published_on), True)


def test_deliveries_of_a_year_add_up_and_reports_of_one_count_once(store: Neo4jStore, browser: Run) -> None:
    day = today()

    def delivery(value: float, days_ago: int, record: str | None, **given: Any) -> dict[str, Any]:
        return claim(
            "SUPPLIES", "a", "b", product="p", basis="delivery", value_min=value, value_max=value, currency="RUB",
            valid_from=day - timedelta(days=days_ago), record=record, **given,
        )  # fmt: skip

    rate = claim("SUPPLIES", "a", "b", product="p", basis="rate", value_min=7.0, value_max=7.0, currency="RUB",
                 period_from=date(2021, 1, 1), period_to=date(2022, 1, 1))  # fmt: skip
    recent = [delivery(100, 10, "r1"), delivery(100, 10, "r1", document=EXTRACT), delivery(30, 200, "r2")]
    load(store, "rate", rate)
    ((_, said),) = _links(browser, "SUPPLIES")
    assert said["value_min"] == said["value_max"] == pytest.approx(7.0, rel=0.01), "per year of the mean length"
    load(store, "recent", *recent, delivery(1000, 400, "r3"))
    ((_, said),) = _links(browser, "SUPPLIES")
    assert (said["value_min"], said["value_max"], said["currency"], said["claims"]) == (130.0, 130.0, "RUB", 5)
    assert said["last_seen"] == max(str(day - timedelta(days=10)), str(ARTICLE.published_on))


def test_what_has_ended_or_not_begun_is_no_link_and_the_calendar_changes_that(store: Neo4jStore, browser: Run) -> None:
    day = today()
    load(
        store, "one",
        claim("SUPPLIES", "a", "ended", valid_to=day), claim("SUPPLIES", "a", "ends", valid_to=day + timedelta(days=2)),
        claim("SUPPLIES", "a", "begins", valid_from=day + timedelta(days=2)), claim("SUPPLIES", "a", "never", status="cancelled"),
    )  # fmt: skip
    assert [said["link"].split("|")[2] for _, said in _links(browser, "SUPPLIES")] == [key("ends")]
    later = Links(store._connection, store._lock, lambda: str(day + timedelta(days=3)))
    store._lock.acquire("tests")
    later.refresh()
    store._lock.release()
    assert [said["link"].split("|")[2] for _, said in _links(browser, "SUPPLIES")] == [key("begins")]


def test_a_unit_has_the_links_of_its_company_until_the_tie_is_undone(store: Neo4jStore, browser: Run) -> None:
    load(store, "facts", claim("SUPPLIES", "Co", "b"), claim("SUPPLIES", "weak", "b"))
    before = browser(ALL_LINKS)
    tie, _ = load(store, "ties", claim("OPERATES", "Co", "Plant"), described("Co", same_as=["weak"]))
    ((_, said),) = _links(browser, "SUPPLIES")
    assert (said["link"].split("|")[0], said["claims"]) == (key("Plant"), 2)
    store.undo(tie.load_id, "tests")
    assert [(r["start"], r["said"]) for r in browser(ALL_LINKS)] == [(r["start"], r["said"]) for r in before]


# --- which links are drawn


def test_only_touched_links_are_drawn_anew(store: Neo4jStore, browser: Run) -> None:
    load(store, "one", claim("SUPPLIES", "a", "b"), claim("SUPPLIES", "a", "c"), claim("OWNS", "d", "a"))
    browser("MATCH ()-[r]->() WHERE r.link IS NOT NULL AND r.claim_id IS NULL SET r.mark = true")
    load(store, "two", claim("SUPPLIES", "a", "b", document=EXTRACT))
    marks = {(r["said"]["link"].split("|")[2], r["type"]): r["said"].get("mark") for r in browser(ALL_LINKS)}
    assert marks == {(key("b"), "SUPPLIES"): None, (key("c"), "SUPPLIES"): True, (key("a"), "OWNS"): True}


def test_refresh_all_heals_what_people_did_to_links(store: Neo4jStore, browser: Run) -> None:
    load(
        store, "one", described("a", label="Company"), claim("SUPPLIES", "a", "b", product="p"), claim("EXPORTS_TO", "a", "x"),
        claim("SUPPLIES", "a", "c", status="planned"),
    )  # fmt: skip
    links, labels = _drawn(browser), browser(ALL_LABELS)
    browser("MATCH ()-[r:SUPPLIES]->() DELETE r")
    browser("MATCH ()-[r:EXPORTS_TO]->() SET r.source = 'me'")
    browser("MATCH (n:Supplier) SET n.name = 'spoilt' REMOVE n:Supplier:Company")
    assert _drawn(browser) != links
    store.refresh_all()
    assert (_drawn(browser), browser(ALL_LABELS)) == (links, labels)


def test_refresh_from_the_command_line(store: Neo4jStore, browser: Run, server: str) -> None:
    load(store, "one", claim("SUPPLIES", "a", "b"))
    browser("MATCH ()-[r:SUPPLIES]->() DELETE r")
    done = CliRunner().invoke(app, ["neo4j", "refresh", "--store", server])
    assert (done.exit_code, done.output) == (0, f"All links in {server} are drawn anew.\n")
    assert len(_links(browser, "SUPPLIES")) == 1
    refused = CliRunner().invoke(app, ["neo4j", "refresh", "--store", "sqlite:///x.sqlite"])
    assert refused.exit_code == 1
    assert "keeps no links" in refused.output
    running = store.begin(request("two", holder="Anna"))
    busy = CliRunner().invoke(app, ["neo4j", "refresh", "--store", server])
    assert (busy.exit_code, "Anna" in busy.output) == (1, True)
    store.complete(running)


def test_undo_removes_links_labels_and_names(store: Neo4jStore, browser: Run) -> None:
    kept, _ = load(store, "kept", described("b", label="Company"))
    links, labels = _drawn(browser), browser(ALL_LABELS)
    gone, _ = load(
        store, "gone", described("a", label="Company"), described("x", label="Country"), claim("SUPPLIES", "a", "b", product="p"),
        claim("EXPORTS_TO", "a", "x"), claim("HAS", "a", kind="Jobs", count_min=5.0),
    )  # fmt: skip
    roles = "MATCH (n:Supplier) RETURN n.name AS n, 'Supplier' AS role UNION ALL MATCH (n:ExportMarket) RETURN n.name AS n, 'Market' AS role"
    assert browser(roles) == [{"n": "a", "role": "Supplier"}, {"n": "x", "role": "Market"}]
    store.undo(gone.load_id, "tests")
    assert _drawn(browser) == links == []
    assert browser(roles) == []
    rest = [row for row in browser(ALL_LABELS) if row["id"] not in {each["id"] for each in labels}]
    assert {tuple(row["labels"]) for row in rest if "Observation" not in row["labels"]} == {("Entity",)}
    assert all("name" not in row["said"] for row in rest if "Observation" not in row["labels"])
    store.undo(kept.load_id, "tests")
    assert browser("MATCH (n:Company) RETURN n") == []


def test_links_that_a_cut_off_load_has_not_drawn_are_drawn_by_the_next(store: Neo4jStore, browser: Run) -> None:
    running = store.begin(request("one"))
    store.write(running, batch(claim("SUPPLIES", "a", "b")))
    assert _links(browser, "SUPPLIES") == []
    store.complete(running)
    browser("MATCH (z:Zveno) SET z.linked_version = 0")
    browser("MATCH ()-[r:SUPPLIES]->() DELETE r")
    load(store, "two", claim("OWNS", "c", "d"))
    assert len(_links(browser, "SUPPLIES")) == 1


# --- on the demo


@pytest.fixture(scope="module")
def demo(server: str, browser: Run) -> Iterator[Graph]:
    """The demo on a real server; comes last in this file, since it is kept."""
    browser("MATCH (n) DETACH DELETE n")
    with Graph(Neo4jStore(server)) as graph:
        assert graph.load("demo", [], Options()).rows_rejected == 0
        yield graph


def _drawn(browser: Run) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "element"} for row in browser(ALL_LINKS)]


def test_every_key_of_the_demo_has_one_link(demo: Graph, browser: Run) -> None:
    rows = browser(ALL_LINKS)
    keys = [row["said"]["link"] for row in rows]
    assert len(keys) == len(set(keys)) > 500
    assert any(row["type"].startswith("PLANNED_") for row in rows)
    for row in rows:
        start, relation, end, _ = row["said"]["link"].split("|")
        assert row["type"].removeprefix("PLANNED_") == relation
        assert row["start"] == start
        assert relation == "HAS" or row["end"] == end


def test_links_of_the_demo_say_what_the_questions_say(demo: Graph, browser: Run) -> None:
    """Who supplies whom, with status, age and number of claims, for everybody who is supplied."""
    wanted: set[tuple[Any, ...]] = set()
    for row in browser("MATCH (b)<-[:SUPPLIES|PLANNED_SUPPLIES]-() RETURN DISTINCT b.id AS id"):
        for item in demo.ask("suppliers", id=row["id"], limit=1000)["data"]["items"]:
            for link in item["links"]:
                product = link.get("product", {}).get("id")
                wanted.add((item["entity"]["id"], row["id"], product, link["status"], link.get("last_seen")))
    found = {
        (r["start"], r["end"], r["said"].get("product_id"), "planned" if r["type"].startswith("P") else "actual",
         r["said"].get("last_seen"))
        for r in browser(ALL_LINKS) if r["type"].removeprefix("PLANNED_") == "SUPPLIES"
    }  # fmt: skip
    assert {each[3] for each in found} == {"actual", "planned"}
    assert found == wanted


def test_refresh_all_draws_the_demo_as_it_is(demo: Graph, browser: Run) -> None:
    assert isinstance(demo.store, Neo4jStore)
    links, labels = _drawn(browser), browser(ALL_LABELS)
    demo.store.refresh_all()
    assert _drawn(browser) == links
    assert browser(ALL_LABELS) == labels


def test_roles_of_the_demo(demo: Graph, browser: Run) -> None:
    wrong = "MATCH (n:Entity) WHERE n:Supplier <> EXISTS { (n)-[:SUPPLIES]->() } RETURN n.name"
    assert browser(wrong) == []
    assert browser("MATCH (n:Supplier) RETURN count(n) > 20 AS many") == [{"many": True}]
    markets = browser("MATCH (n:ExportMarket) RETURN n.iso AS iso")
    assert {"AM", "KZ"} <= {row["iso"] for row in markets}
    assert browser("MATCH (n:PartnerGroup:Supplier) RETURN n") == []
