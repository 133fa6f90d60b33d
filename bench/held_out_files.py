"""How well local partners are found in real files: links of contracts and of a supplier list are hidden.

    .venv/bin/python bench/held_out_files.py [--data FOLDER] [--seeds 1,2,3] [--out FILE]

FOLDER holds contracts/44fz-csv and suppliers/apple-supplier-list.csv (``../shared/data`` beside the checkout).

**Contracts.** The files are loaded with the shipped mapping 44fz. A link is a supplier, a customer and a product;
rows without one of the three (most name no product) stay, and are not asked for. For each seed the links are dealt
into ten tenths, and each tenth is hidden in turn, with all rows of its links; so every link is asked for once a seed.
Contracts say who sells, not who makes, and give no points, so three set-ups are tried:

- ``as_loaded``: the answer as it is; nobody is known to make anything.
- ``sellers_as_makers``: whoever is still known to sell a product is said to make it.
- ``sellers_of_the_class``: the same, and asked is the product's class, the first four digits of its OKPD2 code.

**Supplier list.** A year's list names sites, each a supplier, a country and an address. A tenth of the last year's
sites is hidden. Known are the sites of the earlier years, with the years in which they are listed, and the other sites
of the last year. All are said to make one product, parts, as the list names none, and are ranked for the one buyer on
the last day of the last year. Addresses have no points, so no distance is known. A site that was never listed before,
or was written otherwise (but for case, punctuation and legal form), cannot be found.

In both, those that are known to supply the product to this buyer on that day are left out of the ranking. "Largest" is
by roubles sold, or by how many sites of the supplier were listed in the year before; "most connected" by customers, or
the last year listed, then how many years.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from held_out import Places, Sizes, ids_by_name, no_orders, orders, pooled
from told import tell

from graph_service.domain.names import fold
from graph_service.errors import ZvenoError
from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.decoding import decode
from loaders.loader import Options

HIDDEN = 10
"""One link in so many."""

SETUPS = ("as_loaded", "sellers_as_makers", "sellers_of_the_class")
CONTRACTS = Options(mapping="44fz")


class Link(NamedTuple):
    """A link of the contracts: tax numbers, the product's name and its code."""

    supplier: str
    buyer: str
    product: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a contract file: its bytes, which link it belongs to, and its roubles."""

    file: str
    raw: bytes
    link: Link | None
    roubles: float


def read_contracts(folder: Path) -> list[Line]:
    """All lines; headings, and rows that the loader rejects, belong to no link."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        heading: list[str] = []
        data = path.read_bytes()
        for raw, text in zip(data.splitlines(keepends=True), decode(data).split("\n"), strict=False):
            cells = next(csv.reader([text]))
            row = dict(zip(heading, cells, strict=True)) if heading else {}
            heading = heading or cells
            named = (row.get(name, "NA") for name in ("supplier.inn", "customer.inn", "OKPD2.name", "OKPD2.code"))
            link = Link(*named)
            roubles = row.get("sumRUR", "NA")
            found.append(
                Line(
                    file=path.name, raw=raw, link=None if "NA" in link else link,
                    roubles=0.0 if roubles in ("", "NA") else float(roubles),
                )
            )  # fmt: skip
    return found


def tenths(links: Sequence[Link], seed: int) -> list[set[Link]]:
    """The links dealt into ten parts."""
    dealt = list(links)
    random.Random(seed).shuffle(dealt)
    return [set(dealt[part::HIDDEN]) for part in range(HIDDEN)]


