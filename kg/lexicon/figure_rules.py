"""The frozen rules by which figures are read; `kg.lexicon.figures` loads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from kg.model import Bound, FigureKind

UnitKind = Literal["share", "points", "times", "tenths", "money", "measure", "count", "people", "time"]
TimeSays = Literal["year", "goal", "plan", "plan end", "last", "this", "span", "target"]
CueRole = Literal[
    "base", "respectively", "each", "up", "down", "to", "reach", "pass", ">=", "<=", "~", "from", "took", "rate"
]
# How a quantity can be found: each way has its confidence.
Way = Literal["number", "words", "plain", "range", "ratio", "fraction", "percent", "rank", "word"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word right before a number: what it does, and which characters must or may not stand around it."""

    role: CueRole
    after: str
    not_after: str
    before: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Words with free words in them that tie a number to what it is compared with (高于全区…个百分点).

    `joins` says that they become a part of the indicator.
    """

    name: str
    pattern: re.Pattern[str]
    unit: re.Pattern[str]
    kind: FigureKind
    joins: bool


@dataclass(frozen=True, slots=True)
class WordQuantity:
    """A quantity that is a word and no number (翻一番, 一半以上)."""

    name: str
    pattern: re.Pattern[str]
    value: Decimal
    unit: str
    kind: FigureKind


@dataclass(frozen=True, slots=True)
class RefusalAfter:
    """What is no figure after certain words: `before` ends where the number begins, `pattern` begins there."""

    name: str
    before: re.Pattern[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RankCore:
    """The words that give a rank (第15位, 首位); with `scope`, only right after a field (全国最多)."""

    name: str
    pattern: re.Pattern[str]
    bound: Bound
    scope: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A word that stands for several things when figures are given for each (存贷款余额)."""

    name: str
    pattern: re.Pattern[str]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeCue:
    """Words in a sentence that move the year or the modality of the figures behind them."""

    name: str
    pattern: re.Pattern[str]
    says: TimeSays


@dataclass(frozen=True, slots=True)
class FigureRules:
    """Everything that `units.tsv`, `cues.tsv` and `figures.toml` say, compiled.

    `refusal` and `rank_core` join their rules into one pattern, since they are tried at every number. `word` and `time`
    are found in every sentence that one of `words` or `times` can be found in. `patterns` are the word classes of the
    tables `indicator` and `indicator_end`, by name.
    """

    units: Mapping[str, UnitKind]
    quantity: re.Pattern[str]
    small: re.Pattern[str]
    confidence: Mapping[str, float]
    bounds: Mapping[str, Bound]
    cues: Mapping[str, tuple[Cue, ...]]
    longest_cue: int
    dated_cue: re.Pattern[str]
    relations: tuple[Relation, ...]
    word: re.Pattern[str]
    words: tuple[WordQuantity, ...]
    refusal: re.Pattern[str]
    refusals_after: tuple[RefusalAfter, ...]
    rank_cores: tuple[RankCore, ...]
    rank_core: re.Pattern[str]
    rank_left: re.Pattern[str]
    rank_field: re.Pattern[str]
    patterns: Mapping[str, re.Pattern[str]]
    splits: tuple[Split, ...]
    time: re.Pattern[str]
    times: tuple[TimeCue, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One rule's own examples: its pattern is found in each of `yes` and in none of `no`."""

    table: str
    name: str
    pattern: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]
