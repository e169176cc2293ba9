"""Bring several graphs of a store, and the default graph that holds each of their triples once, to a new state."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.export.lines import write_ntriples
from kg.graph import Triple
from kg.store.terms import as_stored, to_quad, to_triple


def read_graph(store: ox.Store, graph: str) -> dict[Triple, None]:
    """Return the triples of a named graph."""
    return {to_triple(quad): None for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))}


def replace_graphs(store: ox.Store, wanted: Mapping[str, Mapping[Triple, None]]) -> None:
    """Bring graphs to a new state, all in one transaction; a graph without triples is dropped.

    What has not changed is not written again. The default graph loses a triple only with the last graph that holds it.
    """
    # A store writes 12.50 as 12.5, so what is wanted is compared as the store would have it.
    final = {graph: dict.fromkeys(map(as_stored, triples)) for graph, triples in wanted.items()}
    gone: dict[str, list[Triple]] = {}
    new: dict[str, list[Triple]] = {}
    for graph, triples in final.items():
        there = read_graph(store, graph)
        gone[graph] = [triple for triple in there if triple not in triples]
        new[graph] = [triple for triple in triples if triple not in there]
    lost = [t for t in dict.fromkeys(t for own in gone.values() for t in own) if not _is_held(store, t, final)]
    won = dict.fromkeys(t for own in new.values() for t in own)
    steps = []
    if any(gone.values()):
        steps.append(f"DELETE DATA {{\n{write_ntriples(lost)}{_write_blocks(gone)}}}")
    if won:
        steps.append(f"INSERT DATA {{\n{write_ntriples(won)}{_write_blocks(new)}}}")
    steps += [f"DROP SILENT GRAPH <{graph}>" for graph, triples in final.items() if not triples]
    if steps:
        store.update(" ;\n".join(steps))


def _write_blocks(triples: Mapping[str, list[Triple]]) -> str:
    return "".join(f"GRAPH <{graph}> {{\n{write_ntriples(own)}}}\n" for graph, own in triples.items() if own)


def _is_held(store: ox.Store, triple: Triple, final: Mapping[str, Mapping[Triple, None]]) -> bool:
    """Tell whether a graph will still hold a triple that another one loses."""
    if any(triple in triples for triples in final.values()):
        return True
    quad = to_quad(triple, None)
    held = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(isinstance(q.graph_name, ox.NamedNode) and q.graph_name.value not in final for q in held)
