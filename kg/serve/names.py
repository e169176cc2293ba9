"""Finding things by name in a whole store: by the words of names, by pinyin and its initials, as one types.

All names stand in one row of characters; a query is led through all of them at once, letter by letter, by numpy. It
finds what the page's own search finds (search.mjs): a character takes itself or the beginning of one of its readings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# No reading is longer than zhuang.
_LONGEST = 6
_NOT_TYPED = re.compile(r"[\s'’·\-]")
_END = "\n"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of `count` things: `letters` are numbers of `alphabet`, and each name starts and belongs somewhere.

    `openings` tells which characters a beginning of a reading can mean. `own` marks a thing's own name among its
    others; `weights` are of the things, 0 to 1.
    """

    alphabet: Mapping[str, int]
    letters: npt.NDArray[np.uint16]
    starts: Numbers
    owners: Numbers
    own: Flags
    weights: npt.NDArray[np.float64]
    openings: Mapping[str, Numbers]
    signs: Flags


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, under one of its names, of which `span` was typed."""

    owner: int
    name: int
    span: tuple[int, int]


def index_names(names: Iterable[tuple[int, str, bool]], weights: Sequence[float], readings: Mapping[str, str]) -> Names:
    """Return the index of names: whose each is, the name, and whether it is the thing's own one."""
    rows = list(names)
    text = _END + "".join(_fold(name) + _END for _, name, _ in rows)
    alphabet = {letter: number for number, letter in enumerate(sorted(set(text)))}
    letters = np.array([alphabet[letter] for letter in text], dtype=np.uint16)
    ends = np.flatnonzero(letters == alphabet[_END])
    openings: dict[str, list[int]] = {}
    for letter, number in alphabet.items():
        if letter != _END:
            beginnings = {said[:size] for said in readings.get(letter, "").split() for size in range(1, len(said) + 1)}
            for beginning in sorted(beginnings | {letter}):
                openings.setdefault(beginning, []).append(number)
    return Names(
        alphabet,
        letters,
        ends[:-1] + 1,
        np.array([owner for owner, _, _ in rows], dtype=np.int64),
        np.array([own for _, _, own in rows], dtype=np.bool_),
        np.array(weights, dtype=np.float64),
        {beginning: np.array(numbers) for beginning, numbers in openings.items()},
        np.array([not letter.isalnum() and letter != _END for letter in alphabet]),
    )


def find_names(names: Names, query: str, most: int) -> tuple[Numbers, list[Hit]]:
    """Return the things whose names the query runs through, and the best of them, the best first.

    >>> names = index_names([(0, "南宁市", True), (0, "邕", False), (1, "横州", True)], [1, 0.5],
    ...     {"南": "nan", "宁": "ning", "市": "shi", "横": "heng", "州": "zhou"})
    >>> [find_names(names, query, 9)[1][0].owner for query in ("nann", "nns", "邕", "hengz")]
    [0, 0, 0, 1]
    >>> find_names(names, "nannings", 9)[1][0].span
    (0, 3)
    """
    wanted = _NOT_TYPED.sub("", _fold(query))
    start, end, literal = _walk(names, wanted)
    if not len(start):
        return start, []
    name = np.searchsorted(names.starts, start, side="right") - 1
    first = names.starts[name]
    size = np.append(names.starts[1:], len(names.letters))[name] - 1 - first
    owner = names.owners[name]
    # As in search.mjs: literal before pinyin, the whole name, its beginning, the own name, and then what weighs more.
    score = (
        4.0 * literal
        + 2.0 * ((start == first) & (end == first + size))
        + 1.5 * (start == first)
        + 0.5 * names.own[name]
        + names.weights[owner]
        + (end - start) / size
    )
    order = np.lexsort((name, owner, -score))
    found, best = np.unique(owner[order], return_index=True)
    chosen = order[np.sort(best)[:most]]
    spans = zip((start - first)[chosen].tolist(), (end - first)[chosen].tolist(), strict=True)
    return found, [
        Hit(o, n, span) for o, n, span in zip(owner[chosen].tolist(), name[chosen].tolist(), spans, strict=True)
    ]


def _walk(names: Names, wanted: str) -> tuple[Numbers, Numbers, Flags]:
    """Return where in the row the wanted letters begin and end, and whether they stand there as they are."""
    everywhere = np.arange(len(names.letters))
    reached: list[list[tuple[Numbers, Numbers, Flags]]] = [[] for _ in range(len(wanted) + 1)]
    reached[0].append((everywhere, everywhere, np.ones(len(everywhere), dtype=np.bool_)))
    for done in range(len(wanted)):
        begin, at, literal = _join(reached[done])
        if done:
            begin, at, literal = _pass_signs(names, begin, at, literal)
        for size in range(1, min(_LONGEST, len(wanted) - done) + 1):
            piece = wanted[done : done + size]
            if len(at) and piece in names.openings:
                takes = np.zeros(len(names.alphabet), dtype=np.bool_)
                takes[names.openings[piece]] = True
                fits = takes[names.letters[at]]
                itself = names.letters[at[fits]] == names.alphabet.get(piece, -1)
                reached[done + size].append((begin[fits], at[fits] + 1, literal[fits] & itself))
    begin, at, literal = _join(reached[-1])
    return (begin, at, literal) if wanted else (begin[:0], at[:0], literal[:0])


def _join(steps: Sequence[tuple[Numbers, Numbers, Flags]]) -> tuple[Numbers, Numbers, Flags]:
    if not steps:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    begin, at, literal = (np.concatenate(parts) for parts in zip(*steps, strict=True))
    return begin, at, literal


def _pass_signs(names: Names, begin: Numbers, at: Numbers, literal: Flags) -> tuple[Numbers, Numbers, Flags]:
    """Add the ways that go on behind a bracket or dash inside a name, which nobody types."""
    sign = names.signs[names.letters[at]]
    return (
        np.concatenate([begin, begin[sign]]),
        np.concatenate([at, at[sign] + 1]),
        np.concatenate([literal, literal[sign]]),
    )


def _fold(text: str) -> str:
    """Return a text in small letters, character by character, so that places in it stay."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
