"""``zveno claim``: add, correct or retract a fact by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph_service.graph import Graph
    from loaders.by_hand import Edit

app = typer.Typer(
    name="claim",
    help="Fix a fact by hand: with a note, visible in history, undoable with `zveno load undo`.\n\n"
    "Example: zveno claim add type=HAS 'from=Создание химико-фармацевтического кластера' kind=Cost value=7500000000 "
    "currency=RUB status=planned --source 'Реестр проектов' --rank 1 --note 'Register entry of 2017'",
    no_args_is_help=True,
)

Cells = Annotated[list[str], typer.Argument(help="COLUMN=VALUE, columns of the claims format")]
Note = Annotated[str, typer.Option(help="Why this is so and where it stands; required")]
Editor = Annotated[str | None, typer.Option(help="Who says so; your user name unless given")]
Source = Annotated[str | None, typer.Option(help="Where it comes from; you unless given")]
Rank = Annotated[
    int | None,
    typer.Option(min=1, max=5, help="Rank of a source that the graph does not know, 1 register … 5 unknown; else 2"),
]
Url = Annotated[str | None, typer.Option(help="Address of the document")]
Store = Annotated[str | None, typer.Option(help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given")]


@app.command()
def add(
    cells: Cells,
    note: Note,
    editor: Editor = None,
    source: Source = None,
    rank: Rank = None,
    url: Url = None,
    store: Store = None,
) -> None:
    """State a fact: zveno claim add type=SUPPLIES 'from=Каустик' 'to=Изопан Рус' product=new:Хлор --note '…'."""
    with open_graph(store) as graph:
        load, claim = graph.add_claim(_cells(cells), edit_of(editor, note, source, rank, url))
    typer.echo(f"claim {claim} added; take it back with: zveno load undo {load.load_id}")


@app.command()
def correct(
    claim_id: Annotated[str, typer.Argument(help="Id of the claim, from zveno ask claims …")],
    cells: Cells,
    note: Note,
    editor: Editor = None,
    source: Source = None,
    rank: Rank = None,
    url: Url = None,
    store: Store = None,
) -> None:
    """Withdraw a claim and state it anew: zveno claim correct 4f… value=8000000000 --note '…'."""
    with open_graph(store) as graph:
        load, claim = graph.correct_claim(claim_id, _cells(cells), edit_of(editor, note, source, rank, url))
    typer.echo(f"claim {claim_id} withdrawn, {claim} added; take it back with: zveno load undo {load.load_id}")


@app.command()
def retract(
    claim_id: Annotated[str, typer.Argument(help="Id of the claim")],
    note: Note,
    editor: Editor = None,
    store: Store = None,
) -> None:
    """Withdraw a claim; it stays withdrawn when its source is loaded again."""
    with open_graph(store) as graph:
        load = graph.retract_claim(claim_id, edit_of(editor, note))
    typer.echo(f"claim {claim_id} withdrawn; take it back with: zveno load undo {load.load_id}")


def open_graph(store: str | None) -> Graph:
    """The graph that is there already."""
    from graph_service import bootstrap
    from graph_service.settings import Settings

    return bootstrap.open_graph(Settings.from_environment(store=store), create=False)


def edit_of(
    editor: str | None, note: str, source: str | None = None, rank: int | None = None, url: str | None = None
) -> Edit:
    """Who says so and why; the user's own name where no editor is given."""
    from loaders.by_hand import Edit
    from loaders.run import user_name

    return Edit(editor=editor or user_name(), note=note, source=source, rank=rank, url=url)


def _cells(pairs: list[str]) -> dict[str, str]:
    from graph_service.domain.nearest import nearest
    from graph_service.errors import BadParameter
    from loaders.cells import known_columns

    cells = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise BadParameter(f"{pair!r} is not COLUMN=VALUE", parameter=pair)
        if name not in known_columns():
            raise BadParameter(f"unknown column {name!r}{nearest(name, known_columns())}", parameter=name)
        cells[name] = text
    return cells
