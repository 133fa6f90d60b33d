"""A graph in which every condition of every twin matters: for each relation one claim per reason to count or not.

The claims of one relation differ in exactly one thing each, so that a condition left out of a query lets one of them
through. Loaded as two loads and one retraction by hand: version 1, 2, 3.
"""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

from graph_service.graph import Graph
from graph_service.store.port import LoadRequest
from loaders.loader import Options

VARIANTS: dict[str, dict[str, str]] = {
    "plain": {},
    "future": {"valid_from": "2030-01-01"},
    "past": {"valid_to": "2019-12-31"},
    "later": {},
    "retracted": {},
    "planned": {"status": "planned"},
    "cancelled": {"status": "cancelled"},
    "doubtful": {"confidence": "0.3"},
    "disputed": {"review": "disputed"},
    "confirmed": {"review": "confirmed"},
    "old": {"document": "old"},
    "other": {"document": "other"},
    "undated": {"document": "undated"},
    "p2": {"product": "P2"},
    "bare": {"product": ""},
}
_BASE = {"document": "main", "product": "P1", "status": "actual"}
DOCUMENTS = [
    {"document": "main", "publisher": "Main", "rank": "3", "published_on": "2025-05-01"},
    {"document": "old", "publisher": "Main", "rank": "3", "published_on": "2009-05-01"},
    {"document": "other", "publisher": "Other", "rank": "2", "published_on": "2024-05-01"},
    {"document": "old register", "publisher": "Other", "rank": "2", "published_on": "2009-05-01"},
    {"document": "undated", "publisher": "Main", "rank": "3", "published_on": ""},
]
_LATER = ("later", "retracted")
Rows = list[dict[str, str]]


def _entities() -> Rows:
    points = {
        "Near": ("48.80", "44.75", "site"), "Far": ("55.75", "37.62", "site"), "Edge": ("48.80", "44.60", "town"),
        "Hub": ("48.80", "44.74", "site"),
    }  # fmt: skip
    rows = [
        {"type": "DESCRIBED_IN", "from": name, "from_label": "Company", "name": name, "lat": lat, "lon": lon,
         "point_precision": precision, "document": "main"}
        for name, (lat, lon, precision) in points.items()
    ]  # fmt: skip
    rows += [
        {"type": "DESCRIBED_IN", "from": name, "from_label": label, "name": name, "document": "main"}
        for name, label in (
            ("P1", "Product"), ("P2", "Product"), ("Made", "Product"), ("Cluster", "Cluster"), ("Project", "Project"),
            ("Works", "Plant"), ("Works Ltd", "Company"), ("Roaming", "Plant"), ("Townless", "Company"),
            ("Elsewhere", "Company"), ("Nowhere", "Company"), ("Town firm", "Company"), ("Ghost", "Company"), ("Moved", "Company"), ("Asker", "Company"), ("Member", "Company"),
            ("Member works", "Plant"), ("Guild", "Cluster"),
        )
    ]  # fmt: skip
    return rows


def _variants(relation: str, template: dict[str, str], role: str) -> Rows:
    """One claim for each variant, with a counterparty of its own in place of ``*``."""
    rows = []
    for name, changes in VARIANTS.items():
        row = {**_BASE, **changes, "type": relation, "record": f"{relation} {role} {name}"}
        row |= {end: text.replace("*", f"{role} {name}") for end, text in template.items()}
        row |= {"_load": name} if name in _LATER else {}
        rows.append(row)
    return rows


