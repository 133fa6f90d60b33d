"""What the command line takes before a question is asked."""

from __future__ import annotations

import io

from rich.console import Console
from typer.testing import CliRunner

from graph_service.cli.main import app
from graph_service.cli.render import render
from graph_service.graph import Graph


def test_an_option_given_twice_is_refused() -> None:
    ran = CliRunner().invoke(app, ["ask", "what-if", "--off", "A", "--off", "B"])
    assert ran.exit_code == 1
    assert "zveno: --off is given more than once: give all its values in one" in ran.output


def test_several_values_in_one_option_all_count(demo_graph: Graph) -> None:
    off = "Волгабас Волжский,Каустик"
    ran = CliRunner().invoke(app, ["ask", "what-if", "--off", off, "--store", demo_graph.store.uri])
    assert ran.exit_code == 0, ran.output
    assert '"switched_off_total": 2' in ran.output


def test_a_count_of_nothing_is_shown_unless_its_list_says_it(demo_graph: Graph) -> None:
    envelope = demo_graph.ask("self-sufficiency", id="фармацевтический кластер", lang="en")
    assert envelope["data"]["met_total"] == 0
    shown = io.StringIO()
    render(envelope, console=Console(file=shown, width=120))
    assert "met_total: 0" in shown.getvalue()
    assert "\ntotal: " not in shown.getvalue()
