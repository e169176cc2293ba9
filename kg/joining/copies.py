"""Whether two reports are copies of one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.joining.sketches import Shape, compare_sketches

# Measured on 43 reports of cities and a province: two different ones share at most 0.11 of their shingles.
NEAR = 0.5
_FIRST = 64


@dataclass(frozen=True, slots=True)
class Copy:
    """A report whose text is nearly another's: `likeness` is the share of their shingles that both have, 0 to 1.

    `same` tells that not a byte of the files differs.
    """

    report: str
    other: str
    likeness: float
    same: bool


def compare_shapes(one: Shape, other: Shape) -> Copy:
    """Return how alike two texts are.

    >>> compare_shapes(Shape("a", "", (1, 2, 3)), Shape("b", "", (1, 2, 4))).likeness
    0.5
    """
    same = bool(one.digest) and one.digest == other.digest
    return Copy(one.report, other.report, 1.0 if same else compare_sketches(one.sketch, other.sketch), same)


def find_copy(shape: Shape, others: Iterable[Shape]) -> Copy | None:
    """Return the report of another place or year whose text is nearly this one's, the likest of several, or None.

    >>> find_copy(Shape("a-2016", "", (1, 2, 3)), [Shape("a-2016", "", (1, 2, 3)), Shape("a-2017", "", (7, 8, 9))])
    """
    first = {*shape.sketch[:_FIRST]}
    # Texts that share none of the first hashes are not worth the whole comparison.
    near = [other for other in others if other.report != shape.report and not first.isdisjoint(other.sketch)]
    found = [copy for other in near if (copy := compare_shapes(shape, other)).likeness >= NEAR]
    return min(found, key=lambda copy: (-copy.likeness, copy.other), default=None)
