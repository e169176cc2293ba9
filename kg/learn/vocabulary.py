"""What the network knows by number, counted in raw reports, and those reports as one long row of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import rjieba

from kg.encoder import MANY_CODE_POINTS, PLAIN, Vocabulary, encode_text, make_vocabulary
from kg.learn.mine import read_corpus
from kg.lexicon.structure import load_structure
from kg.readers import clean_text

Item = TypeVar("Item", int, str)
# Reports before this year speak another language of government.
_FIRST_YEAR = 2008


class Stream(NamedTuple):
    """Reports one behind the other as ids, one a character; the lexicon's names are not among them."""

    character: npt.NDArray[np.uint16]
    bigram: npt.NDArray[np.uint16]
    word: npt.NDArray[np.uint16]
    tag: npt.NDArray[np.uint8]
    place: npt.NDArray[np.uint8]


class Least(NamedTuple):
    """How often something must occur to have a number, and how many bigrams and words have one at most."""

    characters: int = 40
    bigrams: int = 20
    words: int = 10
    most_bigrams: int = 32_000
    most_words: int = 30_000


LEAST = Least()


@dataclass(frozen=True, slots=True)
class Known:
    """Code points, bigrams (first << 32 | second), words of two characters and more, and tags, by falling frequency."""

    characters: npt.NDArray[np.uint32]
    bigrams: npt.NDArray[np.uint64]
    words: tuple[str, ...]
    tags: tuple[str, ...]

    def number(self) -> Vocabulary:
        """Return the vocabulary that `kg.encoder` reads with."""
        return make_vocabulary(self.characters.astype(np.int64), self.bigrams, self.words, self.tags)

    def to_arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return the arrays under which the model file keeps it."""
        return {
            "chars": self.characters,
            "bigrams": self.bigrams,
            "words": np.frombuffer("\n".join(self.words).encode(), np.uint8),
            "tags": np.frombuffer("\n".join(self.tags).encode(), np.uint8),
        }


def read_known(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Known:
    """Return what `to_arrays` wrote."""
    return Known(
        characters=arrays["chars"].astype(np.uint32),
        bigrams=arrays["bigrams"].astype(np.uint64),
        words=tuple(arrays["words"].tobytes().decode().split("\n")),
        tags=tuple(arrays["tags"].tobytes().decode().split("\n")),
    )


def read_texts(reports: Path, leave_out: frozenset[tuple[str, int | None]], data: Path) -> Iterator[str]:
    """Yield the published texts of a corpus (see `kg.learn.mine`), cleaned as `data/structure.toml` says."""
    cleanings = [(cleaning.pattern, cleaning.to) for cleaning in load_structure(data).cleanings]
    for report in read_corpus(reports, leave_out, lambda raw: clean_text(raw, cleanings)[0]):
        if report.year >= _FIRST_YEAR:
            yield report.text


def count_known(texts: Iterable[str], least: Least = LEAST) -> Known:
    """Count what is frequent in texts, read as `kg.encoder.encode_text` reads them.

    >>> known = count_known(["加快发展。加快。"], Least(2, 2, 2))
    >>> [chr(point) for point in known.characters], known.words
    (['。', '加', '快'], ('加快',))
    """
    characters, bigrams = Counter[int](), Counter[int]()
    words, tags = Counter[str](), Counter[str]()
    for text in texts:
        plain = text.translate(PLAIN)
        points = np.frombuffer(plain.encode("utf-32-le"), np.uint32)
        _add(characters, points[points < MANY_CODE_POINTS])
        _add(bigrams, points[:-1].astype(np.uint64) << np.uint64(32) | points[1:])
        for word, tag in rjieba.tag(plain):
            words[word] += 1
            tags[tag] += 1
    return Known(
        characters=np.array(_frequent(characters, least.characters), np.uint32),
        bigrams=np.array(_frequent(bigrams, least.bigrams)[: least.most_bigrams], np.uint64),
        words=tuple([word for word in _frequent(words, least.words) if len(word) > 1][: least.most_words]),
        tags=tuple(sorted(tags)),
    )


def _add(counter: Counter[int], values: npt.NDArray[np.unsignedinteger]) -> None:
    found, counts = np.unique(values, return_counts=True)
    counter.update(dict(zip(found.tolist(), counts.tolist(), strict=True)))


def _frequent(counter: Counter[Item], least: int) -> list[Item]:
    kept = [(-count, item) for item, count in counter.items() if count >= least]
    return [item for _, item in sorted(kept)]


def encode_texts(texts: Iterable[str], known: Known) -> Stream:
    """Return the texts as one row of ids."""
    vocabulary = known.number()
    parts: list[Stream] = []
    for text in texts:
        ids = encode_text(vocabulary, text, ())
        parts.append(
            Stream(
                ids.character.astype(np.uint16),
                ids.bigram.astype(np.uint16),
                ids.word.astype(np.uint16),
                ids.tag.astype(np.uint8),
                ids.place.astype(np.uint8),
            )
        )
    return Stream(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
