"""What the graph does not say: every number and name candidate that no published statement carries, with the reason.

Numbers are runs of digits or Chinese numerals with a unit or percent sign near them; name candidates are quoted words,
titles in book marks, and the proper nouns of jieba's tagger. The candidates come from outside the extractor, so that
its blind spots show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.model import Document, Sentence

_NUMBER = re.compile(
    r"[\d０-９]+(?:[.．][\d０-９]+)?(?:[%％‰]|[十百千万亿]+)?"
    r"|百分之[一二三四五六七八九十百零点]+|(?<![\u4e00-\u9fff])[一二两三四五六七八九十百千万亿]{2,}"
)
_DATE = re.compile(r"(?:19|20)\d\d(?=年|[—\-–至到]\d|[）)]?\s*$)|\d{1,2}(?=月|日|时|点(?!\d))")
_QUOTED = re.compile(r"“([^“”\n]{2,30})”|《([^《》\n]{2,60})》")
_PROPER_NOUNS = frozenset({"nr", "ns", "nt", "nz"})
_SHORTEST_NAME = 2


class PosTokenizer(Protocol):
    """What is asked of `jieba.posseg`: words with their part-of-speech flag, in order, together the whole text."""

    def cut(self, sentence: str) -> Iterator[tuple[str, str]]:
        """Cut a text into (word, flag) pairs."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that no published statement carries; `kind` is `number` or `name`."""

    start: int
    end: int
    text: str
    kind: str
    reason: str
    sentence: int


def find_gaps(found: Document, published: Document, tokenizer: PosTokenizer) -> tuple[Gap, ...]:
    """List the gaps of a report in the order of its text.

    `found` is everything that was extracted, `published` what passed the confidence asked for.
    """
    gaps = [gap for sentence in found.sentences for gap in _gaps_of(sentence, found, published, tokenizer)]
    return tuple(sorted(set(gaps), key=lambda gap: (gap.start, gap.end, gap.kind)))


def _gaps_of(sentence: Sentence, found: Document, published: Document, tokenizer: PosTokenizer) -> Iterator[Gap]:
    index = sentence.index
    names = [(m.start, m.end) for m in published.mentions if m.sentence == index]
    figures = [(f.start, f.end) for f in published.figures if f.sentence == index]
    for figure in found.figures:
        if figure.sentence == index and (figure.start, figure.end) not in figures:
            reason = f"held back 保留未发布: confidence {figure.confidence:.2f}, {figure.rule}"
            yield Gap(figure.start, figure.end, figure.text, "number", reason, index)
    for mention in found.mentions:
        if mention.sentence == index and (mention.start, mention.end) not in names:
            reason = f"held back 保留未发布: {mention.kind}, confidence {mention.confidence:.2f}, {mention.rule}"
            yield Gap(mention.start, mention.end, mention.text, "name", reason, index)
    held = [(m.start, m.end) for m in found.mentions if m.sentence == index]
    for start, end in _numbers(sentence):
        if not _inside(start, end, figures) and not _touches(
            start, end, [(f.start, f.end) for f in found.figures if f.sentence == index]
        ):
            reason = _number_reason(sentence, start, end, held)
            yield Gap(start, end, sentence.text[start - sentence.start : end - sentence.start], "number", reason, index)
    for start, end, source in _name_candidates(sentence, tokenizer):
        if not _touches(start, end, held):
            text = sentence.text[start - sentence.start : end - sentence.start]
            yield Gap(start, end, text, "name", f"no rule took it 无规则匹配: {source}", index)


def _numbers(sentence: Sentence) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(sentence.text):
        yield sentence.start + match.start(), sentence.start + match.end()


def _number_reason(sentence: Sentence, start: int, end: int, names: Sequence[tuple[int, int]]) -> str:
    if _inside(start, end, names):
        return "inside a name 名称内"
    if _DATE.match(sentence.text, start - sentence.start):
        return "date or year 日期"
    before = sentence.text[: start - sentence.start]
    if before.endswith("第"):
        return "ordinal 序数"
    if not before.strip("（(") or re.match(r"[、．.）)]", sentence.text[end - sentence.start :]):
        return "numbering 编号"
    if before.count("“") > before.count("”"):
        return "inside quotation marks 引号内"
    return "no rule took it 无规则匹配"


def _name_candidates(sentence: Sentence, tokenizer: PosTokenizer) -> Iterator[tuple[int, int, str]]:
    for match in _QUOTED.finditer(sentence.text):
        group = 1 if match.group(1) else 2
        yield sentence.start + match.start(group), sentence.start + match.end(group), "quoted 引号或书名号"
    position = sentence.start
    for word, flag in tokenizer.cut(sentence.text):
        if flag in _PROPER_NOUNS and len(word) >= _SHORTEST_NAME:
            yield position, position + len(word), f"proper noun 专名 (jieba {flag})"
        position += len(word)


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(left <= start and end <= right for left, right in spans)


def _touches(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(left < end and start < right for left, right in spans)
