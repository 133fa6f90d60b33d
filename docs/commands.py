"""The page of commands: the help of each, as the program gives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from docs.reference import NOTICE
from graph_service.cli.main import app

_WIDTH = 100


def commands(group: Any = None, path: tuple[str, ...] = ("zveno",)) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every command with its path and context, groups before what is in them; the questions are one group."""
    command: Any = get_command(app) if group is None else group
    context = command.make_context(
        path[-1], [], resilient_parsing=True, max_content_width=_WIDTH, terminal_width=_WIDTH
    )
    context.info_name = " ".join(path)
    yield path, command, context
    if hasattr(command, "list_commands") and path != ("zveno", "ask"):
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


def commands_page() -> str:
    """``docs/commands.md``."""
    parts = [
        "# Commands",
        NOTICE,
        "What `--help` says, command by command. Every question is a command under `zveno ask`; they are described in "
        "[questions.md](questions.md).",
    ]
    for path, command, context in commands():
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"## {' '.join(path)}\n\n```text\n{text}\n```")
    return "\n\n".join(parts)
