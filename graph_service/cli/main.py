"""The command `zveno`."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from graph_service.cli import ask, claim, entity, export, keys, load, neo4j, serve
from graph_service.errors import ZvenoError


class _Group(TyperGroup):
    """Turns the errors that are meant for people into a line on stderr and exit code 1."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except ZvenoError as error:
            typer.echo(f"zveno: {error.detail}", err=True)
            for entity in error.extra.get("candidates", ()):
                place = f", {entity['place']}" if "place" in entity else ""
                typer.echo(f"  {entity['id']}  {entity['name']} ({entity['type']}{place})", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    name="zveno",
    cls=_Group,
    help="A supply-chain knowledge graph: who depends on whom, since when, and says who.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("load", help=load.HELP)(load.load)
app.command("loads")(load.loads)
app.add_typer(ask.app)
app.add_typer(claim.app)
app.add_typer(entity.app)
app.command("export", help=export.HELP)(export.export)
app.command("serve")(serve.serve)
app.add_typer(keys.app)
app.add_typer(neo4j.app)


if __name__ == "__main__":
    app()
