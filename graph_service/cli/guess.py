"""``zveno load table FILE --guess``: what the columns hold, a preview of the claims, and the mapping written down."""

from __future__ import annotations

import shlex
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph_service.domain.said import in_language
from graph_service.errors import BadInput
from graph_service.questions.wording import count
from loaders.loader import Batch, Options
from loaders.preview import previewed
from loaders.table import TableLoader
from loaders.tabular.guess import Guess, guess
from loaders.tabular.notes import column_notes

_PREVIEWED = 6


def show_guess(path: Path, sheet: str | None, lang: str) -> None:
    """Print the guess and write the mapping beside the file.

    Args:
        path: the table.
        sheet: the sheet to look at, and the only one that the mapping reads.
        lang: of notes and of reasons why rows would be rejected.

    Raises:
        BadInput: the file holds no table, nobody is named in it, or a mapping is there already (it is left alone).
    """
    found = guess(path, sheet)
    target = path.with_name(f"{path.name}.mapping.yaml")
    console = Console()
    where = f"sheet {found.sheet}, " if found.sheet else ""
    console.print(f"{path.name}: {where}headings in row {found.header_row}, {found.rows} rows below", soft_wrap=True)
    console.print(_columns(found))
    batch = _first_batch(path, found)
    claims, wrong = count(len(batch.claims.claims), "claim", "en"), count(len(batch.rejects), "row", "en")
    console.print(f"the first of {claims}; {wrong} would be rejected:")
    console.print(_claims(batch))
    for reject in batch.rejects[:3]:
        console.print(Text(f"{reject.where}: {in_language(reject.reason, lang)}", style="yellow"))
    for note in (*column_notes(found.columns, is_text=found.sheet is None), *batch.notes):
        console.print(Text(f"note: {in_language(note, lang)}", style="yellow"), soft_wrap=True)
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
    claims = previewed(batch, TableLoader.method, _PREVIEWED)
    has_product = any(claim["product"] for claim in claims)
    # The mapping that is written down says the basis; here it would push figures off a narrow terminal.
    figures = list(dict.fromkeys(name for claim in claims for name in claim["figures"] if name != "basis"))
    table = _table("type", "from", "to", *(["product"] if has_product else []), *figures)
    for claim in claims:
        ends = [claim["subject"], claim["target"], *([claim["product"]] if has_product else [])]
        table.add_row(*map(Text, (claim["type"], *ends, *(claim["figures"].get(name, "") for name in figures))))
    return table


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        # Texts give way on a narrow terminal; types, kinds and figures stay whole.
        wide = heading in ("column", "example", "from", "to", "product")
        table.add_column(
            heading, overflow="ellipsis", no_wrap=True, max_width=24 if wide else 14, min_width=None if wide else 8
        )
    return table
