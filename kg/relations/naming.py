"""Read relations out of names: the place in 长沙机场, the company in 远航电子二期, the ends of 河东至平湖公路.

A name is folded like a sentence, its inner names being the marks, and read by the rules about the name itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from kg.lexicon.divisions import Divisions
from kg.lexicon.relations import RelationRule, RelationRules
from kg.model import Mention, Name, Report, Sentence
from kg.relations.place import OwnPlace
from kg.relations.sentences import Found, pick_rules
from kg.spans import Folded, fold

_INNER_KINDS = frozenset(("Place", "Zone", "Organization", "Facility", "Project", "Corridor"))
_SHORTEST = 2
_LONGEST_DIVISION = 8
_LONGEST_SHORT = 4  # of the names without a rank; few are longer
_RANKS = "省市县区州盟旗"
_DIVISION_STARTS = re.compile("(?:^|(?<=[（(·]))(?=..)")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What may be found inside a name: the names of the report, and the divisions that are near enough."""

    kinds: Mapping[str, str]
    texts: Sequence[str]
    search: AhoCorasick
    divisions: Divisions | None
    province: str | None

    def within(self, text: str) -> Iterator[Mention]:
        """Yield the known names inside a name, overlapping ones too; offsets are those of the name."""
        for index, start, end in self.search.find_matches_as_indexes(text, overlapping=True):
            if end - start < len(text):
                found = self.texts[index]
                yield Mention(start, end, found, self.kinds[found], 0, "known")
        if self.divisions is not None:
            for match in _DIVISION_STARTS.finditer(text):
                yield from self._division_at(text, match.start(), self.divisions)

    def _division_at(self, text: str, start: int, divisions: Divisions) -> Iterator[Mention]:
        for end in range(min(len(text) - 1, start + _LONGEST_DIVISION), start + _SHORTEST - 1, -1):
            if end - start > _LONGEST_SHORT and text[end - 1] not in _RANKS:
                continue
            # Counties of other provinces bear too many common words: 资源, 东方, 平安.
            if any(
                division.level != "county" or self.province in (None, division.code[:2])
                for division in divisions.find(text[start:end])
            ):
                yield Mention(start, end, text[start:end], "Place", 0, "division")
                return


def gather_names(mentions: Sequence[Mention], report: Report, divisions: Divisions | None) -> KnownNames:
    """Collect the names that may stand inside others; a text with several kinds counts with its first."""
    kinds: dict[str, str] = {}
    for mention in mentions:
        if mention.kind in _INNER_KINDS and len(mention.text) >= _SHORTEST:
            kinds.setdefault(mention.text, mention.kind)
    texts = list(kinds)
    return KnownNames(kinds, texts, AhoCorasick(texts), divisions, report.place_code and report.place_code[:2])


def read_name(name: Name, known: KnownNames, own: OwnPlace | None, rules: RelationRules) -> tuple[Found, ...]:
    """Return what a name says by itself; the range of each find is the name's own, beginning at 0."""
    readers = rules.name_rules[name.kind]
    if not readers:
        return ()
    inner = list(known.within(name.text))
    sentence = Sentence(0, 0, 0, 0, len(name.text), name.text, None, "actual")
    foldings: dict[frozenset[str], Folded] = {}
    found: list[Found] = []
    present = frozenset(mention.kind for mention in inner)
    for rule in pick_rules(readers, present):
        kinds = present & rule.kinds
        if kinds not in foldings:
            foldings[kinds] = fold(sentence, (mention for mention in inner if mention.kind in kinds))
        found += _apply(rule, name, foldings[kinds], known, own, rules)
    return tuple(found)


def _apply(
    rule: RelationRule, name: Name, folded: Folded, known: KnownNames, own: OwnPlace | None, rules: RelationRules
) -> Iterator[Found]:
    subject_inside = "s" in rule.roles
    unnamed = "" if subject_inside else rules.unnamed[rule.predicate]
    allowed = (rules.subjects if subject_inside else rules.objects)[rule.predicate]
    for match in rule.pattern.finditer(folded.text):
        for role in rule.roles:
            if match.group(role) is None:
                continue
            start, end = folded.span(*match.span(role))
            inner = Name(name.text[start:end], known.kinds.get(name.text[start:end], unnamed))
            if mention := folded.mentions.get(match.start(role)):
                inner = Name(inner.text, mention.kind)
            if inner.kind in allowed and not _is_understood(inner, name, rule, own):
                ends = (inner, name) if subject_inside else (name, inner)
                yield Found(rule, *ends, 0, len(name.text), intended=False)


def _is_understood(inner: Name, name: Name, rule: RelationRule, own: OwnPlace | None) -> bool:
    """Tell whether a place inside a name goes without saying: the own one, or one above it, or beside the own one."""
    if own is None or rule.predicate != "locatedIn":
        return False
    if inner.text in own.above:
        return not rule.own_too
    return any(len(form) > 1 and form in name.text for form in own.forms)
