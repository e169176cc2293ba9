"""A corpus as a stream of words, and the phrases in it: runs of words whose neighbours vary on both sides.

A run that stands among many different words is a unit (branching entropy: Jin and Tanaka-Ishii 2006): `经济 技术
开发区` is followed by anything, `经济 技术` nearly always by 开发区.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rjieba

from kg.tagger.classes import LONGEST
from kg.tagger.lines import Ints

_SENTENCE = re.compile(r"[。！？\n]+")
_NO_WORD = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9·\-—+]")
_NUMERAL = "0"
BREAK = -1

_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Stream:
    """Words of a corpus by number, with `BREAK` after each sentence; all numerals in digits are the word `0`."""

    numbers: Ints
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        assert len(self.numbers) == 0 or self.numbers[-1] == BREAK


def read_stream(texts: Iterable[str]) -> Stream:
    """Cut texts into words.

    >>> stream = read_stream(["增长12倍。"])
    >>> [stream.words[number] for number in stream.numbers if number != BREAK]
    ['增长', '0', '倍']
    """
    known: dict[str, int] = {}
    numbers = [
        number
        for text in texts
        for sentence in _SENTENCE.split(text)
        if sentence
        for number in (
            *(known.setdefault(_NUMERAL if w.isdigit() else w, len(known)) for w in rjieba.cut(sentence)),
            BREAK,
        )
    ]
    return Stream(np.array(numbers, np.int64), tuple(known))


def find_phrases(stream: Stream, least: int, entropy: float) -> Iterator[Ints]:
    """Yield, for each length from two words on, the phrases of that length: a row of word numbers each.

    A phrase occurs at least `least` times, and the entropy of its neighbours (in nats) is at least `entropy` on
    either side.
    """
    broken = np.append([bool(_NO_WORD.search(word)) for word in stream.words], True)[stream.numbers]
    for size in range(2, LONGEST + 1):
        places = len(stream.numbers) - size + 1
        whole = np.nonzero(~np.logical_or.reduce([broken[k : places + k] for k in range(size)]))[0]
        order, first, count = _group(key_runs(stream.numbers, size)[whole])
        often = count >= least
        group = np.repeat(np.where(often, np.cumsum(often) - 1, -1), count)
        at, group = whole[order][group >= 0], group[group >= 0]
        free = np.minimum(
            _measure_entropy(group, stream.numbers[at - 1], len(stream.words)),
            _measure_entropy(group, stream.numbers[np.minimum(at + size, len(stream.numbers) - 1)], len(stream.words)),
        )
        start = whole[order[first[often]]][free >= entropy]
        yield stream.numbers[np.sort(start)[:, None] + np.arange(size)]


def key_runs(numbers: Ints, size: int) -> npt.NDArray[np.uint64]:
    """Return a 64-bit key for the run of `size` numbers that begins at each place."""
    places = len(numbers) - size + 1
    key = np.zeros(places, np.uint64)
    for k in range(size):
        key = (key ^ (numbers[k : places + k] + 7).astype(np.uint64)) * _FACTOR
        key ^= key >> np.uint64(31)
    return key


def _group(keys: npt.NDArray[np.uint64]) -> tuple[Ints, Ints, Ints]:
    """Return an order that brings equal keys together, and where in it each group begins and how large it is."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.nonzero(np.append([True], ordered[1:] != ordered[:-1]))[0]
    return order, first, np.diff(np.append(first, len(ordered)))


def _measure_entropy(group: Ints, neighbour: Ints, words: int) -> npt.NDArray[np.float64]:
    """Return the entropy of the neighbours of each group; `group` is sorted."""
    pair, count = np.unique(group * (words + 1) + neighbour + 1, return_counts=True)
    of = pair // (words + 1)
    share = count / np.bincount(of, count)[of]
    return np.bincount(of, -share * np.log(share)).astype(np.float64)
