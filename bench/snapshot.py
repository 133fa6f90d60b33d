"""What a snapshot in files costs and how soon a write is seen: 100,000 companies, 1,000,000 supplies.

    .venv/bin/python bench/snapshot.py [--companies N] [--supplies N] [--store neo4j://HOST:PORT] [--keep FOLDER]

Prints JSON, and writes it to bench/results/snapshot-STORE-SUPPLIES.json: seconds to build from nothing, bytes per
supply (all its columns, both orders, its id and its record's text), seconds to open, the memory that two workers have
for themselves and together after a question each, and the seconds from the completion of a load of 100 claims until a
worker answers from it, among known companies and with new ones. Every step runs in a process of its own. A given
server must be empty and is not emptied afterwards; with ``--keep`` a folder of an earlier run is used again.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bench.network_load import generate, peak_rss_mb
from graph_service.bootstrap import open_graph, snapshot_folder
from graph_service.domain.claims import ClaimBatch, Document, Source, document_id, frame, source_id
from graph_service.graph import Graph
from graph_service.settings import Settings
from graph_service.snapshot.snapshot import Snapshot
from graph_service.store.port import LoadRequest
from loaders.loader import Options

RESULTS = Path(__file__).with_name("results")
WRITES = 5
CLAIMS = 100
SOURCE = Source(source_id=source_id("Bench"), name="Bench", rank=3)
DOCUMENT = Document(document_id=document_id(SOURCE.source_id, "calls"), source_id=SOURCE.source_id, key="calls")


def build(settings: Settings) -> dict[str, Any]:
    """Read, derive and write, from nothing."""
    with open_graph(settings) as graph:
        started = time.perf_counter()
        scanned = graph.store.scan()
        scan_seconds = time.perf_counter() - started
        claims = len(scanned.claims)
        del scanned
        started = time.perf_counter()
        snapshot = graph.live.view().snapshot
        seconds = time.perf_counter() - started
        return {
            "claims": claims, "build_seconds": round(seconds, 2), "of_it_scan_seconds": round(scan_seconds, 2),
            "build_peak_rss_mb": peak_rss_mb(), **sizes(snapshot),
        }  # fmt: skip


def sizes(snapshot: Snapshot) -> dict[str, Any]:
    """Bytes of one supply, part by part, and of everything."""
    tables, rows = snapshot.built.tables, len(snapshot.claim_ids)
    columns = sum(t.nbytes for name, t in tables.items() if name.startswith("claims.") and len(t) == rows)
    orders = sum(tables[f"content.{order}.rows"].nbytes for order in ("by_from", "by_to"))
    texts = sum(t.nbytes for name, t in tables.items() if name.startswith("content.record."))
    parts = {"columns": columns / rows, "orders": orders / rows, "claim_id": 16.0, "record": texts / rows}
    return {
        "bytes_per_supply": round(sum(parts.values()), 1),
        "bytes_by_part": {name: round(size, 1) for name, size in parts.items()},
        "all_mb": round(sum(t.nbytes for t in tables.values()) / 1e6, 1),
    }


def cold(settings: Settings) -> dict[str, Any]:
    """Open the files in a process that has just begun, checksums included; pages are in the system's cache."""
    folder = snapshot_folder(settings)
    started = time.perf_counter()
    found = folder.open()
    assert found is not None
    return {"open_seconds": round(time.perf_counter() - started, 3)}


def work(settings: Settings) -> None:
    """Be a worker that has answered a question; says what it holds when its input ends."""
    with open_graph(settings, wait=False) as graph:
        graph.ask("suppliers", id=graph.live.view().snapshot.entity_ids[0], tiers=4)
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(memory()), flush=True)
        sys.stdin.readline()


def memory() -> dict[str, float]:
    """Of the snapshot's mapped files and of the whole process, in MB."""
    kinds: dict[str, float] = {}
    is_ours = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            is_ours = line.endswith(".npy")
        elif found := re.match(r"(Rss|Pss|Private_Clean|Private_Dirty): +(\d+) kB", line):
            for scope in ("process", *(("files",) if is_ours else ())):
                name = f"{scope}_{'private' if found[1].startswith('Private') else found[1].lower()}_mb"
                kinds[name] = kinds.get(name, 0.0) + int(found[2]) / 1000
    return {name: round(size, 1) for name, size in sorted(kinds.items())}


