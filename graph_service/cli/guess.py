"""``zveno load table FILE --guess``: what the columns hold, a preview of the claims, and the mapping written down."""

from __future__ import annotations

import shlex
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_service.errors import BadInput
from graph_service.questions.wording import count
from loaders.loader import Batch, Options
from loaders.table import TableLoader
from loaders.tabular.guess import Guess, guess

_PREVIEWED = 6
_FIGURES = ("value_min", "currency", "quantity_min", "unit", "buyer_share_min", "valid_from")


def show_guess(path: Path) -> None:
    """Print the guess and write the mapping beside the file.

    Raises:
        BadInput: the file holds no table, nobody is named in it, or a mapping is there already (it is left alone).
    """
    found = guess(path)
    target = path.with_name(f"{path.name}.mapping.yaml")
    console = Console()
    sheet = f"sheet {found.sheet}, " if found.sheet else ""
    console.print(f"{path.name}: {sheet}headings in row {found.header_row}, {found.rows} rows below", soft_wrap=True)
    console.print(_columns(found))
    batch = _first_batch(path, found)
    claims, wrong = count(len(batch.claims.claims), "claim", "en"), count(len(batch.rejects), "row", "en")
    console.print(f"the first of {claims}; {wrong} would be rejected:")
    console.print(_claims(batch))
    for reject in batch.rejects[:3]:
        console.print(Text(f"{reject.where}: {reject.reason}", style="yellow"))
    if target.exists():
        raise BadInput(
            f"{target} is there already and was left as it is: load with it, or remove it to have the guess written",
            file=str(target),
        )
    target.write_text(f"# Guessed from {path.name}: check it, then load.\n{found.yaml()}", encoding="utf-8")
    if found.unused:
        console.print(f"not used: {', '.join(found.unused)}", highlight=False, markup=False)
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
    claims = batch.claims.claims
    names = _names(claims)
    own = claims.filter(claims["method"] == TableLoader.method)
    # What passes between firms comes first: it is what a person wants to see checked.
    order = own["type"].replace_strict({"DESCRIBED_IN": 2, "LOCATED_IN": 1}, default=0, return_dtype=pl.Int8)
    first = own.with_columns(order=order).sort("order", maintain_order=True).head(_PREVIEWED)
    figures = [name for name in _FIGURES if first[name].null_count() < len(first)]
    table = _table("type", "from", "to", *figures)
    for row in first.iter_rows(named=True):
        ends = [names.get(row[end], "") for end in ("from_raw", "to_raw")]
        table.add_row(*map(Text, (row["type"], *ends, *("" if row[n] is None else str(row[n]) for n in figures))))
    return table


def _names(claims: pl.DataFrame) -> dict[str, str]:
    described = claims.filter(claims["attributes"].is_not_null())
    said = {entity: orjson.loads(text) for entity, text in described.select("from_raw", "attributes").iter_rows()}
    return {entity: attributes.get("name") or attributes.get("inn", entity) for entity, attributes in said.items()}


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        # Texts give way on a narrow terminal; types, kinds and figures stay whole.
        wide = heading in ("column", "example", "from", "to")
        table.add_column(
            heading, overflow="ellipsis", no_wrap=True, max_width=24 if wide else 14, min_width=None if wide else 8
        )
    return table
