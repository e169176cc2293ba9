"""A report's text to sections and sentences with offsets, each knowing the year and modality its part speaks of.

A line of the published text is a paragraph. A heading opens a section that lasts until the next heading of its level
or a higher one; a numbered line that goes on after its first full stop is a run-in heading, whose title ends there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lexicon.structure import StructureRules, TimeRule, time_pattern
from kg.model import Modality, Report, Section, Sentence

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’」』）)]*|[^。！？\n]+")
_HEADING_END = re.compile(r"[。！？；：\n]|$")
_LONGEST_TITLE = 60
_PLAN_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Time:
    """What a part speaks of: modality, the (last) year, and the first year where it is a span."""

    modality: Modality
    period: int | None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    level: int  # 0 for a paragraph, else the heading's level
    title: str
    body: int  # where the text after the title begins


def split_report(report: Report, rules: StructureRules) -> tuple[tuple[Section, ...], tuple[Sentence, ...]]:
    """Cut a report into sections and sentences.

    Section 0 is the whole report. A report whose year is unknown gets no periods but the ones its headings name.
    """
    clock = _Clock(rules, report.year)
    lines = list(_read_lines(report.text, rules, clock))
    sections = [_Open(0, 0, report.title, 0, None, clock.default)]
    sentences: list[Sentence] = []
    open_sections, now = [sections[0]], clock.default
    for paragraph, line in enumerate(lines):
        if line.level:
            while open_sections[-1].level >= line.level:
                open_sections.pop().end = line.start
            now = clock.time_of_title(line.title, open_sections[-1].time if line.level > 1 else None, now)
            section = _Open(len(sections), line.level, line.title, line.start, open_sections[-1].index, now)
            sections.append(section)
            open_sections.append(section)
        turned = clock.time_of_paragraph(report.text[line.body : line.end])
        now = turned or now
        if turned and not clock.rule_for(open_sections[-1].title):
            # The title told no time and the text does: 二、决胜全面小康 is a plan once it says so, as is all below.
            open_sections[-1].time = turned
        for start, end in _cut_sentences(report.text, line.start, line.end):
            text = report.text[start:end]
            at = now if start >= line.body or not line.level else open_sections[-1].time
            sentences.append(
                Sentence(
                    len(sentences),
                    open_sections[-1].index,
                    paragraph,
                    start,
                    end,
                    text,
                    at.period,
                    at.modality,
                    at.since,
                )
            )
    for section in open_sections:
        section.end = len(report.text)
    return tuple(section.close() for section in sections), tuple(sentences)


@dataclass(slots=True)
class _Open:
    """A section whose end is not known yet."""

    index: int
    level: int
    title: str
    start: int
    parent: int | None
    time: Time
    end: int = 0

    def close(self) -> Section:
        time = self.time
        return Section(
            self.index,
            self.level,
            self.title,
            self.start,
            self.end,
            self.parent,
            time.period,
            time.modality,
            time.since,
        )


def _cut_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text, start, end):
        found = match.group()
        left = match.start() + len(found) - len(found.lstrip())
        right = match.end() - len(found) + len(found.rstrip())
        if left < right:
            yield left, right


def _read_lines(text: str, rules: StructureRules, clock: _Clock) -> Iterator[_Line]:
    position = 0
    for raw in text.split("\n"):
        start, end = position, position + len(raw)
        position = end + 1
        if raw:
            yield _read_line(raw, start, end, rules, clock)


def _read_line(raw: str, start: int, end: int, rules: StructureRules, clock: _Clock) -> _Line:
    for rule in rules.headings:
        match = rule.pattern.fullmatch(raw) if rule.name == "short" else rule.pattern.match(raw)
        if not match:
            continue
        stop = _HEADING_END.search(raw, match.end())
        title_end = stop.start() if stop else len(raw)
        if title_end > _LONGEST_TITLE:
            break
        # A line without a number ranks with the numbered parts when its words name a time that a part speaks of.
        level = 1 if rule.name == "short" and clock.rule_for(raw) else rule.level
        body = end if title_end >= len(raw) - 1 else start + title_end
        return _Line(start, end, level, raw[:title_end], body)
    return _Line(start, end, 0, "", start)


class _Clock:
    """The time rules compiled for one report's year."""

    def __init__(self, rules: StructureRules, year: int | None) -> None:
        self.year = year
        self._parts = [(rule, time_pattern(rule, year)) for rule in rules.parts]
        self._turns = [(rule, time_pattern(rule, year)) for rule in rules.turns]
        self.default = Time("actual", year - 1 if year else None)

    def rule_for(self, title: str) -> tuple[TimeRule, re.Match[str]] | None:
        for rule, pattern in self._parts:
            match = pattern.search(title)
            if match:
                return rule, match
        return None

    def time_of_title(self, title: str, outer: Time | None, now: Time) -> Time:
        found = self.rule_for(title)
        if found:
            time = self._resolve(*found)
            # Inside a part, a heading may narrow the years but never turns a promise into a result or back.
            if outer is None or outer.modality == time.modality:
                return time
        return now if outer and now.modality == outer.modality else outer or now

    def time_of_paragraph(self, text: str) -> Time | None:
        for rule, pattern in self._turns:
            if match := pattern.match(text):
                time = self._resolve(rule, match)
                # A five-year plan that still runs is no review, and one that has ended is no promise.
                ended = time.period is None or self.year is None or time.period < self.year
                if not match.groupdict().get("plan") or ended == (time.modality == "actual"):
                    return time
        return None

    def _resolve(self, rule: TimeRule, match: re.Match[str]) -> Time:
        named = match.groupdict()
        year = self.year
        written = int(named["year"]) if named.get("year") else year
        ahead = year is not None and written is not None and written >= year
        modality: Modality = ("target" if ahead else "actual") if rule.modality == "by year" else rule.modality
        if named.get("plan"):
            first = _first_year(_numeral(named["plan"]))
            # “十五”目标任务胜利完成: a plan that has ended is a result, whatever the words beside it.
            return Time("actual" if year is not None and first + 4 < year else modality, first + 4, first)
        if rule.span == "year":
            return Time(modality, written)
        if year is None:
            return Time(modality, None)
        match rule.span:
            case "term":
                return Time(modality, year - 1, year - 5)
            case "next":
                return Time(modality, year + 4, year)
            case "last":
                return Time(modality, year - 1)
            case _:
                return Time(modality, year)


def _numeral(words: str) -> int:
    """Read the ordinal of a five-year plan: 十四 is 14.

    >>> _numeral("十四"), _numeral("九")
    (14, 9)
    """
    if words[0] == "十":
        return 10 + (_PLAN_NUMERALS[words[1]] if len(words) > 1 else 0)
    return _PLAN_NUMERALS[words[0]] * (10 if len(words) > 1 else 1)


def _first_year(plan: int) -> int:
    """Return the first year of a five-year plan; two years of adjustment lie between the second and the third.

    >>> _first_year(2), _first_year(3), _first_year(14)
    (1958, 1966, 2021)
    """
    return 1953 + 5 * (plan - 1) + (3 if plan > 2 else 0)


def sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    """Return the sentence that holds the character at `offset`, or None between sentences."""
    at = bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1
    return sentences[at] if at >= 0 and offset < sentences[at].end else None
