"""Apply the rules of sentences: what a folded sentence says of the names in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kg.lexicon.relations import RelationRule, RelationRules
from kg.model import Mention, Name
from kg.relations.place import OWN_WORDS, OwnPlace
from kg.spans import MARKS, Folded

_ALL_KINDS = frozenset(MARKS)
_LOCATORS = frozenset(("Place", "Zone", "Organization"))


@dataclass(frozen=True, slots=True)
class Found:
    """One relation that a rule found; `start:end` is the range in the report of the words that it matched."""

    rule: RelationRule
    subject: Name
    object: Name
    start: int
    end: int
    intended: bool


def pick_rules(rules: Sequence[RelationRule], present: frozenset[str]) -> tuple[RelationRule, ...]:
    """Return the rules that mentions of the kinds that are present can match: each role has a player."""
    absent = _ALL_KINDS - present
    return tuple(rule for rule in rules if not any(map(absent.issuperset, rule.needs)))


def kinds_in(folded: Folded) -> frozenset[str]:
    """Return the kinds of the mentions in a folded text."""
    return frozenset(mention.kind for mention in folded.mentions.values())


def read_sentence(
    folded: Folded, picked: Iterable[RelationRule], own: OwnPlace | None, rules: RelationRules
) -> Iterator[Found]:
    """Yield what the picked rules find in a folded sentence, in their order."""
    for rule in picked:
        for match in rule.pattern.finditer(folded.text):
            yield from _read_match(match, rule, folded, own, rules)


def _read_match(
    match: re.Match[str], rule: RelationRule, folded: Folded, own: OwnPlace | None, rules: RelationRules
) -> Iterator[Found]:
    clause = _clause_start(folded.text, match.start())
    if rule.unless and rule.unless.search(folded.text, clause, match.start()):
        return
    if rule.subject == "named":
        subjects = _members(folded, match, "s", rule.roles["s"], own)
    elif rule.subject == "topic":
        subjects = _find_topic(match, rule, folded, own, rules)
    else:
        subjects = _own_name(own)
    if rule.status:
        objects = [Name(rule.status, "Status")]
    else:
        objects = [
            Name(mention.text, mention.kind)
            for role in ("o", "p")
            if role in rule.roles
            for mention in _marked(folded, *match.span(role), rule.roles[role])
            if mention.rule != OWN_WORDS and (rule.own_too or not own or mention.text not in own.forms)
        ]
    start, end = folded.span(match.start(), match.end())
    intended = rules.intent.search(folded.text, clause, match.end()) is not None
    pairs: Iterable[tuple[Name, Name]] = product(subjects, objects)
    if len(subjects) == len(objects) and rules.each.search(match.group()):
        pairs = zip(subjects, objects, strict=True)
    for subject, thing in pairs:
        ends = {"s": subject.text, "o": thing.text}
        if subject != thing and all(shape.search(ends[role]) for role, shape in rule.like.items()):
            yield Found(rule, subject, thing, start, end, intended)


def _find_topic(
    match: re.Match[str], rule: RelationRule, folded: Folded, own: OwnPlace | None, rules: RelationRules
) -> list[Name]:
    """Carry the subject: the last name that a clause of the sentence opened with, else the own place."""
    openings = list(rules.topics[rule.predicate].finditer(folded.text, 0, match.start("o")))
    if not openings:
        return _own_name(own)
    return _members(folded, openings[-1], "s", rules.subjects[rule.predicate], own)


def _members(
    folded: Folded, match: re.Match[str], role: str, kinds: frozenset[str], own: OwnPlace | None
) -> list[Name]:
    """Name the members of a list; the own place has one name, however it is written."""
    return [
        Name(own.name, "Place")
        if own and mention.kind == "Place" and mention.text in own.forms
        else Name(mention.text, mention.kind)
        for mention in _marked(folded, *match.span(role), kinds)
    ]


def _marked(folded: Folded, start: int, end: int, kinds: frozenset[str]) -> list[Mention]:
    """List the mentions between two positions; one that only says where the next one is, is no member of a list."""
    return [
        mention
        for position in range(start, end)
        if (mention := folded.mentions.get(position)) is not None
        and mention.kind in kinds
        and not (mention.kind in _LOCATORS and position + 1 < end and position + 1 in folded.mentions)
    ]


def _own_name(own: OwnPlace | None) -> list[Name]:
    return [Name(own.name, "Place")] if own else []


def _clause_start(text: str, position: int) -> int:
    return max(text.rfind(end, 0, position) for end in "，；：") + 1
