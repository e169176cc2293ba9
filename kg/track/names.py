"""Names of one thing in two reports that differ a little, and names that the next report writes in other company."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.facts import Account, Naming, Quote
from kg.lexicon.tracking import TrackingRules
from kg.track.similar import Weights, compare_names, contains, cut_pairs, weigh_names

# Where a name stands in the next report: its sentence, and the offsets there.
Spot = tuple[Quote, int, int]

# Above these two names mean one thing; read off the reports of 2017 and 2018. The higher one is for names of two kinds.
_LEAST, _OTHER_KIND = 0.7, 0.75
# What two names share weighs at least this: 科技园 alone says nothing.
_SUBSTANCE = 8.0
# A name that leaves out characters of the other, in order, as short forms do, and keeps at least this share of them.
_SHORT_FORM, _SHORT_SCORE, _SHORTEST_FORM = 0.5, 0.8, 5
# What is looked for in the text: a name of so many characters, or a part of so many that has this share of what the
# name weighs.
_SHORTEST, _SHORTEST_PART, _PART = 4, 5, 0.5
# A name bent in its middle keeps this share of its characters, at least so many, so many of them at its front, where a
# pair of characters is rare.
_BENT, _LEAST_BENT, _FRONT, _TELLING = 0.6, 5, 3, 10.0
# What tells a name from others stands at its front (合众新能源汽车 is not 新能源汽车), if it is not a place.
_PLACE_FRONT = re.compile("(?:中国|.*[省市县区州盟镇乡江河]|.*(?:大道|路)|[^至]{2,4}至[^至]{2,4})")


def list_names(namings: Iterable[Naming]) -> dict[str, tuple[str, ...]]:
    """Return all the words that name each thing."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for naming in namings:
        names[naming.thing][naming.words] = None
    return {thing: tuple(found) for thing, found in names.items()}


def find_alike(things: Collection[str], before: Account, after: Account, rules: TrackingRules) -> dict[str, str]:
    """Return for things that the next report does not name the one whose names are most alike, each taken once.

    A thing that both reports name is nobody else's: 跨境电商产业园 is not 电商产业园 where the plan has both.
    """
    known = {naming.thing for naming in before.namings}
    there = {naming.thing for naming in after.namings}
    old = list_names(n for n in before.namings if n.thing not in there and n.thing in things)
    new = list_names(n for n in after.namings if n.thing not in known)
    weights = weigh_names(rules.trim_name(n.words) for n in (*before.namings, *after.namings))
    kinds = {n.thing: n.kind for n in (*before.namings, *after.namings)}
    scored = []
    for thing, mine in old.items():
        for other, theirs in new.items():
            least = _LEAST if kinds[thing] == kinds[other] else _OTHER_KIND
            score = max(compare_things(left, right, weights, rules) for left in mine for right in theirs)
            if score >= least:
                scored.append((-score, thing, other))
    alike: dict[str, str] = {}
    for _, thing, other in sorted(scored):
        if thing not in alike and other not in alike.values():
            alike[thing] = other
    return alike


def compare_things(left: str, right: str, weights: Weights, rules: TrackingRules) -> float:
    """Return from 0 to 1 how alike the names of two things are; 0 where a number or a side tells them apart."""
    mine, theirs = rules.read_numbers(left), rules.read_numbers(right)
    sides = set(rules.name_side.findall(left)) ^ set(rules.name_side.findall(right))
    # A name that has no number may be the whole of the other.
    if sides or not (mine <= theirs or theirs <= mine):
        return 0.0
    first, second = rules.trim_name(left), rules.trim_name(right)
    if weights.weigh(cut_pairs(first) & cut_pairs(second)) < _SUBSTANCE:
        return 0.0
    score = (compare_names(first, second, weights) + contains(first, second, weights)) / 2
    short, long = sorted((first, second), key=len)
    if len(short) >= max(_SHORTEST_FORM, _SHORT_FORM * len(long)) and _is_left_of(short, long):
        score = max(score, _SHORT_SCORE)
    return score


