"""The report's own place: how it is written as an end of a claim, and the words and names that mean it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon.divisions import Division, Divisions
from kg.lexicon.relations import RelationRules
from kg.model import Mention, Report, Sentence

OWN_WORDS = "words for the own place"
"""The rule of mentions that stand for 我市, 全县 and the like: they are no entities, so never an object."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """The place whose report it is: its usual name, the last character of its full name, all its names, those above."""

    name: str
    rank: str
    forms: frozenset[str]
    above: frozenset[str]


def find_own_place(report: Report, divisions: Divisions | None) -> OwnPlace | None:
    """Return the own place of a report, or None where its place is unknown.

    >>> report = Report("x", "", "", "", "", place="南宁市", place_code="450100")
    >>> sorted(find_own_place(report, None).forms)
    ['南宁', '南宁市']
    """
    if report.place is None:
        return None
    own = Division("", report.place, "county", None, None, None, None, (), "")
    above: list[Division] = []
    if divisions is not None and report.place_code is not None:
        own, above = divisions.by_code(report.place_code), list(divisions.ancestors(report.place_code))
    return OwnPlace(
        name_place(report, own),
        name_place(report, own)[-1] if report.level == "national" else own.name[-1],
        frozenset((report.place, name_place(report, own), *_names(own))),
        frozenset(name for division in above for name in _names(division)) | {"中国"},
    )


def name_place(report: Report, division: Division) -> str:
    """Return the usual full name of a report's place: 南宁市, but 广西 and 甘孜州 for autonomous divisions.

    >>> report = Report("x", "", "", "", "", place="甘孜藏族自治州")
    >>> name_place(report, Division("513300", "甘孜藏族自治州", "city", "510000", None, None, None, (), ""))
    '甘孜州'
    """
    if report.level == "national":
        return "中国"
    if "自治" in division.name and division.short_names:
        return division.short_names[0]
    return division.name


def _names(division: Division) -> tuple[str, ...]:
    return (division.name, *division.short_names, *division.aliases)


def find_own_words(sentence: Sentence, own: OwnPlace, rules: RelationRules) -> Iterator[Mention]:
    """Yield a mention of the own place for each 我市, 全市 and the like: the words depend on the place's rank."""
    pattern = rules.own_words.get(own.rank)
    for match in pattern.finditer(sentence.text) if pattern else ():
        start, end = sentence.start + match.start(), sentence.start + match.end()
        yield Mention(start, end, own.name, "Place", sentence.index, OWN_WORDS)
