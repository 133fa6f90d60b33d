"""What the tests of the docs share: the demo, and a folder with it as a reader has it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.examples import Reader
from docs.generate import open_demo
from graph_service.graph import Graph


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo in ``zveno.sqlite``, to be copied."""
    folder = tmp_path_factory.mktemp("docs")
    open_demo(folder).close()
    return folder


@pytest.fixture
def reader(demo_folder: Path, tmp_path: Path) -> Reader:
    """Somebody who follows a page from its beginning."""
    folder = tmp_path / "reader"
    shutil.copytree(demo_folder, folder)
    return Reader(folder=folder)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Graph]:
    """The demo in a store of its own."""
    with open_demo(tmp_path) as graph:
        yield graph
