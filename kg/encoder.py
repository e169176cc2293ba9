"""The statistical tagger of names: a small character network, run with numpy.

Each character is the sum of what is known of it: itself, its two bigrams, its word and the word's part of speech
(rjieba's, as evidence only), its place in the word, and the lexicon's name that it lies in. Four residual layers of
dilated convolutions (Yu and Koltun 2016; IDCNN for names, Strubell et al. 2017) look at its neighbours; a linear
layer scores BIES labels, which `kg.chain` turns into spans, and a second one those of names within names. It was
pre-trained on raw reports by guessing masked characters and then trained on the annotated sentences of `data/gold`
(see `kg.learn`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import rjieba

from kg.chain import Floats, Ints, allow
from kg.errors import BadData

KINDS = (
    "Place",
    "Zone",
    "Project",
    "Facility",
    "Corridor",
    "Programme",
    "Organization",
    "Event",
    "Honour",
    "Industry",
    "Product",
    "Person",
)
"""The kinds of names, in the order of the label numbers."""
INNER_KINDS = ("Place", "Zone", "Organization")
"""The kinds of names that stand within other names: the company of a project, the zone that a meeting names."""
DILATIONS = (1, 2, 4, 8)
_BLOCK = 2048
_HALO = sum(DILATIONS)
# The network reads full-width digits and spaces as their plain forms; lengths stay.
PLAIN = str.maketrans({**{chr(0xFF10 + n): str(n) for n in range(10)}, "\u3000": " ", "\t": " "})
MANY_CODE_POINTS = 0x20000
Hit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the network knows by number: 0 is unknown, 1 a mask for characters and words."""

    characters: Ints
    bigram_keys: npt.NDArray[np.uint64]
    bigram_ids: Ints
    words: Mapping[str, int]
    tags: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ids:
    """A text as numbers, one a character; `bigram` is that of the character and the next."""

    character: Ints
    bigram: Ints
    word: Ints
    tag: Ints
    place: Ints
    name: Ints


@dataclass(frozen=True, slots=True)
class Layer:
    """One residual layer: gain and bias before the activation, then three taps of a dilated convolution."""

    gain: Floats
    bias: Floats
    left: Floats
    middle: Floats
    right: Floats
    shift: Floats


class Scores(NamedTuple):
    """Label scores, a row a character: of names (1 + 4 × kinds), and of names within names (1 + 4 × inner kinds)."""

    names: Floats
    inner: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """The network with its input projection already multiplied into the tables."""

    vocabulary: Vocabulary
    character: Floats
    bigram_after: Floats
    bigram_before: Floats
    word: Floats
    tag_and_place: Floats
    name: Floats
    layers: tuple[Layer, ...]
    gain: Floats
    output: Floats
    output_bias: Floats
    transitions: Floats
    inner_transitions: Floats


def make_vocabulary(
    characters: Ints, bigrams: npt.NDArray[np.uint64], words: Iterable[str], tags: Iterable[str]
) -> Vocabulary:
    """Number the known characters (code points), bigrams (first << 32 | second), words and tags by their order."""
    table = np.zeros(MANY_CODE_POINTS, np.int64)
    table[characters] = np.arange(2, 2 + len(characters))
    order = np.argsort(bigrams)
    return Vocabulary(
        characters=table,
        bigram_keys=bigrams[order],
        bigram_ids=(order + 1).astype(np.int64),
        words={word: number for number, word in enumerate(words, 2)},
        tags={tag: number for number, tag in enumerate(tags, 1)},
    )


def encode_text(vocabulary: Vocabulary, text: str, hits: Iterable[Hit]) -> Ids:
    """Return the ids of a text; `hits` are the lexicon's names in it as (start, end, kind), apart from each other."""
    plain = text.translate(PLAIN)
    points = np.frombuffer(plain.encode("utf-32-le"), np.uint32)
    following = np.append(points[1:], ord("\n")).astype(np.uint64)
    keys = points.astype(np.uint64) << np.uint64(32) | following
    at = np.minimum(np.searchsorted(vocabulary.bigram_keys, keys), len(vocabulary.bigram_keys) - 1)
    tokens = rjieba.tag(plain)
    sizes = np.array([len(word) for word, _ in tokens], np.int64)
    starts = np.cumsum(sizes) - sizes
    offset = np.arange(len(points)) - np.repeat(starts, sizes)
    remaining = np.repeat(sizes, sizes) - 1 - offset
    place = np.where(offset == 0, np.where(remaining == 0, 3, 0), np.where(remaining == 0, 2, 1))
    return Ids(
        character=vocabulary.characters[np.minimum(points, MANY_CODE_POINTS - 1)],
        bigram=np.where(vocabulary.bigram_keys[at] == keys, vocabulary.bigram_ids[at], 0),
        word=np.repeat(np.array([vocabulary.words.get(word, 0) for word, _ in tokens], np.int64), sizes),
        tag=np.repeat(np.array([vocabulary.tags.get(tag, 0) for _, tag in tokens], np.int64), sizes),
        place=place,
        name=number_hits(len(points), hits),
    )


