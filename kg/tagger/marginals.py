"""Probabilities of names under a linear-chain conditional random field, for all sentences of a report at once.

Forward and backward scores are rescaled at every step, so that only ratios are kept (Rabiner 1989). The probability
of a span is the share of the label sequences that begin it, go on inside it and end it there (Culotta and McCallum
2004, "Confidence estimation for information extraction").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.spans import MARKS

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

KINDS = tuple(MARKS)
OUTSIDE = 0
BEGIN = np.arange(1, 2 * len(KINDS), 2)
INSIDE = BEGIN + 1
LABELS = 1 + 2 * len(KINDS)
"""Label 0 is outside every name; kind `k` of `KINDS` begins with label `1 + 2k` and goes on with `2 + 2k`."""

_FLOOR = 1e-30
_LONGEST = 60
_CELLS = 1 << 14


@dataclass(frozen=True, slots=True)
class Candidates:
    """Spans that may be names: sentence, offsets in it, index of the kind, probability. One entry each, unsorted."""

    sentence: Ints
    start: Ints
    end: Ints
    kind: Ints
    probability: Reals


def allowed_steps() -> npt.NDArray[np.bool_]:
    """Return which label may follow which: a name goes on only after its own begin or inside.

    >>> allowed_steps()[OUTSIDE, INSIDE[0]], allowed_steps()[BEGIN[0], INSIDE[0]]
    (np.False_, np.True_)
    """
    allowed = np.ones((LABELS, LABELS), bool)
    allowed[:, INSIDE] = False
    allowed[BEGIN, INSIDE] = True
    allowed[INSIDE, INSIDE] = True
    return allowed


def find_candidates(scores: Reals, steps: Reals, start: Ints, length: Ints, least: float) -> Candidates:
    """Return all spans whose probability is at least `least`.

    `scores` has a row of label scores for each character, `steps` the score of each label after each other;
    sentences lie at `start`, `length` long.
    """
    parts = [_Batch(scores, steps, start, length, batch).spans(least) for batch in _batches(length)]
    joined = (np.concatenate([getattr(part, name) for part in parts]) for name in Candidates.__slots__)
    return Candidates(*joined) if parts else Candidates(*(np.zeros(0, np.int64),) * 4, np.zeros(0))


def _batches(length: Ints) -> Iterator[Ints]:
    """Yield groups of sentences of like length, none of them so large that its padded arrays grow heavy."""
    order = np.argsort(length, kind="stable")
    order = order[length[order] > 0]
    while len(order):
        size = max(1, int(_CELLS // length[order[-1]]))
        yield order[-size:]
        order = order[:-size]


class _Batch:
    """Forward and backward scores of some sentences, padded to the longest; the first axis is the character."""

    def __init__(self, scores: Reals, steps: Reals, start: Ints, length: Ints, members: Ints) -> None:
        self.members, self.length = members, length[members]
        longest = int(self.length.max())
        here = scores[start[members] + np.minimum(np.arange(longest)[:, None], self.length - 1)]
        here -= here.max(2, keepdims=True)
        self.here = np.exp(here, out=here)
        self.here += _FLOOR
        self.steps = np.exp(steps) * allowed_steps()
        self._go_forward()
        self._go_backward()

    def _go_forward(self) -> None:
        self.forward = np.empty_like(self.here)
        self.scale = np.empty(self.here.shape[:2])
        now = self.here[0] * ~np.isin(np.arange(LABELS), INSIDE)
        for at in range(len(self.here)):
            if at:
                now = np.matmul(self.forward[at - 1], self.steps) * self.here[at]
            self.scale[at] = now.sum(1)
            np.divide(now, self.scale[at][:, None], out=self.forward[at])

    def _go_backward(self) -> None:
        self.backward = np.ones_like(self.here)
        back = np.ascontiguousarray(self.steps.T)
        for at in range(len(self.here) - 2, -1, -1):
            ahead = self.backward[at + 1] * self.here[at + 1]
            ahead /= self.scale[at + 1][:, None]
            inner = at < self.length - 1
            np.matmul(ahead, back, out=self.backward[at])
            self.backward[at][~inner] = 1.0

    def spans(self, least: float) -> Candidates:
        """Grow a span from every likely begin for as long as it stays likely."""
        begins = self.forward[:, :, BEGIN] * self.backward[:, :, BEGIN]
        begins[np.arange(len(begins))[:, None] >= self.length] = 0
        start, row, kind = np.nonzero(begins >= least)
        found: list[tuple[npt.NDArray[Any], ...]] = []
        at, label, mass = start, BEGIN[kind], self.forward[start, row, BEGIN[kind]]
        for _ in range(_LONGEST):
            if not len(row):
                break
            last = at == self.length[row] - 1
            then = np.minimum(at + 1, len(self.here) - 1)
            onward = self.steps[label] * self.here[then, row] / self.scale[then, row][:, None]
            going_on = onward[np.arange(len(row)), INSIDE[kind]]
            weight = onward * self.backward[then, row]
            ending = weight.sum(1) - weight[np.arange(len(row)), INSIDE[kind]]
            probability = mass * np.where(last, 1.0, ending)
            likely = probability >= least
            ended = (self.members[row], start, at + 1, kind, probability)
            found.append(tuple(values[likely] for values in ended))
            mass = mass * going_on
            stay = ~last & (mass * self.backward[then, row, INSIDE[kind]] >= least)
            row, start, kind, at, mass = row[stay], start[stay], kind[stay], then[stay], mass[stay]
            label = INSIDE[kind]
        if not found:
            return Candidates(*(np.zeros(0, np.int64),) * 4, np.zeros(0))
        sentence, starts, ends, kinds, probabilities = (np.concatenate(column) for column in zip(*found, strict=True))
        return Candidates(sentence, starts, ends, kinds, probabilities)
