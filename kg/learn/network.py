"""The network of `kg.encoder` as JAX functions of its arrays, and the losses that train it.

Arrays bear the names of the model file: tables `c` (characters), `b` (bigrams), `w` (words), `t` (tags), `m` (place in
the word), `x` (lexicon); `Wi`, `bi` project them; layer 0 has the convolution `W0`, `b0` and the gain and bias `g0`,
`a0` before it, and so on; `go` is the last gain; `Wo`, `bo` score labels and `A` steps between them, `Wn`, `bn` and
`An` the labels of names within names.
"""

from __future__ import annotations

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

from kg.chain import allow
from kg.encoder import DILATIONS, INNER_KINDS, KINDS

Params = dict[str, jax.Array]
Array = jax.Array | npt.NDArray[np.generic]

LABELS = 1 + 4 * len(KINDS)
INNER_LABELS = 1 + 4 * len(INNER_KINDS)
_FORBIDDEN = -1e4
_CHARACTER, _BIGRAM, _WORD, _TAG, _PLACE = 48, 32, 48, 12, 4


class Batch(NamedTuple):
    """Ids as in `kg.encoder.Ids`, each (sentences, characters)."""

    character: Array
    bigram: Array
    word: Array
    tag: Array
    place: Array
    name: Array


class Sizes(NamedTuple):
    """How many ids each table of the vocabulary has, unknown and mask counted."""

    characters: int
    bigrams: int
    words: int
    tags: int


def init_params(sizes: Sizes, width: int, seed: int) -> Params:
    """Return an untrained encoder, without what the fine-tuning adds."""
    rng = np.random.default_rng(seed)

    def draw(*shape: int, scale: float | None = None) -> jax.Array:
        return jnp.asarray(rng.normal(0, scale or shape[0] ** -0.5, shape), jnp.float32)

    params = {
        "c": draw(sizes.characters, _CHARACTER, scale=0.5),
        "b": draw(sizes.bigrams, _BIGRAM, scale=0.2),
        "w": draw(sizes.words, _WORD, scale=0.3),
        "t": draw(sizes.tags, _TAG, scale=0.5),
        "m": draw(4, _PLACE, scale=0.5),
        "Wi": draw(_CHARACTER + 2 * _BIGRAM + _WORD + _TAG + _PLACE, width),
        "bi": jnp.zeros(width),
        "go": jnp.ones(width),
    }
    for layer in range(len(DILATIONS)):
        params |= {
            f"W{layer}": draw(3 * width, width),
            f"b{layer}": jnp.zeros(width),
            f"g{layer}": jnp.ones(width),
            f"a{layer}": jnp.zeros(width),
        }
    return params


def encode(params: Params, batch: Batch, drop: float = 0.0, key: jax.Array | None = None) -> jax.Array:
    """Return the state of each character, (sentences, characters, width); with a `key`, drop a share of the inputs."""
    bigram = params["b"][batch.bigram]
    looked_up = (
        params["c"][batch.character],
        bigram,
        _shift(bigram, -1),
        params["w"][batch.word],
        params["t"][batch.tag],
        params["m"][batch.place],
    )
    known, key = _thin(jnp.concatenate(looked_up, -1), drop, key)
    state = known @ params["Wi"] + params["bi"]
    if "x" in params:
        state = state + params["x"][batch.name]
    for layer, dilation in enumerate(DILATIONS):
        active, key = _thin(jax.nn.relu(_normalise(state, params[f"g{layer}"]) + params[f"a{layer}"]), drop, key)
        seen = jnp.concatenate([_shift(active, -dilation), active, _shift(active, dilation)], -1)
        state = state + seen @ params[f"W{layer}"] + params[f"b{layer}"]
    return _normalise(state, params["go"])


def score_labels(
    params: Params, batch: Batch, drop: float = 0.0, key: jax.Array | None = None
) -> tuple[jax.Array, jax.Array]:
    """Return the scores of labels and of inner labels, each (sentences, characters, labels)."""
    state = encode(params, batch, drop, key)
    state, _ = _thin(state, drop, None if key is None else jax.random.fold_in(key, 7))
    return state @ params["Wo"] + params["bo"], state @ params["Wn"] + params["bn"]


def chain_loss(scores: jax.Array, steps: jax.Array, labels: Array, inside: Array, real: Array) -> jax.Array:
    """Return the mean negative log-likelihood of label sequences (Lafferty, McCallum and Pereira 2001).

    Characters not `inside` the sentence are its neighbours and padding: they are outside of names. Rows that are not
    `real` fill up the batch.
    """
    count = len(steps)
    allowed = allow(count // 4)
    steps = jnp.where(allowed == 0, steps, _FORBIDDEN)
    outside = jnp.where(jnp.arange(count) == 0, 0.0, _FORBIDDEN)
    scores = jnp.where(inside[..., None], scores, outside)
    right = jnp.take_along_axis(scores, labels[..., None], 2)[..., 0].sum(1)
    right += steps[labels[:, :-1], labels[:, 1:]].sum(1)
    odds = jnp.exp(steps)

    def go_on(before: jax.Array, here: jax.Array) -> tuple[jax.Array, None]:
        top = jax.lax.stop_gradient(before.max(-1, keepdims=True))
        return jnp.log(jnp.exp(before - top) @ odds + 1e-30) + top + here, None

    # What may follow the outside label may open a text.
    last, _ = jax.lax.scan(go_on, scores[:, 0] + allowed[0], scores[:, 1:].swapaxes(0, 1))
    return ((jax.nn.logsumexp(last, -1) - right) * real).sum() / real.sum()


def _thin(values: jax.Array, drop: float, key: jax.Array | None) -> tuple[jax.Array, jax.Array | None]:
    """Set a share of the values to zero (dropout, Srivastava et al. 2014), and return the key for what follows."""
    if key is None:
        return values, None
    key, own = jax.random.split(key)
    return values * jax.random.bernoulli(own, 1 - drop, values.shape) / (1 - drop), key


def _normalise(state: jax.Array, gain: jax.Array) -> jax.Array:
    return state * gain * jax.lax.rsqrt(jnp.mean(state * state, -1, keepdims=True) + 1e-5)


def _shift(values: jax.Array, by: int) -> jax.Array:
    """Return at each character what stands `by` further on, zeros past the ends."""
    if by > 0:
        return jnp.pad(values[:, by:], ((0, 0), (0, by), (0, 0)))
    return jnp.pad(values[:, :by], ((0, 0), (-by, 0), (0, 0)))
