"""How well local partners are found: links of a generated network are hidden, and the score has to find them again.

    .venv/bin/python bench/local_partners.py [--plants N] [--hidden N] [--seeds 1,2,3] [--latency N] [--out FILE]

Plants stand around towns, make one to three of 400 products and buy what their industry needs. Whom they buy from is
drawn by size, distance (decay 200 km, not the score's 100), earlier trade and shared partners. One link in ten is
hidden. For a sample of the hidden ones the makers of the product are ranked for the buyer by the score and by simpler
orders (``held_out.py``): hits at 1, 5 and 10, the mean reciprocal rank, and the same without each reason in turn.
Weights are the product's defaults. Generator and weights were fixed before anything was measured. No link states a
quantity, so spare capacity is equally unknown for all and decides nothing here.

``--latency N`` then asks N times as a user does, one page of 50, and reports milliseconds of wall clock and of CPU, by
id, by name and within 100 km; with ``--hidden 0`` that is all.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from held_out import Places, Sizes, ids_by_name, orders, pooled
from told import tell

from graph_service.graph import Graph
from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options

PRODUCTS, INDUSTRIES, TOWNS = 400, 20, 60
TRUE_DECAY_KM = 200.0
KM_PER_DEGREE = 111.2
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


def run(plants: int, hidden: int, latency: int, seed: int) -> tuple[Places, dict[str, Any]]:
    """One network: where its hidden suppliers stand, and what else was counted."""
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
            asked = left_out.sample(min(hidden, len(left_out)), seed=seed)
            found: dict[str, Any] = {"known": len(known), "hidden": len(left_out)}
            places = _places(graph, asked, production, known) if hidden else Places()
            if latency:
                found["latency"] = _latency(graph, left_out.sample(min(latency, len(left_out)), seed=seed + 1))
            return places, found


def _places(graph: Graph, asked: pl.DataFrame, production: pl.DataFrame, known: pl.DataFrame) -> Places:
    ids = ids_by_name(graph)
    capacity = {ids[_name(key)]: size for key, size in production.select("company_id", "capacity").iter_rows()}
    customers = {ids[_name(key)]: count for key, count in known.group_by("supplier_id").len().iter_rows()}
    sizes, places = Sizes(size=capacity, customers=customers), Places()
    for supplier, buyer, product in asked.select("supplier_id", "buyer_id", "product_id").iter_rows():
        places.add(orders(graph, ids[_name(buyer)], ids[_name(product)], sizes), ids[_name(supplier)])
    return places


def _latency(graph: Graph, asked: pl.DataFrame) -> dict[str, Any]:
    names = [(_name(buyer), _name(product)) for buyer, product in asked.select("buyer_id", "product_id").iter_rows()]
    id_of = ids_by_name(graph)
    ids = [(id_of[buyer], id_of[product]) for buyer, product in names]
    graph.ask("local-partners", id=ids[0][0], product=ids[0][1])  # what is made once is made
    ways: dict[str, tuple[list[tuple[str, str]], dict[str, Any]]] = {
        "by_id": (ids, {}), "by_name": (names, {}), "by_id_within_100_km": (ids, {"within_km": 100}),
    }  # fmt: skip
    return {way: _milliseconds(graph, pairs, given) for way, (pairs, given) in ways.items()}


def _milliseconds(graph: Graph, pairs: list[tuple[str, str]], given: dict[str, Any]) -> dict[str, float]:
    wall, cpu, candidates = [], [], []
    for buyer, product in pairs:
        began, began_cpu = time.perf_counter(), time.process_time()
        answer = graph.ask("local-partners", id=buyer, product=product, **given)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - began_cpu) * 1000)
        candidates.append(answer["data"]["total"])
    return {
        f"{clock}_p{percent}_ms": round(float(np.percentile(taken, percent)), 2)
        for clock, taken in (("wall", wall), ("cpu", cpu))
        for percent in (50, 95)
    } | {"asked": len(pairs), "candidates_mean": round(float(np.mean(candidates)), 1)}


def _name(key: str) -> str:
    return f"{'Завод' if key[0] == 'c' else 'Товар'} {key[1:]}"


def main() -> None:
    """Parse, measure each seed, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plants", type=int, default=20_000)
    parser.add_argument("--hidden", type=int, default=700, help="hidden links to ask for, of each seed")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--latency", type=int, default=0, help="answers to time, of each seed")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    runs = {seed: run(given.plants, given.hidden, given.latency, int(seed)) for seed in given.seeds.split(",")}
    found: dict[str, Any] = {"plants": given.plants}
    if given.hidden:
        found["all_seeds"] = pooled(places for places, _ in runs.values()).report()
    for seed, (places, counted) in runs.items():
        found[f"seed_{seed}"] = counted | (places.report() if given.hidden else {})
    tell(found, given.out)


if __name__ == "__main__":
    main()
