"""Reading Neo4j back: the scan that a snapshot is built from, claims with all they carry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from graph_service.domain.claims import with_per_year
from graph_service.domain.clocks import Version
from graph_service.domain.schema import FIELD, FIELDS
from graph_service.store.neo4j.attributes import field_names, restore
from graph_service.store.neo4j.connection import Connection
from graph_service.store.neo4j.place import read_placement
from graph_service.store.neo4j.schema import STORED
from graph_service.store.port import Scan, StoredClaim

_NOT_SCANNED = {"quote", "note", "row", "dates", "method", "char_start", "char_end"}
_SCANNED = tuple(field for field in STORED if field.name not in _NOT_SCANNED)
_KEYS = ("claim_id", "document_id", "recorded", "retracted")
_READ: dict[str, type[pl.DataType]] = {
    "ref": pl.String,
    "term": pl.String,
    "text": pl.String,
    "number": pl.Float64,
    "integer": pl.Int64,
    "flag": pl.Boolean,
    "date": pl.String,
}
_CHUNK = 100_000


def read_version(connection: Connection) -> Version:
    """The last completed version."""
    meta = connection.read("read/meta")[0]
    return Version(number=meta["version"], committed_at=meta["committed_at"])


def scan(connection: Connection, since: int) -> Scan:
    """Claims recorded by the last completed version, or recorded or retracted after ``since``.

    They are sorted by claim_id and version.

    A server does not hold still while it is read; if a load was completed meanwhile, the scan begins again.
    """
    while True:
        version = read_version(connection)
        found = _scan(connection, since, version)
        if read_version(connection).number == version.number:
            return found


def _scan(connection: Connection, since: int, version: Version) -> Scan:
    used = set(connection.read("read/meta")[0]["used"])
    names = [*_KEYS, *(f.name for f in _SCANNED if f.name in used and f.name not in ("type", "attributes"))]
    frames = [
        *_frames(_claims(connection, names, since, version.number), ["type", *names]),
        *_frames(_descriptions(connection, since, version.number), ["type", *_KEYS, *(f.name for f in _SCANNED[1:])]),
    ]
    claims = pl.concat([*frames, _frame({"type": []})], how="diagonal")
    missing = [pl.lit(None, dtype=_dtype(n)).alias(n) for n in (*_KEYS, *FIELD) if n not in claims.columns]
    claims = claims.with_columns(missing).with_columns(
        pl.col(field.name).str.to_date("%Y-%m-%d") for field in _SCANNED if field.kind == "date"
    )
    placement = read_placement(connection)
    documents = pl.DataFrame(
        [tuple(row) for row in connection.stream("read/scan_documents")],
        schema={"document_id": pl.String, "source_rank": pl.Int8, "published_on": pl.String},
        orient="row",
    ).with_columns(pl.col("published_on").str.to_date("%Y-%m-%d"))
    claims = claims.with_columns(
        placement.place_columns(claims).rename({"from_id": "from", "to_id": "to"}),
        retracted=pl.when(pl.col("retracted") <= version.number).then("retracted"),
    ).join(documents, on="document_id", how="left", maintain_order="left")
    claims = with_per_year(claims).sort("claim_id", "recorded")
    references = ["from", "to", *(field.name for field in _SCANNED if field.kind == "ref")]
    worded = [field.name for field in FIELDS if field.kind == "term" and field.name not in _NOT_SCANNED]
    entities = _distinct(claims, references)
    terms = _distinct(claims, worded)
    coded = [
        *(_coded(name, entities) for name in references),
        *(_coded(name, terms) for name in worded),
        _coded("document_id", documents["document_id"].to_list()).alias("document"),
    ]
    per_year = [field.name for field in FIELDS if field.derived and field.kind == "number"]
    claims = claims.with_columns(coded).select(
        "claim_id", "document", "from", "to", pl.col("recorded").cast(pl.Int32), pl.col("retracted").cast(pl.Int32),
        *(field.name for field in _SCANNED), "source_rank", "published_on", *per_year, "base_unit",
    )  # fmt: skip
    return Scan(
        version=version, claims=claims, documents_about=documents.select("source_rank", "published_on"),
        entities=entities, documents=documents["document_id"].to_list(), terms=terms,
        redirects=placement.redirects, units=placement.units,
    )  # fmt: skip


def _claims(connection: Connection, names: Sequence[str], since: int, version: int) -> Iterator[list[Sequence[object]]]:
    """Columns of the claims that begin at one node, for each node."""
    for row in connection.stream("read/scan_claims", names=names, since=since, version=version):
        yield [row["types"], *row["columns"]]


def _descriptions(connection: Connection, since: int, version: int) -> Iterator[list[Sequence[object]]]:
    for row in connection.stream("read/scan_descriptions", since=since, version=version):
        claims = row["claims"]
        stated = [field_names(claim) for claim in claims]
        columns: list[Sequence[object]] = [["DESCRIBED_IN"] * len(claims)]
        columns += [[claim.get(name) for claim in claims] for name in _KEYS]
        for field in _SCANNED[1:]:
            if field.name == "attributes":
                columns.append([restore(claim) for claim in claims])
            else:
                columns.append(
                    [c.get(field.name) if field.name in s else None for c, s in zip(claims, stated, strict=True)]
                )
        yield columns


def _frames(parts: Iterator[list[Sequence[object]]], names: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Gather small lists into frames of many rows: what waits as Python objects stays small."""
    gathered: list[list[object]] = [[] for _ in names]
    for columns in parts:
        for column, values in zip(gathered, columns, strict=True):
            column.extend(values)
        if len(gathered[0]) >= _CHUNK:
            yield _frame(dict(zip(names, gathered, strict=True)))
            gathered = [[] for _ in names]
    yield _frame(dict(zip(names, gathered, strict=True)))


