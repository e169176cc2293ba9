"""The embedded store: an Oxigraph database in a folder that always holds a complete state.

One named graph a report, one for the ontology, one catalogue that says which reports there are. The default graph holds
each triple of all of them once, so that a question that counts is not misled where ten reports say the same of a
place. Every change is one transaction: a process killed at any moment leaves the state before it or after it.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadInput
from kg.export.files import write_whole
from kg.export.lines import write_ntriples
from kg.graph import DEFAULT_BASE, Literal, Triple
from kg.graph.terms import integer, string
from kg.resources import ontology_folder
from kg.store.terms import as_stored, to_quad, to_triple
from kg.vocab import PROV, RDF

_DATABASE = "rdf"
_PAGES = "pages"
_VOID = "http://rdfs.org/ns/void#"
_DCTERMS = "http://purl.org/dc/terms/"
_ONTOLOGY_FILES = ("kg.ttl", "units.ttl", "indicators.ttl")


@dataclass(frozen=True, slots=True)
class Entry:
    """One graph of the catalogue: its IRI, the report it was read from (None for the ontology) and its triples."""

    graph: str
    report: str | None
    triples: int


def open_store(folder: Path, base: str = DEFAULT_BASE) -> ox.Store:
    """Open the store in a folder for writing, and make it where there is none; the ontology is brought up to date.

    One process at a time may write. Raises `BadInput` where another one does, or the folder holds something else.
    """
    database = folder / _DATABASE
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
    _replace(store, graph, given, _describe_entry(graph, report, base), base)


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
            entry = [*_describe_entry(graph, report, base), (graph, _VOID + "triples", integer(len(held)))]
            store.extend(to_quad(fact, place) for fact in entry for place in (catalogue_graph(base), None))
    store.flush()


def remove_report(store: ox.Store, graph: str, base: str = DEFAULT_BASE) -> bool:
    """Remove the graph of a report in one transaction; False where there was none."""
    there = store.contains_named_graph(ox.NamedNode(graph))
    if there:
        _replace(store, graph, {}, {}, base)
    return there


def list_graphs(store: ox.Store, base: str = DEFAULT_BASE) -> tuple[Entry, ...]:
    """Return the catalogue: every graph that holds a report, and the ontology, by IRI."""
    facts = _read_graph(store, catalogue_graph(base))
    sizes = {s: int(o.text) for s, p, o in facts if p == _VOID + "triples" and isinstance(o, Literal)}
    reports = {s: str(o) for s, p, o in facts if p == _DCTERMS + "source"}
    return tuple(Entry(graph, reports.get(graph), sizes[graph]) for graph in sorted(sizes))


def catalogue_graph(base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the graph that joins the reports: which there are, and how large each is."""
    return f"{base}id/graph/catalogue"


def ontology_graph(base: str = DEFAULT_BASE) -> str:
    """Return the IRI of the graph of the ontology."""
    return f"{base}id/graph/ontology"


def page_path(folder: Path, graph: str) -> Path:
    """Return where the explorer page of a report lies beside the database, gzipped.

    >>> page_path(Path("store"), "https://w3id.org/govkg/id/graph/450100-2024").as_posix()
    'store/pages/450100-2024.html.gz'
    """
    return folder / _PAGES / f"{graph.rpartition('/')[2]}.html.gz"


def keep_page(folder: Path, graph: str, html: str) -> None:
    """Keep the explorer page of a report beside the database."""
    write_whole(page_path(folder, graph), gzip.compress(html.encode(), mtime=0))


def take_snapshot(folder: Path, target: Path) -> None:
    """Copy the last complete state of a store to a new folder, to be read there while the store is written.

    On one file system that takes links instead of copies. Raises `BadInput` where there is no store, or where it is
    being written at this moment.
    """
    if not (folder / _DATABASE).is_dir():
        raise BadInput(folder, "holds no store; build one first: kg build REPORT.txt --store " + str(folder))
    try:
        ox.Store(folder / _DATABASE).backup(target)
    except OSError as error:
        raise BadInput(folder, _explain(error)) from error


def _put_ontology(store: ox.Store, base: str) -> None:
    files = [ontology_folder() / name for name in _ONTOLOGY_FILES]
    digest = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    graph = ontology_graph(base)
    stamp: Triple = (graph, _DCTERMS + "identifier", string(digest))
    if to_quad(stamp, catalogue_graph(base)) in store:
        return
    parsed = (quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    triples = dict.fromkeys(map(to_triple, parsed))
    _replace(store, graph, triples, {**_describe_entry(graph, None, base), stamp: None}, base)


def _describe_entry(graph: str, report: str | None, base: str) -> dict[Triple, None]:
    dataset = f"{base}id/dataset"
    facts: list[Triple] = [(dataset, RDF.type, _VOID + "Dataset"), (dataset, _VOID + "subset", graph)]
    if report:
        facts.append((graph, _DCTERMS + "source", report))
    return dict.fromkeys(facts)


def _replace(store: ox.Store, graph: str, triples: dict[Triple, None], entry: dict[Triple, None], base: str) -> None:
    """Bring a graph, its entry in the catalogue and the default graph to a new state in one transaction."""
    if triples:
        entry = {**entry, (graph, _VOID + "triples", integer(len(triples))): None}
    steps = [*_change(store, graph, triples), *_change(store, catalogue_graph(base), _kept(store, graph, base) | entry)]
    if not triples:
        steps.append(f"DROP SILENT GRAPH <{graph}>")
    if steps:
        store.update(" ;\n".join(steps))


def _kept(store: ox.Store, graph: str, base: str) -> dict[Triple, None]:
    """Return what the catalogue says of other graphs."""
    return {t: None for t in _read_graph(store, catalogue_graph(base)) if graph not in (t[0], t[2])}


def _read_graph(store: ox.Store, graph: str) -> dict[Triple, None]:
    return {to_triple(quad): None for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))}


def _change(store: ox.Store, graph: str, wanted: dict[Triple, None]) -> Iterator[str]:
    """Yield the updates that turn a graph into what is wanted, in the default graph too."""
    there = _read_graph(store, graph)
    # A store writes 12.50 as 12.5, so what is wanted is compared as the store would have it.
    wanted = dict.fromkeys(map(as_stored, wanted))
    gone = [triple for triple in there if triple not in wanted]
    new = [triple for triple in wanted if triple not in there]
    if gone:
        yield f"DELETE DATA {{ GRAPH <{graph}> {{\n{write_ntriples(gone)}}} }}"
        if alone := [triple for triple in gone if _stands_only_in(store, triple, graph)]:
            yield f"DELETE DATA {{\n{write_ntriples(alone)}}}"
    if new:
        lines = write_ntriples(new)
        yield f"INSERT DATA {{\n{lines} GRAPH <{graph}> {{\n{lines}}} }}"


def _stands_only_in(store: ox.Store, triple: Triple, graph: str) -> bool:
    quad = to_quad(triple, graph)
    found = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return all(other.graph_name in (quad.graph_name, ox.DefaultGraph()) for other in found)


def _explain(error: OSError) -> str:
    if "lock" in str(error).lower():
        return "is being written by another process; try again when it has ended"
    return f"cannot be opened as a store: {error}"
