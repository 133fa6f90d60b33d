"""``zveno export``: the graph, or what lies around one entity, as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HELP = """Write the graph to a file for other programs.

The format is the one that PATH ends in: graphml and gexf for Gephi, yEd, Cytoscape; xlsx and json with the tables
entities, claims and documents. With --format csv, PATH is a folder for the three tables.

Examples:

  zveno export graph.graphml

  zveno export around.xlsx --entity 'Изопан Рус' --hops 2

  zveno export tables --format csv --status actual
"""


def export(
    path: Annotated[Path, typer.Argument(help="File to write; for csv a folder")],
    entity: Annotated[str | None, typer.Option(help="Only what lies around it: id, INN, OGRN or name")] = None,
    hops: Annotated[int, typer.Option(min=0, max=30, help="How far around it, in claims")] = 1,
    format: Annotated[str | None, typer.Option(help="graphml, gexf, xlsx, csv, json; by the ending of PATH")] = None,
    valid_at: Annotated[str | None, typer.Option(help="The day it was true, 2026-11-24; today unless given")] = None,
    status: Annotated[str, typer.Option(help="Which statuses count, comma-separated")] = "actual,planned",
    lang: Annotated[str | None, typer.Option(help="Language of names: ru or en; ZVENO_LANG unless given")] = None,
    store: Annotated[str | None, typer.Option(help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given")] = None,
) -> None:
    """Write the graph or a neighbourhood."""
    from graph_service.bootstrap import open_graph
    from graph_service.domain.clocks import parse_span
    from graph_service.errors import BadParameter
    from graph_service.interop.exports import export as write
    from graph_service.interop.exports import format_of
    from graph_service.settings import Settings

    settings = Settings.from_environment(store=store)
    chosen = format_of(path, format)
    if lang not in (None, "ru", "en"):
        raise BadParameter(f"lang {lang!r} is neither ru nor en", parameter="lang")
    with open_graph(settings, create=False) as graph:
        written = write(
            graph, path, chosen, entity=graph.find_id(entity) if entity else None, hops=hops,
            valid_at=parse_span(valid_at).start if valid_at else None, lang=lang or settings.lang,
            statuses=[word.strip() for word in status.split(",") if word.strip()],
        )  # fmt: skip
    typer.echo(f"{written['entities']} entities and {written['claims']} claims written to {path}", err=True)
