"""Merging and splitting two entities by hand, as an editor sees it: on the command line and in answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from graph_service.cli.main import app as command
from graph_service.domain.identity import redirects
from graph_service.domain.schema import FIELD
from graph_service.errors import Ambiguous, BadInput, Merged
from graph_service.graph import Graph
from graph_service.snapshot.snapshot import NO_END
from graph_service.store.dump import dump_hash
from graph_service.store.sqlite.store import SqliteStore
from loaders.by_hand import Edit
from loaders.loader import Options

COMPANIES = "id,name,inn\nc1,Альфа,7707083893\nc2,Альфа-Сервис,\nc3,Гамма,\nc4,Дельта,\n"
SUPPLIES = "supplier_id,buyer_id\nc2,c3\nc1,c4\nc4,c2\n"
WHY = Edit(editor="anna", note="one tax number")
NAMES = ("Альфа", "Альфа-Сервис", "Гамма", "Дельта")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Firms and who supplies whom."""
    folder = tmp_path / "network"
    folder.mkdir()
    (folder / "companies.csv").write_text(COMPANIES, "utf-8")
    (folder / "supplies.csv").write_text(SUPPLIES, "utf-8")
    (folder / "plants.csv").write_text("id,name\np1,Завод\n", "utf-8")
    return folder


@pytest.fixture
def graph(tmp_path: Path, folder: Path) -> Iterator[Graph]:
    """They, loaded."""
    with Graph(SqliteStore(tmp_path / "x.sqlite")) as graph:
        graph.load("network", [folder], Options(source="Register", rank=3))
        yield graph


def _live(graph: Graph) -> dict[str, Any]:
    """What the snapshot holds of the live claims, and all that follows from them."""
    snapshot = graph.live.refresh().snapshot
    rows = np.flatnonzero(snapshot.claims["retracted"] == NO_END)
    texts: dict[str, Sequence[str]] = dict.fromkeys(
        ("from", "to", "from_raw", "to_raw", "product"), snapshot.entity_ids
    )
    texts |= {name: snapshot.terms for name in snapshot.claims if name == "base_unit" or _is_term(name)}
    texts["document"] = snapshot.documents
    columns: dict[str, object] = {}
    for name, column in snapshot.claims.items():
        if name in ("recorded", "choice"):
            continue
        values = column[rows].tolist()
        columns[name] = [texts[name][v] if v >= 0 else None for v in values] if name in texts else repr(values)
    held = [p for p in range(len(snapshot.entity_ids)) if snapshot.attributes[p]]
    return {
        "claims": [snapshot.claim_ids[row] for row in rows.tolist()], "columns": columns,
        "entities": [(snapshot.entity_ids[p], snapshot.attributes[p], list(snapshot.all_names[p])) for p in held],
        "redirects": dict(snapshot.redirects), "units": dict(snapshot.units),
    }  # fmt: skip


def _is_term(name: str) -> bool:
    return name in FIELD and FIELD[name].kind == "term"


def _ids(graph: Graph) -> dict[str, str]:
    return {name: graph.find_id(name) for name in NAMES}


