"""Load `relations.toml` and `status.toml`: what sentences and names say of the things named in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from kg.errors import BadData
from kg.lexicon.patterns import PatternWords
from kg.lexicon.reading import check_keys, read_toml
from kg.spans import MARKS
from kg.vocab import VOCABULARY

Subject = Literal["named", "topic", "own", "itself"]

_RULE_KEYS = {"name", "pattern", "confidence", "yes", "no"}
_CHOICES = {"unless", "like", "weak"}


@dataclass(frozen=True, slots=True)
class RelationRule:
    """One rule. `roles` gives the kinds that each role of its pattern may have, none where words are the name.

    `subject` says whose the relation is: what the pattern names in the role `s` (`named`); the topic of the clause,
    else the own place (`topic`); the own place (`own`); or the name that the pattern is read in (`itself`; then `of`
    is the kinds of names to read). `needs` are the kinds of which one must be there for a match, role by role, `kinds`
    all kinds that the pattern asks for. `status` is the object of a
    `hasStatus` rule. `unless` forbids a match by words that stand before it in its clause; `like` says what the text
    of a name in a role must hold. A `weak` rule speaks only where no other rule of its predicate speaks of the same
    thing in the same sentence. The object is the own place (in a name, one above it) only where `own_too`.
    """

    name: str
    predicate: str
    pattern: re.Pattern[str]
    roles: Mapping[str, frozenset[str]]
    subject: Subject
    of: frozenset[str]
    needs: tuple[frozenset[str], ...]
    kinds: frozenset[str]
    status: str | None
    unless: re.Pattern[str] | None
    like: Mapping[str, re.Pattern[str]]
    weak: bool
    own_too: bool
    confidence: float
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameworkRule:
    """How a numbered framework names its members: `pattern` gives its `number` and its `word`.

    Members are of `kinds` and stand within `reach` sentences after it.
    """

    name: str
    pattern: re.Pattern[str]
    kinds: frozenset[str]
    reach: int
    confidence: float
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationRules:
    """Everything the two files say.

    `sentence_rules` are read in sentences, `name_rules` in names of each kind. `subjects` and `objects` are the kinds
    that a predicate allows at its ends, `unnamed` the kind of an object that no sentence names, and `topics` finds
    what a clause opened with, for the predicates that carry a subject. `own_words` are the words for the own place by
    the last character of its name, `intent` those that make a thing aimed at, `each` those that give each member of a
    list its own object.
    """

    sentence_rules: tuple[RelationRule, ...]
    name_rules: Mapping[str, tuple[RelationRule, ...]]
    subjects: Mapping[str, frozenset[str]]
    objects: Mapping[str, frozenset[str]]
    unnamed: Mapping[str, str]
    topics: Mapping[str, re.Pattern[str]]
    own_words: Mapping[str, re.Pattern[str]]
    framework: FrameworkRule
    intent: re.Pattern[str]
    each: re.Pattern[str]


def load_relations(folder: Path) -> RelationRules:
    """Read and check both files of `folder`.

    Raises `BadData` for an unknown key, kind, group, fragment, predicate or status, for a pattern that does not
    compile or has other roles than its subject asks for, and for two rules of one name.

    >>> from kg.resources import data_folder
    >>> rules = load_relations(data_folder())
    >>> sorted(rules.objects["awarded"])
    ['Honour']
    """
    path = folder / "relations.toml"
    found = read_toml(path)
    check_keys(path, "whole file", found, {"groups", "fragments", "predicates", "own", "framework", "rule"}, set())
    words = PatternWords(path, found["groups"], found["fragments"])
    ends = {predicate: _read_ends(words, predicate, entry) for predicate, entry in found["predicates"].items()}
    status_path = folder / "status.toml"
    status = read_toml(status_path)
    check_keys(status_path, "whole file", status, {"fragments", "rule"}, set())
    status_words = PatternWords(status_path, words.groups, {**words.fragments, **status["fragments"]})
    rules = [_read_rule(words, entry, ends.keys()) for entry in found["rule"]]
    rules += [_read_status(status_words, entry) for entry in status["rule"]]
    names = [rule.name for rule in rules]
    if doubled := [name for name in names if names.count(name) > 1]:
        raise BadData(path, doubled[0], "is the name of two rules; a claim could not tell which one made it")
    return RelationRules(
        sentence_rules=tuple(rule for rule in rules if rule.subject != "itself"),
        name_rules={kind: tuple(rule for rule in rules if kind in rule.of) for kind in MARKS},
        subjects={predicate: words.kinds(subject, predicate) for predicate, (subject, _, _) in ends.items()},
        objects={predicate: words.kinds(each, predicate) for predicate, (_, each, _) in ends.items() if each},
        unnamed={predicate: words.first(each, predicate) for predicate, (_, each, _) in ends.items() if each},
        topics={
            predicate: words.compile(f"{{topic}}{{{topic}+:s}}", predicate)
            for predicate, (_, _, topic) in ends.items()
            if topic
        },
        own_words={ending: words.compile(pattern, "own") for ending, pattern in found["own"].items()},
        framework=_read_framework(words, found["framework"]),
        intent=words.compile("{intent}", "fragments"),
        each=words.compile("{each}", "fragments"),
    )


def _read_ends(words: PatternWords, predicate: str, entry: Mapping[str, str]) -> tuple[str, str, str]:
    check_keys(words.path, f"predicates.{predicate}", entry, {"subject"}, {"object", "topic"})
    if predicate not in VOCABULARY.predicates:
        known = ", ".join(VOCABULARY.predicates)
        raise BadData(words.path, f"predicates.{predicate}", f"is not in the ontology, which has {known}")
    return entry["subject"], entry.get("object", ""), entry.get("topic", "")


def _read_rule(words: PatternWords, entry: Mapping[str, Any], predicates: Collection[str]) -> RelationRule:
    name = str(entry.get("name", "rule without a name"))
    check_keys(words.path, name, entry, _RULE_KEYS | {"predicate"}, _CHOICES | {"subject", "of", "own_too"})
    predicate, subject = entry["predicate"], entry.get("subject", "named")
    if predicate not in predicates:
        raise BadData(words.path, name, f"predicate {predicate!r} is not in [predicates]")
    if subject not in get_args(Subject):
        raise BadData(words.path, name, f"subject {subject!r} is none of {', '.join(get_args(Subject))}")
    roles = words.roles(entry["pattern"], name).keys()
    if subject == "itself" and len(roles & {"s", "o"}) != 1:
        raise BadData(words.path, name, "the pattern of a name needs one of the roles s and o: the name is the other")
    if subject != "itself" and ("o" not in roles or ("s" in roles) != (subject == "named")):
        raise BadData(words.path, name, "the pattern needs the role o, and s unless `subject` tells whose it is")
    if (subject == "itself") != ("of" in entry):
        raise BadData(words.path, name, "`of` tells the names that a rule about the name itself is read in")
    return _make_rule(words, entry, predicate, subject, None)


def _read_status(words: PatternWords, entry: Mapping[str, Any]) -> RelationRule:
    name = str(entry.get("name", "rule without a name"))
    check_keys(words.path, name, entry, _RULE_KEYS | {"status"}, _CHOICES)
    if entry["status"] not in VOCABULARY.statuses:
        known = ", ".join(VOCABULARY.statuses)
        raise BadData(words.path, name, f"status {entry['status']!r} is none of {known}")
    if words.roles(entry["pattern"], name).keys() != {"s"}:
        raise BadData(words.path, name, "the pattern of a status needs the role s and no other")
    return _make_rule(words, entry, "hasStatus", "named", entry["status"])


def _make_rule(
    words: PatternWords, entry: Mapping[str, Any], predicate: str, subject: Subject, status: str | None
) -> RelationRule:
    name, pattern = entry["name"], entry["pattern"]
    roles = words.roles(pattern, name)
    return RelationRule(
        name=name,
        predicate=predicate,
        pattern=words.compile(pattern, name),
        roles=roles,
        subject=subject,
        of=words.kinds(entry["of"], name) if "of" in entry else frozenset(),
        needs=tuple(kinds for role, kinds in roles.items() if kinds and role != "p"),
        kinds=words.all_kinds(pattern, name),
        status=status,
        unless=words.compile(entry["unless"], name) if "unless" in entry else None,
        like={role: words.compile(shape, name) for role, shape in entry.get("like", {}).items()},
        weak=entry.get("weak", False),
        own_too=entry.get("own_too", False),
        confidence=float(entry["confidence"]),
        yes=tuple(entry["yes"]),
        no=tuple(entry["no"]),
    )


def _read_framework(words: PatternWords, entry: Mapping[str, Any]) -> FrameworkRule:
    check_keys(words.path, "framework", entry, _RULE_KEYS | {"kinds", "reach"}, set())
    return FrameworkRule(
        name=entry["name"],
        pattern=words.compile(entry["pattern"], "framework"),
        kinds=words.kinds(entry["kinds"], "framework"),
        reach=int(entry["reach"]),
        confidence=float(entry["confidence"]),
        yes=tuple(entry["yes"]),
        no=tuple(entry["no"]),
    )
