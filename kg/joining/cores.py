"""Nodes of one kind whose names share their core: 成都双流国际机场 and 双流机场 in reports of Chengdu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.joining.clusters import Clusters, Edge
from kg.joining.nodes import Node, World
from kg.lexicon.joining import JoiningRules

_GENERAL = 4  # Longer names of general words are rarely two things' of one place.


def join_cores(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite nodes of one kind and core where their places allow it.

    First those whose places both are known, then those that name no place, each of which must be near to one thing
    only: 地铁集团 in reports of two cities is neither city's.
    """
    for core, group in _group(world):
        general = rules.is_general(core)
        placed = [node for node in group if node.place]
        loose = [node for node in group if not node.place]
        for number, left in enumerate(placed):
            for right in placed[:number]:
                if left.place == right.place or (not general and _is_seen_from_below(left, right, world, core)):
                    clusters.unite(Edge(right.id, left.id, "core", core))
        for number, left in enumerate(loose):
            for right in loose[:number]:
                if are_near(left, right, world) and (not general or left.homes & right.homes):
                    clusters.unite(Edge(right.id, left.id, "core", core))
        for node in loose:
            near = [other for other in placed if belongs_to(node, other, world) and (not general or other.own)]
            if near and len({clusters.find(other.id) for other in near}) == 1:
                clusters.unite(Edge(node.id, near[0].id, "core", core))


def join_kinds(world: World, clusters: Clusters, rules: JoiningRules) -> None:
    """Unite nodes of one core and of kinds that one thing may be of, where each may be one thing only.

    A works (地铁1号线 as a Project) and what was built (1号线 as a Facility) are one.
    """
    groups: dict[str, dict[str, Node]] = {}
    for node in world.nodes.values():
        for core in node.cores:
            groups.setdefault(core.text, {})[node.id] = node
    for text, found in sorted(groups.items()):
        general = rules.is_general(text)
        for one in found.values():
            near = [
                other
                for other in found.values()
                if (one.kind, other.kind) in rules.together
                and may_be_one(one, other, world)
                and (not general or (one.own and other.own) or len(text) > _GENERAL)
            ]
            if other := pick_one(clusters, near):
                clusters.unite(Edge(min(one.id, other.id), max(one.id, other.id), "core", text))


def _group(world: World) -> Iterator[tuple[str, list[Node]]]:
    groups: dict[tuple[str, str], dict[str, Node]] = {}
    for node in world.nodes.values():
        # A division is known by its code and no core of its name.
        if not node.code:
            for core in node.cores:
                groups.setdefault((node.kind, core.text), {})[node.id] = node
    for (_, text), group in sorted(groups.items()):
        if len(group) > 1:
            yield text, list(group.values())


def _is_seen_from_below(one: Node, other: Node, world: World, core: str = "") -> bool:
    """Tell whether of two places one lies in the other, and whoever names the lower one's thing may mean the other's.

    That is who reports from there (广西—东盟经开区 in Nanning) or names the lower place in the core (成都双流机场).
    """
    if not (one.place and other.place and (one.scoped or other.scoped)):
        return False
    low, high = (one, other) if other.place in world.line(one.place) else (other, one)
    if high.place not in world.line(str(low.place)) or not low.homes & high.homes:
        return False
    return (low.scoped and low.own and low.place in high.homes) or world.opens_with(core, str(low.place))


def are_near(one: Node, other: Node, world: World) -> bool:
    """Tell whether reports of one place, or of places one in the other, name both."""
    return bool(one.homes & other.homes) or any(
        left in world.line(right) or right in world.line(left) for left in one.homes for right in other.homes
    )


def belongs_to(node: Node, placed: Node, world: World) -> bool:
    """Tell whether all who name a node without a place are of the place of another, or lie in it."""
    return bool(node.homes) and all(placed.place in world.line(home) for home in node.homes)


def is_known_wherever(short: Node, long: Node, world: World) -> bool:
    """Tell whether all reports that give a short name are of places, or of ones above or below, that give the long one.

    大唐 in reports of two cities may be 大唐药业 in the one and 中国大唐 in the other.
    """
    return all(
        any(home == other or home in world.line(other) or other in world.line(home) for other in long.homes)
        for home in short.homes
    )


def may_be_one(one: Node, other: Node, world: World) -> bool:
    """Tell whether the places of two nodes let them be one, though their names differ."""
    if not one.homes & other.homes:
        return False
    if one.place and other.place:
        return one.place == other.place or _is_seen_from_below(one, other, world)
    if one.place or other.place:
        loose, placed = (other, one) if one.place else (one, other)
        return belongs_to(loose, placed, world) or placed.scoped is False or placed.own
    return True


def are_nested(one: Node, other: Node, world: World) -> bool:
    """Tell whether two nodes may be one, or are zones of which a report names one by its district and one without.

    A zone alone may be so: each district has a hospital of its own, and the city has one too.
    """
    if may_be_one(one, other, world):
        return True
    if one.kind != "Zone" or other.kind != "Zone" or not (one.homes & other.homes and one.place and other.place):
        return False
    return one.place in world.line(other.place) or other.place in world.line(one.place)


def pick_one(clusters: Clusters, nodes: Sequence[Node]) -> Node | None:
    """Return the first of several nodes if all of them are one thing already; two candidates are none."""
    return nodes[0] if nodes and len({clusters.find(node.id) for node in nodes}) == 1 else None
