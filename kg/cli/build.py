"""`kg build`: reports in, Turtle and HTML out, and a summary of what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.options import EXPORTS, given_of, least_option, report_options
from kg.cli.page import page_options, show_built
from kg.errors import BadInput
from kg.explorer import build_page
from kg.export.files import write_whole
from kg.export.turtle import write_turtle
from kg.pipeline import Given, Rules, describe, extract, link_document, load_rules, publish, read_report
from kg.query import load_store, run_query
from kg.query.tables import format_table
from kg.resources import data_folder
from kg.summary import summarise
from kg.vocab import VOCABULARY

_FILE = click.Path(path_type=Path)
_TO_TRY = "projects-by-status"


@click.command()
@click.argument("reports", nargs=-1, required=True, type=_FILE)
@click.option("-o", "--output", type=_FILE, default=EXPORTS, show_default=True, help="Folder for the files.")
@click.option("--html/--no-html", default=True, help="Also write the interactive page.", show_default=True)
@click.option("-q", "--quiet", is_flag=True, help="Print no summary.")
@page_options
@least_option
@report_options
def build(
    reports: tuple[Path, ...],
    output: Path,
    html: bool,
    quiet: bool,
    page: Path | None,
    show: bool,
    least: float,
    **given: Any,
) -> None:
    """Build the knowledge graph of each report: NAME.ttl and NAME.html in the output folder.

    \b
    Examples:
      kg build data/reports/nanning-2024.txt
      kg build reports/*.txt -o exports --no-html
      kg build report.txt --place 南宁市 --year 2024 --open
      kg build reports/南宁市-*.txt --page nanning.html
    """
    if show and not (html or page):
        raise click.UsageError("--open needs a page; leave out --no-html, or give --page")
    overrides = given_of(**given)
    if len(reports) > 1 and overrides != Given():
        raise click.UsageError("--place, --year, --date, --speaker and --title speak of one report; give one")
    _refuse_same_names(reports)
    rules = load_rules(data_folder())
    for path in reports:
        _build_one(path, output, html, quiet, least, overrides, rules)
    show_built([output / f"{path.stem}.ttl" for path in reports], page, show)


def _refuse_same_names(reports: Sequence[Path]) -> None:
    seen: dict[str, Path] = {}
    for path in reports:
        if path.stem in seen:
            raise BadInput(path, f"would be written to the same files as {seen[path.stem]}; rename one")
        seen[path.stem] = path


def _build_one(path: Path, output: Path, html: bool, quiet: bool, least: float, given: Given, rules: Rules) -> None:
    report, unknown = read_report(path, rules, given)
    for field in unknown:
        click.echo(f"kg: {path}: {field} not found in the text 文中未找到; give it with --{field}", err=True)
    linked = link_document(publish(extract(report, rules), least), rules)
    files = [output / f"{path.stem}.ttl"]
    triples = describe(linked, rules)
    write_whole(files[0], write_turtle(triples))
    if html:
        files.append(output / f"{path.stem}.html")
        write_whole(files[1], build_page(triples))
    if quiet:
        return
    click.echo(summarise(linked, VOCABULARY))
    click.echo("文件 Files\n" + "".join(f"  {file}  {_size(file)}\n" for file in files))
    click.echo(f"一个查询 A query to try:  kg query {_TO_TRY} --on {files[0]}\n")
    query = (data_folder() / "queries" / f"{_TO_TRY}.rq").read_text(encoding="utf-8")
    click.echo(format_table(run_query(load_store(files[0]), query), rows=8))


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1024:,.0f} KiB"
