"""Load `head.toml`: the patterns that read title, date, place and speaker off the head of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from kg.errors import BadData
from kg.lexicon.reading import check_keys, read_toml
from kg.model import Level


@dataclass(frozen=True, slots=True)
class HeadRules:
    """Patterns in the order in which they are tried; `selves` pairs each with the level that it shows."""

    titles: tuple[re.Pattern[str], ...]
    dates: tuple[re.Pattern[str], ...]
    places: tuple[re.Pattern[str], ...]
    speakers: tuple[re.Pattern[str], ...]
    selves: tuple[tuple[re.Pattern[str], Level], ...]


def load_head(folder: Path) -> HeadRules:
    """Read and check `head.toml` in the data folder."""
    path = folder / "head.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, {"title", "date", "place", "speaker", "self"}, set())
    patterns: dict[str, list[re.Pattern[str]]] = {}
    for table, entries in tables.items():
        for entry in entries:
            level = {"level"} if table == "self" else set[str]()
            check_keys(path, str(entry.get("name", table)), entry, {"name", "pattern", "yes", "no"} | level, set())
            if level and entry["level"] not in get_args(Level):
                raise BadData(path, entry["name"], f"level is one of {', '.join(get_args(Level))}")
            try:
                patterns.setdefault(table, []).append(re.compile(entry["pattern"]))
            except re.error as error:
                raise BadData(path, entry["name"], f"is no regular expression: {error}") from error
    return HeadRules(
        titles=tuple(patterns["title"]),
        dates=tuple(patterns["date"]),
        places=tuple(patterns["place"]),
        speakers=tuple(patterns["speaker"]),
        selves=tuple(zip(patterns["self"], (entry["level"] for entry in tables["self"]), strict=True)),
    )
