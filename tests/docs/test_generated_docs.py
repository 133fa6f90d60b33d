"""The pages that are made from the code are those of this code."""

from __future__ import annotations

import re
import shlex

import orjson
from typer.testing import CliRunner

from docs.examples import TODAY
from docs.generate import CHECKOUT, FOLDER, PAGES, REGIONS, generated
from graph_service.cli.main import app
from graph_service.graph import Graph
from graph_service.questions.question import registry


def test_generated_pages_are_not_stale(demo: Graph) -> None:
    stale = [
        str(path.relative_to(CHECKOUT))
        for path, text in generated(demo).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make docs"


def test_every_example_of_the_questions_asks_what_is_shown(demo: Graph) -> None:
    page = (FOLDER / "questions.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```text\n\$ zveno (ask .*)\n(.*)$", page, re.MULTILINE)
    assert len(examples) == len(registry())
    settings = ["--lang", "en", "--store", demo.store.uri]
    for command, first in examples:
        clock = [] if command.startswith("ask certificate") else ["--valid-at", TODAY]  # it has its answer's clocks
        ran = CliRunner().invoke(app, [*shlex.split(command), *settings, *clock])
        assert ran.exit_code == 0, f"{command}: {ran.output}"
        assert orjson.loads(ran.output)["summary"].startswith(first), command


def test_the_example_in_the_help_is_that_of_the_page() -> None:
    page = (FOLDER / "questions.md").read_text(encoding="utf-8")
    for question in registry().values():
        shown = CliRunner().invoke(app, ["ask", question.command, "--help"]).output
        (example,) = re.findall(r"Example: (zveno ask [^\n]*(?:\n  [^\n]+)*)", shown)
        assert question.name == "evidence.claim" or f"$ {' '.join(example.split())}\n" in page


def test_every_generated_part_is_on_a_page() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert [name for name in REGIONS if f"<!-- made by make docs: {name} -->" not in written] == []


def test_generated_pages_say_what_they_are() -> None:
    for name in PAGES:
        assert "Made by `make docs`" in (FOLDER / name).read_text(encoding="utf-8")[:300]
