"""``documents.csv`` beside tables of the claims format: the documents that rows name, with their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from graph_service.domain.names import fold
from graph_service.errors import BadInput
from loaders.cells import parse_day
from loaders.loader import UNKNOWN_RANK, DocumentInfo, Options, Where
from loaders.sheets import read_sheets

DOCUMENTS = "documents.csv"
_RANKS = ("1", "2", "3", "4", "5")


def read_documents(path: Path, options: Options) -> Iterator[DocumentInfo]:
    """The documents that ``documents.csv`` describes; texts are read from the files it names.

    One that names no publisher or rank has those of the load; where that names none either, it is a source of its own.

    Raises:
        BadInput: a key, publisher, rank or date is missing or wrong, or a text file is not there, is no UTF-8 or lies
            outside the folder.
    """
    sheet = next(iter(read_sheets(path)))
    if not sheet.rows:
        raise BadInput(f"{path.name} is empty: write a heading with the column document", file=str(path))
    header = [fold(name).replace(" ", "_") for name in sheet.rows[0]]
    for number, cells in zip(sheet.numbers[1:], sheet.rows[1:], strict=True):
        row = {name: text for name, text in zip(header, cells, strict=False) if text}
        where = Where(file=path.name, row=number)
        try:
            yield _document(path.parent, row, options)
        except BadInput as problem:
            raise BadInput(f"{where}: {problem.detail}", file=str(path), row=number) from problem


def _document(folder: Path, row: Mapping[str, str], options: Options) -> DocumentInfo:
    rank = row.get("rank") or str(options.rank or UNKNOWN_RANK)
    if "document" not in row or rank not in _RANKS:
        raise BadInput("a document needs a key in `document` and a rank from 1 to 5")
    text = _text(folder, row["text_file"]) if "text_file" in row else None
    days = {name: parse_day(row[name]) for name in ("published_on", "retrieved_on") if name in row}
    return DocumentInfo(
        key=row["document"], publisher=row.get("publisher") or options.source or row["document"], rank=int(rank),
        title=row.get("title"), url=row.get("url"), published_on=days.get("published_on"),
        retrieved_on=days.get("retrieved_on"), licence=row.get("licence"), language=row.get("language"), text=text,
        sha256=sha256(text.encode()).hexdigest() if text else None,
    )  # fmt: skip


def _text(folder: Path, name: str) -> str:
    try:
        # A folder from elsewhere must not fetch other files of this machine, by `..`, a full path or a link.
        file = (folder / name).resolve()
        if file.parent != folder.resolve():
            raise BadInput(f"text_file {name!r} is outside the folder: put the text beside {DOCUMENTS}")
        if not file.is_file():
            raise BadInput(f"there is no text file {name!r}")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput(f"text file {name!r} is no UTF-8: save it as UTF-8") from problem
    except (OSError, ValueError, RuntimeError) as problem:  # a name that cannot be one, links in a circle
        raise BadInput(f"text file {name!r} cannot be read: {problem}") from problem
