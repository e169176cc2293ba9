"""How alike two short Chinese names are: the pairs of characters that they share, the rare ones weighing more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Short reports are weighed as if they had this many names, so that what is alike does not hang on their length.
_FEWEST = 200


@dataclass(frozen=True, slots=True)
class Weights:
    """What a pair of characters weighs: little where many names have it (产业, 项目), much where few do."""

    names: int
    counts: Mapping[str, int]

    def weigh(self, pairs: Iterable[str]) -> float:
        """Return what these pairs weigh together."""
        return sum(math.log((max(self.names, _FEWEST) + 1) / self.counts.get(pair, 1)) for pair in sorted(pairs))


def weigh_names(names: Iterable[str]) -> Weights:
    """Return the weights of pairs among these names; a name that returns counts once."""
    known = dict.fromkeys(names)
    return Weights(len(known), Counter(pair for name in known for pair in cut_pairs(name)))


def cut_pairs(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a name.

    >>> sorted(cut_pairs("公办幼儿园"))
    ['儿园', '公办', '办幼', '幼儿']
    """
    return frozenset(name[index : index + 2] for index in range(len(name) - 1)) or frozenset({name})


def compare_names(left: str, right: str, weights: Weights) -> float:
    """Return from 0 to 1 how alike two names are: the weight of what they share in that of both (Dice).

    >>> weights = weigh_names(["公办幼儿园", "民办幼儿园", "中小学校"])
    >>> compare_names("公办幼儿园", "公办幼儿园", weights), compare_names("公办幼儿园", "中小学校", weights)
    (1.0, 0.0)
    """
    first, second = cut_pairs(left), cut_pairs(right)
    shared = first & second
    if not shared:
        return 0.0
    return round(2 * weights.weigh(shared) / (weights.weigh(first) + weights.weigh(second)), 6)


def contains(left: str, right: str, weights: Weights) -> float:
    """Return how much of the shorter of two names the other has."""
    first, second = cut_pairs(left), cut_pairs(right)
    least = min(weights.weigh(first), weights.weigh(second))
    return round(weights.weigh(first & second) / least, 6) if least else 0.0
