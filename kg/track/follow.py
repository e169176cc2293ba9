"""Which report follows which: the outcomes of all targets that the reports of a store, or of graphs, follow up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox

from kg.export.lines import write_ntriples
from kg.facts import Account, Told, list_reports, read_account
from kg.graph import Triple
from kg.graph.terms import Literal
from kg.lexicon.tracking import TrackingRules
from kg.track.outcome import Outcome
from kg.track.targets import track_targets
from kg.track.triples import describe_outcomes
from kg.vocab import KG, RDF


@dataclass(frozen=True, slots=True)
class _Head:
    """A report, its place and year, and which of the graphs it stands in."""

    place: str
    year: int
    iri: str
    graph: int


def follow_reports(
    store: ox.Store, reports: Sequence[Told], rules: TrackingRules, year: int | None = None, *, latest: bool = False
) -> Iterator[Outcome]:
    """Yield the outcomes of each pair of reports of one place and neighbouring years.

    `year` is that of the targets; `latest` keeps to the last pair of each place.
    """
    by_year = {(told.place, told.year): told for told in reports}
    pairs = [
        (told, by_year[told.place, told.year + 1])
        for told in reports
        if told.year and (told.place, told.year + 1) in by_year
    ]
    last = {told.place: told.year for told, _ in pairs}
    after: Account | None = None
    for told, follow_up in pairs:
        if year in (None, told.year) and (not latest or last[told.place] == told.year):
            before = after if after and after.told == told else read_account(store, told)
            after = read_account(store, follow_up)
            yield from track_targets(before, after, rules)


def follow_graphs(graphs: Sequence[Iterable[Triple]], rules: TrackingRules) -> dict[Triple, None]:
    """Return the outcomes of all targets in some reports' graphs, as triples; none where no report follows another.

    A report is held in memory no longer than until the one after it was read.
    """
    heads = sorted(_find_heads(graphs), key=lambda head: (head.place, head.year, head.iri))
    # Of two reports of one place and year the last one speaks, as in a store.
    reports = list({(head.place, head.year): head for head in heads}.values())
    triples: dict[Triple, None] = {}
    loaded = _Loaded(graphs)
    after: tuple[_Head, Account] | None = None
    for told, follow_up in pairwise(reports):
        if (told.place, told.year + 1) == (follow_up.place, follow_up.year):
            before = after[1] if after and after[0] == told else loaded.read(told)
            after = follow_up, loaded.read(follow_up)
            triples.update(describe_outcomes(track_targets(before, after[1], rules)))
    return triples


def _find_heads(graphs: Sequence[Iterable[Triple]]) -> Iterator[_Head]:
    for number, graph in enumerate(graphs):
        said: dict[str, dict[str, str]] = {}
        for subject, predicate, value in graph:
            if predicate in (KG.place, KG.year) or (predicate == RDF.type and value == KG.Report):
                said.setdefault(subject, {})[predicate] = value.text if isinstance(value, Literal) else value
        for iri, about in said.items():
            if {RDF.type, KG.place, KG.year} <= about.keys():
                yield _Head(about[KG.place], int(about[KG.year]), iri, number)


class _Loaded:
    """The one graph that was read last, as a store to ask: one that many reports share is loaded once."""

    def __init__(self, graphs: Sequence[Iterable[Triple]]) -> None:
        self._graphs = graphs
        self._number = -1
        self._store = ox.Store()

    def read(self, head: _Head) -> Account:
        if head.graph != self._number:
            self._number, self._store = head.graph, ox.Store()
            lines = write_ntriples(self._graphs[head.graph])
            self._store.bulk_load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
        (told,) = (told for told in list_reports(self._store) if told.iri == head.iri)
        return read_account(self._store, told)
