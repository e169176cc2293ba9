"""Time each stage of the seed report in one run, beside `jieba.cut` of the same text.

    python benchmarks/stages.py [REPORT.txt] [--rounds N]

Prints the median of each stage in milliseconds and the ratio of the whole extraction to `jieba.cut`. Stages and
jieba take turns in every round, so that a busy machine slows both alike.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jieba

from kg.figures import find_figures
from kg.names import find_names
from kg.pipeline import load_rules, read_report
from kg.relations import find_claims
from kg.resources import data_folder
from kg.text import split_report

STAGES = ("read and identify", "sections and sentences", "names", "figures", "relations")


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", nargs="?", type=Path, default=data_folder() / "reports" / "nanning-2024.txt")
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    rules = load_rules(data_folder())
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    times: dict[str, list[float]] = defaultdict(list)

    def timed(stage: str, work: Callable[..., Any], *arguments: Any) -> Any:
        start = time.perf_counter()
        result = work(*arguments)
        times[stage].append((time.perf_counter() - start) * 1000)
        return result

    for _ in range(args.rounds):
        report, _ = timed(STAGES[0], read_report, args.report, rules)
        sections, sentences = timed(STAGES[1], split_report, report, rules.structure)
        mentions = timed(STAGES[2], find_names, report, sentences, rules.names, rules.encoder)
        timed(STAGES[3], find_figures, report, sections, sentences, rules.figures)
        timed(STAGES[4], find_claims, report, sections, sentences, mentions, rules.relations)
        timed("jieba.cut", tokenizer.lcut, report.text)
    print(f"{args.report.name}: {len(report.text)} characters, medians of {args.rounds} rounds")
    for stage in STAGES:
        print(f"  {stage:<24}{statistics.median(times[stage]):8.1f} ms")
    wholes = [sum(values) for values in zip(*(times[stage] for stage in STAGES), strict=True)]
    print(f"  {'whole extraction':<24}{statistics.median(wholes):8.1f} ms")
    print(f"  {'jieba.cut':<24}{statistics.median(times['jieba.cut']):8.1f} ms")
    ratio = statistics.median(whole / cut for whole, cut in zip(wholes, times["jieba.cut"], strict=True))
    print(f"  whole extraction is {ratio:.2f} times jieba.cut (median of the rounds' ratios)")


if __name__ == "__main__":
    main()
