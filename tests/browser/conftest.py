"""A real browser over the demo; whatever leaves this machine or fails unseen makes the test fail."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NoReturn
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from werkzeug.serving import ThreadedWSGIServer, make_server

from graph_service.api.app import create_app
from graph_service.api.key_file import Keys
from graph_service.graph import Graph
from graph_service.store.open import StoreAddress
from graph_service.store.sqlite.store import SqliteStore
from graph_service.uploads.folder import UploadFolder
from graph_service.uploads.jobs import Jobs
from loaders.loader import Options

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
    "--no-proxy-server",
]
ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"

Opened = Callable[..., Page]

PATIENCE_MS = 15_000  # on two cores that run a Neo4j beside the browser
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An answer that the browser no longer waits for is left to the garbage collector with its file, which warns."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(scope="module", autouse=True)
def left_files() -> Iterator[None]:
    """Those files warn here, where it is expected, and not while something else is tested."""
    yield
    gc.collect()


def served(graph: Graph, keys: Keys | None = None, uploads: Path | None = None) -> Iterator[str]:
    """The service over a graph, at an address of this machine."""
    address: StoreAddress = {"uri": graph.store.uri, "user": None, "password": None, "database": None}
    with TemporaryDirectory(prefix="zveno-uploads-") as folder:
        jobs = Jobs(UploadFolder(uploads or Path(folder)), address)
        yield from _listening(create_app(graph, keys=keys, jobs=jobs))


def _listening(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    assert isinstance(server, ThreadedWSGIServer)
    server.daemon_threads = False  # closing waits for answers under way, which read the store
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, built_app: Path) -> Iterator[str]:
    """The demo, read only."""
    with Graph(SqliteStore(tmp_path_factory.mktemp("demo") / "demo.sqlite")) as graph:
        graph.load("demo", [], Options())
        yield from served(graph)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: ZVENO_CHROMIUM, that of the system, or Playwright's own."""
    found = os.environ.get("ZVENO_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    flags = [*FLAGS, ONLY_HERE, *(["--no-sandbox"] if os.getuid() == 0 else [])]
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=flags)
        except Error as error:
            _missing(f"no Chromium: install it, or name it with ZVENO_CHROMIUM ({error.message.splitlines()[0]})")
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Opened]:
    """Opens a page of the demo in a language, theme and size; afterwards nothing may have gone wrong unseen."""
    pages: list[Page] = []
    wrong: list[str] = []

    def open_page(
        path: str = "/",
        *,
        lang: str = "ru",
        theme: Literal["light", "dark"] = "light",
        width: int = 1440,
        at: str = site,
        height: int = 900,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=lang, color_scheme=theme,
            reduced_motion="reduce",
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
        page.on("request", lambda request: wrong.append(request.url) if not _is_here(request.url) else None)
        page.goto(at + path)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert not wrong, wrong


def _is_here(address: str) -> bool:
    parts = urlsplit(address)
    return parts.hostname == "127.0.0.1" or parts.scheme in ("blob", "data")


def _missing(what: str) -> NoReturn:
    if os.environ.get("ZVENO_REQUIRE_CHROMIUM"):
        pytest.fail(what)
    pytest.skip(what)
