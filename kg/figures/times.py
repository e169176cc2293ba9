"""Say which year, or span of years, a figure is about, and whether it is a result or an aim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.figures.indicators import Named
from kg.lexicon.figure_rules import FigureRules, TimeSays
from kg.model import Modality, Sentence
from kg.numerals import read_numeral

_PLAN_YEARS = 5
# The n-th five-year plan ends n times five years after this one, since the fourth.
_BEFORE_PLANS = 1955
_SINCE_PLAN = re.compile("[比较]“?(?P<plan>[一二三四五六七八九十]{1,2})五”?(?:期)?末")
_THROUGHOUT = re.compile("累计|连续|始终")
_SUMMED = re.compile("五年|年均")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class Moment:
    """The years and modality that hold at a place of a sentence."""

    start: int
    modality: Modality
    year: int | None
    since: int | None


def read_moments(sentence: Sentence, report_year: int | None, rules: FigureRules) -> list[Moment]:
    """Return the moments of a sentence: what its part of the report says, then each word that moves it."""
    now = Moment(0, sentence.modality, sentence.period, sentence.since)
    moments = [now]
    if not rules.time.search(sentence.text):
        return moments
    found = sorted(
        ((match, cue.says) for cue in rules.times for match in cue.pattern.finditer(sentence.text)),
        key=lambda pair: pair[0].start(),
    )
    for match, says in found:
        now = _move(now, match, says, report_year)
        moments.append(now)
    return moments


def _move(now: Moment, match: re.Match[str], says: TimeSays, report_year: int | None) -> Moment:
    start, named = match.start(), match.groupdict()
    if says == "target":
        return Moment(start, "target", now.year, now.since)
    if named.get("plan"):
        last = _BEFORE_PLANS + _PLAN_YEARS * int(read_numeral(named["plan"]))
        return _at_year(now, start, last, last - _PLAN_YEARS + 1 if says == "plan" else None, report_year)
    if named.get("year"):
        year = int(named["year"])
        moment = _at_year(now, start, year, None, report_year)
        ahead = report_year is None or year >= report_year
        return replace(moment, modality="target") if says == "goal" and ahead else moment
    if says == "span" and now.year is not None and now.since is None:
        return Moment(start, now.modality, now.year, now.year - _PLAN_YEARS + 1)
    if says in ("last", "this") and report_year is not None:
        return _at_year(now, start, report_year - (says == "last"), None, report_year)
    return replace(now, start=start)


def _at_year(now: Moment, start: int, year: int, since: int | None, report_year: int | None) -> Moment:
    """Move to a year; what is before the report's own is past and no aim."""
    past = report_year is not None and year < report_year
    return Moment(start, "actual" if past else now.modality, year, since)


def moment_at(moments: Sequence[Moment], offset: int) -> Moment:
    """Return the moment that holds at an offset of the sentence."""
    return [moment for moment in moments if moment.start <= offset][-1]


def period_of(named: Named, text: str, moment: Moment) -> str:
    """Return the year, or the span for what grew or was done over it; a state at its end has the last year."""
    if moment.year is None:
        return ""
    quantity = named.quantity
    named_year = _YEAR.search(text, quantity.start, quantity.end)
    if named_year and (quantity.origin or quantity.moved):
        return named_year.group()
    if moment.since is None or moment.since == moment.year:
        return _period_of_growth(text[quantity.start : quantity.end], moment.year) or str(moment.year - quantity.origin)
    if quantity.origin:
        return str(moment.since - 1)
    return f"{moment.since}-{moment.year}" if _is_over_span(named, text) else str(moment.year)


def _period_of_growth(words: str, year: int) -> str:
    """Return the span that the words of growth name themselves: since the end of a plan, or the mean of some years."""
    if plan := _SINCE_PLAN.search(words):
        return f"{_BEFORE_PLANS + _PLAN_YEARS * int(read_numeral(plan['plan'])) + 1}-{year}"
    return f"{year - _PLAN_YEARS + 1}-{year}" if "年均" in words else ""


def _is_over_span(named: Named, text: str) -> bool:
    """Tell whether a figure of a span of years is about all of them: what grew or was done, not what was reached."""
    quantity = named.quantity
    if quantity.kind in ("rank", "growth"):
        return quantity.kind == "growth"
    opening = max(text.rfind(sign, 0, quantity.start) for sign in "，；、。：") + 1
    if _THROUGHOUT.search(text, opening, quantity.end):
        return True
    if quantity.kind == "share" or quantity.moved:
        return False
    if named.verbal or (quantity.bound == "=" and not named.stock):
        return True
    return _SUMMED.search(text, opening, quantity.end) is not None
