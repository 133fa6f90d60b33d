"""``zveno load table FILE --guess``: what the columns hold, a preview of the claims, and the mapping written down."""

from __future__ import annotations

import shlex
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from rich.text import Text

from loaders.loader import Batch, Options
from loaders.run import preview
from loaders.table import TableLoader
from loaders.tabular.guess import Guess, guess

_PREVIEWED = 6
_ABOUT = ("type", "attributes", "value_min", "currency", "quantity_min", "unit", "buyer_share_min", "valid_from", "row")


def show_guess(path: Path) -> None:
    """Print the guess and write the mapping beside the file; a mapping that is there already is left alone.

    Raises:
        BadInput: the file holds no table, or nobody is named in it.
    """
    found = guess(path)
    target = path.with_name(f"{path.name}.mapping.yaml")
    console = Console()
    sheet = f"sheet {found.sheet}, " if found.sheet else ""
    console.print(f"{path.name}: {sheet}headings in row {found.header_row}, {found.rows} rows below", highlight=False)
    console.print(_columns(found))
    batch = _first_batch(path, found)
    console.print(f"the first of {len(batch.claims.claims)} claims; {len(batch.rejects)} rows would be rejected:")
    console.print(_claims(batch))
    for reject in batch.rejects[:3]:
        console.print(Text(f"{reject.where}: {reject.reason}", style="yellow"))
    if target.exists():
        console.print(f"{target} is there already and was left as it is; remove it to have the guess written down")
    else:
        target.write_text(f"# Guessed from {path.name}: check it, then load.\n{found.yaml()}", encoding="utf-8")
        console.print(f"written: {target}", highlight=False, soft_wrap=True)
    command = shlex.join(["zveno", "load", "table", str(path), "--mapping", str(target)])
    console.print(f"next: {command} --dry-run", highlight=False, soft_wrap=True)


def _first_batch(path: Path, found: Guess) -> Batch:
    with TemporaryDirectory() as folder:
        mapping = Path(folder) / "guess.yaml"
        mapping.write_text(found.yaml(), encoding="utf-8")
        return next(iter(TableLoader().batches([path], Options(mapping=str(mapping)))))


def _columns(found: Guess) -> Table:
    table = _table("column", "example", "recognised as", "fit")
    for column in found.columns:
        table.add_row(*map(Text, (column.name, column.example, column.kind, f"{column.fit:.0%}")))
    return table


def _claims(batch: Batch) -> Table:
    facts = batch.claims.claims.sort(batch.claims.claims["type"] == "DESCRIBED_IN", maintain_order=True)
    sample = preview(Batch(claims=type(batch.claims)(claims=facts, documents=(), sources=())), _PREVIEWED)
    names = [name for name in _ABOUT if name in sample.columns]
    table = _table(*names)
    for row in sample.select(names).iter_rows():
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="ellipsis", max_width=44, no_wrap=True)
    return table
