"""Words and phrases classed by the words that stand around them in thousands of reports.

`data/tagger/classes.npz` is made by `python -m kg.learn.field classes`, which tells how. Words of one class take the
same places in sentences (`经开区`, `高新区`, `农业科技园区`), so that what was learned of one serves all.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.errors import BadData
from kg.tagger.keys import Keys, mix

LONGEST = 6
"""Words of the longest phrase."""


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Classes of words and phrases in three grains, numbered from 1; 0 is a word without one.

    A word stands here as a number (`code_word`), a phrase as those of its words mixed. `keys` has the sorted keys of
    the phrases of one word, of two words, and so on, `fine` their classes; `middle` and `coarse` class the fine ones.
    """

    keys: tuple[Keys, ...]
    fine: tuple[Keys, ...]
    middle: Keys
    coarse: Keys

    def of_words(self, words: Keys) -> tuple[Keys, Keys, Keys]:
        """Return the fine, middle and coarse classes of words."""
        return self._in_grains(self._find(1, words))

    def find_phrases(
        self, words: Keys, long_enough: npt.NDArray[np.bool_]
    ) -> tuple[list[int], list[int], tuple[Keys, Keys, Keys]]:
        """Return the phrases among words: index of the first word and after the last, and the classes.

        They do not overlap; from the left, the longest wins. A word alone is a phrase where it is `long_enough`.
        """
        best = np.where(long_enough, self._find(1, words), np.uint32(0))
        reach = (best > 0).astype(np.int64)
        for size in range(2, min(LONGEST, len(words)) + 1):
            found = self._find(size, mix(0, *(words[k : len(words) - size + 1 + k] for k in range(size))))
            hit = np.nonzero(found)[0]
            best[hit], reach[hit] = found[hit], size
        first: list[int] = []
        free = 0
        reaches = reach.tolist()
        for at in np.nonzero(reach)[0].tolist():
            if at >= free:
                first.append(at)
                free = at + reaches[at]
        return first, [at + reaches[at] for at in first], self._in_grains(best[first])

    def _find(self, size: int, keys: Keys) -> Keys:
        known = self.keys[size - 1]
        if not len(known):
            return np.zeros(len(keys), np.uint32)
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[at] == keys, self.fine[size - 1][at], np.uint32(0))

    def _in_grains(self, fine: Keys) -> tuple[Keys, Keys, Keys]:
        return fine, self.middle[fine], self.coarse[fine]


def code_word(word: str) -> int:
    """Return the number of a word; all numerals in digits are one word.

    >>> code_word("2024") == code_word("7")
    True
    """
    return crc32(b"0" if word.isdigit() else word.encode())


def write_classes(path: Path, phrases: Sequence[Sequence[str]], fine: Sequence[int], *coarser: Sequence[int]) -> None:
    """Write the fine class of each phrase (of words), and the middle and the coarse class of each fine one from 0."""
    sizes = np.array([len(phrase) for phrase in phrases])
    arrays: dict[str, Any] = {}
    for size in range(1, LONGEST + 1):
        members = np.nonzero(sizes == size)[0].tolist()
        coded = np.array([[code_word(word) for word in phrases[i]] for i in members], np.uint32).reshape(-1, size)
        keys = coded[:, 0] if size == 1 else mix(0, *coded.T)
        order = np.argsort(keys, kind="stable")
        arrays[f"gaps{size}"] = np.diff(keys[order], prepend=np.uint32(0))
        arrays[f"fine{size}"] = np.array([fine[i] for i in members], np.uint16)[order]
    middle, coarse = (np.array(column, np.uint16) for column in coarser)
    np.savez_compressed(path, middle=middle, coarse=coarse, **arrays)


def load_classes(path: Path) -> WordClasses:
    """Read what `write_classes` wrote; anything else is `BadData`."""
    try:
        with np.load(path) as file:
            sizes = range(1, LONGEST + 1)
            return WordClasses(
                keys=tuple(np.cumsum(file[f"gaps{size}"], dtype=np.uint32) for size in sizes),
                fine=tuple(file[f"fine{size}"].astype(np.uint32) for size in sizes),
                middle=file["middle"].astype(np.uint32),
                coarse=file["coarse"].astype(np.uint32),
            )
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadData(path, "whole file", f"is no table of classes ({error}); run python -m kg.learn.field") from error
