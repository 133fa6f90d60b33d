"""What a file that was sent seems to hold, and what would be read from it: nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NotRequired

from typing_extensions import TypedDict

from graph_service.domain.said import Said
from graph_service.errors import BadInput
from graph_service.snapshot.snapshot import Snapshot
from graph_service.uploads.firms import Firms, FirmsItem
from graph_service.uploads.folder import Upload
from loaders.cells import known_columns
from loaders.claims_csv import ClaimsLoader
from loaders.loader import Options, Reject
from loaders.preview import PreviewedClaim, previewed
from loaders.run import Note, RejectedRow, count_types, plain_note, rejected_row
from loaders.sheets import Sheet, read_sheets
from loaders.table import TableLoader
from loaders.tabular.guess import guess_sheets, tables_of
from loaders.tabular.header import folded
from loaders.tabular.mapping import read_mapping, shipped_names

LOADERS: dict[str, ClaimsLoader | TableLoader] = {"claims": ClaimsLoader(), "table": TableLoader()}
"""Formats of one file that is sent alone; a network is a folder."""
CLAIMS_SHOWN = 20
REJECTS_SHOWN = 20
_CLAIMS_COLUMNS = {"type", "from"}


class ColumnItem(TypedDict):
    """A column: what it seems to hold, and whom it belongs to (``firm``, ``supplier``, ``customer``; null: the row)."""

    name: str
    example: str
    kind: str
    fit: float
    role: str | None
    largest: float | None


class LookItem(TypedDict):
    """What a file holds.

    ``format`` is ``claims`` where the columns are those of the claims format, else ``table``; then ``columns`` are
    what was recognised and ``mapping`` is the mapping that follows, as YAML, or ``unclear`` says why none does.
    ``shipped`` names mappings of the program that fit. Rejected rows that are sent again name in ``origins`` the
    files that they are from, and have the ``mapping``, ``source`` and ``rank`` with which those were loaded.
    ``sheets`` names the sheets of a workbook that hold a table, where there are several.
    """

    id: str
    name: str
    bytes: int
    format: str
    sheet: NotRequired[str]
    sheets: NotRequired[list[str]]
    header_row: NotRequired[int]
    rows: NotRequired[int]
    columns: NotRequired[list[ColumnItem]]
    mapping: NotRequired[str]
    unclear: NotRequired[str]
    shipped: NotRequired[list[str]]
    origins: NotRequired[list[str]]
    source: NotRequired[str]
    rank: NotRequired[int]


class PreviewItem(TypedDict):
    """What a load would do: the first claims and rejected rows, and how many there are of each.

    ``notes`` are what a person should know of the file before loading it; ``firms`` whom the graph knows already.
    """

    mapping: str | None
    rows_read: int
    rows_rejected: int
    claims: int
    claims_by_type: dict[str, int]
    items: list[PreviewedClaim]
    rejects: list[RejectedRow]
    notes: list[Note]
    firms: FirmsItem


def look(upload: Upload, sheet: str | None = None) -> LookItem:
    """What a file holds.

    Args:
        upload: the file.
        sheet: the sheet to look at, and the only one to read; the first with a table where None.

    Raises:
        BadInput: no table can be read from it, or there is no such sheet.
    """
    path = upload.file
    sheets = list(read_sheets(path))
    item: LookItem = {"id": upload.upload_id, "name": path.name, "bytes": path.stat().st_size, "format": "table"}
    if origins := sorted({name for sheet in sheets for name in sheet.origins if name}):
        item["origins"] = origins
    if _is_claims(sheets):
        item["format"] = "claims"
        return item
    found = guess_sheets(path, sheets, sheet)
    if found.sheet is not None:
        item["sheet"] = found.sheet
    if len(tables := tables_of(sheets)) > 1:
        item["sheets"] = tables
    item |= {
        "header_row": found.header_row,
        "rows": found.rows,
        "columns": [
            {
                "name": c.name,
                "example": c.example,
                "kind": c.kind,
                "fit": round(c.fit, 3),
                "role": c.role,
                "largest": c.largest,
            }
            for c in found.columns
        ],
        "shipped": _fitting([column.name for column in found.columns]),
    }
    try:
        item["mapping"] = found.yaml()
    except BadInput as problem:
        item["unclear"] = problem.detail
    return item


def preview(upload: Upload, format: str, mapping: str | None, options: Options, snapshot: Snapshot) -> PreviewItem:
    """Read the whole file as a load would, and write nothing.

    Args:
        upload: the file.
        format: ``claims`` or ``table``.
        mapping: its text, for a table.
        options: who says so.
        snapshot: the graph, for whom it knows already.

    Raises:
        BadInput: the file as a whole cannot be read that way.
    """
    loader = LOADERS[format]
    by_type: dict[str, int] = {}
    items: list[PreviewedClaim] = []
    rejects: list[Reject] = []
    notes: list[Said] = []
    firms = Firms(snapshot)
    read = rejected = 0
    with TemporaryDirectory(prefix="zveno-mapping-") as folder:
        if mapping is not None:
            path = Path(folder) / "mapping.yaml"
            path.write_text(mapping, encoding="utf-8")
            options = replace(options, mapping=str(path))
        for batch in loader.batches([upload.file], options):
            read = batch.rows_read
            rejected += len(batch.rejects)
            rejects += batch.rejects[: REJECTS_SHOWN - len(rejects)]
            notes += batch.notes
            firms.add(batch)
            count_types(by_type, batch)
            items = items or previewed(batch, loader.method, CLAIMS_SHOWN)
    return {
        "mapping": mapping,
        "rows_read": read,
        "rows_rejected": rejected,
        "claims": sum(by_type.values()),
        "claims_by_type": dict(sorted(by_type.items())),
        "items": items,
        "rejects": [rejected_row(reject) for reject in rejects],
        "notes": [plain_note(note) for note in notes],
        "firms": firms.item(),
    }


def _is_claims(sheets: Sequence[Sheet]) -> bool:
    known = set(known_columns())
    for sheet in sheets:
        heading = {cell.strip() for cell in sheet.rows[0] if cell.strip()} if sheet.rows else set()
        if heading >= _CLAIMS_COLUMNS and len(heading & known) * 2 > len(heading):
            return True
    return False


def _fitting(columns: Sequence[str]) -> list[str]:
    """Shipped mappings of which the file has every column."""
    given = {folded(name) for name in columns}
    fitting = []
    for name in shipped_names():
        mapping = read_mapping(name)
        needed = {folded(column) for column in mapping.columns()} - {folded(c) for c in mapping.optional_columns}
        if needed <= given:
            fitting.append(name)
    return fitting
