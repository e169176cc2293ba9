"""Extract a sample of real reports of every level and time; none may fail, none may come out empty.

    python benchmarks/smoke.py FOLDER [--sample 300] [--seed 1]

FOLDER holds report files in any depth. Prints each failure, each report without a figure or name with the reason,
and the time and statements per thousand characters. Exit code 1 when a report failed or came out empty.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

from kg.errors import KgError
from kg.pipeline import extract, load_rules, read_report
from kg.resources import data_folder


def main() -> int:
    """Run the sample and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.folder is None or not args.folder.is_dir():
        print("smoke test skipped: give the folder of reports, as in make smoke REPORTS=reports", file=sys.stderr)
        return 0
    files = sorted(path for path in args.folder.rglob("*.txt") if path.name != "README.txt")
    sample = random.Random(args.seed).sample(files, min(args.sample, len(files)))
    rules = load_rules(data_folder())
    failures, empty = 0, 0
    milliseconds, density = [], []
    for path in sample:
        start = time.perf_counter()
        try:
            report, unknown = read_report(path, rules)
            document = extract(report, rules)
        except KgError as error:
            failures += 1
            print(f"refused  {error}")
            continue
        except Exception as error:  # a crash is what this program looks for, so it is counted and shown
            failures += 1
            print(f"crashed  {path.name}: {type(error).__name__}: {error}")
            continue
        milliseconds.append((time.perf_counter() - start) * 1000)
        statements = len(document.mentions) + len(document.figures) + len(document.claims)
        density.append(1000 * statements / len(report.text))
        if not document.mentions or not document.figures:
            empty += 1
            print(f"empty    {path.name}: {len(report.text)} characters, unknown: {', '.join(unknown) or 'nothing'}")
    print(f"{len(sample)} reports: {failures} failed, {empty} empty")
    if milliseconds:
        print(f"time per report: median {statistics.median(milliseconds):.0f} ms, most {max(milliseconds):.0f} ms")
        low, high = min(density), max(density)
        print(f"statements per 1,000 characters: median {statistics.median(density):.1f}, {low:.1f} to {high:.1f}")
    return 1 if failures or empty else 0


if __name__ == "__main__":
    sys.exit(main())
