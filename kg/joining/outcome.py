"""From sets of nodes to what the graph says: each set's id and name, why an id gave way, editions and phases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.joining.clusters import Clusters, Edge
from kg.joining.nodes import Node, World, name_stem
from kg.joining.tables import Named, Table
from kg.lexicon.linking import LinkingRules
from kg.vocab import VOCABULARY


@dataclass(frozen=True, slots=True)
class Joined:
    """What an id stands for among all reports: the id, kinds and name of its thing."""

    id: str
    kinds: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Merge:
    """An id that gave way to another: why, in which words, and what says so (a report and its sentence, if one does).

    `reports` are the first ones that have the two ids that the reason speaks of.
    """

    source: str
    target: str
    reason: str
    words: str
    reports: tuple[str, ...]
    sentence: int | None


@dataclass(frozen=True, slots=True)
class Joins:
    """What joins the reports: every id's thing, the merges, and pairs (edition, series) and (phase, whole)."""

    things: Mapping[str, Joined]
    merges: tuple[Merge, ...]
    editions: tuple[tuple[str, str], ...]
    phases: tuple[tuple[str, str], ...]


def list_numbered(world: World) -> list[tuple[Node, str, str]]:
    """Return (node, id of what it is one of, number) for every edition and phase."""
    return [
        (node, name_stem(node, core), core.number)
        for node in world.nodes.values()
        for core in node.cores
        if core.number and node.real
    ]


def join_numbered(world: World, clusters: Clusters) -> None:
    """Unite editions and phases of one number, of things that are one by now."""
    first: dict[tuple[str, str], str] = {}
    for node, stem, number in list_numbered(world):
        other = first.setdefault((clusters.find(stem), number), node.id)
        clusters.unite(Edge(other, node.id, "number", number))


def choose_heads(world: World, clusters: Clusters) -> dict[str, str]:
    """Return the id that each real node's set is known by: of a division the latest, else that of the longest name."""
    heads = {identity: identity for identity, node in world.nodes.items() if node.real}
    for members in clusters.sets():
        real = [world.nodes[identity] for identity in members if world.nodes[identity].real]
        if real:
            head = min(real, key=lambda node: (_age(node, world), -max(len(c.whole) for c in node.cores), node.id))
            heads.update((node.id, head.id) for node in real)
    return heads


def _age(node: Node, world: World) -> int:
    if node.code is None or node.code not in world.divisions:
        return 0
    return -(world.divisions.by_code(node.code).valid_from or 0)


def gather_kinds(heads: Mapping[str, str], world: World) -> dict[str, tuple[str, ...]]:
    """Return the kinds that reports take each head for, in the ontology's order."""
    found: dict[str, set[str]] = {}
    for identity, head in heads.items():
        found.setdefault(head, set()).add(world.nodes[identity].kind)
    return {head: tuple(kind for kind in VOCABULARY.kinds if kind in kinds) for head, kinds in found.items()}


def vote_names(
    tables: Sequence[Table], heads: Mapping[str, str], world: World, linking: LinkingRules
) -> dict[str, str]:
    """Return the label of each head: a division's own name, else the one under which reports mention it most."""
    votes: dict[str, Counter[str]] = {}
    kinds: dict[str, str] = {}
    for table in tables:
        for entity in table.entities:
            head = heads[entity.id]
            kinds[head] = entity.kind
            votes.setdefault(head, Counter())[entity.label] += _weigh(entity)
            if entity.id == head and entity.code:
                votes[head][entity.label] += 1 << 40
    return {head: _elect(found, kinds[head] in linking.short_labels) for head, found in votes.items()}


def _weigh(entity: Named) -> int:
    return sum(count for _, count in entity.names)


def _elect(votes: Counter[str], short: bool) -> str:
    way = 1 if short else -1
    return min(votes, key=lambda name: (-votes[name], way * len(name), name))


def find_numbered(
    world: World, clusters: Clusters, heads: Mapping[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the pairs of editions and phases with what they are one of, where a report names that."""
    wholes: dict[str, str] = {}
    for identity, head in heads.items():
        wholes[clusters.find(identity)] = head
    editions: set[tuple[str, str]] = set()
    phases: set[tuple[str, str]] = set()
    for node, stem, number in list_numbered(world):
        whole = wholes.get(clusters.find(stem))
        if whole and whole != heads[node.id]:
            (editions if number.startswith("第") else phases).add((heads[node.id], whole))
    return tuple(sorted(editions)), tuple(sorted(phases))


def tell_merges(world: World, clusters: Clusters, heads: Mapping[str, str]) -> list[Merge]:
    """Return a merge for each id that gave way, with the union that lies nearest on its way to the head."""
    near: dict[str, list[Edge]] = {}
    for edge in clusters.edges:
        near.setdefault(edge.left, []).append(edge)
        near.setdefault(edge.right, []).append(edge)
    merges = []
    for head in sorted({head for identity, head in heads.items() if identity != head}):
        way: dict[str, Edge] = {}
        seen, queue = {head}, [head]
        for identity in queue:
            for edge in near[identity]:
                other = edge.right if edge.left == identity else edge.left
                if other not in seen:
                    seen.add(other)
                    way[other] = edge
                    queue.append(other)
        for identity, edge in sorted(way.items()):
            if world.nodes[identity].real:
                met = (edge.report,) if edge.report else (world.nodes[edge.left].report, world.nodes[edge.right].report)
                reports = tuple(dict.fromkeys(met))
                merges.append(Merge(identity, head, edge.reason, edge.words, reports, edge.sentence))
    return merges
