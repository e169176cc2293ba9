"""What the explorer knows of a whole store before it asks: its reports, every name in it, and the map it opens on."""

from __future__ import annotations

import gzip
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyoxigraph as ox

from kg.explorer import name_page
from kg.explorer.data import Node, Page, Report
from kg.explorer.overview import draw_overview
from kg.explorer.page import assemble_page
from kg.explorer.payload import describe_page
from kg.explorer.pinyin import read_characters
from kg.explorer.read import read_page
from kg.graph import Triple
from kg.serve.names import Names, Numbers, index_names
from kg.serve.ways import Ways, index_ways
from kg.store.terms import to_triple
from kg.vocab import KG, RDF, RDFS, SKOS, VOCABULARY

# Of the things that several places name so many are weighed for the opening map.
_CANDIDATES = 2000


@dataclass(frozen=True, slots=True)
class Atlas:
    """All things of a store by number; `surfaces` are their names in the order of the index.

    `keys` are those of the reports, `homes` their places, `ways` the facts between things, and `page` is the
    explorer's page, gzipped.
    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    surfaces: tuple[str, ...]
    names: Names
    numbers: Mapping[str, int]
    keys: frozenset[str]
    homes: frozenset[str]
    ways: Ways
    page: bytes

    def weigh(self, identities: Sequence[str]) -> dict[str, float]:
        """Return how much weight the store gives to some things, 0 to 1."""
        known = [(identity, self.numbers[identity]) for identity in identities if identity in self.numbers]
        return {identity: round(float(self.names.weights[number]), 4) for identity, number in known}


def read_atlas(database: Path, base: str) -> Atlas:
    """Read a store through once; for three thousand reports that is work for minutes, in a process of its own."""
    store = ox.Store.read_only(str(database))
    root = f"{base}id/"
    kinds = {
        subject.removeprefix(root): kind
        for kind in VOCABULARY.kinds
        for subject, _, _ in _scan(store, RDF.type, KG.term(kind))
    }
    numbers = {identity: number for number, identity in enumerate(kinds)}
    labels = [""] * len(numbers)
    rows: list[tuple[int, str, bool]] = []
    for predicate in (RDFS.label, SKOS.altLabel, KG.divisionCode):
        for subject, _, value in _scan(store, predicate):
            number = numbers.get(subject.removeprefix(root))
            if number is None or isinstance(value, str):
                continue
            # Where reports call a thing differently, the shortest of their names for it speaks.
            if predicate == RDFS.label and (not labels[number] or len(value.text) < len(labels[number])):
                labels[number] = value.text
            rows.append((number, value.text, False))
    rows = [(number, name, name == labels[number]) for number, name, _ in rows]
    page = read_page([[*_read_reports(store)]])
    mentioned, told = _read_mentions(store, root, numbers, page.reports)
    counts = np.bincount(mentioned, minlength=len(numbers))
    weights = np.log1p(counts) / max(float(np.log1p(counts.max(initial=1))), 1e-9)
    readings = read_characters(name for _, name, _ in rows)
    return Atlas(
        tuple(kinds),
        tuple(kinds.values()),
        tuple(labels),
        tuple(name for _, name, _ in rows),
        index_names(rows, weights.tolist(), readings),
        numbers,
        frozenset(report.key for report in page.reports),
        frozenset(report.home for report in page.reports if report.home),
        index_ways(_read_ways(store, root, numbers), len(numbers)),
        gzip.compress(_write_page(page, tuple(kinds.items()), labels, mentioned, told).encode(), 6, mtime=0),
    )


def _scan(store: ox.Store, predicate: str, value: str | None = None) -> Iterator[Triple]:
    target = None if value is None else ox.NamedNode(value)
    quads = store.quads_for_pattern(None, ox.NamedNode(predicate), target, ox.DefaultGraph())
    return map(to_triple, quads)


def _read_reports(store: ox.Store) -> Iterator[Triple]:
    """Yield what is said of the reports and their places."""
    reports = [subject for subject, _, _ in _scan(store, RDF.type, KG.Report)]
    places = {place: None for _, _, place in _scan(store, KG.place) if isinstance(place, str)}
    for subject in [*reports, *places]:
        yield from map(to_triple, store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph()))


def _read_mentions(
    store: ox.Store, root: str, numbers: Mapping[str, int], reports: Sequence[Report]
) -> tuple[Numbers, Numbers]:
    """Return for each mention the number of the thing, and that of the report: a mention's IRI has its report's key."""
    keys = {report.key: number for number, report in enumerate(reports)}
    things, told = array("q"), array("q")
    for subject, _, value in _scan(store, KG.refersTo):
        thing = numbers.get(str(value).removeprefix(root))
        report = keys.get(subject.rpartition("/")[2].rpartition(".")[0])
        if thing is not None and report is not None:
            things.append(thing)
            told.append(report)
    return np.array(things, dtype=np.int64), np.array(told, dtype=np.int64)


def _read_ways(store: ox.Store, root: str, numbers: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Yield the ends of every fact between two things."""
    for predicate in VOCABULARY.predicates:
        for subject, _, value in _scan(store, KG.term(predicate)):
            ends = numbers.get(subject.removeprefix(root)), numbers.get(str(value).removeprefix(root))
            if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                yield ends[0], ends[1]


def _write_page(
    page: Page, things: Sequence[tuple[str, str]], labels: Sequence[str], mentioned: Numbers, told: Numbers
) -> str:
    """Return the explorer that holds the places and what joins them, and asks for everything else."""
    homes = sorted({report.home or "" for report in page.reports})
    seat = np.array([homes.index(report.home or "") for report in page.reports], dtype=np.int64)
    pairs, counts = np.unique(mentioned * len(homes) + seat[told], return_counts=True)
    named_by = np.bincount(pairs // max(len(homes), 1), minlength=len(things))
    # Things that several places name, those of most places first.
    joining = np.lexsort((np.arange(len(things)), -np.bincount(mentioned, minlength=len(things)), -named_by))
    chosen = [int(number) for number in joining[:_CANDIDATES] if named_by[number] > 1]
    sizes = Counter({homes[seat]: int(size) for seat, size in enumerate(np.bincount(pairs % max(len(homes), 1)))})
    named: dict[str, Counter[str]] = {things[number][0]: Counter() for number in chosen}
    for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
        identity = things[pair // len(homes)][0]
        if identity in named:
            named[identity][homes[pair % len(homes)]] = count
    wanted = {*named, *homes}
    nodes = {i: Node(i, kind, label) for (i, kind), label in zip(things, labels, strict=True) if i in wanted}
    drawn = draw_overview(nodes, sizes, {i: named.get(i, Counter()) for i in nodes}, ())
    shown = replace(page, nodes=tuple(nodes[identity] for identity in sorted({*drawn.spots, *homes} & nodes.keys())))
    rows = describe_page(shown, [drawn])
    rows["totals"] = {"reports": len(page.reports), "nodes": int((named_by > 0).sum())}
    return assemble_page(name_page(page), rows, served=True)
