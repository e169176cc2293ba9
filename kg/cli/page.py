"""`kg page`: one page of many reports, from their graphs in files or in a store."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
import pyoxigraph as ox

from kg.cli.options import EXPORTS
from kg.errors import BadInput
from kg.explorer import build_page
from kg.export.files import write_whole
from kg.graph import Triple
from kg.lexicon.tracking import load_tracking
from kg.load.files import read_graphs
from kg.resources import data_folder
from kg.store import list_graphs
from kg.store.terms import to_triple
from kg.track import follow_graphs
from kg.vocab import KG, RDF, RDFS

Command = TypeVar("Command", bound=Callable[..., Any])

_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which reports a page is to hold."""

    places: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def takes(self, place: str | None, year: int | None) -> bool:
        in_time = (self.since is None or (year or 0) >= self.since) and (
            self.until is None or (year or 0) <= self.until
        )
        return in_time and (not self.places or place in self.places)


@click.command()
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--store", type=_FILE, help="Read the reports of this store instead of files.")
@click.option("-o", "--output", type=_FILE, default=EXPORTS / "reports.html", show_default=True, help="The page.")
@click.option("--place", "places", multiple=True, help="Only reports of this place (南宁市); may be given again.")
@click.option("--since", type=int, help="Only reports of this year and later.")
@click.option("--until", type=int, help="Only reports of this year and earlier.")
@click.option(
    "--promises/--no-promises",
    default=True,
    show_default=True,
    help="Follow up targets where the next year's report is there too; takes about a second a report.",
)
@click.option("--open", "show", is_flag=True, help="Open the page in the default browser.")
def page(
    files: tuple[Path, ...],
    store: Path | None,
    output: Path,
    places: tuple[str, ...],
    since: int | None,
    until: int | None,
    promises: bool,
    show: bool,
) -> None:
    """Build one interactive page of many reports, years and places side by side; it works from disk.

    \b
    Examples:
      kg page exports/*.ttl -o nanning.html --open
      kg page --store reports.db --place 南宁市 --since 2016
    """
    if bool(files) == bool(store):
        raise click.UsageError("give graphs of reports (exports/*.ttl), or --store")
    wanted = _Wanted(places, since, until)
    graphs = list(_read_store(store, wanted) if store else _read_files(files, wanted))
    if not graphs:
        raise BadInput(store or files[0], "holds no report that was asked for; build one with: kg build REPORT.txt")
    write_page(output, graphs, show, promises)


def page_options(command: Command) -> Command:
    """Add `--page` and `--open` to the command that builds reports."""
    command = click.option("--open", "show", is_flag=True, help="Open the page in the default browser.")(command)
    return click.option("--page", type=_FILE, help="Also write one page of all these reports to this file.")(command)


def write_page(file: Path, graphs: Sequence[Iterable[Triple]], show: bool, promises: bool = True) -> None:
    """Write the one page of several graphs, with what became of their targets, and open it if asked to."""
    outcomes = follow_graphs(graphs, load_tracking(data_folder())) if promises else {}
    write_whole(file, build_page(*graphs, outcomes))
    click.echo(f"{file}  {file.stat().st_size / 1024:,.0f} KiB  {_count_reports(graphs)} 份报告 reports")
    if show:
        open_page(file)


def _count_reports(graphs: Sequence[Iterable[Triple]]) -> int:
    return len({s for graph in graphs for s, predicate, value in graph if (predicate, value) == (RDF.type, KG.Report)})


def open_page(file: Path) -> None:
    """Open a page in the default browser."""
    address = file.resolve().as_uri()
    # Without a browser the page is as good; only the way to it is the person's.
    if not webbrowser.open(address):
        click.echo(f"kg: no browser was found; open it yourself 未找到浏览器，请自行打开: {address}", err=True)


def _read_files(files: Sequence[Path], wanted: _Wanted) -> Iterator[list[Triple]]:
    for name, triples in read_graphs(files, spare="").items():
        graph = [to_triple(ox.Quad(*triple)) for triple in triples]
        reports = {subject for subject, predicate, value in graph if predicate == RDF.type and value == KG.Report}
        said = {(s, p): str(getattr(o, "text", o)) for s, p, o in graph if s in reports or p == RDFS.label}
        heads = [(said.get((said.get((r, KG.place), ""), RDFS.label)), said.get((r, KG.year))) for r in sorted(reports)]
        if name is not None and any(wanted.takes(place, int(year) if year else None) for place, year in heads):
            yield graph


def _read_store(folder: Path, wanted: _Wanted) -> Iterator[list[Triple]]:
    try:
        store = ox.Store.read_only(str(folder / "rdf"))
    except OSError as error:
        raise BadInput(folder, "holds no store; build one first: kg build REPORT.txt --store " + str(folder)) from error
    for entry in list_graphs(store):
        if entry.report and wanted.takes(*_read_head(store, entry.report)):
            yield [to_triple(quad) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(entry.graph))]


def _read_head(store: ox.Store, report: str) -> tuple[str | None, int | None]:
    def first(subject: ox.NamedNode, predicate: str) -> object:
        quads = store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
        return next((quad.object for quad in quads), None)

    year, place = first(ox.NamedNode(report), KG.year), first(ox.NamedNode(report), KG.place)
    label = first(place, RDFS.label) if isinstance(place, ox.NamedNode) else None
    return (
        label.value if isinstance(label, ox.Literal) else None,
        int(year.value) if isinstance(year, ox.Literal) else None,
    )
