"""How fast the ``network`` format goes into an embedded store: 100,000 companies, 1,000,000 supplies.

    .venv/bin/python bench/network_load.py [--companies N] [--supplies N] [--format csv|parquet]

Prints one line of JSON: rows and claims per second (reading, checking, hashing and writing, the completion of the load
included), the processor seconds of the loading process (on a shared machine the steadier figure), its peak memory
(VmHWM, so that the generator does not count), and the seconds that the scan for a snapshot takes in a fresh process.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from graph_service.store.sqlite.store import SqliteStore
from loaders.loader import Options
from loaders.network_folder import NetworkLoader
from loaders.run import run

REGIONS = ("RU-VGG", "RU-SAR", "RU-MOS", "RU-TA", "RU-BA", "RU-ROS", "RU-SVE", "RU-CHE", "RU-PER", "RU-SAM")
PRODUCTS = 3_000


def companies(count: int, rng: np.random.Generator) -> pl.DataFrame:
    """Companies with correct INNs, names, regions and, for half of them, a point and a revenue."""
    digits = np.array([list(f"{34_000_000 + n:09d}") for n in range(count)], dtype=np.int64)
    check = digits @ np.array([2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10
    number = np.arange(count)
    is_known = rng.random(count) < 0.5
    return pl.DataFrame(
        {
            "id": [f"c{n}" for n in number],
            "name": [f'ООО "Предприятие {n}"' for n in number],
            "inn": [f"{34_000_000 + n:09d}{c}" for n, c in zip(number, check, strict=True)],
            "industry": rng.choice(["Химия", "Металлургия", "Машиностроение", "Пищевая"], count),
            "region_iso": rng.choice(REGIONS, count),
            "lat": rng.uniform(45, 60, count).round(6),
            "lon": rng.uniform(35, 65, count).round(6),
            "revenue": rng.lognormal(18, 2, count).round(0),
        }
    ).with_columns(pl.when(pl.Series(is_known)).then(pl.col("lat", "lon", "revenue")))


def supplies(count: int, firms: int, rng: np.random.Generator) -> pl.DataFrame:
    """Two thirds dated deliveries with a value, one third rates with a share; few firms have many partners."""
    supplier = (firms * rng.power(0.6, count)).astype(np.int64)
    buyer = rng.integers(0, firms, count)
    is_delivery = rng.random(count) < 0.67
    day = pl.Series(rng.integers(16_000, 20_500, count)).cast(pl.Int32).cast(pl.Date).cast(pl.String)
    share = pl.Series(rng.random(count).round(3)).cast(pl.String)
    return pl.DataFrame(
        {
            "id": [f"d{n}" for n in range(count)],
            "supplier_id": [f"c{n}" for n in supplier],
            "buyer_id": [f"c{n}" for n in buyer],
            "product_id": [f"p{n}" for n in rng.integers(0, PRODUCTS, count)],
            "basis": np.where(is_delivery, "delivery", "rate"),
            "quantity": rng.lognormal(3, 1, count).round(2),
            "unit": np.where(is_delivery, "t", "t/month"),
            "value": rng.lognormal(13, 2, count).round(2),
            "currency": ["RUB"] * count,
        }
    ).with_columns(
        buyer_share=pl.when(~pl.Series(is_delivery)).then(share),
        valid_from=pl.when(pl.Series(is_delivery)).then(day),
    )


def generate(folder: Path, ending: str, firms: int, links: int) -> None:
    """Write the folder; the same numbers every time."""
    rng = np.random.default_rng(20_240_917)
    number = np.arange(PRODUCTS)
    tables = {
        "source": pl.DataFrame({"name": ["Synthetic network"], "rank": ["3"], "published_on": ["2024-09-17"]}),
        "companies": companies(firms, rng),
        "products": pl.DataFrame(
            {"id": [f"p{n}" for n in number], "name": [f"Товар {n}" for n in number],
             "okpd2": [f"{10 + n % 23}.{n % 89 + 10}.{n % 9 + 1}" for n in number]}
        ),
        "supplies": supplies(links, firms, rng),
    }  # fmt: skip
    for name, table in tables.items():
        if ending == "parquet":
            table.write_parquet(folder / f"{name}.parquet")
        else:
            table.write_csv(folder / f"{name}.csv")


def load(folder: Path, database: Path) -> dict[str, float]:
    """Load the folder in this process."""
    store = SqliteStore(database)
    started = time.perf_counter()
    report = run(NetworkLoader(), [folder], Options(), store)
    seconds = time.perf_counter() - started
    busy = time.process_time()
    store.close()
    assert report.rows_rejected == 0, report.first_rejects
    return {
        "rows": report.rows_read, "claims": report.claims, "seconds": round(seconds, 2),
        "cpu_seconds": round(busy, 2),
        "rows_per_second": round(report.rows_read / seconds), "claims_per_second": round(report.claims / seconds),
        "peak_rss_mb": peak_rss_mb(), "database_mb": round(database.stat().st_size / 1e6),
    }  # fmt: skip


def scan(database: Path) -> dict[str, float]:
    """Read everything that a snapshot is built from."""
    store = SqliteStore(database)
    started = time.perf_counter()
    claims = len(store.scan().claims)
    seconds = time.perf_counter() - started
    store.close()
    return {"scan_claims": claims, "scan_seconds": round(seconds, 2), "scan_peak_rss_mb": peak_rss_mb()}


def peak_rss_mb() -> int:
    """The most memory that this process ever held."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) // 1000


def main() -> None:
    """Generate, then load and scan in fresh processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--supplies", type=int, default=1_000_000)
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv")
    parser.add_argument("--step", choices=("load", "scan"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        database = given.folder / "bench.sqlite"
        print(json.dumps(load(given.folder / "tables", database) if given.step == "load" else scan(database)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tables").mkdir()
        generate(folder / "tables", given.format, given.companies, given.supplies)
        figures: dict[str, object] = {"format": given.format}
        for step in ("load", "scan"):
            command = [sys.executable, __file__, "--step", step, "--folder", name]
            figures |= json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
