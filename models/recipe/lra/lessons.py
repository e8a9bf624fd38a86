"""What an n-gram model over word pieces says of each byte of a review: far more to learn from than one label in 1,300 bytes.

The model is the one that teaches the word-piece models (../ngrams.py), and has not read the review that it speaks of.
"""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from data import read_rows
from ngrams import Teacher

from .text import FILE


def shares_of_bytes(tokenizer: Tokenizer, teacher: Teacher, document: int, text: str) -> tuple[np.ndarray, np.ndarray]:
    """What each byte of `text` adds to the teacher's logits, float32 [n, labels]: a word piece's part, spread evenly. And the
    bias [labels]."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    shares, bias = teacher.shares(document, np.array(encoding.ids, np.int64))
    places = np.cumsum([0] + [len(character.encode()) for character in text])
    spread = np.zeros((int(places[-1]), len(bias)), np.float32)
    for (start, end), share in zip(encoding.offsets, shares):
        first, after = places[start], places[end]
        spread[first:after] = share / (after - first)
    return spread, bias


def prepare(data: Path, tokenizer: Path, teacher: Teacher, max_length: int, target: Path) -> None:
    """Writes `shares` float16 [bytes, labels] of all reviews, one after another, as text.prepare cuts them, and the `bias`
    [reviews, labels]."""
    if target.exists():
        with np.load(target) as f:
            if str(f["fitted_from"]) == teacher.fitted_from:
                return
    words = Tokenizer.from_file(str(tokenizer))
    shares, bias = [], []
    for i, row in enumerate(read_rows([data / FILE])):
        # A character that the cut halves is left out, and its bytes say nothing.
        cut = row["text"].encode()[:max_length]
        spread, own = shares_of_bytes(words, teacher, i, cut.decode(errors="ignore"))
        shares.append(np.pad(spread, ((0, len(cut) - len(spread)), (0, 0))).astype(np.float16))
        bias.append(own)
    temporary = target.with_suffix(".tmp.npz")
    columns = {"shares": np.concatenate(shares), "bias": np.array(bias, np.float32)}
    np.savez(temporary, **columns, fitted_from=teacher.fitted_from)
    temporary.replace(target)


class Lessons:
    """The teacher's part of a batch's targets."""

    def __init__(self, shares: np.ndarray, bias: np.ndarray, offsets: np.ndarray, fitted_from: str = ""):
        """Of all reviews: `shares` [bytes, labels], `bias` [reviews, labels], `offsets` [reviews + 1], where each one's bytes
        begin; and what the teacher was fitted from."""
        self.shares, self.bias, self.offsets, self.fitted_from = shares, bias, offsets, fitted_from

    @classmethod
    def load(cls, path: Path, offsets: np.ndarray) -> "Lessons":
        with np.load(path) as f:
            return cls(f["shares"], f["bias"], offsets, str(f["fitted_from"]))

    def of(self, reviews: np.ndarray, width: int, run: int) -> tuple[Tensor, Tensor, Tensor]:
        """Reviews [B], cut into runs of `run` bytes -> the teacher's opinion of each as a whole [B, labels] and of its runs
        [B, K, labels], and the part of the review that each run is [B, K].

        A model's logits of a text are the mean of its tokens', so a run's are to be its sum over its part of the text."""
        count = -(-width // run)
        shares = np.zeros((len(reviews), count * run, self.bias.shape[1]), np.float32)
        lengths = np.diff(self.offsets)[reviews]
        for row, (review, n) in enumerate(zip(reviews, lengths)):
            shares[row, :n] = self.shares[self.offsets[review] :][:n]
        sums = torch.from_numpy(shares).unflatten(1, (count, run)).sum(2)
        bias = torch.from_numpy(self.bias[reviews])
        begins = np.arange(count) * run
        part = torch.from_numpy(np.clip(lengths[:, None] - begins, 0, run) / lengths[:, None]).float()
        whole = (sums.sum(1) + bias).softmax(1)
        return whole, (sums / part.clamp(min=1e-9).unsqueeze(2) + bias.unsqueeze(1)).softmax(2), part
