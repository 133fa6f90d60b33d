"""``zveno ask``: one command per question, made from the registry."""

from __future__ import annotations

import inspect
import re
import shlex
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graph_service.questions.question import Question

FORMATS = ("table", "json", "csv", "xlsx", "cypher", "graphml", "geojson")


class Questions(TyperGroup):
    """Commands that exist because questions do; read only when somebody asks."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All questions by command."""
        return sorted(_group().commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of one question; an unknown name is an error that names the nearest."""
        from graph_service.questions.ask import find_question

        return _group().commands[find_question(cmd_name).command]


class QuestionCommand(TyperCommand):
    """One question; an option that is given twice is refused, or its first value would be lost without a word."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line.

        Raises:
            BadParameter: an option is given more than once.
        """
        from graph_service.errors import BadParameter

        _, _, read = self.make_parser(ctx).parse_args(args=list(args))
        for option in read:
            if read.count(option) > 1:
                raise BadParameter(
                    f"{option.opts[0]} is given more than once: give all its values in one, with commas between them",
                    parameter=option.name or "",
                )
        return super().parse_args(ctx, args)


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


@cache
def _group() -> TyperGroup:
    from graph_service.questions.question import registry

    group = typer.Typer(rich_markup_mode=None)
    group.callback()(ask_group)
    for question in registry().values():
        group.command(question.command, cls=QuestionCommand, help=_help(question), short_help=question.title["en"])(
            _function(question)
        )
    return get_group(group)


def _positional(question: Question[Any]) -> tuple[str, ...]:
    return question.path_parameters or (("q",) if "q" in question.params.model_fields else ())


def _help(question: Question[Any]) -> str:
    return f"{question.doc['en']}\n\nExample: {command_line(question, question.example)}"


def command_line(question: Question[Any], given: Mapping[str, Any]) -> str:
    """The command that asks this, as it is typed; ``given`` by the names of the API."""
    positional = _positional(question)
    arguments = [_quoted(str(value)) for name, value in given.items() if name in positional]
    options = [f"--{n.replace('_', '-')} {_quoted(str(v))}" for n, v in given.items() if n not in positional]
    return " ".join(("zveno ask", question.command, *arguments, *options))


def _quoted(text: str) -> str:
    """A word of a command; ``shlex.quote`` alone would quote every Russian word."""
    return text if re.fullmatch(r"[\w.,:-]+", text) else shlex.quote(text)


def _function(question: Question[Any]) -> Callable[..., None]:
    """A function whose signature are the question's parameters, so that typer makes its command."""
    from graph_service.questions.ask import known_parameters

    positional = _positional(question)
    aliases = dict(zip(question.params.model_fields, known_parameters(question), strict=True))
    own = inspect.get_annotations(question.params)
    parameters: dict[str, tuple[Any, Any]] = {}
    for name, field in sorted(question.params.model_fields.items(), key=lambda item: item[0] not in own):
        needed = field.is_required()
        text = field.description or ""
        if name in positional:
            parameters[name] = (str if needed else str | None, typer.Argument(... if needed else None, help=text))
        else:
            shown = f" [default: {field.default}]" if field.default is not None and not needed else ""
            # A leading dash (-source) would be no option; its field is called without_source.
            written = name if aliases[name].startswith("-") else aliases[name]
            option = typer.Option(... if needed else None, f"--{written.replace('_', '-')}", help=text + shown)
            parameters[name] = (str if needed else str | None, option)
    parameters |= {
        "output": (str | None, typer.Option(None, "--format", help=f"{', '.join(FORMATS)}; json unless on a terminal")),
        "out": (
            Path | None,
            typer.Option(None, "--out", dir_okay=False, help="Write to this file; its ending names the format"),
        ),
        "store": (str | None, typer.Option(None, help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given")),
        "evidence": (bool, typer.Option(True, help="Show quotes below the table")),
    }

    def run(**given: Any) -> None:
        output, out, store, evidence = (given.pop(name) for name in ("output", "out", "store", "evidence"))
        stated = {aliases[name]: value for name, value in given.items() if value is not None}
        _ask(question, stated, output, out, store, evidence=evidence)

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in sorted(parameters.items(), key=lambda item: item[0] not in positional)
        ]
    )
    run.__annotations__ = {name: kind for name, (kind, _) in parameters.items()}
    return run


def _ask(
    question: Question[Any],
    given: dict[str, Any],
    output: str | None,
    out: Path | None,
    store: str | None,
    *,
    evidence: bool,
) -> None:
    from graph_service.bootstrap import open_graph
    from graph_service.settings import Settings

    chosen = chosen_format(output, out, on_terminal=sys.stdout.isatty())
    settings = Settings.from_environment(store=store)
    given.setdefault("lang", settings.lang)
    with open_graph(settings, create=False) as graph:
        if chosen == "cypher":
            _write(graph.cypher(question.name, **given).encode(), out)
            return
        if chosen in ("graphml", "geojson"):
            _write(graph.answer_file(question.name, chosen, **given), out)
            return
        envelope = graph.ask(question.name, **given)
    if chosen == "table":
        from graph_service.cli.render import render

        render(envelope, evidence=evidence)
        return
    _write(_encoded(envelope, chosen), out)


def chosen_format(output: str | None, out: Path | None, *, on_terminal: bool) -> str:
    """The format asked for, else the one that the file ends in, else a table on a terminal and JSON anywhere else.

    Raises:
        BadParameter: it is none, the file ends in something else or cannot lie there, or a terminal cannot show it.
    """
    from graph_service.errors import BadParameter

    if output is not None and output not in FORMATS:
        raise BadParameter(f"format {output!r} is none of {', '.join(FORMATS)}", parameter="format")
    if out is None:
        if output == "xlsx" and on_terminal:
            raise BadParameter("a workbook is no text for a terminal: add --out FILE.xlsx", parameter="format")
        return output or ("table" if on_terminal else "json")
    in_files = [name for name in FORMATS if name != "table"]
    if output == "table":
        raise BadParameter(f"a table is shown and not written: a file is one of {', '.join(in_files)}", parameter="out")
    suffix = out.suffix.removeprefix(".").lower()
    if suffix and suffix not in in_files:
        raise BadParameter(f"{out} ends in none of the formats {', '.join(in_files)}", parameter="out")
    if output and suffix and suffix != output:
        raise BadParameter(
            f"{out} ends in another format than --format {output}: leave one of them out", parameter="out"
        )
    if not out.absolute().parent.is_dir():
        raise BadParameter(f"there is no folder {out.parent} to write {out.name} into", parameter="out")
    return output or suffix or "json"


def _write(content: bytes, out: Path | None) -> None:
    from graph_service.errors import BadParameter

    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise BadParameter(f"{out} cannot be written: {error.strerror}", parameter="out") from error
    typer.echo(f"written to {out}", err=True)


def _encoded(envelope: dict[str, Any], chosen: str) -> bytes:
    if chosen == "json":
        import orjson

        return orjson.dumps(envelope, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY) + b"\n"
    from graph_service.questions.spreadsheets import to_csv, to_xlsx

    return to_csv(envelope).encode() if chosen == "csv" else to_xlsx(envelope)
