"""`kg export`: every figure and target of every place and year as one tidy table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click
import pyoxigraph as ox

from kg.cli.graphs import choose_reports, graph_options, open_graphs
from kg.export.files import write_whole
from kg.facts import Told, read_account
from kg.lexicon.panel import load_columns
from kg.lexicon.tracking import TrackingRules, load_tracking
from kg.panel import Row, make_panel
from kg.panel.write import dictionary_path, write_csv, write_dictionary, write_parquet
from kg.resources import data_folder

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("place", required=False)
@click.option("--format", "form", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True)
@click.option("--bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option("-o", "--output", type=_FILE, required=True, help="The file; its dictionary is written beside it.")
@graph_options
def export(place: str | None, form: str, bom: bool, output: Path, graphs: tuple[Path, ...], store: Path | None) -> None:
    """Write the figures of reports as a panel: place × year × indicator, with target, result and gap.

    导出面板数据。Each row has the target of its year, with its bound, and the result that the next report gives, both
    in one unit without scale words, and the sentences and IRIs of both. What the columns mean, in Chinese and English,
    is written beside it: FILE-dictionary.csv. Column names are ASCII, no cell has a line break, and what is not known
    is empty: pandas.read_csv and Stata's import delimited read it as it is.

    \b
    Examples:
      kg export --on exports/all.ttl -o panel.csv
      kg export --store reports.db --format parquet -o panel.parquet
      kg export 南宁市 --store reports.db --bom -o nanning.csv
    """
    rules, columns = load_tracking(data_folder()), load_columns(data_folder())
    with open_graphs(graphs, store) as opened:
        reports = choose_reports(opened, place, graphs, store)
        rows = list(_list_rows(opened, reports, rules))
    write_whole(output, write_parquet(rows, columns) if form == "parquet" else write_csv(rows, columns, bom))
    write_whole(dictionary_path(output), write_dictionary(columns, bom))
    click.echo(f"{output}  {len(rows):,} rows 行, {len(reports)} 份报告 reports; {dictionary_path(output)}", err=True)


def _list_rows(store: ox.Store, reports: list[Told], rules: TrackingRules) -> Iterator[Row]:
    for _, told in groupby(reports, key=lambda told: told.place):
        yield from make_panel([read_account(store, one) for one in told], rules)
