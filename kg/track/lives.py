"""Life lines: the states that reports give a thing over the years, from 签约 to 达产."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.facts import Account, Standing, Told
from kg.lexicon.tracking import TrackingRules


@dataclass(frozen=True, slots=True)
class Stop:
    """One state of a thing: the `year` it is of, the report that tells it, and the `word` that reports use for it.

    `state.modality` tells a state reached from one that was aimed at.
    """

    year: int | None
    told: Told
    word: str
    state: Standing


@dataclass(frozen=True, slots=True)
class Life:
    """All that reports tell of the states of a thing, by year; its last reached state stands last of its year."""

    thing: str
    name: str
    kind: str
    stops: tuple[Stop, ...]


def trace_lives(accounts: Sequence[Account], rules: TrackingRules) -> tuple[Life, ...]:
    """Return the life line of each thing that reports give a state, those with most states first.

    A year's states come in the order of reports, aims before what was reached, and by stage; the same state of the same
    year is told once by a report.
    """
    stops: dict[str, dict[tuple[object, ...], Stop]] = defaultdict(dict)
    for account in accounts:
        for state in account.standings:
            stop = Stop(state.year or account.told.year, account.told, _find_word(state, rules), state)
            key = (stop.year, account.told.iri, stop.word, state.modality)
            stops[state.thing].setdefault(key, stop)
    lives = []
    for thing, found in stops.items():
        line = tuple(sorted(found.values(), key=_by_time))
        lives.append(Life(thing, line[-1].state.name, line[-1].state.kind, line))
    return tuple(sorted(lives, key=lambda life: (-len(life.stops), life.name, life.thing)))


def _by_time(stop: Stop) -> tuple[int, int, bool, int, int]:
    return (stop.year or 0, stop.told.year or 0, stop.state.modality == "actual", stop.state.stage, stop.state.begin)


def _find_word(state: Standing, rules: TrackingRules) -> str:
    """Return the word of the seven steps that a statement uses, by its state: 达产 is a step beyond 投产."""
    for word, status, pattern in rules.steps_of_life:
        if status == state.status and pattern.search(state.words):
            return word
    return next(word for word, status, _ in reversed(rules.steps_of_life) if status == state.status)
