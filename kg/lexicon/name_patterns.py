"""Read data/name_patterns.toml: regular shapes of names, and guards that forbid a known name among certain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BadData
from kg.lexicon.reading import check_keys, read_toml
from kg.spans import MARKS

# As far as a guard looks back: a verb and a list of a few names.
_REACH = 24


@dataclass(frozen=True, slots=True)
class NameHit:
    """A name at `start:end` of the text; `name` is its main form, `source` the topic or pattern that knows it."""

    start: int
    end: int
    kind: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Words that end right before a name and words that begin right after it; None means any."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def hold(self, text: str, start: int, end: int) -> bool:
        """Tell whether both sides of `start:end` are as described."""
        if self.after and not self.after.match(text, end):
            return False
        return not self.before or bool(self.before.search(text[max(0, start - _REACH) : start]))


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on known names of some kinds, or topics, or forms (none given: all).

    A name is no name among the words of `forbid`; where there is an `only`, it is one only among those.
    """

    name: str
    kinds: frozenset[str]
    topics: frozenset[str]
    forms: frozenset[str]
    forbid: tuple[Surroundings, ...]
    only: tuple[Surroundings, ...]

    def forbids(self, text: str, hit: NameHit) -> bool:
        """Tell whether the words around `hit` forbid it."""
        if self.topics and hit.source not in self.topics:
            return False
        if self.forms and text[hit.start : hit.end] not in self.forms:
            return False
        if any(words.hold(text, hit.start, hit.end) for words in self.forbid):
            return True
        return bool(self.only) and not any(words.hold(text, hit.start, hit.end) for words in self.only)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words of level, year or batch that belong to a title of one kind where they stand right before it."""

    name: str
    kind: str
    pattern: re.Pattern[str]

    def widen(self, text: str, hit: NameHit) -> NameHit:
        """Return `hit` with the words before it that belong to it."""
        before = text[max(0, hit.start - _REACH) : hit.start]
        if hit.kind != self.kind or not (found := self.pattern.search(before)):
            return hit
        start = hit.start - len(before) + found.start()
        return NameHit(start, hit.end, hit.kind, text[start : hit.end], hit.source)


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A regular shape of names of one kind; the group `name`, where there is one, is the name itself.

    `anchor` is a word that every match holds: where a shape begins with a choice, only its surroundings are searched.
    """

    name: str
    kind: str
    pattern: re.Pattern[str]
    anchor: str | None

    def find(self, text: str) -> list[NameHit]:
        """Return every match in `text`, as hits whose source is the pattern's name."""
        group = "name" if "name" in self.pattern.groupindex else 0
        return [
            NameHit(match.start(group), match.end(group), self.kind, match[group], self.name)
            for match in (self._search_around(text, self.anchor) if self.anchor else self.pattern.finditer(text))
        ]

    def _search_around(self, text: str, anchor: str) -> Iterator[re.Match[str]]:
        free, at = 0, text.find(anchor)
        while at >= 0:
            if match := self.pattern.search(text, max(free, at - _REACH), at + len(anchor) + _REACH):
                yield match
                free = match.end()
            at = text.find(anchor, max(free, at + len(anchor)))


@dataclass(frozen=True, slots=True)
class NameRules:
    """All patterns, prefixes and guards, in the order of the file; `goals` are words that with a place name a goal."""

    goals: tuple[str, ...]
    patterns: tuple[NamePattern, ...]
    prefixes: tuple[Prefix, ...]
    guards: tuple[Guard, ...]


def load_name_rules(folder: Path) -> NameRules:
    """Read `folder/name_patterns.toml`; unknown kinds and keys, and expressions that do not compile, are `BadData`.

    >>> from kg.resources import data_folder
    >>> load_name_rules(data_folder()).patterns[0].find("大力实施“十四五”规划，开好局。")[0].name
    '“十四五”规划'
    """
    path = folder / "name_patterns.toml"
    content = read_toml(path)
    check_keys(path, "whole file", content, {"goals", "words", "pattern", "prefix", "guard"}, set())
    words = _read_words(content["words"])
    return NameRules(
        goals=tuple(content["goals"]),
        patterns=tuple(_read_pattern(path, entry, words) for entry in content["pattern"]),
        prefixes=tuple(_read_prefix(path, entry, words) for entry in content["prefix"]),
        guards=tuple(_read_guard(path, entry, words) for entry in content["guard"]),
    )


def load_mining_contexts(folder: Path) -> tuple[NamePattern, ...]:
    """Read `folder/mining.toml`: the contexts in which `kg.learn.mine` looks for candidates of each kind."""
    path = folder / "mining.toml"
    content = read_toml(path)
    check_keys(path, "whole file", content, {"words", "pattern"}, set())
    words = _read_words(content["words"])
    return tuple(_read_pattern(path, entry, words) for entry in content["pattern"])


def _read_words(fragments: dict[str, str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for name, expression in fragments.items():
        words[name] = _fill(expression, words)
    return words


def _read_pattern(path: Path, entry: dict[str, Any], words: dict[str, str]) -> NamePattern:
    name = str(entry.get("name"))
    check_keys(path, name, entry, {"name", "kind", "pattern", "yes", "no"}, {"anchor"})
    _check_kinds(path, name, [entry["kind"]])
    return NamePattern(name, entry["kind"], _compile(path, name, entry["pattern"], words), entry.get("anchor"))


def _read_prefix(path: Path, entry: dict[str, Any], words: dict[str, str]) -> Prefix:
    name = str(entry.get("name"))
    check_keys(path, name, entry, {"name", "kind", "pattern", "yes", "no"}, set())
    _check_kinds(path, name, [entry["kind"]])
    return Prefix(name, entry["kind"], _compile(path, name, f"(?:{entry['pattern']})$", words))


def _read_guard(path: Path, entry: dict[str, Any], words: dict[str, str]) -> Guard:
    name = str(entry.get("name"))
    check_keys(path, name, entry, {"name", "kinds", "yes", "no"}, {"topics", "forms", "forbid", "only"})
    _check_kinds(path, name, entry["kinds"])
    return Guard(
        name=name,
        kinds=frozenset(entry["kinds"]),
        topics=frozenset(entry.get("topics", ())),
        forms=frozenset(entry.get("forms", ())),
        forbid=tuple(_read_surroundings(path, name, side, words) for side in entry.get("forbid", ())),
        only=tuple(_read_surroundings(path, name, side, words) for side in entry.get("only", ())),
    )


def _read_surroundings(path: Path, name: str, sides: dict[str, str], words: dict[str, str]) -> Surroundings:
    check_keys(path, name, sides, set(), {"before", "after"})
    before = _compile(path, name, f"(?:{sides['before']})$", words) if "before" in sides else None
    return Surroundings(before, _compile(path, name, sides["after"], words) if "after" in sides else None)


def _check_kinds(path: Path, entry: str, kinds: list[str]) -> None:
    for kind in kinds:
        if kind not in MARKS:
            raise BadData(path, entry, f"kind {kind!r} should be one of {', '.join(MARKS)}")


def _fill(expression: str, words: dict[str, str]) -> str:
    """Put each fragment `{name}` in its place; a brace that names no fragment stays (it counts repetitions)."""
    return re.sub(
        r"\{([a-z_]+)\}", lambda match: f"(?:{words[match[1]]})" if match[1] in words else match[0], expression
    )


def _compile(path: Path, entry: str, expression: str, words: dict[str, str]) -> re.Pattern[str]:
    try:
        return re.compile(_fill(expression, words))
    except re.error as error:
        raise BadData(path, entry, f"is no regular expression: {error}") from error
