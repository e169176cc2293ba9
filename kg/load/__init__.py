"""Graphs into a store on a server, over the SPARQL 1.1 Graph Store Protocol.

Each graph is put, so loading twice is loading once; a large one follows in pieces. Afterwards the server is asked to
count what it holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kg.load.client import Client
from kg.load.errors import LoadError
from kg.load.files import Graphs, cut_pieces, read_graphs
from kg.load.targets import KINDS, Target

__all__ = ["LoadError", "Loaded", "load_graphs", "read_graphs"]

PIECE = 50_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A graph that was loaded (None is the default graph), its triples, and whether the server counted as many."""

    graph: str | None
    triples: int
    counted: bool


def load_graphs(
    graphs: Graphs, target: Target, client: Client, piece: int = PIECE, tell: Callable[[str], None] = lambda _: None
) -> list[Loaded]:
    """Put each graph, replacing what the server holds under its name, and let the server count.

    `piece` is the most triples in one request. Raises `LoadError` where the server refuses, or counts another number;
    graphs before that one are loaded, and loading all again is safe.
    """
    done = []
    if None in graphs and not KINDS[target.kind].default:
        raise LoadError(f"{target.kind} has no default graph to write to; leave --graph out, or name one 它没有默认图")
    for number, (graph, triples) in enumerate(graphs.items(), 1):
        tell(f"{number}/{len(graphs)} {graph or 'default graph'}: {len(triples)} triples")
        for index, body in enumerate(cut_pieces(triples, piece)):
            client.send("POST" if index else "PUT", target.graph_url(graph), body, KINDS[target.kind].media)
            if index:
                tell(f"  {min((index + 1) * piece, len(triples))} of {len(triples)}")
        if target.queries:
            _check_count(graph, len(triples), target.queries, client)
        done.append(Loaded(graph, len(triples), target.queries is not None))
    return done


def _check_count(graph: str | None, sent: int, url: str, client: Client) -> None:
    pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    query = urlencode({"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"}, quote_via=quote)
    answer = client.send("GET", f"{url}{'&' if '?' in url else '?'}{query}", accept="application/sparql-results+json")
    try:
        held = int(json.loads(answer)["results"]["bindings"][0]["n"]["value"])
    except (ValueError, LookupError, TypeError) as error:
        raise LoadError(
            f"{url}: does not answer a count in SPARQL JSON; check --kind or --query 请核对 --kind 或 --query"
        ) from error
    if held != sent:
        raise LoadError(
            f"{url}: {sent} triples were sent to {graph or 'the default graph'}, but it holds {held} "
            "数目不符，请重新装载"
        )
