"""Draw the results of `questions.py`: a bar for each engine and question, the median on a logarithmic scale.

.venv/bin/python bench/picture.py results/questions.json results/questions.svg
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

QUESTIONS = {
    "three_tiers": "Suppliers to tier 3", "closure": "All suppliers upstream", "shortest_path": "Shortest path",
    "region_product": "Region × product",
}  # fmt: skip
ENGINES = {
    "snapshot": ("snapshot", "#0b6e6e"), "twin": ("Neo4j, Cypher twin", "#9a5b13"),
    "links": ("Neo4j, plain links", "#c98a3d"), "sqlite": ("SQLite, recursive", "#6b7280"),
    "networkx": ("networkx", "#9ca3af"),
}  # fmt: skip
LEFT, WIDTH, BAR, GAP = 300, 560, 18, 26
LEAST_MS = 0.01


def drawn(found: dict[str, Any]) -> str:
    """The picture as SVG."""
    bars = [(question, engine) for question in QUESTIONS for engine in ENGINES if engine in found.get(question, {})]
    most = max(found[question][engine]["p50_ms"] for question, engine in bars)
    scale = WIDTH / math.log10(most / LEAST_MS)
    parts, y, last = [], 64, ""
    for question, engine in bars:
        if question != last:
            y += GAP if last else 0
            parts.append(f'<text x="12" y="{y + 13}" font-weight="600">{QUESTIONS[question]}</text>')
            last = question
        words, colour = ENGINES[engine]
        milliseconds = found[question][engine]["p50_ms"]
        width = max(2.0, math.log10(max(milliseconds, LEAST_MS) / LEAST_MS) * scale)
        parts.append(f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{words}</text>')
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{width:.0f}" height="{BAR - 3}" fill="{colour}"/>')
        shown = f"{milliseconds:,.0f}" if milliseconds >= 10 else f"{milliseconds:.2f}"
        parts.append(f'<text x="{LEFT + width + 6:.0f}" y="{y + 13}">{shown} ms</text>')
        y += BAR
    title = f"{found['companies']:,} companies, {found['supplies']:,} supplies: median time of an answer"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 110} {y + 20}" '
        'font-family="system-ui, sans-serif" font-size="13" fill="#1f2937">'
        f'<rect width="100%" height="100%" fill="#fff"/><text x="12" y="26" font-size="16">{title}</text>'
        '<text x="12" y="46">logarithmic; equal answers asserted in the same run</text>'
        f"{''.join(parts)}</svg>\n"
    )


def main() -> None:
    """Read, draw, write."""
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(sys.argv[2]).write_text(drawn(found), encoding="utf-8")


if __name__ == "__main__":
    main()
