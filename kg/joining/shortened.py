"""Short forms that no report defines: 农博园 for 农业博览园, 贵南高铁 for 贵阳至南宁高铁, 南山片区 for 自贸区南山片区.

Each way proposes the long names that a short one may stand for; it is taken only where all of them are one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.joining.clusters import Clusters, Edge
from kg.joining.cores import are_nested, is_known_wherever, may_be_one, pick_one
from kg.joining.names import parse_route, read_route
from kg.joining.nodes import Node, World
from kg.joining.omitted import list_variants, omits_words, takes_initials
from kg.joining.words import WordCutter, drops_general, gives_short
from kg.lexicon.joining import JoiningRules

_TAIL = 3
_LONGEST_INITIALS = 5
_SHORTEST_LOCAL = 4
_LONGEST_FIRM = 6
# What opens a longer name and makes it another thing's: a number, or a name before this one in a list.
_APART = re.compile("[0-9]|第[一二三四五六七八九十]|[+、和与及含(]$")


@dataclass(frozen=True, slots=True)
class _Form:
    """A name of a node: as spelled, and its core."""

    whole: str
    text: str
    node: Node


# No pairs of kinds: the names of a pool are of one.
_ALIKE: frozenset[tuple[str, str]] = frozenset()

# (kind, home, characters that both names share) to the names there
_Pools = dict[tuple[str, str, str], list[_Form]]


def join_short_forms(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite short forms of which each word of the long name gives its first character, or all but general words."""
    cutter = WordCutter()

    def fits(short: _Form, long: _Form) -> bool:
        if not rules.shortest <= len(short.whole) <= len(long.whole) - rules.fewer or rules.is_general(short.text):
            return False
        words = cutter.cut(long.whole)
        if gives_short(long.whole, short.whole, words, rules, long.node.kind):
            return True
        if long.node.kind not in rules.part_kinds:
            return False
        # 南宁学院 and 南宁职业技术学院 are two: beside a division's name the rest must be a name by itself.
        bare = world.divisions.find(words[0]) and rules.is_general(short.whole[len(words[0]) :])
        return not bare and drops_general(long.whole, short.whole, words, rules)

    pools = _fill_pools(world, rules.short_kinds, lambda form: form.whole[-1])
    _join_pools(world, clusters, pools, "short", fits)


def join_parts(world: World, clusters: Clusters, rules: JoiningRules, across: bool = False) -> None:
    """Unite a name with the one that says more at its beginning, such as the whole that the thing is part of.

    If `across`, of names of two kinds that one thing may be of.
    """
    cutter = WordCutter()

    def fits(short: _Form, long: _Form) -> bool:
        # 西部新通道(平陆)运河 is named as 平陆运河 too.
        inlined = [] if long.whole.endswith(")") else [(short.whole, re.sub("[()]", "", long.whole))]
        for one, other in ((short.whole, long.whole), (short.text, long.text), *inlined):
            before = len(other) - len(one)
            if len(one) >= rules.shortest_part and before > 1 and other.endswith(one) and not rules.is_general(one):
                return not _APART.search(other[:before]) and cutter.has_edge(other, before)
        return False

    pools = _fill_pools(world, rules.part_kinds, lambda form: re.sub("[()]", "", form.text)[-_TAIL:], across)
    _join_pools(world, clusters, pools, "part", fits, rules.together if across else _ALIKE, are_nested)


