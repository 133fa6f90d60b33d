"""``zveno entity``: say by hand that two entities are one, or that they are not."""

from __future__ import annotations

from typing import Annotated

import typer

from graph_service.cli.claim import Editor, Store, edit_of, open_graph

app = typer.Typer(
    name="entity",
    help="Merge two entities and split them again: with a reason, visible in history, undoable with "
    "`zveno load undo`.\n\n"
    "Example: zveno entity merge 'ООО «Альфа»' 7707083893 --reason 'one tax number in both registers'",
    no_args_is_help=True,
)

Reason = Annotated[str, typer.Option(help="Why this is so and where it stands; required")]


@app.command()
def merge(
    old: Annotated[str, typer.Argument(help="Who is no longer one of its own: id, INN, OGRN or name")],
    into: Annotated[str, typer.Argument(help="Who stays; the old id leads there from now on")],
    reason: Reason,
    editor: Editor = None,
    store: Store = None,
) -> None:
    """Say that two are one: zveno entity merge 'Альфа' 7707083893 --reason 'one tax number in both registers'."""
    with open_graph(store) as graph:
        done = graph.merge(old, into, edit_of(editor, reason))
    gone = done.old if done.old != done.entity else "the other id"
    typer.echo(f"{gone} is now {done.entity}; take it back with: zveno load undo {done.load.load_id}")


@app.command()
def split(
    who: Annotated[
        str, typer.Argument(metavar="ID", help="The old id, or the entity it leads to if there is only one such id")
    ],
    reason: Reason,
    editor: Editor = None,
    store: Store = None,
) -> None:
    """Let a merged id stand for itself again: zveno entity split 3k… --reason 'two firms of one name'."""
    with open_graph(store) as graph:
        done = graph.split(who, edit_of(editor, reason))
    now = "stands for itself again" if done.entity == done.old else f"now leads to {done.entity}, by what records say"
    typer.echo(f"{done.old} {now}; take it back with: zveno load undo {done.load.load_id}")
