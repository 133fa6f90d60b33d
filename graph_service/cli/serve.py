"""``zveno serve``: the service under gunicorn."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; beyond this machine only with API keys")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on")] = 8000,
    store: Annotated[str | None, typer.Option(help="sqlite:///FILE or neo4j://HOST; ZVENO_STORE unless given")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Worker processes")] = 1,
    threads: Annotated[int, typer.Option(min=1, max=64, help="Threads of each worker")] = 8,
) -> None:
    """Serve the pages, the API and its documentation.

    Example: zveno serve --port 8080
    """
    from graph_service.settings import Settings
    from graph_service.wsgi import run_server

    run_server(Settings.from_environment(store=store), host=host, port=port, workers=workers, threads=threads)
