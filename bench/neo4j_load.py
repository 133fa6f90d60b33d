"""The network format into Neo4j against a bare UNWIND MERGE loop that writes the same properties, in one run.

    .venv/bin/python bench/neo4j_load.py neo4j://127.0.0.1:7687 [--companies N] [--supplies N]

The server must be empty and is emptied between the two; give the password in ZVENO_NEO4J_PASSWORD. Our time includes
checks, hashing, idempotence, the versions and the links that people see; the loop only merges what is handed to it.
Both must end with the same number of claims. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path

import neo4j
from network_load import generate

from graph_service.domain.claims import identify
from graph_service.snapshot.making import read_and_build
from graph_service.store.neo4j.store import Neo4jStore
from loaders.loader import Options
from loaders.network_folder import NetworkLoader
from loaders.run import run

BATCH = 10_000
MERGE = """
UNWIND $rows AS row
MERGE (a:Entity {id: row.from_raw})
MERGE (b:Entity {id: row.end})
MERGE (a)-[c:CLAIM {claim_id: row.claim_id}]->(b)
SET c += row
"""


def bare_loop(driver: neo4j.Driver, folder: Path) -> tuple[int, float]:
    """Write the same claims with all their properties; only the time in the driver counts."""
    driver.execute_query("CREATE CONSTRAINT bench_entity IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE")
    driver.execute_query("CREATE CONSTRAINT bench_claim IF NOT EXISTS FOR ()-[c:CLAIM]-() REQUIRE c.claim_id IS UNIQUE")
    written, seconds = 0, 0.0
    for batch in NetworkLoader().batches([folder], Options()):
        claims = identify(batch.claims.claims).unique("claim_id", keep="first")
        for part in claims.iter_slices(BATCH):
            rows = [
                {name: str(v) if hasattr(v, "isoformat") else v for name, v in row.items() if v is not None}
                | {"end": row["to_raw"] or row["document_id"]}
                for row in part.iter_rows(named=True)
            ]
            started = time.perf_counter()
            driver.execute_query(MERGE, rows=rows)
            seconds += time.perf_counter() - started
            written += len(rows)
    return written, seconds


def empty(driver: neo4j.Driver) -> None:
    """Leave the server without data and schema."""
    with driver.session() as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS").consume()
        session.run("MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        for row in list(session.run("SHOW CONSTRAINTS YIELD name")):
            session.run(f"DROP CONSTRAINT `{row['name']}`").consume()
        for row in list(session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")):
            session.run(f"DROP INDEX `{row['name']}`").consume()


def main() -> None:
    """Our load, the bare loop, the ratio, and the time to a snapshot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uri")
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--supplies", type=int, default=1_000_000)
    given = parser.parse_args()
    password = os.environ.get("ZVENO_NEO4J_PASSWORD")
    driver = neo4j.GraphDatabase.driver(given.uri, auth=("neo4j", password) if password else None)
    empty(driver)
    with tempfile.TemporaryDirectory() as name, driver:
        folder = Path(name)
        generate(folder, "parquet", given.companies, given.supplies)
        store = Neo4jStore(given.uri, password=password)
        started = time.perf_counter()
        report = run(NetworkLoader(), [folder], Options(), store)
        ours = time.perf_counter() - started
        assert report.rows_rejected == 0
        started = time.perf_counter()
        scan = store.scan()
        scanned = time.perf_counter() - started
        read_and_build(store, None)  # reads anew
        built = time.perf_counter() - started - scanned
        assert report.load is not None
        claims = report.load.claims_new
        assert len(scan.claims) == claims
        store.close()
        empty(driver)
        written, loop = bare_loop(driver, folder)
        assert written == claims, (written, claims)
        empty(driver)
    print(
        json.dumps(
            {
                "claims": claims, "ours_seconds": round(ours, 1), "ours_per_second": round(claims / ours),
                "loop_seconds": round(loop, 1), "loop_per_second": round(claims / loop), "ratio": round(loop / ours, 2),
                "scan_seconds": round(scanned, 1), "snapshot_seconds": round(built, 1),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