def test_the_card_says_who_was_merged_and_history_keeps_it(graph: Graph) -> None:
    ids = _ids(graph)
    done = graph.merge("Альфа-Сервис", "Альфа", WHY)
    assert (done.old, done.entity) == (ids["Альфа-Сервис"], ids["Альфа"])
    answer = graph.ask("entity", id="Альфа", lang="en")
    (item,) = answer["data"]["merged"]
    assert (item["old"]["name"], item["said_by"], item["by_hand"]) == ("Альфа-Сервис", "editor anna", True)
    assert [q["note"] for q in answer["evidence"]["quotes"] if q["claim"] == done.claim] == [WHY.note]
    assert sorted(answer["data"]["names"]) == ["Альфа", "Альфа-Сервис"]
    suppliers = graph.ask("suppliers", id="Гамма")["data"]["items"]
    assert suppliers[0]["entity"]["id"] == ids["Альфа"]
    assert [i["entity"]["name"] for i in graph.ask("customers", id="Альфа")["data"]["items"]] == ["Гамма", "Дельта"]
    with pytest.raises(Merged) as moved:
        graph.ask("entity", id=ids["Альфа-Сервис"])
    assert moved.value.extra["location"] == ids["Альфа"]
    graph.split(ids["Альфа-Сервис"], WHY)
    assert "merged" not in graph.ask("entity", id="Альфа")["data"]
    for side in ("Альфа", "Альфа-Сервис"):
        events = graph.ask("history", id=side)["data"]["items"]
        told = [
            (e["event"], e["claim"]["stated"]["same_as"][0]["name"]) for e in events if e["claim"]["id"] == done.claim
        ]
        assert told == [("split", "Альфа-Сервис"), ("merged", "Альфа-Сервис")]
    assert {e["event"] for e in graph.ask("history", id="Гамма")["data"]["items"]} == {"learnt"}


def test_what_a_file_ties_is_split_by_hand_and_stays_so_when_it_is_loaded_again(graph: Graph, folder: Path) -> None:
    with Graph(SqliteStore(folder / "own.sqlite")) as own:
        (folder / "later").mkdir()
        supplies = folder / "later" / "supplies.csv"
        supplies.write_text("supplier_id,buyer_id\nc1,c3\n", "utf-8")
        options = Options(source="Register", rank=3)
        own.load("network", [folder / "later"], options)
        key = own.find_id("c1")
        own.load("network", [folder], options)
        number = own.find_id("7707083893")
        assert own.live.refresh().snapshot.redirects == {key: number}
        (item,) = own.ask("entity", id=number)["data"]["merged"]
        assert (item["old"]["id"], item["said_by"], item["by_hand"]) == (key, "Register", False)
        before = _live(own)
        own.split("7707083893", WHY)
        (apart,) = own.ask("entity", id=key)["data"]["apart"]
        assert (apart["entity"]["id"], apart["said_by"]) == (number, "editor anna")
        for side in (key, number):
            assert own.ask("history", id=side)["data"]["items"][0]["event"] == "split"
        (folder / "companies.csv").write_text(COMPANIES + "c5,Эпсилон,\n", "utf-8")
        own.load("network", [folder], options)
        assert own.live.refresh().snapshot.redirects == {}
        assert own.ask("customers", id=key)["data"]["total"] == 1
        own.store.undo(own.store.loads()[-1].load_id, "tests")
        own.merge(key, number, WHY)
        assert _live(own) == before


def test_a_reload_after_a_merge_doubles_nothing(graph: Graph, folder: Path) -> None:
    graph.merge("Альфа-Сервис", "Альфа", WHY)
    before = dump_hash(graph.store)
    (folder / "supplies.csv").write_text(SUPPLIES + "c3,c2\n", "utf-8")
    report = graph.load("network", [folder], Options(source="Register", rank=3))
    assert report.load is not None
    assert report.load.claims_new == 1
    assert graph.ask("suppliers", id="Альфа")["data"]["total"] == 2
    graph.store.undo(report.load.load_id, "tests")
    assert dump_hash(graph.store) == before


def test_nonsense_is_refused(graph: Graph) -> None:
    ids = _ids(graph)
    with pytest.raises(BadInput, match=r"of different types, Company and Plant: .*state OPERATES"):
        graph.merge("Альфа", "Завод", WHY)
    with pytest.raises(BadInput, match="one already"):
        graph.merge("Гамма", ids["Гамма"], WHY)
    with pytest.raises(BadInput, match="nothing was merged into Гамма"):
        graph.split("Гамма", WHY)
    graph.merge("Альфа-Сервис", "Альфа", WHY)
    with pytest.raises(Merged):
        graph.merge(ids["Альфа-Сервис"], "Гамма", WHY)
    graph.merge("Гамма", "Альфа", WHY)
    with pytest.raises(Ambiguous) as several:
        graph.split("Альфа", WHY)
    assert sorted(item["name"] for item in several.value.extra["candidates"]) == ["Альфа-Сервис", "Гамма"]
    claim = graph.ask("entity", id="Альфа")["data"]["merged"][0]["claim"]
    with pytest.raises(BadInput, match="is not corrected"):
        graph.correct_claim(claim, {"name": "x"}, WHY)


