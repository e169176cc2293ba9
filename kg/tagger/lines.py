"""Sentences as arrays: characters, the words rjieba cuts, their classes, and how far clauses, list items, quotes run.

All sentences of a report are laid in one row of characters with blanks between, so that one numpy operation serves
them all; no feature looks across the blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt
import rjieba

from kg.lexicon.name_patterns import NameHit
from kg.spans import MARKS
from kg.tagger.classes import WordClasses, code_word
from kg.tagger.keys import Keys

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

GAP = 4
"""Blanks before, between and after sentences: as far as a window of characters reaches."""

_BLANK = "\n"
_CLAUSE_END = "，；：。！？:;,\n"
_ITEM_END = _CLAUSE_END + "、“”（）《》()"
_SHAPES = "，、；：。“”（）《》—－-·+％%"
_KIND_NUMBER = {kind: number for number, kind in enumerate(MARKS, 1)}


@dataclass(frozen=True, slots=True)
class Spread:
    """Spans that do not overlap, laid over characters: at each its value and its place in the span, and the ends.

    `part` is 0 outside, 1 at the first character, 2 inside, 3 at the last, 4 at a single one. Outside, `first` and
    `last` are the character itself.
    """

    values: tuple[Keys, ...]
    part: Keys
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Extent:
    """For each character, the nearest mark at or before it and the nearest at or after it."""

    before: Ints
    after: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences laid out for `kg.tagger.features`.

    `words`, `tags`, `sizes`, `classes` have one entry a word, the rest one a character; `word_at` leads from a
    character to its word. Sentence `i` lies at `start[i]`, `length[i]` characters long.
    """

    start: Ints
    length: Ints
    chars: Keys
    shapes: Keys
    word_at: Ints
    words: Keys
    tags: Keys
    sizes: Keys
    classes: tuple[Keys, ...]
    part_of_word: Keys
    place_in_word: Keys
    phrases: Spread
    hits: Spread
    clause: Extent
    item: Extent
    quote: Extent
    quoted: Flags


def lay_out(texts: Sequence[str], hits: Iterable[tuple[int, NameHit]], classes: WordClasses) -> Lines:
    """Lay sentences out as arrays, with the lexicon's hits in them: pairs of sentence and hit, offsets within it."""
    gap = _BLANK * GAP
    row = gap + "".join(text.replace(_BLANK, " ") + gap for text in texts)
    length = np.array([len(text) for text in texts], np.int64)
    start = GAP + np.cumsum(length + GAP) - (length + GAP)
    chars = np.frombuffer(row.encode("utf-32-le"), np.uint32)
    tokens = rjieba.tag(row)
    sizes = np.array([len(word) for word, _ in tokens], np.int64)
    word_at = np.repeat(np.arange(len(tokens)), sizes)
    begin = np.cumsum(sizes) - sizes
    place = np.arange(len(chars)) - begin[word_at]
    rest = sizes[word_at] - 1 - place
    coded = np.array([code_word(word) for word, _ in tokens], np.uint32)
    first, after, phrase_classes = classes.find_phrases(coded, sizes >= 2)
    spans = [(start[i] + hit.start, start[i] + hit.end, hit) for i, hit in hits]
    quote, quoted = _find_quotes(chars)
    return Lines(
        start=start,
        length=length,
        chars=chars,
        shapes=_shape(chars),
        word_at=word_at,
        words=np.array([crc32(word.encode()) for word, _ in tokens], np.uint32),
        tags=np.array([crc32(tag.encode()) for _, tag in tokens], np.uint32),
        sizes=np.minimum(sizes, 6).astype(np.uint32),
        classes=classes.of_words(coded),
        part_of_word=np.where(rest + place == 0, 3, np.where(place == 0, 0, np.where(rest == 0, 2, 1))).astype(
            np.uint32
        ),
        place_in_word=(np.minimum(place, 3) * 4 + np.minimum(rest, 3)).astype(np.uint32),
        phrases=_spread(begin[first], (begin + sizes)[np.array(after, np.int64) - 1], phrase_classes, len(chars)),
        hits=_spread(
            np.array([at for at, _, _ in spans], np.int64),
            np.array([end for _, end, _ in spans], np.int64),
            (
                np.array([_KIND_NUMBER[hit.kind] for _, _, hit in spans], np.uint32),
                np.array([crc32(hit.source.encode()) for _, _, hit in spans], np.uint32),
            ),
            len(chars),
        ),
        clause=_nearest(_among(chars, _CLAUSE_END)),
        item=_nearest(_among(chars, _ITEM_END)),
        quote=quote,
        quoted=quoted,
    )


def _among(chars: Keys, members: str) -> Flags:
    return np.isin(chars, np.array([ord(member) for member in members], np.uint32))


def _nearest(mark: Flags) -> Extent:
    at = np.arange(len(mark))
    before = np.maximum.accumulate(np.where(mark, at, 0))
    after = np.minimum.accumulate(np.where(mark, at, len(mark) - 1)[::-1])[::-1]
    return Extent(before, after)


def _find_quotes(chars: Keys) -> tuple[Extent, Flags]:
    """Return the quotation around each character, and which characters stand in one."""
    blank, closing = chars == ord(_BLANK), chars == ord("”")
    past = np.zeros(len(chars), bool)
    past[1:] = closing[:-1]
    before = _nearest((chars == ord("“")) | blank | past).before
    after = _nearest(closing | blank).after
    return Extent(before, after), chars[before] == ord("“")


def _shape(chars: Keys) -> Keys:
    """Class characters coarsely: Han, digit, letter, each punctuation mark, other."""
    shape = np.zeros(len(chars), np.uint32)
    shape[(chars >= 0x4E00) & (chars <= 0x9FFF)] = 1
    shape[((chars >= 48) & (chars <= 57)) | ((chars >= 0xFF10) & (chars <= 0xFF19))] = 2
    shape[((chars >= 65) & (chars <= 90)) | ((chars >= 97) & (chars <= 122))] = 3
    for number, mark in enumerate(_SHAPES, 4):
        shape[chars == ord(mark)] = number
    return shape


def _spread(start: Ints, end: Ints, values: tuple[Keys, ...], size: int) -> Spread:
    span_at = np.repeat(np.arange(len(start)), end - start)
    within = np.arange(len(span_at)) - np.repeat(np.cumsum(end - start) - (end - start), end - start)
    at = start[span_at] + within
    part = np.zeros(size, np.uint32)
    first, last = np.arange(size), np.arange(size)
    part[at] = 2
    part[end - 1] = 3
    part[start] = np.where(end - start == 1, 4, 1)
    first[at], last[at] = start[span_at], end[span_at] - 1
    spread = []
    for value in values:
        spread.append(np.zeros(size, np.uint32))
        spread[-1][at] = value[span_at]
    return Spread(tuple(spread), part, first, last)
