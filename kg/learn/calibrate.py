"""Calibration: how often a span of some probability is right, measured on reports left out of training.

The log-odds of being right are taken as a line of the log-odds that the tagger gives (Platt 1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from kg.chain import Span
from kg.encoder import INNER_KINDS, KINDS, Encoder, emit, number_hits
from kg.learn.gold import Example
from kg.names import find_both

GROUPS = ("alone", "agreed", "inner")
"""Spans that the lexicon does not name, that it names too, and those within others."""

_SUREST = 0.9999


class Trial(NamedTuple):
    """A span that the tagger gave: its group, its probability, and whether an annotator gave it too."""

    group: str
    probability: float
    right: bool


def try_spans(encoder: Encoder, examples: Iterable[Example]) -> Iterator[Trial]:
    """Yield what the tagger gives in sentences that it was not trained on."""
    for example in examples:
        bounds = [(example.start, example.start + example.length)]
        spans, inner = find_both(encoder, emit(encoder, example.ids), bounds)
        names, within = set(example.names), set(example.names) | set(example.inner)
        for span in spans:
            group = "agreed" if _is_known(example, span) else "alone"
            yield Trial(group, span.probability, _place(example, span, KINDS[span.kind]) in names)
        for span in inner:
            yield Trial("inner", span.probability, _place(example, span, INNER_KINDS[span.kind]) in within)


def fit_line(trials: Iterable[Trial]) -> tuple[float, float]:
    """Return slope and shift of the line that makes the trials likeliest.

    >>> trials = [Trial("alone", p, n < 10 * p) for p in (0.2, 0.8) for n in range(10)]
    >>> slope, shift = fit_line(trials)
    >>> round(slope, 1), round(abs(shift), 1)
    (1.0, 0.0)
    """
    rows = list(trials)
    probability = np.minimum([trial.probability for trial in rows], _SUREST)
    odds = np.log(probability / (1 - probability))
    sign = np.where([trial.right for trial in rows], 1.0, -1.0)

    def loss(line: npt.NDArray[np.float64]) -> float:
        return float(np.logaddexp(0, -sign * (line[0] * odds + line[1])).mean())

    slope, shift = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(shift)


def _is_known(example: Example, span: Span) -> bool:
    length = span.end - span.start
    wanted = number_hits(length, [(0, length, KINDS[span.kind])])
    return bool((example.ids.name[span.start : span.end] == wanted).all())


def _place(example: Example, span: Span, kind: str) -> tuple[int, int, str]:
    return span.start - example.start, span.end - example.start, kind
