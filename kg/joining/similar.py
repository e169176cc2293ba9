"""Names that no rule joins but that are much alike: 新居民积分管理办法 and 新居民积分管理新办法.

Only names that share rarer characters are compared: what is rare depends on how many names the reports of the place
have, so more reports may part what fewer joined, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.joining.clusters import Clusters, Edge
from kg.joining.cores import are_nested, is_known_wherever
from kg.joining.likeness import judge_likeness, measure_likeness
from kg.joining.names import Core
from kg.joining.nodes import Node, World
from kg.joining.tables import Table
from kg.joining.words import WordCutter
from kg.lexicon.joining import JoiningRules

# A pair of characters in more names of a place than this tells nothing.
_COMMON = 40
# Names that share less of their characters are never likely enough; most pairs are told apart so.
_LEAST_SHARED = 0.6


def join_similar(world: World, clusters: Clusters, tables: Sequence[Table], rules: JoiningRules) -> None:
    """Unite two things of one place where each is the other's likeliest, and no report names both.

    What one report calls by two names it mostly takes for two things.
    """
    told: dict[str, set[str]] = {}
    for table in tables:
        for entity in table.entities:
            told.setdefault(clusters.find(entity.id), set()).add(table.report)
    best: dict[str, tuple[float, str]] = {}
    words: dict[tuple[str, str], tuple[float, Node, Node, str]] = {}
    cutter = WordCutter()
    for one, other in _list_candidates(world, rules):
        mine, theirs = clusters.find(one.id), clusters.find(other.id)
        if mine == theirs or told.get(mine, set()) & told.get(theirs, set()) or not are_nested(one, other, world):
            continue
        if not (is_known_wherever(one, other, world) and is_known_wherever(other, one, world)):
            continue
        likely, said = _compare(one, other, cutter, rules)
        if likely < rules.likely_enough:
            continue
        pair = (min(mine, theirs), max(mine, theirs))
        if likely > words.get(pair, (0.0,))[0]:
            words[pair] = (likely, one, other, said)
        for me, you in ((mine, theirs), (theirs, mine)):
            best[me] = max(best.get(me, (0.0, "")), (likely, you))
    for (mine, theirs), (likely, one, other, said) in sorted(words.items(), key=lambda item: (-item[1][0], item[0])):
        if best[mine][1] == theirs and best[theirs][1] == mine:
            clusters.unite(Edge(min(one.id, other.id), max(one.id, other.id), "similar", f"{said} {likely:.2f}"))


def _list_candidates(world: World, rules: JoiningRules) -> Iterator[tuple[Node, Node]]:
    """Yield the pairs of nodes of one place and of kinds that one thing may be of that share rarer characters."""
    pools: dict[tuple[str, str], dict[str, Node]] = {}
    for node in world.nodes.values():
        if node.real and not node.code and node.kind in rules.likeness_kinds:
            for shared in sorted({core.whole[at : at + 2] for core in node.cores for at in range(len(core.whole) - 1)}):
                for home in sorted(node.homes):
                    pools.setdefault((home, shared), {})[node.id] = node
    seen: set[tuple[str, str]] = set()
    for pool in pools.values():
        members = list(pool.values()) if len(pool) <= _COMMON else []
        for number, left in enumerate(members):
            for right in members[:number]:
                pair = (min(left.id, right.id), max(left.id, right.id))
                alike = left.kind == right.kind or (left.kind, right.kind) in rules.together
                if alike and pair not in seen:
                    seen.add(pair)
                    yield left, right


def _compare(one: Node, other: Node, cutter: WordCutter, rules: JoiningRules) -> tuple[float, str]:
    """Return how surely two nodes are one thing by their likeliest names, and these names."""
    return max(
        (
            (
                judge_likeness(measure_likeness(left, right, one.kind == other.kind, cutter, rules), rules.likeness),
                f"{left.whole} ~ {right.whole}",
            )
            for left in one.cores
            for right in other.cores
            if _share_enough(frozenset(left.whole), frozenset(right.whole))
            and not _have_other_numbers(left, right, rules)
        ),
        default=(0.0, ""),
    )


def _share_enough(left: frozenset[str], right: frozenset[str]) -> bool:
    return 2 * len(left & right) >= _LEAST_SHARED * (len(left) + len(right))


def _have_other_numbers(left: Core, right: Core, rules: JoiningRules) -> bool:
    """Tell whether each of two names has a number that the other lacks: 十四五 and 十三五, 2期 and 3期."""
    mine, theirs = (set(rules.telling_number.findall(core.whole)) for core in (left, right))
    return bool(mine - theirs) and bool(theirs - mine)
