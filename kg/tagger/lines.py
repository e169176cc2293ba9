"""Sentences as arrays: characters, the words rjieba cuts, their classes, and where clauses, list items and quotes run.

All sentences of a report are laid in one row of characters with blanks between, so that one numpy operation serves
them all; no feature looks across the blanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt
import rjieba

from kg.lexicon.name_patterns import NameHit
from kg.tagger.classes import WordClasses

Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]

GAP = 4
"""Blanks before, between and after sentences: as far as a window of characters reaches."""

_BLANK = "\n"
_CLAUSE_END = "，；：。！？:;,\n"
_ITEM_END = _CLAUSE_END + "、“”（）《》()"
_SHAPES = "，、；：。“”（）《》—－-·+％%"
_UNKNOWN = ("", "x")


@dataclass(frozen=True, slots=True)
class Spread:
    """Spans laid over the characters: at each a value, and its part of the span (0 outside, begin, inside, end, single)."""

    value: Words
    part: Words
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Lines:
    """Sentences of one report, laid out for `kg.tagger.features`.

    Arrays named after words have one entry a word, all others one a character; `word_at` leads from the latter to
    the former. `start` and `length` say where each sentence lies.
    """

    start: Ints
    length: Ints
    char: Words
    shape: Words
    word_at: Ints
    word: Words
    tag: Words
    verb: Flags
    word_length: Words
    word_class: tuple[Words, ...]
    place_in_word: Words
    part_of_word: Words
    phrase: tuple[Spread, ...]
    hit: Spread
    hit_source: Words
    clause: tuple[Ints, Ints]
    item: tuple[Ints, Ints]
    quote: tuple[Ints, Ints, Flags]


def lay_out(texts: Sequence[str], hits: Sequence[Sequence[NameHit]], classes: WordClasses) -> Lines:
    """Lay sentences and the lexicon's hits in them (offsets within each sentence) out as arrays."""
    gap = _BLANK * GAP
    row = gap + gap.join(texts) + gap
    length = np.array([len(text) for text in texts], np.int64)
    start = GAP + np.concatenate([np.zeros(1, np.int64), np.cumsum(length + GAP)])[: len(texts)]
    char = np.frombuffer(row.encode("utf-32-le"), np.uint32)
    tokens = rjieba.tag(row) or [_UNKNOWN]
    size = np.array([len(word) for word, _ in tokens], np.int64)
    word_at = np.repeat(np.arange(len(tokens)), size)
    begin = np.cumsum(size) - size
    place = np.arange(len(char)) - begin[word_at]
    rest = size[word_at] - 1 - place
    word = np.array([crc32(word.encode()) for word, _ in tokens], np.uint32)
    plain = np.array([crc32(b"0") if word.isdigit() else code for (word, _), code in zip(tokens, word.tolist(), strict=True)], np.uint32)
    tags = [tag for _, tag in tokens]
    blank = char == ord(_BLANK)
    return Lines(
        start=start,
        length=length,
        char=char,
        shape=_shape(char),
        word_at=word_at,
        word=word,
        tag=np.array([crc32(tag.encode()) for tag in tags], np.uint32),
        verb=np.array([tag.startswith("v") for tag in tags]),
        word_length=np.minimum(size, 6).astype(np.uint32),
        word_class=classes.of_words(plain),
        place_in_word=(np.minimum(place, 3) * 4 + np.minimum(rest, 3)).astype(np.uint32),
        part_of_word=np.where(size[word_at] == 1, 3, np.where(place == 0, 0, np.where(rest == 0, 2, 1))).astype(np.uint32),
        phrase=(),
        hit=spread([], [], [], len(char)),
        hit_source=np.zeros(len(char), np.uint32),
        clause=_edges(_among(char, _CLAUSE_END)),
        item=_edges(_among(char, _ITEM_END)),
        quote=_quotes(char, blank),
    )
