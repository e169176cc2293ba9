"""A contradiction as a frozen row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.facts import Reading, Told

Kind = Literal["growth", "retreat", "share", "double", "sum"]
KINDS: tuple[Kind, ...] = ("growth", "retreat", "share", "double", "sum")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Readings that cannot all be right, or a target that falls behind: what they are of, and why, in Chinese.

    `told` is the report in which it shows; the readings, in the order of the years, carry their sentences.
    """

    kind: Kind
    told: Told
    readings: tuple[Reading, ...]
    note: str
