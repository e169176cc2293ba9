"""Reports in a store, joined: whatever the order in which they came and went, the store holds what building those
that are there at once would give.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadInput
from kg.graph import DEFAULT_BASE, Triple
from kg.joining import Joins, Table
from kg.joining.rewriting import describe_joins, rewrite_triples
from kg.store.catalogue import Entry, catalogue_graph, describe_catalogue, joins_graph, list_graphs
from kg.store.changes import replace_graphs
from kg.store.pages import page_path
from kg.store.readings import Reading, keep_reading, read_table, read_triples, sweep_readings

Join = Callable[[Sequence[Table]], Joins]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change did, as keys of reports: which were `put` or `removed`, and which others were `rewritten`.

    `graphs` are the graphs of those that were put or rewritten, by IRI; `sizes` the triples of every report by key.
    """

    put: tuple[str, ...]
    removed: tuple[str, ...]
    rewritten: tuple[str, ...]
    graphs: Mapping[str, Mapping[Triple, None]]
    sizes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Held:
    table: Table
    digest: str
    state: str


def read_tables(store: ox.Store, folder: Path, base: str = DEFAULT_BASE) -> tuple[Table, ...]:
    """Return the tables of the reports in a store, by key."""
    return tuple(held.table for _, held in sorted(_read_held(store, folder, base).items()))


def change_reports(
    store: ox.Store,
    folder: Path,
    join: Join,
    put: Sequence[Reading] = (),
    remove: Collection[str] = (),
    base: str = DEFAULT_BASE,
) -> Change:
    """Put readings into a store and remove reports by key, in one transaction with all graphs that change with them.

    `folder` is where the store lies; `join` is `kg.joining.join_tables` with its rules. Raises `BadInput` for a key to
    remove that is not there.
    """
    before = _read_held(store, folder, base)
    if unknown := sorted(key for key in remove if key not in before):
        raise BadInput(folder, f"holds no {', '.join(unknown)}; it holds {', '.join(sorted(before)) or 'no reports'}")
    after = {key: held for key, held in before.items() if key not in remove}
    after |= {reading.table.report: _Held(reading.table, keep_reading(folder, reading), "") for reading in put}
    new = {reading.table.report: reading.triples for reading in put}
    joins = join([held.table for _, held in sorted(after.items())])
    root = f"{base}id/"
    graphs: dict[str, dict[Triple, None]] = {f"{root}graph/{key}": {} for key in remove if key not in after}
    states: dict[str, str] = {}
    rewritten = []
    for key, held in sorted(after.items()):
        states[key] = state_report(held.digest, held.table, joins)
        if states[key] != held.state:
            triples = new[key] if key in new else read_triples(folder, key, held.digest)
            graphs[f"{root}graph/{key}"] = rewrite_triples(triples, joins, root)
            if key not in new:
                rewritten.append(key)
    graphs[joins_graph(base)] = describe_joins(joins, root)
    entries = {entry.graph: entry for entry in list_graphs(store, base) if entry.graph not in graphs}
    entries |= {
        graph: Entry(graph, _report_of(graph, states, root), len(triples), states.get(graph.rpartition("/")[2], ""))
        for graph, triples in graphs.items()
        if triples
    }
    replace_graphs(store, {**graphs, catalogue_graph(base): describe_catalogue(entries.values(), base)})
    sweep_readings(folder, [(key, held.digest) for key, held in after.items()])
    for key in remove:
        page_path(folder, f"{root}graph/{key}").unlink(missing_ok=True)
    sizes = {key: entries[f"{root}graph/{key}"].triples for key in after}
    written = {graph: graphs[graph] for key in (*sorted(new), *rewritten) if (graph := f"{root}graph/{key}") in graphs}
    return Change(tuple(sorted(new)), tuple(sorted({*remove} - {*after})), tuple(rewritten), written, sizes)


def _read_held(store: ox.Store, folder: Path, base: str) -> dict[str, _Held]:
    held = {}
    for entry in list_graphs(store, base):
        key, digest = entry.graph.rpartition("/")[2], entry.state.partition(" ")[0]
        if entry.report and digest:
            held[key] = _Held(read_table(folder, key, digest), digest, entry.state)
    return held


def _report_of(graph: str, states: Mapping[str, str], root: str) -> str | None:
    key = graph.rpartition("/")[2]
    return f"{root}report/{key}" if key in states else None


def state_report(digest: str, table: Table, joins: Joins) -> str:
    """Return the state of a report's graph: the digest of its reading and that of what joining says of its entities."""
    lines = (f"{entity.id} {joins.things[entity.id]}" for entity in table.entities)
    return f"{digest} {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"
