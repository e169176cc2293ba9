"""What of one report is needed to know its things in others: its entities under all their names, and its text's shape.

A table is small beside the report's graph, so that a store can compare a hundred of them at each change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.graph.iris import name_nodes
from kg.joining.sketches import Shape, sketch_text
from kg.lexicon.divisions import Divisions
from kg.lexicon.linking import LinkingRules
from kg.linking import Linked, find_definitions
from kg.model import Report


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as one report has it: its label, and how often each name was met. `scope` is its place's id."""

    id: str
    kind: str
    label: str
    scope: str | None
    code: str | None
    names: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A short name that the text defines: the id that it has by itself, the full name's, and the sentence's number."""

    short: str
    full: str
    words: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Table:
    """One report, by its key in IRIs.

    `place` is the id of its place, `code` that one's division code; `sketch` is what `sketch_text` makes of its text.
    """

    report: str
    title: str
    place: str | None
    code: str | None
    year: int | None
    digest: str
    sketch: tuple[int, ...]
    entities: tuple[Named, ...]
    definitions: tuple[Definition, ...]

    @property
    def home(self) -> str:
        """Return where the report's names are at home: its place, or itself where that is unknown."""
        return self.place or self.report

    @property
    def shape(self) -> Shape:
        """Return the shape of the report's text."""
        return Shape(self.report, self.digest, self.sketch)


def shape_report(report: Report) -> Shape:
    """Return the shape of a report's text, before anything is found in it."""
    return Shape(name_nodes(report).key, report.digest, sketch_text(report.text))


def make_table(linked: Linked, divisions: Divisions, rules: LinkingRules) -> Table:
    """Return the table of a linked report; entities that no word of the text means are in it under their label."""
    report = linked.document.report
    names: dict[str, Counter[str]] = {entity.id: Counter() for entity in linked.entities}
    for mention, found in zip(linked.document.mentions, linked.mentions, strict=True):
        if not (mention.kind == "Place" and rules.own.fullmatch(mention.text)):
            names[found.entity][mention.text] += 1
    return Table(
        report=name_nodes(report).key,
        title=f"{report.place or ''}{report.year or ''}{report.title}",
        place=linked.own,
        code=report.place_code,
        year=report.year,
        digest=report.digest,
        sketch=sketch_text(report.text),
        entities=tuple(
            Named(e.id, e.kind, e.name, e.scope, e.code, tuple(sorted(names[e.id].items()))) for e in linked.entities
        ),
        definitions=tuple(Definition(*found) for found in find_definitions(linked.document, divisions, rules)),
    )
