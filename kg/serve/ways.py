"""The shortest way between two things over all facts of a store, in numpy: a store may hold a million of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ways:
    """Which things facts join, both ways: the neighbours of thing n are `ends[starts[n] : starts[n + 1]]`."""

    starts: Numbers
    ends: Numbers


def index_ways(pairs: Iterable[tuple[int, int]], count: int) -> Ways:
    """Return the ways over facts between things, given as pairs of their numbers, of `count` things."""
    rows = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    both = np.unique(np.concatenate([rows, rows[:, ::-1]]), axis=0)
    starts = np.searchsorted(both[:, 0], np.arange(count + 1))
    return Ways(starts.astype(np.int64), both[:, 1])


def find_way(ways: Ways, start: int, end: int, shunned: Iterable[int] = ()) -> list[int]:
    """Return the things of a shortest way from one thing to another, both among them; empty where there is none.

    A way that passes none of the `shunned`, the places that report, is better: they are next to everything.

    >>> ways = index_ways([(0, 1), (1, 2), (0, 3), (3, 4), (4, 2)], 6)
    >>> find_way(ways, 0, 2), find_way(ways, 0, 2, [1]), find_way(ways, 0, 5)
    ([0, 1, 2], [0, 3, 4, 2], [])
    """
    closed = np.array([number for number in shunned if number not in (start, end)], dtype=np.int64)
    return _search(ways, start, end, closed) or (_search(ways, start, end, closed[:0]) if len(closed) else [])


def _search(ways: Ways, start: int, end: int, closed: Numbers) -> list[int]:
    came = np.full(len(ways.starts) - 1, -1, dtype=np.int64)
    came[closed] = -2
    came[start] = start
    front = np.array([start], dtype=np.int64)
    while len(front) and came[end] < 0:
        sizes = ways.starts[front + 1] - ways.starts[front]
        origin = np.repeat(front, sizes)
        # The places in `ends` of all neighbours of the front, in one row.
        offsets = np.arange(len(origin)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        reached = ways.ends[ways.starts[origin] + offsets]
        fresh = came[reached] == -1
        front, first = np.unique(reached[fresh], return_index=True)
        came[front] = origin[fresh][first]
    if came[end] < 0:
        return []
    way = [end]
    while way[-1] != start:
        way.append(int(came[way[-1]]))
    return way[::-1]
