"""Many reports at once: processes that each read a report, or write its graph as joined, to files of a store's folder.

Between processes go a report, its table and a digest, never its triples, so that memory does not grow with the number
of reports.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.explorer import build_page
from kg.export.files import write_whole
from kg.export.lines import write_ntriples
from kg.graph import DEFAULT_BASE
from kg.joining import Joins, Table
from kg.joining.rewriting import rewrite_triples
from kg.model import Report
from kg.pipeline import Rules, describe, extract, link_document, load_rules, publish, tabulate
from kg.resources import data_folder
from kg.store import keep_page
from kg.store.readings import Reading, keep_reading, read_triples

# Fewer reports are read sooner than other processes have loaded the rules.
_FEW = 4


@dataclass(frozen=True, slots=True)
class ToRead:
    """A report to read, what a finding's confidence must be, and the folder that keeps the reading."""

    report: Report
    least: float
    folder: Path


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A kept reading to write as joined; `joins` needs only what its own entities are. `page` asks for its page too."""

    key: str
    digest: str
    joins: Joins
    folder: Path
    page: bool


@contextmanager
def gather_crew(jobs: int) -> Iterator[ProcessPoolExecutor | None]:
    """Give as many processes as there are cores, or None where `jobs` are too few for that."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if jobs < _FEW or cores < 2:
        yield None
        return
    # Threads of a database do not live on in a fork.
    with ProcessPoolExecutor(min(cores, jobs), multiprocessing.get_context("spawn")) as crew:
        yield crew


def read_one(report: Report, least: float, rules: Rules) -> Reading:
    """Read a report: what is found in it, linked, as table and triples."""
    linked = link_document(publish(extract(report, rules), least), rules)
    return Reading(tabulate(linked, rules), describe(linked, rules))


def keep_one(task: ToRead) -> tuple[Table, str]:
    """Read a report and keep the reading; return its table and digest."""
    reading = read_one(task.report, task.least, _rules())
    return reading.table, keep_reading(task.folder, reading)


def write_one(task: ToWrite) -> tuple[str, Path, int]:
    """Write the graph of a reading as joined to a file beside the store; return key, file and number of triples."""
    root = f"{DEFAULT_BASE}id/"
    triples = rewrite_triples(read_triples(task.folder, task.key, task.digest), task.joins, root)
    file = task.folder / f"{task.key}.nt"
    write_whole(file, write_ntriples(triples))
    if task.page:
        keep_page(task.folder, f"{root}graph/{task.key}", build_page(triples))
    return task.key, file, len(triples)


def narrow_joins(joins: Joins, table: Table) -> Joins:
    """Return of joins what the entities of one report are."""
    return Joins({entity.id: joins.things[entity.id] for entity in table.entities}, (), (), ())


def keep_all(
    reports: Sequence[Report], least: float, folder: Path, crew: ProcessPoolExecutor | None
) -> Iterator[tuple[Table, str]]:
    """Read and keep reports; yield tables and digests in their order."""
    yield from (crew.map if crew else map)(keep_one, (ToRead(report, least, folder) for report in reports))


def write_all(
    held: Iterable[tuple[Table, str]], joins: Joins, folder: Path, page: bool, crew: ProcessPoolExecutor | None
) -> Iterator[tuple[str, Path, int]]:
    """Write the graphs of kept readings as joined; yield keys, files and numbers of triples in their order."""
    tasks = (ToWrite(table.report, digest, narrow_joins(joins, table), folder, page) for table, digest in held)
    yield from (crew.map if crew else map)(write_one, tasks)


@cache
def _rules() -> Rules:
    return load_rules(data_folder())
