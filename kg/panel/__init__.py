"""The panel: place × year × indicator, with target, result, gap and sentences, one row each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.facts import Account, Reading, Told
from kg.lexicon.tracking import TrackingRules
from kg.track import Outcome
from kg.track.figures import track_figures

Cell = str | int | Decimal | None
Row = Mapping[str, Cell]

_CODE = re.compile(r"/place/([0-9]{6})$")
_BLANKS = re.compile(r"\s+")


@dataclass(slots=True)
class _Entry:
    """What is known of one place, year and indicator: the first of each, and what became of the target."""

    target: Reading | None = None
    aimed_in: Told | None = None
    actual: Reading | None = None
    told_in: Told | None = None
    outcome: Outcome | None = None


def make_panel(accounts: Sequence[Account], rules: TrackingRules) -> Iterator[Row]:
    """Yield the rows of one place's reports, by year, indicator, kind and unit.

    A target is taken from the report of its own year before any other, a result from the report of the year after.
    """
    entries: dict[tuple[str, ...], _Entry] = {}
    for account in sorted(accounts, key=lambda account: account.told.year or 0):
        for reading in account.readings:
            if reading.year is not None:
                _enter(entries.setdefault(_key(reading), _Entry()), reading, account.told)
    _follow_up(entries, accounts, rules)
    for key in sorted(entries):
        yield _make_row(entries[key])


def _key(reading: Reading) -> tuple[str, ...]:
    return (
        str(reading.year),
        reading.name,
        reading.kind,
        reading.measure,
        reading.owner,
        reading.of,
        reading.indicator,
    )


def _enter(entry: _Entry, reading: Reading, told: Told) -> None:
    if reading.modality == "target":
        if entry.aimed_in is None or (told.year == reading.year != entry.aimed_in.year):
            entry.target, entry.aimed_in = reading, told
    elif entry.told_in is None or (_is_next(told, reading) and not _is_next(entry.told_in, reading)):
        entry.actual, entry.told_in = reading, told


def _is_next(told: Told, reading: Reading) -> bool:
    return told.year is not None and reading.year == told.year - 1


def _follow_up(entries: Mapping[tuple[str, ...], _Entry], accounts: Sequence[Account], rules: TrackingRules) -> None:
    """Add what became of targets; a result in other words moves into the row of its target."""
    by_year = {account.told.year: account for account in accounts}
    for year, account in by_year.items():
        after = by_year.get(year + 1) if year is not None else None
        for outcome in track_figures(account, after, rules) if after else ():
            target, result = outcome.target, outcome.result
            if not isinstance(target, Reading):
                continue
            entry = entries[_key(target)]
            if entry.target != target:
                continue
            entry.outcome = outcome
            if isinstance(result, Reading) and after:
                entry.actual, entry.told_in = result, after.told


def _make_row(entry: _Entry) -> Row:
    either = entry.target or entry.actual
    told = entry.aimed_in or entry.told_in
    if either is None or told is None:
        raise AssertionError("an entry is made of a reading")
    target, actual, outcome = entry.target, entry.actual, entry.outcome
    code = _CODE.search(told.place)
    reached = actual.normal if actual else None
    if outcome and outcome.match == "computed":
        reached = outcome.reached
    return {
        "place": told.name,
        "place_code": code[1] if code else None,
        "measured_for": either.of or None,
        "year": either.year,
        "indicator": _one_line(either.name),
        "kind": either.kind,
        "unit": either.measure if either.written else None,
        "target": target.normal if target else None,
        "target_bound": target.bound if target else None,
        "target_text": _one_line(target.words) if target else None,
        "target_report": entry.aimed_in.year if entry.aimed_in else None,
        "actual": reached,
        "actual_bound": actual.bound if actual else None,
        "actual_text": _one_line(actual.words) if actual else None,
        "actual_report": entry.told_in.year if entry.told_in else None,
        "gap": reached - target.normal if target and reached is not None else None,
        "verdict": outcome.verdict if outcome else None,
        "matched_by": outcome.match or None if outcome else None,
        "target_sentence": _one_line(target.quote.text) if target else None,
        "actual_sentence": _one_line(actual.quote.text) if actual else None,
        "indicator_iri": either.indicator,
        "target_iri": target.iri if target else None,
        "actual_iri": actual.iri if actual else None,
    }


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
