"""The facts that ship with the package: complete, consistent, in words of their own."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from graph_service.domain.clocks import parse_span
from graph_service.domain.quantities import parse_decimal, parse_share
from graph_service.domain.schema import RELATION

CHECKOUT = Path(__file__).resolve().parents[2]
DEMO = CHECKOUT / "loaders" / "demo"
COLLECTED = Path(os.environ.get("ZVENO_DATA", CHECKOUT.parent / "shared" / "data")) / "volgograd"
NO_OBJECT = {"DESCRIBED_IN", "HAS", "USED_IN"}
AMOUNTS = ("quantity", "capacity", "output", "value", "share", "buyer_share", "sales_share", "count")
FIGURES = (
    "quantity", "quantity_min", "quantity_max", "value", "value_rub", "share_pct",
    "share_min_pct", "share_max_pct", "count_min", "count_max", "amount", "cost",
)  # fmt: skip

COUNTS = {
    "COOPERATES_WITH": 78,
    "CREATED_BY": 1,
    "DESCRIBED_IN": 531,
    "EXPORTS_TO": 32,
    "HAS": 237,
    "HAS_ROLE": 4,
    "HAS_STAGE": 19,
    "LOCATED_IN": 336,
    "MEMBER_OF": 16,
    "NEEDS": 39,
    "OPERATES": 2,
    "OWNS": 60,
    "PARTICIPATES_IN": 54,
    "PART_OF": 3,
    "PRODUCES": 112,
    "REQUIRES": 67,
    "SUPPLIES": 86,
    "UNNAMED_CUSTOMERS_OF": 7,
    "UNNAMED_MARKETS_OF": 4,
    "UNNAMED_PARTNERS_OF": 3,
    "UNNAMED_SUPPLIERS_OF": 10,
    "USED_IN": 3,
}

SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

Cells = Mapping[str, str]


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file without their empty cells."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [{name: text for name, text in row.items() if text} for row in csv.DictReader(lines)]


CLAIMS = [row for path in sorted(DEMO.glob("*.csv")) if path.name != "documents.csv" for row in read(path)]
DOCUMENTS = {row["document"]: row for row in read(DEMO / "documents.csv")}
LABELS = {row["from"]: row["from_label"] for row in CLAIMS if row["type"] == "DESCRIBED_IN"}


def label_of(reference: str) -> str | None:
    """The label of a reference; None for a key that nothing declares."""
    prefix, _, rest = reference.partition(":")
    if prefix == "iso":
        return "Region" if "-" in rest else "Country"
    return "City" if prefix == "city" else LABELS.get(reference)


def interval(row: Cells, name: str) -> tuple[float, float] | None:
    """Bounds of one amount of a row, infinite where a side is open; None where it is not stated."""
    parse = parse_share if name.endswith("share") else parse_decimal
    low, high = row.get(f"{name}_min", row.get(name)), row.get(f"{name}_max", row.get(name))
    if low is None and high is None:
        return None
    return float(parse(low)) if low else float("-inf"), float(parse(high)) if high else float("inf")


def rivals(rows: Iterable[Cells], **wanted: str) -> set[tuple[float, float]]:
    """The intervals of the rows that agree with ``wanted``."""
    found = (row for row in rows if all(row.get(name) == text for name, text in wanted.items()))
    return {bounds for row in found for name in AMOUNTS if (bounds := interval(row, name)) is not None}


def collected(*names: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of the collected data that the demo was made of."""
    if not COLLECTED.is_dir():
        pytest.skip(f"the collected data is not at {COLLECTED}; set ZVENO_DATA to its parent")
    for path in sorted(COLLECTED.glob("*.csv")):
        if path.stem in names or (not names and path.stem not in ("sources", "organizations", "products")):
            yield from ((path.stem, row) for row in read(path))


def test_every_entity_has_one_label_and_nothing_is_forgotten() -> None:
    pairs = {(row["from"], row["from_label"]) for row in CLAIMS if row["type"] == "DESCRIBED_IN"}
    assert len(pairs) == len(LABELS)
    counts = Counter(LABELS.values())
    assert counts["Company"] + counts["Plant"] + counts["Organization"] + counts["Cluster"] == 199
    assert {name: counts[name] for name in ("Product", "Project", "Stage", "Person")} == {
        "Product": 141, "Project": 36, "Stage": 16, "Person": 4,
    }  # fmt: skip


def test_the_number_of_claims_of_each_type() -> None:
    assert Counter(row["type"] for row in CLAIMS) == COUNTS


