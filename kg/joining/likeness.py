"""How surely two names that no rule joins are one thing's: a logistic regression over what they share and what differs.

Its weights (data/likeness.tsv) were fitted on pairs of names that annotators judged (`kg identity --fit`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from kg.joining.names import Core
from kg.joining.words import WordCutter
from kg.lexicon.joining import FEATURES, JoiningRules

_MARKS = re.compile("[-()《》·,.、+]")
# A character of a word that alone makes no name weighs this share of one that tells.
_GENERAL = 0.25
# More than this much in common tells no more.
_MUCH = 8.0


def measure_likeness(
    left: Core, right: Core, one_kind: bool, cutter: WordCutter, rules: JoiningRules
) -> tuple[float, ...]:
    """Return the features of two cores, a number for each of `FEATURES`; which is left makes no difference.

    >>> from kg.lexicon.joining import FEATURES, load_joining
    >>> from kg.resources import data_folder
    >>> rules = load_joining(data_folder())
    >>> left, right = Core("白沙运河", "白沙运河"), Core("白沙大运河", "白沙大运河")
    >>> found = measure_likeness(left, right, True, WordCutter(), rules)
    >>> dict(zip(FEATURES, found))["left of"]
    1.0
    """
    one, other = (_MARKS.sub("", text) for text in _choose_texts(left, right))
    short, long = sorted((one, other), key=lambda name: (len(name), name))
    if not short:
        return (1.0, *(0.0 for _ in FEATURES[1:]))
    common = _count_common(short, long)
    mine, theirs = _weigh_pairs(short, cutter, rules), _weigh_pairs(long, cutter, rules)
    shared = sum(max(mine[pair], theirs[pair]) for pair in mine if pair in theirs)
    apart = sorted(
        (
            sum(weight for pair, weight in mine.items() if pair not in theirs),
            sum(weight for pair, weight in theirs.items() if pair not in mine),
        )
    )
    first, second = (set(rules.telling_number.findall(core.whole)) for core in (left, right))
    return (
        1.0,
        2 * common / (len(short) + len(long)),
        common / len(short),
        float(common == len(short)),
        float(short[-2:] == long[-2:]),
        float(short[:2] == long[:2]),
        float(first != second),
        float(bool(first - second) and bool(second - first)),
        float(len(set(rules.telling_side.findall(one)) ^ set(rules.telling_side.findall(other)))),
        float(len(set(rules.telling_word.findall(one)) ^ set(rules.telling_word.findall(other)))),
        float(one_kind),
        2 * shared / (2 * shared + sum(apart)) if shared else 0.0,
        shared / (shared + apart[0]) if shared else 0.0,
        min(shared, _MUCH),
        apart[0],
        apart[1],
        math.log(len(long) / len(short)),
        float(long.endswith(short)),
        float(long.startswith(short)),
        float(one == other),
    )


def judge_likeness(features: tuple[float, ...], weights: Mapping[str, float]) -> float:
    """Return the probability that a pair with these features is one thing's."""
    odds = sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))
    return 1 / (1 + math.exp(-odds))


def _choose_texts(left: Core, right: Core) -> tuple[str, str]:
    """Return what is compared: the cores, or the whole names where a core is a key of a way or of a numbered thing."""
    if any(sign in core.text for core in (left, right) for sign in "~#"):
        return left.whole, right.whole
    return left.text, right.text


def _weigh_pairs(name: str, cutter: WordCutter, rules: JoiningRules) -> dict[str, float]:
    """Return the pairs of neighbouring characters of a name with what they weigh."""
    weights = [
        _GENERAL if rules.is_general(word) or word in rules.idle else 1.0 for word in cutter.cut(name) for _ in word
    ]
    found: dict[str, float] = {}
    for at in range(len(name) - 1):
        pair = name[at : at + 2]
        found[pair] = max(found.get(pair, 0.0), (weights[at] + weights[at + 1]) / 2)
    return found or {name: 1.0}


def _count_common(short: str, long: str) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(long) + 1)
    for character in short:
        below = [0]
        for at, other in enumerate(long):
            below.append(row[at] + 1 if character == other else max(row[at + 1], below[-1]))
        row = below
    return row[-1]