def test_the_commands_merge_split_and_say_how_to_undo(graph: Graph) -> None:
    ids, run, before = _ids(graph), CliRunner(), _live(graph)
    store = ["--store", graph.store.uri, "--editor", "anna"]
    done = run.invoke(command, ["entity", "merge", "Альфа-Сервис", "Альфа", "--reason", "one number", *store])
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{ids['Альфа-Сервис']} is now {ids['Альфа']}; take it back with: zveno load undo 2\n"
    load = graph.store.loads()[-1]
    assert (load.request.format, load.request.dataset, load.request.files) == ("hand", "hand: anna", ("one number",))
    apart = run.invoke(command, ["entity", "split", "Альфа", "--reason", "two firms", *store])
    assert apart.stdout.startswith(f"{ids['Альфа-Сервис']} stands for itself again"), apart.output
    assert _live(graph) == before
    wrong = run.invoke(command, ["entity", "split", "Альфа", "--reason", "two firms", *store])
    assert (wrong.exit_code, wrong.stderr) == (1, "zveno: nothing was merged into Альфа\n")


PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(earlier=st.lists(PAIRS, max_size=2), pair=PAIRS.filter(lambda pair: pair[0] != pair[1]))
def test_merge_split_merge_leaves_the_graph_bit_for_bit(
    folder: Path, earlier: list[tuple[str, str]], pair: tuple[str, str]
) -> None:
    with TemporaryDirectory(dir=folder) as place, Graph(SqliteStore(Path(place) / "x.sqlite")) as graph:
        graph.load("network", [folder], Options(source="Register", rank=3))
        made = [graph.merge(*each, WHY) for each in earlier if graph.find_id(each[0]) != graph.find_id(each[1])]
        old, into = map(graph.find_id, pair)
        if old != into:
            before = dump_hash(graph.store), _live(graph)
            graph.merge(old, into, WHY)
            merged = dump_hash(graph.store), _live(graph)
            assert merged != before
            assert graph.live.refresh().snapshot.redirects[old] == into
            graph.split(old, WHY)
            assert (dump_hash(graph.store), _live(graph)) == before
            last = graph.merge(old, into, WHY)
            assert (dump_hash(graph.store), _live(graph)) == merged
            graph.store.undo(last.load.load_id, "tests")
            assert (dump_hash(graph.store), _live(graph)) == before
        for done in reversed(made):
            graph.split(done.old, WHY)
        assert graph.live.refresh().snapshot.redirects == {}


IDS = st.sampled_from("abcdef")


@given(st.lists(st.tuples(st.integers(0, 3), IDS, IDS), max_size=12), st.lists(st.tuples(IDS, IDS), max_size=4))
def test_pairs_said_to_be_apart_are_apart_and_nothing_else_changes_without_need(
    ties: list[tuple[int, str, str]], apart: list[tuple[str, str]]
) -> None:
    stated = [((order,), weaker, stronger) for order, weaker, stronger in ties]
    joined, parted = redirects(stated), redirects(stated, apart)
    assert parted == redirects(list(reversed(stated)), list(reversed(apart)))
    for one, other in apart:
        assert one == other or parted.get(one, one) != parted.get(other, other)
    if all(one == other or joined.get(one, one) != joined.get(other, other) for one, other in apart):
        assert parted == joined
    assert not set(parted) & set(parted.values())