def join_routes(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a way between two places with its short name, and with its name without the class of way."""
    found: dict[str, dict[str, tuple[str, Node]]] = {}
    by_form: dict[tuple[str, str, str], list[_Form]] = {}
    for form in _list_forms(world, rules.route_kinds):
        for home in form.node.homes:
            for key in {form.whole, form.text}:
                by_form.setdefault((form.node.kind, home, key), []).append(form)
    for form in _list_forms(world, rules.route_kinds):
        kind = form.node.kind
        route = read_route(kind, rules.thin_name(kind, rules.trim_name(kind, form.whole)), rules)
        route = route or parse_route(form.text, rules)
        if route is None or not route.classes:
            continue
        for home in form.node.homes:
            for key in sorted({f"{route.key}|", *route.short_forms()}):
                for short in by_form.get((kind, home, key), ()):
                    if short.node.id == form.node.id or not may_be_one(short.node, form.node, world):
                        continue
                    if is_known_wherever(short.node, form.node, world):
                        found.setdefault(short.node.id, {})[form.node.id] = f"{short.whole} < {form.whole}", form.node
    _take(clusters, found, "short")


def join_sorts(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a name with the one that also says what sort of thing it is of."""

    def fits(short: _Form, long: _Form) -> bool:
        sort = rules.sorts[short.node.kind]
        for one, other in ((short.text, long.text), (short.whole, long.whole)):
            rest = other.removeprefix(one)
            if rest != other and not rules.is_general(one) and not world.divisions.find(one) and sort.fullmatch(rest):
                return True
        return False

    for share in (lambda form: form.text[:2], lambda form: form.whole[:2]):
        _join_pools(world, clusters, _fill_pools(world, frozenset(rules.sorts), share), "short", fits)


def join_levels(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a name with the one that also says that it is the nation's: 无废城市 for 国家无废城市.

    Where a report of the place has the same name of a lower level, either may be meant.
    """
    known = {(home, form.whole) for form in _list_forms(world, rules.level_kinds) for home in form.node.homes}

    def fits(short: _Form, long: _Form) -> bool:
        opening = long.whole.removesuffix(short.whole)
        if opening == long.whole or not rules.level.fullmatch(opening) or rules.is_general(short.whole):
            return False
        homes = short.node.homes & long.node.homes
        return not any((home, level + short.whole) in known for home in homes for level in rules.lower_levels)

    _join_pools(world, clusters, _fill_pools(world, rules.level_kinds, lambda form: form.whole[-_TAIL:]), "part", fits)


def join_omitted(world: World, clusters: Clusters, rules: JoiningRules, across: bool = False) -> None:
    """Unite a name with the one that has more words, none of which tells two things apart.

    If `across`, of names of two kinds that one thing may be of.
    """
    cutter = WordCutter()

    def fits(short: _Form, long: _Form) -> bool:
        return any(
            omits_words(fuller, less, cutter, world.divisions, rules, long.node.kind == "Project")
            for one, other in ((short.text, long.text), (short.whole, long.whole))
            for less in list_variants(one)
            for fuller in list_variants(other)
        )

    pools = _fill_pools(world, rules.omitted_kinds, lambda form: form.text[-1], across)
    if not across:
        pools |= _fill_pools(world, rules.omitted_kinds & {"Project"}, lambda form: form.text[:2])
    _join_pools(world, clusters, pools, "omitted", fits, rules.together if across else _ALIKE)


def join_initials(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a body with its name in initials."""
    cutter = WordCutter()

    def fits(short: _Form, long: _Form) -> bool:
        if not 2 <= len(short.whole) <= _LONGEST_INITIALS or rules.is_general(short.whole):
            return False
        return takes_initials(long.whole, short.whole, cutter.cut(long.whole))

    pools = _fill_pools(world, rules.initial_kinds, lambda form: form.whole[0])
    _join_pools(world, clusters, pools, "short", fits)


def join_local(world: World, clusters: Clusters, rules: JoiningRules, across: bool = False) -> None:
    """Unite a name of general words with the one that opens with a place: 国际铁路港 for 南宁国际铁路港.

    If `across`, of names of two kinds that one thing may be of.
    """
    zones = {(home, form.whole) for form in _list_forms(world, frozenset({"Zone"})) for home in form.node.homes}

    def fits(short: _Form, long: _Form) -> bool:
        before = len(long.whole) - len(short.whole)
        if before < 1 or len(short.whole) < _SHORTEST_LOCAL or not long.whole.endswith(short.whole):
            return False
        opening = long.whole[:before].rstrip("-,.")
        if world.divisions.find(opening) or rules.opening.fullmatch(opening):
            return True
        # Its own zone's name may begin before the short one: 新区管委会 of 五象新区.
        ends = range(len(opening), len(long.whole))
        return any((home, long.whole[:end]) in zones for home in short.node.homes for end in ends)

    pools = _fill_pools(world, rules.local_kinds, lambda form: form.whole[-_TAIL:], across)
    _join_pools(world, clusters, pools, "part", fits, rules.together if across else _ALIKE, are_nested)


def join_firms(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a works that goes by the name of its firm with the one work whose name goes on from there."""
    cutter = WordCutter()

    def fits(short: _Form, long: _Form) -> bool:
        rest = long.text.removeprefix(short.text)
        if rest == long.text or not 2 <= len(short.text) <= _LONGEST_FIRM or rules.is_general(short.text):
            return False
        if world.divisions.find(short.text) or not rules.works.search(rest):
            return False
        rest = rules.quantity.sub("", rest)
        return not any(rules.contrast.search(word) and not world.divisions.find(word) for word in cutter.cut(rest))

    pools = _fill_pools(world, frozenset({"Project"}), lambda form: form.text[:2])
    _join_pools(world, clusters, pools, "omitted", fits)


def _list_forms(world: World, kinds: frozenset[str]) -> Iterator[_Form]:
    for node in world.nodes.values():
        if node.kind in kinds:
            # A numbered name is joined by what it counts and its number.
            for core in node.cores:
                if core.whole and core.text and not core.number:
                    yield _Form(core.whole, core.text, node)


def _fill_pools(world: World, kinds: frozenset[str], share: Callable[[_Form], str], across: bool = False) -> _Pools:
    pools: _Pools = {}
    for form in _list_forms(world, kinds):
        for home in form.node.homes:
            pools.setdefault(("" if across else form.node.kind, home, share(form)), []).append(form)
    return pools


def _join_pools(
    world: World,
    clusters: Clusters,
    pools: _Pools,
    reason: str,
    fits: Callable[[_Form, _Form], bool],
    together: frozenset[tuple[str, str]] = _ALIKE,
    meet: Callable[[Node, Node, World], bool] = may_be_one,
) -> None:
    found: dict[str, dict[str, tuple[str, Node]]] = {}
    for pool in pools.values():
        letters = [frozenset(form.whole) for form in pool]
        for short, given in zip(pool, letters, strict=True):
            for long, held in zip(pool, letters, strict=True):
                if len(long.whole) <= len(short.whole) or not given <= held or long.node.id == short.node.id:
                    continue
                if together and (short.node.kind, long.node.kind) not in together:
                    continue
                if not (fits(short, long) and meet(short.node, long.node, world)):
                    continue
                if is_known_wherever(short.node, long.node, world):
                    found.setdefault(short.node.id, {})[long.node.id] = f"{short.whole} < {long.whole}", long.node
    _take(clusters, found, reason)


def _take(clusters: Clusters, found: dict[str, dict[str, tuple[str, Node]]], reason: str) -> None:
    """Unite each short name with the one thing that it may stand for; where there are two, it stands for neither.

    Longer ones come first, so that two long names are one thing by the time that a shorter one asks which it may be.
    """
    lengths = {
        identity: max(len(words.partition(" < ")[0]) for words, _ in longs.values())
        for identity, longs in found.items()
    }
    for identity, longs in sorted(found.items(), key=lambda pair: (-lengths[pair[0]], pair[0])):
        if chosen := pick_one(clusters, [longs[key][1] for key in sorted(longs)]):
            clusters.unite(Edge(identity, chosen.id, reason, longs[chosen.id][0]))
