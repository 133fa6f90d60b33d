"""The notebook of the docs runs in a real kernel and shows what is stored in it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

from docs.notebook import NOTEBOOK, executed, outputs

STORED = NOTEBOOK.read_text(encoding="utf-8")
WITHOUT_OUTPUT = ("import graph_service", "graph.close()")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> str:
    return executed(STORED, tmp_path_factory.mktemp("walkthrough"))


def test_cells_show_what_is_stored(ran: str) -> None:
    for (source, shown), (_, stored) in zip(outputs(ran), outputs(STORED), strict=True):
        assert shown == stored, f"shows something else now (make docs): {source}"
    assert ran == STORED, "run: make docs"


def test_no_cell_is_empty_handed() -> None:
    cells = outputs(STORED)
    assert 12 <= len(cells) <= 18
    for source, shown in cells:
        assert bool(shown.strip()) is not source.startswith(WITHOUT_OUTPUT), source
        assert not re.search(r"is known; that is no proof|nothing else is known|^\[\]$|: None|shape: \(0,", shown), (
            source
        )


def test_code_is_short_and_nothing_of_the_run_is_kept(ran: str) -> None:
    assert all(len(source.splitlines()) <= 4 for source, _ in outputs(STORED))
    assert not re.search(r"\d{2}:\d{2}:\d{2}|elapsed|\x1b|tmp/", STORED)
    for cell in nbformat.reads(STORED, as_version=4).cells:
        assert cell.metadata == {}


def test_a_changed_output_is_noticed(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1 + 1)")])
    two = executed(nbformat.writes(notebook), tmp_path)
    assert outputs(two) == [("print(1 + 1)", "2\n")]
    three = two.replace('"2\\n"', '"3\\n"')
    assert outputs(three) == [("print(1 + 1)", "3\n")]
    assert executed(three, tmp_path) == two
