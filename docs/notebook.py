"""The notebook in the docs: run in a real kernel, in a folder of its own, with the same outputs on any day."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parent
NOTEBOOK = FOLDER / "walkthrough.ipynb"
_SECONDS_A_CELL = 120


def executed(text: str, folder: Path) -> str:
    """The notebook with the outputs that its cells have now.

    Args:
        text: the notebook as it is stored.
        folder: where it runs and keeps its graph; empty.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    notebook = nbformat.reads(text, as_version=4)
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("ZVENO_", "NEO4J_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{variables.get('PATH', '')}"
    client = NotebookClient(
        notebook, kernel_name="python3", timeout=_SECONDS_A_CELL, record_timing=False, coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"], resources={"metadata": {"path": str(folder)}},
    )  # fmt: skip
    client.execute(env=variables | {"PATH": path, "IPYTHONDIR": str(folder / "ipython"), "COLUMNS": "120"})
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {}
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return str(nbformat.writes(notebook, indent=1, ensure_ascii=False)).rstrip() + "\n"


def outputs(text: str) -> list[tuple[str, str]]:
    """Each code cell of a notebook with what it shows as text."""
    notebook = nbformat.reads(text, as_version=4)
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown = [each.get("text") or each.get("data", {}).get("text/plain", "") for each in cell.outputs]
            found.append((cell.source, "".join(shown)))
    return found
