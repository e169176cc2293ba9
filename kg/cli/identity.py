"""`kg identity`: how well names of several reports are known for one thing, on pairs that a reader judged."""

from __future__ import annotations

from pathlib import Path

import click

from kg.api import LEAST
from kg.model import Report
from kg.pipeline import Given, Rules, extract, load_rules, publish, read_report
from kg.resources import data_folder
from kg.sameness import Pair, count_pairs, half_of, judge_pairs, read_pairs
from kg.score import Counts

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("pairs", type=_FILE, required=False)
@click.option("--reports", type=_FILE, multiple=True, help="A report of the place, read for what it tells. Repeatable.")
@click.option("--place", default="南宁市", show_default=True, help="The place whose reports the pairs are of.")
@click.option("--errors", is_flag=True, help="Also print the pairs that were judged otherwise.")
def identity(pairs: Path | None, reports: tuple[Path, ...], place: str, errors: bool) -> None:
    """Measure identity across years on judged pairs of names: precision, recall and F1 of the pairs that are one thing.

    \b
    Examples:
      kg identity
      kg identity data/gold/years/identity.tsv --errors
      kg identity --reports 2016.txt --reports 2017.txt
    """
    rules = load_rules(data_folder())
    years = data_folder() / "gold" / "years"
    read = reports or tuple(sorted((years / "sources").glob("*.txt")))
    documents = {}
    for path in read:
        report, _ = read_report(path, rules, Given(place=place))
        if report.year is not None:
            documents[report.year] = publish(extract(report, rules), LEAST)
    judged = judge_pairs(read_pairs(pairs or years / "identity.tsv"), documents, _place(place, rules), rules)
    counts = count_pairs(judged)
    click.echo(f"{len(judged)} 对 pairs, {counts.hits + counts.missed} 对同一 one thing")
    click.echo(_measure(counts))
    for half, name in enumerate(("一半（规则据此而定） the half that rules were made on", "另一半 the other half")):
        click.echo(f"{_measure(count_pairs([found for found in judged if half_of(found[0]) == half]))}  {name}")
    for pair, found in judged if errors else ():
        if pair.same != found:
            click.echo(_tell(pair))


def _measure(counts: Counts) -> str:
    return f"P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}"


def _place(name: str, rules: Rules) -> Report:
    division = rules.divisions.find(name)[0]
    return Report("", "", "", "", "", place=division.name, place_code=division.code, level=division.level)


def _tell(pair: Pair) -> str:
    ends = (f"{name.year} {name.kind} {name.text}" for name in (pair.left, pair.right))
    return f"{'missed 漏' if pair.same else 'extra 误'}  {'  |  '.join(ends)}  ({pair.why})"
