"""Which nodes matter, and which of them the page opens on: the place, its zones, projects, corridors, programmes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import networkx as nx

from kg.explorer.data import STATUS_PREDICATE, Fact, Part

# How many nodes of each class the page opens on, at most: what a report is built of comes first. A class that has
# fewer leaves its room to the best of the others.
OPENING: Mapping[str, int] = {
    "Place": 6,
    "Zone": 8,
    "Project": 10,
    "Corridor": 6,
    "Programme": 7,
    "Organization": 3,
    "Facility": 2,
    "Event": 3,
    "Industry": 4,
    "Honour": 2,
    "Product": 1,
}
# Naming two things in one sentence says less than a fact does; a sentence that names very many says nothing.
_TOGETHER = 0.1
_CROWD = 12


def list_relations(facts: Iterable[Fact]) -> dict[tuple[str, str, str], int]:
    """Return each (subject, predicate, object) between nodes, with how many facts state it."""
    return Counter((f.subject, f.predicate, f.object) for f in facts if f.predicate != STATUS_PREDICATE)


def build_graph(part: Part) -> nx.MultiDiGraph[str]:
    """Return the facts between nodes as a graph: one edge a (subject, predicate, object), `weight` its facts."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in part.nodes:
        graph.add_node(node.id, kind=node.kind)
    for (subject, predicate, object_), count in list_relations(part.facts).items():
        graph.add_edge(subject, object_, key=predicate, weight=count)
    return graph


def build_neighbourhood(part: Part, graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return who belongs near whom: facts, and to a lesser degree being named in one sentence, as an undirected graph.

    The report's own place is left out of the sentences: it is near everything.
    """
    near: nx.Graph[str] = nx.Graph()
    near.add_nodes_from(graph)
    for subject, object_ in graph.edges():
        _strengthen(near, subject, object_, 1.0)
    named: dict[int, list[str]] = defaultdict(list)
    for node in part.nodes:
        if node.id != part.home:
            for sentence in sorted({occurrence.sentence for occurrence in node.occurrences}):
                named[sentence].append(node.id)
    for _, ids in sorted(named.items()):
        if len(ids) <= _CROWD:
            for one, other in combinations(ids, 2):
                _strengthen(near, one, other, _TOGETHER)
    return near


def _strengthen(near: nx.Graph[str], one: str, other: str, weight: float) -> None:
    if one != other:
        near.add_edge(one, other, weight=weight + near.get_edge_data(one, other, {"weight": 0.0})["weight"])


def measure_importance(part: Part, graph: nx.MultiDiGraph[str], near: nx.Graph[str]) -> dict[str, float]:
    """Return 0 to 1 for each node: half its PageRank in the neighbourhood, half how often facts and text name it.

    Rounded to four places, so that the order does not hang on the last bit of a floating-point sum.
    """
    if not part.nodes:
        return {}
    pagerank = nx.pagerank(near, weight="weight") if near.number_of_edges() else dict.fromkeys(near, 1.0)
    status = Counter(fact.subject for fact in part.facts if fact.predicate == STATUS_PREDICATE)
    said = {n.id: len(n.occurrences) + 2.0 * (graph.degree(n.id) + status[n.id]) for n in part.nodes}
    top_rank, top_said = _second(pagerank), _second(said)
    return {
        node.id: round(0.5 * min(1.0, pagerank[node.id] / top_rank) + 0.5 * min(1.0, said[node.id] / top_said), 4)
        for node in part.nodes
    }


def _second(values: Mapping[str, float]) -> float:
    """Return the second-largest value: the own place towers over the rest and would flatten their scale."""
    ordered = sorted(values.values())
    return max(ordered[-2:][0], 1e-9)


def order_nodes(part: Part, importance: Mapping[str, float]) -> tuple[list[str], int]:
    """Return all nodes, and how many of them the page opens on.

    These come first, the own place before all; the rest follows; each part by falling importance.
    """
    kinds = {node.id: node.kind for node in part.nodes}
    ranked = sorted(kinds, key=lambda node: (node != part.home, -importance[node], node))
    home = {part.home} & kinds.keys()
    room = dict(OPENING)
    chosen = set(home)
    for node in ranked:
        if node not in chosen and room.get(kinds[node], 0):
            room[kinds[node]] -= 1
            chosen.add(node)
    spare = sum(OPENING.values()) + len(home) - len(chosen)
    chosen.update([node for node in ranked if node not in chosen and kinds[node] in OPENING][:spare])
    return [n for n in ranked if n in chosen] + [n for n in ranked if n not in chosen], len(chosen)
