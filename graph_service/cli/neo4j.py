"""`zveno neo4j`: a Neo4j server of one's own, without Docker, root or an installed Java."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph_service.store.neo4j.local_server import LocalNeo4j, ServerRecord

app = typer.Typer(
    name="neo4j",
    help="Start, stop and look at a Neo4j on this machine (no Docker, no root, no Java needed).",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Home = Annotated[
    Path | None,
    typer.Option(help="Folder of the server: data, logs, password. Default: ZVENO_NEO4J_HOME or your data folder."),
]


@app.command()
def start(
    version: Annotated[
        str | None,
        typer.Option(envvar="ZVENO_NEO4J_VERSION", help="2026.08.1 (default) or 5.26.30, the long-term one."),
    ] = None,
    home: Home = None,
    port: Annotated[int, typer.Option(help="Port for drivers; 0 takes a free one.")] = 7687,
    http_port: Annotated[int, typer.Option(help="Port for Neo4j Browser; 0 takes a free one.")] = 7474,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Serve Neo4j Browser.")] = True,
) -> None:
    """Start the server and wait until it answers. The first time its program files are fetched (150 MB).

    For example:

      zveno neo4j start

      zveno neo4j start --home /srv/graph --port 7688 --no-browser

      zveno neo4j start --version 5.26.30 --home ./neo4j-5 --port 0 --http-port 0
    """
    from graph_service.store.neo4j.local_jars import DEFAULT_VERSION
    from graph_service.store.neo4j.local_options import StartOptions
    from graph_service.store.neo4j.local_server import LocalNeo4j

    server = LocalNeo4j(home)
    already = server.status()
    options = StartOptions(
        version=version or DEFAULT_VERSION,
        bolt_port=port,
        http_port=http_port if browser else None,
        style=_style(),
    )
    record = already or server.start(options, on_progress=_Progress())
    _describe(server, record, "runs already" if already else "is up")


@app.command()
def stop(home: Home = None) -> None:
    """Stop the server after it has written everything down. Only a process that is its own is ended.

    For example:

      zveno neo4j stop
    """
    from graph_service.store.neo4j.local_server import LocalNeo4j

    server = LocalNeo4j(home)
    typer.echo(f"Neo4j in {server.home} {'is stopped' if server.stop() else 'was not running'}.")


@app.command()
def status(home: Home = None) -> None:
    """Say whether the server runs, where it answers and with which password; exit code 1 when it does not.

    For example:

      zveno neo4j status
    """
    from graph_service.store.neo4j.local_server import LocalNeo4j

    server = LocalNeo4j(home)
    record = server.status()
    if record is None:
        typer.echo(f"No Neo4j runs in {server.home}. Start one: zveno neo4j start")
        raise typer.Exit(1)
    _describe(server, record, "runs")


@app.command()
def refresh(
    store: Annotated[
        str | None, typer.Option(help="neo4j://HOST:PORT or another Bolt address; ZVENO_STORE unless given")
    ] = None,
) -> None:
    """Draw every link, label and name anew from the claims, e.g. after somebody has changed them in Browser.

    For example:

      zveno neo4j refresh --store neo4j://127.0.0.1:7687
    """
    from graph_service.errors import BadSettings
    from graph_service.settings import Settings
    from graph_service.store.neo4j.store import Neo4jStore

    settings = Settings.from_environment(store=store)
    if settings.is_sqlite:
        raise BadSettings(
            f"{settings.store} keeps no links, it needs no refresh: name a Neo4j with --store or ZVENO_STORE",
            parameter="ZVENO_STORE",
        )
    graph = Neo4jStore(
        settings.store, user=settings.neo4j_user, password=settings.neo4j_password, database=settings.neo4j_database
    )
    try:
        graph.refresh_all()
    finally:
        graph.close()
    typer.echo(f"All links in {settings.store} are drawn anew.")


class _Progress:
    """Shows progress on stderr: one line that is written over on a terminal, else one line for each step."""

    def __init__(self) -> None:
        self._step = ""

    def __call__(self, message: str) -> None:
        import sys

        step = message.partition(":")[0]
        if sys.stderr.isatty():
            typer.echo(f"\r\x1b[K{message}", err=True, nl=False)
        elif step != self._step:
            typer.echo(f"{step} …", err=True)
        self._step = step


def _style() -> Path | None:
    """The Browser style, which lies with the Cypher files: in a checkout, or inside the installed package."""
    package = Path(__file__).parents[1]
    for folder in (package / "_cypher", package.parent / "cypher"):
        if (folder / "zveno.grass").exists():
            return folder / "zveno.grass"
    return None


def _describe(server: LocalNeo4j, record: ServerRecord, state: str) -> None:
    import shlex
    import sys

    if sys.stderr.isatty():
        typer.echo("\r\x1b[K", err=True, nl=False)
    typer.echo(f"Neo4j {record.version} {state}: {record.uri}")
    if record.with_auth:
        typer.echo(f"  user neo4j, password {server.password or 'not known here'}")
    if record.browser_url is not None:
        typer.echo(f"  Browser  {record.browser_url}")
        if (style := _style()) is not None:
            typer.echo(f"           loads our colours and captions by itself; by hand: drop {style} on its window")
    typer.echo(f"  folder   {server.home}, process {record.pid}")
    variables = [f"ZVENO_STORE={record.uri}"]
    if record.with_auth:
        variables.append(f"ZVENO_NEO4J_PASSWORD_FILE={shlex.quote(str(server.password_file))}")
    typer.echo(f"  use it   export {' '.join(variables)}")