def _is_left_of(short: str, long: str) -> bool:
    """Tell whether a name is what is left of another when some of its characters go."""
    characters = iter(long)
    return all(character in characters for character in short)


def find_spots(
    names: Sequence[str], account: Account, places: Collection[str], weights: Weights, rules: TrackingRules
) -> tuple[Spot, ...]:
    """Return where a report writes one of these names, or its longest part that still tells it from others.

    A part may lack the end of a name, or one of `places` at its front.
    """
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for part in _list_parts(name, places, weights, rules):
            ends = name.endswith(part)
            spots = [
                (quote, quote.begin + at, quote.begin + at + len(part))
                for quote in account.quotes
                if (at := _find(part, quote.text)) >= 0 and (ends or rules.bound.match(quote.text[at + len(part) :]))
            ]
            if spots:
                return tuple(spots)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for pattern in _bend_name(name, places, weights, rules):
            spots = [
                (quote, quote.begin + match.start(), quote.begin + match.end())
                for quote in account.quotes
                if (match := pattern.search(quote.text)) and rules.bound.match(quote.text[match.end() :])
            ]
            if spots:
                return tuple(spots)
    return ()


def _bend_name(name: str, places: Collection[str], weights: Weights, rules: TrackingRules) -> Iterator[re.Pattern[str]]:
    """Yield patterns for a name that lacks some middle words, or has others there, or shares its end with a list's.

    梭鱼湾足球场 for 梭鱼湾专业足球场; 江南、三塘等污水处理厂 for 江南污水处理厂三期.
    """
    plain = rules.trim_name(name)
    ordered = sorted(places, key=lambda place: (-len(place), place))
    for place in ordered:
        plain = plain.removeprefix(place)
    between = "|".join((*map(re.escape, ordered), "[^，。；、：0-9一二三四五六七八九十东西南北]{0,3}"))
    numbers = rules.read_numbers(plain)
    whole = weights.weigh(cut_pairs(plain))
    for kept in range(len(plain) - 1, max(_LEAST_BENT, math.ceil(len(plain) * _BENT)) - 1, -1):
        for tail in range(2, kept - _FRONT + 1):
            front, end = plain[: kept - tail], plain[-tail:]
            heavy = weights.weigh(cut_pairs(front)) >= _TELLING and rules.read_numbers(front + end) == numbers
            if heavy and weights.weigh(cut_pairs(front) | cut_pairs(end)) >= _PART * whole:
                yield re.compile(f"{re.escape(front)}(?:{between}){re.escape(end)}")
    if not numbers:
        for size in (2, 3, 4):
            front, end = plain[:size], plain[size:]
            if rules.shared_head.match(end):
                yield re.compile(f"{re.escape(front)}(?:、[^，。；、]{{1,8}})+{re.escape(end)}")
            if len(end) >= _FRONT:
                yield re.compile(
                    f"{re.escape(front)}(?:、[^，。；、]{{1,8}})*(?:等|[和及与][^，。；、]{{1,8}})[^，。；、]{{0,4}}{re.escape(end)}"
                )


def _list_parts(name: str, places: Collection[str], weights: Weights, rules: TrackingRules) -> Iterator[str]:
    numbers = rules.read_numbers(name)
    whole = weights.weigh(cut_pairs(name))
    if len(name) >= (_SHORTEST - 1 if numbers or whole >= _TELLING else _SHORTEST):
        yield name
    for size in range(len(name) - 1, _SHORTEST_PART - 1, -1):
        for start in range(len(name) - size + 1):
            part, front = name[start : start + size], name[:start]
            if front and front not in places and not _PLACE_FRONT.fullmatch(front):
                continue
            if rules.common_part.match(part):
                continue
            if rules.read_numbers(part) == numbers and weights.weigh(cut_pairs(part)) >= _PART * whole:
                yield part


def _find(part: str, text: str) -> int:
    at = text.find(part)
    # 2号线 does not stand in 12号线.
    return -1 if at > 0 and part[0].isdigit() and text[at - 1].isdigit() else at
