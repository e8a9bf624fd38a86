"""From logits to scores that are right as often as they say: temperatures (Guo et al., "On Calibration of Modern Neural
Networks", ICML 2017), of any text or by its length."""

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


@dataclass
class LengthTemperature:
    """Logits of n tokens are divided by `at_longest` times (`longest` / n) ^ `exponent`, those of more than `longest` tokens
    by `at_longest`: a mean over few tokens says less."""

    longest: int
    at_longest: float
    exponent: float

    def of(self, lengths: np.ndarray) -> np.ndarray:
        """Temperatures [D] of texts of `lengths` [D] tokens."""
        return self.at_longest * (self.longest / lengths.clip(1, self.longest)) ** self.exponent


LONGEST = (256, 512, 1024, 2048)
"""Lengths to choose from, in tokens."""


def length_temperature(
    logits: np.ndarray, labels: np.ndarray, lengths: np.ndarray, weights: np.ndarray
) -> tuple[LengthTemperature, float]:
    """The temperatures of least cross entropy of logits [D, labels] of texts of `lengths` [D] tokens with labels [D], each
    counting by `weights` [D], 1 in all; and that cross entropy. From the longest text there is on they stay: nothing is known
    of longer ones."""

    def fitted(longest: int) -> tuple[LengthTemperature, float]:
        def loss(x: np.ndarray) -> float:
            by_length = LengthTemperature(longest, float(np.exp(x[0])), float(x[1]))
            return float(weights @ cross_entropy(logits / by_length.of(lengths)[:, None], labels))

        found = minimize(loss, [0.0, 0.0], bounds=[(-3, 3), (0, 1)])
        return LengthTemperature(longest, float(np.exp(found.x[0])), float(found.x[1])), float(found.fun)

    reached = [longest for longest in LONGEST if longest <= lengths.max()] or LONGEST[:1]
    return min(map(fitted, reached), key=lambda found: found[1])