def test_every_document_is_described_and_used() -> None:
    assert {row["document"] for row in CLAIMS} <= set(DOCUMENTS)
    ranks = defaultdict(set)
    for row in DOCUMENTS.values():
        ranks[row["publisher"]].add(row["rank"])
        assert row["rank"] in "12345"
        if "published_on" in row:
            parse_span(row["published_on"])
    assert [name for name, found in ranks.items() if len(found) > 1] == []


def test_every_reference_is_declared_and_fits_its_relation() -> None:
    wrong = []
    for row in CLAIMS:
        relation = RELATION[row["type"]]
        if label_of(row["from"]) not in relation.sources:
            wrong.append((row["type"], "from", row["from"]))
        if ("to" in row) == (row["type"] in NO_OBJECT):
            wrong.append((row["type"], "to", row.get("to", "")))
        if "to" in row and label_of(row["to"]) not in relation.targets:
            wrong.append((row["type"], "to", row["to"]))
        if "product" in row and LABELS.get(row["product"]) != "Product":
            wrong.append((row["type"], "product", row["product"]))
    assert wrong == []


def test_cells_are_readable() -> None:
    for row in CLAIMS:
        for name in AMOUNTS:
            bounds = interval(row, name)
            assert bounds is None or bounds[0] <= bounds[1], row
        spans = {name: parse_span(row[name]) for name in row if name.startswith(("period", "valid_"))}
        if "period_from" in spans and "period_to" in spans:
            assert spans["period_from"].start < spans["period_to"].end, row
        assert ("value" in row or "value_min" in row) == ("currency" in row), row


def test_quotes_are_the_words_of_the_document() -> None:
    quoted = [row for row in CLAIMS if "quote" in row]
    assert len([row for row in quoted if row["type"] != "DESCRIBED_IN"]) >= 30
    for row in quoted:
        text = (DEMO / DOCUMENTS[row["document"]]["text_file"]).read_text(encoding="utf-8")
        assert text[int(row["char_start"]) : int(row["char_end"])] == row["quote"]


def test_isopan_has_counted_partners_and_two_export_countries() -> None:
    groups = [row for row in CLAIMS if row["type"] == "UNNAMED_SUPPLIERS_OF" and row["to"] == "isopan-rus"]
    assert {row["count_min"] for row in groups} == {"30"}
    assert {"s01", "press-release"} == {row["document"] for row in groups}
    markets = {row["to"] for row in CLAIMS if row["type"] == "EXPORTS_TO" and row["from"] == "isopan-rus"}
    assert markets == {"iso:AM", "iso:KZ"}
    operated = {(row["from"], row["to"]) for row in CLAIMS if row["type"] == "OPERATES"}
    assert operated == {("isopan-rus", "isopan-zavod-volzhskiy")}


def test_the_pharma_cluster_has_rival_costs_and_one_that_the_rule_chooses() -> None:
    costs = [row for row in CLAIMS if row["from"] == "p-khimfarm-klaster" and row.get("kind") == "Cost"]
    whole = [row for row in costs if "scope" not in row]
    assert {(row["value"], row["status"]) for row in whole} == {
        ("7000000000", "planned"),
        ("8000000000", "planned"),
    }
    assert [(row["value"], row["scope"]) for row in costs if "scope" in row] == [("6100000000", "two stages of three")]
    # Best rank first, then newest; a figure without a period overlaps every other, so none may carry one.
    assert not any("period" in name for row in whole for name in row)
    best = min(DOCUMENTS[row["document"]]["rank"] for row in whole)
    ranked = [row for row in whole if DOCUMENTS[row["document"]]["rank"] == best]
    newest = max(DOCUMENTS[row["document"]].get("published_on", "") for row in ranked)
    chosen = [row for row in ranked if DOCUMENTS[row["document"]].get("published_on", "") == newest]
    assert [(row["document"], row["value"]) for row in chosen] == [("press-release", "7000000000")]
    stages = {
        row["to"]: row["seq"] for row in CLAIMS if row["type"] == "HAS_STAGE" and row["from"] == "p-khimfarm-klaster"
    }
    assert sorted(stages.values()) == ["1", "2", "3"]
    plant = [row for row in CLAIMS if row["from"] == "p-mez-volzhskiy" and row.get("kind") == "Cost"]
    assert [(row["value"], row["scope"]) for row in plant] == [("7000000000", "the Volzhsky plant alone")]


