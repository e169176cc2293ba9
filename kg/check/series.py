"""Which readings measure one thing in one way, and are surely of the place as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.facts import Account, Reading, find_clause
from kg.lexicon.checks import CheckRules

# How far after a figure 两个台阶 or 大关 is looked for, in characters.
_AFTER = 12


def series_of(reading: Reading) -> tuple[str, ...]:
    """Return what two readings share that measure one thing in one way."""
    return (reading.indicator, reading.owner, reading.of, reading.kind, reading.unit)


def list_levels(account: Account, year: int, listed: Collection[str], rules: CheckRules) -> Iterator[Reading]:
    """Yield the exact amounts of the place itself in a year, of listed indicators, the first of each."""
    seen = set()
    for reading in account.readings:
        whole = reading.kind == "level" and reading.modality == "actual" and reading.year == year
        own = not (reading.owner or reading.of) and reading.bound == "=" and reading.indicator in listed
        if whole and own and series_of(reading) not in seen and is_plain(reading, rules):
            seen.add(series_of(reading))
            yield reading


def is_plain(reading: Reading, rules: CheckRules) -> bool:
    """Tell whether a figure is surely of the place as a whole, and its amount no step on the way."""
    text, at = reading.quote.text, reading.begin - reading.quote.begin
    # The indicator's own words (城镇新增就业) are no sign of another subject.
    before = text[:at].rpartition("；")[2].replace(reading.name, "")
    after = text[reading.end - reading.quote.begin :][:_AFTER]
    return not rules.elsewhere.search(before) and not rules.milestone.search(find_clause(reading) + after)
