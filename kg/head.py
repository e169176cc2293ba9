"""What a report says of itself: title, place, level, year, date and speaker, found in its text.

The place is read off the congress, the office of the speaker or the title; where a government leaves its own name
out (我代表市人民政府), it is the division of that level that the report names most often. What the text does not tell
may be told by the file's name (`南宁市-2024.txt`); what nobody tells stays unknown and is reported so.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from dataclasses import dataclass

from kg.lexicon.divisions import Division, Divisions
from kg.lexicon.head import HeadRules
from kg.model import Level

_HEAD_LENGTH = 1500
_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_YEAR_PARTS = re.compile(
    r"(?m)^.{0,6}?((?:19|20)\d\d)年.{0,24}?(?:(回顾|总结)|(安排|任务|目标|重点工作|总体要求|部署|建议))"
)
_FILE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_FILE_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}")
# A session held in the last two months of a year hears the plan for the next one.
_FIRST_MONTH_OF_NEXT = 11
NATION = "中国"
NATION_CODE = "100000"
_TITLE = "政府工作报告"


@dataclass(frozen=True, slots=True)
class Head:
    """What was found; `unknown` names the fields that nothing told, `guessed` those read off the file's name."""

    title: str
    place: str | None
    place_code: str | None
    level: Level | None
    year: int | None
    date: datetime.date | None
    speaker: str | None
    unknown: tuple[str, ...]
    guessed: tuple[str, ...]


def find_head(text: str, file_name: str, rules: HeadRules, divisions: Divisions) -> Head:
    """Read the head of a published text.

    >>> from kg.lexicon.divisions import load_divisions
    >>> from kg.lexicon.head import load_head
    >>> from kg.resources import data_folder
    >>> rules, divisions = load_head(data_folder()), load_divisions(data_folder())
    >>> head = find_head("——2024年2月27日在南宁市第十五届人民代表大会第五次会议上\\n市长侯刚", "x", rules, divisions)
    >>> head.place, head.place_code, head.level, head.year, head.speaker
    ('南宁市', '450100', 'city', 2024, '侯刚')
    """
    head = text[:_HEAD_LENGTH]
    date = _find_date(head, rules)
    year = _year_of(date, text)
    place, code, level = _find_place(head, text, year, rules, divisions)
    speaker = _first(head, rules.speakers, "speaker")
    guessed = []
    if year is None and (named := _FILE_YEAR.search(file_name)):
        year = int(named.group(1))
        guessed.append("year")
    if place is None and (division := _division_of_file(file_name, year, divisions)):
        place, code, level = division.name, division.code, division.level
        guessed.append("place")
    found = {"place": place, "year": year, "date": date, "speaker": speaker}
    return Head(
        title=_first(head, rules.titles, "title") or _TITLE,
        place=place,
        place_code=code,
        level=level,
        year=year,
        date=date,
        speaker=re.sub(r"\s", "", speaker) if speaker else None,
        unknown=tuple(name for name, value in found.items() if value is None),
        guessed=tuple(guessed),
    )


def find_division(name: str, year: int | None, divisions: Divisions) -> Division | None:
    """Return the division that a report's place names, longest known ending first (中共南宁市 → 南宁市)."""
    for start in range(len(name) - 1):
        if found := divisions.find(name[start:], year=year):
            return found[0]
    return None


def _first(text: str, patterns: tuple[re.Pattern[str], ...], group: str) -> str | None:
    for pattern in patterns:
        if match := pattern.search(text):
            return match[group].strip()
    return None


def _find_date(head: str, rules: HeadRules) -> datetime.date | None:
    for pattern in rules.dates:
        for match in pattern.finditer(head):
            try:
                return datetime.date(_number(match["year"]), _number(match["month"]), _number(match["day"]))
            except ValueError:
                continue
    return None


def _number(words: str) -> int:
    """Read a year, month or day in digits or Chinese numerals: 二〇一九, 十二, 三十一."""
    digits = words.translate(_DIGITS)
    if "十" in digits:
        tens, ones = digits.split("十")
        return int(tens or 1) * 10 + int(ones or 0)
    return int(digits)


def _year_of(date: datetime.date | None, text: str) -> int | None:
    if date:
        return date.year + (date.month >= _FIRST_MONTH_OF_NEXT)
    for match in _YEAR_PARTS.finditer(text):
        return int(match.group(1)) + bool(match.group(2))
    return None


def _find_place(
    head: str, text: str, year: int | None, rules: HeadRules, divisions: Divisions
) -> tuple[str | None, str | None, Level | None]:
    for pattern in rules.places:
        for match in pattern.finditer(head):
            if match.groupdict().get("nation"):
                return NATION, NATION_CODE, "national"
            division = find_division(match["place"], year, divisions)
            if division:
                return division.name, division.code, division.level
    for own_pattern, level in rules.selves:
        if named := own_pattern.search(head):
            own = _most_named(text, level, named["rank"], year, divisions)
            return (own.name, own.code, level) if own else (None, None, level)
    return None, None, None


def _most_named(text: str, level: Level, rank: str, year: int | None, divisions: Divisions) -> Division | None:
    """Return the division of a level whose name ends with `rank` that a text names most often, in full or short."""
    grams = Counter(text[i : i + size] for size in (2, 3, 4, 5) for i in range(len(text) - size + 1))
    counts: Counter[str] = Counter()
    best: dict[str, Division] = {}
    for row in divisions.rows:
        if row.level == level and row.name.endswith(rank) and (year is None or row.holds_in(year)):
            count = max(grams[name] for name in (row.name[:5], *row.short_names) if len(name) > 1)
            if count > counts[row.code]:
                counts[row.code], best[row.code] = count, row
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    return best[code] if count > 1 else None


def _division_of_file(file_name: str, year: int | None, divisions: Divisions) -> Division | None:
    for words in _FILE_PLACE.findall(file_name):
        if division := find_division(words, year, divisions):
            return division
    return None
