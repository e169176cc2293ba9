"""A linear chain over BIES labels: the probability of every span, from emissions and transitions.

Labels are 0 for outside, then for each class four: begin, inside, end, single. Forward and backward sums run over
batches of sentences of similar length, in probability space with one scale a position (Rabiner 1989). The
probability of a span is exact: the sum over all labellings of its sentence that hold just that span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_BATCH = 64
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
    order = sorted((end - start, start) for start, end in bounds if end > start)
    found: list[Span] = []
    for first in range(0, len(order), _BATCH):
        batch = order[first : first + _BATCH]
        lengths = np.array([length for length, _ in batch])
        starts = np.array([start for _, start in batch])
        found += _spans_of_batch(emissions, transitions, starts, lengths, least)
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


def _spans_of_batch(
    emissions: Floats, transitions: Floats, starts: Ints, lengths: Ints, least: float
) -> Iterator[Span]:
    longest = int(lengths.max())
    places = starts[:, None] + np.minimum(np.arange(longest), lengths[:, None] - 1)
    scores = emissions[places]
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    step = np.exp(transitions)
    forward, scales = _sum_forward(odds, step)
    backward = _sum_backward(odds, step, forward, scales, lengths)
    labels = np.arange(emissions.shape[1])
    begins, singles = labels[1::4], labels[4::4]
    inside = (np.arange(longest) < lengths[:, None])[:, :, None]
    share = forward * backward * inside
    for row, at, kind in zip(*np.nonzero(share[:, :, singles] >= least), strict=True):
        start = int(starts[row] + at)
        yield Span(start, start + 1, int(kind), float(share[row, at, singles[kind]]))
    rows, at, kinds = np.nonzero(share[:, :, begins] >= least)
    begun, label = at, begins[kinds]
    mass = forward[rows, at, label]
    for _ in range(_LONGEST):
        kept = np.flatnonzero(at < lengths[rows] - 1)
        if not len(kept):
            return
        rows, kinds, begun, label, mass = rows[kept], kinds[kept], begun[kept], label[kept], mass[kept]
        at = at[kept] + 1
        last, within = 3 + 4 * kinds, 2 + 4 * kinds
        reach = mass * odds[rows, at, last] * step[label, last] * backward[rows, at, last] / scales[rows, at]
        for hit in np.flatnonzero(reach >= least):
            offset = starts[rows[hit]]
            yield Span(int(offset + begun[hit]), int(offset + at[hit]) + 1, int(kinds[hit]), float(reach[hit]))
        mass = mass * odds[rows, at, within] * step[label, within] / scales[rows, at]
        label = within
        alive = np.flatnonzero(mass * backward[rows, at, within] >= least)
        rows, at, kinds, begun = rows[alive], at[alive], kinds[alive], begun[alive]
        label, mass = label[alive], mass[alive]


def _sum_forward(odds: Floats, step: Floats) -> tuple[Floats, Floats]:
    count, longest, size = odds.shape
    forward = np.empty_like(odds)
    scales = np.empty((count, longest), odds.dtype)
    opening = np.zeros(size, odds.dtype)
    opening[[0, *range(1, size, 4), *range(4, size, 4)]] = 1
    now = odds[:, 0] * opening
    for at in range(longest):
        if at:
            now = (forward[:, at - 1] @ step) * odds[:, at]
        scales[:, at] = now.sum(axis=1)
        forward[:, at] = now / scales[:, at, None]
    return forward, scales


def _sum_backward(odds: Floats, step: Floats, forward: Floats, scales: Floats, lengths: Ints) -> Floats:
    count, longest, size = odds.shape
    closing = np.zeros(size, odds.dtype)
    closing[[0, *range(3, size, 4), *range(4, size, 4)]] = 1
    # A sentence must end outside or at the end of a name: what is left of its mass makes the shares sum to one.
    whole = (forward[np.arange(count), lengths - 1] * closing).sum(axis=1, keepdims=True)
    end = closing / whole
    backward = np.empty_like(odds)
    back = np.ascontiguousarray(step.T)
    backward[:, longest - 1] = end
    for at in range(longest - 2, -1, -1):
        before = (backward[:, at + 1] * odds[:, at + 1] / scales[:, at + 1, None]) @ back
        backward[:, at] = np.where((at < lengths - 1)[:, None], before, end)
    return backward
