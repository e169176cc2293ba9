"""Groups of annotated reports that are scored by a tagger which never saw them, and how well it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.chain import find_spans
from kg.encoder import KINDS, Encoder, emit
from kg.learn.gold import Example

_LEAST = 0.5


def group_reports(sizes: Mapping[str, int], count: int = 6) -> tuple[tuple[str, ...], ...]:
    """Deal reports (`PLACE-YEAR`) out to groups of like size, measured in sentences; a place's reports stay together.

    >>> group_reports({"a-2020": 3, "a-2024": 1, "b-2021": 3, "c-2022": 2}, 2)
    (('a-2020', 'a-2024'), ('b-2021', 'c-2022'))
    """
    places: dict[str, list[str]] = defaultdict(list)
    for document in sorted(sizes):
        places[document.rpartition("-")[0]].append(document)
    weights = {place: sum(sizes[document] for document in documents) for place, documents in places.items()}
    groups: list[list[str]] = [[] for _ in range(count)]
    filled = [0] * count
    for place in sorted(places, key=lambda place: (-weights[place], place)):
        emptiest = filled.index(min(filled))
        groups[emptiest] += places[place]
        filled[emptiest] += weights[place]
    return tuple(tuple(sorted(group)) for group in groups)


def measure(encoder: Encoder, examples: Iterable[Example]) -> tuple[int, int, int]:
    """Count names that the tagger finds in their place and kind, names that it finds, and names that there are."""
    right = found = wanted = 0
    for example in examples:
        bounds = [(example.start, example.start + example.length)]
        spans = find_spans(emit(encoder, example.ids).names, encoder.transitions, bounds, _LEAST)
        mine = {(span.start - example.start, span.end - example.start, KINDS[span.kind]) for span in spans}
        right += len(mine & set(example.names))
        found += len(mine)
        wanted += len(example.names)
    return right, found, wanted
