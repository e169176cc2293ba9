"""Networks as files: the same numbers give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

from kg.learn.finetune import FROZEN
from kg.learn.network import Params, Sizes
from kg.learn.vocabulary import Known, read_known

Arrays = dict[str, npt.NDArray[np.generic]]

_VOCABULARY = ("chars", "bigrams", "words", "tags")
_BYTES = ("c", "b", "w")
_LARGEST = 127


def pack_encoder(params: Params, known: Known) -> Arrays:
    """Return the arrays of the published model, which `kg.encoder.make_encoder` reads.

    The large tables become bytes with one scale a row, the rest half-precision numbers.
    """
    arrays: Arrays = known.to_arrays()
    for name in sorted(params):
        value = np.asarray(params[name], np.float32)
        if name in _BYTES:
            arrays[name], arrays[f"{name}_scale"] = round_rows(value)
        else:
            arrays[name] = value.astype(np.float16)
    return arrays


def round_rows(table: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
    """Round each row to bytes times a scale.

    >>> rounded, scale = round_rows(np.array([[0.0, 0.0], [1.27, -0.635]], np.float32))
    >>> rounded.tolist(), [round(float(number), 2) for number in scale]
    ([[0, 0], [127, -63]], [1.0, 0.01])
    """
    scale = (np.abs(table).max(axis=1) / _LARGEST).astype(np.float16)
    scale[scale == 0] = 1
    rounded = np.rint(table / scale.astype(np.float32)[:, None]).clip(-_LARGEST, _LARGEST).astype(np.int8)
    return rounded, scale


def save_encoder(path: Path, params: Params, known: Known) -> None:
    """Write the published model."""
    save_arrays(path, pack_encoder(params, known))


def save_fold(path: Path, params: Params, known: Known) -> None:
    """Write a model that shares vocabulary and frozen tables with the published one: only what its training changed."""
    shared = {*_VOCABULARY, *FROZEN, *(f"{name}_scale" for name in FROZEN)}
    save_arrays(path, {name: value for name, value in pack_encoder(params, known).items() if name not in shared})


def save_network(path: Path, params: Params, known: Known) -> None:
    """Write a network with its vocabulary in full precision, to be trained further."""
    save_arrays(path, known.to_arrays() | {name: np.asarray(params[name]) for name in sorted(params)})


def load_network(path: Path) -> tuple[Params, Known]:
    """Read what `save_network` wrote, or what `save_arrays` wrote of a vocabulary alone."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    params = {name: jnp.asarray(value) for name, value in arrays.items() if name not in _VOCABULARY}
    return params, read_known(arrays)


def save_arrays(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Write arrays to one file; numpy dates every entry 1980, so that the bytes hang on the arrays alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def measure_known(known: Known) -> Sizes:
    """Return how many ids each table has: bigrams and tags beside the unknown, characters and words also the mask."""
    return Sizes(len(known.characters) + 2, len(known.bigrams) + 1, len(known.words) + 2, len(known.tags) + 1)
