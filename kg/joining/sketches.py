"""The shape of a text in a few numbers, by which near copies are known: a sketch of its five-character shingles.

A sketch holds the smallest hashes of a text's shingles (bottom-k sketch; Broder, "On the resemblance and containment of
documents", 1997): the share of the smallest of both that is in both estimates the Jaccard index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

_SHINGLE = 5
_SIZE = 256
_NOISE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Shape:
    """The text of one report in a few numbers: the report's key, the digest of its file, and the sketch."""

    report: str
    digest: str
    sketch: tuple[int, ...]


def sketch_text(text: str) -> tuple[int, ...]:
    """Return the sketch of a text, its characters other than letters and digits left out.

    >>> sketch_text("政府工作报告。") == sketch_text("政府 工作报告")
    True
    """
    plain = _NOISE.sub("", text)
    shingles = {plain[at : at + _SHINGLE] for at in range(max(1, len(plain) - _SHINGLE + 1))}
    return tuple(sorted({crc32(shingle.encode()) for shingle in shingles})[:_SIZE])


def compare_sketches(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the estimated share of the shingles of both texts that both have, from 0 to 1.

    >>> compare_sketches(sketch_text("全市地区生产总值增长百分之四"), sketch_text("全市地区生产总值增长百分之五")) > 0.6
    True
    """
    smallest = sorted({*one, *other})[:_SIZE]
    both = {*one} & {*other}
    return sum(value in both for value in smallest) / len(smallest) if smallest else 1.0
