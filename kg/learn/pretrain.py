"""Pre-training: the encoder guesses masked characters of raw reports (Devlin et al. 2019), whole words at a time.

Reports need no annotation for this, and what the encoder learns of their language it need not learn from the few
annotated sentences. A fixed number of steps, so that a slow machine trains the same network as a fast one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

from kg.learn.adam import Moments, start_moments, take_step
from kg.learn.network import Array, Batch, Params, encode
from kg.learn.vocabulary import Stream

_PIECES, _LENGTH = 64, 128
_GUESSES = int(_PIECES * _LENGTH * 0.16)
# Only the most frequent characters are guessed: they are nearly all of a text, and the rest would cost the most.
_ANSWERS = 2400
_WORDS_MASKED, _NEIGHBOURS_TOO, _HIDDEN, _TAG_HIDDEN = 0.13, 0.5, 0.92, 0.5
_MASK = 1
_RATE, _WARM_UP = 3e-3, 150
_GUESSING = ("H", "hb")


class Task(NamedTuple):
    """Pieces of reports with masked characters, the flat places of the masked ones, and their numbers (0: no guess)."""

    batch: Batch
    places: npt.NDArray[np.int32]
    answers: npt.NDArray[np.int32]


def pretrain(params: Params, stream: Stream, steps: int, seed: int, say: Callable[[int, float], None]) -> Params:
    """Return the parameters after `steps` batches drawn from `stream`; `say` hears the number and loss of each."""
    rng = np.random.default_rng(seed)
    width = params["Wi"].shape[1]
    guess = jnp.asarray(rng.normal(0, 0.02, (width, _ANSWERS)), jnp.float32)
    params = params | {"H": guess, "hb": jnp.zeros(_ANSWERS)}
    moments = start_moments(params)
    for step in range(steps):
        rate = _RATE * min(1, (step + 1) / _WARM_UP) * (1 - step / steps)
        params, moments, loss = _learn(params, moments, draw_task(stream, rng), rate)
        say(step, float(loss))
    return {name: value for name, value in params.items() if name not in _GUESSING}


@partial(jax.jit, donate_argnums=(0, 1))
def _learn(params: Params, moments: Moments, task: Task, rate: float) -> tuple[Params, Moments, jax.Array]:
    loss, gradients = jax.value_and_grad(_guessing_loss)(params, task)
    params, moments = take_step(params, gradients, moments, rate, second=0.98, clip=1.0)
    return params, moments, loss


def _guessing_loss(params: Params, task: Task) -> jax.Array:
    state = encode(params, task.batch)
    masked = state.reshape(-1, state.shape[-1])[task.places]
    scores = masked @ params["H"] + params["hb"]
    right = scores[jnp.arange(len(task.places)), task.answers] - jax.nn.logsumexp(scores, -1)
    counted = jnp.asarray(task.answers) > 0
    return -(right * counted).sum() / jnp.maximum(counted.sum(), 1)


def draw_task(stream: Stream, rng: np.random.Generator) -> Task:
    """Draw pieces of the stream and mask some of their words.

    A few masked characters stay as they are: the encoder must not rely on the mask, which no report has.
    """
    starts = rng.integers(0, len(stream.character) - _LENGTH - 1, _PIECES)
    at = starts[:, None] + np.arange(_LENGTH)
    character, bigram, word, tag, place = (column[at].astype(np.int32) for column in stream)
    # A word begins where the place in the word is 0 (begin) or 3 (single).
    word_at = np.cumsum((place == 0) | (place == 3)).reshape(at.shape)
    words = int(word_at.max()) + 1
    picked = rng.random(words) < _WORDS_MASKED
    picked |= np.roll(picked & (rng.random(words) < _NEIGHBOURS_TOO), 1)
    places = np.flatnonzero(picked[word_at] & (character > _MASK))
    rng.shuffle(places)
    places = places[:_GUESSES]
    answers = character.ravel()[places] - 1
    answers[answers >= _ANSWERS] = 0
    masked = np.zeros(at.size, bool)
    masked[places] = True
    hidden = masked.reshape(at.shape) & (rng.random(at.shape) < _HIDDEN)
    character[hidden] = _MASK
    bigram[hidden] = 0
    bigram[:, :-1][hidden[:, 1:]] = 0
    hidden_words = np.zeros(words, bool)
    hidden_words[word_at[hidden]] = True
    word[hidden_words[word_at]] = _MASK
    if rng.random() < _TAG_HIDDEN:
        tag[hidden] = 0
    unused: Array = np.zeros_like(character)
    return Task(
        Batch(character, bigram, word, tag, place, unused),
        np.pad(places, (0, _GUESSES - len(places))).astype(np.int32),
        np.pad(answers, (0, _GUESSES - len(answers))).astype(np.int32),
    )