def _facts() -> Rows:
    rows = _variants("SUPPLIES", {"from": "*", "to": "Hub"}, "supplier")
    rows += _variants("SUPPLIES", {"from": "Hub", "to": "*"}, "customer")
    rows += _variants("COOPERATES_WITH", {"from": "Hub", "to": "*", "to_label": "Company"}, "friend")
    rows += _variants("OWNS", {"from": "*", "to": "Hub"}, "owner")
    rows += _variants("MEMBER_OF", {"from": "*", "from_label": "Company", "to": "Cluster"}, "member")
    rows += _variants("MEMBER_OF", {"from": "Hub", "to": "*", "to_label": "Cluster"}, "club")
    for name in VARIANTS:
        rows.append({**_BASE, "type": "MEMBER_OF", "from": f"fellow {name}", "from_label": "Company",
                     "to": f"club {name}", "to_label": "Cluster"})  # fmt: skip
    rows += [
        {**_BASE, "type": "MEMBER_OF", "from": "Hub", "to": "Cluster"},
        {**_BASE, "type": "PARTICIPATES_IN", "from": "Hub", "to": "Project"},
        {**_BASE, "type": "PARTICIPATES_IN", "from": "Member", "to": "Project"},
        {**_BASE, "type": "MEMBER_OF", "from": "Member", "to": "Guild"},
        {**_BASE, "type": "MEMBER_OF", "from": "Hub", "to": "Guild"},
        {**_BASE, "type": "OPERATES", "from": "Member", "to": "Member works"},
        {**_BASE, "type": "OPERATES", "from": "Works Ltd", "to": "Works"},
        {**_BASE, "type": "SELLS_TO", "from": "Hub", "to": "iso:RU-VGG"},
        {**_BASE, "type": "SELLS_TO", "from": "Near", "to": "iso:RU-VGG"},
        {**_BASE, "type": "SUPPLIES", "from": "Works Ltd", "to": "Hub"},
        {**_BASE, "type": "COOPERATES_WITH", "from": "Works", "to": "Works Ltd", "kind": "inner"},
        {**_BASE, "type": "USED_IN", "from": "P1", "kind": "roads"},
        {**_BASE, "type": "HAS", "from": "Hub", "kind": "Jobs", "quantity": "5", "unit": "pcs", "product": ""},
    ]  # fmt: skip
    # A cycle back to the hub, a chain of six tiers, a parallel claim, a counted group.
    chain = ["supplier plain", "tier 2", "tier 3", "tier 4", "tier 5", "tier 6"]
    rows += [
        {**_BASE, "type": "SUPPLIES", "from": a, "to": b} for b, a in pairwise(chain)
    ]  # fmt: skip
    down = ["customer plain", "down 2", "down 3", "down 4", "down 5"]
    rows += [{**_BASE, "type": "SUPPLIES", "from": a, "to": b} for a, b in pairwise(down)]
    rows += [
        {**_BASE, "type": "SUPPLIES", "from": "Hub", "to": "supplier plain", "record": "cycle"},
        {**_BASE, "type": "SUPPLIES", "from": "supplier plain", "to": "Hub", "record": "parallel", "document": "other"},
        {**_BASE, "type": "UNNAMED_SUPPLIERS_OF", "from": "Many", "to": "Hub", "count_min": "30"},
    ]
    return rows


def _shared() -> Rows:
    """Whoever supplies or owns the hub supplies or owns a second one for certain, and a third through another."""
    rows: Rows = []
    for name, changes in VARIANTS.items():
        own = {**_BASE, **(changes if name in ("planned", "other", "p2") else {}), "to_label": "Company"}
        for relation, role in (("SUPPLIES", "supplier"), ("OWNS", "owner")):
            rows.append({**own, "type": relation, "from": f"{role} {name}", "to": "Second"})
    rows += [
        {**_BASE, "type": "SUPPLIES", "from": "tier 2", "to": "Near"},
        {**_BASE, "type": "SUPPLIES", "from": "Second", "to": "Third", "to_label": "Company"},
        {**_BASE, "type": "OWNS", "from": "owner plain", "to": "Works Ltd"},
        {**_BASE, "type": "OWNS", "from": "owner other", "to": "Works"},
        {**_BASE, "type": "SUPPLIES", "from": "supplier plain", "to": "Works"},
    ]
    return rows


