"""What the page shows: reports with their sentences, and nodes, facts and figures, each leading back to its words."""

from __future__ import annotations

from dataclasses import dataclass

# The object of a fact with this predicate is a status word and no node.
STATUS_PREDICATE = "hasStatus"


@dataclass(frozen=True, slots=True)
class Report:
    """One report: `key` is its part of IRIs, `home` the id of its own place, `date` as in 2024-02-27."""

    key: str
    title: str
    place: str | None
    home: str | None
    year: int | None
    date: str | None
    speaker: str | None
    source: str
    digest: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with this index, under one heading; `parent` is an index of the page's sections."""

    report: int
    number: int
    level: int
    title: str
    start: int
    end: int
    parent: int | None
    period: int | None
    modality: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `number` counts in its report, `section` is an index of the page's sections."""

    report: int
    number: int
    section: int | None
    start: int
    text: str
    period: int | None
    modality: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a node is named: an index of the page's sentences, and code points of its report's text."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that reports name. `code` is the division code of a place; `occurrences` stand in text order."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    occurrences: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of one sentence: `subject` is a node's id; `object` too, or a status word where it says the state.

    `claim` is what tells the claim's IRI from others of its report.
    """

    subject: str
    predicate: str
    object: str
    sentence: int
    start: int
    end: int
    modality: str
    year: int | None
    rule: str
    confidence: float
    claim: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure. `concept` is the IRI of its indicator, by which figures of all reports are compared, and `measure`
    that of its unit without scale words, in which it is `normal`; `owner` is the id of the node that it measures.
    """

    sentence: int
    start: int
    end: int
    text: str
    indicator: str
    concept: str
    value: str
    normal: str
    unit: str
    measure: str
    kind: str
    modality: str
    period: str
    bound: str
    of: str | None
    owner: str | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a target: `target` and `result` are ids of findings (figure/…, claim/…, mention/…), `aimed` and
    `told` their sentences, and `report` is the one that looks back. `result` is empty and `told` None where nothing is
    told; `reached` and `gap` count the unit of the target.
    """

    target: str
    result: str
    aimed: int
    told: int | None
    report: int
    verdict: str
    match: str
    reached: str
    gap: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page shows; `root` is what the IRIs of the graph begin with."""

    root: str
    reports: tuple[Report, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The nodes and facts that one map is drawn of; `home` is the node in its middle."""

    home: str | None
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
