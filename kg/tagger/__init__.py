"""A statistical tagger of names: it proposes spans with a kind and the probability of being one.

A linear-chain conditional random field over characters (Lafferty, McCallum and Pereira 2001) with the features of
`kg.tagger.features`, trained by `kg.learn` on `data/gold/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse  # type: ignore[import-untyped]  # scipy ships no types

from kg.lexicon.name_patterns import NameHit
from kg.tagger.classes import WordClasses, load_classes
from kg.tagger.features import describe
from kg.tagger.keys import Keys, KeyTable
from kg.tagger.lines import lay_out
from kg.tagger.marginals import KINDS, find_candidates
from kg.tagger.model import Weights, read_weights


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span that may be a name: index of its sentence, offsets in the sentence, kind, probability."""

    sentence: int
    start: int
    end: int
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class Tagger:
    """Word classes and weights, ready to tag."""

    classes: WordClasses
    weights: Weights
    _table: KeyTable

    def propose(self, texts: Sequence[str], hits: Iterable[tuple[int, NameHit]], least: float = 0.05) -> list[Proposal]:
        """Return every span of the sentences whose probability is at least `least`; spans may overlap.

        `hits` are the lexicon's names, as pairs of sentence index and hit with offsets within that sentence. The
        sentences are tagged together, which is much faster than one by one and gives the same.
        """
        lines = lay_out(texts, hits, self.classes)
        scores = score_labels(describe(lines), self._table, self.weights.rows)
        found = find_candidates(scores, self.weights.steps, lines.start, lines.length, least)
        order = np.lexsort((found.kind, found.end, found.start, found.sentence))
        columns = (found.sentence, found.start, found.end, found.kind, found.probability)
        return [
            Proposal(sentence, start, end, KINDS[kind], probability)
            for sentence, start, end, kind, probability in zip(*(c[order].tolist() for c in columns), strict=True)
        ]


def score_labels(features: Keys, table: KeyTable, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return a row of label scores for each character: the sum of the weights of its known features."""
    found = np.stack([table.find(row) for row in features], 1)
    known = found >= 0
    ends = np.concatenate([np.zeros(1, np.int32), np.cumsum(known.sum(1), dtype=np.int32)])
    here = scipy.sparse.csr_matrix((np.ones(ends[-1], np.float32), found[known], ends), (len(known), len(rows)))
    return np.asarray(here @ rows, np.float64)


def make_tagger(classes: WordClasses, weights: Weights) -> Tagger:
    """Return a tagger of these weights."""
    return Tagger(classes, weights, KeyTable(weights.keys))


def load_tagger(folder: Path, fold: int | None = None) -> Tagger:
    """Read the tagger from `folder/tagger`; `fold` is the one that never saw the reports of that group.

    >>> from kg.resources import data_folder
    >>> tagger = load_tagger(data_folder())
    >>> [(p.start, p.end, p.kind) for p in tagger.propose(["开工建设国际铁路港二期工程。"], [], least=0.5)]
    [(4, 13, 'Project')]
    """
    model = "field.npz" if fold is None else f"field-{fold}.npz"
    return make_tagger(load_classes(folder / "tagger" / "classes.npz"), read_weights(folder / "tagger" / model))


def locate_hits(hits: Iterable[NameHit], bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[int, NameHit]]:
    """Yield each hit that lies in one of the ranges, with the range's index and offsets within it.

    Both are sorted by place. Hits across a bound are left out.

    >>> hit = NameHit(12, 14, "Place", "南宁", "divisions")
    >>> [(index, inside.start, inside.end) for index, inside in locate_hits([hit], [(0, 10), (10, 20)])]
    [(1, 2, 4)]
    """
    index = 0
    for hit in hits:
        while index < len(bounds) and bounds[index][1] <= hit.start:
            index += 1
        if index == len(bounds):
            return
        start, end = bounds[index]
        if start <= hit.start and hit.end <= end:
            yield index, replace(hit, start=hit.start - start, end=hit.end - start)


def choose_apart(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Keep the likeliest spans that do not overlap, sorted by place.

    >>> whole, part = Proposal(0, 0, 4, "Zone", 0.7), Proposal(0, 0, 2, "Place", 0.2)
    >>> [proposal.kind for proposal in choose_apart([part, whole])]
    ['Zone']
    """
    kept: dict[int, list[Proposal]] = {}
    for one in sorted(proposals, key=lambda p: (-p.probability, p.sentence, p.start, p.end, p.kind)):
        beside = kept.setdefault(one.sentence, [])
        if all(one.end <= other.start or other.end <= one.start for other in beside):
            beside.append(one)
    return sorted((one for beside in kept.values() for one in beside), key=lambda p: (p.sentence, p.start))
