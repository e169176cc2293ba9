"""Read rule files strictly: an unknown key or a missing one is an error that names file, entry and reason."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from kg.errors import BadData


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; syntax errors become `BadData` with the parser's line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(path, "whole file", f"is not TOML: {error}") from error


def read_tsv(path: Path, columns: Collection[str]) -> list[dict[str, str]]:
    """Read a tab-separated file whose first line names exactly `columns`; lines starting with `#` are comments."""
    with path.open(encoding="utf-8", newline="") as lines:
        content = (line for line in lines if not line.startswith("#"))
        rows = list(csv.reader(content, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or rows[0] != list(columns):
        raise BadData(path, "header", f"should be {' '.join(columns)}")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(rows[0]):
            raise BadData(path, f"row {number}", f"has {len(row)} fields, the header {len(rows[0])}")
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def check_keys(path: Path, entry: str, found: Mapping[str, object], needed: set[str], optional: set[str]) -> None:
    """Raise `BadData` when an entry lacks a needed key or has one that nobody reads."""
    missing, unknown = needed - found.keys(), found.keys() - needed - optional
    if missing:
        raise BadData(path, entry, f"lacks {', '.join(sorted(missing))}")
    if unknown:
        raise BadData(path, entry, f"has unknown keys: {', '.join(sorted(unknown))}")
