"""How well local partners are found: links of a generated network are hidden, and the score has to find them again.

    .venv/bin/python bench/local_partners.py [--plants N] [--hidden N] [--seeds 1,2,3] [--out FILE]

Plants stand around towns, make one to three of 400 products and buy what their industry needs. Whom they buy from is
drawn by size, distance (decay 200 km, not the score's 100), earlier trade and shared partners. One link in ten is
hidden. For a sample of the hidden ones the makers of the product are ranked for the buyer by the score, by nearness,
by capacity and by number of customers; reported are hits at 1, 5 and 10, the mean reciprocal rank, and the same
without each reason in turn. Weights are the product's defaults.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

PRODUCTS, INDUSTRIES, TOWNS = 400, 20, 60
TRUE_DECAY_KM = 200.0
KM_PER_DEGREE = 111.2
ABLATIONS = ("distance", "capacity", "tie", "shared")
_Ints = npt.NDArray[np.int64]


def network(plants: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Companies, production, known supplies and hidden supplies."""
    rng = np.random.default_rng(seed)
    towns = np.stack([rng.uniform(48, 58, TOWNS), rng.uniform(35, 60, TOWNS)])
    town = rng.integers(0, TOWNS, plants)
    lat, lon = towns[0, town] + rng.normal(0, 0.2, plants), towns[1, town] + rng.normal(0, 0.3, plants)
    size = rng.lognormal(0, 1, plants)
    industry = rng.integers(0, INDUSTRIES, plants)
    per_industry = PRODUCTS // INDUSTRIES
    makes = [set((industry[p] * per_industry + rng.integers(0, per_industry, rng.integers(1, 4))).tolist())
             for p in range(plants)]  # fmt: skip
    makers = _makers(makes)
    inputs = rng.integers(0, PRODUCTS, (INDUSTRIES, 12))
    partners: list[set[int]] = [set() for _ in range(plants)]
    links = []
    for buyer in rng.permutation(plants).tolist():
        for product in rng.choice(inputs[industry[buyer]], rng.integers(1, 6), replace=False).tolist():
            own = makers[product][makers[product] != buyer]
            if len(own) == 0:
                continue
            width = KM_PER_DEGREE * np.cos(np.radians(lat[buyer]))
            km = np.hypot((lat[own] - lat[buyer]) * KM_PER_DEGREE, (lon[own] - lon[buyer]) * width)
            known, shared = _ties(partners, buyer, own)
            weight = size[own] ** 0.7 * np.exp(-km / TRUE_DECAY_KM) * (1 + 2 * known) * (1 + np.minimum(shared, 3))
            supplier = int(rng.choice(own, p=weight / weight.sum()))
            links.append((supplier, buyer, product))
            partners[buyer].add(supplier)
            partners[supplier].add(buyer)
    is_hidden = rng.random(len(links)) < 0.1
    table = pl.DataFrame(
        {"supplier_id": [f"c{s}" for s, _, _ in links], "buyer_id": [f"c{b}" for _, b, _ in links],
         "product_id": [f"p{p}" for _, _, p in links]}
    )  # fmt: skip
    companies = pl.DataFrame(
        {"id": [f"c{n}" for n in range(plants)], "name": [f"Завод {n}" for n in range(plants)],
         "lat": lat.round(5), "lon": lon.round(5)}
    )  # fmt: skip
    made = [(p, product) for p in range(plants) for product in sorted(makes[p])]
    production = pl.DataFrame(
        {"company_id": [f"c{p}" for p, _ in made], "product_id": [f"p{product}" for _, product in made],
         "capacity": [round(float(size[p]) * 1000, 1) for p, _ in made], "unit": ["t/year"] * len(made)}
    )  # fmt: skip
    return companies, production, table.filter(~is_hidden), table.filter(is_hidden)


def _makers(makes: list[set[int]]) -> list[_Ints]:
    """The plants that make each product, in their order."""
    makers: list[list[int]] = [[] for _ in range(PRODUCTS)]
    for plant, made in enumerate(makes):
        for product in made:
            makers[product].append(plant)
    return [np.array(own, np.int64) for own in makers]


