"""Write the generated pages and parts of pages, and the outputs of the commands that the docs show: ``make docs``."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docs import commands, question_pages, reference
from docs.examples import Reader, refreshed
from docs.notebook import NOTEBOOK, executed
from graph_service.graph import Graph
from graph_service.store.open import open_store
from loaders.loader import Options

CHECKOUT = Path(__file__).parents[1]
FOLDER = CHECKOUT / "docs"
_REGION = re.compile(r"(<!-- made by make docs: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

PAGES: Mapping[str, Callable[[Graph], str]] = {
    "schema.md": lambda _: reference.schema_page(),
    "questions.md": question_pages.questions_page,
    "configuration.md": lambda _: reference.configuration_page(),
    "commands.md": lambda _: commands.commands_page(),
}
"""Pages that are made as a whole."""

REGIONS: Mapping[str, Callable[[Graph], str]] = {
    "claim-columns": lambda _: reference.claim_columns(),
    "network-columns": lambda _: reference.network_columns(),
    "error-codes": lambda _: question_pages.error_codes(),
    "common-parameters": lambda _: question_pages.common_parameters(),
    "answer-example": question_pages.answer_example,
    "problem-example": question_pages.problem_example,
    "cookbook": lambda _: reference.cookbook(),
    "twins": lambda _: reference.twins(),
    "question-routes": lambda _: question_pages.question_routes(),
}
"""Parts of written pages, between ``<!-- made by make docs: NAME -->`` and ``<!-- end -->``."""


def written_pages() -> list[Path]:
    """Every page that people write, in the order of their names."""
    top = [path for path in sorted(CHECKOUT.glob("*.md")) if path.name != "CLAUDE.md"]
    below = [path for path in sorted(FOLDER.rglob("*.md")) if path.name not in PAGES]
    return [*top, *below, CHECKOUT / "bench" / "README.md"]


def open_demo(folder: Path) -> Graph:
    """The demo in a store of its own in ``folder``."""
    graph = Graph(open_store(f"sqlite:///{folder / 'zveno.sqlite'}"))
    report = graph.load("demo", [], Options())
    assert report.rows_rejected == 0, report.first_rejects
    return graph


def generated(graph: Graph) -> dict[Path, str]:
    """What the generated pages and the pages with generated parts should hold."""
    found = {FOLDER / name: make(graph).rstrip() + "\n" for name, make in PAGES.items()}

    def region(match: re.Match[str]) -> str:
        return f"{match[1]}\n{REGIONS[match['name']](graph)}\n\n{match[3]}"

    for path in written_pages():
        text = path.read_text(encoding="utf-8")
        if _REGION.search(text):
            found[path] = _REGION.sub(region, text)
    return found


def main() -> int:
    """Write everything anew; exit code 1 if an example does something else than its page says."""
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        demo = Path(name) / "demo"
        demo.mkdir()
        with open_demo(demo) as graph:
            for path, text in generated(graph).items():
                path.write_text(text, encoding="utf-8")
        for number, path in enumerate(written_pages()):
            text = path.read_text(encoding="utf-8")
            if "```console" not in text:
                continue
            folder = Path(name) / str(number)
            shutil.copytree(demo, folder)
            fresh, wrong = refreshed(text, Reader(folder=folder))
            problems += [f"{path.relative_to(CHECKOUT)}: {problem}" for problem in wrong]
            path.write_text(fresh, encoding="utf-8")
        kernel = Path(name) / "kernel"
        kernel.mkdir()
        NOTEBOOK.write_text(executed(NOTEBOOK.read_text(encoding="utf-8"), kernel), encoding="utf-8")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
