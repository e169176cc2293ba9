"""Which nodes are one thing: unions that each have a reason, and that are refused where they would join two places'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.joining.nodes import Node, World


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that are one thing: why, in which `words`, and the report and sentence that say so, if one does."""

    left: str
    right: str
    reason: str
    words: str
    report: str | None = None
    sentence: int | None = None


class Clusters:
    """Disjoint sets of nodes. A union that was refused leaves no trace, so rules may propose more than holds."""

    def __init__(
        self, world: World, apart: Iterable[tuple[str, str]], together: frozenset[tuple[str, str]] = frozenset()
    ) -> None:
        self._world = world
        self._together = together
        self._parents = {identity: identity for identity in world.nodes}
        self._members = {identity: [identity] for identity in world.nodes}
        self._apart: dict[str, set[str]] = {}
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)
        self.edges: list[Edge] = []

    def find(self, identity: str) -> str:
        """Return the node that stands for the set of this one."""
        while self._parents[identity] != identity:
            self._parents[identity] = identity = self._parents[self._parents[identity]]
        return identity

    def unite(self, edge: Edge, told: bool = False) -> bool:
        """Unite the sets of both ends unless something stands against it; if `told` by hand, only a verdict does."""
        left, right = self.find(edge.left), self.find(edge.right)
        if left == right:
            return True
        if self._stand_apart(left, right) or not (told or self._fit(left, right)):
            return False
        if right < left:
            left, right = right, left
        self._parents[right] = left
        self._members[left] += self._members.pop(right)
        self.edges.append(edge)
        return True

    def sets(self) -> Iterator[tuple[str, ...]]:
        """Yield the sets of more than one node."""
        for members in self._members.values():
            if len(members) > 1:
                yield tuple(sorted(members))

    def _stand_apart(self, left: str, right: str) -> bool:
        return any(self._apart.get(one, set()) & {*self._members[right]} for one in self._members[left])

    def _fit(self, left: str, right: str) -> bool:
        """Tell whether all members are of kinds that one thing may be of, and of places that lie in each other."""
        nodes = self._world.nodes
        for one in (nodes[identity] for identity in self._members[left]):
            for other in (nodes[identity] for identity in self._members[right]):
                alike = one.kind == other.kind or (one.kind, other.kind) in self._together
                if not alike or not self._lie_together(one, other):
                    return False
        return True

    def _lie_together(self, one: Node, other: Node) -> bool:
        if one.place is None or other.place is None or one.place == other.place:
            return True
        if not (one.scoped or other.scoped):
            return False
        return one.place in self._world.line(other.place) or other.place in self._world.line(one.place)
