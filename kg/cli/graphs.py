"""Graphs that a command reads: the last build, files, or the last state of a store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import pyoxigraph as ox

from kg.cli.options import last_build, snapshot_room
from kg.query import load_store
from kg.store import take_snapshot

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)


def graph_options(command: Command) -> Command:
    """Add `--on` and `--store`, which tell where the graphs are."""
    command = click.option("--store", type=_FILE, help="Read this store (kg build --store) instead of files.")(command)
    return click.option(
        "--on", "graphs", multiple=True, type=_FILE, help="Graph file to read; default: the last build. Repeatable."
    )(command)


@contextmanager
def open_graphs(graphs: tuple[Path, ...], store: Path | None) -> Iterator[ox.Store]:
    """Give the graphs as one store; a store on disk is read in its last complete state, for it may be written."""
    if store and graphs:
        raise click.UsageError("give --on FILE or --store DIR, not both")
    if store is None:
        yield load_store(*(graphs or (last_build(),)))
        return
    with snapshot_room(store) as room:
        take_snapshot(store, room / "rdf")
        yield ox.Store.read_only(str(room / "rdf"))
