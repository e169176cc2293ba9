"""The maps of a page: of each place and each report, and for several places one that shows them together.

A page of one place opens on that place. A page of many opens on its places and on what joins them, the things that the
reports of several places name: a map of twenty thousand nodes would show nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import networkx as nx

from kg.explorer.data import Fact, Node, Occurrence, Page, Part
from kg.explorer.layout import MOST, Point, place_nodes
from kg.explorer.rank import OPENING, build_graph, build_neighbourhood, measure_importance, order_nodes

# The places that the map of all opens on, and how many of their reports' things a class may show there.
_MOST_PLACES = 32
# How many nodes of one year's report are placed when the page is built.
_MOST_OF_YEAR = 60

Key = TypeVar("Key", int, str)


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


def draw_maps(page: Page) -> tuple[Map, ...]:
    """Return the maps of a page: of all, of each place, of each report; the first one is what it opens on."""
    homes = sorted({report.home or "" for report in page.reports})
    maps: list[Map] = []
    if len(homes) < 2:
        maps.append(_draw_part(Part(next(iter(homes), None) or None, page.nodes, page.facts)))
    else:
        places = _divide(page, [report.home or "" for report in page.reports])
        maps += [_draw_part(Part(home or None, *part)) for home, part in places.items()]
        maps.insert(0, _draw_all(page, homes, _count_naming(page), maps))
    alone = {home for home, number in Counter(report.home for report in page.reports).items() if number == 1}
    for index, (nodes, facts) in _divide(page, list(range(len(page.reports)))).items():
        report = page.reports[index]
        if report.year and report.home not in alone:
            maps.append(_draw_part(Part(report.home, nodes, facts), report.year, _MOST_OF_YEAR))
    return tuple(maps)


def _draw_part(part: Part, year: int | None = None, most: int = MOST) -> Map:
    graph = build_graph(part)
    near = build_neighbourhood(part, graph)
    weights = measure_importance(part, graph, near)
    order, opening = order_nodes(part, weights)
    nodes = {node.id: node for node in part.nodes}
    return Map(part.home, year, opening, place_nodes(nodes, order[:most], opening, near, part.home), weights)


def _divide(page: Page, keys: Sequence[Key]) -> dict[Key, tuple[tuple[Node, ...], tuple[Fact, ...]]]:
    """Return what the reports of each key name and state; `keys` are those of the page's reports."""
    key_of = [keys[sentence.report] for sentence in page.sentences]
    named: dict[Key, dict[str, list[Occurrence]]] = {key: defaultdict(list) for key in sorted(set(keys))}
    facts: dict[Key, list[Fact]] = {key: [] for key in named}
    for fact in page.facts:
        facts[key_of[fact.sentence]].append(fact)
        # What a fact reaches need not be named in its report: 我市 is no name of the place.
        for end in (fact.subject, fact.object):
            named[key_of[fact.sentence]][end] += ()
    for report, key in zip(page.reports, keys, strict=True):
        named[key][report.home or ""] += ()
    for node in page.nodes:
        for occurrence in node.occurrences:
            named[key_of[occurrence.sentence]][node.id].append(occurrence)
    known = {node.id: node for node in page.nodes}
    return {
        key: (
            tuple(replace(known[i], occurrences=tuple(there)) for i, there in sorted(own.items()) if i in known),
            tuple(facts[key]),
        )
        for key, own in named.items()
    }


def _count_naming(page: Page) -> dict[str, Counter[str]]:
    """Return how often the reports of each place name each node."""
    return {
        node.id: Counter(page.reports[page.sentences[o.sentence].report].home or "" for o in node.occurrences)
        for node in page.nodes
    }


def _draw_all(page: Page, homes: Sequence[str], named: Mapping[str, Counter[str]], maps: Sequence[Map]) -> Map:
    sizes = {place.place or "": len(place.spots) for place in maps}
    centres = sorted((home for home in homes if home), key=lambda home: (-sizes[home], home))[:_MOST_PLACES]
    joining = _choose_joining(page.nodes, set(homes), named)
    nodes = {node.id: node for node in page.nodes}
    order = [home for home in centres if home in nodes] + joining
    most = max((len(named[node]) for node in joining), default=1)
    weights = {node: round(0.8 * len(named[node]) / most, 4) for node in joining}
    weights |= {home: round(sizes[home] / max(sizes.values()), 4) for home in centres}
    near: nx.Graph[str] = nx.Graph()
    near.add_nodes_from(order)
    drawn = set(order)
    near.add_edges_from(
        (fact.subject, fact.object, {"weight": 1.0})
        for fact in page.facts
        if {fact.subject, fact.object} <= drawn and fact.subject != fact.object
    )
    for node in joining:
        # The places that say most of a thing draw it near.
        for home, count in named[node].most_common(3):
            if home in drawn and count > 0:
                near.add_edge(node, home, weight=0.5)
    return Map(None, None, len(order), place_nodes(nodes, order, len(order), near, None), weights)


def _choose_joining(nodes: Sequence[Node], homes: Collection[str], named: Mapping[str, Counter[str]]) -> list[str]:
    """Return the things that reports of most places name, some of each class."""
    shared = sorted(
        (node for node in nodes if node.id not in homes and len(named[node.id]) > 1),
        key=lambda node: (-len(named[node.id]), -named[node.id].total(), node.id),
    )
    room = dict(OPENING)
    chosen = []
    for node in shared:
        if room.get(node.kind, 0):
            room[node.kind] -= 1
            chosen.append(node.id)
    return chosen
