"""The frozen values that travel from a file to the graph.

`file → Report → (Section, Sentence) → (Mention, Figure) → Claim → graph`. Every offset is a half-open range of code
points of `Report.text`, the published text, so `report.text[x.start:x.end]` is the evidence for `x`, always.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Modality = Literal["actual", "target"]
Bound = Literal["=", ">=", "<=", "~"]
FigureKind = Literal["level", "growth", "share", "rank"]
Level = Literal["national", "province", "city", "county"]


@dataclass(frozen=True, slots=True)
class Report:
    """One government work report, cleaned once and never changed after.

    `origins` maps published offsets to offsets of the file as decoded: sorted pairs (published, original), each
    holding until the next pair.
    """

    id: str
    title: str
    text: str
    source: str
    digest: str
    place: str | None = None
    place_code: str | None = None
    level: Level | None = None
    year: int | None = None
    date: datetime.date | None = None
    speaker: str | None = None
    origins: tuple[tuple[int, int], ...] = ((0, 0),)

    def origin(self, offset: int) -> int:
        """Return where the character at `offset` of the published text stands in the file as decoded.

        >>> Report("x", "", "abc", "x.txt", "", origins=((0, 10), (2, 20))).origin(2)
        20
        """
        published, original = self.origins[bisect_right(self.origins, (offset, 1 << 60)) - 1]
        return original + offset - published


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under one heading; `level` 0 is the whole report, `parent` an index of the sections.

    `period` is the (last) year that the part speaks of, `since` the first one where it speaks of a span of years.
    """

    index: int
    level: int
    title: str
    start: int
    end: int
    parent: int | None
    period: int | None
    modality: Modality
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the report, and the year(s) and modality its part speaks of, as in `Section`."""

    index: int
    section: int
    paragraph: int
    start: int
    end: int
    text: str
    period: int | None
    modality: Modality
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in the text. `kind` is one of the twelve entity classes; `rule` names what found it."""

    start: int
    end: int
    text: str
    kind: str
    sentence: int
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with its meaning, as `gold/GUIDELINES.md` defines it.

    `text` is the words of the quantity and stands at `start:end`. `value` is in the unit as written; a fall is
    negative. `period` is a year (`2023`), a span (`2017-2021`) or empty where the report's year is unknown. `of` is
    the place or body measured where that is not the report's own place.
    """

    start: int
    end: int
    text: str
    indicator: str
    value: Decimal
    unit: str
    kind: FigureKind
    modality: Modality
    period: str
    bound: Bound
    sentence: int
    rule: str
    confidence: float = 1.0
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A surface name with its class: one end of a claim."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that a sentence states. `object.kind` is `Status` for `hasStatus`, whose object is a status word.

    `start:end` is the span of the words that the rule matched, inside the sentence.
    """

    subject: Name
    predicate: str
    object: Name
    sentence: int
    start: int
    end: int
    modality: Modality
    year: int | None
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that was found in one report; mentions and figures are sorted by their place in the text."""

    report: Report
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...]