def _frame(columns: Mapping[str, Sequence[object]]) -> pl.DataFrame:
    return pl.DataFrame([pl.Series(name, values, dtype=_dtype(name)) for name, values in columns.items()])


def _dtype(name: str) -> type[pl.DataType]:
    if name in ("recorded", "retracted"):
        return pl.Int64
    return _READ[FIELD[name].kind] if name in FIELD else pl.String


def _distinct(claims: pl.DataFrame, names: Sequence[str]) -> list[str]:
    return pl.concat([claims[name].drop_nulls().unique().rename("x") for name in names]).unique().sort().to_list()


def _coded(name: str, texts: Sequence[str]) -> pl.Expr:
    """Positions in ``texts``; -1 for nothing."""
    return pl.col(name).cast(pl.Enum(texts)).to_physical().cast(pl.Int32).fill_null(-1)


def read_claims(
    connection: Connection, claim_ids: Iterable[str], names: Collection[str] | None = None
) -> list[StoredClaim]:
    """The latest state of these claims, in the order asked, every field by name, or those of these names."""
    wanted = list(claim_ids)
    rows = connection.read("read/claims_by_id", ids=list(dict.fromkeys(wanted)))
    found: dict[str, tuple[str, dict[str, Any]]] = {
        row["claim"]["claim_id"]: (row["type"], row["claim"]) for row in rows
    }
    lacking = [claim_id for claim_id in dict.fromkeys(wanted) if claim_id not in found]
    if lacking:
        rows = connection.read("read/claims_out_of_use", ids=lacking)
        found |= {row["claim"]["claim_id"]: (row["type"], row["claim"]) for row in rows}
    raw_ids = {claim[end] for _, claim in found.values() for end in ("from_raw", "to_raw") if claim.get(end)}
    placement = read_placement(connection, raw_ids)
    claims = []
    for claim_id in wanted:
        if claim_id in found:
            relation_type, claim = found[claim_id]
            to_raw = claim.get("to_raw")
            claims.append(
                StoredClaim(
                    claim_id=claim_id,
                    document_id=claim["document_id"],
                    from_id=placement.place(claim["from_raw"], relation_type),
                    to_id=None if to_raw is None else placement.place(to_raw, relation_type),
                    recorded=claim["recorded"],
                    retracted=claim.get("retracted"),
                    loads=tuple(sorted(claim["loads"])),
                    fields={
                        name: value
                        for name, value in _fields(relation_type, claim).items()
                        if names is None or name in names
                    },
                )
            )
    return claims


def _fields(relation_type: str, claim: Mapping[str, Any]) -> dict[str, object]:
    stated: dict[str, object] = dict(claim)
    if relation_type == "DESCRIBED_IN":
        names = field_names(claim)
        stated = {name: value for name, value in claim.items() if name in names}
        stated["attributes"] = restore(claim)
    stated["type"] = relation_type
    fields: dict[str, object] = {}
    for field in STORED:
        value = stated.get(field.name)
        if value is not None:
            fields[field.name] = date.fromisoformat(str(value)) if field.kind == "date" else value
    return fields
