"""What is served: a folder with a database that is only read, and the explorer pages of its reports."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.graph import DEFAULT_BASE
from kg.load.files import Graphs, read_graphs
from kg.store import fill_store, keep_page, page_path, take_snapshot


@dataclass(frozen=True, slots=True)
class Library:
    """The database, and where the page of each graph lies (gzipped)."""

    database: Path
    pages: Path

    def find_page(self, graph: str) -> bytes | None:
        """Return the gzipped explorer page of a report's graph, if it was built."""
        path = page_path(self.pages, graph)
        return path.read_bytes() if path.is_file() else None


def open_files(paths: Sequence[Path], folder: Path, base: str = DEFAULT_BASE) -> Library:
    """Load RDF files into a new database in `folder`; a page NAME.html beside NAME.ttl is served as its explorer."""
    graphs: Graphs = {}
    explorers: dict[str, Path] = {}
    for path in paths:
        own = read_graphs([path], spare=f"{base}id/graph/{path.stem}")
        for graph, triples in own.items():
            graphs.setdefault(graph, {}).update(triples)
        page = path.with_suffix(".html")
        if len(own) == 1 and page.is_file():
            explorers[str(next(iter(own)))] = page
    fill_store(folder, graphs, base)
    for graph, page in explorers.items():
        keep_page(folder, graph, page.read_text(encoding="utf-8"))
    return Library(folder / "rdf", folder)


def take_turn(store: Path, folder: Path) -> Library:
    """Take the present state of a store, which may be written again at once; the state before the last is removed.

    The last one stays, for queries are still answered from it.
    """
    turns = sorted((path for path in folder.iterdir() if path.name.isdecimal()), key=lambda path: int(path.name))
    for old in turns[:-1]:
        shutil.rmtree(old)
    target = folder / str(int(turns[-1].name) + 1 if turns else 1)
    take_snapshot(store, target)
    return Library(target, store)
