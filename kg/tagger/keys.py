"""Features as numbers: what stood where, mixed into 32 bits, so that looking up needs no strings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint32]

_FIRST = np.uint32(0x9E3779B1)
_LAST = np.uint32(0x85EBCA77)
_HALF = np.uint64(32)


def mix(seed: int | Keys, *values: Keys) -> Keys:
    """Mix arrays of values into one array of keys, in the manner of MurmurHash; the order of the values counts.

    >>> one, two = np.array([1], np.uint32), np.array([2], np.uint32)
    >>> bool((mix(0, one, two) == mix(0, two, one))[0])
    False
    """
    key: Keys = np.asarray(seed, np.uint32) ^ values[0]
    for value in (*values[1:], None):
        key = key * _FIRST
        key ^= key >> np.uint32(15)
        if value is not None:
            key ^= value
    key *= _LAST
    key ^= key >> np.uint32(13)
    return key


class KeyTable:
    """Numbers of known keys, found by open addressing: a row for each key, -1 for a key that is not there.

    >>> KeyTable(np.array([7, 9], np.uint32)).find(np.array([9, 8], np.uint32)).tolist()
    [1, -1]
    """

    def __init__(self, keys: Keys) -> None:
        bits = max(4, len(keys).bit_length() + 3)
        self._shift = np.uint32(32 - bits)
        self._last = np.uint32((1 << bits) - 1)
        rows = np.full(1 << bits, -1, np.int32)
        left, slot = np.arange(len(keys), dtype=np.int32), keys >> self._shift
        while len(left):
            free = rows[slot] < 0
            rows[slot[free]] = left[free]
            placed = rows[slot] == left
            left, slot = left[~placed], (slot[~placed] + np.uint32(1)) & self._last
        used = np.nonzero(rows >= 0)[0]
        self._slots = np.zeros(1 << bits, np.uint64)
        self._slots[used] = keys[rows[used]].astype(np.uint64) << _HALF | rows[used].astype(np.uint64)

    def find(self, keys: Keys) -> npt.NDArray[np.int32]:
        """Return the row of each key, or -1; no key is 0."""
        slot = keys >> self._shift
        there = self._slots[slot]
        found: npt.NDArray[np.int32] = there.astype(np.uint32).view(np.int32)
        other = (there >> _HALF).astype(np.uint32) != keys
        found[other] = -1
        left = np.nonzero(other & (there > 0))[0]
        slot = slot[left]
        while len(left):
            slot = (slot + np.uint32(1)) & self._last
            there = self._slots[slot]
            same = (there >> _HALF).astype(np.uint32) == keys[left]
            found[left[same]] = there[same].astype(np.uint32).view(np.int32)
            more = ~same & (there > 0)
            left, slot = left[more], slot[more]
        return found
