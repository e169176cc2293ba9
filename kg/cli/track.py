"""`kg track`: what became of the targets of a report by the next year's, and the life lines of works."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.cli.graphs import choose_reports, graph_options, open_graphs, put_text
from kg.errors import BadInput
from kg.export.turtle import write_turtle
from kg.facts import Told, read_account
from kg.lexicon.tracking import load_tracking
from kg.query.tables import format_csv, format_table
from kg.resources import data_folder
from kg.track import VERDICTS, follow_reports
from kg.track.lives import trace_lives
from kg.track.show import count_verdicts, list_lives, list_outcomes, show_lives, show_outcomes, write_markdown
from kg.track.triples import describe_outcomes

_FILE = click.Path(path_type=Path)
# Long enough for 第二批国家级…… and short enough for five columns.
_CELL = 36
_LINE = 100


@click.command()
@click.argument("place", required=False)
@click.option("--year", type=int, help="The year whose targets are followed up; default: every year that can be.")
@click.option("--latest", is_flag=True, help="Follow up only the last year of each place that can be.")
@click.option("--verdict", "verdicts", multiple=True, type=click.Choice(VERDICTS), help="Only these. Repeatable.")
@click.option(
    "--lives", is_flag=True, help="Show the states of works over the years instead: a table, or CSV with sentences."
)
@click.option("--format", "form", type=click.Choice(["table", "csv", "md", "ttl"]), default="table", show_default=True)
@click.option("-o", "--output", type=_FILE, help="Write to this file instead of the screen.")
@graph_options
def track(
    place: str | None,
    year: int | None,
    latest: bool,
    verdicts: tuple[str, ...],
    lives: bool,
    form: str,
    output: Path | None,
    graphs: tuple[Path, ...],
    store: Path | None,
) -> None:
    """Tell what became of each target: exceeded, met, missed, in progress or not mentioned in the next report.

    比对上一年报告的目标与次年报告的结果。A figure is exceeded when it is beyond its target by more than a tenth of it
    in the wished direction; 左右 leaves a tenth open on both sides. Works are held against the state aimed at. CSV and
    Markdown have the sentences of both reports, Turtle has them as statements that lead to both findings.

    \b
    Examples:
      kg track 南宁市 --on exports/all.ttl --latest
      kg track 南宁市 --store reports.db --year 2023 --format md -o 兑现.md
      kg track --store reports.db --verdict missed --format csv
      kg track 南宁市 --store reports.db --lives --format csv
    """
    rules = load_tracking(data_folder())
    with open_graphs(graphs, store) as opened:
        if lives and form in ("md", "ttl"):
            raise click.UsageError("--lives has the formats table and csv")
        reports = choose_reports(opened, place, graphs, store)
        if lives:
            accounts = [read_account(opened, told) for told in reports]
            traced = trace_lives(accounts, rules)
            lines = format_table(show_lives(traced), width=_LINE) if form == "table" else format_csv(list_lives(traced))
            put_text(lines, output)
            return
        outcomes = list(follow_reports(opened, reports, rules, year, latest=latest))
    if not outcomes:
        raise BadInput(
            place or "the graphs",
            f"have no report of {year or 'a year'} with one of the year after it 缺少相邻两年的报告; there are: "
            f"{_list_years(reports)}. Build both together: kg build A.txt B.txt",
        )
    kept = [outcome for outcome in outcomes if not verdicts or outcome.verdict in verdicts]
    if form == "table":
        put_text(format_table(show_outcomes(kept), width=_CELL), output)
    elif form == "csv":
        put_text(format_csv(list_outcomes(kept)), output)
    elif form == "md":
        put_text(write_markdown(kept), output)
    else:
        put_text(write_turtle(describe_outcomes(kept)), output)
    click.echo(count_verdicts(kept), err=True)


def _list_years(reports: Sequence[Told]) -> str:
    return "、".join(f"{told.name}{told.year or '?'}" for told in reports)