def _needs() -> Rows:
    """What a buyer gets from one supplier: each need once for each reason that could decide otherwise."""
    rows: Rows = []
    variants = {name: changes for name, changes in VARIANTS.items() if name not in ("p2", "bare")}
    bought = {**_BASE, "type": "SUPPLIES", "from": "supplier plain", "to": "Buyer", "to_label": "Company"}

    def vary(what: str, about: dict[str, str]) -> None:
        for name, changes in variants.items():
            own = {key: text.replace("*", f"{what} {name}") for key, text in about.items()}
            row = {**_BASE, "product": "", **own, **changes, "record": f"{what} {name}"}
            rows.append(row | ({"_load": name} if name in _LATER else {}))
            if what != "bought":
                rows.append({**bought, "product": f"{what} {name}"})
        rows.append({**bought, "product": f"{what} plain", "document": "other"})

    vary("bought", {**bought, "product": "*"})
    vary("made", {"type": "PRODUCES", "from": "Buyer", "to": "*"})
    vary("counted", {"type": "UNNAMED_SUPPLIERS_OF", "from": "Many", "to": "Buyer", "product": "*", "count_min": "5"})
    vary("whole", {"type": "NEEDS", "from": "Buyer", "to": "*", "complete": "true"})
    few = {**_BASE, "type": "UNNAMED_SUPPLIERS_OF", "from": "Many", "to": "Buyer", "product": "few", "count_min": "1"}
    rows += [
        few,
        {**bought, "product": "few"},
        {**bought, "product": "all of it", "buyer_share": "100%"},
        {**_BASE, "type": "NEEDS", "from": "Buyer", "to": "uncounted", "product": "", "complete": "true"},
        *({**few, "product": product, "count_min": ""} for product in ("uncounted", "all of it")),
        {**bought, "product": "uncounted"},
        {**bought, "product": "two sources"},
        {**bought, "product": "two sources", "from": "supplier other"},
        {**bought, "product": "P1"},
        {**bought, "product": "P2"},
        {**bought, "product": ""},
        {**bought, "product": "", "from": "supplier other"},
        {**bought, "from": "Buyer", "product": "own use"},
    ]
    return rows


def _flows() -> Rows:
    """Links of the hub, which is in a region, with parties of every kind of home, and of parties with each other."""
    homes = ("Far", "Near", "Town firm", "Elsewhere", "Townless", "Ghost", "Moved", "In a lost hamlet", "Nowhere")
    rows: Rows = [
        {**_BASE, "type": "SUPPLIES", "from": "Hub", "to": other, "record": f"flow {other}"} for other in homes
    ]
    located = {**_BASE, "type": "LOCATED_IN", "product": ""}
    rows += [
        {**_BASE, "type": "SUPPLIES", "from": "Hub", "to": "Hub", "record": "own use"},
        {**_BASE, "type": "SUPPLIES", "from": "Moved", "to": "Elsewhere", "record": "flow elsewhere"},
        {**_BASE, "type": "SUPPLIES", "from": "Lost firm", "from_label": "Company", "to": "Elsewhere"},
        {**_BASE, "type": "SUPPLIES", "from": "Lost firm", "to": "Hub", "document": "other"},
        {"type": "DESCRIBED_IN", "from": "Lost area", "from_label": "Region", "name": "Lost area", "document": "main"},
        {"type": "DESCRIBED_IN", "from": "Lost region", "from_label": "Region", "name": "Lost region",
         "document": "main"},
        {**located, "from": "Lost firm", "to": "Lost region", "to_label": "Region"},
        {**located, "type": "PART_OF", "from": "Lost region", "from_label": "Region", "to": "Lost area",
         "to_label": "Region", "record": "lost region", "_load": "retracted"},
        {**located, "from": "Works Ltd", "to": "iso:RU-MOW", "document": "old"},
    ]  # fmt: skip
    return rows


