"""What is to be said of columns before they are read: two of one meaning, figures without a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph_service.domain.said import Said, said
from loaders.tabular.draft import BELONGING, CUSTOMER, IDENTIFYING, OF_THE_ROW, SUPPLIER, are_percentages
from loaders.tabular.recognise import Column
from loaders.tabular.units import measure_of


def doubles(columns: Sequence[Column]) -> list[tuple[Column, list[Column]]]:
    """Each column that is read, with those that mean the same of the same and are not."""
    alike: dict[tuple[str | None, str], list[Column]] = defaultdict(list)
    for column in columns:
        if column.kind in ((*IDENTIFYING, *BELONGING) if column.role else OF_THE_ROW):
            alike[column.role, column.kind].append(column)
    return [(own[0], own[1:]) for own in alike.values() if len(own) > 1]


def column_notes(columns: Sequence[Column], *, is_text: bool) -> list[Said]:
    """What a person should know who has these columns read.

    Args:
        columns: with what they hold.
        is_text: whether cells stand there as they were written, as for ``draft``.
    """
    notes = [
        said("one-meaning", what=_meaning(used), used=used.name, left=", ".join(f"«{column.name}»" for column in left))
        for used, left in doubles(columns)
    ]
    kinds = {column.kind for column in columns}
    roles = {column.role for column in columns}
    if {SUPPLIER, CUSTOMER} <= roles and "money" in kinds and "date" not in kinds:
        notes.append(said("no-dates"))
    if {SUPPLIER, CUSTOMER} <= roles:
        notes += _bare_figures(columns)
    for column in columns:
        is_share = column.kind in ("share", "sales_share") and column.largest is not None
        if is_share and not are_percentages(column, is_text):
            notes.append(said("parts", column=column.name))
    return notes


def _bare_figures(columns: Sequence[Column]) -> list[Said]:
    """What is read of figures and has no unit or currency."""
    first = {column.kind: column.name for column in reversed(columns)}
    notes = []
    if "quantity" in first and "unit" not in first and measure_of(first["quantity"]).unit is None:
        notes.append(said("no-unit", column=first["quantity"]))
    if "money" in first and measure_of(first["money"]).currency is None:
        notes.append(said("no-currency-named", column=first["money"]))
    return notes


def _meaning(column: Column) -> Said:
    kind = said(f"kind-{column.kind}")
    return said("kind-of", kind=kind, role=said(f"role-{column.role}")) if column.role else kind
