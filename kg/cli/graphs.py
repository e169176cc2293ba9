"""Graphs that a command reads: the last build, files, or the last state of a store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import pyoxigraph as ox

from kg.cli.options import last_build, snapshot_room
from kg.errors import BadInput
from kg.export.files import write_whole
from kg.facts import Told, list_reports
from kg.query import load_store
from kg.store import take_snapshot

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(path_type=Path)


def graph_options(command: Command) -> Command:
    """Add `--on` and `--store`, which tell where the graphs are."""
    command = click.option("--store", type=_FILE, help="Read this store (kg build --store) instead of files.")(command)
    return click.option(
        "--on",
        "graphs",
        multiple=True,
        type=_FILE,
        help="Graph file to read; default: those of exports/. Repeatable.",
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


def choose_reports(store: ox.Store, place: str | None, graphs: tuple[Path, ...], folder: Path | None) -> list[Told]:
    """Return the reports of a place, or all; `BadInput` where there are none, with the places that there are."""
    reports = list_reports(store)
    chosen = [told for told in reports if place is None or told.name == place]
    if not chosen:
        source = folder or ", ".join(map(str, graphs)) or "the last build"
        there = "、".join(dict.fromkeys(told.name for told in reports if told.name)) or "none 无"
        raise BadInput(
            source, f"holds no report of {place or 'any place'} 没有该地的报告; there are reports of: {there}"
        )
    return chosen


def put_text(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file and say so."""
    if output is None:
        sys.stdout.write(text)
        return
    write_whole(output, text)
    click.echo(f"{output}  {len(text.splitlines())} lines 行", err=True)