def _exports() -> Rows:
    countries = ["AM", "KZ", "BY", "DE", "FR", "IT", "CN", "IN", "TR", "UZ", "GE", "AZ", "US", "JP", "MN"]
    rows = _variants("EXPORTS_TO", {"from": "Hub"}, "export")
    return [{**row, "to": f"iso:{iso}"} for row, iso in zip(rows, countries, strict=True)]


def _makers() -> Rows:
    # The product of PRODUCES is its object, so variants of the product make no difference here.
    rows = _variants("PRODUCES", {"from": "*", "to": "Made"}, "maker")
    made = [{**row, "product": ""} for row in rows if not row["record"].endswith((" p2", " bare"))]
    places: Rows = []
    for row in made:
        places.append(
            {**_BASE, "type": "LOCATED_IN", "from": row["from"], "to": "city:Волжский, RU-VGG", "product": ""}
        )
    others = [
        "Near",
        "Far",
        "Edge",
        "Hub",
        "Townless",
        "Elsewhere",
        "Nowhere",
        "Roaming",
        "Town firm",
        "Ghost",
        "Moved",
        "In a hamlet",
        "In a lost hamlet",
        "Planner",
    ]
    made += [{**_BASE, "type": "PRODUCES", "from": maker, "to": "Made", "product": ""} for maker in others]
    made[-1]["status"] = "planned"
    made.append({**_BASE, "type": "PRODUCES", "from": "Near", "to": "P2", "product": ""})
    town = {**_BASE, "type": "LOCATED_IN", "product": ""}
    within = {**_BASE, "type": "PART_OF", "product": "", "from_label": "City", "to": "iso:RU-VGG"}
    places += [
        # Towns without a point: of one it is known in which region it lies.
        {**town, "from": "In a hamlet", "to": "Hamlet", "to_label": "City"},
        {**within, "from": "Hamlet"},
        {**town, "from": "In a lost hamlet", "to": "Lost hamlet", "to_label": "City"},
        {**within, "from": "Lost hamlet", "record": "lost hamlet", "_load": "retracted"},
        {**town, "from": "Planner", "to": "city:Волжский, RU-VGG"},
        {**town, "from": "Townless", "to": "iso:RU-VGG"},
        {**town, "from": "Elsewhere", "to": "iso:RU-MOW"},
        {**town, "from": "Roaming", "to": "city:Волгоград, RU-VGG"},
        {**town, "from": "Town firm", "to": "city:Волгоград, RU-VGG", "document": "other"},
        {**town, "from": "Town firm", "to": "city:Камышин, RU-VGG"},
        {**town, "from": "Hub", "to": "city:Волжский, RU-VGG"},
        # Withdrawn places must not count: of a maker's town, a maker's region, the asker's town, the asker's region.
        {**town, "from": "Ghost", "to": "city:Волжский, RU-VGG", "record": "ghost town", "_load": "retracted"},
        {**town, "from": "Moved", "to": "iso:RU-VGG", "record": "moved region", "_load": "retracted"},
        {**town, "from": "Moved", "to": "iso:RU-MOW"},
        {**town, "from": "Asker", "to": "city:Волгоград, RU-VGG"},
        {
            **town,
            "from": "Asker",
            "to": "city:Камышин, RU-VGG",
            "document": "other",
            "record": "asker town",
            "_load": "retracted",
        },
        {**town, "from": "Asker", "to": "iso:RU-MOW", "record": "asker region", "_load": "retracted"},
    ]
    return made + places


