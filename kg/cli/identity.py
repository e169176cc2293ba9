"""`kg identity`: how well names of several reports are known for one thing, on pairs that a reader judged."""

from __future__ import annotations

from pathlib import Path

import click

from kg.api import LEAST
from kg.errors import BadInput
from kg.export.files import write_whole
from kg.learn.likeness import fit_likeness
from kg.model import Report
from kg.pipeline import Given, Rules, extract, load_rules, publish, read_report
from kg.resources import data_folder
from kg.sameness import Pair, count_pairs, judge_pairs, measure_pairs, read_pairs
from kg.score import Counts

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("pairs", type=_FILE, required=False)
@click.option("--reports", type=_FILE, multiple=True, help="A report of the place, read for what it tells. Repeatable.")
@click.option("--place", "places", multiple=True, help="Only pairs from the reports of this place. Repeatable.")
@click.option("--errors", is_flag=True, help="Also print the pairs that were judged otherwise.")
@click.option(
    "--fit", type=_FILE, help="Measure nothing, but fit the weights of likeness to the pairs and write them here."
)
def identity(
    pairs: Path | None, reports: tuple[Path, ...], places: tuple[str, ...], errors: bool, fit: Path | None
) -> None:
    """Measure identity across years on judged pairs of names: precision, recall and F1 of the pairs that are one thing.

    The weights of likeness were fitted to the pairs of data/gold, which flatters these.

    \b
    Examples:
      kg identity
      kg identity data/gold/years/identity.tsv --place 南宁市 --errors
      kg identity --reports 2016.txt --reports 2017.txt
    """
    rules = load_rules(data_folder())
    years = data_folder() / "gold" / "years"
    path = pairs or years / "identity.tsv"
    asked = [pair for pair in read_pairs(path) if not places or pair.place in places]
    if not asked:
        raise BadInput(path, f"has no pairs{' of ' + '、'.join(places) if places else ''}")
    by_place = {name: [pair for pair in asked if pair.place == name] for name in dict.fromkeys(p.place for p in asked)}
    if fit:
        measured = [row for name, own in by_place.items() for row in measure_pairs(own, _place(name, rules), rules)]
        rows = (f"{name}\t{weight}\n" for name, weight in fit_likeness(measured).items())
        write_whole(fit, "feature\tweight\n" + "".join(rows))
        click.echo(f"{fit}  {len(measured)} 对 pairs")
        return
    codes = {_place(name, rules).place_code for name in by_place}
    documents = []
    for path in reports or tuple(sorted((years / "sources").glob("*.txt"))):
        report, _ = read_report(path, rules, Given())
        if report.place_code in codes:
            documents.append(publish(extract(report, rules), LEAST))
        elif reports:
            raise BadInput(path, f"is of {report.place or 'no known place'}, and no pair is of that")
    for name, own in by_place.items():
        place = _place(name, rules)
        known = {d.report.year: d for d in documents if d.report.year and d.report.place_code == place.place_code}
        judged = judge_pairs(own, known, place, rules)
        counts = count_pairs(judged)
        click.echo(
            f"{name}  {len(judged)} 对 pairs, {counts.hits + counts.missed} 对同一 one thing  {_measure(counts)}"
        )
        for pair, found in judged if errors else ():
            if pair.same != found:
                click.echo(_tell(pair))


def _measure(counts: Counts) -> str:
    return f"P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}"


def _place(name: str, rules: Rules) -> Report:
    found = rules.divisions.find(name)
    if not found:
        raise BadInput(name, "is no division that the pairs could be of")
    division = found[0]
    return Report("", "", "", "", "", place=division.name, place_code=division.code, level=division.level)


def _tell(pair: Pair) -> str:
    ends = (f"{name.year} {name.kind} {name.text}" for name in (pair.left, pair.right))
    return f"{'missed 漏' if pair.same else 'extra 误'}  {'  |  '.join(ends)}  ({pair.why})"
