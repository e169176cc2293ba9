"""Readings kept beside the database: a report's table and its triples as they are by themselves, one file a report.

From them every graph can be written anew when another report shows that two names are one thing. A file is named by
its content and never changed; the catalogue says which one holds, so that a kill between file and database does no
harm: a file that nothing names is swept away later.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import BadInput
from kg.export.files import write_whole
from kg.export.lines import write_ntriples
from kg.graph import Triple
from kg.joining.tables import Definition, Named, Table
from kg.store.terms import to_triple

_READINGS = "readings"
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one report: its table, and its triples before it is joined with others."""

    table: Table
    triples: dict[Triple, None]


def keep_reading(folder: Path, reading: Reading) -> str:
    """Write a reading to its file in a store's folder and return its digest."""
    head = json.dumps(asdict(reading.table), ensure_ascii=False, separators=(",", ":"))
    content = f"{head}\n{write_ntriples(reading.triples)}".encode()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    path = _path(folder, reading.table.report, digest)
    if not path.exists():
        write_whole(path, gzip.compress(content, mtime=0))
    return digest


def read_table(folder: Path, report: str, digest: str) -> Table:
    """Read the table of a reading."""
    try:
        with gzip.open(_path(folder, report, digest), "rt", encoding="utf-8") as lines:
            return _make_table(json.loads(lines.readline()))
    except (OSError, ValueError) as error:
        raise _broken(folder, report, error) from error


def read_triples(folder: Path, report: str, digest: str) -> dict[Triple, None]:
    """Read the triples of a reading."""
    try:
        content = gzip.decompress(_path(folder, report, digest).read_bytes())
    except OSError as error:
        raise _broken(folder, report, error) from error
    lines = content[content.index(b"\n") + 1 :]
    return {to_triple(quad): None for quad in ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES)}


def sweep_readings(folder: Path, named: Iterable[tuple[str, str]]) -> None:
    """Remove the files that no (report, digest) of the catalogue names."""
    kept: Collection[Path] = {_path(folder, report, digest) for report, digest in named}
    for path in (folder / _READINGS).glob("*"):
        if path not in kept:
            path.unlink(missing_ok=True)


def _path(folder: Path, report: str, digest: str) -> Path:
    return folder / _READINGS / f"{report}.{digest}.gz"


def _broken(folder: Path, report: str, error: Exception) -> BadInput:
    return BadInput(folder / _READINGS, f"lacks the reading of {report} ({error}); build that report anew")


def _make_table(content: dict[str, Any]) -> Table:
    return Table(
        **{
            **content,
            "sketch": tuple(content["sketch"]),
            "entities": tuple(
                Named(**{**entity, "names": tuple((name, count) for name, count in entity["names"])})
                for entity in content["entities"]
            ),
            "definitions": tuple(Definition(**definition) for definition in content["definitions"]),
        }
    )
