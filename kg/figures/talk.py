"""What a sentence has spoken of so far, while its quantities are named one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.figures.wording import clean_words, leading_verb, trim_tail
from kg.lexicon.figure_rules import FigureRules

_CLAUSES = re.compile("[，；：。,;]")
_LONGEST_TOPIC = 16


@dataclass(slots=True)
class Talk:
    """The names given, those of the last list, what a measure of a measure (增速) would measure, and the verb at work.

    `level` is the rank word behind that verb (新增省级…), which a list goes on to mean. `owner` is the body that the
    clauses speak of.
    """

    names: list[str] = field(default_factory=list)
    group: list[str] = field(default_factory=list)
    base: str = ""
    lead: str = ""
    level: str = ""
    owner: str | None = None

    @property
    def previous(self) -> str:
        """The last name given, or nothing."""
        return self.names[-1] if self.names else ""

    def give(self, name: str) -> str:
        """Remember `name` as what later measures measure, and return it."""
        self.base = name
        return name

    def start_clause(self) -> None:
        """Forget the verb: a list ended."""
        self.lead = self.level = ""


def topic_of(before: str, rules: FigureRules) -> str:
    """Return the subject of the clause before: its words up to a verb; a long clause without one has none."""
    pieces = [piece for piece in _CLAUSES.split(before) if piece]
    if not pieces:
        return ""
    words = clean_words(pieces[-1], rules)
    words = words[len(leading_verb(words, rules)) :] or words
    cut = rules.patterns["turn"].search(words)
    if cut and cut.start() >= 2:
        return trim_tail(words[: cut.start()], rules)
    return words if len(words) <= _LONGEST_TOPIC else ""
