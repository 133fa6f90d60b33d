"""The pages that are made from the code are those of this code."""

from __future__ import annotations

from docs.generate import CHECKOUT, FOLDER, PAGES, REGIONS, generated
from graph_service.graph import Graph


def test_generated_pages_are_not_stale(demo: Graph) -> None:
    stale = [
        str(path.relative_to(CHECKOUT))
        for path, text in generated(demo).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert stale == [], "run: make docs"


def test_every_generated_part_is_on_a_page() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert [name for name in REGIONS if f"<!-- made by make docs: {name} -->" not in written] == []


def test_generated_pages_say_what_they_are() -> None:
    for name in PAGES:
        assert "Made by `make docs`" in (FOLDER / name).read_text(encoding="utf-8")[:300]