def _rivals() -> Rows:
    """Pairs that exclude each other, and pairs that differ from one in one thing and so do not."""
    rows: Rows = []
    base = {"document": "main", "type": "HAS", "kind": "Cost", "value": "7", "currency": "RUB", "status": "actual"}

    def pair(name: str, first: dict[str, str], second: dict[str, str]) -> None:
        for end, changes in (("a", first), ("b", second)):
            row = {**base, "from": f"rival {name}", "from_label": "Project", "record": f"{name} {end}", **changes}
            rows.append({key: text for key, text in row.items() if text})

    pair("values", {}, {"value": "8"})
    pair("overlap", {"value": "", "value_min": "6"}, {"value": "8"})
    pair("other kind", {}, {"value": "8", "kind": "Aid"})
    pair("other status", {}, {"value": "8", "status": "planned"})
    pair("other scope", {}, {"value": "8", "scope": "half"})
    pair("other product", {"product": "P1"}, {"value": "8", "product": "P2"})
    pair("other currency", {}, {"value": "8", "currency": "USD"})
    pair("later period", {"period": "2015"}, {"value": "8", "period": "2016"})
    pair("earlier period", {"period": "2016"}, {"value": "8", "period": "2015"})
    pair("same period", {"period": "2015"}, {"value": "8", "period": "2015-H1"})
    pair("confirmed", {}, {"value": "8", "review": "confirmed"})
    pair("sure", {"confidence": "0.5"}, {"value": "8"})
    pair("better rank", {}, {"value": "8", "document": "other"})
    pair("newer", {"document": "old"}, {"value": "8"})
    pair("undated", {"document": "undated"}, {"value": "8"})
    amount = {"value": "", "currency": "", "kind": "Output", "quantity": "5", "unit": "t/year"}
    pair("quantity", amount, {**amount, "quantity": "6"})
    pair("other unit", amount, {**amount, "quantity": "6", "unit": "m/year"})
    share = {"value": "", "currency": "", "kind": "MarketShare", "share": "40%"}
    pair("share", share, {**share, "share": "30%"})
    number = {"value": "", "currency": "", "kind": "Count", "count": "4"}
    pair("count", number, {**number, "count": "5"})
    trade = {"type": "SUPPLIES", "to": "rival buyer", "product": "P1", "value": "", "currency": "", "kind": "",
             "from_label": "Company"}  # fmt: skip
    pair("buyer share", {**trade, "buyer_share": "20%"}, {**trade, "buyer_share": "30%"})
    pair("sales share", {**trade, "sales_share": "20%"}, {**trade, "sales_share": "30%"})
    pair("other buyer", {**trade, "buyer_share": "20%"}, {**trade, "buyer_share": "30%", "to": "rival buyer 2"})
    delivery = {**trade, "basis": "delivery", "value": "7", "currency": "RUB"}
    pair("deliveries", delivery, {**delivery, "value": "8"})
    rate = {**delivery, "value": "8", "basis": "rate"}
    pair("delivery first", {**delivery, "document": "other"}, rate)
    pair("delivery second", {**rate, "document": "other"}, delivery)
    made = {"type": "PRODUCES", "to": "Made", "kind": "", "value": "", "currency": "", "unit": "t/year",
            "from_label": "Company"}  # fmt: skip
    pair("capacity", {**made, "capacity": "5"}, {**made, "capacity": "6"})
    pair("capacity unit", {**made, "capacity": "5"}, {**made, "capacity": "6", "unit": "m/year"})
    pair("other type", {**made, "quantity": "5"}, {**made, "quantity": "6", "type": "NEEDS", "to": "Made"})
    pair("other object", {**made, "quantity": "5"}, {**made, "quantity": "6", "to": "P2"})
    rows += _one_sided(base)
    rows += _towns()
    return rows


