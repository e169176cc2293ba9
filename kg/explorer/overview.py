"""The map of many places: the places, and between them what the reports of several of them name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.explorer.data import Node
from kg.explorer.layout import Point, place_nodes
from kg.explorer.rank import OPENING

_MOST_PLACES = 32
# A thing stands near the places that say most of it, so many of them.
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Map:
    """Where the nodes of some reports stand, the most important first, which the map opens on.

    `place` is None on the map of all places, `year` on one of all the years of a place. `weights` are 0 to 1.
    """

    place: str | None
    year: int | None
    opening: int
    spots: Mapping[str, Point]
    weights: Mapping[str, float]


def draw_overview(
    nodes: Mapping[str, Node],
    sizes: Mapping[str, int],
    named: Mapping[str, Counter[str]],
    linked: Iterable[tuple[str, str]],
) -> Map:
    """Return the map of all places.

    `sizes` tells how many things the reports of each place name, `named` how often the reports of each place name a
    node, and `linked` between which nodes facts run.
    """
    centres = sorted((home for home in sizes if home in nodes), key=lambda home: (-sizes[home], home))[:_MOST_PLACES]
    joining = _choose_joining(nodes, sizes, named)
    order = [*centres, *joining]
    most = max((len(named[node]) for node in joining), default=1)
    weights = {node: round(0.8 * len(named[node]) / most, 4) for node in joining}
    weights |= {home: round(sizes[home] / max(sizes.values()), 4) for home in centres}
    near: nx.Graph[str] = nx.Graph()
    near.add_nodes_from(order)
    drawn = set(order)
    near.add_edges_from(
        (one, other, {"weight": 1.0}) for one, other in linked if {one, other} <= drawn and one != other
    )
    for node in joining:
        for home, _ in named[node].most_common(_NEAREST):
            if home in drawn and not near.has_edge(node, home):
                near.add_edge(node, home, weight=0.5)
    return Map(None, None, len(order), place_nodes(nodes, order, len(order), near, None), weights)


def _choose_joining(
    nodes: Mapping[str, Node], homes: Mapping[str, int], named: Mapping[str, Counter[str]]
) -> list[str]:
    """Return the things that reports of most places name, some of each class."""
    shared = sorted(
        (node for node in nodes if node not in homes and len(named[node]) > 1),
        key=lambda node: (-len(named[node]), -named[node].total(), node),
    )
    room = dict(OPENING)
    chosen = []
    for node in shared:
        if room.get(nodes[node].kind, 0):
            room[nodes[node].kind] -= 1
            chosen.append(node)
    return chosen
