"""Training: the pre-trained encoder learns to label names from annotated sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import jax
import jax.numpy as jnp
import numpy as np

from kg.learn.adam import Moments, start_moments, take_step
from kg.learn.gold import Example
from kg.learn.network import INNER_LABELS, LABELS, Batch, Params, chain_loss, score_labels
from kg.learn.sheets import Sheet, make_sheets

FROZEN = ("b", "w")
"""The large tables stay as pre-trained: most of their rows occur in no annotated sentence."""

_WARM_UP, _LAST_SHARE = 100, 0.05
_DROP = 0.2
_MASK = 1
# Names to come are often new, so that some of what is known of characters is hidden while training.
_LEXICON_HIDDEN, _CHARACTERS_HIDDEN, _BIGRAMS_HIDDEN, _WORDS_HIDDEN = 0.1, 0.03, 0.1, 0.1


def train(
    documents: Mapping[str, Sequence[Example]],
    network: Params,
    *,
    skip: Collection[str] = (),
    seed: int = 0,
    epochs: int = 10,
    rate: float = 2.5e-3,
    say: Callable[[int, float], None] = lambda step, loss: None,
) -> Params:
    """Train on the examples of all documents but those to `skip`; `say` hears the number and loss of each step.

    `rate` is that of the steps once they are warm; from there it falls to a twentieth. A network without labels gets
    them first.
    Returns a running mean of the parameters over the steps (Polyak and Juditsky 1992), better than the last ones.
    """
    examples = [example for name, own in documents.items() if name not in skip for example in own]
    rng = np.random.default_rng(seed)
    params = network if "Wo" in network else add_labels(network, rng)
    frozen = {name: params[name] for name in FROZEN}
    free = {name: value for name, value in params.items() if name not in FROZEN}
    mean, moments = free, start_moments(free)
    # This generator is several times faster on a processor than JAX's own.
    key = jax.random.key(seed, impl="rbg")
    step = 0
    for _ in range(epochs):
        sheets = make_sheets(examples, rng)
        for sheet in sheets:
            now = rate * min(1, (step + 1) / _WARM_UP) * (1 - (1 - _LAST_SHARE) * step / (epochs * len(sheets)))
            key, own = jax.random.split(key)
            memory = min(0.99, (step + 1) / (step + 20))
            seen = hide_some(sheet, rng)
            free, moments, mean, loss = _learn(free, moments, mean, frozen, seen, own, now, memory)
            say(step, float(loss))
            step += 1
    return mean | frozen


def add_labels(params: Params, rng: np.random.Generator) -> Params:
    """Return parameters with a layer that scores labels, steps between them, and the lexicon's table."""
    width = params["Wi"].shape[1]
    return params | {
        "Wo": jnp.asarray(rng.normal(0, 0.02, (width, LABELS)), jnp.float32),
        "bo": jnp.zeros(LABELS).at[0].set(1.0),
        "A": jnp.zeros((LABELS, LABELS)),
        "Wn": jnp.asarray(rng.normal(0, 0.02, (width, INNER_LABELS)), jnp.float32),
        "bn": jnp.zeros(INNER_LABELS).at[0].set(1.0),
        "An": jnp.zeros((INNER_LABELS, INNER_LABELS)),
        "x": jnp.asarray(rng.normal(0, 0.05, (LABELS, width)), jnp.float32),
    }


def hide_some(sheet: Sheet, rng: np.random.Generator) -> Sheet:
    """Return the sheet with some characters and words masked, some bigrams and some rows' lexicon names unknown."""
    batch = Batch(*(np.array(column) for column in sheet.batch))
    shape = batch.character.shape
    chance = rng.random(shape)
    batch.name[rng.random(shape[0]) < _LEXICON_HIDDEN] = 0
    batch.character[chance < _CHARACTERS_HIDDEN] = _MASK
    batch.bigram[chance < _BIGRAMS_HIDDEN] = 0
    batch.word[rng.random(shape) < _WORDS_HIDDEN] = 0
    return sheet._replace(batch=batch)


def _loss(free: Params, frozen: Params, sheet: Sheet, key: jax.Array) -> jax.Array:
    params = free | frozen
    scores, inner_scores = score_labels(params, sheet.batch, _DROP, key)
    names = chain_loss(scores, params["A"], sheet.labels, sheet.inside, sheet.real)
    within = sheet.inside & (sheet.labels > 0)
    return names + chain_loss(inner_scores, params["An"], sheet.inner_labels, within, sheet.real)


@jax.jit
def _learn(
    free: Params,
    moments: Moments,
    mean: Params,
    frozen: Params,
    sheet: Sheet,
    key: jax.Array,
    rate: float,
    memory: float,
) -> tuple[Params, Moments, Params, jax.Array]:
    loss, gradients = jax.value_and_grad(_loss)(free, frozen, sheet, key)
    free, moments = take_step(free, gradients, moments, rate, second=0.99, clip=5.0, decay=0.01)
    mean = {name: memory * value + (1 - memory) * free[name] for name, value in mean.items()}
    return free, moments, mean, loss
