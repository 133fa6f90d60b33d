"""Rows that were not loaded: kept in a CSV beside the user, with file, sheet, row and reason; nothing is lost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from graph_service.domain.said import in_language
from graph_service.interop.sheets import defused
from loaders.loader import Reject

HEAD = ("file", "sheet", "row", "reason")
"""The columns before a rejected row's own cells; a corrected file is loaded with them (``loaders.sheets``)."""
ENDING = ".rejects.csv"
"""Files of that name inside a folder are no tables of it: their rows stand in the tables too."""


_DEFUSED = re.compile(r"^'+[=+\-@]")


def as_written(cell: str) -> str:
    """A cell of a file of rejected rows as the row had it: without the apostrophe that keeps a formula from running."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def _harmless(cell: str) -> str:
    return f"'{cell}" if _DEFUSED.match(cell) else defused(cell)


class RejectFile:
    """Writes rejects as they come; the file exists only if there are any."""

    def __init__(self, path: Path, lang: str = "en") -> None:
        self.path, self._lang = path, lang
        self.count = 0
        self._columns: list[str] = []
        self._rows: list[Reject] = []

    def add(self, rejects: Iterable[Reject]) -> None:
        """Remember rejects until ``close``."""
        for reject in rejects:
            self.count += 1
            self._rows.append(reject)
            self._columns += [name for name in reject.cells if name not in self._columns]

    def close(self) -> Path | None:
        """Write the file: the four columns of what is wrong, then the row's own cells.

        A Russian Excel opens it as it is; what looks like a formula has an apostrophe before it.

        Returns:
            The new name of a file that stood there and held something else: somebody may have corrected rows in it.
        """
        if not self._rows:
            return None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        content = self._text().encode("utf-8-sig")
        kept = None
        if self.path.exists() and self.path.read_bytes() != content:
            kept = self.path.rename(next(name for name in self._names() if not name.exists()))
        self.path.write_bytes(content)
        return kept

    def _names(self) -> Iterator[Path]:
        ending = ENDING if self.path.name.endswith(ENDING) else self.path.suffix
        for number in count(1):
            yield self.path.with_name(f"{self.path.name.removesuffix(ending)}.earlier-{number}{ending}")

    def _text(self) -> str:
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=";" if self._lang == "ru" else ",")
        writer.writerow([*HEAD, *map(_harmless, self._columns)])
        for reject in self._rows:
            where = reject.where
            writer.writerow(
                [
                    _harmless(where.file),
                    _harmless(where.sheet or ""),
                    where.row or "",
                    _harmless(in_language(reject.reason, self._lang)),
                    *(_harmless(reject.cells.get(name, "")) for name in self._columns),
                ]
            )
        return text.getvalue()
