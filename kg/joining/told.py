"""What is told and not inferred: definitions in a text, verdicts in data/joins.tsv, divisions that were renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.joining.clusters import Edge
from kg.joining.nodes import World
from kg.joining.renamed import list_renamed
from kg.joining.tables import Table
from kg.lexicon.joining import JoiningRules, Verdict
from kg.lexicon.linking import LinkingRules
from kg.linking import Names


def find_verdicts(
    world: World, linking: LinkingRules, rules: JoiningRules
) -> tuple[dict[tuple[str, str], Verdict], dict[tuple[str, str], Verdict]]:
    """Return the pairs of nodes that are the same, and those that are apart, by hand."""
    same: dict[tuple[str, str], Verdict] = {}
    apart: dict[tuple[str, str], Verdict] = {}
    for home, view in world.views.items():
        names = Names(home, view, linking, {})
        line = {division.code for division in view.line}
        for verdict in rules.verdicts:
            if verdict.place is None or verdict.place in line:
                ends = (names.identify(verdict.kind, name).entity.id for name in (verdict.left, verdict.right))
                pair = tuple(sorted(ends))
                if pair[0] != pair[1] and pair[0] in world.nodes and pair[1] in world.nodes:
                    (same if verdict.verdict == "same" else apart)[pair[0], pair[1]] = verdict
    return same, apart


def find_renamed(world: World) -> Iterator[Edge]:
    """Yield the nodes of divisions that went on under another name or code."""
    for old, new in list_renamed(world.divisions):
        if f"place/{old.code}" in world.nodes and f"place/{new.code}" in world.nodes:
            words = f"{old.name} → {new.name} {new.valid_from}"
            yield Edge(f"place/{old.code}", f"place/{new.code}", "division", words)


def find_defined(world: World, tables: Sequence[Table]) -> Iterator[Edge]:
    """Yield short names that a text defines; one that is used where the full name is not known stays by itself."""
    for table in sorted(tables, key=lambda table: table.report):
        for told in table.definitions:
            short, full = world.nodes.get(told.short), world.nodes.get(told.full)
            if short and full and short.homes <= full.homes | {table.home}:
                yield Edge(told.short, told.full, "defined", told.words, table.report, told.sentence)
