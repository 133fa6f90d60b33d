"""The tables of the ``network`` format, declared once: columns, what they hold, and the claims that follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph_service.domain.nearest import nearest
from graph_service.errors import BadInput

ColumnKind = Literal["actor", "product", "place", "text", "inn", "number", "share", "flag", "date"]
"""actor and product: a key inside the folder · place: an ISO code · the others as in the claims format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file of the folder.

    Attributes:
        name: the file's name without its ending.
        columns: what each column holds.
        required: columns that must be there and filled in each row.
        label: for tables of entities, what they are.
        relation: for tables of facts, the type of claim that a row states.
        subject: column of the claim's subject.
        object: column of its object.
        product: column of its product, where it has one.
    """

    name: str
    columns: dict[str, ColumnKind]
    required: tuple[str, ...]
    label: str | None = None
    relation: str | None = None
    subject: str = "id"
    object: str | None = None
    product: str | None = None

    @property
    def record_columns(self) -> tuple[str, ...]:
        """Columns that may hold a row's own key; the first that is there does."""
        return ("id",) if self.label else ("record", "id")


def _facts(
    name: str,
    relation: str,
    subject: str,
    target: str,
    columns: dict[str, ColumnKind],
    product: str | None = None,
) -> Table:
    return Table(
        name=name,
        columns={**columns, "record": "text", "id": "text"},
        required=(subject, target),
        relation=relation,
        subject=subject,
        object=target,
        product=product,
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            name="companies", label="Company", required=("id",),
            columns={
                "id": "actor", "name": "text", "inn": "inn", "industry": "text", "region_iso": "place",
                "lat": "number", "lon": "number", "revenue": "number",
            },
        ),
        Table(
            name="plants", label="Plant", required=("id",),
            columns={
                "id": "actor", "name": "text", "company_id": "actor", "region_iso": "place",
                "lat": "number", "lon": "number",
            },
        ),
        Table(
            name="products", label="Product", required=("id",),
            columns={"id": "product", "name": "text", "okpd2": "text", "hs": "text"},
        ),
        _facts(
            "supplies", "SUPPLIES", "supplier_id", "buyer_id",
            {
                "supplier_id": "actor", "buyer_id": "actor", "product_id": "product", "basis": "text",
                "quantity": "number", "unit": "text", "value": "number", "currency": "text",
                "buyer_share": "share", "sales_share": "share",
                "valid_from": "date", "valid_to": "date", "period_from": "date", "period_to": "date",
            },
            product="product_id",
        ),
        _facts(
            "needs", "NEEDS", "company_id", "product_id",
            {
                "company_id": "actor", "product_id": "product", "quantity": "number", "unit": "text",
                "value": "number", "currency": "text", "essential": "flag", "complete": "flag",
            },
        ),
        _facts(
            "requires", "REQUIRES", "product_id", "input_id",
            {"product_id": "product", "input_id": "product", "quantity": "number", "substitutable": "flag"},
        ),
        _facts(
            "owns", "OWNS", "owner_id", "owned_id",
            {"owner_id": "actor", "owned_id": "actor", "share": "share"},
        ),
        _facts(
            "produces", "PRODUCES", "company_id", "product_id",
            {"company_id": "actor", "product_id": "product", "capacity": "number", "unit": "text"},
        ),
        _facts(
            "exports", "EXPORTS_TO", "company_id", "country_iso",
            {
                "company_id": "actor", "country_iso": "place", "product_id": "product", "value": "number",
                "currency": "text", "sales_share": "share",
            },
            product="product_id",
        ),
    )
}  # fmt: skip
"""Entities first: the facts after them refer to their keys."""

SOURCE_TABLE = "source"
SOURCE_COLUMNS = ("name", "rank", "licence", "url", "title", "published_on")
ENDINGS = (".csv", ".parquet")


def find_tables(paths: Iterable[Path]) -> dict[str, Path]:
    """The files by table name, in the order of the declaration, ``source`` last.

    Args:
        paths: folders, or single files of one.

    Raises:
        BadInput: a path is missing, a file is no table of the format, or one table is there twice.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise BadInput(f"there is no file or folder {path}", file=str(path))
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in inside:
            if path.is_dir() and file.suffix.lower() not in ENDINGS:
                continue
            name = file.stem.casefold()
            if file.suffix.lower() not in ENDINGS or name not in (*TABLES, SOURCE_TABLE):
                known = ", ".join((*TABLES, SOURCE_TABLE))
                raise BadInput(
                    f"{file.name} is no table of a network{nearest(name, (*TABLES, SOURCE_TABLE))} "
                    f"Known are {known}, as .csv or .parquet",
                    file=str(file),
                )
            if name in found:
                raise BadInput(f"{found[name].name} and {file.name} hold the same table", file=str(file))
            found[name] = file
    if not found.keys() & TABLES.keys():
        raise BadInput(f"no table of a network in {', '.join(map(str, paths))}: known are {', '.join(TABLES)}")
    return {name: found[name] for name in (*TABLES, SOURCE_TABLE) if name in found}


def check_header(table: Table, file: Path, header: list[str]) -> None:
    """Only known columns, each once, and all that are required.

    Raises:
        BadInput: naming the column and the nearest known one.
    """
    for name in header:
        if name not in table.columns:
            raise BadInput(
                f"{file.name}: unknown column {name!r}{nearest(name, table.columns)}",
                file=str(file), parameter=name,
            )  # fmt: skip
        if header.count(name) > 1:
            raise BadInput(f"{file.name}: column {name!r} stands there twice", file=str(file), parameter=name)
    for name in table.required:
        if name not in header:
            raise BadInput(f"{file.name}: the column {name!r} is missing", file=str(file), parameter=name)
