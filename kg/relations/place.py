"""The report's own place: how it is written as an end of a claim, and the words and names that mean it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon.divisions import Divisions, shorten_name
from kg.lexicon.relations import RelationRules
from kg.model import Level, Mention, Report, Sentence

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

    >>> own = find_own_place(Report("x", "", "", "", "", place="南宁市", level="city"), None)
    >>> own.name, sorted(own.forms)
    ('南宁市', ['南宁', '南宁市'])
    """
    if report.place is None:
        return None
    name = name_place(report.place, report.level)
    forms = {report.place, name, *_shorten(report.place, report.level)}
    above: set[str] = {"中国"}
    if divisions is not None and report.place_code is not None and report.place_code in divisions:
        forms.update(divisions.by_code(report.place_code).aliases)
        for division in divisions.ancestors(report.place_code):
            above.update((division.name, *division.short_names, *division.aliases))
    rank = name[-1] if report.level == "national" else report.place[-1]
    return OwnPlace(name, rank, frozenset(forms), frozenset(above - forms))


def name_place(place: str, level: Level | None) -> str:
    """Return the usual full name of a report's place: 南宁市, but 广西 and 甘孜州 for autonomous divisions.

    >>> name_place("甘孜藏族自治州", "city"), name_place("广西壮族自治区", "province"), name_place("河南省", "province")
    ('甘孜州', '广西', '河南省')
    """
    if level == "national":
        return "中国"
    return _shorten(place, level)[0] if "自治" in place and _shorten(place, level) else place


def _shorten(place: str, level: Level | None) -> tuple[str, ...]:
    return () if level == "national" else shorten_name(place, level or "city")


def find_own_words(sentence: Sentence, own: OwnPlace, rules: RelationRules) -> Iterator[Mention]:
    """Yield a mention of the own place for each 我市, 全市 and the like: the words depend on the place's rank."""
    pattern = rules.own_words.get(own.rank)
    for match in pattern.finditer(sentence.text) if pattern else ():
        start, end = sentence.start + match.start(), sentence.start + match.end()
        yield Mention(start, end, own.name, "Place", sentence.index, OWN_WORDS)