def _one_sided(base: dict[str, str]) -> Rows:
    """Rivals of which one does not count, for each reason, on either side of the order of choice."""
    rows: Rows = []
    for name, changes in VARIANTS.items():
        for side, rank in (("first", "other"), ("second", "main")):
            steady, varied = ("main", "other") if side == "first" else ("other", "main")
            subject = {
                "from": f"{side} {name}",
                "from_label": "Project",
                "type": "HAS",
                "kind": "Cost",
                "currency": "RUB",
            }
            status = changes.get("status", "actual")
            own = {"document": varied, "product": "P1", **changes}
            if name == "old" and side == "first":
                own["document"] = "old register"
            rows.append({**subject, "document": steady, "value": "7", "status": status, "product": own["product"],
                         "record": f"{side} {name} steady"})  # fmt: skip
            varied_row = {**subject, **own, "value": "8", "status": status, "record": f"{side} {name} {rank}"}
            rows.append(varied_row | ({"_load": name} if name in _LATER else {}))
    return [{key: text for key, text in row.items() if text} for row in rows]


def _towns() -> Rows:
    rows: Rows = []
    cities = ("city:Волжский, RU-VGG", "city:Волгоград, RU-VGG")
    for name, changes in {**VARIANTS, "same": {}}.items():
        for side in ("first", "second"):
            varied, steady = cities if side == "first" else cities[::-1]
            if name == "same":
                varied = steady
            plant = {"type": "LOCATED_IN", "from": f"plant {side} {name}", "from_label": "Plant", "product": "P1"}
            own = {"document": "main" if side == "first" else "other", "status": "actual", **changes}
            if name == "old" and side == "second":
                own["document"] = "old register"
            other = "other" if side == "first" else "main"
            rows.append({**plant, "document": other, "to": steady, "status": own["status"],
                         "record": f"{side} {name} s"})  # fmt: skip
            varied_row = {**plant, **own, "to": varied, "record": f"{side} {name} v"}
            rows.append(varied_row | ({"_load": name} if name in _LATER else {}))
    moving = {"type": "LOCATED_IN", "from": "moving plant", "from_label": "Plant", "document": "main"}
    rows += [{**moving, "to": cities[0]}, {**moving, "to": cities[1], "status": "planned"}]
    rows.append({"type": "LOCATED_IN", "from": "Works Ltd", "to": cities[0], "document": "main"})
    rows.append({"type": "LOCATED_IN", "from": "Works Ltd", "to": cities[1], "document": "main"})
    rows.append({"type": "LOCATED_IN", "from": "plant second same", "to": "iso:RU-VGG", "document": "main"})
    return [{key: text for key, text in row.items() if text} for row in rows]


def write_files(folder: Path) -> tuple[tuple[Path, Path], set[str]]:
    """The two claims files, with the documents beside them; and the records that are withdrawn afterwards."""
    rows = [*_entities(), *_facts(), *_shared(), *_needs(), *_flows(), *_exports(), *_makers(), *_rivals()]
    _write(folder / "documents.csv", DOCUMENTS)
    _write(folder / "first.csv", [row for row in rows if row.get("_load") != "later"])
    _write(folder / "later.csv", [row for row in rows if row.get("_load") == "later"])
    withdrawn = {row["record"] for row in rows if row.get("_load") == "retracted"}
    return (folder / "first.csv", folder / "later.csv"), withdrawn


def _write(path: Path, rows: Rows) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row if name != "_load"))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def load_into(graph: Graph, folder: Path) -> None:
    """Load both files and withdraw by hand what is to be withdrawn: versions 1, 2 and 3."""
    options = Options(source="Main", namespace="twins", rank=3)
    paths, withdrawn = write_files(folder)
    for path in paths:
        report = graph.load("claims", [path], options)
        assert report.rows_rejected == 0, report.first_rejects
    snapshot = graph.live.refresh().snapshot
    records = snapshot.texts["record"]
    claims = [claim for row, claim in enumerate(snapshot.claim_ids) if records.get(row) in withdrawn]
    assert len(claims) == len(withdrawn)
    load = graph.store.begin(
        LoadRequest(format="hand", dataset="hand", mode="hand", fingerprint="withdraw", holder="test")
    )
    assert graph.store.retract(load, claims) == len(claims)
    graph.store.complete(load)
    graph.live.refresh()
