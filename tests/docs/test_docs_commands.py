"""What the docs tell a reader to type is run, and does what they show; links lead somewhere; the twins agree."""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from docs.examples import SKIPPED, Block, Command, Reader, blocks, fits
from docs.generate import CHECKOUT, FOLDER, PAGES, written_pages
from graph_service.api.app import create_app
from graph_service.graph import Graph

ALL_PAGES = [*written_pages(), *(FOLDER / name for name in PAGES)]
TWINS = [
    ("README.md", "README.ru.md"),
    ("docs/user-guide.md", "docs/user-guide.ru.md"),
    ("docs/install.md", "docs/install.ru.md"),
]


def page_blocks(path: Path, kind: str) -> list[Block]:
    return [block for block in blocks(path.read_text(encoding="utf-8")) if block.kind == kind]


def name_of(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


WITH_COMMANDS = [path for path in written_pages() if page_blocks(path, "console")]
SHOWN = [command for path in WITH_COMMANDS for block in page_blocks(path, "console") for command in block.commands]


@pytest.mark.parametrize("path", WITH_COMMANDS, ids=name_of)
def test_commands_do_what_the_page_shows(path: Path, reader: Reader) -> None:
    ran = 0
    for block in blocks(path.read_text(encoding="utf-8")):
        if block.name:
            (reader.folder / block.name).write_text(block.text, encoding="utf-8")
        for command in block.commands if block.kind == "console" else []:
            if command.why_skipped is None:
                check(command, reader)
                ran += 1
    assert ran or path.name in ("CONTRIBUTING.md",)


def check(command: Command, reader: Reader) -> None:
    lines, code = reader.run(command.text)
    real = "\n".join(lines)
    assert not any(line.startswith(("zveno: ", "Traceback")) for line in command.shown), command.text
    if command.shown and any(command.shown):
        assert fits(command.shown, lines), f"$ {command.text} shows something else now (make docs):\n{real}"
    else:
        assert code == 0, f"$ {command.text} fails:\n{real}"


def test_every_command_that_is_not_run_has_a_reason_and_every_reason_a_command() -> None:
    every = [command.text for command in SHOWN]
    for path in ALL_PAGES:
        every += [line for block in page_blocks(path, "sh") for line in block.text.splitlines()]
    for start in SKIPPED:
        assert any(text.startswith(start) for text in every), f"nothing in the docs starts with {start!r}"
    ran = [command for command in SHOWN if command.why_skipped is None and command.text.startswith("zveno ")]
    assert len(ran) >= 40
    assert sum(bool(any(command.shown)) for command in ran) >= 30


def test_targets_of_make_exist() -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        match[1]
        for path in ALL_PAGES
        for match in re.finditer(r"(?:[`$&] ?)make (?:[A-Z]+=\S+ )*([a-z][a-z0-9-]*)(?=[`\s.,:)]|$)", code_of(path))
    }
    assert {"run", "test", "check", "docs"} <= named
    assert named <= targets


def code_of(path: Path) -> str:
    """What stands as code on a page: prose may say "make an environment"."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(
        [*(block.text for block in blocks(text)), *(f"`{part}`" for part in re.findall(r"`([^`\n]+)`", text))]
    )


def test_a_changed_output_is_noticed() -> None:
    assert fits(["a", "…"], ["a", "b"])
    assert fits(["…", "c"], ["a", "b", "c"])
    assert fits(["a", "…", "c"], ["a", "b", "c"])
    assert fits(["at 2026-11-24T10:00:01+00:00"], ["at 2027-01-02T03:04:05.678901+00:00"])
    assert not fits(["a"], ["a", "b"])
    assert not fits(["a", "…"], ["b", "a"])
    assert not fits(["a", "…", "b"], ["a", "c"])
    assert not fits(["2 suppliers"], ["3 suppliers"])


def test_addresses_in_the_docs_answer(demo: Graph) -> None:
    app = create_app(demo)
    client = app.test_client()
    asked = 0
    for path in ALL_PAGES:
        for block in page_blocks(path, "sh"):
            for target in re.findall(r"curl '?(http://127\.0\.0\.1:8000[^'\s]+)", block.text):
                parts = urlsplit(target)
                response = client.get(f"{parts.path}?{parts.query}")
                assert response.status_code == 200, (path.name, target, response.text)
                asked += 1
    assert asked >= 4


def test_the_edit_in_the_docs_is_taken(demo: Graph) -> None:
    text = (FOLDER / "api.md").read_text(encoding="utf-8")
    body = re.search(r"-X POST \S+ -H '[^']+' -d '(\{.*?\})'", text, re.DOTALL)
    assert body
    client = create_app(demo).test_client()
    response = client.post("/api/v1/claims", data=body[1].encode(), content_type="application/json")
    assert response.status_code == 201, response.text
    assert client.get(response.headers["Location"]).status_code == 200


def test_python_examples_do_what_they_show(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(reader.folder)
    text = (FOLDER / "python.md").read_text(encoding="utf-8")
    found = doctest.DocTestParser().get_doctest(text, {}, "python.md", "python.md", 0)
    assert len(found.examples) >= 8
    said: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(found, out=said.append)
    assert not failed, "".join(said)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    plain = [re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower() for heading in headings]
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("path", ALL_PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        if not found.exists() or (anchor and found.suffix == ".md" and anchor not in anchors(found)):
            broken.append(target)
    assert broken == []


def test_every_page_is_in_the_index() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    pages = [path.name for path in FOLDER.glob("*.md") if path.name != "README.md"]
    assert [name for name in pages if f"({name})" not in index] == []


@pytest.mark.parametrize(("english", "russian"), TWINS)
def test_the_russian_twin_says_the_same(english: str, russian: str) -> None:
    pages = [CHECKOUT / english, CHECKOUT / russian]
    texts = [path.read_text(encoding="utf-8") for path in pages]
    headings = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in texts]
    assert headings[0] == headings[1]
    commands = [
        [kernel(command.text) for block in page_blocks(path, "console") for command in block.commands] for path in pages
    ]
    assert commands[0] == commands[1]
    assert pages[1].name in texts[0].splitlines()[2]
    assert pages[0].name in texts[1].splitlines()[2]


def kernel(command: str) -> str:
    """A command without what is said in a language: names, notes, ids."""
    command = command.replace(" --lang en", "").replace("=en", "=ru")
    return re.sub(r"'[^']*'|\b[0-9a-f]{32}\b", "…", command)
