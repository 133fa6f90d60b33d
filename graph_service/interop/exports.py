"""The graph as files: GraphML, GEXF, and the three tables entities, claims, documents as XLSX, CSV or JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import xlsxwriter

from graph_service.domain.nearest import nearest
from graph_service.domain.schema import ATTRIBUTES, FIELDS
from graph_service.errors import BadParameter
from graph_service.interop.graphml import write_gexf, write_graphml
from graph_service.interop.networkx_graph import selected_graph
from graph_service.interop.selection import IDENTIFIERS, HasSnapshot, Selection, claim_values, entity_values, select
from graph_service.interop.sheets import BOOK_OPTIONS, add_sheet, csv_text
from graph_service.store.port import GraphStore

FORMATS = ("graphml", "gexf", "xlsx", "csv", "json")
_WORDS_AT_ONCE = 10_000
_ENDS = ("claim_id", "type", "from", "from_name", "to", "to_name", "product", "product_name")
_PROOF = ("document", "source_rank", "published_on", "last_seen", "quote", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with their columns in order; a row leaves out what is not known."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]


def format_of(path: Path, name: str | None) -> str:
    """The format asked for, else the one that the file's name ends in.

    Raises:
        BadParameter: it is none, or ``path`` cannot be of it.
    """
    chosen = name or path.suffix.lstrip(".").lower()
    if chosen not in FORMATS:
        wrong = f"format {chosen!r} is none of" if chosen else f"{path} ends in none of the formats"
        hint = nearest(chosen, FORMATS) if chosen else ": add one, or name it with --format"
        raise BadParameter(f"{wrong} {', '.join(FORMATS)}{hint}", parameter="format")
    if chosen == "csv" and path.suffix:
        raise BadParameter(
            f"csv is three tables: name a folder for them, e.g. {path.with_suffix('')} --format csv", parameter="path"
        )
    if not path.absolute().parent.is_dir():
        raise BadParameter(f"there is no folder {path.parent} to write {path.name} into", parameter="path")
    return chosen


def export(
    graph: HasSnapshot,
    path: Path,
    format: str,
    *,
    entity: str | None = None,
    hops: int = 1,
    valid_at: date | None = None,
    statuses: Sequence[str] = ("actual", "planned"),
    lang: str = "ru",
) -> Mapping[str, int]:
    """Write the whole graph or the neighbourhood of an entity.

    Args:
        graph: what to write.
        path: the file; for csv a folder, which gets entities.csv, claims.csv and documents.csv.
        format: one of ``FORMATS``.
        entity: id of the entity to stay around; None for the whole graph.
        hops: how many claims away from it.
        valid_at: the day it was true; today unless given.
        statuses: which claims count.
        lang: language of names; with ru, CSV is as a Russian Excel opens it.

    Returns:
        How many entities and claims were written.

    Raises:
        NotFound: no entity has this id.
        BadParameter: a parameter does not fit.
    """
    view = graph.live.view()
    selection = select(view.snapshot, entity=entity, hops=hops, valid_at=valid_at, statuses=statuses)
    if format in ("graphml", "gexf"):
        write = write_graphml if format == "graphml" else write_gexf
        found = selected_graph(selection, lang)
        _replace(path, lambda part: write(found, part))
    else:
        _write_tables(path, format, tables(selection, graph.live.store, lang), lang)
    return {"entities": len(selection.entities), "claims": len(selection.rows)}


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside the file, then put it in its place: nobody reads half of it."""
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def tables(selection: Selection, store: GraphStore, lang: str = "ru") -> dict[str, Table]:
    """Entities, the claims between them with their words, and the documents of these claims."""
    claims = _claim_rows(selection, store, lang)
    fields = [field.name for field in FIELDS if field.name not in (*_ENDS, *_PROOF)]
    return {
        "entities": _table(_entity_rows(selection, lang), ("id", "label", "name", "names", *IDENTIFIERS, *ATTRIBUTES)),
        "claims": _table(claims, (*_ENDS, *fields, *_PROOF)),
        "documents": _documents(store, {row["document"] for row in claims}),
    }


def _table(rows: Sequence[Mapping[str, Any]], order: Sequence[str]) -> Table:
    stated = {name for row in rows for name in row}
    return Table(columns=[name for name in dict.fromkeys(order) if name in stated], rows=rows)


def _entity_rows(selection: Selection, lang: str) -> list[dict[str, Any]]:
    rows = []
    for entity in selection.entities:
        values = entity_values(selection.snapshot, entity, lang)
        identifiers = values.pop("identifiers")
        rows.append({"id": selection.snapshot.entity_ids[entity], **values, **identifiers})
    return rows


def _claim_rows(selection: Selection, store: GraphStore, lang: str) -> list[dict[str, Any]]:
    snapshot, rows = selection.snapshot, selection.rows
    claim_ids = [snapshot.claim_ids[row] for row in rows.tolist()]
    ends = {name: snapshot.claims[name][rows].tolist() for name in ("from", "to")}
    found = []
    for position, values in enumerate(claim_values(snapshot, rows, lang)):
        row = {"claim_id": claim_ids[position], **values}
        for name, entities in ends.items():
            if (entity := entities[position]) >= 0:
                row |= {name: snapshot.entity_ids[entity], f"{name}_name": snapshot.name(entity, lang)}
        found.append(row)
    positions = {claim_id: position for position, claim_id in enumerate(claim_ids)}
    for start in range(0, len(claim_ids), _WORDS_AT_ONCE):
        for claim in store.claims(claim_ids[start : start + _WORDS_AT_ONCE]):
            words = {name: claim.fields[name] for name in ("quote", "note") if name in claim.fields}
            found[positions[claim.claim_id]] |= words
    return found


def _documents(store: GraphStore, document_ids: set[str]) -> Table:
    sources = {source.source_id: source for source in store.sources()}
    columns = ("id", "title", "url", "publisher", "rank", "published_on", "retrieved_on", "licence", "language", "key")
    rows: list[dict[str, Any]] = []
    for document in store.documents():
        if document.document_id in document_ids:
            source = sources[document.source_id]
            values = (
                document.document_id, document.title, document.url, source.name, source.rank, document.published_on,
                document.retrieved_on, document.licence or source.licence, document.language, document.key,
            )  # fmt: skip
            rows.append({name: value for name, value in zip(columns, values, strict=True) if value is not None})
    return Table(columns=columns, rows=rows)


def _write_tables(path: Path, format: str, found: Mapping[str, Table], lang: str) -> None:
    if format == "csv":
        path.mkdir(exist_ok=True)
        for name, table in found.items():
            content = csv_text(table.columns, table.rows, lang=lang).encode()
            _replace(path / f"{name}.csv", partial(Path.write_bytes, data=content))
    elif format == "xlsx":
        _replace(path, partial(_write_xlsx, found))
    else:
        rows = {name: table.rows for name, table in found.items()}
        _replace(path, partial(Path.write_bytes, data=orjson.dumps(rows, option=orjson.OPT_INDENT_2)))


def _write_xlsx(found: Mapping[str, Table], path: Path) -> None:
    with xlsxwriter.Workbook(str(path), BOOK_OPTIONS) as book:
        head = book.add_format({"bold": True})
        for name, table in found.items():
            add_sheet(book, head, name, table.columns, table.rows)
