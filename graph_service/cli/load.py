"""``zveno load`` and ``zveno loads``: files into the graph, and back out."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.loader import Options
    from loaders.run import Report

_FILES_SHOWN = 3

HELP = """Load files into the graph.

FORMAT is claims, network, table or demo; `undo ID` takes a load back, `drop ID` removes one that was cut off.

Examples:

  zveno load demo

  zveno load claims suppliers.csv --source "Purchasing" --rank 2 --dry-run

  zveno load table contracts.csv --mapping 44fz

  zveno load table firms.xlsx --guess

  zveno load undo 3
"""


def load(
    format: Annotated[str, typer.Argument(help="claims, network, table, demo; or undo, drop")],
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders; for undo and drop the load's number")
    ] = None,
    store: Annotated[str | None, typer.Option(help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given")] = None,
    source: Annotated[str | None, typer.Option(help="Publisher or data set the files come from")] = None,
    rank: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=5,
            help="1 register, 2 the party itself, 3 authority or news, 4 reprint, 5 unknown; 5 unless the files or the "
            "mapping say otherwise",
        ),
    ] = None,
    namespace: Annotated[
        str | None, typer.Option(help="Who issues the keys in the files; the source unless given")
    ] = None,
    mapping: Annotated[str | None, typer.Option(help="table: mapping file or the name of a shipped one")] = None,
    batch_rows: Annotated[int | None, typer.Option(min=1, help="Claims in one transaction")] = None,
    sheet: Annotated[
        str | None, typer.Option(help="with --guess: the sheet to look at, and the only one that the mapping reads")
    ] = None,
    guess: Annotated[
        bool, typer.Option("--guess", help="table: guess the mapping, preview it and write it down")
    ] = False,
    full: Annotated[bool, typer.Option("--full", help="Retract what this data set no longer states")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check, write nothing")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Load nothing at all if any row is wrong")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Where rejected rows go [default: FORMAT.rejects.csv, nowhere on a dry run]")
    ] = None,
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Do nothing if the graph holds anything already")
    ] = False,
    lang: Annotated[str, typer.Option(help="Language of the reasons of rejected rows and of notes: en or ru")] = "en",
    json: Annotated[bool, typer.Option("--json", help="The report as JSON")] = False,
) -> None:
    """Load files; exit code 1 if rows were rejected or a file cannot be read."""
    from graph_service.domain.said import LANGUAGES
    from graph_service.errors import BadParameter
    from loaders.loader import Options

    if lang not in LANGUAGES:
        raise BadParameter(f"lang {lang!r} is neither ru nor en", parameter="lang")
    named = [Path(path) for path in paths or []]
    if format in ("undo", "drop"):
        _take_back(format, paths or [], store)
        return
    options = Options(source=source, rank=rank, namespace=namespace, mapping=mapping, batch_rows=batch_rows)
    if guess:
        _guess(format, named, sheet, lang)
        return
    if sheet is not None:
        raise BadParameter("--sheet goes with --guess; a mapping names its sheet itself", parameter="sheet")
    if if_empty and _holds_anything(store):
        typer.echo("the graph is not empty: nothing was loaded")
        return
    try:
        report = _run(
            format, named, options, store, full=full, dry_run=dry_run, strict=strict, rejects=rejects, lang=lang
        )
    except KeyboardInterrupt:
        typer.echo("interrupted: nothing was written" if dry_run else _cut_off(store), err=True)
        raise typer.Exit(130) from None
    _show(report, lang, as_json=json)
    if report.rows_rejected:
        raise typer.Exit(1)


def _holds_anything(store: str | None) -> bool:
    from graph_service.bootstrap import open_graph
    from graph_service.settings import Settings

    with open_graph(Settings.from_environment(store=store)) as graph:
        return graph.store.version().number > 0


def _run(
    format: str, paths: list[Path], options: Options, store: str | None, *,
    full: bool, dry_run: bool, strict: bool, rejects: Path | None, lang: str,
) -> Report:  # fmt: skip
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from graph_service.bootstrap import open_graph
    from graph_service.errors import BadParameter
    from graph_service.settings import Settings
    from loaders.formats import find_loader
    from loaders.run import run

    loader = find_loader(format)
    if not paths and format != "demo":
        raise BadParameter(f"name the files to load, e.g. {loader.example}", parameter="paths")
    rejects_path = rejects or (None if dry_run else _reject_file(format, paths))
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("rows"), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        task = bar.add_task(f"load {format}", total=None)

        def progress(read: int, total: int | None) -> None:
            bar.update(task, completed=read, total=total)

        if dry_run:
            return run(
                loader, paths, options, None, strict=strict, rejects_path=rejects_path, lang=lang, progress=progress
            )
        with open_graph(Settings.from_environment(store=store)) as graph:
            return graph.load(
                format, paths, options, mode="full" if full else "incremental", strict=strict,
                rejects_path=rejects_path, lang=lang, progress=progress,
            )  # fmt: skip


def _cut_off(store: str | None) -> str:
    """What became of a load that was interrupted, and how to go on."""
    from graph_service.bootstrap import open_graph
    from graph_service.settings import Settings
    from loaders.run import holder

    with open_graph(Settings.from_environment(store=store), create=False) as graph:
        own = [
            load.load_id for load in graph.store.loads() if load.state == "cut off" and load.request.holder == holder()
        ]
    if not own:
        return "interrupted: nothing was written"
    where = f" --store {shlex.quote(store)}" if store else ""
    return (
        f"interrupted: what load {own[0]} has written is kept, and nobody sees any of it yet\n"
        f"continue it with: {shlex.join(['zveno', *sys.argv[1:]])}\n"
        f"take it back with: zveno load drop {own[0]}{where}"
    )


def _reject_file(format: str, paths: list[Path]) -> Path:
    """Where rejected rows go unless said; never over a file of corrected rows that is being loaded."""
    file = Path(f"{format}.rejects.csv")
    return Path(f"{format}.2.rejects.csv") if file.resolve() in [path.resolve() for path in paths] else file


def _show(report: Report, lang: str, *, as_json: bool) -> None:
    from graph_service.domain.said import in_language

    if as_json:
        import orjson

        from loaders.run import plain

        typer.echo(orjson.dumps(plain(report), option=orjson.OPT_INDENT_2).decode())
        return
    load = report.load
    if load is None:
        typer.echo(f"dry run: {report.rows_read} rows → {report.claims} claims; nothing was written")
    elif not load.claims_new and not load.claims_retracted:
        typer.echo(f"nothing new: {report.rows_read - report.rows_rejected} rows are in the graph already")
    else:
        typer.echo(
            f"load {load.load_id}{' (continued)' if load.resumed else ''}: {report.rows_read} rows → "
            f"{load.claims_new} new claims, {load.claims_known} known, {load.claims_retracted} retracted"
        )
    if report.written.kept_retracted:
        typer.echo(f"{report.written.kept_retracted} claims stay withdrawn: a person has retracted them")
    for name, count in report.claims_by_type.items():
        typer.echo(f"  {name:<22} {count:>9}")
    for note in report.notes:
        typer.echo(f"note: {in_language(note, lang)}", err=True)
    if report.rows_rejected:
        where = f" → {report.rejects}" if report.rejects else "; --rejects FILE keeps them"
        rows = "row" if report.rows_rejected == 1 else "rows"
        typer.echo(f"{report.rows_rejected} {rows} rejected{where}", err=True)
        for reject in report.first_rejects:
            typer.echo(f"  {reject.where}: {in_language(reject.reason, lang)}", err=True)
    if load is not None and load.claims_new:
        typer.echo(f"take it back with: zveno load undo {load.load_id}")


def _take_back(what: str, numbers: list[str], store: str | None) -> None:
    from graph_service.bootstrap import open_graph
    from graph_service.errors import BadParameter
    from graph_service.settings import Settings
    from loaders.run import holder

    if len(numbers) != 1 or not numbers[0].isdigit():
        raise BadParameter(f"name one load: zveno load {what} 3 (zveno loads lists them)", parameter="load")
    with open_graph(Settings.from_environment(store=store), create=False) as graph:
        if what == "drop":
            graph.store.drop(int(numbers[0]))
            typer.echo(f"load {numbers[0]} is dropped; the graph is as it was before it")
            return
        load = graph.store.undo(int(numbers[0]), holder())
    typer.echo(
        f"load {numbers[0]} is undone: {load.claims_retracted} claims retracted, {load.claims_new} brought back; "
        f"bring it back with: zveno load undo {load.load_id}"
    )


def _guess(format: str, paths: list[Path], sheet: str | None, lang: str) -> None:
    from graph_service.errors import BadParameter

    if format != "table" or len(paths) != 1:
        raise BadParameter("--guess is for one table: zveno load table FILE --guess", parameter="guess")
    from graph_service.cli.guess import show_guess

    show_guess(paths[0], sheet, lang)


def loads(
    store: Annotated[str | None, typer.Option(help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON")] = False,
) -> None:
    """List all loads with what they changed, newest last."""
    from graph_service.bootstrap import open_graph
    from graph_service.settings import Settings

    with open_graph(Settings.from_environment(store=store), create=False) as graph:
        found = graph.store.loads()
    rows = [
        {
            "load": load.load_id, "state": load.state, "format": load.request.format, "dataset": load.request.dataset,
            "mode": load.request.mode, "version": load.version, "new": load.claims_new, "known": load.claims_known,
            "retracted": load.claims_retracted, "rejected": load.rows_rejected, "began": load.started_at[:19],
            "files": ", ".join(load.request.files),
        }
        for load in found
    ]  # fmt: skip
    if json:
        import orjson

        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    elif not rows:
        typer.echo("nothing is loaded yet: try zveno load demo")
    else:
        from graph_service.cli.render import output, table

        console = output()
        shown = [
            row | {"began": str(row["began"]).replace("T", " "), "files": _first(load.request.files)}
            for row, load in zip(rows, found, strict=True)
        ]
        console.print(table(shown, "en", console.width))


def _first(files: Sequence[str]) -> str:
    """The first names, and how many more there are: a network has many."""
    more = len(files) - _FILES_SHOWN
    return ", ".join(files[:_FILES_SHOWN]) + (f" and {more} more" if more > 0 else "")
