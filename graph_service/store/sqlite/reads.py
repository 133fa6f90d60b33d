"""Reading SQLite back: the scan that a snapshot is built from, claims with all they carry, documents."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

import apsw
import polars as pl

from graph_service.domain.claims import Document, Source, with_per_year
from graph_service.domain.schema import FIELD
from graph_service.store.port import Scan, StoredClaim
from graph_service.store.sqlite.loads import read_version
from graph_service.store.sqlite.place import read_placement
from graph_service.store.sqlite.schema import STORED

_EPOCH = date(1970, 1, 1)
_NOT_SCANNED = {"quote", "note", "row", "dates", "method", "char_start", "char_end"}
SCANNED = tuple(field for field in STORED if field.name not in _NOT_SCANNED)
_CHUNK = 5_000  # rows as Python objects that still fit the processor's cache: twice as fast as 100,000
_POLARS: dict[str, type[pl.DataType]] = {
    "ref": pl.Int32,
    "term": pl.Int32,
    "text": pl.String,
    "number": pl.Float64,
    "integer": pl.Int64,
    "flag": pl.Boolean,
    "date": pl.Date,
}


def scan(connection: apsw.Connection, since: int) -> Scan:
    """Claims recorded by the last completed version, or recorded or retracted after ``since``.

    They are sorted by claim_id and version.
    """
    with connection:  # one read transaction: rows and dictionaries belong together
        version = read_version(connection)
        entities, entity_codes = _dictionary(connection, "entity", "entity_id")
        documents, document_codes = _dictionary(connection, "document", "document_id")
        terms, term_codes = _dictionary(connection, "term", "text")
        used = {field.name for field in SCANNED} if since else _used_columns(connection)
        frames = [_frame(rows, used) for rows in _chunks(connection, used, since, version.number)]
        placement = read_placement(connection)
        about = pl.DataFrame(
            connection.execute(
                "SELECT d.id, s.rank, d.published_on FROM document d JOIN source s ON s.id = d.source"
            ).fetchall(),
            schema={"document": pl.Int32, "source_rank": pl.Int8, "published_on": pl.Int32},
            orient="row",
        ).with_columns(pl.col("published_on").cast(pl.Date))
    claims = pl.concat(frames) if frames else _frame([], used)
    claims = claims.with_columns(
        pl.lit(None, dtype=_POLARS[field.kind]).alias(field.name) for field in SCANNED if field.name not in used
    ).rechunk()
    claims = claims.join(about, on="document", how="left", maintain_order="left")
    coded = [_code(claims, name, entity_codes) for name in ("from", "to", "from_raw", "to_raw", "product")]
    coded += [_code(claims, field.name, term_codes) for field in SCANNED if field.kind == "term"]
    coded.append(_code(claims, "document", document_codes))
    units = pl.col("unit").replace_strict(range(len(terms)), list(terms), default=None, return_dtype=pl.String)
    bases = pl.col("basis").replace_strict(range(len(terms)), list(terms), default=None, return_dtype=pl.String)
    claims = claims.with_columns(coded)
    per_year = with_per_year(
        claims.select(
            "quantity_min",
            "quantity_max",
            "value_min",
            "value_max",
            "period_from",
            "period_to",
            basis=bases,
            unit=units,
        )
    ).select("^.*_per_year_.*$", "base_unit")
    base_units = per_year["base_unit"]
    terms = [
        *terms,
        *(unit for unit in base_units.drop_nulls().unique().sort().to_list() if unit not in set(terms)),
    ]
    codes = {term: code for code, term in enumerate(terms)}
    claims = claims.with_columns(
        *(column for column in per_year.iter_columns() if column.name != "base_unit"),
        base_units.replace_strict(codes, default=-1, return_dtype=pl.Int32).fill_null(-1)
        if base_units.null_count() < len(base_units)
        else pl.lit(-1, dtype=pl.Int32).alias("base_unit"),
    ).sort("claim_id", "recorded")
    positions = pl.Series([document_codes[key] for key in about["document"].to_list()], dtype=pl.Int32)
    return Scan(
        version=version,
        claims=claims,
        documents_about=about.with_columns(position=positions).sort("position").select("source_rank", "published_on"),
        entities=entities,
        documents=documents,
        terms=terms,
        redirects=placement.redirects,
        units=placement.units,
    )


def _dictionary(connection: apsw.Connection, table: str, column: str) -> tuple[list[str], dict[int, int]]:
    rows: list[Any] = connection.execute(f"SELECT id, {column} FROM {table} ORDER BY {column}").fetchall()
    return [row[1] for row in rows], {row[0]: position for position, row in enumerate(rows)}


def _code(claims: pl.DataFrame, name: str, codes: dict[int, int]) -> pl.Expr:
    if not codes or claims[name].null_count() == len(claims):
        return pl.lit(-1, dtype=pl.Int32).alias(name)
    lookup = pl.Series([-1], dtype=pl.Int32).extend_constant(-1, max(codes))
    lookup = lookup.scatter(list(codes), list(codes.values()))
    return pl.lit(lookup).gather(pl.col(name).fill_null(0)).alias(name)


def _used_columns(connection: apsw.Connection) -> set[str]:
    """The fields that any claim states: a scan that reads empty columns takes twice as long."""
    names = [field.name for field in SCANNED]
    counts = connection.execute(f"SELECT {', '.join(f'count({name})' for name in names)} FROM claim").fetchone()
    assert counts is not None
    return {name for name, count in zip(names, counts, strict=True) if count}


def _chunks(
    connection: apsw.Connection, used: set[str], since: int, version: int
) -> Iterable[list[tuple[object, ...]]]:
    selected = "".join(f", {name}" for name in _scanned(used))
    cursor = connection.execute(
        f"SELECT claim_id, document, f, t, recorded, iif(retracted <= ?1, retracted, NULL){selected} FROM claim "
        "WHERE recorded <= ?1 AND (recorded > ?2 OR retracted > ?2)",
        (version, since),
    )
    while rows := list(islice(cursor, _CHUNK)):
        yield rows


def _scanned(used: set[str]) -> list[str]:
    return [field.name for field in SCANNED if field.name in used]


def _frame(rows: list[tuple[object, ...]], used: set[str]) -> pl.DataFrame:
    names = ["claim_id", "document", "from", "to", "recorded", "retracted", *_scanned(used)]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    series = []
    for name, values in zip(names, columns, strict=True):
        if name == "claim_id":
            series.append(pl.Series(name, values, dtype=pl.Binary).bin.encode("hex"))
        elif name in ("document", "from", "to", "recorded", "retracted"):
            series.append(pl.Series(name, values, dtype=pl.Int32))
        else:
            kind = FIELD[name].kind
            column = pl.Series(name, values, dtype=pl.Int32 if kind in ("date", "flag") else _POLARS[kind])
            series.append(column.cast(_POLARS[kind]))
    return pl.DataFrame(series)


def read_claims(
    connection: apsw.Connection, claim_ids: Iterable[str], names: Collection[str] | None = None
) -> list[StoredClaim]:
    """The latest row of each claim, every field by name, or those of these names."""
    wanted = [field for field in STORED if names is None or field.name in names]
    columns = ", ".join(
        f"(SELECT text FROM term WHERE term.id = c.{field.name})"
        if field.kind == "term"
        else f"(SELECT entity_id FROM entity WHERE entity.id = c.{field.name})"
        if field.kind == "ref"
        else f"c.{field.name}"
        for field in wanted
    )
    query = (
        "SELECT c.id, d.document_id, f.entity_id, t.entity_id, c.recorded, c.retracted, c.load, "
        "(SELECT group_concat(l.load) FROM claim_load l WHERE l.claim = c.id), "
        f"{columns} FROM claim c JOIN document d ON d.id = c.document JOIN entity f ON f.id = c.f "
        "LEFT JOIN entity t ON t.id = c.t WHERE c.id IN (SELECT value FROM json_each(?))"
    )
    asked = list(claim_ids)
    newest = _newest_rows(connection, asked)
    rows = {row[0]: row for row in connection.execute(query, (json.dumps(list(newest.values())),))}
    found = []
    for claim_id in asked:
        row = rows.get(newest.get(claim_id, -1))
        if row is None:
            continue
        _, document, from_id, to_id, recorded, retracted, load, restated, *values = row
        fields = {field.name: _value(field.kind, v) for field, v in zip(wanted, values, strict=True) if v is not None}
        found.append(
            StoredClaim(
                claim_id=claim_id,
                document_id=document,
                from_id=from_id,
                to_id=to_id,
                recorded=recorded,
                retracted=retracted,
                loads=tuple(sorted({load, *map(int, restated.split(",") if restated else ())})),
                fields=fields,
            )
        )
    return found


def _newest_rows(connection: apsw.Connection, claim_ids: Sequence[str]) -> dict[str, int]:
    """The newest row of each claim that is there."""
    wanted = json.dumps(list(claim_ids))
    query = (
        "SELECT j.value, c.id FROM json_each(?) j CROSS JOIN claim c WHERE c.claim_id = unhex(j.value) AND c.taken = 1"
    )
    found: dict[str, int] = dict(connection.execute(query, (wanted,)))
    for claim_id in claim_ids:
        if claim_id not in found:  # undone or replaced: the index holds the ids in use, so it is looked for row by row
            row = connection.execute(
                "SELECT id FROM claim WHERE claim_id = ? ORDER BY recorded DESC LIMIT 1", (bytes.fromhex(claim_id),)
            ).fetchone()
            if row is not None:
                found[claim_id] = int(row[0])
    return found


def _value(kind: str, value: object) -> object:
    if kind == "date" and isinstance(value, int):
        return _EPOCH + timedelta(days=value)
    return bool(value) if kind == "flag" else value


def _date(days: int | None) -> date | None:
    return None if days is None else _EPOCH + timedelta(days=days)


def read_documents(connection: apsw.Connection, document_ids: Iterable[str] | None) -> list[Document]:
    """Documents by id; texts only where ids are given."""
    select = (
        "SELECT d.document_id, s.source_id, d.key, d.title, d.url, d.published_on, d.retrieved_on, d.licence, "
        "d.language, d.sha256, {text} FROM document d JOIN source s ON s.id = d.source"
    )
    rows: list[Any]
    if document_ids is None:
        rows = connection.execute(f"{select.format(text='NULL')} ORDER BY d.document_id").fetchall()
    else:
        query = f"{select.format(text='d.text')} WHERE d.document_id IN (SELECT value FROM json_each(?))"
        rows = connection.execute(
            f"{query} ORDER BY d.document_id", (json.dumps(sorted(set(document_ids))),)
        ).fetchall()
    return [_document(row) for row in rows]


def _document(row: Sequence[Any]) -> Document:
    return Document(
        document_id=row[0],
        source_id=row[1],
        key=row[2],
        title=row[3],
        url=row[4],
        published_on=_date(row[5]),
        retrieved_on=_date(row[6]),
        licence=row[7],
        language=row[8],
        sha256=row[9],
        text=row[10],
    )


def read_sources(connection: apsw.Connection) -> list[Source]:
    """All sources."""
    rows = connection.execute("SELECT source_id, name, rank, licence FROM source ORDER BY source_id")
    return [Source(source_id=row[0], name=row[1], rank=row[2], licence=row[3]) for row in rows]
