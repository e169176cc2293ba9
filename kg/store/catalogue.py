"""The catalogue of a store: which graphs there are, of which reports, how large, and from which readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import DEFAULT_BASE, Literal, Triple
from kg.graph.terms import integer, string
from kg.store.changes import read_graph
from kg.vocab import RDF

_VOID = "http://rdfs.org/ns/void#"
_SOURCE = "http://purl.org/dc/terms/source"
_IDENTIFIER = "http://purl.org/dc/terms/identifier"


@dataclass(frozen=True, slots=True)
class Entry:
    """One graph of the catalogue: its IRI, the report it was read from (None for the others) and its triples.

    `state` is what tells whether the graph is up to date: the ontology's digest, or those of a report's reading and of
    the ids that joining gave it; empty for a graph that was put as it is.
    """

    graph: str
    report: str | None
    triples: int
    state: str = ""


def list_graphs(store: ox.Store, base: str = DEFAULT_BASE) -> tuple[Entry, ...]:
    """Return the catalogue: the graphs of reports, of the ontology and of what joins the reports, by IRI."""
    facts = read_graph(store, catalogue_graph(base))
    sizes = {s: int(o.text) for s, p, o in facts if p == _VOID + "triples" and isinstance(o, Literal)}
    reports = {s: str(o) for s, p, o in facts if p == _SOURCE}
    states = {s: o.text for s, p, o in facts if p == _IDENTIFIER and isinstance(o, Literal)}
    return tuple(Entry(graph, reports.get(graph), sizes[graph], states.get(graph, "")) for graph in sorted(sizes))


def describe_catalogue(entries: Iterable[Entry], base: str = DEFAULT_BASE) -> dict[Triple, None]:
    """Return the triples of a catalogue."""
    dataset = f"{base}id/dataset"
    facts: dict[Triple, None] = {(dataset, RDF.type, _VOID + "Dataset"): None}
    for entry in entries:
        facts[dataset, _VOID + "subset", entry.graph] = None
        facts[entry.graph, _VOID + "triples", integer(entry.triples)] = None
        if entry.report:
            facts[entry.graph, _SOURCE, entry.report] = None
        if entry.state:
            facts[entry.graph, _IDENTIFIER, string(entry.state)] = None
    return facts


def catalogue_graph(base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the graph that lists the others."""
    return f"{base}id/graph/catalogue"


def ontology_graph(base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the graph of the ontology."""
    return f"{base}id/graph/ontology"


def joins_graph(base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the graph that joins the reports: which names of several reports mean one thing, and why."""
    return f"{base}id/graph/joins"
