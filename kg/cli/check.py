"""`kg check`: figures that contradict each other, with their sentences."""

from __future__ import annotations

from pathlib import Path

import click

from kg.check import KINDS, check_accounts
from kg.check.show import list_doubts, write_doubts
from kg.cli.graphs import choose_reports, graph_options, open_graphs, put_text
from kg.facts import read_account
from kg.lexicon.checks import load_checks
from kg.query.tables import format_csv
from kg.resources import data_folder

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("place", required=False)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these checks. Repeatable.")
@click.option("--format", "form", type=click.Choice(["text", "csv"]), default="text", show_default=True)
@click.option("-o", "--output", type=_FILE, help="Write to this file instead of the screen.")
@graph_options
def check(
    place: str | None,
    kinds: tuple[str, ...],
    form: str,
    output: Path | None,
    graphs: tuple[Path, ...],
    store: Path | None,
) -> int:
    """Find figures that contradict each other; exit code 1 when some do, 0 when none do.

    查找相互矛盾的数据。growth: an amount is not last year's amount with the growth that is told. retreat: a target lies
    below what the year before had. share: more than the whole. double: one indicator, two values in one report. sum:
    the parts of a place have more than the whole. A number of n digits has half a unit of its last digit of play.
    A contradiction need not be an error of the report: amounts are revised, and bases change.

    \b
    Examples:
      kg check 南宁市 --store reports.db
      kg check --on exports/all.ttl --kind growth --format csv -o doubts.csv
    """
    with open_graphs(graphs, store) as opened:
        reports = choose_reports(opened, place, graphs, store)
        doubts = check_accounts([read_account(opened, told) for told in reports], load_checks(data_folder()))
    kept = [doubt for doubt in doubts if not kinds or doubt.kind in kinds]
    put_text(format_csv(list_doubts(kept)) if form == "csv" else write_doubts(kept), output)
    click.echo(f"{len(reports)} 份报告 reports, {len(kept)} 处矛盾 contradictions", err=True)
    return 1 if kept else 0