def number_hits(length: int, hits: Iterable[Hit], kinds: Sequence[str] = KINDS) -> Ints:
    """Return 0 outside names and `1 + 4k` to `4 + 4k` at begin, inside, end and single of kind `k`, a character each.

    >>> number_hits(4, [(0, 2, "Place"), (3, 4, "Zone")]).tolist()
    [1, 3, 0, 8]
    """
    numbers = np.zeros(length, np.int64)
    for start, end, kind in hits:
        first = 1 + 4 * kinds.index(kind)
        if end - start == 1:
            numbers[start] = first + 3
        else:
            numbers[start], numbers[end - 1] = first, first + 2
            numbers[start + 1 : end - 1] = first + 1
    return numbers


def emit(encoder: Encoder, ids: Ids) -> Scores:
    """Return the label scores of a text, each character seen with its neighbours."""
    count = len(ids.character)
    pieces = [_emit_block(encoder, ids, first, min(first + _BLOCK, count)) for first in range(0, count, _BLOCK)]
    scores = np.concatenate(pieces) if pieces else np.zeros((0, len(encoder.output_bias)), np.float32)
    labels = len(encoder.transitions)
    return Scores(scores[:, :labels], scores[:, labels:])


def _emit_block(encoder: Encoder, ids: Ids, first: int, end: int) -> Floats:
    low, high = max(0, first - _HALO), min(len(ids.character), end + _HALO)
    part = slice(low, high)
    state = encoder.character[ids.character[part]]
    state += encoder.bigram_after[ids.bigram[part]]
    state += encoder.word[ids.word[part]]
    state += encoder.tag_and_place[ids.tag[part] * 4 + ids.place[part]]
    state += encoder.name[ids.name[part]]
    if low:
        state += encoder.bigram_before[ids.bigram[low - 1 : high - 1]]
    else:
        state[1:] += encoder.bigram_before[ids.bigram[: high - 1]]
    for layer, dilation in zip(encoder.layers, DILATIONS, strict=True):
        active = _normalise(state, layer.gain)
        active += layer.bias
        np.maximum(active, 0, out=active)
        state += active @ layer.middle
        state += layer.shift
        state[dilation:] += active[:-dilation] @ layer.left
        state[:-dilation] += active[dilation:] @ layer.right
    inner = _normalise(state[first - low : end - low], encoder.gain)
    scores: Floats = inner @ encoder.output + encoder.output_bias
    return scores


def _normalise(state: Floats, gain: Floats) -> Floats:
    """Divide by the root mean square (RMSNorm, Zhang and Sennrich 2019)."""
    scale = 1 / np.sqrt(np.einsum("ij,ij->i", state, state) / state.shape[1] + 1e-5)
    normal: Floats = state * gain * scale[:, None]
    return normal


def load_encoder(folder: Path, fold: int | None = None) -> Encoder:
    """Read `tagger/encoder.npz` in the data folder; `fold` is the one that never saw the reports of that group.

    A fold's file holds only what its training changed; the rest is shared with the published model.
    """
    path = folder / "tagger" / "encoder.npz"
    try:
        arrays = _read_arrays(path)
        if fold is not None:
            path = folder / "tagger" / f"fold-{fold}.npz"
            arrays |= _read_arrays(path)
        return make_encoder(arrays)
    except (OSError, KeyError, ValueError) as error:
        raise BadData(path, "whole file", f"is not a tagger's model: {error}") from error


def _read_arrays(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def make_encoder(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Encoder:
    """Make the network of its stored arrays; large tables are whole numbers with one scale a row."""

    def table(name: str) -> Floats:
        values = arrays[name].astype(np.float32)
        scales = arrays.get(f"{name}_scale")
        return values if scales is None else values * scales.astype(np.float32)[:, None]

    character, bigram, word, tag, place = (table(name) for name in ("c", "b", "w", "t", "m"))
    widths = [part.shape[1] for part in (character, bigram, bigram, word, tag, place)]
    into = np.split(table("Wi"), np.cumsum(widths)[:-1])
    tags = (tag @ into[4])[:, None] + (place @ into[5])[None]
    depth = sum(name.startswith("a") and name[1:].isdigit() for name in arrays)
    return Encoder(
        vocabulary=make_vocabulary(
            arrays["chars"].astype(np.int64),
            arrays["bigrams"].astype(np.uint64),
            arrays["words"].astype(np.uint8).tobytes().decode().split("\n"),
            arrays["tags"].astype(np.uint8).tobytes().decode().split("\n"),
        ),
        character=character @ into[0] + table("bi"),
        bigram_after=bigram @ into[1],
        bigram_before=bigram @ into[2],
        word=word @ into[3],
        tag_and_place=tags.reshape(-1, tags.shape[2]),
        name=table("x"),
        layers=tuple(_make_layer(table, n) for n in range(depth)),
        gain=table("go"),
        output=np.concatenate([table("Wo"), table("Wn")], axis=1),
        output_bias=np.concatenate([table("bo"), table("bn")]),
        transitions=table("A") + allow(len(KINDS)),
        inner_transitions=table("An") + allow(len(INNER_KINDS)),
    )


def _make_layer(table: Callable[[str], Floats], number: int) -> Layer:
    left, middle, right = (np.ascontiguousarray(tap) for tap in np.split(table(f"W{number}"), 3))
    return Layer(table(f"g{number}"), table(f"a{number}"), left, middle, right, table(f"b{number}"))
