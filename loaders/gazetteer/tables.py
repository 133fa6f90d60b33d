"""The gazetteer's tables: CSV files in one folder, which may be replaced as a whole."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from graph_service.errors import BadSettings

Row = dict[str, str]
_Built = TypeVar("_Built")


def read_table(path: Path, columns: tuple[str, ...], build: Callable[[Row], _Built]) -> list[_Built]:
    """Read a table and build something of each row.

    Args:
        path: A CSV file in UTF-8 with a header row; lines that begin with `#` before it are remarks.
        columns: The columns that it must have.
        build: Called with each row; a KeyError or ValueError from it is reported with its line.

    Raises:
        BadSettings: the file is missing, lacks a column, or has a row that cannot be.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path, f"cannot be read ({error})") from error
    remarks = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    reader = csv.DictReader(lines[remarks:])
    if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
        raise _bad(path, f"lacks the column {', '.join(missing)}")
    built = []
    for row in reader:
        try:
            built.append(build(row))
        except (KeyError, ValueError, TypeError) as error:
            raise _bad(path, f"has an impossible line {reader.line_num + remarks}: {error}") from error
    return built


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the entries of a cell that lists several, separated by semicolons."""
    return tuple(entry.strip() for entry in cell.split(";") if entry.strip())


def _bad(path: Path, trouble: str) -> BadSettings:
    return BadSettings(f"The gazetteer's table {path} {trouble}. Mend it, or name another folder of tables.")
