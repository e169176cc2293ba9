"""The maps of a page: of each place and each report, and for several places one that shows them together.

A page of one place opens on that place. A page of many opens on its places and on what joins them, the things that the
reports of several places name: a map of twenty thousand nodes would show nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kg.explorer.data import Fact, Node, Occurrence, Page, Part
from kg.explorer.layout import MOST, place_nodes
from kg.explorer.overview import Map, draw_overview
from kg.explorer.rank import build_graph, build_neighbourhood, measure_importance, order_nodes

# How many nodes of one year's report are placed when the page is built, and of how many reports: on a page of more one
# looks at places, and the map of the place serves all its years.
_MOST_OF_YEAR = 60
_MOST_YEARS = 30

Key = TypeVar("Key", int, str)


def draw_maps(page: Page) -> tuple[Map, ...]:
    """Return the maps of a page: of all, of each place, of each report; the first one is what it opens on."""
    homes = sorted({report.home or "" for report in page.reports})
    maps: list[Map] = []
    if len(homes) < 2:
        maps.append(_draw_part(Part(next(iter(homes), None) or None, page.nodes, page.facts)))
    else:
        places = _divide(page, [report.home or "" for report in page.reports])
        maps += [_draw_part(Part(home or None, *part)) for home, part in places.items()]
        maps.insert(0, _draw_all(page, {drawn.place or "": len(drawn.weights) for drawn in maps}))
    if len(page.reports) > _MOST_YEARS:
        return tuple(maps)
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


def _draw_all(page: Page, sizes: Mapping[str, int]) -> Map:
    nodes = {node.id: node for node in page.nodes}
    named = {
        node.id: Counter(page.reports[page.sentences[o.sentence].report].home or "" for o in node.occurrences)
        for node in page.nodes
    }
    return draw_overview(nodes, sizes, named, ((fact.subject, fact.object) for fact in page.facts))