@pytest.mark.parametrize(
    ("about", "figures"),
    [
        ({"from": "p-metanol", "kind": "Cost", "currency": "USD"}, {1.5e9, 0.8e9}),
        ({"from": "p-metanol", "kind": "Cost", "currency": "RUB"}, {50e9, 1.2e9}),
        ({"type": "PRODUCES", "from": "gtm-one", "to": "methanol"}, {1e6, 1.5e6}),
        ({"from": "p-texcore-kord", "kind": "Loan"}, {100e6, 235e6}),
        ({"from": "krasnyy-oktyabr", "kind": "MarketShare", "product": "stainless-rolled"}, {0.3, 0.32, 0.4}),
        ({"from": "volzhskaya-ges", "kind": "Count"}, {22.0, 23.0}),
        ({"type": "PRODUCES", "from": "megapolis", "status": "planned"}, {9e6, 5e6}),
        ({"from": "iso:RU-VGG", "kind": "MarketShare", "period": "2024"}, {0.76, 0.8}),
        ({"from": "iso:RU-VGG", "scope": "new productions, several years together"}, {20.0, 28.0, 34.0}),
        ({"from": "p-isopan-volzhskiy", "kind": "Investment"}, {1.7e9, 0.8e9}),
    ],
)
def test_contradictions_are_kept(about: dict[str, str], figures: set[float]) -> None:
    bounds = rivals(CLAIMS, **about)
    assert {bound for pair in bounds for bound in pair if abs(bound) != float("inf")} == figures


def test_the_region_is_no_supplier_and_supplies_end_only_where_a_source_says_so() -> None:
    supplies = [row for row in CLAIMS if row["type"] == "SUPPLIES"]
    assert not [row for row in supplies if "volgogradskaya-oblast" in (row["from"], row["to"])]
    assert {(row["from"], row["to"]) for row in supplies if "valid_to" in row} == {
        ("baskunchak-sol", "kaustik-volgograd"), ("lukoil", "rusal"),
    }  # fmt: skip


def test_every_organisation_project_and_document_of_the_collection_is_there() -> None:
    for name, row in collected("organizations", "projects", "products"):
        key = row.get("org_id") or row.get("project_id") or row["product_id"]
        assert key in LABELS, (name, key)
        described = [claim for claim in CLAIMS if claim["type"] == "DESCRIBED_IN" and claim["from"] == key]
        assert {claim["document"] for claim in described} >= set(row.get("source_ids", "").split(";")) - {""}, key
    assert {row["source_id"] for _, row in collected("sources")} <= set(DOCUMENTS)


def test_every_figure_of_the_collection_is_there() -> None:
    """Each number in a figure's column stands in a figure of the demo from the same document."""
    there: dict[str, set[float]] = defaultdict(set)
    for row in CLAIMS:
        for name in AMOUNTS:
            bounds = interval(row, name)
            factor = 100 if name.endswith("share") else 1
            there[row["document"]] |= {round(bound * factor, 6) for bound in bounds or ()}
    lost = []
    for name, row in collected():
        for column in FIGURES:
            if column in row and float(row[column]) not in there[row["source_id"]]:
                lost.append((name, row["source_id"], column, row[column]))
    assert lost == []


def test_every_number_of_a_paraphrase_is_there() -> None:
    """What the paraphrases say in digits stands in some cell of a claim from the same document."""
    cells = _cells_by_document(CLAIMS)
    lost = []
    for name, row in collected():
        said = re.sub(r"\bs\d{2,3}\b", "", " ".join(_paraphrases(row)))
        missing = _numbers(said) - _numbers(cells[row["source_id"]]) - _spelt(cells[row["source_id"]])
        lost += [(name, row["source_id"], number) for number in sorted(missing)]
    assert lost == []


def test_notes_are_in_words_of_their_own() -> None:
    paraphrases = {_plain(text) for _, row in collected() for text in _paraphrases(row)}
    notes = [row["note"] for row in CLAIMS if "note" in row]
    assert len(notes) > 800
    assert [note for note in notes if _plain(note) in paraphrases] == []
    facts = [r for r in CLAIMS if r["type"] not in ("DESCRIBED_IN", "LOCATED_IN")]
    assert [row for row in facts if "note" not in row] == []


def _paraphrases(row: Cells) -> Sequence[str]:
    return [row[name] for name in ("paraphrase_en", "note", "description", "scope") if name in row]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _numbers(text: str) -> set[str]:
    return {number.rstrip(".,").replace(",", "") for number in re.findall(r"\d[\d.,]*", text)}


def _spelt(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", text.casefold())
    return {str(number) for number, word in enumerate(SPELT, 1) if word in words}


def _cells_by_document(rows: Iterable[Cells]) -> dict[str, str]:
    cells: dict[str, str] = defaultdict(str)
    for row in rows:
        cells[row["document"]] += " ".join(("", *row.values()))
    return cells
