"""Cached examples to padded batches of similar length."""

from dataclasses import dataclass

import numpy as np

from data import TRAIN, Corpus

from .config import Train


@dataclass
class Batch:
    """rows int64 [B], of the corpus; ids int64 [B, N]; positions int64 [N]; real bool [B, N]; labels int64 [B]; run: tokens in
    a segment."""

    rows: np.ndarray
    ids: np.ndarray
    positions: np.ndarray
    real: np.ndarray
    labels: np.ndarray
    run: int

    def parts(self, size: int) -> list["Batch"]:
        """The same examples, `size` at a time, as wide as all of them."""
        return [
            Batch(self.rows[at], self.ids[at], self.positions, self.real[at], self.labels[at], self.run)
            for at in (slice(start, start + size) for start in range(0, len(self.rows), size))
        ]


def collate(corpus: Corpus, rows: np.ndarray, run: int, shift: int = 0) -> Batch:
    """Pads the corpus's examples `rows` [B] to the longest, in multiples of 64."""
    examples = [corpus.document(i)[0] for i in rows]
    width = -(-max(map(len, examples)) // 64) * 64
    ids, real = np.zeros((len(rows), width), np.int64), np.zeros((len(rows), width), bool)
    for row, example in enumerate(examples):
        ids[row, : len(example)] = example
        real[row, : len(example)] = True
    return Batch(rows, ids, shift + np.arange(width), real, corpus.labels[rows].astype(np.int64), run)


class Stream:
    """An endless, seeded stream of training batches; block k depends on the seed and k alone, so it can be resumed.

    A block is BLOCK batches drawn from a fresh order of the examples every epoch, sorted by length before they are cut.
    """

    BLOCK = 64

    def __init__(self, corpus: Corpus, cfg: Train, run: int, rows: int):
        """rows: the length of the position table, where `shift_positions` starts at random."""
        self.corpus, self.cfg, self.run, self.rows = corpus, cfg, run, rows
        self.examples = corpus.documents(TRAIN)
        self.lengths = np.diff(corpus.offsets)

    def block(self, k: int) -> list[Batch]:
        cfg, size = self.cfg, self.BLOCK * self.cfg.batch
        rng = np.random.default_rng([cfg.seed, k])
        serials = np.arange(k * size, (k + 1) * size)
        epochs = serials // len(self.examples)
        orders = {e: np.random.default_rng([cfg.seed, e, 1]).permutation(self.examples) for e in np.unique(epochs)}
        chosen = np.array([orders[e][s % len(self.examples)] for e, s in zip(epochs, serials)])
        chosen = chosen[np.argsort(self.lengths[chosen], kind="stable")]
        batches = []
        for place in rng.permutation(self.BLOCK):
            run = int(rng.choice(cfg.runs)) if cfg.runs else self.run
            shift = int(rng.integers(self.rows)) if cfg.shift_positions else 0
            batches.append(collate(self.corpus, chosen[place * cfg.batch :][: cfg.batch], run, shift))
        return batches


def whole_split(corpus: Corpus, split: int, run: int, tokens: int = 65_536) -> list[Batch]:
    """Every example of a split in batches of at most `tokens` tokens."""
    rows = corpus.documents(split)
    lengths = np.diff(corpus.offsets)[rows]
    rows, lengths = (x[np.argsort(-lengths, kind="stable")] for x in (rows, lengths))
    batches, start = [], 0
    while start < len(rows):
        take = max(1, tokens // int(lengths[start]))
        batches.append(collate(corpus, rows[start : start + take], run))
        start += take
    return batches
