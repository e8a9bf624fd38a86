"""Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017)."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities over the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Of logits [D, labels] with labels [D], for each document [D]."""
    shifted = logits - logits.max(1, keepdims=True)
    return np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(labels)), labels]


CANDIDATES = np.exp(np.arange(np.log(0.2), np.log(5), 0.01))
"""Temperatures to choose from, in 1% steps; the loss has one minimum among them."""


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that the logits [D, labels] are to be divided by for the least cross entropy with labels [D], all
    labels counting alike."""
    alike = 1 / np.bincount(labels)[labels]
    return float(min(CANDIDATES, key=lambda t: np.average(cross_entropy(logits / t, labels), weights=alike)))