def _ties(partners: list[set[int]], buyer: int, own: _Ints) -> tuple[_Ints, _Ints]:
    """Of the plants ``own``, which ascend: whether each trades with the buyer, and how many partners they share."""
    counts = []
    for ends in (list(partners[buyer]), [end for partner in partners[buyer] for end in partners[partner]]):
        found = np.array(ends, np.int64)
        places = np.searchsorted(own, found)
        inside = places < len(own)
        places, found = places[inside], found[inside]
        counts.append(np.bincount(places[own[places] == found], minlength=len(own)))
    return counts[0], counts[1]


def ranked(graph: Graph, buyer: str, product: str, **given: Any) -> list[dict[str, Any]]:
    """Candidates for a buyer in their order."""
    items: list[dict[str, Any]] = graph.ask(
        "local-partners", id=buyer, product=product, limit=1000, rejected=0, **given
    )["data"]["items"]
    return items


def measures(places: list[int | None]) -> dict[str, float]:
    """Hits at 1, 5, 10 and the mean reciprocal rank; a place that is None was not listed at all."""
    ranks = np.array([np.inf if place is None else place + 1 for place in places])
    found = {f"hits_{k}": round(float((ranks <= k).mean()), 4) for k in (1, 5, 10)}
    return found | {"mrr": round(float((1 / ranks).mean()), 4)}


def place_of(names: list[str], name: str) -> int | None:
    """Where a name stands."""
    return names.index(name) if name in names else None


def run(plants: int, hidden: int, seed: int) -> dict[str, Any]:
    """One network."""
    companies, production, known, left_out = network(plants, seed)
    products = pl.DataFrame({"id": [f"p{n}" for n in range(PRODUCTS)], "name": [f"Товар {n}" for n in range(PRODUCTS)]})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = {"companies": companies, "products": products, "produces": production, "supplies": known}
        for table, frame in tables.items():
            frame.write_parquet(folder / f"{table}.parquet")
        with Graph(SqliteStore(folder / "x.sqlite")) as graph:
            report = graph.load("network", [folder], Options(source="Generated"))
            assert report.rows_rejected == 0, report.first_rejects
            customers = dict(known.group_by("supplier_id").len().iter_rows())
            sample = left_out.sample(min(hidden, len(left_out)), seed=seed)
            return {"hidden": len(left_out), "asked": len(sample), **_measured(graph, sample, customers)}


def _measured(graph: Graph, sample: pl.DataFrame, customers: dict[str, int]) -> dict[str, Any]:
    places: dict[str, list[int | None]] = {}
    seconds, candidates = [], []
    for supplier, buyer, product in sample.iter_rows():
        own = (f"Завод {buyer[1:]}", f"Товар {product[1:]}")
        true = f"Завод {supplier[1:]}"
        began = time.perf_counter()
        items = ranked(graph, *own)
        seconds.append(time.perf_counter() - began)
        candidates.append(len(items))
        orders = {
            "score": items,
            "nearest": sorted(items, key=lambda item: item["distance_km"]),
            "largest": sorted(items, key=lambda item: -float(item["capacity"]["low"])),
            "most_connected": sorted(items, key=lambda item: -customers.get("c" + item["entity"]["name"][6:], 0)),
        }
        for without in ABLATIONS:
            orders[f"score_without_{without}"] = ranked(graph, *own, weights=f"{without}=0")
        for order, listed in orders.items():
            names = [item["entity"]["name"] for item in listed]
            places.setdefault(order, []).append(place_of(names, true))
    return {
        "candidates_mean": round(float(np.mean(candidates)), 1),
        "answer_p50_ms": round(float(np.median(seconds)) * 1000, 2),
        **{order: measures(own) for order, own in places.items()},
    }


def main() -> None:
    """Parse, measure each seed, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plants", type=int, default=20_000)
    parser.add_argument("--hidden", type=int, default=300)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = {"plants": given.plants} | {
        f"seed_{seed}": run(given.plants, given.hidden, int(seed)) for seed in given.seeds.split(",")
    }
    text = json.dumps(found, indent=1)
    print(text)
    if given.out:
        given.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
