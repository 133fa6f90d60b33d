"""The commands in the docs, run as a reader would type them, in a folder of their own with the demo loaded.

In a ``console`` block a line that begins with ``$ `` is a command and what follows is its output; ``…`` on a line
of its own stands for lines left out, and ``… 12`` asks ``make docs`` to fill in the first 12. A block whose first line
reads ```` ```csv suppliers.csv ```` is a file that the commands after it find in the folder.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

COLUMNS = 120
ELLIPSIS = "…"
TODAY = "2026-11-24"
"""What stands in the pages for the day of the run."""
SKIPPED: dict[str, str] = {
    "git clone": "copies this repository",
    ". .venv/bin/activate": "the commands run in this environment already",
    "make ": "tests check that the target exists; it may serve for ever, or run the tests that run this",
    "docker compose": "there may be no Docker",
    "zveno serve": "serves until it is stopped; tests/api start one",
    "zveno neo4j": "starts a server; tests/integration do",
    "curl ": "asks a service that is not up; tests check the address instead",
    "python3 -m pip download": "needs a package registry",
    "python3 -m venv": "makes another environment",
}
"""Commands that are shown and not run, by their beginning, with the reason."""

_BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_BY_HAND = re.compile(r"\b[0-9a-f]{32} added\b")
"""What is entered by hand stands in a document of its day, and so its claim has another id each day."""
MOMENT = re.compile(r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command and the output that the page shows for it."""

    text: str
    shown: tuple[str, ...]

    @property
    def why_skipped(self) -> str | None:
        """Why it is not run, or None."""
        return next((why for start, why in SKIPPED.items() if self.text.startswith(start)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block of a page: a file to be found by later commands, or commands."""

    kind: str
    name: str | None
    text: str
    start: int
    end: int

    @property
    def commands(self) -> list[Command]:
        """The commands of a ``console`` block."""
        found: list[tuple[str, list[str]]] = []
        is_open = False
        for line in self.text.splitlines():
            if is_open:
                found[-1] = (f"{found[-1][0]}\n{line}", [])
            elif line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            elif found:
                found[-1][1].append(line)
            is_open = line.endswith("\\") and not found[-1][1]
        return [Command(text=text, shown=tuple(shown)) for text, shown in found]


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in their order."""
    for match in _BLOCK.finditer(page):
        yield Block(
            kind=match["kind"], name=match["name"], text=match["text"], start=match.start("text"), end=match.end("text")
        )


@dataclass(kw_only=True)
class Reader:
    """Somebody at a terminal of 120 columns, in a folder of their own."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, command: str) -> tuple[list[str], int]:
        """The lines that the command shows, and its exit code."""
        if command.startswith("export "):
            self.environment |= dict(pair.split("=", 1) for pair in command.removeprefix("export ").split())
            return [], 0
        terminal, end = pty.openpty()
        process = subprocess.Popen(  # noqa: S603
            ["/bin/bash", "-c", command], cwd=self.folder, env=self._variables(), stdin=subprocess.DEVNULL,
            stdout=end, stderr=subprocess.PIPE, close_fds=True,
        )  # fmt: skip
        os.close(end)
        shown = b""
        while True:
            try:
                part = os.read(terminal, 1 << 16)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            shown += part
        os.close(terminal)
        assert process.stderr is not None
        shown += process.stderr.read()
        process.stderr.close()
        code = process.wait()
        text = shown.decode().replace("\r\n", "\n").replace(date.today().isoformat(), TODAY)  # noqa: DTZ011
        return [line.rstrip() for line in text.splitlines()], code

    def _variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZVENO_", "NEO4J_"))}
        path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
        fixed = {"PATH": path, "TERM": "dumb", "COLUMNS": str(COLUMNS), "LINES": "60", "USER": "anna"}
        return kept | fixed | {"LOGNAME": "anna"} | self.environment


def fits(shown: Sequence[str], real: Sequence[str]) -> bool:
    """Whether the output that a page shows is what came out; ``…`` stands for any lines.

    Moments are alike, and so are the ids of claims added by hand.
    """
    wanted = [_plain(line) for line in _without_blank_ends(shown)]
    lines = [_plain(line) for line in _without_blank_ends(real)]
    parts: list[list[str]] = [[]]
    for line in wanted:
        if line == ELLIPSIS:
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return wanted == lines
    first, *middle, last = parts
    if lines[: len(first)] != first or (last and lines[-len(last) :] != last):
        return False
    position, end = len(first), len(lines) - len(last)
    for part in middle:
        starts = (at for at in range(position, end - len(part) + 1) if lines[at : at + len(part)] == part)
        found = next(starts, None)
        if found is None:
            return False
        position = found + len(part)
    return position <= end


def _plain(line: str) -> str:
    return _BY_HAND.sub("<id> added", MOMENT.sub("<moment>", line.rstrip()))


def _without_blank_ends(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines).strip("\n")
    return text.split("\n") if text else []


def refreshed(page: str, reader: Reader) -> tuple[str, list[str]]:
    """The page with the outputs of its commands as they are now.

    An output that is shown whole, or cut at its end, is written anew with as many lines as before; one that is cut in
    its middle, or whose command fails without showing why, is left alone and reported.
    """
    parts: list[str] = []
    problems: list[str] = []
    done = 0
    for block in blocks(page):
        if block.kind != "console":
            if block.name:
                (reader.folder / block.name).write_text(block.text, encoding="utf-8")
            continue
        parts += [page[done : block.start], _refreshed_block(block, reader, problems)]
        done = block.end
    return "".join([*parts, page[done:]]), problems


def _refreshed_block(block: Block, reader: Reader, problems: list[str]) -> str:
    lines: list[str] = []
    for command in block.commands:
        shown = list(command.shown)
        if command.why_skipped is None:
            real, code = reader.run(command.text)
            if not shown and code:
                problems.append(f"$ {command.text}: exit code {code}: {' '.join(real)[:300]}")
            elif shown and not fits(shown, real):
                if code and _is_error(real) and not _is_error(shown):
                    problems.append(f"$ {command.text}: exit code {code}: {' '.join(real)[:300]}")
                elif ELLIPSIS in _without_blank_ends(shown)[:-1]:
                    problems.append(f"$ {command.text}: shows something else now:\n" + "\n".join(real))
                else:
                    shown = _cut(shown, real)
        lines += [f"$ {command.text}", *shown]
    return "".join(f"{line}\n" for line in lines)


def _is_error(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[0].startswith(("zveno: ", "Usage: ", "Traceback"))


def _cut(shown: Sequence[str], real: Sequence[str]) -> list[str]:
    real, wanted = _without_blank_ends(real), _without_blank_ends(shown)
    asked = re.fullmatch(rf"{ELLIPSIS} (\d+)", wanted[0])
    if asked is None and wanted[-1] != ELLIPSIS:
        return real
    kept = int(asked[1]) if asked else len(wanted) - 1
    return [*real[:kept], *([ELLIPSIS] if len(real) > kept else [])]
