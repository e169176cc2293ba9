"""The tagger's weights on disk: few and coarse, so that the file stays small.

A feature has one weight a label, most of them zero. The file keeps the keys in order as steps from one to the next,
for each the labels with a weight as bits, and the weights as bytes of a common scale.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import BadData
from kg.tagger.keys import Keys
from kg.tagger.marginals import LABELS

_BYTE = 127
_BITS = 1 << np.arange(LABELS, dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of label weights for each feature key, and the score of each label after each other."""

    keys: Keys
    rows: npt.NDArray[np.float32]
    steps: npt.NDArray[np.float64]


def write_weights(path: Path, weights: Weights) -> None:
    """Write weights rounded to bytes; the same weights give the same file."""
    scale = float(np.abs(weights.rows).max(initial=1e-6)) / _BYTE
    rounded = np.rint(weights.rows / scale).astype(np.int8)
    order = np.argsort(weights.keys, kind="stable")
    order = order[(rounded[order] != 0).any(1)]
    rounded = rounded[order]
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            gaps=np.diff(weights.keys[order], prepend=np.uint32(0)),
            labels=((rounded != 0) * _BITS).sum(1).astype(np.uint32),
            values=rounded[rounded != 0],
            scale=np.float32(scale),
            steps=weights.steps.astype(np.float32),
        )


def read_weights(path: Path) -> Weights:
    """Read what `write_weights` wrote; anything else is `BadData`."""
    try:
        with np.load(path) as file:
            has = (file["labels"][:, None] & _BITS) != 0
            rows = np.zeros(has.shape, np.float32)
            rows[has] = file["values"] * file["scale"]
            return Weights(np.cumsum(file["gaps"], dtype=np.uint32), rows, file["steps"].astype(np.float64))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadData(
            path, "whole file", f"is not a model of the tagger ({error}); run python -m kg.learn.field"
        ) from error
