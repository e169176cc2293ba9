"""`kg identity`: how well names of several reports are known for one thing, on pairs that a reader judged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kg.api import LEAST
from kg.export.files import write_whole
from kg.learn.likeness import fit_likeness
from kg.model import Document, Report
from kg.pipeline import Given, Rules, extract, load_rules, publish, read_report
from kg.resources import data_folder
from kg.sameness import Pair, count_pairs, judge_pairs, measure_pairs, read_pairs
from kg.score import Counts

_FILE = click.Path(path_type=Path)
_Judged = Sequence[tuple[Pair, bool]]


@click.command()
@click.argument("pairs", type=_FILE, required=False)
@click.option("--reports", type=_FILE, multiple=True, help="A report of the place, read for what it tells. Repeatable.")
@click.option("--place", "places", multiple=True, help="Only pairs from the reports of this place. Repeatable.")
@click.option("--errors", is_flag=True, help="Also print the pairs that were judged otherwise.")
@click.option("--fit", type=_FILE, help="Fit how likeness is weighed to these pairs, and write it here instead.")
def identity(
    pairs: Path | None, reports: tuple[Path, ...], places: tuple[str, ...], errors: bool, fit: Path | None
) -> None:
    """Measure identity across years on judged pairs of names: precision, recall and F1 of the pairs that are one thing.

    \b
    Examples:
      kg identity
      kg identity data/gold/years/identity.tsv --place 南宁市 --errors
      kg identity --reports 2016.txt --reports 2017.txt
    """
    rules = load_rules(data_folder())
    years = data_folder() / "gold" / "years"
    asked = [pair for pair in read_pairs(pairs or years / "identity.tsv") if not places or pair.place in places]
    by_place = {name: [pair for pair in asked if pair.place == name] for name in dict.fromkeys(p.place for p in asked)}
    if fit:
        measured = [row for name, own in by_place.items() for row in measure_pairs(own, _place(name, rules), rules)]
        rows = (f"{name}\t{weight}\n" for name, weight in fit_likeness(measured).items())
        write_whole(fit, "feature\tweight\n" + "".join(rows))
        click.echo(f"{fit}  {len(measured)} 对 pairs")
        return
    read = reports or tuple(sorted((years / "sources").glob("*.txt")))
    documents = [_read(path, rules) for path in read]
    for name, own in by_place.items():
        place = _place(name, rules)
        known = {
            document.report.year: document
            for document in documents
            if document.report.year is not None and document.report.place_code == place.place_code
        }
        judged = judge_pairs(own, known, place, rules)
        counts = count_pairs(judged)
        click.echo(
            f"{name}  {len(judged)} 对 pairs, {counts.hits + counts.missed} 对同一 one thing  {_measure(counts)}"
        )
        for pair, found in judged if errors else ():
            if pair.same != found:
                click.echo(_tell(pair))


def _read(path: Path, rules: Rules) -> Document:
    report, _ = read_report(path, rules, Given())
    return publish(extract(report, rules), LEAST)


def _measure(counts: Counts) -> str:
    return f"P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}"


def _place(name: str, rules: Rules) -> Report:
    division = rules.divisions.find(name)[0]
    return Report("", "", "", "", "", place=division.name, place_code=division.code, level=division.level)


def _tell(pair: Pair) -> str:
    ends = (f"{name.year} {name.kind} {name.text}" for name in (pair.left, pair.right))
    return f"{'missed 漏' if pair.same else 'extra 误'}  {'  |  '.join(ends)}  ({pair.why})"
