"""Span probabilities against the sum over every labelling of a short sentence."""

from collections import defaultdict
from itertools import pairwise, product

import numpy as np
import pytest

from kg.chain import allow, find_spans


def enumerate_spans(scores: np.ndarray, transitions: np.ndarray, kinds: int) -> dict[tuple[int, int, int], float]:
    """Return the probability of every span by brute force."""
    length, size = scores.shape
    weights: dict[tuple[int, int, int], float] = defaultdict(float)
    total = 0.0
    for labels in product(range(size), repeat=length):
        ends_well = labels[0] % 4 in (0, 1) and (labels[-1] == 0 or labels[-1] % 4 in (0, 3))
        score = sum(scores[i, label] for i, label in enumerate(labels))
        score += sum(transitions[a, b] for a, b in pairwise(labels))
        if not ends_well or score < -1000:
            continue
        weight = float(np.exp(score))
        total += weight
        start = 0
        for i, label in enumerate(labels):
            if label and label % 4 == 1:
                start = i
            if label and label % 4 == 0:
                weights[i, i + 1, (label - 1) // 4] += weight
            elif label % 4 == 3:
                weights[start, i + 1, (label - 1) // 4] += weight
    return {span: weight / total for span, weight in weights.items()}


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_are_exact(seed: int) -> None:
    random = np.random.default_rng(seed)
    kinds = 2
    scores = random.normal(0, 1.5, (9, 1 + 4 * kinds)).astype(np.float32)
    transitions = allow(kinds) + random.normal(0, 0.5, (9, 9)).astype(np.float32)
    bounds = [(0, 4), (4, 6), (6, 9)]
    found = {(s.start, s.end, s.kind): s.probability for s in find_spans(scores, transitions, bounds, 1e-6)}
    for start, end in bounds:
        for (left, right, kind), probability in enumerate_spans(scores[start:end], transitions, kinds).items():
            assert found.pop((start + left, start + right, kind), 0.0) == pytest.approx(probability, abs=1e-4)
    assert all(probability < 1e-4 for probability in found.values())


def test_an_empty_sentence_has_no_spans() -> None:
    assert find_spans(np.zeros((0, 5), np.float32), allow(1), [(0, 0)], 0.1) == []
