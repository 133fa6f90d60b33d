"""Small graphs, drawn as CSV, in a store of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from graph_service.analysis.needs import Needs, find_needs
from graph_service.graph import Graph
from graph_service.snapshot.filters import Filters, visible
from graph_service.snapshot.snapshot import Snapshot
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

DAY = date(2026, 11, 24)
COLUMNS = (
    "type,from,from_label,to,to_label,product,status,essential,complete,substitutable,count_min,buyer_share,"
    "sales_share,value,currency,quantity,unit,basis,period,record,share,document,confidence,value_min,value_max"
)
Draw = Callable[..., Graph]


@pytest.fixture
def draw(tmp_path: Path) -> Iterator[Draw]:
    """A graph from rows, each a mapping of the columns that it states; ends are companies unless told."""
    with ExitStack() as stack:
        number = 0

        def drawn(*rows: dict[str, object]) -> Graph:
            nonlocal number
            number += 1
            file = tmp_path / f"claims{number}.csv"
            names = COLUMNS.split(",")
            lines = [",".join(str(_row(row).get(name, "")) for name in names) for row in rows]
            file.write_text("\n".join([COLUMNS, *lines]) + "\n", "utf-8")
            graph = stack.enter_context(Graph(SqliteStore(tmp_path / f"{number}.sqlite")))
            report = graph.load("claims", [file], Options(source="Drawn"))
            assert report.rows_rejected == 0, report.first_rejects
            return graph

        yield drawn


_LABELS = {
    "NEEDS": ("Company", "Product"), "PRODUCES": ("Company", "Product"), "REQUIRES": ("Product", "Product"),
    "UNNAMED_SUPPLIERS_OF": ("PartnerGroup", "Company"), "LOCATED_IN": ("Company", "Region"),
    "EXPORTS_TO": ("Company", "Country"), "PART_OF": ("Region", "Country"), "MEMBER_OF": ("Company", "Cluster"),
    "OPERATES": ("Company", "Plant"),
}  # fmt: skip


def _row(row: dict[str, object]) -> dict[str, object]:
    source, target = _LABELS.get(str(row["type"]), ("Company", "Company"))
    return {"from_label": source, "to_label": target, **row}


def supplies(source: str, target: str, product: str = "", **more: object) -> dict[str, object]:
    """A SUPPLIES row."""
    return {"type": "SUPPLIES", "from": source, "to": target, "product": product, **more}


def needs(buyer: str, product: str, **more: object) -> dict[str, object]:
    """A NEEDS row."""
    return {"type": "NEEDS", "from": buyer, "to": product, **more}


def vital(buyer: str, product: str) -> dict[str, object]:
    """A need that stops its buyer for certain when it is not met."""
    return needs(buyer, product, essential="true", complete="true")


def needs_of(graph: Graph, **filters: object) -> tuple[Snapshot, Needs]:
    """The snapshot and its needs on the fixed day, actual links only."""
    snapshot = graph.live.view().snapshot
    own = Filters(**{"valid_at": DAY, "known_at": snapshot.version.number, "statuses": ("actual",), **filters})  # type: ignore[arg-type]
    return snapshot, find_needs(snapshot, visible(snapshot, own), DAY)


def place(snapshot: Snapshot, name: str) -> int:
    """Position of the entity with this name."""
    return next(n for n in range(len(snapshot.entity_ids)) if snapshot.name(n) == name)
