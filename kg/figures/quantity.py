"""The value that travels inside the figures room: one quantity of a sentence, not yet named."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.lexicon.figure_rules import Way
from kg.model import Bound, FigureKind

Spread = Literal["", "each", "respectively"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a sentence; `start:end` are its words, cue words included.

    `grows` says that a word of change stands right before the number, `moved` that the number is what was reached
    (增加到), `origin` that it is where the change began (由16%). `spread` is how it is dealt out over a list (分别,
    均). `suffix` is what its words add to the indicator (占全区). A `bare` quantity has no cue words but a bound: it
    may go on with a list of values. A `cued` one has some. A rank's `contest` is what was judged where nothing else is
    named (在全省绩效评估中排名第一). `way` is how it was found, `rule` what found it.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    unit_kind: str
    bound: Bound
    kind: FigureKind
    way: Way
    rule: str
    grows: bool = False
    moved: bool = False
    origin: bool = False
    spread: Spread = ""
    suffix: str = ""
    contest: str = ""
    bare: bool = False
    cued: bool = False
