"""Measure tracking on the outcomes that an annotator read off the reports of Nanning (data/gold/years/promises.jsonl).

    python benchmarks/promises.py [--years 2017-2018] [--errors]

The reports are read by the model that was trained without them. Printed are, of the targets that the person wrote down
and the extractor read: precision, recall and F1 of the pairs of target and result; how many verdicts of right pairs are
right; and F1 of all the person's pairs, those of targets that were not read counted as missed.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kg.api import LEAST
from kg.encoder import load_encoder
from kg.export.turtle import write_turtle
from kg.facts import Account, list_reports, read_account
from kg.lexicon.folds import load_folds
from kg.lexicon.tracking import load_tracking
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
    read_report,
    tabulate,
)
from kg.query import load_store
from kg.resources import data_folder
from kg.track import track_targets
from kg.track.score import Trial, count_trials, match_gold

_FOLDER = data_folder() / "gold" / "years"
_PLACE = "南宁市"


def main() -> None:
    """Print the measures of each pair of years."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", action="append", help="only these: 2017-2018")
    parser.add_argument("--errors", action="store_true", help="also print every pair and verdict that is wrong")
    args = parser.parse_args()
    lines = (_FOLDER / "promises.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    rules = _load_rules()
    print("promises   kind     targets  read  pairs  precision  recall  F1     F1 of all  verdicts of right pairs")
    for years in args.years or dict.fromkeys(row["years"] for row in gold):
        before, after = _read_both(years, rules)
        outcomes = track_targets(before, after, load_tracking(data_folder()))
        trials = {
            kind: match_gold([row for row in gold if row["years"] == years and row["kind"] == kind], outcomes)
            for kind in ("figure", "project")
        }
        trials["both"] = (*trials["figure"], *trials["project"])
        for kind, found in trials.items():
            print(f"{years}  {kind:<8}{_measure(found)}")
        if args.errors:
            for trial in trials["both"]:
                _show_error(trial)


def _load_rules() -> Rules:
    """Return the rules with the model that was trained without reports of the place."""
    rules = load_rules(data_folder())
    fold = load_folds(data_folder())["nanning-2017"]
    return dataclasses.replace(rules, encoder=load_encoder(data_folder(), fold))


def _read_both(years: str, rules: Rules) -> tuple[Account, Account]:
    """Build the two reports as `kg build` does, joined, and read them back."""
    built = []
    for year in years.split("-"):
        source = _FOLDER / "sources" / f"nanning-{year}.txt"
        report, _ = read_report(source, rules, Given(place=_PLACE, year=int(year)))
        linked = link_document(publish(extract(report, rules), LEAST), rules)
        built.append((tabulate(linked, rules), describe(linked, rules)))
    joins = join([table for table, _ in built], rules)
    triples = dict.fromkeys(triple for _, graph in built for triple in describe_joined(graph, joins))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.ttl"
        file.write_text(write_turtle(triples), encoding="utf-8")
        store = load_store(file)
    before, after = (read_account(store, told) for told in list_reports(store))
    return before, after


def _measure(trials: Sequence[Trial]) -> str:
    tally = count_trials(trials)
    return (
        f"{tally.targets:>8}{tally.found:>6}{tally.pairs:>7}{tally.precision:>11.3f}{tally.recall:>8.3f}{tally.f1:>7.3f}"
        f"{tally.f1_of_all:>10.3f}     {tally.right_verdicts} of {tally.right}"
    )


def _show_error(trial: Trial) -> None:
    gold, outcome = trial.gold, trial.outcome
    if outcome is None:
        print(f"  not read      {gold['subject']} ({gold['target_words']})  {gold['verdict']}")
    elif trial.is_pair != (outcome.result is not None) or (trial.is_pair and not trial.is_right_pair):
        found = outcome.result.quote.text[:50] if outcome.result else "nothing"
        print(f"  wrong pair    {gold['subject']}: {gold['result_words']}, found {found}")
    elif not trial.is_right_verdict:
        print(f"  wrong verdict {gold['subject']}: {gold['verdict']}, given {outcome.verdict}")


if __name__ == "__main__":
    main()
