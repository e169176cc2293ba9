"""Short forms that no report defines: 东博会 for 中国—东盟博览会, 南山片区 for 自贸区南山片区."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import rjieba

from kg.joining.clusters import Clusters, Edge
from kg.joining.cores import may_be_one, pick_one
from kg.joining.nodes import Node, World
from kg.lexicon.joining import JoiningRules

_NUMBERS = re.compile("[0-9]+|[一二三四五六七八九十百千]+")
_LONGEST_WORD = 3


def join_short_forms(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a short form with its long name where only one thing of its place and kind has a name that gives it."""
    pools: dict[tuple[str, str, str], dict[tuple[str, str], Node]] = {}
    for node in world.nodes.values():
        for whole in _wholes(node, rules.short_kinds):
            for home in node.homes:
                pools.setdefault((node.kind, home, whole[-1]), {})[whole, node.id] = node
    words = _Words()
    _join_pools(
        world,
        clusters,
        pools,
        "short",
        lambda short, long: (
            rules.shortest <= len(short) <= len(long) - rules.fewer
            and not rules.is_general(short)
            and gives_short(long, short, words.cut(long), rules)
        ),
    )


def join_parts(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite a part that is named alone with the part that is named with its whole, where there is only one such."""
    pools: dict[tuple[str, str, str], dict[tuple[str, str], Node]] = {}
    for node in world.nodes.values():
        for whole in _wholes(node, rules.part_kinds):
            for home in node.homes:
                if len(whole) >= rules.shortest_part:
                    pools.setdefault((node.kind, home, whole[-rules.shortest_part :]), {})[whole, node.id] = node
    _join_pools(
        world,
        clusters,
        pools,
        "part",
        lambda short, long: (
            long.endswith(short)
            and not rules.is_general(short)
            and rules.whole.fullmatch(long[: -len(short)]) is not None
        ),
    )


def _wholes(node: Node, kinds: frozenset[str]) -> Iterator[str]:
    if node.kind in kinds:
        # A numbered name is joined by what it counts and its number.
        yield from dict.fromkeys(core.whole for core in node.cores if core.whole and not core.number)


def _join_pools(
    world: World,
    clusters: Clusters,
    pools: dict[tuple[str, str, str], dict[tuple[str, str], Node]],
    reason: str,
    fits: Callable[[str, str], bool],
) -> None:
    found: dict[tuple[str, str], dict[str, tuple[str, Node]]] = {}
    for pool in pools.values():
        if len(pool) < 2:
            continue
        longs = [(whole, node, frozenset(whole)) for (whole, _), node in pool.items()]
        for (short, identity), node in pool.items():
            letters = frozenset(short)
            for long, other, held in longs:
                if len(long) <= len(short) or not letters <= held or other.id == identity:
                    continue
                if fits(short, long) and may_be_one(node, other, world):
                    found.setdefault((identity, short), {})[other.id] = (long, other)
    for (identity, short), longs_of in sorted(found.items()):
        nodes = [longs_of[key][1] for key in sorted(longs_of)]
        if chosen := pick_one(clusters, nodes):
            clusters.unite(Edge(identity, chosen.id, reason, f"{short} < {longs_of[chosen.id][0]}"))


class _Words:
    """Names cut into words of three characters at most, each name once: 成都平原 is 成都 and 平原."""

    def __init__(self) -> None:
        self._cuts: dict[str, tuple[str, ...]] = {}

    def cut(self, name: str) -> tuple[str, ...]:
        if name not in self._cuts:
            self._cuts[name] = tuple(part for word in rjieba.cut(name) for part in _halve(word))
        return self._cuts[name]


def _halve(word: str) -> Iterator[str]:
    if len(word) <= _LONGEST_WORD:
        yield word
    else:
        yield from (word[at : at + 2] for at in range(0, len(word), 2))


def gives_short(long: str, short: str, words: Sequence[str], rules: JoiningRules) -> bool:
    """Tell whether a short form takes of each word of a long name its first character, and keeps its last one.

    Words that are idle may give nothing. Numbers are never left out.

    >>> from kg.lexicon.joining import load_joining
    >>> from kg.resources import data_folder
    >>> rules = load_joining(data_folder())
    >>> gives_short("中国-东盟博览会", "东博会", ("中国", "-", "东盟", "博览会"), rules)
    True
    >>> gives_short("广西民族大学", "广西大学", ("广西", "民族", "大学"), rules)
    False
    """
    if long[-1] != short[-1] or _NUMBERS.findall(long) != _NUMBERS.findall(short):
        return False

    def take(word: int, at: int) -> bool:
        if word == len(words):
            return at == len(short)
        if (words[word] in rules.idle or (word and words[word] in rules.inner_idle)) and take(word + 1, at):
            return True
        return any(take(word + 1, end) for end in _ways(words[word], short, at))

    return take(0, 0)


def _ways(word: str, short: str, at: int) -> Iterator[int]:
    """Yield where a short form may go on after a word that gives its first character and some of the others."""
    if at >= len(short) or short[at] != word[0]:
        return
    place, end = 0, at + 1
    ends = [end]
    while end < len(short) and (place := word.find(short[end], place + 1)) > 0:
        end += 1
        ends.append(end)
    yield from reversed(ends)
