"""The explorer pages of the reports of a store, beside its database."""

from __future__ import annotations

import gzip
from pathlib import Path

from kg.export.files import write_whole

_PAGES = "pages"


def page_path(folder: Path, graph: str) -> Path:
    """Return where the explorer page of a report lies beside the database, gzipped.

    >>> page_path(Path("store"), "https://w3id.org/govkg/id/graph/450100-2024").as_posix()
    'store/pages/450100-2024.html.gz'
    """
    return folder / _PAGES / f"{graph.rpartition('/')[2]}.html.gz"


def keep_page(folder: Path, graph: str, html: str) -> None:
    """Keep the explorer page of a report beside the database."""
    write_whole(page_path(folder, graph), gzip.compress(html.encode(), mtime=0))
