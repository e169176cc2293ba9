"""Three real reports of one city, shortened, as readings; run as a program, forks writers that put and remove them.

Nothing here opens a store before the fork, for the threads of a database do not live on in a child.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path

from kg.api import LEAST
from kg.joining import Joins, Table
from kg.pipeline import (
    Given,
    Rules,
    describe,
    extract,
    identify_report,
    join,
    link_document,
    load_rules,
    publish,
    tabulate,
)
from kg.readers import read_source
from kg.resources import data_folder
from kg.store import open_store
from kg.store.readings import Reading
from kg.store.reports import change_reports

NAMES = ("nanning-2017", "nanning-2018", "nanning-2023")
KEYS = ("450100-2017", "450100-2018", "450100-2023")
_LENGTH = 900


@cache
def _rules() -> Rules:
    return load_rules(data_folder())


def join_all(tables: Sequence[Table]) -> Joins:
    """Join tables by the rules of data/."""
    return join(tables, _rules())


@cache
def make_readings() -> tuple[Reading, ...]:
    """Return the readings of the beginnings of three reports."""
    return tuple(_read(name) for name in NAMES)


def _read(name: str) -> Reading:
    rules = _rules()
    source = read_source(data_folder() / "gold" / "years" / "sources" / f"{name}.txt")
    year = int(name.rpartition("-")[2])
    shortened = dataclasses.replace(source, raw=source.raw[:_LENGTH])
    report, _ = identify_report(shortened, rules, Given(place="南宁市", year=year))
    linked = link_document(publish(extract(report, rules), LEAST), rules)
    return Reading(tabulate(linked, rules), describe(linked, rules))


def _write_on(folder: Path) -> None:
    store = open_store(folder)
    os.write(1, b"writing\n")
    readings = make_readings()
    for turn in count():
        held = 1 + turn % 3
        change_reports(store, folder, join_all, readings[:held])
        if held == 3:
            change_reports(store, folder, join_all, remove=KEYS[1:])


def _main(folder: Path) -> None:
    make_readings()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _write_on(folder)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
