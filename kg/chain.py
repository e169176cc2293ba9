"""A linear chain over BIES labels: the probability of every span, from emissions and transitions.

Labels are 0 for outside, then for each class four: begin, inside, end, single. Forward and backward sums run over
all sentences beside each other, in probability space with one scale a position (Rabiner 1989). The probability of a
span is exact: the sum over all labellings of its sentence that hold just that span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# The longest name that is followed; annotated ones have at most 50 characters.
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Span:
    """A span of class number `kind` at `start:end` of the flat emissions, and its probability."""

    start: int
    end: int
    kind: int
    probability: float


def find_spans(emissions: Floats, transitions: Floats, bounds: Sequence[tuple[int, int]], least: float) -> list[Span]:
    """Return every span of at least the probability `least`, sorted by place.

    `emissions` is (characters, labels), `transitions` (labels, labels) with very low scores where a label may not
    follow; `bounds` are the sentences as ranges of characters, each labelled on its own.

    >>> scores = np.full((3, 5), -5, np.float32)
    >>> scores[0, 1] = scores[1, 3] = scores[2, 0] = 5
    >>> [(span.start, span.end, round(span.probability, 3)) for span in find_spans(scores, allow(1), [(0, 3)], 0.5)]
    [(0, 2, 1.0)]
    """
    packed = _pack([(start, end) for start, end in bounds if end > start])
    if not len(packed.places):
        return []
    sums = _sum_both_ways(emissions[packed.places], np.exp(transitions), packed)
    found = _read_spans(sums, packed, least)
    return sorted(found, key=lambda span: (span.start, span.end, span.kind))


def allow(kinds: int) -> Floats:
    """Return transitions of zero where one label may follow another and -10,000 elsewhere.

    >>> allow(1)[1].tolist()
    [-10000.0, -10000.0, 0.0, 0.0, -10000.0]
    """
    size = 1 + 4 * kinds
    table = np.full((size, size), -1e4, np.float32)
    outside = [0, *(label for label in range(1, size) if label % 4 in (3, 0))]
    opening = [0, *(label for label in range(1, size) if label % 4 in (1, 0))]
    table[np.ix_(outside, opening)] = 0
    for begin in range(1, size, 4):
        table[begin : begin + 2, begin + 1 : begin + 3] = 0
    return table


class _Packed(NamedTuple):
    """Sentences beside each other, the longest first, position after position: no array holds any padding.

    Row `offsets[t] + n` of an array is position `t` of sentence `n`; `counts[t]` sentences are longer than `t`.
    `places` leads from rows to characters.
    """

    offsets: Ints
    counts: Ints
    lengths: Ints
    places: Ints


class _Sums(NamedTuple):
    """What is known at each row: odds of its labels, forward and backward sums, and the scale; `step` between rows."""

    odds: Floats
    step: Floats
    forward: Floats
    backward: Floats
    scales: Floats


def _pack(bounds: Sequence[tuple[int, int]]) -> _Packed:
    order = sorted(bounds, key=lambda bound: (bound[0] - bound[1], bound))
    starts = np.array([start for start, _ in order], np.int64)
    lengths = np.array([end - start for start, end in order], np.int64)
    longest = int(lengths.max(initial=0))
    counts = np.searchsorted(-lengths, -np.arange(longest), side="left")
    offsets = np.cumsum(counts) - counts
    places = [starts[:count] + position for position, count in enumerate(counts)]
    return _Packed(offsets, counts, lengths, np.concatenate(places) if places else starts)


def _sum_both_ways(scores: Floats, step: Floats, packed: _Packed) -> _Sums:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward, backward = odds.copy(), np.empty_like(odds)
    scales = np.empty(len(odds), odds.dtype)
    size = odds.shape[1]
    opening, closing = np.zeros(size, odds.dtype), np.zeros(size, odds.dtype)
    opening[[0, *range(1, size, 4), *range(4, size, 4)]] = 1
    closing[[0, *range(3, size, 4), *range(4, size, 4)]] = 1
    ranges = [slice(start, start + count) for start, count in zip(packed.offsets, packed.counts, strict=True)]
    forward[ranges[0]] *= opening
    for position, rows in enumerate(ranges):
        now = forward[rows]
        if position:
            now *= forward[ranges[position - 1]][: len(now)] @ step
        scales[rows] = now.sum(axis=1)
        now /= scales[rows, None]
    # A sentence must end outside or at the end of a name: what is left of its mass makes the shares sum to one.
    last = packed.offsets[packed.lengths - 1] + np.arange(len(packed.lengths))
    backward[last] = closing / (forward[last] * closing).sum(axis=1, keepdims=True)
    back = np.ascontiguousarray(step.T)
    weight = odds / scales[:, None]
    for rows, following in zip(ranges[-2::-1], ranges[:0:-1], strict=True):
        after = backward[following]
        backward[rows][: len(after)] = (after * weight[following]) @ back
    return _Sums(odds, step, forward, backward, scales)


def _read_spans(sums: _Sums, packed: _Packed, least: float) -> Iterator[Span]:
    """Yield single characters, then follow every begin until too little of its mass is left."""
    odds, step, forward, backward, scales = sums
    size = odds.shape[1]
    single = forward[:, 4::4] * backward[:, 4::4]
    for at, number in zip(*np.nonzero(single >= least), strict=True):
        start = int(packed.places[at])
        yield Span(start, start + 1, int(number), float(single[at, number]))
    row, kind = np.nonzero(forward[:, 1:size:4] * backward[:, 1:size:4] >= least)
    label = 1 + 4 * kind
    begun, mass = packed.places[row], forward[row, label]
    position = np.searchsorted(packed.offsets, row, side="right") - 1
    for _ in range(_LONGEST):
        sentence = row - packed.offsets[position]
        kept = np.flatnonzero(position < packed.lengths[sentence] - 1)
        if not len(kept):
            return
        kind, begun, label, mass = kind[kept], begun[kept], label[kept], mass[kept]
        position = position[kept] + 1
        row = packed.offsets[position] + sentence[kept]
        last, within = 3 + 4 * kind, 2 + 4 * kind
        mass = mass / scales[row]
        reach = mass * odds[row, last] * step[label, last] * backward[row, last]
        for hit in np.flatnonzero(reach >= least):
            end = int(packed.places[row[hit]]) + 1
            yield Span(int(begun[hit]), end, int(kind[hit]), float(reach[hit]))
        mass = mass * odds[row, within] * step[label, within]
        label = within
        alive = np.flatnonzero(mass * backward[row, within] >= least)
        row, position, kind = row[alive], position[alive], kind[alive]
        begun, label, mass = begun[alive], label[alive], mass[alive]
