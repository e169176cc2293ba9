"""`kg build`: reports in, Turtle and HTML out, or a store; and a summary of what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from kg.cli.keep import keep_reports
from kg.cli.options import EXPORTS, given_of, least_option, report_options
from kg.cli.page import open_page, page_options, write_page
from kg.cli.sift import Read, read_reports, sift_reports
from kg.errors import BadInput
from kg.explorer import build_page
from kg.export.files import write_whole
from kg.export.turtle import write_turtle
from kg.graph import DEFAULT_BASE, Triple
from kg.joining import Table
from kg.joining.rewriting import describe_joins
from kg.pipeline import (
    Given,
    Rules,
    describe,
    describe_joined,
    extract,
    join,
    link_document,
    load_rules,
    publish,
    tabulate,
)
from kg.query import load_store, run_query
from kg.query.tables import format_table
from kg.resources import data_folder
from kg.summary import summarise
from kg.vocab import VOCABULARY

_FILE = click.Path(path_type=Path)
_TO_TRY = "projects-by-status"
_ALL = "all"


@click.command()
@click.argument("reports", nargs=-1, required=True, type=_FILE)
@click.option("-o", "--output", type=_FILE, default=EXPORTS, show_default=True, help="Folder for the files.")
@click.option("--store", type=_FILE, help="Keep the graphs in this store, joined with those it holds; write no files.")
@click.option("--html/--no-html", default=True, help="Also write the interactive page.", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Print no summary.")
@page_options
@least_option
@report_options
def build(
    reports: tuple[Path, ...],
    output: Path,
    store: Path | None,
    html: bool,
    quiet: bool,
    page: Path | None,
    show: bool,
    least: float,
    **given: Any,
) -> None:
    """Build the knowledge graph of each report: NAME.ttl and NAME.html in the output folder.

    Of several reports also all.ttl, in which one thing is one node whatever each report calls it. With --store the
    graphs go to a database instead, one a report, where one thing is one node too, and reports may be added later.

    \b
    Examples:
      kg build data/reports/nanning-2024.txt
      kg build reports/*.txt -o exports --no-html
      kg build report.txt --place 南宁市 --year 2024 --open
      kg build reports/南宁市-*.txt --page nanning.html
      kg build reports/南宁市-*.txt --store reports.db
    """
    if show and not (html or page):
        raise click.UsageError("--open needs a page; leave out --no-html, or give --page")
    if store and (page or show):
        raise click.UsageError("--page and --open are for files; of a store write one with: kg page --store DIR")
    if store and click.get_current_context().get_parameter_source("output") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--store writes no files, so -o has nothing to do; leave one of them out")
    for path in reports if store else ():
        # Before a store is made that nothing would be kept in.
        if not path.exists():
            raise BadInput(path, "cannot be read: there is no such file")
    overrides = given_of(**given)
    if len(reports) > 1 and overrides != Given():
        raise click.UsageError("--place, --year, --date, --speaker and --title speak of one report; give one")
    if not store:
        _refuse_same_names(reports)
    rules = load_rules(data_folder())
    read = read_reports(reports, rules, overrides)
    if store:
        keep_reports(read, store, html, quiet, least, rules)
        return
    built = [_build_one(one, output, html, quiet, least, rules) for one in sift_reports(read)]
    graphs = [triples for _, triples in built]
    if len(built) > 1:
        graphs = _join_all(built, output / f"{_ALL}.ttl", quiet, rules)
    if page:
        write_page(page, graphs, show)
    elif show:
        open_page(output / f"{reports[0].stem}.html")


def _refuse_same_names(reports: Sequence[Path]) -> None:
    seen = {_ALL: Path(f"{_ALL}.ttl, what all reports together say")} if len(reports) > 1 else {}
    for path in reports:
        if path.stem in seen:
            raise BadInput(path, f"would be written to the same files as {seen[path.stem]}; rename one")
        seen[path.stem] = path


def _build_one(
    read: Read, output: Path, html: bool, quiet: bool, least: float, rules: Rules
) -> tuple[Table, dict[Triple, None]]:
    linked = link_document(publish(extract(read.report, rules), least), rules)
    files = [output / f"{read.path.stem}.ttl"]
    triples = describe(linked, rules)
    write_whole(files[0], write_turtle(triples))
    if html:
        files.append(output / f"{read.path.stem}.html")
        write_whole(files[1], build_page(triples))
    if not quiet:
        click.echo(summarise(linked, VOCABULARY))
        _show_files(files)
    return tabulate(linked, rules), triples


def _join_all(
    built: Sequence[tuple[Table, dict[Triple, None]]], file: Path, quiet: bool, rules: Rules
) -> list[dict[Triple, None]]:
    """Write what all reports together say to one file, and return their graphs as joined."""
    joins = join([table for table, _ in built], rules)
    graphs = [describe_joined(triples, joins) for _, triples in built]
    together = describe_joins(joins, f"{DEFAULT_BASE}id/")
    write_whole(file, write_turtle(dict.fromkeys(triple for graph in (*graphs, together) for triple in graph)))
    if not quiet:
        things = len({thing.id for thing in joins.things.values()})
        click.echo(f"{len(built)} 份报告 reports, {things:,} 个事物 things, {len(joins.merges):,} 处归并 merges")
        _show_files([file])
    return graphs


def _show_files(files: Sequence[Path]) -> None:
    click.echo("文件 Files\n" + "".join(f"  {file}  {_size(file)}\n" for file in files))
    click.echo(f"一个查询 A query to try:  kg query {_TO_TRY} --on {files[0]}\n")
    query = (data_folder() / "queries" / f"{_TO_TRY}.rq").read_text(encoding="utf-8")
    click.echo(format_table(run_query(load_store(files[0]), query), rows=8))


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1024:,.0f} KiB"