def contracts(folder: Path, seeds: Sequence[int]) -> dict[str, Any]:
    """Each set-up over all seeds."""
    lines = read_contracts(folder)
    links = sorted({line.link for line in lines if line.link})
    places: dict[str, list[Places]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for seed in seeds:
        for hidden in tenths(links, seed):
            with graph_of_contracts([line for line in lines if line.link not in hidden]) as graph:
                for setup in SETUPS:
                    places[setup].append(_contract_places(graph, lines, hidden, setup, counted))
    headings = len({line.file for line in lines})
    return {
        "rows": len(lines) - headings,
        "rows_without_product_or_number": sum(line.link is None for line in lines) - headings,
        "links": len(links), "suppliers": len({link.supplier for link in links}),
        "buyers": len({link.buyer for link in links}), "products": len({link.product for link in links}),
        "asked_of_each_set_up": len(links) * len(seeds), **counted,
        "set_ups": {setup: pooled(own).report() for setup, own in places.items()},
    }  # fmt: skip


@contextmanager
def graph_of_contracts(lines: Sequence[Line]) -> Iterator[Graph]:
    """A graph of these lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files: dict[str, list[bytes]] = defaultdict(list)
        for line in lines:
            files[line.file].append(line.raw)
        for file, own in files.items():
            (folder / file).write_bytes(b"".join(own))
        with Graph(SqliteStore(folder / "zveno.sqlite")) as graph:
            graph.load("table", sorted(folder.glob("*.csv")), CONTRACTS, rejects_path=folder / "rejects.csv")
            yield graph


def _contract_places(
    graph: Graph, lines: Sequence[Line], hidden: set[Link], setup: str, counted: Counter[str]
) -> Places:
    known = [line for line in lines if line.link and line.link not in hidden]
    named = {fold(name): entity for name, entity in ids_by_name(graph).items()}
    ids: dict[str, str | None] = {}
    for link in {line.link for line in lines if line.link}:
        ids |= {link.supplier: _id(graph, link.supplier), link.buyer: _id(graph, link.buyer)}
        ids[link.product] = named.get(fold(link.product))
    pairs = sorted({(line.link.supplier, line.link.product) for line in known if line.link})
    if setup == "sellers_as_makers":
        _state(graph, [("PRODUCES", f"id:{ids[seller]}", f"id:{ids[product]}") for seller, product in pairs])
    roubles: Counter[str] = Counter()
    customers: dict[str, set[str]] = defaultdict(set)
    for line in known:
        if line.link and (seller := ids[line.link.supplier]):
            roubles[seller] += line.roubles
            customers[seller].add(line.link.buyer)
    sizes = Sizes(size=roubles, customers={seller: len(own) for seller, own in customers.items()})
    places = Places()
    for link in sorted(hidden):
        supplier, buyer, product = (ids[text] for text in link[:3])
        if setup == SETUPS[0]:
            counted["supplier_still_in_the_graph"] += supplier is not None
            counted["buyer_still_in_the_graph"] += buyer is not None
            counted["product_still_in_the_graph"] += product is not None
            counted["supplier_still_sells_the_product"] += (link.supplier, link.product) in pairs
        asked = link.code[:5] if setup == "sellers_of_the_class" else product
        inside = {line.link for line in known if line.link and line.link.code.startswith(link.code[:5])}
        sold = inside if setup == "sellers_of_the_class" else {own for own in inside if own.product == link.product}
        done = frozenset(str(ids[own.supplier]) for own in sold if own.buyer == link.buyer) - {str(supplier)}
        places.add(
            orders(graph, buyer, asked, sizes, done) if buyer and asked and inside else no_orders(), supplier
        )  # fmt: skip
    return places


def _id(graph: Graph, inn: str) -> str | None:
    try:
        return graph.find_id(inn)
    except ZvenoError:
        return None


def _state(graph: Graph, claims: Sequence[tuple[str, ...]], heading: tuple[str, ...] = ("type", "from", "to")) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "claims.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heading, *claims])
        report = graph.load("claims", [path], Options(source="Held out"))
        assert report.rows_rejected == 0, report.first_rejects


def supplier_list(path: Path, seeds: Sequence[int]) -> dict[str, Any]:
    """The list of one buyer over the years."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    years: dict[int, set[str]] = defaultdict(set)
    suppliers: dict[str, str] = {}
    for row in rows:
        site = fold(" ".join(row[name] for name in ("supplier_name", "country", "supplier_address")))
        years[int(row["year"])].add(site)
        suppliers[site] = fold(row["supplier_name"])
    *earlier, last = sorted(years)
    before = set().union(*(years[year] for year in earlier))
    places, hidden_count, never_listed = [], 0, 0
    for seed in seeds:
        listed = sorted(years[last])
        hidden = set(random.Random(seed).sample(listed, len(listed) // HIDDEN))
        hidden_count += len(hidden)
        never_listed += len(hidden - before)
        places.append(_site_places(years, suppliers, hidden, last))
    return {
        "years": f"{earlier[0]}-{last}", "sites_before": len(before), "sites_in_last_year": len(years[last]),
        "hidden": hidden_count, "never_listed_before": never_listed, **pooled(places).report(),
    }  # fmt: skip


def _site_places(years: dict[int, set[str]], suppliers: dict[str, str], hidden: set[str], last: int) -> Places:
    shown = {year: sites - hidden if year == last else sites for year, sites in years.items()}
    first: dict[str, int] = {}
    for year in sorted(shown):
        for site in shown[year]:
            first.setdefault(site, year)
    claims = [("PRODUCES", site, "Parts", "", str(year), "") for site, year in sorted(first.items())]
    claims += [("SUPPLIES", site, "Buyer", "Parts", str(year), str(year))
               for year in sorted(shown) for site in sorted(shown[year])]  # fmt: skip
    with tempfile.TemporaryDirectory() as name, Graph(SqliteStore(Path(name) / "zveno.sqlite")) as graph:
        _state(graph, claims, ("type", "from", "to", "product", "valid_from", "valid_to"))
        ids = ids_by_name(graph)
        listed: dict[str, float] = {}
        for year in sorted(shown):
            for site in shown[year] if year != last else ():
                listed[ids[site]] = year + listed.get(ids[site], 0) % 1 + 0.01
        before = Counter(suppliers[site] for site in shown[max(year for year in shown if year != last)])
        sizes = Sizes(size={ids[site]: before[suppliers[site]] for site in first}, customers=listed)
        found = orders(
            graph, ids["Buyer"], ids["Parts"], sizes, frozenset(ids[site] for site in shown[last]),
            valid_at=f"{last}-12-31",
        )  # fmt: skip
    places = Places()
    for site in sorted(hidden):
        places.add(found, ids.get(site))
    return places


def main() -> None:
    """Measure both, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    seeds = [int(seed) for seed in given.seeds.split(",")]
    found = {
        "contracts_44fz": contracts(given.data / "contracts" / "44fz-csv", seeds),
        "supplier_list": supplier_list(given.data / "suppliers" / "apple-supplier-list.csv", seeds),
    }
    tell(found, given.out)


if __name__ == "__main__":
    main()
