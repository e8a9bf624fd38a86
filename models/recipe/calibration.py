"""Temperature scaling (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017)."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities over the last axis."""
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Mean cross entropy of logits [D, labels] with labels [D]."""
    shifted = logits - logits.max(1, keepdims=True)
    return float((np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(labels)), labels]).mean())


CANDIDATES = np.exp(np.arange(np.log(0.2), np.log(5), 0.01))
"""Temperatures to choose from, in 1% steps; each loss has one minimum among them."""


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The temperature that the logits are to be divided by for the least cross entropy."""
    return float(min(CANDIDATES, key=lambda t: cross_entropy(logits / t, labels)))


def temperature_for(logits: np.ndarray, confidence: float) -> float:
    """The temperature at which the best label has a probability of `confidence` on average."""
    return float(min(CANDIDATES, key=lambda t: abs(softmax(logits / t).max(1).mean() - confidence)))
