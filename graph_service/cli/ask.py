"""``zveno ask``: one command per question, made from the registry."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import typer
from typer.core import TyperGroup

if TYPE_CHECKING:
    from graph_service.questions.question import Question

FORMATS = ("table", "json", "csv", "xlsx")


class Questions(TyperGroup):
    """Commands that exist because questions do; read only when somebody asks."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All questions by command."""
        from graph_service.questions.question import registry

        return sorted(question.command for question in registry().values())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one question; an unknown name is an error that names the nearest."""
        from graph_service.questions.ask import find_question

        return _command(find_question(cmd_name))


app = typer.Typer(
    name="ask",
    cls=Questions,
    help="Ask the graph a question. `zveno ask QUESTION --help` lists its parameters.\n\n"
    "Example: zveno ask suppliers 'Волжский трубный завод' --tiers 2",
    no_args_is_help=True,
)


@app.callback()
def ask_group() -> None:
    """Every question of the registry is a command below this one."""


def _command(question: Question[Any]) -> click.Command:
    from graph_service.questions.ask import known_parameters

    positional = question.path_parameters or (("q",) if "q" in question.params.model_fields else ())
    parameters: list[click.Parameter] = [
        click.Argument([name], required=name in question.path_parameters) for name in positional
    ]
    aliases = dict(zip(question.params.model_fields, known_parameters(question), strict=True))
    for name, field in question.params.model_fields.items():
        if name in positional:
            continue
        flag = f"--{name.replace('_', '-')}"
        required = field.is_required()
        shown = "" if field.default in (None, ...) or required else f" [default: {field.default}]"
        parameters.append(click.Option([flag, name], help=f"{field.description or ''}{shown}", required=required))
    parameters += [
        click.Option(["--format", "output"], type=click.Choice(FORMATS), default=None,
                     help="table on a terminal, else json"),
        click.Option(["--out"], type=click.Path(dir_okay=False), help="Write to this file."),
        click.Option(["--store"], help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given."),
        click.Option(["--evidence/--no-evidence"], default=True, help="Show quotes below the table."),
    ]  # fmt: skip

    def run(output: str | None, out: str | None, store: str | None, evidence: bool, **given: Any) -> None:
        stated = {aliases[name]: value for name, value in given.items() if value is not None}
        _ask(question, stated, output, out, store, evidence=evidence)

    arguments = " ".join(f"{value!r}" for name, value in question.example.items() if name in positional)
    options = " ".join(f"--{n.replace('_', '-')} {v}" for n, v in question.example.items() if n not in positional)
    example = " ".join(part for part in ("zveno ask", question.command, arguments, options) if part)
    return click.Command(
        question.command, callback=run, params=parameters, short_help=question.title["en"],
        help=f"{question.doc}\n\nExample: {example}",
    )  # fmt: skip


def _ask(
    question: Question[Any],
    given: dict[str, Any],
    output: str | None,
    out: str | None,
    store: str | None,
    *,
    evidence: bool,
) -> None:
    from graph_service.bootstrap import open_graph
    from graph_service.settings import Settings

    settings = Settings.from_environment(store=store)
    given.setdefault("lang", settings.lang)
    with open_graph(settings) as graph:
        envelope = graph.ask(question.name, **given)
    chosen = output or (_by_suffix(out) if out else ("table" if sys.stdout.isatty() else "json"))
    if chosen == "table":
        from graph_service.cli.render import render

        render(envelope, evidence=evidence)
        return
    content = _encoded(envelope, chosen)
    if out:
        Path(out).write_bytes(content)
        typer.echo(f"written to {out}", err=True)
    else:
        sys.stdout.buffer.write(content)


def _by_suffix(out: str) -> str:
    suffix = Path(out).suffix.lstrip(".").lower()
    return suffix if suffix in FORMATS else "json"


def _encoded(envelope: dict[str, Any], chosen: str) -> bytes:
    if chosen == "json":
        import orjson

        return orjson.dumps(envelope, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY) + b"\n"
    from graph_service.questions.spreadsheets import to_csv, to_xlsx

    return to_csv(envelope).encode() if chosen == "csv" else to_xlsx(envelope)
