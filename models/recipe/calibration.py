"""From logits to scores that are right as often as they say: temperatures (Guo et al., "On Calibration of Modern Neural
Networks", ICML 2017), of any text or by its length and its logits."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities over the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Of logits [D, labels] with labels [D], for each document [D]."""
    shifted = logits - logits.max(1, keepdims=True)
    return np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(labels)), labels]


def alike(labels: np.ndarray) -> np.ndarray:
    """Weights [D], 1 in all, under which every label of labels [D] counts as much as any other."""
    weights = 1 / np.bincount(labels)[labels]
    return weights / weights.sum()


CANDIDATES = np.exp(np.arange(np.log(0.2), np.log(5), 0.01))
"""Temperatures to choose from, in 1% steps; the loss has one minimum among them."""


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that the logits [D, labels] are to be divided by for the least cross entropy with labels [D], all
    labels counting alike."""
    weights = alike(labels)
    return float(min(CANDIDATES, key=lambda t: weights @ cross_entropy(logits / t, labels)))


def deviation(logits: np.ndarray) -> np.ndarray:
    """The standard deviation [..., 1] of logits [..., labels] over the labels, above 0."""
    return np.maximum(logits.std(-1, keepdims=True), 1e-6)


@dataclass
class Temperature:
    """Logits of n tokens whose standard deviation over the labels is s are divided by `at_longest` times (`longest` / n) ^
    `by_length` times s ^ `by_deviation`; n is at most `longest`. A mean over few tokens says less. Logits far apart promise more
    than they keep, those close together less, so they are normalized in part (Wei et al., "Mitigating Neural Network
    Overconfidence with Logit Normalization", ICML 2022, do so altogether)."""

    longest: int
    at_longest: float
    by_length: float
    by_deviation: float

    def applied(self, logits: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Logits [D, labels] of texts of `lengths` [D] tokens, so divided."""
        length = (self.longest / lengths.clip(1, self.longest))[:, None]
        return logits / (self.at_longest * length**self.by_length * deviation(logits) ** self.by_deviation)


LONGEST = (256, 512, 1024, 2048)
"""Lengths to choose from, in tokens."""
NORMALIZED = 0.75
"""How far logits may be normalized: altogether, a text of no label would score as a text of one."""


def fitted_temperature(
    logits: np.ndarray, labels: np.ndarray, lengths: np.ndarray, weights: np.ndarray
) -> tuple[Temperature, float]:
    """The temperature of least cross entropy of logits [D, labels] of texts of `lengths` [D] tokens with labels [D], each
    counting by `weights` [D], 1 in all; and that cross entropy. From the longest text there is on it stays: nothing is known
    of longer ones."""

    # In single precision the differences that the search goes by are noise.
    logits = logits.astype(np.float64)

    def fitted(longest: int) -> tuple[Temperature, float]:
        def of(x: np.ndarray) -> Temperature:
            return Temperature(longest, float(np.exp(x[0])), float(x[1]), float(x[2]))

        def loss(x: np.ndarray) -> float:
            return float(weights @ cross_entropy(of(x).applied(logits, lengths), labels))

        found = minimize(loss, [0.0, 0.0, 0.0], bounds=[(-3, 3), (0, 1), (0, NORMALIZED)])
        return of(found.x), float(found.fun)

    reached = [longest for longest in LONGEST if longest <= lengths.max()] or LONGEST[:1]
    return min(map(fitted, reached), key=lambda found: found[1])
