"""Between names and relations: one policy for overlapping spans, and a sentence folded for relation rules.

`fold` turns each mention into one private-use character of its kind, so that a relation rule is an ordinary regular
expression over words and kinds: `甲厂、乙路竣工` becomes `PP竣工` with `、` between, whatever the names are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kg.model import Mention, Sentence

MARKS: Mapping[str, str] = {
    "Place": "\ue000",
    "Zone": "\ue001",
    "Project": "\ue002",
    "Facility": "\ue003",
    "Corridor": "\ue004",
    "Programme": "\ue005",
    "Organization": "\ue006",
    "Event": "\ue007",
    "Honour": "\ue008",
    "Industry": "\ue009",
    "Product": "\ue00a",
    "Person": "\ue00b",
}
"""The private-use character that stands for a mention of each kind in a folded sentence."""

# Quotes, blanks and note marks stand anywhere between the words of a rule and say nothing there, except that one
# quotation right after another is a list.
_NOISE = re.compile(
    r"(?P<list>[”’」』》〉]\s*[“‘「『《〈])|[\s“”‘’\"'「」『』《》〈〉]+?|\[\d{1,3}\]|〔\d{1,3}〕|【\d{1,3}】"
)


class Span(Protocol):
    """Anything with a half-open range of code points."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends: the first code point after it."""


AnySpan = TypeVar("AnySpan", bound=Span)


def keep_longest(spans: Iterable[AnySpan]) -> tuple[AnySpan, ...]:
    """Keep spans that do not overlap: the longest first, of equals the leftmost, then the earliest given.

    The policy of spaCy's `filter_spans`. The result is sorted by place.

    >>> from kg.model import Name
    >>> names = [range(0, 6), range(4, 12), range(11, 30)]
    >>> from types import SimpleNamespace as At
    >>> [(at.start, at.end) for at in keep_longest(At(start=r.start, end=r.stop) for r in names)]
    [(0, 6), (11, 30)]
    """
    kept: list[AnySpan] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        # Spans come longest first, so one that overlaps a kept span has an end inside it.
        if span.start not in taken and span.end - 1 not in taken:
            kept.append(span)
            taken.update(range(span.start, span.end))
    return tuple(sorted(kept, key=lambda span: span.start))


@dataclass(frozen=True, slots=True)
class Folded:
    """A sentence whose mentions are marks: `text`, the mention behind each mark, and the way back to offsets.

    `breaks` are the positions of `text` where a stretch of the report begins, `offsets` where each begins there.
    """

    text: str
    mentions: Mapping[int, Mention]
    breaks: Sequence[int]
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the absolute range of the report behind the characters `start:end` of the folded text."""
        last = self.mentions.get(end - 1)
        return self._offset(start), last.end if last else self._offset(end - 1) + 1

    def _offset(self, position: int) -> int:
        stretch = bisect_right(self.breaks, position) - 1
        return self.offsets[stretch] + position - self.breaks[stretch]


def fold(sentence: Sentence, mentions: Iterable[Mention]) -> Folded:
    """Replace each mention by the mark of its kind, and leave out quotes, blanks and note marks.

    Between two quotations that follow each other stands `、`. Mentions that overlap are first cut down by
    `keep_longest`.

    >>> sentence = Sentence(0, 0, 0, 100, 108, "推进“甲厂”开工。", 2024, "target")
    >>> folded = fold(sentence, [Mention(103, 105, "甲厂", "Project", 0, "made")])
    >>> folded.text == "推进" + MARKS["Project"] + "开工。"
    True
    >>> folded.span(0, 3), folded.mentions[2].text
    ((100, 105), '甲厂')
    """
    pieces: list[str] = []
    length = 0
    breaks: list[int] = []
    offsets: list[int] = []
    found: dict[int, Mention] = {}

    def add(piece: str, offset: int) -> None:
        nonlocal length
        if piece:
            pieces.append(piece)
            breaks.append(length)
            offsets.append(sentence.start + offset)
            length += len(piece)

    def copy(start: int, end: int) -> None:
        for noise in _NOISE.finditer(sentence.text, start, end):
            add(sentence.text[start : noise.start()], start)
            if noise["list"]:
                add("、", noise.start())
            start = noise.end()
        add(sentence.text[start:end], start)

    at = 0
    for mention in keep_longest(mentions):
        start = mention.start - sentence.start
        copy(at, start)
        found[length] = mention
        add(MARKS[mention.kind], start)
        at = mention.end - sentence.start
    copy(at, len(sentence.text))
    return Folded("".join(pieces), found, breaks, offsets)
