"""What the command line takes before a question is asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from graph_service.cli.ask import chosen_format
from graph_service.cli.main import app
from graph_service.cli.render import render
from graph_service.errors import BadParameter
from graph_service.graph import Graph
from graph_service.questions.question import registry


def test_an_option_given_twice_is_refused() -> None:
    ran = CliRunner().invoke(app, ["ask", "what-if", "--off", "A", "--off", "B"])
    assert ran.exit_code == 1
    assert "zveno: --off is given more than once: give all its values in one" in ran.output


def test_several_values_in_one_option_all_count(demo_graph: Graph) -> None:
    off = "Волгабас Волжский,Каустик"
    ran = CliRunner().invoke(app, ["ask", "what-if", "--off", off, "--store", demo_graph.store.uri])
    assert ran.exit_code == 0, ran.output
    assert '"switched_off_total": 2' in ran.output


def shown(envelope: Mapping[str, Any], width: int) -> str:
    file = io.StringIO()
    render(envelope, console=Console(file=file, width=width))
    return file.getvalue()


def words(text: str) -> set[str]:
    return {word.rstrip(":") for word in text.split()}


@pytest.mark.parametrize("name", sorted(registry()))
def test_no_column_is_lost_and_no_word_broken_on_a_narrow_terminal(demo_graph: Graph, name: str) -> None:
    given = dict(registry()[name].example)
    if name == "evidence.claim":
        given["id"] = demo_graph.ask("claims", id="Изопан Рус")["evidence"]["claims"][0]
    envelope = demo_graph.ask(name, **given, lang="en")
    wanted = {word for word in words(shown(envelope, 1_000_000)) if len(word) <= 30}
    for width in (50, 80, 120):
        text = shown(envelope, width)
        assert wanted <= words(text)
        assert max(map(len, text.splitlines())) <= width


def test_columns_that_do_not_fit_become_lines(demo_graph: Graph) -> None:
    envelope = demo_graph.ask("paths", **{"from": "Изопан Рус", "to": "Каустик"}, k=1, lang="en")
    lines = [" ".join(line.split()) for line in shown(envelope, 80).splitlines()]
    at = lines.index("-[ 1, continued ]-")
    assert lines[at + 1 : at + 4] == [
        "step: 2", "from: Volgograd Oblast administration (Volgograd Oblast)", "relation: COOPERATES_WITH",
    ]  # fmt: skip
    assert "to: Kaustik (Volgograd) (Volgograd)" in lines[at:]


def test_loads_are_listed_whole_in_a_pipe(tmp_path: Path) -> None:
    file = tmp_path / f"{'a long name of a file ' * 5}.csv"
    file.write_text("type,from,to\nSUPPLIES,a,b\n", encoding="utf-8")
    store = ["--store", f"sqlite:///{tmp_path}/x.sqlite"]
    CliRunner().invoke(app, ["load", "claims", str(file), *store, "--rejects", str(tmp_path / "r.csv")])
    head, line = CliRunner().invoke(app, ["loads", *store]).output.splitlines()
    assert head.split() == [
        "load", "state", "format", "dataset", "mode", "version", "new", "known", "retracted", "rejected", "began",
        "files",
    ]  # fmt: skip
    assert line.rstrip().endswith(file.name)


def test_a_count_of_nothing_is_shown_unless_its_list_says_it(demo_graph: Graph) -> None:
    envelope = demo_graph.ask("self-sufficiency", id="фармацевтический кластер", lang="en")
    assert envelope["data"]["met_total"] == 0
    text = shown(envelope, 120)
    assert "met_total: 0" in text
    assert "\ntotal: " not in text


def test_an_answer_for_a_folder_that_is_not_there_is_refused(demo_graph: Graph, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "x.json"
    ran = CliRunner().invoke(app, ["ask", "suppliers", "Каустик", "--out", str(file), "--store", demo_graph.store.uri])
    assert ran.exit_code == 1
    assert f"zveno: there is no folder {file.parent} to write x.json into" in ran.output


def test_a_file_that_cannot_be_written_is_no_traceback(demo_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "x.json").symlink_to("x.json")
    out = str(tmp_path / "x.json")
    ran = CliRunner().invoke(app, ["ask", "suppliers", "Каустик", "--out", out, "--store", demo_graph.store.uri])
    assert ran.exit_code == 1
    assert f"zveno: {out} cannot be written: " in ran.output


@pytest.mark.parametrize(
    "empty", [["--product", ""], ["--source", " "], ["--without-product", "", "--status", "", "--limit", ""]]
)
def test_an_empty_option_is_as_if_it_were_not_given(demo_graph: Graph, empty: list[str]) -> None:
    asked = ["ask", "suppliers", "Каустик", "--store", demo_graph.store.uri, "--format", "csv"]
    plain, ran = (CliRunner().invoke(app, [*asked, *options]) for options in ([], empty))
    assert ran.exit_code == 0, ran.output
    assert ran.output == plain.output
    assert ran.output.count("\n") > 2


def test_an_empty_argument_is_refused(demo_graph: Graph) -> None:
    ran = CliRunner().invoke(app, ["ask", "suppliers", "", "--store", demo_graph.store.uri])
    assert ran.exit_code == 1
    assert "zveno: id: " in ran.output


def test_an_answer_has_the_format_that_its_file_ends_in(demo_graph: Graph, tmp_path: Path) -> None:
    asked = ["ask", "suppliers", "Каустик", "--store", demo_graph.store.uri, "--out"]
    for name, start in (("s.json", b"{"), ("s.csv", b"\xef\xbb\xbf"), ("s.XLSX", b"PK"), ("s.cypher", b":params")):
        ran = CliRunner().invoke(app, [*asked, str(tmp_path / name)])
        assert ran.exit_code == 0, ran.output
        assert (tmp_path / name).read_bytes().startswith(start)
    assert zipfile.is_zipfile(tmp_path / "s.XLSX")


@pytest.mark.parametrize(
    ("output", "out", "why"),
    [
        (None, "s.pdf", "ends in none of the formats"),
        ("csv", "s.pdf", "ends in none of the formats"),
        ("csv", "s2.xlsx", "ends in another format than --format csv"),
        ("table", "s.json", "a table is shown"),
        ("xlsx", None, "no text for a terminal: add --out"),
        ("pdf", None, "is none of"),
    ],
)
def test_a_format_that_does_not_fit_is_refused(tmp_path: Path, output: str | None, out: str | None, why: str) -> None:
    with pytest.raises(BadParameter, match=why):
        chosen_format(output, tmp_path / out if out else None, on_terminal=True)


def test_the_format_follows_from_what_is_given(tmp_path: Path) -> None:
    assert chosen_format("xlsx", None, on_terminal=False) == "xlsx"
    assert chosen_format("csv", tmp_path / "s", on_terminal=True) == "csv"
    assert chosen_format(None, tmp_path / "s", on_terminal=True) == "json"
    assert chosen_format(None, None, on_terminal=True) == "table"
    assert chosen_format(None, None, on_terminal=False) == "json"


def test_an_empty_list_inside_a_section_is_left_out(demo_graph: Graph) -> None:
    envelope = demo_graph.ask("certificate", question="suppliers", parameters="id=Каустик", lang="en")
    assert envelope["data"]["now"]["claims_new"] == []
    text = shown(envelope, 400)
    assert "claims_new_total 0" in text
    assert "claims_new ," not in text
