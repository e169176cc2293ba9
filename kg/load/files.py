"""RDF files to the graphs that a store is to hold, as N-Triples in pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadInput
from kg.query import FORMATS
from kg.vocab import KG, PROV, RDF

Graphs = dict[str | None, dict[ox.Triple, None]]


def read_graphs(
    paths: Iterable[Path], graph: str | None = None, merge: bool = False, spare: str | None = None
) -> Graphs:
    """Return the named graphs of files, each a set of triples in the order of the files.

    Triples of no graph go to `graph`, or to the graph that their own report names, or at last to `spare`. With `merge`
    everything goes to the default graph, which is the name None. Raises `BadInput` for a file that cannot be read, or
    names no graph.
    """
    graphs: Graphs = {}
    for path in paths:
        loose: dict[ox.Triple, None] = {}
        for quad in _parse(path):
            named = None if merge or isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
            place = loose if named is None else graphs.setdefault(named, {})
            place[quad.triple] = None
        if loose:
            name = None if merge else graph or _own_graph(loose) or spare
            if name is None and not merge:
                raise BadInput(path, "names no graph of its own; give one with --graph IRI, or --graph default")
            graphs.setdefault(name, {}).update(loose)
    return graphs


def cut_pieces(triples: dict[ox.Triple, None], size: int) -> Iterator[bytes]:
    """Yield N-Triples of at most `size` triples a piece; what has blank nodes stays whole, or they would be torn."""
    held = list(triples)
    if any(isinstance(end, ox.BlankNode) for triple in held for end in (triple.subject, triple.object)):
        size = max(len(held), 1)
    for start in range(0, max(len(held), 1), size):
        yield ox.serialize(held[start : start + size], format=ox.RdfFormat.N_TRIPLES) or b""


def _parse(path: Path) -> Iterator[ox.Quad]:
    if path.suffix not in FORMATS:
        raise BadInput(path, f"has the ending {path.suffix}; kg reads {', '.join(FORMATS)}")
    try:
        yield from ox.parse(path=str(path), format=FORMATS[path.suffix])
    except OSError as error:
        raise BadInput(path, f"cannot be read: {error.strerror or error}") from error
    except SyntaxError as error:
        raise BadInput(path, f"line {error.lineno}: {error.msg}") from error


def _own_graph(triples: dict[ox.Triple, None]) -> str | None:
    report = ox.NamedNode(KG.Report)
    reports = {t.subject for t in triples if t.predicate.value == RDF.type and t.object == report}
    names = [
        t.subject.value
        for t in triples
        if t.predicate.value == PROV.wasDerivedFrom and t.object in reports and isinstance(t.subject, ox.NamedNode)
    ]
    return names[0] if len(names) == 1 else None
