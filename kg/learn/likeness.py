"""Fit the weights of `kg.joining.likeness` on pairs of names that annotators judged."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from kg.lexicon.joining import FEATURES

# The prior says that weights of standardised features are about so small; Newton's steps end long before the last.
_RIDGE, _STEPS = 1.0, 50


def fit_likeness(measured: Iterable[tuple[tuple[float, ...], bool]]) -> dict[str, float]:
    """Return the weights of features, for features as they are, by ridge logistic regression.

    >>> weights = fit_likeness([((1.0, float(n % 2), *[0.0] * 18), n % 2 == 1) for n in range(20)])
    >>> weights["common"] > 2
    True
    """
    rows = list(measured)
    features = np.array([found for found, _ in rows])
    same = np.array([one for _, one in rows], dtype=float)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread == 0] = 1
    mean[0], spread[0] = 0, 1
    weights = _fit((features - mean) / spread, same) / spread
    weights[0] -= float((weights[1:] * mean[1:]).sum())
    return {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)}


def _fit(features: npt.NDArray[np.float64], same: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the weights of standardised features, by Newton's method."""
    weights = np.zeros(features.shape[1])
    ridge = _RIDGE * np.eye(features.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (likely - same) + _RIDGE * weights
        curve = (features * (likely * (1 - likely))[:, None]).T @ features + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights
