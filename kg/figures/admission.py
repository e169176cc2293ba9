"""Decide whether a number that no rule refuses is a quantity: what unit it has and what words stand around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.figures.cues import CueWords
from kg.lexicon.figure_rules import FigureRules

_END = re.compile(r"[，。；、！？）)：:,;]|和|及|$")
_END_OF_TIME = re.compile(r"[，。；、！？）)：:,;]|和|及|$|时间|就|完成|建成|建起|实现")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BARE_SCALE = re.compile("(?!十$)[十百千万亿]+")
_CHINESE = re.compile("[一二两三四五六七八九十百千万亿零〇]")
_LARGE = re.compile(".*[百千万].*")
_SCALES = "万亿"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it stands: its match, the cue words before it, its unit and scale word, and the unit's kind."""

    text: str
    match: re.Match[str]
    cue: CueWords
    unit: str
    scale: str
    unit_kind: str

    @property
    def vague(self) -> bool:
        """Whether a vague word or a bound stands inside or behind it (十余, 多, 以上)."""
        return any(self.match[name] for name in ("more", "more_scale", "more_unit", "after"))


def is_quantity(reading: Reading, rules: FigureRules) -> bool:
    """Tell whether the number measures something.

    Arabic numbers do if they have a unit or are what something reached; words for numbers need more, since most of
    them are parts of names and phrases (四个意识, 千家万户).
    """
    if reading.unit_kind == "time":
        return _is_duration(reading)
    if not _CHINESE.match(reading.match["number"]):
        return bool(reading.unit or reading.scale) or _is_plain_value(reading)
    if _BARE_SCALE.fullmatch(reading.match["number"]):
        return _is_round_quantity(reading)
    return _is_quantity_in_words(reading, rules)


def _is_duration(reading: Reading) -> bool:
    if reading.unit == "年" or reading.cue.strong or reading.match["after"] or reading.match["more_in"]:
        return True
    return _END_OF_TIME.match(reading.text, reading.match.end()) is not None


def _is_plain_value(reading: Reading) -> bool:
    """Tell whether a number without a unit is one that was reached (收入倍差缩小至1.85)."""
    ends = _END.match(reading.text, reading.match.end()) or reading.match["after"]
    return bool(ends) and reading.cue.moved and not _YEAR.fullmatch(reading.match["number"])


def _is_round_quantity(reading: Reading) -> bool:
    """Tell whether a scale word alone is a quantity (突破千亿元) and no label (千亿元产业)."""
    if not reading.unit:
        bounded = "~" in reading.cue.roles or ">=" in reading.cue.roles
        return reading.match["number"][-1] in _SCALES and (reading.vague or bounded)
    if reading.vague or reading.cue.bound or reading.cue.grows or reading.unit == "人次":
        return True
    return reading.cue.moved and reading.unit_kind != "count"


def _is_quantity_in_words(reading: Reading, rules: FigureRules) -> bool:
    number = reading.match["number"]
    if reading.unit_kind in ("share", "points", "times"):
        return True
    if reading.unit_kind == "tenths":
        return reading.vague or reading.cue.strong
    if reading.vague or reading.cue.bound:
        return bool(reading.unit or reading.scale)
    if not reading.unit:
        return False
    start = reading.match.start()
    counted = start > 0 and reading.text[start - 1] == "等" and reading.unit_kind == "count"
    if counted or rules.small.fullmatch(reading.unit):
        return True
    return len(number) > 2 and _LARGE.fullmatch(number) is not None
