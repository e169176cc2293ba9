"""Train a linear-chain conditional random field by stochastic gradient with dropout of features.

Most features of a name are right about it alone, so the field would lean on the few that are surest in training (the
very characters of the name) and leave those unlearnt that serve on names never seen: undertraining (Sutton, Sindelar
and McCallum 2006). Dropping most features at random at every step (Hinton et al. 2012) makes each learn to do without
the others. Steps are AdaGrad's (Duchi et al. 2011) with an L1 penalty, so that most weights stay zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse  # type: ignore[import-untyped]  # scipy ships no types

from kg.tagger.keys import Keys, KeyTable
from kg.tagger.lines import Ints
from kg.tagger.marginals import INSIDE, LABELS, allowed_steps
from kg.tagger.model import Weights

Floats = npt.NDArray[np.float32]

_FLOOR = np.float32(1e-30)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. `seen` is how often a feature must occur; `smallest` is the least weight that is kept."""

    epochs: int = 6
    batch: int = 64
    rate: float = 0.05
    first_square: float = 1e-2
    penalty: float = 0.3
    dropout: float = 0.7
    seen: int = 2
    smallest: float = 0.02
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """Sentences to learn from: features as keys, a row a feature and a column a character; sentences; labels."""

    features: Keys
    start: Ints
    length: Ints
    labels: Ints


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some sentences of like length: their features, numbered within the batch, and their labels."""

    length: Ints
    columns: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    labels: Ints
    row: Ints
    at: Ints


def train_weights(sample: Sample, settings: Settings) -> Weights:
    """Learn the weights of all features that occur often enough; the same sample and settings give the same weights."""
    random = np.random.default_rng(settings.seed)
    used = np.concatenate([np.arange(s, s + n) for s, n in zip(sample.start, sample.length, strict=True)])
    keys, seen = np.unique(sample.features[:, used], return_counts=True)
    keys = keys[seen >= settings.seen]
    table = KeyTable(keys)
    order = np.argsort(sample.length + random.random(len(sample.length)) * 6, kind="stable")
    order = order[sample.length[order] > 0]
    batches = [_make_batch(sample, order[i : i + settings.batch], table) for i in range(0, len(order), settings.batch)]
    field = _Field(len(keys), batches, settings)
    for _ in range(settings.epochs):
        for number in random.permutation(len(batches)):
            field.learn(batches[number], random)
    rows = np.where(np.abs(field.rows) < settings.smallest, np.float32(0), field.rows)
    kept = rows.any(1)
    return Weights(keys[kept], rows[kept], field.steps.astype(np.float64))


def _make_batch(sample: Sample, members: Ints, table: KeyTable) -> _Batch:
    length = sample.length[members]
    row = np.repeat(np.arange(len(members)), length)
    at = np.concatenate([np.arange(n) for n in length])
    place = sample.start[members][row] + at
    found = table.find(sample.features[:, place].T.ravel()).reshape(len(place), -1)
    known = found >= 0
    columns, feature = np.unique(found[known], return_inverse=True)
    ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(known.sum(1))])
    return _Batch(length, columns, feature.astype(np.int32).ravel(), ends, sample.labels[place], row, at)


class _Field:
    """The weights while they are learnt, and the sums of squares that AdaGrad's steps shrink with."""

    def __init__(self, size: int, batches: list[_Batch], settings: Settings) -> None:
        self.settings = settings
        self.rows = np.zeros((size, LABELS), np.float32)
        self.squares = np.full((size, LABELS), settings.first_square, np.float32)
        self.steps = np.zeros((LABELS, LABELS), np.float32)
        self.step_squares = np.ones((LABELS, LABELS), np.float32)
        touched = np.zeros(size, np.float32)
        for batch in batches:
            touched[batch.columns] += 1
        self.penalty = settings.penalty / np.maximum(touched, 1)[:, None]

    def learn(self, batch: _Batch, random: np.random.Generator) -> None:
        """Take one step on one batch, without the features that chance drops."""
        dropout = self.settings.dropout
        kept = random.random(len(batch.feature), dtype=np.float32) >= dropout
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(kept)])[batch.ends]
        feature = batch.feature[kept]
        present = np.zeros(len(batch.columns), bool)
        present[feature] = True
        feature = (np.cumsum(present, dtype=np.int32) - 1)[feature]
        columns = batch.columns[present]
        ones = np.full(len(feature), 1 / (1 - dropout), np.float32)
        design = scipy.sparse.csr_matrix((ones, feature, ends), (len(batch.labels), len(columns)))
        rows = self.rows[columns]
        error, step_error = _find_error(batch, design @ rows, self.steps)
        gradient = design.T @ error
        squares = self.squares[columns] + gradient * gradient
        pace = np.float32(self.settings.rate) / np.sqrt(squares)
        rows -= pace * gradient
        self.rows[columns] = np.sign(rows) * np.maximum(np.abs(rows) - pace * self.penalty[columns], 0)
        self.squares[columns] = squares
        self.step_squares += step_error * step_error
        self.steps -= np.float32(self.settings.rate) * step_error / np.sqrt(self.step_squares)


def _find_error(batch: _Batch, scores: Floats, steps: Floats) -> tuple[Floats, Floats]:
    """Return expected less true counts: of labels at each character, and of label pairs."""
    longest = int(batch.length.max())
    here = np.ones((len(batch.length), longest, LABELS), np.float32)
    here[batch.row, batch.at] = np.exp(scores - scores.max(1, keepdims=True)) + _FLOOR
    weight = np.exp(steps) * allowed_steps().astype(np.float32)
    forward, backward, scale = _run(here, weight, batch.length)
    error = (forward * backward)[batch.row, batch.at]
    error[np.arange(len(error)), batch.labels] -= 1
    follows = np.arange(1, longest) < batch.length[:, None]
    ahead = (backward[:, 1:] * here[:, 1:] / scale[:, 1:, None])[follows]
    step_error = weight * (forward[:, :-1][follows].T @ ahead)
    second = np.nonzero(batch.at)[0]
    np.subtract.at(step_error, (batch.labels[second - 1], batch.labels[second]), 1)
    return error, step_error


def _run(here: Floats, weight: Floats, length: Ints) -> tuple[Floats, Floats, Floats]:
    """Return forward and backward scores and the scale of each step, all in single precision."""
    forward, backward = np.empty_like(here), np.ones_like(here)
    scale = np.empty(here.shape[:2], np.float32)
    now = here[:, 0] * ~np.isin(np.arange(LABELS), INSIDE)
    for at in range(here.shape[1]):
        if at:
            now = (forward[:, at - 1] @ weight) * here[:, at]
        scale[:, at] = now.sum(1)
        forward[:, at] = now / scale[:, at, None]
    back = np.ascontiguousarray(weight.T)
    for at in range(here.shape[1] - 2, -1, -1):
        ahead = (backward[:, at + 1] * here[:, at + 1]) @ back / scale[:, at + 1, None]
        backward[:, at] = np.where((at < length - 1)[:, None], ahead, np.float32(1))
    return forward, backward, scale
