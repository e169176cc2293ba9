"""`kg build --store` and `kg remove`: reports into a store and out of it, joined with those that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kg.cli.sift import Read, sift_reports
from kg.crew import gather_crew, keep_all, read_one, write_all
from kg.explorer import build_page
from kg.pipeline import Rules, join, load_rules
from kg.resources import data_folder
from kg.store import keep_page, open_store, page_path
from kg.store.fresh import fill_reports, is_new, make_aside
from kg.store.reports import Change, change_reports, read_tables

_FILE = click.Path(path_type=Path)
# Reports in one transaction: each state of the store is whole, and the text of the update stays below some 200 MB.
_AT_ONCE = 12


def keep_reports(reports: Sequence[Read], folder: Path, html: bool, quiet: bool, least: float, rules: Rules) -> None:
    """Put reports into a store; copies of what is there or came before are told of and left out."""
    if is_new(folder):
        _make_new(sift_reports(reports), folder, html, quiet, least, rules)
        return
    store = open_store(folder)
    held = [table.shape for table in read_tables(store, folder)]
    sifted = sift_reports(reports, held, folder)
    for number in range(0, len(sifted), _AT_ONCE):
        readings = [read_one(one.report, least, rules) for one in sifted[number : number + _AT_ONCE]]
        change = change_reports(store, folder, lambda tables: join(tables, rules), readings)
        _keep_pages(change, folder, html)
        if not quiet:
            _tell(change)
    # Without it the next to open the store reads the whole log again.
    store.flush()


def _make_new(reports: Sequence[Read], folder: Path, html: bool, quiet: bool, least: float, rules: Rules) -> None:
    with make_aside(folder) as aside, gather_crew(len(reports)) as crew:
        held = sorted(keep_all([one.report for one in reports], least, aside, crew), key=lambda kept: kept[0].report)
        joins = join([table for table, _ in held], rules)
        graphs = write_all(held, joins, aside, html, crew)
        for key, size in fill_reports(aside, {kept[0].report: kept for kept in held}, joins, graphs):
            if not quiet:
                click.echo(f"{key}  {size:,} 三元组 triples", err=True)
    if not quiet:
        click.echo(f"{len(held)} 份报告 reports", err=True)


@click.command()
@click.argument("keys", nargs=-1, required=True)
@click.option("--store", type=_FILE, required=True, help="The store that holds the reports.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
def remove(keys: tuple[str, ...], store: Path, quiet: bool) -> None:
    """Remove reports from a store, by key (450100-2024, as kg build --store tells); the others are joined anew.

    \b
    Examples:
      kg remove 450100-2023 --store reports.db
    """
    rules = load_rules(data_folder())
    change = change_reports(open_store(store), store, lambda tables: join(tables, rules), remove=keys)
    _keep_pages(change, store, html=False)
    if not quiet:
        _tell(change)


def _keep_pages(change: Change, folder: Path, html: bool) -> None:
    """Write the pages of reports that were put, if wanted, and renew those of reports that were rewritten."""
    for graph, triples in change.graphs.items():
        if html or page_path(folder, graph).is_file():
            keep_page(folder, graph, build_page(triples))


def _tell(change: Change) -> None:
    for line in _lines(change):
        click.echo(line, err=True)
    click.echo(f"{len(change.sizes)} 份报告 reports", err=True)


def _lines(change: Change) -> Iterator[str]:
    yield from (f"{key}  {change.sizes[key]:,} 三元组 triples" for key in change.put)
    yield from (f"{key}  已移除 removed" for key in change.removed)
    if change.rewritten:
        yield f"因归并更新 rewritten, for names of theirs were joined: {', '.join(change.rewritten)}"
