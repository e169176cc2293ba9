"""`kg score`: how good the extraction is on annotated reports that it never learnt from."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from kg.api import LEAST
from kg.encoder import load_encoder
from kg.errors import BadInput
from kg.export.rows import to_rows
from kg.lexicon.folds import load_folds
from kg.pipeline import Given, Rules, extract, identify_report, load_rules, publish
from kg.readers import read_source
from kg.resources import data_folder
from kg.score import MEASURES, Score, format_scores, score_rows

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=_FILE, required=False)
@click.option("--report", "names", multiple=True, help="Only this report (nanning-2024). Repeatable.")
@click.option("--errors", type=int, default=0, help="Also print this many misses and extras of each measure.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--least", type=click.FloatRange(0, 1), default=LEAST, show_default=True, help="Confidence to publish.")
def score(folder: Path | None, names: tuple[str, ...], errors: int, form: str, least: float) -> None:
    """Score the extraction on annotated reports: FOLDER/NAME.jsonl with FOLDER/sources/NAME.txt.

    A report that the tagger learnt from is read by the model that was trained without it and its group.

    \b
    Examples:
      kg score
      kg score data/gold --report nanning-2024 --errors 5
      kg score other-gold --format json
    """
    folder = folder or data_folder() / "gold"
    files = [path for path in sorted(folder.glob("*.jsonl")) if not names or path.stem in names]
    if not files:
        raise BadInput(folder, "holds no annotated report (NAME.jsonl) of that name")
    rules = load_rules(data_folder())
    folds = load_folds(data_folder())
    by_fold = {
        fold: _without(rules, fold) for fold in sorted({folds[path.stem] for path in files if path.stem in folds})
    }
    scores = {}
    for path in files:
        fold = folds.get(path.stem)
        scores[path.stem] = _score_one(path, rules if fold is None else by_fold[fold], least)
        for line in _show_errors(path.stem, scores[path.stem], errors):
            click.echo(line)
    if form == "json":
        table = {name: {m: round(one.measures[m].f1, 4) for m in MEASURES} for name, one in scores.items()}
        click.echo(json.dumps(table, indent=1))
    else:
        click.echo(format_scores(scores))
        unseen = sum(path.stem not in folds for path in files)
        click.echo(f"{len(files) - unseen} reports left out of training by group, {unseen} never in training", err=True)


def _without(rules: Rules, fold: int) -> Rules:
    return dataclasses.replace(rules, encoder=load_encoder(data_folder(), fold))


def _score_one(path: Path, rules: Rules, least: float) -> Score:
    source = path.parent / "sources" / f"{path.stem}.txt"
    report, _ = identify_report(read_source(source), rules, Given())
    document = publish(extract(report, rules), least)
    with path.open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines if line.strip()]
    return score_rows(gold, list(to_rows(document)))


def _show_errors(name: str, one: Score, most: int) -> list[str]:
    shown: dict[tuple[str, str], int] = {}
    lines = []
    for miss in one.misses:
        key = (miss.measure, miss.what)
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= most and miss.measure in ("entity exact", "figure full", "relation soft"):
            lines.append(f"{name}  {miss.measure}  {miss.what}  @{miss.start}  {' | '.join(map(str, miss.item))}")
    return lines
