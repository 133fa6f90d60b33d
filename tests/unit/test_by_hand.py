"""Facts by hand change what they say and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph_service.errors import BadInput, BadParameter, StoreUnavailable
from graph_service.graph import Graph
from graph_service.store.dump import dump_hash
from graph_service.store.sqlite.store import SqliteStore
from loaders import by_hand
from loaders.by_hand import Edit
from loaders.loader import Options

COMPANIES = "id,name,inn\nc1,Альфа,7707083893\nc2,Бета,\nc3,Гамма,\n"
SUPPLIES = "supplier_id,buyer_id\nc2,c1\nc3,c1\n"
EDIT = Edit(editor="anna", note="seen in the register")


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    """Supplies that name firms by key come first, descriptions with numbers after them."""
    folder = tmp_path / "network"
    folder.mkdir()
    (folder / "supplies.csv").write_text(SUPPLIES, "utf-8")
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        options = Options(source="Register", rank=3)
        graph.load("network", [folder], options)
        (folder / "companies.csv").write_text(COMPANIES, "utf-8")
        graph.load("network", [folder], options)
        yield graph


def _suppliers(graph: Graph, name: str) -> int:
    return int(graph.ask("suppliers", id=name)["data"]["total"])


def test_a_corrected_name_keeps_the_trade_of_the_firm(graph: Graph) -> None:
    assert _suppliers(graph, "7707083893") == 2
    redirects = graph.live.refresh().snapshot.redirects
    assert redirects
    before = [c for c in graph.store.claims(graph.live.refresh().snapshot.claim_ids) if "Альфа" in str(c.fields)]
    (old,) = before
    graph.correct_claim(old.claim_id, {"name": "Альфа-2"}, EDIT)
    assert graph.live.refresh().snapshot.redirects == redirects
    assert _suppliers(graph, "Альфа-2") == 2


@pytest.mark.parametrize("changes", [{}, {"buyer_share": "40 %"}, {"buyer_share": "0.4"}])
def test_a_correction_that_changes_nothing_is_refused(graph: Graph, changes: dict[str, str]) -> None:
    cells = {"type": "SUPPLIES", "from": "7707083893", "to": "new:Дом", "to_label": "Company", "buyer_share": "40%"}
    _, claim_id = graph.add_claim(cells, EDIT)
    with pytest.raises(BadInput, match="nothing is changed"):
        graph.correct_claim(claim_id, changes, Edit(editor="boris", note="so it is"))
    (claim,) = graph.store.claims([claim_id])
    assert claim.retracted is None
    _, corrected = graph.correct_claim(claim_id, {"buyer_share": "41 %"}, EDIT)
    assert corrected != claim_id


@pytest.mark.parametrize("claim_id", ["zzz", "4f…", "", "A" * 32, "0" * 31])
def test_what_is_no_id_of_a_claim_is_refused(graph: Graph, claim_id: str) -> None:
    with pytest.raises(BadParameter, match="32 hex digits"):
        graph.retract_claim(claim_id, EDIT)
    with pytest.raises(BadParameter, match="32 hex digits"):
        graph.correct_claim(claim_id, {"buyer_share": "5%"}, EDIT)


def test_a_corrected_number_no_longer_ties(graph: Graph) -> None:
    (old,) = [c for c in graph.store.claims(graph.live.refresh().snapshot.claim_ids) if "Альфа" in str(c.fields)]
    graph.correct_claim(old.claim_id, {"inn": "7736050003"}, EDIT)
    assert graph.ask("entity", id="7736050003")["data"]["entity"]["name"] == "Альфа"


def test_an_edit_leaves_the_rank_of_a_known_source(graph: Graph) -> None:
    cells = {"type": "SUPPLIES", "from": "Бета", "to": "Гамма"}
    with pytest.raises(BadInput, match="Register has rank 3"):
        graph.add_claim(cells, Edit(editor="anna", note="n", source="Register", rank=1))
    before = dump_hash(graph.store)
    load, _ = graph.add_claim(cells, Edit(editor="anna", note="n", source="Register"))
    assert {source.name: source.rank for source in graph.store.sources()}["Register"] == 3
    graph.store.undo(load.load_id, "tests")
    assert dump_hash(graph.store) == before


def test_a_later_edit_does_not_make_earlier_facts_new(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    _, first = graph.add_claim({"type": "SUPPLIES", "from": "Бета", "to": "Гамма"}, EDIT)
    monkeypatch.setattr(by_hand, "today", lambda: date(2031, 5, 5))
    _, second = graph.add_claim({"type": "SUPPLIES", "from": "Гамма", "to": "Бета"}, EDIT)
    dates = {document.document_id: document.published_on for document in graph.store.documents()}
    of_first, of_second = (claim.document_id for claim in graph.store.claims([first, second]))
    assert dates[of_second] == date(2031, 5, 5)
    assert dates[of_first] != date(2031, 5, 5)


def test_a_fact_withdrawn_by_mistake_can_be_stated_again(graph: Graph) -> None:
    cells = {"type": "SUPPLIES", "from": "Бета", "to": "Гамма"}
    for _ in range(3):
        _, claim = graph.add_claim(cells, EDIT)
        assert _suppliers(graph, "Гамма") == 1
        graph.retract_claim(claim, EDIT)
        assert _suppliers(graph, "Гамма") == 0


def test_an_edit_that_fails_half_way_leaves_nothing(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    before, loads = dump_hash(graph.store), len(graph.store.loads())

    def down(*_: object, **__: object) -> None:
        raise StoreUnavailable("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(graph.store, "complete", down)
        with pytest.raises(StoreUnavailable):
            graph.add_claim({"type": "SUPPLIES", "from": "Бета", "to": "Гамма"}, EDIT)
    assert dump_hash(graph.store) == before
    assert [load.state for load in graph.store.loads()[loads:]] == ["dropped"]
    graph.add_claim({"type": "SUPPLIES", "from": "Бета", "to": "Гамма"}, EDIT)


def test_an_interrupted_load_gives_the_lock_back(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("type,from,to\nSUPPLIES,x,y\n", "utf-8")

    def interrupt(read: int, total: int | None) -> None:
        raise KeyboardInterrupt

    options = Options(source="More")
    with pytest.raises(KeyboardInterrupt):
        graph.load("claims", [tmp_path / "more.csv"], options, progress=interrupt)
    report = graph.load("claims", [tmp_path / "more.csv"], options)
    assert report.load is not None
    assert report.load.state == "complete"


def test_a_key_never_outranks_a_name(graph: Graph) -> None:
    assert graph.ask("entity", id="7707083893")["data"]["entity"]["name"] == "Альфа"
