"""Examples laid side by side: sheets of few fixed sizes, because each size is compiled once."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.encoder import INNER_KINDS, number_hits
from kg.learn.gold import Example
from kg.learn.network import Batch

_LENGTHS = (48, 96, 192, 448)
_ROWS = 24
_FEWEST = 4


class Sheet(NamedTuple):
    """Examples padded to one length; rows that are not `real` repeat the first one to fill the sheet."""

    batch: Batch
    labels: npt.NDArray[np.int32]
    inner_labels: npt.NDArray[np.int32]
    inside: npt.NDArray[np.bool_]
    real: npt.NDArray[np.float32]


def make_sheets(examples: Sequence[Example], rng: np.random.Generator) -> list[Sheet]:
    """Deal the examples out to sheets in an order drawn anew; what is longer than a sheet is cut off."""
    by_length: dict[int, list[Example]] = defaultdict(list)
    for index in rng.permutation(len(examples)):
        size = len(examples[index].ids.character)
        by_length[next((length for length in _LENGTHS if length >= size), _LENGTHS[-1])].append(examples[index])
    sheets = []
    for length, group in sorted(by_length.items()):
        rows = max(_FEWEST, min(_ROWS, _ROWS * 96 // length, len(group)))
        sheets += [_make_sheet(group[first : first + rows], rows, length) for first in range(0, len(group), rows)]
    rng.shuffle(sheets)
    return sheets


def _make_sheet(group: Sequence[Example], rows: int, length: int) -> Sheet:
    columns = [np.zeros((rows, length), np.int32) for _ in Batch._fields]
    labels, inner_labels = np.zeros((rows, length), np.int32), np.zeros((rows, length), np.int32)
    inside = np.zeros((rows, length), bool)
    for row, example in enumerate([*group, *[group[0]] * (rows - len(group))]):
        size = min(length, len(example.ids.character))
        for column, field in zip(columns, dataclasses.fields(example.ids), strict=True):
            column[row, :size] = getattr(example.ids, field.name)[:size]
        end = min(length, example.start + example.length)
        inside[row, example.start : end] = True
        labels[row, example.start : end] = number_hits(example.length, example.names)[: end - example.start]
        inner = number_hits(example.length, example.inner, INNER_KINDS)
        inner_labels[row, example.start : end] = inner[: end - example.start]
    return Sheet(Batch(*columns), labels, inner_labels, inside, (np.arange(rows) < len(group)).astype(np.float32))
