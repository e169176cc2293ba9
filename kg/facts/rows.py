"""What reports say, as frozen rows: the input of tracking, of the panel and of the checks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """A report: its IRI, the place that reports (IRI and name, empty where it is not known) and its year.

    `parent` is the IRI of the division above the place.
    """

    iri: str
    place: str
    name: str
    year: int | None
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence as evidence: its IRI, its words, where it begins in the report, and what its part speaks of."""

    iri: str
    text: str
    begin: int
    modality: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure. `value` counts the unit as `written`, `normal` the `unit` without scale words.

    `indicator`, `unit` and `owner` are IRIs; `name` and `measure` are Chinese names. `owner` is the place or body that
    is measured and `of` its words, where that is not the report's own place. `period` is a year, a span or a part of a
    year as the graph has it; `year` is set only where it is one whole year.
    """

    iri: str
    indicator: str
    name: str
    value: Decimal
    normal: Decimal
    unit: str
    measure: str
    written: str
    kind: str
    modality: str
    bound: str
    year: int | None
    period: str
    owner: str
    of: str
    words: str
    begin: int
    end: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Standing:
    """A state that a sentence gives a thing: reached (`actual`) or aimed at (`target`), with its stage from 1 to 6."""

    iri: str
    thing: str
    name: str
    kind: str
    status: str
    stage: int
    modality: str
    year: int | None
    words: str
    begin: int
    end: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Naming:
    """A place of the text that names a thing; `iri` is its mention, empty where the graph has none there."""

    iri: str
    thing: str
    name: str
    kind: str
    words: str
    begin: int
    end: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that one report tells, in the order of its text; `quotes` are all its sentences."""

    told: Told
    quotes: tuple[Quote, ...]
    readings: tuple[Reading, ...]
    standings: tuple[Standing, ...]
    namings: tuple[Naming, ...]


def find_clause(reading: Reading) -> str:
    """Return the words of a figure's sentence from the last comma before it to its end.

    >>> from kg.facts import Quote
    >>> quote = Quote("", "全年财政收入增长，同口径增长5%。", 10, "actual")
    >>> five = Decimal(5)
    >>> find_clause(Reading("", "", "", five, five, "", "%", "%", "growth", "actual", "=", 2023, "2023", "", "",
    ...                     "增长5%", 22, 26, quote))
    '同口径增长5%'
    """
    text, at = reading.quote.text, reading.begin - reading.quote.begin
    return text[max(text.rfind(mark, 0, at) for mark in "，；。：") + 1 : at + len(reading.words)]