def share(command: list[str]) -> dict[str, Any]:
    """Two workers at once."""
    workers = [
        subprocess.Popen([*command, "--step", "work"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    held = []
    for step in range(2):
        for worker in workers:
            assert worker.stdin is not None
            assert worker.stdout is not None
            if step:
                worker.stdin.write("\n")
                worker.stdin.flush()
            line = worker.stdout.readline()
            held += [json.loads(line)] if step else []
    for worker in workers:
        worker.communicate("\n")
    return {"two_workers": held}


def visible(settings: Settings) -> dict[str, Any]:
    """From the completion of a load until a worker has it."""
    found: dict[str, Any] = {}
    with open_graph(settings, wait=False) as graph:
        ids = graph.live.refresh().snapshot.entity_ids[:200]
        for kind in ("known", "new"):
            seconds = []
            for number in range(WRITES):
                write(graph, list(ids), number, is_new=kind == "new")
                started = time.perf_counter()
                graph.live.refresh()
                seconds.append(time.perf_counter() - started)
            found[f"visible_seconds_{kind}"] = round(statistics.median(seconds), 2)
            found[f"visible_seconds_{kind}_worst"] = round(max(seconds), 2)
    return found


def write(graph: Graph, ids: list[str], number: int, *, is_new: bool) -> None:
    """Load 100 supplies that nobody has stated before."""
    now = str(time.time_ns())
    rows: list[dict[str, object]] = [
        {
            "document_id": DOCUMENT.document_id,
            "type": "SUPPLIES",
            "from_raw": f"{now[-12:]}{at}" if is_new else ids[at],
            "to_raw": ids[at + CLAIMS],
            "value_min": 1.0 + at,
            "value_max": 1.0 + at,
            "currency": "RUB",
            "valid_from": date(2024, 1, 1 + number),
            "record": f"{now}-{at}",
        }
        for at in range(CLAIMS)
    ]
    if is_new:
        names = [{"document_id": DOCUMENT.document_id, "type": "DESCRIBED_IN", "from_raw": row["from_raw"],
                  "attributes": json.dumps({"label": "Company", "name": f"ООО «Новое {row['from_raw']}»"},
                                           ensure_ascii=False, separators=(",", ":"))} for row in rows]  # fmt: skip
        rows += names
    request = LoadRequest(format="bench", dataset=now, mode="incremental", fingerprint=now, holder="bench")
    load = graph.store.begin(request)
    graph.store.write(load, ClaimBatch(claims=frame(rows), documents=[DOCUMENT], sources=[SOURCE]))
    graph.store.complete(load)


def main() -> None:
    """Generate and load, then measure step by step in fresh processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--supplies", type=int, default=1_000_000)
    parser.add_argument("--store")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--step", choices=("build", "cold", "work", "visible"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.keep or Path(name)
        store = given.store or f"sqlite:///{folder}/bench.sqlite"
        settings = replace(Settings.from_environment(store=store), snapshot_dir=folder / "snapshots")
        if given.step:
            result = {"build": build, "cold": cold, "work": work, "visible": visible}[given.step](settings)
            if result is not None:
                print(json.dumps(result))
            return
        with open_graph(settings) as graph:
            if graph.store.version().number == 0:
                (folder / "tables").mkdir(parents=True, exist_ok=True)
                generate(folder / "tables", "parquet", given.companies, given.supplies)
                graph.load("network", [folder / "tables"], Options())
        command = [sys.executable, __file__, "--keep", str(folder), *(["--store", store] if given.store else [])]
        figures: dict[str, Any] = {"store": store.partition(":")[0], "supplies": given.supplies}
        for step in ("build", "cold", "visible"):
            done = subprocess.run([*command, "--step", step], check=True, stdout=subprocess.PIPE, text=True)
            figures |= json.loads(done.stdout)
        figures |= share(command)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"snapshot-{figures['store']}-{given.supplies}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
