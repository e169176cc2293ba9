"""Load `structure.toml`: what to clean away, what a heading looks like, and what time a part speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import BadData
from kg.lexicon.reading import check_keys, read_toml

TimeModality = Literal["actual", "target", "by year"]
Span = Literal["year", "last", "term", "next", "plan"]


@dataclass(frozen=True, slots=True)
class Cleaning:
    """One thing that is no text: matches are replaced by `to`."""

    name: str
    pattern: re.Pattern[str]
    to: str


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """The numbering that opens a heading of `level`; the rule named `short` matches a whole unnumbered line."""

    name: str
    level: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TimeRule:
    """Words that tell what years and modality a part or paragraph speaks of.

    `pattern` may hold `{year}` and `{last}`, so it is compiled for a report's year by `time_pattern`.
    """

    name: str
    pattern: str
    modality: TimeModality
    span: Span


@dataclass(frozen=True, slots=True)
class StructureRules:
    """Everything `structure.toml` says, in its order."""

    cleanings: tuple[Cleaning, ...]
    headings: tuple[HeadingRule, ...]
    parts: tuple[TimeRule, ...]
    turns: tuple[TimeRule, ...]


def time_pattern(rule: TimeRule, year: int | None) -> re.Pattern[str]:
    """Compile a time rule for a report's year; without a year its year words match nothing.

    >>> rule = TimeRule("x", "{last}年", "actual", "last")
    >>> time_pattern(rule, 2024).match("2023年，") is not None
    True
    """
    words = {"{year}": str(year) if year else "(?!)", "{last}": str(year - 1) if year else "(?!)"}
    return re.compile(re.sub(r"\{(?:year|last)\}", lambda m: words[m.group()], rule.pattern))


def load_structure(folder: Path) -> StructureRules:
    """Read and check `structure.toml` in the data folder."""
    path = folder / "structure.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, {"clean", "heading", "part", "turn"}, set())
    for table, needed, optional in (
        ("clean", {"name", "pattern"}, {"to"}),
        ("heading", {"name", "level", "pattern"}, set[str]()),
        ("part", {"name", "pattern", "modality", "span"}, set[str]()),
        ("turn", {"name", "pattern", "modality", "span"}, set[str]()),
    ):
        for entry in tables[table]:
            check_keys(path, str(entry.get("name", table)), entry, needed | {"yes", "no"}, optional)
    return StructureRules(
        cleanings=tuple(Cleaning(e["name"], _compile(path, e), e.get("to", "")) for e in tables["clean"]),
        headings=tuple(HeadingRule(e["name"], e["level"], _compile(path, e)) for e in tables["heading"]),
        parts=tuple(_time_rule(path, e) for e in tables["part"]),
        turns=tuple(_time_rule(path, e) for e in tables["turn"]),
    )


def _compile(path: Path, entry: dict[str, Any]) -> re.Pattern[str]:
    try:
        return re.compile(entry["pattern"], re.DOTALL)
    except re.error as error:
        raise BadData(path, entry["name"], f"is no regular expression: {error}") from error


def _time_rule(path: Path, entry: dict[str, Any]) -> TimeRule:
    if entry["span"] not in get_args(Span):
        raise BadData(path, entry["name"], f"span is one of {', '.join(get_args(Span))}")
    if entry["modality"] not in get_args(TimeModality):
        raise BadData(path, entry["name"], f"modality is one of {', '.join(get_args(TimeModality))}")
    return TimeRule(entry["name"], entry["pattern"], entry["modality"], entry["span"])
