"""Graphs that are hard on questions: rings of thirty, hubs of 12,000, parties that are only counted, names alike.

Each kind of entity that a question may be about has one of each: `Company ring 0`, `Region ring 0`, `Product hub` …
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph_service.graph import Graph
from graph_service.questions.question import Question
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

TIERS = 30
SPOKES = 12_000
COUNTED = 30
COLUMNS = "type,from,from_label,to,to_label,product,count_min,share,buyer_share_min,buyer_share_max,sales_share"
ABOUT = {
    "cooperation.cluster": "Cluster",
    "cooperation.project": "Project",
    "cooperation.region_flows": "Region",
    "cooperation.self_sufficiency": "Cluster",
    "dependency.bill_of_materials": "Product",
    "dependency.sellers": "Product",
    "exports.region_exports": "Region",
    "planning.could_make": "Region",
    "planning.unmet_needs": "Region",
}
"""What a question is asked about, where that is no company."""
LABELS = ("Company", *sorted(set(ABOUT.values())))
WHOLE = ("evidence.documents", "evidence.sources", "lookup.quality")
"""Questions about nobody."""


def load(folder: Path, rows: Iterator[str]) -> Graph:
    """A graph of these rows, to be closed by the caller."""
    folder.mkdir()
    file = folder / "claims.csv"
    file.write_text("\n".join((COLUMNS, *rows)) + "\n", "utf-8")
    graph = Graph(SqliteStore(folder / "x.sqlite"))
    report = graph.load("claims", [file], Options(source="Drawn"))
    assert report.rows_rejected == 0, report.first_rejects
    return graph


def small() -> Iterator[str]:
    """Chains of thirty tiers that close to rings, with loops; somebody whose partners are only counted."""
    for relation, label, product in (
        ("SUPPLIES", "Company", "Product ring 0"), ("OWNS", "Company", ""), ("REQUIRES", "Product", ""),
        ("PART_OF", "Region", ""),
    ):  # fmt: skip
        for near in range(TIERS + 1):
            far = (near + 1) % (TIERS + 1)
            share = "0.6" if relation == "OWNS" else ""
            yield f"{relation},{label} ring {far},{label},{label} ring {near},{label},{product},,{share},,,"
    yield "SUPPLIES,Company ring 7,Company,Company ring 7,Company,Product ring 0,,,,,"
    yield "COOPERATES_WITH,Company ring 7,Company,Company ring 7,Company,,,,,,"
    for number in range(TIERS + 1):
        unit = f"Company ring {number},Company"
        yield f"MEMBER_OF,{unit},Cluster ring 0,Cluster,,,,,,"
        yield f"PARTICIPATES_IN,{unit},Project ring 0,Project,,,,,,"
        yield f"LOCATED_IN,{unit},Region ring {number},Region,,,,,,"
        yield f"EXPORTS_TO,{unit},Land,Country,,,,,,0.1"
        yield f"PRODUCES,{unit},Product ring {number},Product,,,,,,"
    for relation in ("SUPPLIERS", "CUSTOMERS", "PARTNERS", "MARKETS"):
        yield f"UNNAMED_{relation}_OF,many {relation},PartnerGroup,Company alone,Company,,{COUNTED},,,,"
    yield "MEMBER_OF,Company alone,Company,Cluster alone,Cluster,,,,,,"
    yield "PARTICIPATES_IN,Company alone,Company,Project alone,Project,,,,,,"
    yield "LOCATED_IN,Company alone,Company,Region alone,Region,,,,,,"
    yield "PRODUCES,Company alone,Company,Product alone,Product,,,,,,"
    yield "PART_OF,Region alone,Region,Land,Country,,,,,,"
    yield "PART_OF,Region elsewhere,Region,Far land,Country,,,,,,"
    for label in LABELS:
        relation, target = {
            "Region": ("PART_OF", "Land,Country"), "Product": ("USED_IN", "Product ring 0,Product"),
            "Project": ("LOCATED_IN", "Region elsewhere,Region"), "Cluster": ("LOCATED_IN", "Region elsewhere,Region"),
            "Company": ("LOCATED_IN", "Region elsewhere,Region"),
        }[label]  # fmt: skip
        for name in ("old", "new"):
            yield f"{relation},{label} {name},{label},{target},,,,,,"


def hub() -> Iterator[str]:
    """Somebody with 12,000 neighbours of every kind."""
    for number in range(SPOKES):
        spoke = f"spoke {number},Company"
        shares = f"0,{number % 97 / 10_000 + 0.0001:g}" if number % 3 == 0 else ","
        yield f"SUPPLIES,{spoke},Company hub,Company,part,,,{shares},"
        yield f"SUPPLIES,Company hub,Company,{spoke},whole,,,,,"
        yield f"OWNS,Company hub,Company,{spoke},,,0.6,,,"
        yield f"LOCATED_IN,{spoke},Region hub,Region,,,,,,"
        yield f"MEMBER_OF,{spoke},Cluster hub,Cluster,,,,,,"
        yield f"PARTICIPATES_IN,{spoke},Project hub,Project,,,,,,"
        yield f"PRODUCES,{spoke},part,Product,,,,,,"
        yield f"EXPORTS_TO,{spoke},Land,Country,,,,,,0.1"
        yield f"REQUIRES,Product hub,Product,bit {number},Product,,,,,,"
    yield "PRODUCES,Company hub,Company,Product hub,Product,,,,,,"
    yield "PRODUCES,Company hub,Company,whole,Product,,,,,,"
    yield "LOCATED_IN,Company hub,Company,Region hub,Region,,,,,,"
    yield "PART_OF,Region hub,Region,Land,Country,,,,,,"


def given(graph: Graph, question: Question[Any], who: str, *, other: str, product: str) -> dict[str, Any]:
    """Parameters that ask a question about `who` of the kind that it is about."""
    fields = question.params.model_fields
    name = f"{ABOUT.get(question.name, 'Company')} {who}"
    found: dict[str, Any] = {"id": name} if "id" in fields else {}
    if question.name in ("evidence.claim", "evidence.document"):
        evidence = graph.ask("claims", id=name, limit=1)["evidence"]
        found["id"] = evidence["claims"][0] if question.name == "evidence.claim" else evidence["documents"][0]["id"]
    return found | {
        "cooperation.paths": {"from": name, "to": other},
        "cooperation.shared_partners": {"with": other},
        "dependency.common_suppliers": {"with": other},
        "evidence.certificate": {"question": "suppliers", "parameters": f"id={name}"},
        "evidence.diff": {"from": "0"},
        "lookup.search": {"q": name},
        "planning.could_make": {"product": product},
        "planning.what_if": {"off": name},
    }.get(question.name, {})
