"""First values for the tables of words and characters: vectors learnt from their neighbours (Mikolov et al. 2013)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import jax.numpy as jnp
import numpy as np
from gensim.models import Word2Vec

from kg.learn.network import Params, Sizes
from kg.learn.vocabulary import Stream

_LINE = 400
_SPREAD = 0.35
_FIRST_ID = 2


def set_vectors(params: Params, stream: Stream, sizes: Sizes) -> Params:
    """Return parameters whose tables `w` and `c` hold vectors of words and characters where the stream has enough.

    The stream is read as words; a word without a number is its first character.
    """
    begins = (stream.place == 0) | (stream.place == 3)
    word = stream.word[begins].astype(np.int64)
    token = np.where(word > 0, word, sizes.words + stream.character[begins].astype(np.int64))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "words.txt"
        with path.open("w", encoding="ascii") as file:
            for first in range(0, len(token), _LINE):
                file.write(" ".join(map(str, token[first : first + _LINE].tolist())) + "\n")
        # One worker, so that the vectors do not hang on the order in which threads finish.
        model = Word2Vec(
            corpus_file=str(path),
            vector_size=params["w"].shape[1],
            window=5,
            min_count=5,
            sample=1e-4,
            negative=5,
            alpha=0.05,
            epochs=2,
            workers=1,
            seed=1,
        )
    ids = np.array([int(key) for key in model.wv.index_to_key])
    length = np.maximum(np.linalg.norm(model.wv.vectors, axis=1, keepdims=True), 1e-6)
    vectors = model.wv.vectors / length * _SPREAD * np.sqrt(model.wv.vector_size)
    tables = {"w": (0, sizes.words), "c": (sizes.words, sizes.words + sizes.characters)}
    changed = {}
    for name, (low, high) in tables.items():
        table = np.array(params[name])
        mine = (ids >= low + _FIRST_ID) & (ids < high)
        table[ids[mine] - low] = vectors[mine]
        changed[name] = jnp.asarray(table)
    return params | changed
