"""What the tagger knows of each character: some 80 features, each a number mixed of what stands around it.

Training and tagging both call `describe`, so that they cannot disagree. A feature is characters, words, their tags
and classes near the character, always with its part of the word (or phrase, or hit) in which it stands; or the
clause, list item and quotation around it: the words that open and close them, its distance to their ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from kg.tagger.keys import Keys, mix
from kg.tagger.lines import Extent, Ints, Lines, Spread

_SEED = 0x51ED270B


def describe(lines: Lines) -> npt.NDArray[np.uint32]:
    """Return the keys of all features: a row for each feature, a column for each character."""
    groups: tuple[Callable[[Lines], Iterator[Keys]], ...] = (
        _describe_characters,
        _describe_words,
        _describe_classes,
        _describe_context,
        _describe_quotes,
        _describe_hits,
        _describe_phrases,
    )
    rows = (key for group in groups for key in group(lines))
    return np.stack([_salt(key, number) for number, key in enumerate(rows, 1)])


def _salt(key: Keys, number: int) -> Keys:
    """Keep the keys of different features apart."""
    return mix(number * _SEED & 0xFFFFFFFF, key)


def _shift(values: Keys, by: int) -> Keys:
    """Return at each place the value that stands `by` further on; 0 past the ends."""
    moved = np.zeros_like(values)
    if by > 0:
        moved[:-by] = values[by:]
    elif by < 0:
        moved[-by:] = values[:by]
    else:
        moved[:] = values
    return moved


def _describe_characters(lines: Lines) -> Iterator[Keys]:
    char = {by: _shift(lines.chars, by) for by in range(-2, 3)}
    for size, firsts in ((1, range(-2, 3)), (2, range(-2, 2)), (3, range(-2, 1))):
        for first in firsts:
            yield mix(size, *(char[by] for by in range(first, first + size)))
    yield mix(5, char[-1], char[1])
    shape = [_shift(lines.shapes, by) for by in range(-2, 3)]
    yield mix(6, *shape[1:4])
    yield mix(7, *shape)


def _describe_words(lines: Lines) -> Iterator[Keys]:
    for values, windows in (
        (lines.words, ((-1,), (0,), (1,), (-1, 0), (0, 1))),
        (lines.tags, ((-1,), (0,), (1,), (-1, 0, 1))),
    ):
        yield from _describe_windows(lines, values, windows)
    yield lines.place_in_word


def _describe_classes(lines: Lines) -> Iterator[Keys]:
    fine, middle, coarse = lines.classes
    yield from _describe_windows(lines, fine, ((-1,), (0,), (1,), (-1, 0), (0, 1)))
    yield from _describe_windows(lines, middle, ((-2,), (-1,), (0,), (1,), (2,), (-1, 0), (0, 1), (-1, 0, 1)))
    yield from _describe_windows(lines, coarse, ((-1, 0, 1), (0, 1, 2)))


def _describe_windows(lines: Lines, values: Keys, windows: Iterable[tuple[int, ...]]) -> Iterator[Keys]:
    """Mix the values of the words in each window around the word of a character, with its part of that word."""
    near = {by: _shift(values, by) for by in range(-2, 3)}
    for window in windows:
        yield mix(mix(len(window), *(near[by] for by in window))[lines.word_at], lines.part_of_word)


def _describe_context(lines: Lines) -> Iterator[Keys]:
    """Describe the clause and the list item: the words at their ends, the marks around them, the distance to both."""
    at = np.arange(len(lines.chars))
    clause, item = _words_at_ends(lines, lines.clause), _words_at_ends(lines, lines.item)
    opening, closing = lines.words[clause[0]], lines.words[clause[1]]
    yield opening
    yield mix(1, opening, lines.words[_within(clause[0] + 1, len(lines.words))])
    yield closing
    yield mix(2, closing, lines.words[_within(clause[1] - 1, len(lines.words))])
    yield mix(3, lines.words[item[0]], _distance(lines.word_at - item[0], 3))
    yield mix(4, lines.words[item[1]], _distance(item[1] - lines.word_at, 4))
    before, after = lines.item.before, lines.item.after
    marks = mix(5, lines.chars[before], lines.chars[after])
    yield mix(6, *(lines.chars[_within(after - by, len(at))] for by in (1, 2)))
    yield _distance(after - before, 20)
    yield mix(7, _distance(at - before, 8), _distance(after - at, 8))
    yield marks
    yield mix(marks, lines.words[item[1]])
    yield mix(8, lines.chars[after], lines.words[lines.word_at[_within(after + 1, len(at))]])
    yield mix(9, lines.chars[before], lines.words[lines.word_at[_within(before - 1, len(at))]])


def _words_at_ends(lines: Lines, extent: Extent) -> tuple[Ints, Ints]:
    size = len(lines.chars)
    return lines.word_at[_within(extent.before + 1, size)], lines.word_at[_within(extent.after - 1, size)]


def _within(at: Ints, size: int) -> Ints:
    return np.clip(at, 0, size - 1)


def _distance(distance: Ints, most: int) -> Keys:
    return np.minimum(distance, most).astype(np.uint32)


def _describe_quotes(lines: Lines) -> Iterator[Keys]:
    at, size = np.arange(len(lines.chars)), len(lines.chars)
    before, after = lines.quote.before, lines.quote.after
    place = np.where(lines.quoted, np.where(at - before == 1, 1, np.where(after - at == 1, 2, 3)), 0).astype(np.uint32)
    yield place
    yield mix(place, _distance(np.where(lines.quoted, after - before, 0), 15))
    for neighbour in (after + 1, before - 1):
        word = lines.words[lines.word_at[_within(neighbour, size)]]
        yield mix(place, np.where(lines.quoted, word, 0).astype(np.uint32))


def _describe_hits(lines: Lines) -> Iterator[Keys]:
    hits = lines.hits
    kind, source = (mix(values, hits.part) for values in hits.values)
    for by in (-1, 0, 1):
        yield mix(0, _shift(kind, by))
    yield source
    yield mix(1, _shift(kind, -1), kind)
    yield mix(2, kind, _shift(kind, 1))
    yield mix(source, lines.words[lines.word_at])
    before, after = _beside(hits, len(lines.chars))
    for beside in (
        (lines.words[lines.word_at[after]],),
        (lines.words[lines.word_at[before]],),
        (lines.chars[after], lines.chars[before]),
    ):
        yield mix(kind, *(np.where(hits.part > 0, values, 0).astype(np.uint32) for values in beside))


def _describe_phrases(lines: Lines) -> Iterator[Keys]:
    phrases = lines.phrases
    fine, middle, coarse = phrases.values
    before, after = _beside(phrases, len(lines.chars))
    begins, joined = np.minimum(phrases.part, 2), (phrases.part > 0).astype(np.uint32)
    for classes in (fine, middle):
        yield mix(classes, phrases.part)
        yield mix(2, classes[after], begins[after], phrases.part)
        yield mix(3, classes[before], joined[before], phrases.part)
    here = mix(middle, phrases.part)
    yield mix(here, middle[before])
    yield mix(here, middle[after])
    for classes in (middle, coarse):
        yield mix(mix(classes, phrases.part), classes[before], classes[after])
    yield mix(here, lines.chars[after], lines.chars[before])


def _beside(spread: Spread, size: int) -> tuple[Ints, Ints]:
    """Return where the character before the span and the one after it stand."""
    return _within(spread.first - 1, size), _within(spread.last + 1, size)
