"""What became of a target: the frozen row that tracking gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.facts import Naming, Reading, Standing

Verdict = Literal["exceeded", "met", "missed", "in_progress", "not_mentioned"]
VERDICTS: tuple[Verdict, ...] = ("exceeded", "met", "missed", "in_progress", "not_mentioned")
Match = Literal["same", "similar", "computed", ""]
Finding = Reading | Standing | Naming


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target of one year's report and what the next report, whose IRI is `follow_up`, says of it.

    `match` tells how the two were brought together: by one concept or entity (`same`), by words that differ a little
    (`similar`), or by figures of two years from which the result was worked out (`computed`, then `reached` is not what
    `result` says by itself). `reached` and `gap`, which is `reached` less the target, count the target's own unit.
    `note` is a Chinese remark on what the verdict rests on.
    """

    place: str
    year: int
    follow_up: str
    target: Finding
    result: Finding | None
    verdict: Verdict
    match: Match
    reached: Decimal | None = None
    gap: Decimal | None = None
    note: str = ""

    @property
    def is_figure(self) -> bool:
        """Tell a figure's target from a thing's."""
        return isinstance(self.target, Reading)
