"""Class words and phrases by the words that stand around them, from a corpus of reports.

Each word and phrase gets a vector of what stands one and two places before and after it (positive pointwise mutual
information with the commonest words, reduced by a randomised singular value decomposition: Levy and Goldberg 2014,
Halko et al. 2011). K-means on the vectors gives the fine classes; on their centres the middle ones; on theirs the
coarse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse  # type: ignore[import-untyped]  # scipy ships no types

from kg.learn.field.phrases import BREAK, Stream, find_phrases, key_runs, read_stream
from kg.tagger.classes import write_classes
from kg.tagger.lines import Ints

Floats = npt.NDArray[np.float32]

_GRAINS = ((1500, 10), (250, 30), (50, 30))
_LEAST_WORD, _LEAST_PHRASE, _LEAST_ENTROPY = 15, 25, 1.5
_CONTEXTS = 1500
_SMOOTHING = 0.75
_DIMENSIONS, _SPARE, _ROUNDS = 100, 20, 2
_SEED = 1
_SAMPLE = 30
_COPIED = 0.3


def learn_classes(path: Path, texts: Iterable[str]) -> None:
    """Learn the classes of the words and phrases of a corpus and write them for `kg.tagger`."""
    stream = read_stream(texts)
    count = np.bincount(stream.numbers[stream.numbers != BREAK], minlength=len(stream.words))
    common = np.argsort(-count, kind="stable")
    items = [common[: int((count >= _LEAST_WORD).sum())][:, None]]
    items += (phrases for phrases in find_phrases(stream, _LEAST_PHRASE, _LEAST_ENTROPY) if len(phrases))
    vectors = _reduce(_weigh(_count_contexts(stream, items, common[:_CONTEXTS])))
    phrases = [[stream.words[number] for number in row] for sized in items for row in sized.tolist()]
    write_classes(path, phrases, *_class_by_grain(vectors))


def leave_out(texts: Iterable[str], sources: Sequence[str]) -> Iterable[str]:
    """Yield the texts that are no copies of a source: a report must not be measured by what was learnt from it.

    >>> list(leave_out(["一" * 30 + "。二", "三" * 30], ["一" * 30 + "。三"]))
    ['三三三三三三三三三三三三三三三三三三三三三三三三三三三三三三']
    """
    known = {piece for source in sources for piece in _cut_pieces(source)}
    for text in texts:
        pieces = _cut_pieces(text)
        if sum(piece in known for piece in pieces) <= _COPIED * len(pieces):
            yield text


def _cut_pieces(text: str) -> list[str]:
    plain = "".join(text.split()).replace("*", "")
    return [piece[:_SAMPLE] for piece in plain.split("。") if len(piece) >= _SAMPLE]


def _count_contexts(stream: Stream, items: Sequence[Ints], contexts: Ints) -> scipy.sparse.csr_matrix:
    """Count, for each item, the contexts two and one before and one and two after; a sentence's end is one too."""
    numbers, width = stream.numbers, len(contexts) + 1
    column = np.full(len(stream.words) + 1, -1)
    column[contexts] = np.arange(len(contexts))
    column[BREAK] = len(contexts)
    context = column[numbers]
    total, row, cell, times = 0, [], [], []
    for sized in items:
        size = sized.shape[1]
        keys = key_runs(np.append(sized, np.full((len(sized), 1), BREAK), 1).ravel(), size)[:: size + 1]
        order = np.argsort(keys)
        runs = key_runs(numbers, size)
        found = order[np.minimum(np.searchsorted(keys[order], runs), len(keys) - 1)]
        at = np.nonzero(keys[found] == runs)[0]
        item = found[at] + total
        total += len(sized)
        for slot, (near, far) in enumerate(((-1, -1), (-1, -2), (size, size), (size, size + 1))):
            beside, beyond = (np.clip(at + by, 0, len(numbers) - 1) for by in (near, far))
            seen = np.where(numbers[beside] == BREAK, len(contexts), context[beyond])
            pair, count = np.unique(item[seen >= 0] * (4 * width) + slot * width + seen[seen >= 0], return_counts=True)
            row.append(pair // (4 * width))
            cell.append(pair % (4 * width))
            times.append(count)
    values = np.concatenate(times).astype(np.float32)
    return scipy.sparse.csr_matrix((values, (np.concatenate(row), np.concatenate(cell))), (total, 4 * width))


def _weigh(counts: scipy.sparse.csr_matrix) -> scipy.sparse.csr_matrix:
    """Return the positive pointwise mutual information of items and contexts."""
    by_item = np.asarray(counts.sum(1)).ravel()
    by_context = np.asarray(counts.sum(0)).ravel() ** _SMOOTHING
    cells = counts.tocoo()
    share = by_item[cells.row] * by_context[cells.col] / by_context.sum()
    weight = np.log(np.maximum(cells.data / share, 1)).astype(np.float32)
    weighed = scipy.sparse.csr_matrix((weight, (cells.row, cells.col)), counts.shape)
    weighed.eliminate_zeros()
    return weighed


def _reduce(matrix: scipy.sparse.csr_matrix) -> Floats:
    """Return rows of unit length that keep the matrix's largest singular directions."""
    random = np.random.default_rng(_SEED)
    image = matrix @ random.standard_normal((matrix.shape[1], _DIMENSIONS + _SPARE), np.float32)
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(image)
        image = matrix @ (matrix.T @ basis)
    basis, _ = np.linalg.qr(image)
    left, strength, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    vectors = (basis @ left)[:, :_DIMENSIONS] * np.sqrt(strength[:_DIMENSIONS])
    return _to_unit(vectors.astype(np.float32))


def _to_unit(vectors: Floats) -> Floats:
    unit: Floats = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + np.float32(1e-9))
    return unit


def _class_by_grain(vectors: Floats) -> list[list[int]]:
    """Return the fine class of each vector, from 1, and the middle and the coarse one of each fine class from 0."""
    grains: list[Ints] = []
    points = vectors
    for number, rounds in _GRAINS:
        member = _find_means(points, min(number, len(points)), rounds)
        grains.append(member + 1)
        points = _to_unit(_average(points, member, min(number, len(points))))
    fine, middle, coarse = grains
    return [fine.tolist(), [0, *middle.tolist()], [0, *coarse[middle - 1].tolist()]]


def _find_means(points: Floats, number: int, rounds: int) -> Ints:
    random = np.random.default_rng(_SEED)
    centres = points[random.choice(len(points), number, replace=False)]
    for _ in range(rounds):
        offset = (centres * centres).sum(1) / 2
        member = np.concatenate(
            [(points[i : i + 4096] @ centres.T - offset).argmax(1) for i in range(0, len(points), 4096)]
        )
        filled = np.bincount(member, minlength=number) > 0
        centres = np.where(filled[:, None], _average(points, member, number), centres)
    return member


def _average(points: Floats, member: Ints, number: int) -> Floats:
    total = scipy.sparse.csr_matrix(
        (np.ones(len(member), np.float32), (member, np.arange(len(member)))), (number, len(member))
    )
    mean: Floats = (total @ points) / np.maximum(np.bincount(member, minlength=number), 1)[:, None].astype(np.float32)
    return mean
