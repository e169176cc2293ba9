"""What the page shows of one report: nodes, facts and figures, each leading back to the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Figure, Modality, Report, Section, Sentence

# The object of a fact with this predicate is a status word and no node.
STATUS_PREDICATE = "hasStatus"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a node is named: `start:end` are code points of the report's text."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """A thing that the report names. `code` is the division code of a place; `occurrences` stand in text order."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    occurrences: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim of one sentence: `subject` is a node's id; `object` too, or a status word where it says the state.

    `claim` is the local name of the claim's IRI in the graph.
    """

    subject: str
    predicate: str
    object: str
    sentence: int
    start: int
    end: int
    modality: Modality
    year: int | None
    rule: str
    confidence: float = 1.0
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page shows.

    `owners` runs parallel to `figures`: the id of the node that a figure measures. `home` is the id of the report's
    own place. `root` and `key` are what the IRIs of the graph are made of.
    """

    report: Report
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    owners: tuple[str | None, ...]
    home: str | None
    root: str
    key: str
