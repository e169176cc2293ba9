"""The language of relation rules: regular expressions over folded text, in which words in braces stand for marks.

`{Project:s}` is a mention of that kind in a role (`s` subject, `o` object, `p` second object), `{Project+:s}` a list
of them, `{Project}` a mention without a role. Where a kind is asked for, a group of kinds, or several joined by `|`,
may stand. `{gap}` is a fragment, and may have a role too: then its words themselves are the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import BadData
from kg.spans import MARKS

_TOKEN = re.compile(r"\{([A-Za-z_|]+)(\+?)(?::([sop]))?\}")
_LONGEST_LINK = 24
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class PatternWords:
    """The groups and fragments that the patterns of one file are written in; errors name the file and the entry."""

    path: Path
    groups: Mapping[str, str]
    fragments: Mapping[str, str]

    def kinds(self, text: str, entry: str) -> frozenset[str]:
        """Read kinds and groups joined by `|`.

        >>> sorted(PatternWords(Path("rules.toml"), {"area": "Place|Zone"}, {}).kinds("area|Event", "made"))
        ['Event', 'Place', 'Zone']
        """
        found: set[str] = set()
        for word in text.split("|"):
            if word in MARKS:
                found.add(word)
            elif word in self.groups:
                found |= self.kinds(self.groups[word], entry)
            else:
                raise BadData(self.path, entry, f"{word!r} is no kind of mention, group or fragment")
        return frozenset(found)

    def first(self, text: str, entry: str) -> str:
        """Return the first kind of a list of kinds and groups."""
        word = text.split("|")[0]
        return word if word in MARKS else self.first(self.groups[word], entry)

    def roles(self, pattern: str, entry: str) -> dict[str, frozenset[str]]:
        """Return the kinds that each role of a pattern may have: none where a fragment's words are the name."""
        return {
            role: frozenset() if word in self.fragments else self.kinds(word, entry)
            for word, _, role in _TOKEN.findall(pattern)
            if role
        }

    def all_kinds(self, pattern: str, entry: str) -> frozenset[str]:
        """Return every kind that a pattern itself asks for, with a role or without."""
        kinds = [self.kinds(word, entry) for word, _, _ in _TOKEN.findall(pattern) if word not in self.fragments]
        return frozenset().union(*kinds)

    def compile(self, pattern: str, entry: str) -> re.Pattern[str]:
        """Compile a pattern to a regular expression over folded text, whose groups are the roles."""
        try:
            return re.compile(self._expand(pattern, entry))
        except re.error as error:
            raise BadData(self.path, entry, f"the pattern does not compile: {error}") from error

    def _expand(self, pattern: str, entry: str, depth: int = 0) -> str:
        if depth > _DEEPEST:
            raise BadData(self.path, entry, "fragments nest too deep, or one holds itself")

        def replace(token: re.Match[str]) -> str:
            word, many, role = token.groups()
            if word in self.fragments:
                text = self._expand(self.fragments[word], entry, depth + 1)
            else:
                kinds = self.kinds(word, entry)
                text = "[" + "".join(mark for kind, mark in MARKS.items() if kind in kinds) + "]"
            if many:
                # A list must not pass over a mark of its own kinds, or it could be read in many ways.
                link = self._expand("{link}", entry, depth + 1)
                text = f"{text}(?:(?:(?!{text}){link}){{0,{_LONGEST_LINK}}}{text})*"
            return f"(?P<{role}>{text})" if role else f"(?:{text})"

        return _TOKEN.sub(replace, pattern)
