"""The embedded store: an Oxigraph database in a folder that always holds a complete state.

One named graph a report, one for the ontology, one for what joins the reports (`kg.store.reports`), one catalogue that
says which graphs there are. The default graph holds each triple of all of them once, so that a question that counts is
not misled where ten reports say the same of a place. Every change is one transaction: a process killed at any moment
leaves the state before it or after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadInput
from kg.graph import DEFAULT_BASE, Triple
from kg.resources import ontology_folder
from kg.store.catalogue import (
    Entry,
    catalogue_graph,
    describe_catalogue,
    joins_graph,
    list_graphs,
    ontology_graph,
)
from kg.store.changes import replace_graphs
from kg.store.pages import keep_page, page_path
from kg.store.terms import to_quad, to_triple
from kg.vocab import PROV

__all__ = [
    "Entry",
    "catalogue_graph",
    "fill_store",
    "joins_graph",
    "keep_page",
    "list_graphs",
    "ontology_graph",
    "open_store",
    "page_path",
    "put_report",
    "remove_report",
    "take_snapshot",
]

DATABASE = "rdf"
_ONTOLOGY_FILES = ("kg.ttl", "units.ttl", "indicators.ttl")


def open_store(folder: Path, base: str = DEFAULT_BASE) -> ox.Store:
    """Open the store in a folder for writing, and make it where there is none; the ontology is brought up to date.

    One process at a time may write. Raises `BadInput` where another one does, or the folder holds something else.
    """
    database = folder / DATABASE
    if folder.exists() and not database.is_dir() and any(folder.iterdir()):
        raise BadInput(folder, "is a folder of something else; give one that is empty or holds a store of kg")
    try:
        database.mkdir(parents=True, exist_ok=True)
        store = ox.Store(database)
    except OSError as error:
        raise BadInput(folder, _explain(error)) from error
    _put_ontology(store, base)
    return store


def put_report(store: ox.Store, graph: str, triples: Iterable[Triple], base: str = DEFAULT_BASE) -> None:
    """Add the graph of a report, or replace it where it is there, in one transaction.

    `graph` is what `kg.graph.name_graph` calls it. What has not changed is not written again.
    """
    given = dict.fromkeys(triples)
    report = next((str(o) for s, p, o in given if s == graph and p == PROV.wasDerivedFrom), None)
    _replace(store, given, Entry(graph, report, len(given)), base)


def fill_store(folder: Path, graphs: Mapping[str | None, Iterable[ox.Triple]], base: str = DEFAULT_BASE) -> None:
    """Make a new store of many graphs at once, with no transaction: for a folder that nobody uses yet."""
    store = open_store(folder, base)
    for graph, triples in graphs.items():
        held = list(triples)
        places: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph(), *([ox.NamedNode(graph)] if graph else [])]
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, place) for place in places for t in held)
        if graph:
            derived = (t.object for t in held if t.predicate.value == PROV.wasDerivedFrom and t.subject == places[1])
            report = next((node.value for node in derived if isinstance(node, ox.NamedNode)), None)
            facts = describe_catalogue([Entry(graph, report, len(held))], base)
            store.extend(to_quad(fact, place) for fact in facts for place in (catalogue_graph(base), None))
    # What is loaded in bulk lies in layers that each question would have to look through.
    store.optimize()


def remove_report(store: ox.Store, graph: str, base: str = DEFAULT_BASE) -> bool:
    """Remove the graph of a report in one transaction; False where there was none."""
    there = store.contains_named_graph(ox.NamedNode(graph))
    if there:
        _replace(store, {}, Entry(graph, None, 0), base)
    return there


def take_snapshot(folder: Path, target: Path) -> None:
    """Copy the last complete state of a store to a new folder, to be read there while the store is written.

    On one file system that takes links instead of copies. Raises `BadInput` where there is no store, or where it is
    being written at this moment.
    """
    if not (folder / DATABASE).is_dir():
        raise BadInput(folder, "holds no store; build one first: kg build REPORT.txt --store " + str(folder))
    try:
        ox.Store(folder / DATABASE).backup(target)
    except OSError as error:
        raise BadInput(folder, _explain(error)) from error


def _put_ontology(store: ox.Store, base: str) -> None:
    files = [ontology_folder() / name for name in _ONTOLOGY_FILES]
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    graph = ontology_graph(base)
    if any(entry.graph == graph and entry.state == digest for entry in list_graphs(store, base)):
        return
    parsed = (quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    triples = dict.fromkeys(map(to_triple, parsed))
    _replace(store, triples, Entry(graph, None, len(triples), digest), base)


def _replace(store: ox.Store, triples: dict[Triple, None], entry: Entry, base: str) -> None:
    """Bring a graph, its entry in the catalogue and the default graph to a new state in one transaction."""
    entries = [other for other in list_graphs(store, base) if other.graph != entry.graph]
    if triples:
        entries.append(entry)
    replace_graphs(store, {entry.graph: triples, catalogue_graph(base): describe_catalogue(entries, base)})


def _explain(error: OSError) -> str:
    if "lock" in str(error).lower():
        return "is being written by another process; try again when it has ended"
    return f"cannot be opened as a store: {error}"
