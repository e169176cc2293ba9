"""One graph from many reports: which entities of different reports are one thing, and why.

`join_tables` is a function of the set of reports: their order makes no difference, and neither does the way in which
the set came about, report by report or all at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.joining.clusters import Clusters, Edge
from kg.joining.cores import join_cores, join_kinds
from kg.joining.nodes import gather_nodes
from kg.joining.outcome import (
    Joined,
    Joins,
    Merge,
    choose_heads,
    find_numbered,
    gather_kinds,
    join_numbered,
    tell_merges,
    vote_names,
)
from kg.joining.shortened import (
    join_firms,
    join_initials,
    join_levels,
    join_local,
    join_omitted,
    join_parts,
    join_routes,
    join_short_forms,
    join_sorts,
)
from kg.joining.similar import join_similar
from kg.joining.tables import Table, make_table, shape_report
from kg.joining.told import find_defined, find_renamed, find_verdicts
from kg.lexicon.divisions import Divisions
from kg.lexicon.joining import JoiningRules
from kg.lexicon.linking import LinkingRules

__all__ = ["Joined", "Joins", "Merge", "Table", "join_tables", "make_table", "shape_report"]


def join_tables(tables: Sequence[Table], divisions: Divisions, linking: LinkingRules, rules: JoiningRules) -> Joins:
    """Join the entities of reports."""
    world = gather_nodes(tables, divisions, linking, rules)
    same, apart = find_verdicts(world, linking, rules)
    clusters = Clusters(world, apart, rules.together)
    for (left, right), verdict in sorted(same.items(), key=lambda pair: pair[0]):
        clusters.unite(Edge(left, right, "given", verdict.why), told=True)
    for edge in find_renamed(world):
        clusters.unite(edge, told=True)
    for edge in find_defined(world, tables):
        clusters.unite(edge)
    join_cores(world, clusters, rules)
    join_routes(world, clusters, rules)
    join_short_forms(world, clusters, rules)
    join_parts(world, clusters, rules)
    join_sorts(world, clusters, rules)
    join_omitted(world, clusters, rules)
    join_initials(world, clusters, rules)
    join_local(world, clusters, rules)
    join_firms(world, clusters, rules)
    join_levels(world, clusters, rules)
    join_kinds(world, clusters, rules)
    join_parts(world, clusters, rules, across=True)
    join_local(world, clusters, rules, across=True)
    join_omitted(world, clusters, rules, across=True)
    join_numbered(world, clusters)
    join_similar(world, clusters, tables, rules)
    join_numbered(world, clusters)
    heads = choose_heads(world, clusters)
    names = vote_names(tables, heads, world, linking)
    kinds = gather_kinds(heads, world)
    things = {
        identity: Joined(heads[identity], kinds[heads[identity]], names[heads[identity]])
        for identity, node in world.nodes.items()
        if node.real
    }
    editions, phases = find_numbered(world, clusters, heads)
    return Joins(things, tuple(tell_merges(world, clusters, heads)), editions, phases)
