"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import os
import tempfile
from functools import partial
from pathlib import Path

import click

from kg.cli.options import last_build, snapshot_room
from kg.errors import KgError
from kg.graph import DEFAULT_BASE
from kg.query import read_queries
from kg.resources import data_folder

_FILE = click.Path(path_type=Path)
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@click.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--store", type=_FILE, help="Serve this store instead of files; SIGHUP reads it anew.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7001, show_default=True)
@click.option("--name", "names", multiple=True, help="Host name to answer to, besides those of this machine.")
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="Where the IRIs of the graph begin.")
@click.option("--workers", type=click.IntRange(1, 256), help="Queries at once; default: one a core, at least four.")
@click.option("--waiting", type=click.IntRange(1), default=64, show_default=True, help="Queries that may wait.")
@click.option("--timeout", type=click.FloatRange(0.1), default=10, show_default=True, help="Seconds for one query.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Most rows of an answer.")
@click.option("--memory", type=click.IntRange(64), default=512, show_default=True, help="Megabytes for one query.")
@click.option("--cache", type=click.IntRange(0), default=64, show_default=True, help="Megabytes of answers to keep.")
@click.option(
    "--patience", type=click.FloatRange(0.1), default=10, show_default=True, help="Seconds a slow client has."
)
@click.option("--cors", is_flag=True, help="Let pages of other sites ask, from any browser.")
def serve(
    files: tuple[Path, ...],
    store: Path | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    base: str,
    workers: int | None,
    waiting: int,
    timeout: float,
    rows: int,
    memory: int,
    cache: int,
    patience: float,
    cors: bool,
) -> None:
    """Serve a graph: the explorer at /, SPARQL at /sparql, and a page for every IRI. Read-only.

    \b
    Examples:
      kg serve                               the last build
      kg serve exports/nanning-2024.ttl
      kg serve --store reports.db --port 8080
    """
    try:
        from kg.serve.app import Setting
        from kg.serve.library import open_files, take_turn
        from kg.serve.limits import Limits
        from kg.serve.run import is_loopback, run_service
    except ModuleNotFoundError as error:
        raise KgError(f"kg serve needs {error.name}; install it with: pip install 'govkg[server]'") from error
    if store and files:
        raise click.UsageError("give files or --store, not both")
    limits = Limits(
        workers=workers or max(4, os.cpu_count() or 1),
        waiting=waiting,
        seconds=timeout,
        rows=rows,
        memory=memory * 2**20,
        cache=cache * 2**20,
        patience=patience,
    )
    paths = files or (() if store else (last_build(),))
    with snapshot_room(store) if store else tempfile.TemporaryDirectory(prefix="kg-") as folder:
        place = Path(folder)
        renew = partial(take_turn, store, place) if store else None
        library = renew() if renew else open_files(paths, place / "store", base)
        if is_loopback(host):
            hosts: frozenset[str] | None = _OWN_NAMES | frozenset(names)
        else:
            hosts = _OWN_NAMES | frozenset(names) if names else None
            click.echo(f"kg: {host} can be reached from other machines", err=True)
        setting = Setting(library, read_queries(data_folder() / "queries"), limits, base, hosts, cors)
        click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/  (Ctrl+C stops)", err=True)
        run_service(setting, host, port, renew, lambda words: click.echo(f"kg: {words}", err=True))
