"""``zveno keys``: API keys for a service that others can reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph_service.api.key_file import Role

app = typer.Typer(
    name="keys",
    help="API keys of a service that others can reach: who may ask, who may change the graph.\n\n"
    "Example: zveno keys add anna --role editor --file keys.json, then ZVENO_API_KEYS=keys.json zveno serve",
    no_args_is_help=True,
)

KeyFile = Annotated[Path, typer.Option(dir_okay=False, help="The file with the hashed keys, named by ZVENO_API_KEYS")]
_RESTART = "a running service reads the file when it starts: start it anew"


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Whose key it is; edits made with it carry this name")],
    file: KeyFile,
    role: Annotated[str, typer.Option(help="viewer: may ask; editor: may also change facts and undo loads")] = "viewer",
) -> None:
    """Make a key. It is shown once; the file keeps its hash.

    Example: zveno keys add anna --role editor --file keys.json
    """
    from graph_service.api.key_file import add_key

    key = add_key(file, name, _role(role))
    typer.echo(f"the key of {name} ({role}) follows; it is shown only now. {_RESTART}", err=True)
    typer.echo(key)


@app.command("list")
def show(file: KeyFile) -> None:
    """Names and roles.

    Example: zveno keys list --file keys.json
    """
    from graph_service.api.key_file import read_keys

    keys = read_keys(file).keys
    for key in keys:
        typer.echo(f"{key.role:<8}{key.name}")
    if not keys:
        typer.echo(f"{file} has no keys yet: make one with `zveno keys add NAME --file {file}`", err=True)


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="Whose key")], file: KeyFile) -> None:
    """Take a key away, and with it the sessions of its browsers.

    Example: zveno keys remove anna --file keys.json
    """
    from graph_service.api.key_file import remove_key

    remove_key(file, name)
    typer.echo(f"{name} has no key any more. {_RESTART}", err=True)


def _role(text: str) -> Role:
    from graph_service.api.key_file import ROLES
    from graph_service.domain.nearest import nearest
    from graph_service.errors import BadParameter

    for role in ROLES:
        if text == role:
            return role
    raise BadParameter(f"role {text!r} is none of {', '.join(ROLES)}{nearest(text, ROLES)}", parameter="role")
