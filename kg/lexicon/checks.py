"""Read data/compare/checks.toml: when figures contradict each other, and what leave is given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.errors import BadData
from kg.lexicon.linking import compile_pattern
from kg.lexicon.reading import check_keys, read_toml

_PATTERNS = ("beyond", "prices", "basis", "yearly", "milestone", "span", "elsewhere")


@dataclass(frozen=True, slots=True)
class CheckRules:
    """Everything that `checks.toml` says.

    `beyond`, `prices` and `yearly` are searched in an indicator's name; `basis` and `milestone` in the clause of a
    figure, `elsewhere` in its sentence before it. `slack` counts percentage points.
    """

    beyond: re.Pattern[str]
    prices: re.Pattern[str]
    basis: re.Pattern[str]
    yearly: re.Pattern[str]
    milestone: re.Pattern[str]
    span: re.Pattern[str]
    elsewhere: re.Pattern[str]
    slack: Decimal


def load_checks(folder: Path) -> CheckRules:
    """Read and check `folder/compare/checks.toml`.

    >>> from kg.resources import data_folder
    >>> load_checks(data_folder()).slack
    Decimal('8')
    """
    path = folder / "compare" / "checks.toml"
    tables = read_toml(path)
    check_keys(path, "whole file", tables, set(_PATTERNS), set())
    for table in _PATTERNS:
        check_keys(path, table, tables[table], {"pattern", "yes", "no"}, {"slack"} if table == "prices" else set())
    slack = tables["prices"].get("slack")
    if not isinstance(slack, int | float) or slack < 0:
        raise BadData(path, "prices", f"slack should be a number of percentage points, not {slack!r}")
    patterns = {table: compile_pattern(path, table, tables[table]["pattern"]) for table in _PATTERNS}
    return CheckRules(slack=Decimal(str(slack)), **patterns)
