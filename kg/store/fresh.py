"""A new store of many reports at once: filled in a folder beside its own, which takes that name when it is whole.

What a transaction costs for each report is spared, and a kill at any moment leaves no store, or the whole one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadInput
from kg.export.lines import write_ntriples
from kg.graph import DEFAULT_BASE
from kg.joining import Joins, Table
from kg.joining.rewriting import describe_joins
from kg.store import DATABASE, joins_graph, open_store
from kg.store.catalogue import Entry, catalogue_graph, describe_catalogue, list_graphs
from kg.store.reports import state_report


def is_new(folder: Path) -> bool:
    """Tell whether a store in this folder would be a new one."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


@contextmanager
def make_aside(folder: Path) -> Iterator[Path]:
    """Give a folder to fill, which becomes `folder` if nothing went wrong; what an earlier kill left is removed."""
    aside = folder.absolute().with_name(f".{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    (aside / DATABASE).mkdir(parents=True)
    try:
        yield aside
        aside.replace(folder)
    except OSError as error:
        raise BadInput(folder, f"cannot be made: {error}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def fill_reports(
    folder: Path,
    held: Mapping[str, tuple[Table, str]],
    joins: Joins,
    graphs: Iterable[tuple[str, Path, int]],
    base: str = DEFAULT_BASE,
) -> Iterator[tuple[str, int]]:
    """Fill a new store; yield each report's key and number of triples when it is in.

    `held` are tables and digests of readings that lie in `folder` already; `graphs` are key, N-Triples file, which is
    removed after, and number of triples.
    """
    store = open_store(folder, base)
    root = f"{base}id/"
    entries = {entry.graph: entry for entry in list_graphs(store, base)}
    for key, file, size in graphs:
        graph = f"{root}graph/{key}"
        _load(store, file.read_bytes(), graph)
        file.unlink()
        table, digest = held[key]
        entries[graph] = Entry(graph, f"{root}report/{key}", size, state_report(digest, table, joins))
        yield key, size
    between = describe_joins(joins, root)
    if between:
        _load(store, write_ntriples(between).encode(), joins_graph(base))
        entries[joins_graph(base)] = Entry(joins_graph(base), None, len(between))
    old = list(store.quads_for_pattern(None, None, None, ox.NamedNode(catalogue_graph(base))))
    for quad in old:
        store.remove(quad)
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    _load(store, write_ntriples(describe_catalogue(entries.values(), base)).encode(), catalogue_graph(base))
    store.flush()


def _load(store: ox.Store, content: bytes, graph: str) -> None:
    for place in (ox.NamedNode(graph), ox.DefaultGraph()):
        store.bulk_load(content, ox.RdfFormat.N_TRIPLES, to_graph=place)
