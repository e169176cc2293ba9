"""What a written number leaves open, its rounding and its bound: a span of values in the unit without scale words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kg.facts import Reading

_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_INFINITE = Decimal("Infinity")
# 约, 近 and 左右 leave this share open.
_ABOUT = Decimal("0.1")


class Span(NamedTuple):
    """The values that a written number may stand for, from `low` to `high`."""

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        """Tell whether one value may be both."""
        return self.low <= other.high and other.low <= self.high


def span_of(reading: Reading) -> Span:
    """Return what a reading leaves open; a number of n digits has half a unit of its last digit of play.

    >>> from kg.facts import Quote
    >>> reading = Reading("", "", "", Decimal("4.10"), Decimal("4.10"), "", "%", "%", "growth", "actual", "=", 2023, "",
    ...                   "", "", "增长4.10%", 0, 0, Quote("", "", 0, "actual"))
    >>> span_of(reading)
    Span(low=Decimal('4.095'), high=Decimal('4.105'))
    """
    half = half_unit(reading)
    low, high = reading.normal - half, reading.normal + half
    if reading.bound == "~":
        room = abs(reading.normal) * _ABOUT
        return Span(low - room, high + room)
    if reading.bound == ">=":
        return Span(low, _INFINITE)
    if reading.bound == "<=":
        return Span(-_INFINITE, high)
    return Span(low, high)


def half_unit(reading: Reading) -> Decimal:
    """Return half a unit of the last digit as written, in the unit without scale words."""
    written = _NUMBER.search(reading.words)
    digits = written.group() if written else str(reading.value)
    places = len(digits.replace("．", ".").partition(".")[2])
    scale = reading.normal / reading.value if reading.value else Decimal(1)
    return Decimal(1).scaleb(-places) / 2 * abs(scale)
